//! Names of cases and codes differ from run to run: a page shows names of its own, and here they are held against the real
//! ones, in the order in which they come up.

use regex::Regex;

/// What pages call cases and codes where they say nothing else.
const CASES: [&str; 4] = [
    "k3m9-x7p2-4qda",
    "7f2w-h0ra-93ke",
    "p8d1-vy5c-2tmn",
    "e6b4-jz8s-1wxg",
];
const CODES: [&str; 3] = ["7kx9-m2pq", "c4tv-90he", "3jnd-w8rf"];

/// Which real name is which on the page.
#[derive(Default)]
pub struct Names {
    known: Vec<(String, String)>,
}

impl Names {
    /// A line of the page with the real names, whole or their beginnings.
    pub fn real(&self, line: &str) -> String {
        let mut line = line.to_owned();
        for (shown, real) in &self.known {
            let (short, real_short) = (&shown[..4], &real[..4]);
            line = line
                .replace(shown, real)
                .replace(&format!(" {short} "), &format!(" {real_short} "));
            if let Some(rest) = line.strip_suffix(&format!(" {short}")) {
                line = format!("{rest} {real_short}");
            }
        }
        line
    }

    /// What was printed, with the names that the page shows.
    pub fn shown(&mut self, printed: &str, page: &str) -> String {
        let cases = Regex::new(r"\b[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}\b").unwrap();
        let printed = self.replace(printed, page, &cases, &CASES);
        let codes = Regex::new(r"(?m)^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$").unwrap();
        self.replace(&printed, page, &codes, &CODES)
    }

    fn replace(&mut self, printed: &str, page: &str, form: &Regex, usual: &[&str]) -> String {
        for found in form.find_iter(printed) {
            let is_known = |(shown, real): &(String, String)| {
                real == found.as_str() || shown == found.as_str()
            };
            if self.known.iter().any(is_known) {
                continue;
            }
            let free = |name: &&str| self.known.iter().all(|(shown, _)| shown != name);
            let on_page = form.find_iter(page).map(|found| found.as_str());
            let shown = on_page.chain(usual.iter().copied()).find(free);
            let shown = shown.expect("enough names for one page").to_owned();
            self.known.push((shown, found.as_str().to_owned()));
        }
        let mut printed = printed.to_owned();
        for (shown, real) in &self.known {
            printed = printed.replace(real, shown);
            // Ids of messages hold the name without its strokes.
            printed = printed.replace(&real.replace('-', ""), &shown.replace('-', ""));
        }
        printed
    }
}
