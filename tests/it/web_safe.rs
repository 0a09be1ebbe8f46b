//! What customers get holds nothing that is for agents, nothing that somebody typed as more than its letters, and leads
//! nowhere else; and it is small.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::{Dice, FOR_AGENTS, Folder, Page, Site, shipped};

/// A page may weigh so much as it is sent, in bytes.
const HEAVIEST: usize = 15_000;

/// The shipped trees with a mark in every text for agents.
fn marked() -> Folder {
    let mut folder = Folder::new("safe-agents").keeping();
    let mut marks = 0;
    for (name, text) in shipped().iter() {
        let mut lines = Vec::new();
        let mut in_block = false;
        for line in text.lines() {
            let mut line = line.to_owned();
            if in_block {
                let text = line.trim_start();
                let indent = line.len() - text.len();
                line.insert_str(indent, &format!("{FOR_AGENTS} "));
                marks += 1;
                in_block = false;
            }
            for key in ["say: ", "note: ", "reason: "] {
                let Some(at) = line
                    .find(key)
                    .filter(|at| line[..*at].is_empty() || line[..*at].ends_with([' ', '{', '-']))
                else {
                    continue;
                };
                let after = at + key.len();
                if line[after..].starts_with(['|', '>']) {
                    in_block = true;
                } else {
                    let quote = usize::from(line[after..].starts_with(['"', '\'']));
                    line.insert_str(after + quote, &format!("{FOR_AGENTS} "));
                    marks += 1;
                }
            }
            lines.push(line);
        }
        folder = folder.file(&format!("trees/{name}"), &(lines.join("\n") + "\n"));
    }
    assert!(marks > 200, "{marks} texts for agents are marked");
    folder
}

/// Nothing for agents, and light.
#[track_caller]
fn is_safe(page: &Page, walk: &str) {
    assert!(!page.text.contains(FOR_AGENTS), "{walk}: {}", page.text);
    for (name, value) in &page.headers {
        assert!(!value.contains(FOR_AGENTS), "{walk}: {name}");
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::new(4));
    packed.write_all(page.text.as_bytes()).unwrap();
    let weight = packed.finish().unwrap().len();
    assert!(weight < HEAVIEST, "{walk}: {weight} bytes");
}

/// Everything that can be pressed, or typed, on a page: field and value.
fn offers(page: &Page) -> Vec<(String, String)> {
    let mut offers = Vec::new();
    let words = page.words();
    for button in page.text.split("<button").skip(1) {
        let tag = button.split('>').next().unwrap();
        let value = |name: &str| {
            let (_, after) = tag.split_once(&format!(" {name}=\""))?;
            Some(
                after
                    .split('"')
                    .next()?
                    .replace("&amp;", "&")
                    .replace("&quot;", "\""),
            )
        };
        if let (Some(name), Some(value)) = (value("name"), value("value")) {
            offers.push((name, value));
        }
    }
    if page.text.contains("name=\"answer\"") {
        let typed = if let Some((_, after)) = words.split_once("For example: ") {
            let end = after.find(" Go on").unwrap_or(after.len());
            after[..end].trim_end_matches(" Go on").to_owned()
        } else if let Some((_, after)) = words.split_once("A number from ") {
            after.split(' ').next().unwrap().to_owned()
        } else if page.text.contains("type=\"date\"") {
            "2026-01-02".to_owned()
        } else if let Some((_, after)) = page
            .text
            .split_once("type=\"checkbox\" name=\"answer\" value=\"")
        {
            after.split('"').next().unwrap().to_owned()
        } else {
            "7".to_owned()
        };
        for _ in 0..3 {
            offers.push(("answer".to_owned(), typed.clone()));
        }
    }
    offers
}

#[test]
fn customers_never_see_what_is_for_agents() {
    let site = Site::of(marked(), "--library trees --rate 0 --log none");
    let numbers = (0..20_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 17) as u8);
    let numbers: Vec<u8> = numbers.collect();
    let mut dice = Dice::new(&numbers);
    let start = site.get("/");
    is_safe(&start, "the start page");
    let trees: Vec<String> = shipped()
        .iter()
        .filter_map(|(name, _)| name.strip_suffix(".yaml").map(str::to_owned))
        .filter(|name| name != "fixpath")
        .collect();
    let mut pages = 0;
    let (mut ends, mut agains) = (0, 0);
    for tree in &trees {
        is_safe(&site.get(&format!("/?q={}", tree.replace('/', "+"))), tree);
        for _ in 0..2 {
            let mut page = site.get(&format!("/t/{tree}"));
            let mut walk = tree.clone();
            for _ in 0..25 {
                is_safe(&page, &walk);
                pages += 1;
                let offers = offers(&page);
                let offers: Vec<_> = offers
                    .iter()
                    .filter(|(name, value)| name != "do" || value != "again")
                    .collect();
                if offers.is_empty() {
                    ends += 1;
                    if page.text.contains("value=\"again\"") {
                        is_safe(&site.press(&page, "do=again"), &walk);
                        agains += 1;
                    }
                    break;
                }
                let (name, value) = offers[dice.roll(offers.len())];
                walk = format!("{walk} · {name}={value}");
                page = site.press(&page, &format!("{name}={value}"));
            }
        }
    }
    assert!(
        pages > 300 && ends > 10 && agains > 3,
        "{pages} pages, {ends} ends, {agains} cases that went on"
    );
}

/// What people might type who mean harm.
const ATTACKS: [&str; 9] = [
    "<script>window.hurt = 1</script>",
    "\"><img src=x onerror=window.hurt=1>",
    "'><svg onload=window.hurt=1>",
    "</textarea></title></style><script>window.hurt=1</script>",
    "[x](javascript:window.hurt=1)",
    "![x](https://evil.example/x.png)",
    "<https://evil.example/>",
    "&lt;b&gt;<b>x</b>",
    "{{7*7}} ${name} %0d%0aSet-Cookie:a=b",
];

const ECHO: &str = "
title: Echo
stuck: {escalate: desk, reason: \"They wrote ${name}\", do: \"You wrote ${name}\"}
steps:
  name:
    ask: What is written on it?
    text: {max: 200}
    next: echo
  echo:
    ask: \"Does it really say ${name}?\"
    help: \"You wrote **${name}**.\"
    yes: {end: \"It says ${name}.\"}
    no: stuck
";

#[test]
fn what_somebody_types_is_only_shown() {
    let folder = Folder::new("safe-typed").keeping().file("echo.yaml", ECHO);
    let site = Site::of(folder, "--library . --rate 0 --log none");
    for attack in ATTACKS {
        let query: String = form_urlencoded::byte_serialize(attack.as_bytes()).collect();
        harmless(&site.get(&format!("/?q={query}")), attack);
        harmless(&site.get(&format!("/?q=echo+{query}")), attack);
        let first = site.get(&format!("/t/echo?q={query}"));
        harmless(&first, attack);
        let asked = site.press(&first, &format!("answer={attack}"));
        harmless(&asked, attack);
        assert!(
            asked.heading().starts_with("Does it really say"),
            "{attack}"
        );
        let misfit = site.press(&asked, &format!("choice={attack}"));
        assert_eq!(misfit.status, 422);
        harmless(&misfit, attack);
        let person = site.press(&asked, "reply=person");
        harmless(&person, attack);
        let (action, hidden) = person.form_with("reach");
        let mut fields: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        fields.extend([("reach", attack), ("more", attack), ("do", "hand-over")]);
        harmless(&site.post(&action, &fields), attack);
    }
}

/// The page holds none of the tags, handlers and addresses of an attack.
#[track_caller]
fn harmless(page: &Page, attack: &str) {
    let page_text = page.text.to_lowercase();
    for wrong in [
        "<script>",
        "<img",
        "<svg",
        "<b>x",
        "onerror=window.hurt=1>",
        "href=\"javascript",
        "src=\"https://evil",
        "href=\"https://evil.example/x",
    ] {
        assert!(
            !page_text.contains(wrong),
            "{attack}: {wrong}: {}",
            page.text
        );
    }
    assert_eq!(page.header("set-cookie"), None);
}

#[test]
fn nothing_leads_away() {
    let folder = Folder::new("safe-away").keeping().file("echo.yaml", ECHO);
    let site = Site::of(folder, "--library . --rate 0 --log none");
    let first = site.get("/t/echo");
    let case = site.press(&first, "answer=abc");
    let (case, _) = case.path.split_once('?').unwrap();
    let away = [
        "//evil.example/",
        "/t//evil.example",
        "/t/%2f%2fevil.example",
        "/%5Cevil.example",
        "/c/%2f%2fevil.example",
        "/t/https://evil.example",
        "/desk/../..//evil.example",
        "/desk/sign-in?to=//evil.example",
        "/?to=https://evil.example",
        "/c/..%2f..%2f",
        "/assets/..%2f..%2fetc/passwd",
    ];
    for path in away.into_iter().map(str::to_owned).chain([
        format!("{case}?at=//evil.example"),
        format!("{case}?at=99999999999999999999"),
    ]) {
        for post in [None, Some(())] {
            let fields = [
                ("to", "//evil.example"),
                ("next", "https://evil.example"),
                ("seq", "1"),
                ("step", "x"),
                ("do", "back"),
            ];
            let page = site.send_once(
                post,
                &path,
                &fields,
                &[("x-forwarded-host", "evil.example")],
            );
            let to = page.header("location").unwrap_or("/c/");
            assert!(
                to.starts_with("/c/") || to.starts_with("/desk"),
                "{path}: {to}"
            );
            assert!(page.status < 500, "{path}: {}", page.status);
        }
    }
}

#[test]
fn an_address_is_not_guessed() {
    let folder = Folder::new("safe-guess").keeping().file("echo.yaml", ECHO);
    let site = Site::of(folder, "--library . --rate 0 --log none");
    let case = site.press(&site.get("/t/echo"), "answer=abc");
    let (case, _) = case.path.split_once('?').unwrap();
    let (name, seal) = case.rsplit_once('-').unwrap();
    let last = seal.chars().last().unwrap();
    let other = if last == '0' { '1' } else { '0' };
    let near = format!("{name}-{}{other}", &seal[..seal.len() - 1]);
    let none = format!("/c/k3m9x7p24qda-{seal}");
    let (near, none) = (site.get(&near), site.get(&none));
    // A case that is there and one that is not: nobody can tell by what is answered.
    assert_eq!((near.status, none.status), (404, 404));
    assert_eq!(near.text, none.text);
    for cut in [
        name.to_owned(),
        format!("{name}-"),
        format!("{case}0"),
        format!("{name}-{}", seal.to_uppercase()),
    ] {
        assert_eq!(site.get(&cut).status, 404, "{cut}");
    }
    assert_eq!(site.get(case).status, 200);
}

#[test]
fn styles_and_scripts_are_small() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/assets");
    let files = std::fs::read_dir(folder).unwrap();
    let sizes = files.map(|file| file.unwrap().metadata().unwrap().len());
    let all: u64 = sizes.sum();
    assert!(all < 60_000, "{all} bytes");
}
