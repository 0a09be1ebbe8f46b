//! `check --format sarif` against the structure of SARIF 2.1.0: of each kind of object that is written, which properties
//! it may have, which it must have, and of which type; and what no schema says: a result's rule, ids, regions, addresses.
//! The table is taken from the standard's section 3; kinds of object that are never written are not in it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use fixpath::diagnostic::Code;
use fixpath::diagnostic::render::{Format, render};
use serde_json::{Map, Value};

use crate::support::{Files, Folder};

/// What a property may hold.
#[derive(Debug, Clone, Copy)]
enum Holds {
    Text,
    /// A text that says something.
    Message,
    /// One of these words.
    One(&'static [&'static str]),
    /// A whole number from here on.
    From(u64),
    /// A valid URI reference.
    Address,
    Object(&'static Kind),
    /// A list of objects with at least so many entries.
    List(&'static Kind, usize),
}

/// A kind of object: its properties, and which of them must be there.
#[derive(Debug)]
struct Kind {
    name: &'static str,
    properties: &'static [(&'static str, Holds)],
    required: &'static [&'static str],
}

const LEVELS: Holds = Holds::One(&["none", "note", "warning", "error"]);

const LOG: Kind = Kind {
    name: "sarifLog",
    properties: &[
        ("$schema", Holds::Address),
        ("version", Holds::One(&["2.1.0"])),
        ("runs", Holds::List(&RUN, 1)),
    ],
    required: &["version", "runs"],
};

const RUN: Kind = Kind {
    name: "run",
    properties: &[
        ("tool", Holds::Object(&TOOL)),
        (
            "columnKind",
            Holds::One(&["utf16CodeUnits", "unicodeCodePoints"]),
        ),
        ("results", Holds::List(&RESULT, 0)),
    ],
    // Columns count in UTF-16 where nothing is said.
    required: &["tool", "columnKind", "results"],
};

const TOOL: Kind = Kind {
    name: "tool",
    properties: &[("driver", Holds::Object(&COMPONENT))],
    required: &["driver"],
};

const COMPONENT: Kind = Kind {
    name: "toolComponent",
    properties: &[
        ("name", Holds::Message),
        ("version", Holds::Message),
        ("rules", Holds::List(&RULE, 0)),
    ],
    required: &["name"],
};

const RULE: Kind = Kind {
    name: "reportingDescriptor",
    properties: &[
        ("id", Holds::Message),
        ("shortDescription", Holds::Object(&MULTIFORMAT)),
        ("help", Holds::Object(&MULTIFORMAT)),
        ("defaultConfiguration", Holds::Object(&CONFIGURATION)),
    ],
    required: &["id"],
};

const MULTIFORMAT: Kind = Kind {
    name: "multiformatMessageString",
    properties: &[("text", Holds::Message), ("markdown", Holds::Message)],
    required: &["text"],
};

const CONFIGURATION: Kind = Kind {
    name: "reportingConfiguration",
    properties: &[("level", LEVELS)],
    required: &[],
};

const RESULT: Kind = Kind {
    name: "result",
    properties: &[
        ("ruleId", Holds::Message),
        ("ruleIndex", Holds::From(0)),
        ("level", LEVELS),
        ("message", Holds::Object(&MESSAGE)),
        ("locations", Holds::List(&LOCATION, 1)),
        ("relatedLocations", Holds::List(&LOCATION, 1)),
        ("fixes", Holds::List(&FIX, 1)),
    ],
    required: &["ruleId", "message", "locations"],
};

const MESSAGE: Kind = Kind {
    name: "message",
    properties: &[("text", Holds::Message)],
    required: &["text"],
};

const LOCATION: Kind = Kind {
    name: "location",
    properties: &[
        ("id", Holds::From(0)),
        ("physicalLocation", Holds::Object(&PHYSICAL)),
        ("message", Holds::Object(&MESSAGE)),
    ],
    required: &["physicalLocation"],
};

const PHYSICAL: Kind = Kind {
    name: "physicalLocation",
    properties: &[
        ("artifactLocation", Holds::Object(&ARTIFACT)),
        ("region", Holds::Object(&REGION)),
    ],
    required: &["artifactLocation", "region"],
};

const ARTIFACT: Kind = Kind {
    name: "artifactLocation",
    properties: &[("uri", Holds::Address)],
    required: &["uri"],
};

const REGION: Kind = Kind {
    name: "region",
    properties: &[
        ("startLine", Holds::From(1)),
        ("startColumn", Holds::From(1)),
        ("endLine", Holds::From(1)),
        ("endColumn", Holds::From(1)),
    ],
    required: &["startLine", "startColumn", "endLine", "endColumn"],
};

const FIX: Kind = Kind {
    name: "fix",
    properties: &[
        ("description", Holds::Object(&MESSAGE)),
        ("artifactChanges", Holds::List(&CHANGE, 1)),
    ],
    required: &["artifactChanges"],
};

const CHANGE: Kind = Kind {
    name: "artifactChange",
    properties: &[
        ("artifactLocation", Holds::Object(&ARTIFACT)),
        ("replacements", Holds::List(&REPLACEMENT, 1)),
    ],
    required: &["artifactLocation", "replacements"],
};

const REPLACEMENT: Kind = Kind {
    name: "replacement",
    properties: &[
        ("deletedRegion", Holds::Object(&REGION)),
        ("insertedContent", Holds::Object(&CONTENT)),
    ],
    required: &["deletedRegion"],
};

const CONTENT: Kind = Kind {
    name: "artifactContent",
    properties: &[("text", Holds::Text)],
    required: &[],
};

/// What is wrong with an object, line by line; nothing where it is as the standard wants it.
fn complaints(kind: &Kind, value: &Value, out: &mut String) {
    let Some(object) = value.as_object() else {
        let _ = writeln!(out, "{}: no object: {value}", kind.name);
        return;
    };
    for name in kind.required {
        if !object.contains_key(*name) {
            let _ = writeln!(out, "{}: no `{name}`", kind.name);
        }
    }
    for (name, value) in object {
        let property = kind.properties.iter().find(|(known, _)| known == name);
        if !property.is_some_and(|(_, holds)| is_held(*holds, value, out)) {
            let _ = writeln!(out, "{}: `{name}` cannot be {value}", kind.name);
        }
    }
    if kind.name == "region" && !runs_forward(object) {
        let _ = writeln!(out, "region: ends before it starts: {value}");
    }
}

fn is_held(holds: Holds, value: &Value, out: &mut String) -> bool {
    match holds {
        Holds::Text => value.is_string(),
        Holds::Message => value.as_str().is_some_and(|text| !text.trim().is_empty()),
        Holds::One(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        Holds::From(first) => value.as_u64().is_some_and(|number| number >= first),
        Holds::Address => value.as_str().is_some_and(is_address),
        Holds::Object(kind) => {
            complaints(kind, value, out);
            true
        }
        Holds::List(kind, least) => {
            let entries = value.as_array().map_or(&[][..], |entries| entries);
            for entry in entries {
                complaints(kind, entry, out);
            }
            value.is_array() && entries.len() >= least
        }
    }
}

/// A URI reference by RFC 3986: its signs only, `%` with two digits, and no scheme by accident: what stands before the
/// first colon would be one.
fn is_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    let signs = bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'%' => bytes
            .get(at + 1..at + 3)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
        byte => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(byte),
    });
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    !text.is_empty() && signs && scheme.is_none_or(|scheme| ["file", "https"].contains(&scheme))
}

fn runs_forward(region: &Map<String, Value>) -> bool {
    let place = |line: &str, column: &str| (region[line].as_u64(), region[column].as_u64());
    place("startLine", "startColumn") <= place("endLine", "endColumn")
}

/// What ties the parts together: each result has its rule, related places have ids of their own.
fn loose_ends(log: &Value, out: &mut String) {
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        if rule["id"] != result["ruleId"] {
            let _ = writeln!(out, "{} is not {}", rule["id"], result["ruleId"]);
        }
        let related = result["relatedLocations"].as_array().into_iter().flatten();
        let mut ids: Vec<u64> = related.map(|one| one["id"].as_u64().unwrap()).collect();
        let all = ids.len();
        ids.dedup();
        if ids.len() < all {
            let _ = writeln!(out, "{}: the same id twice", result["ruleId"]);
        }
    }
    let mut names: Vec<&str> = rules
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        let _ = writeln!(out, "a rule twice: {names:?}");
    }
}

/// What was written, read and held against the standard.
fn log(text: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap();
    let mut wrong = String::new();
    complaints(&LOG, &log, &mut wrong);
    loose_ends(&log, &mut wrong);
    assert!(wrong.is_empty(), "{wrong}\n{text}");
    log
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().unwrap()
}

fn addresses(log: &Value) -> Vec<&str> {
    let places = results(log)
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"]);
    let mut all: Vec<&str> = places
        .filter_map(|place| place["artifactLocation"]["uri"].as_str())
        .collect();
    all.dedup();
    all
}

/// A sound tree but for one word.
const MISSPELLED: &str = "title: Ü\nsteps:\n  ä: {}\n  a: {ask: \"📡 Wi-Fi on?\", yes: stuck, no: bb}\n  b: {fix: Done}\n";

#[test]
fn the_findings_of_every_page_hold() {
    let mut seen = BTreeSet::new();
    for code in Code::ALL {
        for example in code.page().split("```yaml fails\n").skip(1) {
            let text = example.split("```").next().unwrap();
            let compiled = Files::split(text).compile();
            let mut out = Vec::new();
            render(
                Format::Sarif,
                &compiled.sources,
                compiled.diagnostics(),
                &mut out,
            )
            .unwrap();
            let log = log(&String::from_utf8(out).unwrap());
            seen.extend(
                results(&log)
                    .iter()
                    .map(|result| result["ruleId"].to_string()),
            );
        }
    }
    assert!(seen.len() > 40, "{seen:?}");
}

#[test]
fn names_of_files_become_addresses() {
    let folder = Folder::new("sarif-names")
        .file("trees/fixpath.yaml", "stuck: {escalate: desk, reason: x}\n")
        .file("trees/a b/ö 100% #1 (neu)?.yaml", MISSPELLED)
        .file("trees/网络/[x]+&.yaml", MISSPELLED)
        .file("c:d.yaml", MISSPELLED)
        .file("long name: x.yaml", MISSPELLED);
    let whole = log(&folder.run("check --format sarif").exits(1).out);
    assert_eq!(
        addresses(&whole),
        [
            "trees/a%20b/%C3%B6%20100%25%20%231%20%28neu%29%3F.yaml",
            "trees/%E7%BD%91%E7%BB%9C/%5Bx%5D%2B%26.yaml",
        ]
    );
    let alone = |path: &str| {
        let ran = folder.run_words(&["check", "--format", "sarif", path]);
        addresses(&log(&ran.exits(1).out)).join(" ")
    };
    assert_eq!(alone("c:d.yaml"), "c%3Ad.yaml");
    assert_eq!(alone("long name: x.yaml"), "long%20name%3A%20x.yaml");
    let elsewhere = Folder::new("sarif-elsewhere").file("a b.yaml", MISSPELLED);
    let address = alone(elsewhere.path().join("a b.yaml").to_str().unwrap());
    assert!(
        address.starts_with("file:///") && address.ends_with("/a%20b.yaml"),
        "{address}"
    );
}

#[test]
fn a_log_without_findings_holds() {
    let folder = Folder::new("sarif-clean")
        .file("trees/fixpath.yaml", "stuck: {escalate: desk, reason: x}\n")
        .file(
            "trees/a.yaml",
            "title: T\nsteps:\n  a: {ask: 'Why?', yes: stuck, no: stuck}\n",
        );
    let log = log(&folder
        .run("check --format sarif --allow no-tests --allow same-target")
        .out);
    assert!(results(&log).is_empty(), "{log}");
}

#[test]
fn what_the_table_forbids_is_seen() {
    let folder = Folder::new("sarif-forbidden")
        .file("trees/fixpath.yaml", "stuck: {escalate: desk, reason: x}\n")
        .file("trees/a.yaml", MISSPELLED);
    let sound = log(&folder.run("check --format sarif").exits(1).out);
    let spoiled: [(&str, Value); 7] = [
        ("/version", "2.0".into()),
        ("/runs/0/columnKind", "bytes".into()),
        ("/runs/0/results/0/message", "plain".into()),
        ("/runs/0/results/0/level", "fatal".into()),
        (
            "/runs/0/results/0/locations/0/physicalLocation/region/startLine",
            0.into(),
        ),
        (
            "/runs/0/results/0/locations/0/physicalLocation/region/endLine",
            1.into(),
        ),
        (
            "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
            "a b.yaml".into(),
        ),
    ];
    for (at, value) in spoiled {
        let mut log = sound.clone();
        *log.pointer_mut(at).unwrap() = value;
        let mut wrong = String::new();
        complaints(&LOG, &log, &mut wrong);
        assert_eq!(wrong.lines().count(), 1, "{at}: {wrong}");
    }
}
