//! Counts on the picture of a tree: legible in every format, and never by colour alone.

use regex::Regex;

use crate::support::{Browser, Folder};

const WIFI: &str = "title: No internet
check: Is the internet back?
stuck: {escalate: network, reason: The script did not help}
steps:
  scope:
    ask: Does it fail on every device?
    yes: restart
    no: forget
    unsure: stuck
  restart:
    do: Restart the router.
    no: stuck
  forget:
    do: Forget the network and join it again.
    no: stuck
";

fn desk(name: &str) -> Folder {
    let folder = Folder::new(name).file("trees/wifi.yaml", WIFI);
    for (typed, code) in [("yes\nyes\n", 0), ("yes\nno\n", 3), ("yes\n", 4)] {
        folder
            .run_with("run wifi --plain --store cases.db", typed)
            .exits(code);
    }
    folder
}

fn heat(folder: &Folder, format: &str) -> String {
    let command = format!("graph wifi --heat --store cases.db --format {format}");
    folder.run(&command).succeeds().out
}

#[test]
fn the_counts_stand_on_it_as_text() {
    let folder = desk("heat-text");
    let svg = heat(&folder, "svg");
    for said in [
        ">3 cases began here</text>",
        ">3 cases</text>",
        ">3 cases, 1 left here</text>",
        ">helped 1</text>",
        ">nobody came here</text>",
        ">yes (3)</text>",
        ">no (0)</text>",
        "unfinished, left here",
        "<title>restart: Restart the router.; 3 cases, 1 left here; helped 1</title>",
    ] {
        assert!(svg.contains(said), "{said:?} is not on it:\n{svg}");
    }
    let dot = heat(&folder, "dot");
    assert!(
        dot.contains("\\n3 cases, 1 left here\\nhelped 1\""),
        "{dot}"
    );
    assert!(dot.contains("label=\"yes (3)\", penwidth=4"), "{dot}");
    let mermaid = heat(&folder, "mermaid");
    assert!(
        mermaid.contains("3 cases, 1 left here<br/>helped 1"),
        "{mermaid}"
    );
    assert!(mermaid.contains("|\"no (0)\"|"), "{mermaid}");
    let json: serde_json::Value = serde_json::from_str(&heat(&folder, "json")).unwrap();
    assert_eq!(json["counted"], "3 cases began here");
    let steps = json["steps"].as_array().unwrap();
    let restart = steps.iter().find(|step| step["name"] == "restart").unwrap();
    assert_eq!(
        (&restart["reached"], &restart["left_here"]),
        (&3.into(), &1.into())
    );
    assert_eq!(restart["helped"], 1);
    assert_eq!(json["edges"][0]["cases"], 3);
    // Without it nothing is counted, and no store is needed.
    let plain = folder.run("graph wifi --store none").succeeds().out;
    assert!(!plain.contains("cases"), "{plain}");
    folder
        .run("graph wifi --since 30d --store cases.db")
        .exits(2);
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(color: &str) -> f64 {
    let color = match color.len() {
        3 => color.chars().flat_map(|digit| [digit, digit]).collect(),
        _ => color.to_owned(),
    };
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn ink_stands_out_from_every_fill_by_day_and_by_night() {
    let svg = heat(&desk("heat-contrast"), "svg");
    let all = |name: &str| -> Vec<String> {
        let variable = Regex::new(&format!("--{name}:#([0-9a-f]+)")).unwrap();
        variable
            .captures_iter(&svg)
            .map(|found| found[1].to_owned())
            .collect()
    };
    let ink = all("ink");
    assert_eq!(ink.len(), 2, "day and night");
    for name in ["w0", "w1", "w2", "w3", "w4"] {
        for (ink, fill) in ink.iter().zip(all(name)) {
            let contrast = contrast(ink, &fill);
            assert!(
                contrast >= 4.5,
                "{name}: #{ink} on #{fill} has {contrast:.2}"
            );
        }
    }
    // Bars, against the ground on which they stand.
    for (good, track) in all("good").iter().zip(all("track")) {
        assert!(contrast(good, &track) >= 3.0, "{good} on {track}");
    }
}

/// By a browser: what is written for the shape of a question must not win over what is written for the bar on it.
#[test]
fn a_bar_on_a_question_looks_as_the_legend_says() {
    let Some(browser) = Browser::start((900, 900)) else {
        return;
    };
    let folder = desk("heat-bars");
    folder
        .run_with("run wifi --plain --store cases.db", "")
        .exits(4);
    let svg = heat(&folder, "svg");
    let folder = folder.file("heat.svg", &svg);
    let file = folder.path().join("heat.svg");
    browser.open(&format!("file://{}", file.display()));
    let look = browser.run(
        "const bar = document.querySelector('.question > .stay'), look = getComputedStyle(bar);
        return [bar.width.baseVal.value > 1, look.fill, look.stroke].join(' ')",
    );
    assert_eq!(look.as_str(), Some("true url(\"#stay\") none"));
}

#[test]
fn who_comes_back_from_a_call_is_counted_on_the_way_out_of_it() {
    let main = "title: Main
stuck: {escalate: desk, reason: The script did not help}
steps:
  first: {ask: Is it on?, yes: asked, no: stuck}
  asked:
    call: sub
    returns: {good: done, bad: worse}
  done: {end: Goodbye}
  worse: {ask: Is it hot?, yes: stuck, no: done}
";
    let sub = "title: Sub
stuck: {escalate: desk, reason: The script did not help}
steps:
  inner: {ask: Is it green?, yes: {return: good}, no: {return: bad}}
";
    let folder = Folder::new("heat-call")
        .file("trees/main.yaml", main)
        .file("trees/sub.yaml", sub);
    for (typed, code) in [
        ("yes\nyes\n\n", 5),
        ("yes\nno\nno\n\n", 5),
        ("yes\nyes\n\n", 5),
        ("yes\n", 4),
    ] {
        let run = "run main --plain --store cases.db";
        folder.run_with(run, typed).exits(code);
    }
    let heat = folder.run("graph main --heat --store cases.db --format json");
    let json: serde_json::Value = serde_json::from_str(&heat.succeeds().out).unwrap();
    let edges = json["edges"].as_array().unwrap();
    let cases = |from: &str, to: &str| {
        let is_it = |edge: &&serde_json::Value| edge["from"] == from && edge["to"] == to;
        edges.iter().find(is_it).unwrap()["cases"].clone()
    };
    assert_eq!(cases("first", "asked"), 4);
    assert_eq!(cases("asked", "done"), 2);
    assert_eq!(cases("asked", "worse"), 1);
    assert_eq!(cases("worse", "done"), 1);
}

#[test]
fn every_colour_stands_there_for_programs_that_know_no_names() {
    let svg = heat(&desk("heat-colours"), "svg");
    let style = &svg[svg.find("<style>").unwrap()..svg.find("</style>").unwrap()];
    let named = Regex::new(r"([a-z-]+):([^;{}]*)var\(--[a-z0-9]+\)").unwrap();
    let mut count = 0;
    for found in named.captures_iter(style) {
        let before = style[..found.get(0).unwrap().start()]
            .rsplit('{')
            .next()
            .unwrap();
        let plain = Regex::new(&format!("(^|;){}:#[0-9a-f]+", &found[1])).unwrap();
        assert!(
            plain.is_match(before),
            "{} has no plain colour before it",
            &found[0]
        );
        count += 1;
    }
    assert!(count > 20, "{count}");
}
