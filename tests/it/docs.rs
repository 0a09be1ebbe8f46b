//! Everything that the documentation shows is true: its examples compile without a finding and every walk through them
//! ends, its counter-examples yield the code that they name, and what it shows of a terminal is what the program prints.
//!
//! What a block is says the word behind its language, see [`block`]; a block without such a word is one whole tree.

mod block;
mod console;
mod example;
mod http;
mod links;
mod names;
mod screen;
mod walk;

use std::fs;
use std::path::Path;
use std::process::Command;

use block::{Block, blocks};
use example::Example;

/// The pages, README included: path and text.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec!["README.md".to_owned()];
    for entry in fs::read_dir(root.join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") {
            paths.push(format!("docs/{name}"));
        }
    }
    paths.sort();
    let read = |path: String| {
        let text = fs::read_to_string(root.join(&path)).unwrap_or_default();
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// The examples of a page: the library that it shows as `base` is that of all examples behind it, and the trees that it
/// shows as files stand beside them.
fn examples(page: &str) -> Vec<Example> {
    let mut base = None;
    let mut others: Vec<(String, String)> = Vec::new();
    let mut examples = Vec::new();
    for block in blocks(page) {
        if !block.is_yaml() {
            // A template, which a library names.
            let file = block.file_in_library();
            others.extend(file.map(|path| (path.to_owned(), block.text.clone())));
            continue;
        }
        if block.has("base") {
            base = Some(block.text.clone());
        }
        examples.push(Example::new(&block, base.as_deref(), &others));
        if let (Some(path), true, false) = (
            block.file_in_library(),
            block.fails().is_empty(),
            block.has("library"),
        ) {
            others.retain(|(known, _)| known != path);
            others.push((path.to_owned(), block.text.clone()));
        }
    }
    examples
}

/// What is wrong with all examples for which `wanted` holds; fails where there are none.
fn judge(wanted: impl Fn(&Example) -> bool, fault: impl Fn(&Example) -> Option<String>) {
    let mut seen = 0;
    let mut faults = Vec::new();
    for (path, text) in pages() {
        for example in examples(&text).into_iter().filter(&wanted) {
            seen += 1;
            let line = example.line;
            faults.extend(fault(&example).map(|fault| format!("{path}:{line}: {fault}")));
        }
    }
    assert!(seen > 0, "there are such examples");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_example_compiles_without_a_finding() {
    judge(|example| example.fails.is_empty(), Example::finding);
}

#[test]
fn every_counter_example_yields_its_code_and_no_other() {
    judge(|example| !example.fails.is_empty(), Example::other_finding);
}

#[test]
fn every_walk_through_an_example_ends() {
    judge(
        |example| example.fails.is_empty(),
        |example| walk::fault(example.library()),
    );
}

#[test]
fn every_test_in_an_example_passes() {
    judge(|example| example.fails.is_empty(), Example::failed_test);
}

#[test]
fn what_is_shown_of_a_terminal_is_what_the_program_prints() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut faults = Vec::new();
    for (path, text) in pages() {
        let (found, mended) = console::judge(&path, &text, update);
        if update && mended != text {
            fs::write(root.join(&path), mended).unwrap();
        }
        faults.extend(found);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_shown_of_the_api_is_what_the_server_answers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut faults = Vec::new();
    for (path, text) in pages() {
        let Some((found, mended)) = http::judge(&path, &text) else {
            continue;
        };
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(root.join(&path), mended).unwrap();
        }
        faults.extend(found);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What `fixpath … --help` prints.
fn help(command: &str) -> String {
    let mut fixpath = Command::new(env!("CARGO_BIN_EXE_fixpath"));
    let arguments = command.split_whitespace().chain(["--help"]);
    let output = fixpath.args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The words that begin lines of a part of the help.
fn listed<'h>(help: &'h str, part: &str) -> Vec<&'h str> {
    let lines = help.lines().skip_while(|line| *line != part).skip(1);
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with(' '));
    lines
        .filter_map(|line| line.split_whitespace().next())
        .collect()
}

#[test]
fn every_command_and_every_option_is_described() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md")).unwrap();
    let whole = help("");
    let commands = listed(&whole, "Commands:");
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        let section = page.split_once(&format!("\n## {command}\n"));
        let section = section
            .unwrap_or_else(|| panic!("`{command}` has no section"))
            .1;
        let section = section.split("\n## ").next().unwrap();
        let help = help(command);
        let everywhere = ["--library", "--store", "--help", "--version"];
        let options = help
            .split_whitespace()
            .filter(|word| word.starts_with("--"));
        for option in options.filter(|option| !everywhere.contains(option)) {
            let option = option.trim_end_matches(|one: char| !one.is_alphanumeric());
            assert!(
                section.contains(&format!("`{option}")),
                "`{command}`: {option}"
            );
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for (path, text) in pages() {
        assert_eq!(links::broken(&path, &text), [""; 0], "{path}");
    }
}

#[test]
fn every_block_says_what_it_is() {
    for (path, text) in pages() {
        for Block { words, line, .. } in blocks(&text) {
            let known = ["yaml", "console", "screen", "http", "json", "text", "sh"];
            assert!(
                words.first().is_some_and(|word| known.contains(&&**word)),
                "{path}:{line}: a block of {words:?}"
            );
        }
    }
}
