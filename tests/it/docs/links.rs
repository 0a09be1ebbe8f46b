//! The links of a page: each leads to a file that is there and, behind `#`, to a heading of that page.

use std::fs;
use std::path::Path;

use regex::Regex;

/// The links of a page that lead nowhere.
pub fn broken(path: &str, page: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let text = without_code(page);
    let addresses = link.captures_iter(&text).map(|found| found[1].to_owned());
    let leads_nowhere = |address: &String| {
        let (file, heading) = address.split_once('#').unwrap_or((address, ""));
        let target = match file {
            "" => path.to_owned(),
            file => format!(
                "{}{file}",
                path.rsplit_once('/')
                    .map_or(String::new(), |(folder, _)| format!("{folder}/"))
            ),
        };
        match fs::read_to_string(root.join(target)) {
            Err(_) => !root.join(file).exists(),
            Ok(text) => {
                !heading.is_empty() && !headings(&text).iter().any(|known| known == heading)
            }
        }
    };
    addresses
        .filter(|address| !address.contains("://"))
        .filter(leads_nowhere)
        .collect()
}

/// The page without its blocks.
fn without_code(page: &str) -> String {
    let mut open = false;
    let outside = page.lines().filter(|line| {
        open ^= line.starts_with("```");
        !open
    });
    outside.map(|line| format!("{line}\n")).collect()
}

/// The names by which the headings of a page are linked, as GitHub makes them.
fn headings(page: &str) -> Vec<String> {
    let text = without_code(page);
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|heading| slug(heading.trim_start_matches('#').trim()))
        .collect()
}

fn slug(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept
        .chars()
        .filter(|one| one.is_alphanumeric() || matches!(one, ' ' | '-' | '_'));
    kept.map(|one| if one == ' ' { '-' } else { one }).collect()
}
