//! What fixpath costs, as ratios within one run: machines are noisy, so every round measures everything once, in turn, and
//! medians over the rounds are printed.
//!
//! `cargo bench --bench speed [-- WORD…]`; words pick sections: `compile`, `reply`, `start`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark fails by panicking"
)]

use std::collections::HashMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use fixpath::compile::Options;
use fixpath::condition::Value;
use fixpath::load::Files;
use fixpath::session::{Event, Happening, Moment, Prompt, Reply, Session, Source, Started};
use fixpath::syntax::Limits;
use fixpath::tree::{Audience, Channel, Library, QuestionKind};
use serde::Deserialize;

#[path = "peers/src/generate.rs"]
#[allow(dead_code)]
mod generate;

const ROUNDS: usize = 7;
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let wanted = |section: &str| words.is_empty() || words.iter().any(|word| word == section);
    if wanted("compile") {
        compile_section();
    }
    if wanted("reply") {
        reply_section();
    }
    if wanted("start") {
        start_section();
    }
}

/// The same text as plain structs, without spans: what a program would do that only wants the data.
#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct PlainTree {
    title: String,
    stuck: HashMap<String, String>,
    steps: HashMap<String, PlainStep>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct PlainStep {
    ask: Option<String>,
    answers: Option<HashMap<String, String>>,
    fix: Option<String>,
}

/// A chain: each step's "a" leads to the next, the others to the fix.
fn chain(size: usize) -> String {
    let mut out = String::from(
        "title: Made up\nstuck:\n  escalate: desk\n  reason: The script did not help\nsteps:\n",
    );
    for step in 0..size {
        let next = if step + 1 < size {
            format!("s{}", step + 1)
        } else {
            "done".to_owned()
        };
        out += &format!(
            "  s{step}:\n    ask: {}\n    answers:\n      red light: {next}\n      green light: done\n      no light: stuck\n",
            generate::text(step)
        );
    }
    out += "  done:\n    fix: The light was red\n";
    out
}

fn limits() -> Limits {
    Limits {
        bytes: 64 << 20,
        steps: 1_000_000,
        ..Limits::default()
    }
}

fn options() -> Options {
    Options::new(jiff::civil::date(2026, 11, 21))
}

fn compiled(text: &str) -> Library {
    let mut files = Files::empty(limits());
    files.replace("made_up", "made_up.yaml", text.as_bytes().to_vec());
    files
        .compile(&options())
        .compilation
        .into_library()
        .expect("no errors")
}

/// Seconds that it takes.
fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let started = Instant::now();
    let result = black_box(work());
    let seconds = started.elapsed().as_secs_f64();
    drop(result);
    seconds
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Parse + compile + all checks beside typed deserialization, and how it grows.
fn compile_section() {
    println!(
        "Text to a checked library, beside yaml_serde to plain structs; medians of {ROUNDS} interleaved rounds"
    );
    let mut texts: Vec<(String, String)> = SIZES
        .iter()
        .map(|size| (format!("{size} steps"), generate::yaml(*size)))
        .collect();
    texts.push(("chain of 100000".to_owned(), chain(100_000)));
    let settling = generate::yaml(SIZES[0]);
    let mut ours = vec![Vec::new(); texts.len()];
    let mut theirs = vec![Vec::new(); texts.len()];
    for _ in 0..ROUNDS {
        for (at, (_, text)) in texts.iter().enumerate() {
            // Whoever allocates next tidies up after the one before: let it be neither.
            drop(compiled(&settling));
            ours[at].push(time(|| compiled(text)));
            theirs[at].push(time(|| {
                serde_yaml::from_str::<PlainTree>(text).expect("reads")
            }));
        }
    }
    println!(
        "  {:<18} {:>8} {:>12} {:>12} {:>8}",
        "", "MB", "fixpath", "yaml_serde", "ratio"
    );
    let mut medians = Vec::new();
    for (at, (name, text)) in texts.iter().enumerate() {
        let mut ratios: Vec<f64> = ours[at]
            .iter()
            .zip(&theirs[at])
            .map(|(ours, theirs)| ours / theirs)
            .collect();
        let (own, other) = (median(&mut ours[at]), median(&mut theirs[at]));
        medians.push(own);
        println!(
            "  {name:<18} {:>8.1} {:>9.1} ms {:>9.1} ms {:>8.2}",
            text.len() as f64 / 1e6,
            own * 1e3,
            other * 1e3,
            median(&mut ratios)
        );
    }
    println!(
        "  100000 steps take {:.1} x of 10000 steps\n",
        medians[2] / medians[1]
    );
}

/// One reply applied and the next prompt there, at each size.
fn reply_section() {
    println!(
        "One reply applied and the next prompt there (no text rendered); medians of {ROUNDS} interleaved rounds"
    );
    let mut libraries: Vec<(String, Arc<Library>)> = SIZES
        .iter()
        .map(|size| {
            (
                format!("{size} steps"),
                Arc::new(compiled(&generate::yaml(*size))),
            )
        })
        .collect();
    libraries.push((
        "chain of 100000".to_owned(),
        Arc::new(compiled(&chain(100_000))),
    ));
    let mut times = vec![Vec::new(); libraries.len()];
    for _ in 0..ROUNDS {
        for (at, (_, library)) in libraries.iter().enumerate() {
            times[at].push(time_replies(library, at == 3));
        }
    }
    for (at, (name, _)) in libraries.iter().enumerate() {
        println!("  {name:<18} {:>8.0} ns", median(&mut times[at]) * 1e9);
    }
    println!();
}

/// Mean seconds of a reply over many walks; starting a case is not counted.
fn time_replies(library: &Arc<Library>, chain: bool) -> f64 {
    let (mut replies, mut spent, mut seed) = (0_u32, 0.0, 1_u64);
    let moment = Moment::new(1_800_000_000_000, 0).expect("a moment");
    while replies < 100_000 {
        let mut session = begin(library, moment);
        let started = Instant::now();
        while let Prompt::Question(at, question) = session.prompt() {
            let QuestionKind::Choice(choices) = &question.kind else {
                break;
            };
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let pick = if chain {
                0
            } else {
                (seed >> 33) as usize % choices.len()
            };
            let reply = Reply::Answer(Value::Choice(Arc::clone(&choices[pick].key)));
            let (seq, name) = (at.seq, Arc::clone(&at.step.name));
            session
                .reply(seq, &name, reply, Source::Asked, moment)
                .expect("fits");
            black_box(session.prompt());
            replies += 1;
        }
        spent += started.elapsed().as_secs_f64();
    }
    spent / f64::from(replies)
}

fn begin(library: &Arc<Library>, at: Moment) -> Session {
    let started = Box::new(Started::new("made_up", Audience::Agent, Channel::Phone));
    let event = Event {
        seq: 1,
        at,
        what: Happening::Started(started),
    };
    Session::start(Arc::clone(library), event).expect("starts")
}

/// From the command to the first prompt, as a whole process.
fn start_section() {
    println!(
        "`fixpath run NAME` to the first prompt, whole process; medians of {ROUNDS} interleaved rounds"
    );
    let folder = std::env::temp_dir().join(format!("fixpath-bench-{}", std::process::id()));
    let small = library_of(&folder.join("small"), 20);
    let large = library_of(&folder.join("large"), 1_000);
    let (mut few, mut many) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        few.push(time(|| first_prompt(&small)));
        many.push(time(|| first_prompt(&large)));
    }
    println!("  20 trees           {:>8.1} ms", median(&mut few) * 1e3);
    println!("  1000 trees         {:>8.1} ms\n", median(&mut many) * 1e3);
    std::fs::remove_dir_all(&folder).expect("cleans up");
}

/// A library of so many trees of 20 steps each.
fn library_of(folder: &Path, trees: usize) -> PathBuf {
    std::fs::create_dir_all(folder).expect("a folder");
    for tree in 0..trees {
        std::fs::write(folder.join(format!("tree{tree}.yaml")), generate::yaml(20))
            .expect("a file");
    }
    folder.to_owned()
}

/// Runs to the first prompt; the end of input then ends the walk.
fn first_prompt(library: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_fixpath"))
        .args(["run", "tree7", "--plain", "--library"])
        .arg(library)
        .env("FIXPATH_STORE", "none")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("runs");
    assert_eq!(status.code(), Some(4), "left unfinished");
}
