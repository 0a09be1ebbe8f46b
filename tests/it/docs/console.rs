//! What a page shows of a terminal: the commands of its `console` blocks are run, one after the other, in a folder of
//! their own, and print what stands below them. Lines `> …` are what somebody types. A line `…` stands for any lines.
//!
//! With `UPDATE_DOCS=1` in the environment, the pages are written anew with what the program prints.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use regex::Regex;

use crate::support::Folder;

use super::block::{Block, blocks};
use super::names::Names;
use super::screen;

/// A folder in which the commands of one page run.
struct Desk {
    folder: Folder,
    /// Where in it one is.
    at: PathBuf,
    names: Names,
}

impl Desk {
    fn new(page: &str) -> Self {
        Self {
            folder: Folder::new(&format!("docs-{}", page.replace('/', "-"))),
            at: PathBuf::new(),
            names: Names::default(),
        }
    }

    fn here(&self) -> PathBuf {
        self.folder.path().join(&self.at)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.here().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs a command line and gives what a person sees of it.
    fn run(&mut self, shown: &Shown) -> String {
        let line = &self.names.real(&shown.line);
        let typed = shown.typed();
        if let Some(folder) = line.strip_prefix("cd ") {
            self.at.push(folder);
            assert!(self.here().is_dir(), "there is a folder {folder}");
            return String::new();
        }
        let program = Path::new(env!("CARGO_BIN_EXE_fixpath"));
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{path}", program.parent().unwrap().display());
        let mut child = Command::new("sh")
            .args(["-c", &format!("{{ {line}\n}} 2>&1")])
            .current_dir(self.here())
            .env_remove("FIXPATH_LIBRARY")
            .env("FIXPATH_STORE", self.folder.path().join(".kept/cases.db"))
            .env("FIXPATH_AGENT", "ada")
            .env("PATH", path)
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that has read enough may have closed its input.
        drop(stdin.write_all(typed.as_bytes()));
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        self.names.shown(&printed, &shown.output)
    }
}

/// A command of a block, with what the page shows below it.
struct Shown {
    line: String,
    output: String,
}

impl Shown {
    /// What somebody types.
    fn typed(&self) -> String {
        let lines = self.output.lines().map(str::trim_end);
        let typed = lines.filter(|line| *line == ">" || line.starts_with("> "));
        typed
            .map(|line| format!("{}\n", line[1..].trim_start()))
            .collect()
    }

    /// Whether the output is as shown.
    fn fits(&self, output: &str) -> bool {
        let wanted: Vec<String> = self.output.trim_end().lines().map(plain).collect();
        let found: Vec<String> = output.trim_end().lines().map(plain).collect();
        fits(&wanted, &found)
    }
}

/// A line without what differs from run to run, nor spaces at its end.
pub fn plain(line: &str) -> String {
    let date = Regex::new(r"\d{4}-\d\d-\d\d").unwrap();
    let time = Regex::new(r"\b\d\d:\d\d(:\d\d)?\b").unwrap();
    let took = Regex::new(r"\b\d+ s\b").unwrap();
    // A walk of which the machine made minutes.
    let long = Regex::new(r"\bTIME, (\d+ h )?\d+ min$").unwrap();
    let line = date.replace_all(line.trim_end(), "DATE");
    let line = time.replace_all(&line, "TIME");
    let line = long.replace_all(&line, "TIME, 0 s");
    took.replace_all(&line, "0 s").into_owned()
}

/// Whether lines are as wanted; a line `…` stands for any lines.
pub fn fits(wanted: &[String], found: &[String]) -> bool {
    match wanted.split_first() {
        None => found.is_empty(),
        Some((any, rest)) if any.trim() == "…" => {
            (0..=found.len()).any(|skip| fits(rest, &found[skip..]))
        }
        Some((first, rest)) => found.first() == Some(first) && fits(rest, &found[1..]),
    }
}

fn commands(block: &Block) -> Vec<Shown> {
    let mut commands: Vec<Shown> = Vec::new();
    for line in block.text.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(line), _) => commands.push(Shown {
                line: line.to_owned(),
                output: String::new(),
            }),
            (None, Some(command)) => {
                command.output.push_str(line);
                command.output.push('\n');
            }
            (None, None) => panic!("line {}: no command before `{line}`", block.line),
        }
    }
    commands
}

/// What does not come out as a page shows it, and the page as it should be.
pub fn judge(path: &str, page: &str, update: bool) -> (Vec<String>, String) {
    let mut desk = Desk::new(path);
    let mut faults = Vec::new();
    let mut mended = page.to_owned();
    for block in blocks(page) {
        if let Some(file) = block.file() {
            desk.write(file, &block.text);
        }
        if block.has("screen") {
            let (fault, text) = screen::judge(&block, &desk.here(), update);
            faults.extend(fault);
            mended = mended.replacen(&block.text, &text, 1);
        }
        if !block.has("console") {
            continue;
        }
        let mut text = String::new();
        for shown in commands(&block) {
            let output = desk.run(&shown);
            let holds = shown.fits(&output);
            if !holds {
                let (line, command) = (block.line, &shown.line);
                faults.push(format!("{path}:{line}: $ {command}\n{output}"));
            }
            let output = if holds { &shown.output } else { &output };
            text.push_str(&format!("$ {}\n{}", shown.line, ended(output)));
        }
        mended = mended.replacen(&block.text, &text, 1);
    }
    (faults, mended)
}

fn ended(output: &str) -> String {
    match output.trim_end() {
        "" => String::new(),
        output => {
            let lines = output.lines().map(|line| format!("{}\n", line.trim_end()));
            lines.collect()
        }
    }
}
