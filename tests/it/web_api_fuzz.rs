//! Schemathesis (from PyPI) asks a running server whatever its OpenAPI document allows, and what it does not: no answer may
//! be a fault, of a status or a kind that the document does not name, or of another shape than it says.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use crate::support::{Folder, Site};

/// The program, where tests/setup.sh put it.
fn schemathesis() -> Option<PathBuf> {
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or(home)?;
    let program = cache.join("fixpath-tests/schemathesis/bin/schemathesis");
    program.exists().then_some(program)
}

/// A reply may be as described and still not fit where the case stands.
const CONFIGURATION: &str = r#"
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "410", "422"]
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "410", "413", "415", "422", "429", "431"]
"#;

const TREE: &str = "
title: The lamp stays dark
start: colour
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  colour:
    say: Hello.
    ask: Which colour?
    answers: {red: watts, green: watts, none of it: watts}
  watts:
    ask: How many watts?
    number: {min: 1, max: 200, unit: W}
    answers:
      below 61: {escalate: facilities, reason: Weak bulb}
      otherwise: {fix: Take another bulb.}
";

#[test]
fn no_request_brings_an_answer_that_is_not_described() {
    let Some(program) = schemathesis() else {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "schemathesis is not installed: run tests/setup.sh"
        );
        // Past the test's captured output.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED with schemathesis: not installed (tests/setup.sh does that)"
        );
        return;
    };
    let folder = Folder::new("api-fuzz")
        .keeping()
        .file("lib/lamp.yaml", TREE)
        .file("schemathesis.toml", CONFIGURATION);
    let site = Site::of(folder, "--library lib --rate 0 --log none");
    let configuration = site.folder.path().join("schemathesis.toml");
    for role in ["admin", "customer"] {
        let token = site.token(role, role);
        // A machine that has much else to do asks too little in a time that is enough on others.
        let mut runs = ["20", "60", "180"].iter().map(|seconds| {
            let ran = Command::new(&program)
                .arg("--config-file")
                .arg(&configuration)
                .args(["run", &format!("{}/api/v1/openapi.json", site.origin())])
                .args(["--header", &format!("Authorization: Bearer {token}")])
                .args(["--phases", "examples,coverage,fuzzing,stateful"])
                .args(["--max-examples", "5", "--max-time", seconds])
                .args(["--seed", "20261122", "--no-shrink"])
                .args(["--generation-database", "none"])
                .current_dir(site.folder.path())
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&ran.stdout);
            assert!(ran.status.success(), "{role}: {said}");
            asked(&said)
        });
        assert!(runs.any(|asked| asked > 100), "{role}: hardly asks");
    }
}

/// How many requests it says that it made.
fn asked(said: &str) -> u32 {
    let asked = said.lines().find_map(|line| {
        let (asked, _) = line.trim().split_once(" generated, ")?;
        asked.parse().ok()
    });
    // Where it comes to none it does not say how many.
    asked.unwrap_or(0)
}
