//! Measures fixpath beside bladeink and Yarn Spinner on the same work: compile a script, load it, answer questions.
//! Each measurement is a process of its own, so that peak memory is that engine's alone; the engines take turns, five rounds
//! each, and medians are printed. What took longer than a minute in the first round is not repeated.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml [SIZE …]`

mod engine;
mod generate;

use std::collections::BTreeMap;
use std::process::Command;
use std::time::Instant;

use engine::Engine;

const ROUNDS: usize = 5;
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const TOO_LONG: f64 = 60.0;

/// What one process measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Seconds from text to the first prompt.
    pub ready: f64,
    /// Nanoseconds for one reply applied and the next prompt there.
    pub reply: f64,
    /// Highest resident memory of the process, in kB, less what it had with the text alone.
    pub memory: f64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [measure, engine, size] if measure == "measure" => {
            let size = size.parse().expect("a size");
            let measured = Engine::named(engine).expect("an engine").measure(size);
            println!("{} {} {}", measured.ready, measured.reply, measured.memory);
        }
        [] => compare(&SIZES),
        sizes => compare(&sizes.iter().map(|size| size.parse().expect("a size")).collect::<Vec<_>>()),
    }
}

/// Runs all engines in turn and prints the medians.
fn compare(sizes: &[usize]) {
    for size in sizes {
        let mut results: BTreeMap<&str, Vec<Measured>> = BTreeMap::new();
        let mut given_up: Vec<&str> = Vec::new();
        for _ in 0..ROUNDS {
            for engine in Engine::ALL.iter().filter(|engine| !given_up.contains(&engine.name())).collect::<Vec<_>>() {
                let started = Instant::now();
                let measured = in_a_process(engine.name(), *size);
                if started.elapsed().as_secs_f64() > TOO_LONG || measured.is_none() {
                    given_up.push(engine.name());
                }
                results.entry(engine.name()).or_default().extend(measured);
            }
        }
        print_table(*size, &results);
    }
}

fn print_table(size: usize, results: &BTreeMap<&str, Vec<Measured>>) {
    println!("{size} steps, medians");
    println!("  {:<12} {:>5} {:>14} {:>14} {:>12}", "engine", "runs", "to first", "reply", "memory");
    for (engine, runs) in results {
        if runs.is_empty() {
            println!("  {engine:<12} {:>5} failed, or killed after ten minutes", 0);
            continue;
        }
        let median = |pick: fn(&Measured) -> f64| {
            let mut values: Vec<f64> = runs.iter().map(pick).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        println!(
            "  {engine:<12} {:>5} {:>11.1} ms {:>11.0} ns {:>9.1} MB",
            runs.len(),
            median(|measured| measured.ready) * 1e3,
            median(|measured| measured.reply),
            median(|measured| measured.memory) / 1024.0
        );
    }
}

/// Measures one engine in a process of its own.
fn in_a_process(engine: &str, size: usize) -> Option<Measured> {
    let this = std::env::current_exe().ok()?;
    let output = Command::new("timeout").arg("600").arg(this).args(["measure", engine, &size.to_string()]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match numbers.as_slice() {
        [ready, reply, memory] => Some(Measured { ready: *ready, reply: *reply, memory: *memory }),
        _ => {
            eprintln!("{engine} {size}: {}", String::from_utf8_lossy(&output.stderr));
            None
        }
    }
}

/// Highest resident memory of this process so far, in kB (`VmHWM` of proc(5)).
pub fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}
