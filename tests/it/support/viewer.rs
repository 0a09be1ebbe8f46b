//! Somebody who looks at every page of a face in each of its looks, and knows in the end which page was forgotten: the
//! addresses and the headings are taken from the source, so that a page that is new has to be looked at, too.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::browser::{Browser, PHONE, SCREEN};

/// Letters twice as large, as WCAG 1.4.4 asks: the page's own size is 106.25 %.
const TWICE: &str = "212%";

/// Looks, and remembers.
#[derive(Debug)]
pub struct Viewer<'b> {
    browser: &'b Browser,
    paths: RefCell<BTreeSet<String>>,
    headings: RefCell<BTreeSet<String>>,
    wrong: RefCell<Vec<String>>,
    /// So many pictures.
    kept: Cell<usize>,
}

impl<'b> Viewer<'b> {
    /// Somebody at this browser, who has seen nothing yet.
    pub fn new(browser: &'b Browser) -> Self {
        Self {
            browser,
            paths: RefCell::default(),
            headings: RefCell::default(),
            wrong: RefCell::default(),
            kept: Cell::default(),
        }
    }

    /// Looks whether the page with this heading is as it should be: on a phone and on a screen, by day and by night, with
    /// letters twice as large, and printed.
    #[track_caller]
    pub fn looks_at(&self, heading: &str) {
        self.browser.asks(heading);
        self.look(heading);
    }

    /// As [`Self::looks_at`], where the heading only begins so.
    #[track_caller]
    pub fn looks_at_like(&self, beginning: &str) {
        let browser = self.browser;
        browser.is_true(&format!(
            "document.querySelector('h1').innerText.startsWith('{beginning}')"
        ));
        self.look(&browser.heading());
    }

    #[track_caller]
    fn look(&self, heading: &str) {
        let browser = self.browser;
        self.headings.borrow_mut().insert(heading.to_owned());
        let address = browser.address();
        let path = address.splitn(4, '/').nth(3).unwrap_or_default();
        let path = path.split(['?', '#']).next().unwrap();
        self.paths.borrow_mut().insert(format!("/{path}"));
        let wrong = |look: &str, found: Vec<String>| {
            let found = found.into_iter();
            let lines = found.map(|what| format!("/{path}, “{heading}”, {look}: {what}"));
            self.wrong.borrow_mut().extend(lines);
        };
        for (size, name) in [(SCREEN, "on a screen"), (PHONE, "on a phone")] {
            browser.resize(size);
            // Without motion: a colour that is on its way to another is none.
            browser.prefer(&looks("dark"), false);
            wrong(&format!("{name}, by night"), browser.axe_on_colours());
            self.keep(heading, &format!("{name}, by night"));
            browser.prefer(&looks("light"), false);
            self.keep(heading, name);
            wrong(name, browser.axe());
            wrong(&format!("{name}, too wide"), browser.wider());
        }
        browser.run(&format!(
            "document.documentElement.style.fontSize = '{TWICE}'"
        ));
        wrong("letters twice as large, too wide", browser.wider());
        browser.run("document.documentElement.style.fontSize = ''");
        browser.prefer(&[], true);
        browser.resize(SCREEN);
        wrong("printed, too wide", browser.wider());
        browser.prefer(&[], false);
        browser.resize(PHONE);
    }

    /// Keeps a picture of the page in the folder that the variable `LOOKS` names, for people to look at.
    pub fn keep(&self, heading: &str, look: &str) {
        let Some(folder) = std::env::var_os("LOOKS").map(PathBuf::from) else {
            return;
        };
        let kept = self.kept.get() + 1;
        self.kept.set(kept);
        let plain = |letter: char| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '-'
            }
        };
        let heading: String = heading.chars().take(40).map(plain).collect();
        let look = look.replace([' ', ','], "-");
        let picture = BASE64_STANDARD.decode(self.browser.picture()).unwrap();
        fs::create_dir_all(&folder).unwrap();
        fs::write(
            folder.join(format!("{kept:03}-{heading}-{look}.png")),
            picture,
        )
        .unwrap();
    }

    /// Nothing was wrong.
    #[track_caller]
    pub fn has_approved(&self) {
        let wrong = self.wrong.borrow();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    /// Nothing was wrong, and no page of these sources was forgotten: every address that is got, every heading that is
    /// written.
    #[track_caller]
    pub fn has_approved_all(&self, sources: &[&str], no_pages: &[&str]) {
        self.has_approved();
        let texts = texts(sources);
        let paths = self.paths.borrow();
        let routes: Vec<&str> = texts.iter().flat_map(|text| routes(text)).collect();
        assert!(routes.len() > 1, "addresses are found: {routes:?}");
        for route in routes {
            assert!(
                no_pages.contains(&route) || paths.iter().any(|path| is_at(path, route)),
                "no test has looked at the page {route}; seen: {paths:#?}"
            );
        }
        let seen = self.headings.borrow();
        let written: Vec<&str> = texts.iter().flat_map(|text| headings(text)).collect();
        assert!(written.len() > 3, "headings are found: {written:?}");
        for heading in written {
            assert!(
                seen.iter().any(|seen| seen.contains(heading.trim())),
                "no test has looked at the page with the heading {heading:?}; seen: {seen:#?}"
            );
        }
    }
}

fn looks(scheme: &str) -> [(&str, &str); 2] {
    [
        ("prefers-color-scheme", scheme),
        ("prefers-reduced-motion", "reduce"),
    ]
}

/// The texts of source files, and of all in folders.
fn texts(sources: &[&str]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut waiting: Vec<PathBuf> = sources.iter().map(|name| root.join(name)).collect();
    let mut texts = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let inside = fs::read_dir(path).unwrap();
            waiting.extend(inside.map(|entry| entry.unwrap().path()));
        } else {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
    texts
}

/// The addresses that can be got: `.route("/c/{address}", get(…))`.
fn routes(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(".route(").skip(1);
    parts.filter_map(|part| {
        let path = part.split('"').nth(1)?;
        let how = part.split(&format!("\"{path}\"")).nth(1)?.lines().next()?;
        how.contains("get(").then_some(path)
    })
}

/// Whether a path is one of a route: `{x}` is a part of it, `{*x}` the rest.
fn is_at(path: &str, route: &str) -> bool {
    let mut parts = path.split('/');
    for wanted in route.split('/') {
        let part = parts.next();
        match wanted {
            _ if wanted.starts_with("{*") => return part.is_some(),
            _ if wanted.starts_with('{') && part.is_some() => {}
            _ if part == Some(wanted) => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}

/// The words that stand in headings: literals in the braces after `h1`, but for those in calls.
fn headings(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.split("h1").skip(1).flat_map(move |after| {
        let inside = match after.split_once('{') {
            Some((before, inside)) if !before.starts_with(is_name) && !before.contains('\n') => {
                inside
            }
            _ => "",
        };
        literals(inside)
    })
}

/// The literals up to the brace that closes.
fn literals(inside: &str) -> Vec<&str> {
    let (mut braces, mut calls) = (1, 0);
    let mut found = Vec::new();
    let mut rest = inside;
    while let Some(at) = rest.find(['{', '}', '(', ')', '"']) {
        let (sign, after) = (&rest[at..=at], &rest[at + 1..]);
        rest = after;
        match sign {
            "{" => braces += 1,
            "}" => braces -= 1,
            "(" => calls += 1,
            ")" => calls -= 1,
            _ => {
                let (literal, after) = after.split_once('"').unwrap();
                rest = after;
                if calls == 0 && literal.starts_with(char::is_uppercase) {
                    found.push(literal);
                }
            }
        }
        if braces == 0 {
            break;
        }
    }
    found
}

#[test]
fn addresses_and_headings_are_found_in_source() {
    let text = r#"
        .route("/", get(find::get))
        .route("/c/{address}", get(walk::get).post(walk::post))
        .route("/take", post(take))
        h1.quiet #x { @match end { Some(team) => { "A person: " (inline(team, "No")) } None => "Nobody" } } p { "Else" }
        h1 { (trouble) } h1 { "There" }
    "#;
    assert_eq!(routes(text).collect::<Vec<_>>(), ["/", "/c/{address}"]);
    assert_eq!(
        headings(text).collect::<Vec<_>>(),
        ["A person: ", "Nobody", "There"]
    );
    assert!(is_at("/c/x", "/c/{address}") && is_at("/t/a/b", "/t/{*tree}"));
    assert!(!is_at("/c/x/y", "/c/{address}") && !is_at("/c", "/c/{address}"));
    assert!(is_at("/", "/") && !is_at("/x", "/"));
}
