//! What a page shows of the API: each `http` block is sent to a server that serves the trees of the page, and the block
//! behind it is what comes back. `$CHATBOT` and its like stand for tokens. Names of cases, codes and times are those of
//! the page, in the order in which they come up. A line `…` stands for any lines.
//!
//! With `UPDATE_DOCS=1` in the environment, the page is written anew with what comes back.

use regex::Regex;

use crate::support::{Folder, Site};

use super::block::{Block, blocks};
use super::console::{fits, plain};

/// The tokens of pages, with their roles.
const TOKENS: [(&str, &str); 3] = [
    ("CHATBOT", "customer"),
    ("HELPDESK", "agent"),
    ("REPORTS", "author"),
];

/// What differs from run to run, and what a page says where it says nothing yet.
const FORMS: [(&str, &str); 6] = [
    (
        "[0-9a-z]{12}-[0-9a-hjkmnp-tv-z]{20}",
        "k3m9x7p24qda-0123456789abcdefghjk",
    ),
    (
        "[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}",
        "k3m9-x7p2-4qda",
    ),
    (
        "\"code\": \"[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}",
        "\"code\": \"7kx9-m2pq",
    ),
    (
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[0-9.:+Z-]*",
        "2026-11-29T09:30:00Z",
    ),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d", "2026-11-22 09:30"),
    (r"(?m)^- \d\d:\d\d", "- 09:30"),
];

/// Which real name is which on the page.
#[derive(Default)]
struct Names(Vec<(String, String)>);

impl Names {
    fn real(&self, shown: &str) -> String {
        let mut text = shown.to_owned();
        for (shown, real) in &self.0 {
            text = text.replace(shown, real);
        }
        text
    }

    fn shown(&mut self, printed: &str, page: &str) -> String {
        for (form, usual) in FORMS {
            let form = Regex::new(form).unwrap();
            let code = |found: regex::Match<'_>| found.as_str().replace("\"code\": \"", "");
            let there = form.find_iter(page).map(code);
            let usual = std::iter::repeat(usual.replace("\"code\": \"", ""));
            for (real, shown) in form.find_iter(printed).map(code).zip(there.chain(usual)) {
                let is_known = |(_, known): &(String, String)| *known == real;
                if real != shown && !self.0.iter().any(is_known) {
                    self.0.push((shown, real));
                }
            }
        }
        let mut text = printed.to_owned();
        for (shown, real) in &self.0 {
            text = text.replace(real, shown);
        }
        text
    }
}

/// What does not come back as a page shows it, and the page as it should be; `None` for a page that shows nothing of it.
pub fn judge(path: &str, page: &str) -> Option<(Vec<String>, String)> {
    let blocks = blocks(page);
    blocks.iter().find(|block| block.has("http"))?;
    let mut folder = Folder::new(&format!("docs-http-{}", path.replace('/', "-"))).keeping();
    for block in &blocks {
        if let Some(file) = block.file() {
            folder = folder.file(file, &block.text);
        }
    }
    let site = Site::of(folder, "--library trees --log none");
    let tokens = TOKENS.map(|(name, role)| (format!("${name}"), site.token(name, role)));
    let mut names = Names::default();
    let (mut faults, mut mended) = (Vec::new(), page.to_owned());
    for pair in blocks.windows(2) {
        let [request, answer] = pair else { continue };
        if !request.has("http") {
            continue;
        }
        let printed = names.shown(&send(&site, &tokens, &names, request), &answer.text);
        let lines = |text: &str| -> Vec<String> {
            let lines = text.trim_end().lines();
            lines.map(plain).collect()
        };
        if answer.text == "…\n" || !fits(&lines(&answer.text), &lines(&printed)) {
            faults.push(format!("{path}:{}:\n{printed}", answer.line));
            mended = mended.replacen(&answer.text, &printed, 1);
        }
    }
    Some((faults, mended))
}

fn send(site: &Site, tokens: &[(String, String)], names: &Names, request: &Block) -> String {
    let text = names.real(&request.text);
    let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
    let mut lines = head.lines();
    let line = lines.next().unwrap();
    let mut authorization = lines
        .find_map(|line| line.strip_prefix("Authorization: "))
        .unwrap_or_default()
        .to_owned();
    for (name, token) in tokens {
        authorization = authorization.replace(name.as_str(), token);
    }
    let body = (!body.trim().is_empty()).then(|| ("application/json", body.to_owned()));
    let answer = site.call_with(&authorization, line, body);
    match answer.json {
        serde_json::Value::Null => answer.text,
        json => format!("{json:#}\n"),
    }
}
