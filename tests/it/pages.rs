//! The page of each code is its test: every `yaml fails` block yields that code and no other, every `yaml mended` block
//! none.
//!
//! A block is one tree `example`, or several files (see [`Files::split`]). `no-tests` and `untested-branch` count on
//! their own pages only.

use std::fmt::Write;

use fixpath::diagnostic::{Code, Diagnostic};
use fixpath::tree::TreeId;
use fixpath::treetest;

use crate::support::{Compiled, Files, TODAY};

/// One block of a page.
struct Block {
    /// Whether it is to fail.
    fails: bool,
    /// Its line in the page.
    line: usize,
    text: String,
}

/// The blocks of a page, in order.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (at, line) in page.lines().enumerate() {
        match line {
            "```yaml fails" | "```yaml mended" => {
                open = true;
                blocks.push(Block {
                    fails: line.ends_with("fails"),
                    line: at + 1,
                    text: String::new(),
                });
            }
            "```" => open = false,
            line if open => {
                let block = blocks.last_mut().unwrap();
                block.text.push_str(line);
                block.text.push('\n');
            }
            _ => {}
        }
    }
    blocks
}

/// The findings that count on the page of a code.
fn counted(compiled: Compiled, page: Code) -> Vec<Diagnostic> {
    let mut findings = compiled.diagnostics().to_vec();
    if !matches!(page, Code::NoTests | Code::UntestedBranch) {
        return findings;
    }
    if let Ok(part) = compiled.compilation.into_sound_part() {
        for (at, script) in part.scripts.iter().enumerate() {
            let report = treetest::run(&part, TreeId(at as u32), TODAY).unwrap();
            findings.extend(treetest::findings(&report, script));
        }
    }
    findings
}

/// What is wrong with a page; nothing if its examples hold.
fn faults(code: Code) -> String {
    let mut faults = String::new();
    let blocks = blocks(code.page());
    for fails in [true, false] {
        if !blocks.iter().any(|block| block.fails == fails) {
            writeln!(faults, "{}: no block that fails: {fails}", code.name()).unwrap();
        }
    }
    for block in blocks {
        let compiled = Files::split(&block.text).compile();
        let found = counted(compiled, code);
        let holds = if block.fails {
            !found.is_empty() && found.iter().all(|finding| finding.code == code)
        } else {
            found.is_empty()
        };
        if !holds {
            let shown: Vec<_> = found
                .iter()
                .map(|finding| format!("{}: {}", finding.code.name(), finding.message))
                .collect();
            let (name, line) = (code.name(), block.line);
            writeln!(faults, "{name}.md:{line}: {shown:#?}").unwrap();
        }
    }
    faults
}

#[test]
fn every_example_on_a_page_yields_its_code_and_every_mend_none() {
    let faults: String = Code::ALL.iter().map(|code| faults(*code)).collect();
    assert!(faults.is_empty(), "{faults}");
}
