//! The rules of the house, held against the code: which floor may import which, who names what, how files begin.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every top-level module with its floor; a module imports from lower floors only.
const FLOORS: [(&str, u32); 20] = [
    ("source", 0),
    ("diagnostic", 1),
    ("condition", 2),
    ("syntax", 3),
    ("tree", 3),
    ("check", 4),
    ("session", 4),
    ("compile", 5),
    ("handover", 5),
    ("hooks", 5),
    ("picture", 5),
    ("load", 6),
    ("treetest", 6),
    ("delivery", 7),
    ("terminal", 7),
    ("cli", 8),
    ("main", 9),
    // Not there yet; their floors are settled.
    ("stats", 5),
    ("store", 6),
    ("web", 7),
];

fn floor(module: &str) -> u32 {
    FLOORS
        .iter()
        .find(|(name, _)| *name == module)
        .unwrap_or_else(|| panic!("`{module}` has no floor"))
        .1
}

/// Every source file with its text, tests in files of their own left out.
fn files() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(&root).unwrap().to_owned(), text);
            }
        }
    }
    assert!(found.len() > 50, "the source files are found");
    found
}

/// The top-level module to which a file belongs.
fn module(path: &Path) -> String {
    let first = path
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Lines of code: comments left out.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
}

/// The top-level modules that a line names by `crate::`.
fn named(line: &str) -> Vec<String> {
    line.split("crate::")
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn imports_point_down_only() {
    let mut faults = Vec::new();
    for (path, text) in files() {
        let own = module(&path);
        if own == "lib" || path.ends_with("tests.rs") {
            continue;
        }
        for line in code(&text).filter(|line| !line.contains("$crate")) {
            for other in named(line).iter().filter(|other| **other != own) {
                if floor(other) >= floor(&own) {
                    faults.push(format!(
                        "{}: `{other}` is not below `{own}`: {line}",
                        path.display()
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn braces_do_not_hide_an_import() {
    for (path, text) in files() {
        assert!(
            !text.contains("use crate::{"),
            "{}: one `use` a module, so that this test sees it",
            path.display()
        );
    }
}

#[test]
fn every_module_is_on_the_code_map() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for name in files()
        .keys()
        .map(|path| module(path))
        .filter(|name| name != "lib" && name != "main")
    {
        assert!(
            map.contains(&format!("//! | {} | [`{name}`] |", floor(&name))),
            "`{name}` is on its floor of the code map"
        );
    }
}

/// Fails where a file of none of these modules names one of these things.
fn only(modules: &[&str], things: &[&str]) {
    for (path, text) in files() {
        if modules.contains(&module(&path).as_str()) {
            continue;
        }
        for thing in things {
            assert!(
                !code(&text).any(|line| line.contains(thing)),
                "{} names {thing}",
                path.display()
            );
        }
    }
}

#[test]
fn outside_libraries_are_named_in_one_place_only() {
    only(&["syntax"], &["granit_parser"]);
    only(&["picture"], &["dagre::"]);
    only(&["terminal", "cli"], &["crossterm::"]);
    only(&["terminal"], &["dialoguer::"]);
    only(&["diagnostic"], &["annotate_snippets"]);
    only(&["store"], &["rusqlite", "rustls", "tokio_postgres"]);
    only(&["hooks"], &["minijinja"]);
    only(&["delivery"], &["ureq::"]);
    only(&["delivery", "store"], &["hmac::"]);
    only(&["store"], &["argon2::"]);
    only(&["web"], &["axum::", "tower_http"]);
}

#[test]
fn the_walk_and_the_graph_know_no_outside_world() {
    let outside = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "std::thread",
        "SystemTime",
        "Instant",
        "::now(",
        "println!",
        "std::io",
        "tokio",
        "async fn",
    ];
    for (path, text) in files() {
        let inner = [
            "source",
            "condition",
            "tree",
            "session",
            "check",
            "handover",
            "picture",
        ];
        if inner.contains(&module(&path).as_str()) && !path.ends_with("tests.rs") {
            // Checks of a large tree run side by side; that is no outside world.
            let minds = |thing: &&&str| **thing != "std::thread" || module(&path) != "check";
            for thing in outside.iter().filter(minds) {
                assert!(
                    !code(&text).any(|line| line.contains(thing)),
                    "{} names {thing}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn a_file_says_what_it_is_and_has_a_name_that_tells() {
    for (path, text) in files() {
        assert!(
            text.starts_with("//!"),
            "{} begins with what it is",
            path.display()
        );
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            ![
                "mod", "utils", "util", "helpers", "helper", "common", "types"
            ]
            .contains(&name.as_str()),
            "{name}"
        );
    }
}

#[test]
fn no_file_is_longer_than_anyone_reads() {
    for (path, text) in files() {
        if path.ends_with("tests.rs") {
            continue;
        }
        let lines = text.lines().count();
        assert!(
            lines <= 500,
            "{} has {lines} lines: look whether it holds two things",
            path.display()
        );
    }
}
