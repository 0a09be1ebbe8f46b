//! What a page costs, in one run on the same cores with the load that asks for it: answers per second through the whole
//! stack (form post, durable on SQLite, next page: two requests an answer), beside bare axum handlers that take the same
//! post and return the same page, and beside the store alone. Every round measures everything once, in turn; medians are
//! printed.
//!
//! `cargo bench --bench web [-- WORD…]`; words pick sections: `answers`, `latency`, `memory`, `start`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark fails by panicking"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use axum::extract::{Form, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use fixpath::load::live::Live;
use fixpath::load::locate::Origin;
use fixpath::session::{Event, Happening, Reply, Session, Source, Started};
use fixpath::store::{Address, Keeper, Store, moment};
use fixpath::tree::{Audience, Channel};
use fixpath::web::{self, Serving};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

#[path = "peers/src/generate.rs"]
#[allow(dead_code)]
mod generate;

const ROUNDS: usize = 11;
const WALKERS: usize = 64;
/// Answers of each walker in a round.
const ANSWERS: usize = 60;

const TREE: &str = "title: Round and round
stuck: {escalate: desk, reason: The script did not help}
steps:
  a:
    ask: Does the light on the front of the router blink, or is it dark?
    help: It is the small one at the left, under the name of the maker.
    yes: b
    no: over
  b:
    ask: And does it still do so after you have counted to twenty?
    help: It is the small one at the left, under the name of the maker.
    yes: a
    no: over
  over:
    fix: It is over
";

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let wanted = |section: &str| words.is_empty() || words.iter().any(|word| word == section);
    let folder = std::env::temp_dir().join(format!("fixpath-bench-web-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let runtime = Runtime::new().unwrap();
    if wanted("answers") {
        answers(&runtime, &folder);
    }
    if wanted("latency") {
        latency(&runtime, &folder);
    }
    if wanted("memory") {
        memory(&runtime, &folder);
    }
    if wanted("start") {
        start(&folder);
    }
    fs::remove_dir_all(&folder).unwrap();
}

fn live(folder: &Path) -> Arc<Live> {
    let library = folder.join("trees");
    fs::create_dir_all(&library).unwrap();
    fs::write(library.join("round.yaml"), TREE).unwrap();
    let day = || jiff::civil::date(2026, 11, 22);
    Arc::new(Live::start(Origin::Folder(library), day).unwrap())
}

/// Serves the tree from a store of its own, in a thread of its own.
fn served(folder: &Path, name: &str) -> SocketAddr {
    let store = Store::open(&Address::File(folder.join(name))).unwrap();
    let serving = Serving::new("127.0.0.1:0".parse().unwrap(), store, live(folder));
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        web::serve(serving, |at| sender.send(at).unwrap()).unwrap();
    });
    receiver.recv().unwrap()
}

/// Handlers that do nothing but take the post and return a page that was made before.
async fn bare(page: String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let show = |State(page): State<Arc<str>>| async move {
        (
            [(header::CACHE_CONTROL, "no-store")],
            Html(page.to_string()),
        )
            .into_response()
    };
    let take = |Form(fields): Form<Vec<(String, String)>>| async move {
        let at = &fields.iter().find(|(name, _)| name == "seq").unwrap().1;
        Redirect::to(&format!("/c/case?at={at}"))
    };
    let routes = axum::Router::new()
        .route("/c/{address}", get(show).post(take))
        .with_state(Arc::from(page));
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    address
}

/// Somebody who walks over one connection.
struct Walker {
    stream: TcpStream,
    read: Vec<u8>,
    /// Where the form goes, and what is hidden in it.
    action: String,
    form: String,
}

struct Answer {
    location: Option<String>,
    body: String,
}

impl Walker {
    async fn new(address: SocketAddr, path: &str) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let mut walker = Self {
            stream,
            read: Vec::with_capacity(32 * 1024),
            action: String::new(),
            form: String::new(),
        };
        walker.look(path).await;
        walker
    }

    async fn look(&mut self, path: &str) {
        let head = format!("GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n");
        let page = self.ask(&head).await.body;
        let form = page.split_once("<form class=\"answers\"").unwrap().1;
        let form = form.split_once("</form>").unwrap().0;
        self.action = between(form, "action=\"", "\"").to_owned();
        self.form.clear();
        for field in form.split("type=\"hidden\"").skip(1) {
            let name = between(field, "name=\"", "\"");
            let value = between(field, "value=\"", "\"");
            self.form.push_str(&format!("{name}={value}&"));
        }
        self.form.push_str("choice=yes");
    }

    /// An answer, and the next page.
    async fn answer(&mut self) {
        let request = format!(
            "POST {} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
            self.action,
            self.form.len(),
            self.form
        );
        let location = self.ask(&request).await.location.unwrap();
        self.look(&location).await;
    }

    async fn ask(&mut self, request: &str) -> Answer {
        self.stream.write_all(request.as_bytes()).await.unwrap();
        self.read.clear();
        let head = loop {
            if let Some(end) = find(&self.read, b"\r\n\r\n") {
                break end + 4;
            }
            assert!(self.stream.read_buf(&mut self.read).await.unwrap() > 0);
        };
        let text = String::from_utf8(self.read[..head].to_vec()).unwrap();
        let header = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name))
                .map(|value| value.trim().to_owned())
        };
        let length: usize = header("content-length:").map_or(0, |length| length.parse().unwrap());
        while self.read.len() < head + length {
            assert!(self.stream.read_buf(&mut self.read).await.unwrap() > 0);
        }
        assert!(
            text.starts_with("HTTP/1.1 200") || text.starts_with("HTTP/1.1 303"),
            "{text}"
        );
        Answer {
            location: header("location:"),
            body: String::from_utf8(self.read[head..].to_vec()).unwrap(),
        }
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap().1;
    rest.split_once(after).unwrap().0
}

/// Everybody walks; gives the time of each answer.
async fn walked(walkers: Vec<Walker>, answers: usize) -> (Vec<Walker>, Vec<Duration>) {
    let tasks: Vec<_> = walkers
        .into_iter()
        .map(|mut walker| {
            tokio::spawn(async move {
                let mut times = Vec::with_capacity(answers);
                for _ in 0..answers {
                    let began = Instant::now();
                    walker.answer().await;
                    times.push(began.elapsed());
                }
                (walker, times)
            })
        })
        .collect();
    let (mut walkers, mut times) = (Vec::new(), Vec::new());
    for task in tasks {
        let (walker, took) = task.await.unwrap();
        walkers.push(walker);
        times.extend(took);
    }
    (walkers, times)
}

async fn walkers(address: SocketAddr, path: &str, count: usize) -> Vec<Walker> {
    let mut walkers = Vec::with_capacity(count);
    for _ in 0..count {
        walkers.push(Walker::new(address, path).await);
    }
    walkers
}

/// How a round went: answers per second, and the processor time of one in seconds, who asks for it included.
struct Round {
    rate: f64,
    cpu: f64,
}

struct Watch {
    began: Instant,
    cpu: f64,
}

impl Watch {
    fn start() -> Self {
        Self {
            began: Instant::now(),
            cpu: cpu(),
        }
    }

    fn stop(self) -> Round {
        let answers = (WALKERS * ANSWERS) as f64;
        Round {
            rate: answers / self.began.elapsed().as_secs_f64(),
            cpu: (cpu() - self.cpu) / answers,
        }
    }
}

/// Processor time of this process in seconds, of the threads that it has now (Linux: /proc/self/task/*/schedstat, in
/// nanoseconds).
fn cpu() -> f64 {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    let spent = tasks.flatten().filter_map(|task| {
        let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    spent.sum::<f64>() / 1e9
}

/// The store alone, cases at once.
async fn stored(cases: Vec<(Keeper, Session)>) -> Vec<(Keeper, Session)> {
    let tasks: Vec<_> = cases
        .into_iter()
        .map(|(mut keeper, mut session)| {
            tokio::spawn(async move {
                for _ in 0..ANSWERS {
                    let step = session.prompt().at().unwrap().name().into_owned();
                    let seq = session.seq();
                    session
                        .reply(seq, &step, Reply::yes(true), Source::Asked, moment())
                        .unwrap();
                    keeper.keep_async(&session, Vec::new()).await.unwrap();
                }
                (keeper, session)
            })
        })
        .collect();
    let mut cases = Vec::new();
    for task in tasks {
        cases.push(task.await.unwrap());
    }
    cases
}

async fn begun(folder: &Path) -> Vec<(Keeper, Session)> {
    let store = Store::open(&Address::File(folder.join("alone.db"))).unwrap();
    let library = Arc::clone(&live(folder).today().library);
    let mut cases = Vec::new();
    for _ in 0..WALKERS {
        let mut started = Started::new("round", Audience::Customer, Channel::SelfService);
        started.library = Some(Arc::clone(library.hash()));
        let event = Event {
            seq: 1,
            at: moment(),
            what: Happening::Started(Box::new(started)),
        };
        let session = Session::start(Arc::clone(&library), event).unwrap();
        let keeper = Keeper::begin_async(&store, &session, None).await.unwrap();
        cases.push((keeper, session));
    }
    cases
}

fn answers(runtime: &Runtime, folder: &Path) {
    let address = served(folder, "answers.db");
    runtime.block_on(async {
        let mut people = walkers(address, "/t/round", WALKERS).await;
        (people, _) = walked(people, 2).await;
        let page = {
            let action = people[0].action.clone();
            let head = format!("GET {action} HTTP/1.1\r\nHost: bench\r\n\r\n");
            people[0].ask(&head).await.body
        };
        println!("Answers per second, {WALKERS} walkers, pages of {} bytes; medians of {ROUNDS} interleaved rounds", page.len());
        let plain = bare(page).await;
        let mut others = walkers(plain, "/c/case", WALKERS).await;
        let mut cases = begun(folder).await;
        let mut rounds = [const { Vec::<Round>::new() }; 3];
        for _ in 0..ROUNDS {
            let watch = Watch::start();
            (people, _) = walked(people, ANSWERS).await;
            rounds[0].push(watch.stop());
            let watch = Watch::start();
            (others, _) = walked(others, ANSWERS).await;
            rounds[1].push(watch.stop());
            let watch = Watch::start();
            cases = stored(cases).await;
            rounds[2].push(watch.stop());
        }
        let figure = |pick: fn(&Round) -> f64| {
            rounds.each_ref().map(|rounds| median(&mut rounds.iter().map(pick).collect::<Vec<_>>()))
        };
        let [ours, bare, store] = figure(|round| round.rate);
        println!("  fixpath {ours:.0}, bare axum {bare:.0}, the store alone {store:.0}");
        println!("  {:.2} of the slower", ours / bare.min(store));
        let [ours, bare, store] = figure(|round| round.cpu * 1e6);
        println!("  processor time of an answer: fixpath {ours:.0} µs, bare axum {bare:.0} µs, the store alone {store:.0} µs\n");
    });
}

fn latency(runtime: &Runtime, folder: &Path) {
    const MANY: usize = 500;
    let address = served(folder, "latency.db");
    runtime.block_on(async {
        let people = walkers(address, "/t/round", MANY).await;
        let (people, _) = walked(people, 2).await;
        let began = Instant::now();
        let (_, mut times) = walked(people, 20).await;
        let rate = times.len() as f64 / began.elapsed().as_secs_f64();
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        println!("From an answer to the next page, {MANY} walkers who never wait: p50 {:.1?}, p99 {:.1?}; {rate:.0} answers per second\n", at(0.5), at(0.99));
    });
}

fn memory(runtime: &Runtime, folder: &Path) {
    const CASES: usize = 4_000;
    let address = served(folder, "memory.db");
    runtime.block_on(async {
        let mut walker = Walker::new(address, "/t/round").await;
        for _ in 0..200 {
            walker.look("/t/round").await;
            walker.answer().await;
        }
        let before = resident();
        for _ in 0..CASES {
            walker.look("/t/round").await;
            for _ in 0..10 {
                walker.answer().await;
            }
        }
        let after = resident();
        println!(
            "Memory for each open case of 10 answers: {:.1} kB (of {CASES} cases)\n",
            (after - before) as f64 / CASES as f64 / 1e3
        );
    });
}

/// Resident memory of this process in bytes (Linux: /proc/self/statm, pages of 4096 bytes).
fn resident() -> usize {
    let statm = fs::read_to_string("/proc/self/statm").unwrap();
    let pages: usize = statm.split_whitespace().nth(1).unwrap().parse().unwrap();
    pages * 4096
}

/// From the start of the process to the first page, with 1,000 trees.
fn start(folder: &Path) {
    const TREES: usize = 1_000;
    let library = folder.join("library");
    fs::create_dir_all(&library).unwrap();

    for at in 0..TREES {
        fs::write(library.join(format!("tree{at}.yaml")), generate::yaml(20)).unwrap();
    }
    let mut times: Vec<f64> = (0..ROUNDS).map(|_| first_page(folder, &library)).collect();
    println!(
        "From the start of `serve` with {TREES} trees to the first page: {:.0} ms\n",
        median(&mut times) * 1e3
    );
}

fn first_page(folder: &Path, library: &Path) -> f64 {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_fixpath"))
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--log",
            "none",
            "--library",
        ])
        .arg(library)
        .env("FIXPATH_STORE", folder.join("start.db"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let address = line
        .split_whitespace()
        .find_map(|word| word.strip_prefix("http://"));
    let page = ureq::get(&format!("http://{}", address.unwrap())).call();
    page.unwrap().body_mut().read_to_string().unwrap();
    let took = began.elapsed().as_secs_f64();
    child.kill().unwrap();
    child.wait().unwrap();
    took
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
