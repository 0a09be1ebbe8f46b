//! Findings in, text out.

use proptest::prelude::*;
use serde_json::Value;

use super::{Format, render};
use crate::diagnostic::{Code, Diagnostic, Edit, Severity};
use crate::source::{FileId, Place, SourceFile, Sources, Span};

const TREE: &str = "steps:\n  lights:\n    ask: Is the light on?\n    yes: dns\n    no: restrat\n";

/// The place of a text in a file.
fn place(sources: &Sources, file: FileId, text: &str) -> Place {
    let start = sources.file(file).text().find(text).unwrap() as u32;
    Place {
        file,
        span: Span::new(start, start + text.len() as u32),
    }
}

fn shown(format: Format, sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = Vec::new();
    render(format, sources, diagnostics, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const PLAIN: Format = Format::Terminal {
    colour: false,
    width: 80,
};

/// Two findings of two files, given in the wrong order.
fn example() -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let tree = sources.add(SourceFile::new("trees/wifi.yaml", TREE));
    let other = sources.add(SourceFile::new(
        "trees/a b,ü.yaml",
        "title: 📡 dns # ü\nsteps: {}\n",
    ));
    let step = place(&sources, tree, "restrat");
    let findings = vec![
        Diagnostic::new(Code::UnknownStep, step, "no step is called `restrat`")
            .label("leads nowhere")
            .also(place(&sources, tree, "lights"), "asked here")
            .also(place(&sources, other, "steps"), "the other tree\nhas none")
            .help("did you mean `restart`?")
            .replace("write `restart`", step.span, "restart"),
        Diagnostic::new(
            Code::TextCutOff,
            place(&sources, other, "dns # ü"),
            "the text ends at ` #`, 100%",
        )
        .help("put it in quotes"),
    ];
    (sources, findings)
}

#[test]
fn a_terminal_shows_the_lines_and_the_mend() {
    let (sources, findings) = example();
    let expected = "\
warning[text-cut-off]: the text ends at ` #`, 100%
 --> trees/a b,ü.yaml:1:10
  |
1 | title: 📡 dns # ü
  |           ^^^^^^^
  |
  = help: put it in quotes

error[unknown-step]: no step is called `restrat`
 --> trees/wifi.yaml:5:9
  |
2 |   lights:
  |   ------ asked here
...
5 |     no: restrat
  |         ^^^^^^^ leads nowhere
  |
 ::: trees/a b,ü.yaml:2:1
  |
2 | steps: {}
  | ----- the other tree has none
  |
help: did you mean `restart`?
  |
5 -     no: restrat
5 +     no: restart
  |

1 error, 1 warning. `fixpath explain text-cut-off` tells more about a finding.
";
    assert_eq!(shown(PLAIN, &sources, &findings), expected);
    assert!(!expected.contains('\x1b'));
    assert!(
        shown(
            Format::Terminal {
                colour: true,
                width: 80
            },
            &sources,
            &findings
        )
        .contains("\x1b[")
    );
    assert_eq!(shown(PLAIN, &sources, &[]), "No findings.\n");
}

#[test]
fn one_line_a_finding() {
    let (sources, findings) = example();
    let expected = "trees/a b,ü.yaml:1:10: warning[text-cut-off]: the text ends at ` #`, 100%\n\
                    trees/wifi.yaml:5:9: error[unknown-step]: no step is called `restrat`\n";
    assert_eq!(shown(Format::Concise, &sources, &findings), expected);
}

#[test]
fn github_commands_are_escaped() {
    let (sources, findings) = example();
    let expected = "::warning file=trees/a b%2Cü.yaml,line=1,col=10,endColumn=17,title=text-cut-off::the text ends at \
                    ` #`, 100%25%0Ahelp: put it in quotes\n\
                    ::error file=trees/wifi.yaml,line=5,col=9,endColumn=16,title=unknown-step::no step is called \
                    `restrat`%0Ahelp: did you mean `restart`?\n";
    assert_eq!(shown(Format::Github, &sources, &findings), expected);
}

#[test]
fn json_holds_everything() {
    let (sources, findings) = example();
    let json: Value = serde_json::from_str(&shown(Format::Json, &sources, &findings)).unwrap();
    assert_eq!((&json["errors"], &json["warnings"]), (&1.into(), &1.into()));
    let expected = serde_json::json!({
        "code": "unknown-step", "severity": "error", "message": "no step is called `restrat`",
        "path": "trees/wifi.yaml", "line": 5, "column": 9, "end_line": 5, "end_column": 16,
        "help": "did you mean `restart`?",
        "labels": [
            {"path": "trees/wifi.yaml", "line": 5, "column": 9, "end_line": 5, "end_column": 16, "text": "leads nowhere"},
            {"path": "trees/wifi.yaml", "line": 2, "column": 3, "end_line": 2, "end_column": 9, "text": "asked here"},
            {"path": "trees/a b,ü.yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 6,
             "text": "the other tree\nhas none"},
        ],
        "fix": {"title": "write `restart`", "edits": [
            {"line": 5, "column": 9, "end_line": 5, "end_column": 16, "text": "restart"}
        ]},
    });
    assert_eq!(json["diagnostics"][1], expected);
    assert_eq!(json["diagnostics"][0]["fix"], Value::Null);
    assert_eq!(json["diagnostics"][0]["column"], 10);
}

#[test]
fn sarif_is_what_code_hosts_read() {
    let (sources, findings) = example();
    let log: Value = serde_json::from_str(&shown(Format::Sarif, &sources, &findings)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        assert_eq!(
            rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"],
            result["ruleId"]
        );
    }
    for rule in rules {
        assert!(
            rule["shortDescription"]["text"]
                .as_str()
                .unwrap()
                .ends_with('.')
        );
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
        assert_ne!(rule["shortDescription"]["text"], rule["id"]);
    }
    let region =
        serde_json::json!({"startLine": 1, "startColumn": 10, "endLine": 1, "endColumn": 17});
    let location = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["region"], region);
    assert_eq!(
        location["artifactLocation"]["uri"],
        "trees/a%20b%2C%C3%BC.yaml"
    );
    let step = &run["results"][1];
    assert_eq!(
        step["relatedLocations"][1]["message"]["text"],
        "the other tree\nhas none"
    );
    assert_eq!(
        step["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "restart"
    );
    assert!(shown(Format::Sarif, &sources, &[]).contains("\"results\": []"));
}

#[test]
fn nothing_that_an_author_wrote_drives_the_terminal() {
    let mut sources = Sources::default();
    let text = "title: \x1b[31mred\u{202e}\r\nask: \u{9b}2J x\r\n";
    let file = sources.add(SourceFile::new("a\x1b]0;b.yaml", text));
    let finding = Diagnostic::new(
        Code::BadValue,
        place(&sources, file, "x"),
        "\x1b[2J and \u{2066}",
    )
    .label("\x07\u{9b}")
    .also(place(&sources, file, "red"), "\x08")
    .help("\x1b[A\nline")
    .replace("\x1b", place(&sources, file, "x").span, "\x1b\u{202e}");
    for format in [PLAIN, Format::Concise, Format::Github] {
        let shown = shown(format, &sources, std::slice::from_ref(&finding));
        let harmful = |c: char| {
            c.is_control() && c != '\n'
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!shown.contains(harmful), "{shown:?}");
    }
    assert!(
        shown(PLAIN, &sources, &[finding]).contains(":2:10"),
        "replaced characters do not shift the columns"
    );
}

#[test]
fn findings_far_apart_and_on_endless_lines_are_shown_in_a_few_lines() {
    let mut sources = Sources::default();
    let text = format!(
        "first: 1\n{}last: {}x\n",
        "a: b\n".repeat(100_000),
        "y".repeat(100_000)
    );
    let file = sources.add(SourceFile::new("t.yaml", text.as_str()));
    let all = Place {
        file,
        span: Span::new(0, text.len() as u32),
    };
    let finding = Diagnostic::new(Code::DuplicateKey, place(&sources, file, "first"), "twice")
        .also(place(&sources, file, "last"), "again")
        .also(all, "everything");
    let shown = shown(PLAIN, &sources, &[finding]);
    assert!(shown.lines().count() < 20, "{shown}");
    assert!(shown.contains("t.yaml:100002:1"), "{shown}");
}

#[test]
fn severity_is_the_findings_own() {
    let (sources, mut findings) = example();
    findings[1].severity = Severity::Error;
    assert!(
        shown(Format::Concise, &sources, &findings)
            .starts_with("trees/a b,ü.yaml:1:10: error[text-cut-off]")
    );
    assert!(
        shown(PLAIN, &sources, &findings)
            .ends_with("2 errors. `fixpath explain text-cut-off` tells more about a finding.\n")
    );
}

proptest! {
    #[test]
    fn no_place_makes_a_renderer_panic(
        text in "[a ü📡\n\r\t\u{202e}\u{301}日]{0,40}",
        spans in prop::collection::vec((0_u32..140, 0_u32..140), 4),
        edit in "[aü\n\t]{0,4}",
        width in 0_u16..100,
    ) {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("t", text));
        let place = |at: usize| Place { file, span: Span::new(spans[at].0, spans[at].1) };
        let edits = [2, 3].map(|at| Edit { span: place(at).span, text: edit.clone() });
        let finding = Diagnostic::new(Code::BadValue, place(0), "m").label("l").also(place(1), "s");
        let mended = finding.clone().fix("f", edits[..1].to_vec());
        let twice = finding.clone().fix("f", edits.to_vec());
        let terminal = Format::Terminal { colour: true, width };
        for format in [terminal, Format::Concise, Format::Json, Format::Sarif, Format::Github] {
            shown(format, &sources, &[finding.clone(), mended.clone(), twice.clone()]);
        }
    }
}
