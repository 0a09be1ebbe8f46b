//! A team or a fact that the library file misspells, or does not declare: every tree that names it is right. That is one
//! finding where it is declared, or one in each tree, rather than one at each use.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Label, nearest};
use crate::source::{FileId, Place, Sources};
use crate::syntax::{LibraryScript, Word};

use super::edges::suggest;
use super::misnamed_step::is_no_name;

/// The most places that one finding shows beside its own.
const MOST_PLACES: usize = 9;

/// The findings about names that are not declared, each by its name: where they stand among all findings.
type Unknown<'s> = BTreeMap<(Code, &'s str), Vec<usize>>;

/// Makes one finding of several that have the same cause.
pub(super) fn settle(
    sources: &Sources,
    library: Option<&LibraryScript>,
    findings: &mut Vec<Diagnostic>,
) {
    let Some(library) = library else {
        return;
    };
    let unknown = unknown(sources, findings);
    let mut settled = Settled::default();
    for ((code, name), places) in unknown.iter().filter(|(_, places)| places.len() > 1) {
        match meant(sources, library, *code, name, &unknown) {
            // What is wrong with the name has been reported there.
            Some(declared) if has_error(findings, library.file, declared) => {
                settled.dropped.extend(places);
            }
            Some(declared) => settled.declared(library.file, declared, *code, name, places),
            None => settled.in_each_tree(findings, places),
        }
    }
    let mut at = 0..;
    findings.retain(|_| at.next().is_none_or(|at| !settled.dropped.contains(&at)));
    findings.append(&mut settled.found);
}

fn has_error(findings: &[Diagnostic], file: FileId, word: &Word) -> bool {
    findings.iter().any(|finding| {
        let Place { file: own, span } = finding.primary.place;
        own == file && word.span.start <= span.start && span.start <= word.span.end
    })
}

fn unknown<'s>(sources: &'s Sources, findings: &[Diagnostic]) -> Unknown<'s> {
    let mut unknown = Unknown::new();
    for (at, finding) in findings.iter().enumerate() {
        if !matches!(finding.code, Code::UnknownTeam | Code::UnknownFact) {
            continue;
        }
        let Place { file, span } = finding.primary.place;
        let text = sources.file(file).text();
        if let Some(name) = text.get(span.start as usize..span.end as usize) {
            unknown.entry((finding.code, name)).or_default().push(at);
        }
    }
    unknown
}

/// The declaration that everything calls by this name, and nothing by its own.
fn meant<'l>(
    sources: &Sources,
    library: &'l LibraryScript,
    code: Code,
    name: &str,
    unknown: &Unknown<'_>,
) -> Option<&'l Word> {
    let declared: Vec<&Word> = match code {
        Code::UnknownTeam => library
            .teams
            .iter()
            .flatten()
            .map(|team| &team.key)
            .collect(),
        _ => library
            .facts
            .iter()
            .flatten()
            .map(|fact| &fact.name)
            .collect(),
    };
    let near = nearest(name, declared.iter().map(|word| &*word.value))?;
    let others = unknown.keys().filter(|key| key.0 == code);
    let back = nearest(near, others.map(|key| key.1))?;
    let word = declared.into_iter().find(|word| &*word.value == near)?;
    let own = Place {
        file: library.file,
        span: word.span,
    };
    let is_use = |before: &str| {
        let before = before.trim_end_matches(['"', '\'']).trim_end();
        code != Code::UnknownTeam || before.ends_with("escalate:")
    };
    (back == name && !is_used(sources, near, own, is_use)).then_some(word)
}

/// Whether some file holds a word anywhere but at this place, behind what makes it a use.
fn is_used(sources: &Sources, word: &str, own: Place, is_use: impl Fn(&str) -> bool) -> bool {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    sources.iter().any(|(file, source)| {
        let text = source.text();
        text.match_indices(word).any(|(at, _)| {
            let bytes = text.as_bytes();
            let before = at.checked_sub(1).and_then(|at| bytes.get(at));
            let whole = !is_part(before) && !is_part(bytes.get(at + word.len()));
            let other = file != own.file || at != own.span.start as usize;
            whole && other && text.get(..at).is_some_and(&is_use)
        })
    })
}

/// What becomes of the findings.
#[derive(Default)]
struct Settled {
    /// Those that only follow from another.
    dropped: HashSet<usize>,
    found: Vec<Diagnostic>,
}

impl Settled {
    fn declared(&mut self, file: FileId, word: &Word, code: Code, name: &str, places: &[usize]) {
        self.dropped.extend(places);
        if code == Code::UnknownFact && is_no_name(&word.value) {
            return; // That has been reported.
        }
        let kind = if code == Code::UnknownTeam {
            "team"
        } else {
            "shared fact"
        };
        let count = places.len();
        let place = Place {
            file,
            span: word.span,
        };
        let message = format!("no {kind} is named `{name}`, as {count} places call it");
        let finding = Diagnostic::new(code, place, message).label("nothing calls it so");
        self.found.push(suggest(finding, word.span, Some(name)));
    }

    /// The first of each file stands for the others, where none has a mend of its own.
    fn in_each_tree(&mut self, findings: &mut [Diagnostic], places: &[usize]) {
        let mut first: HashMap<FileId, usize> = HashMap::new();
        for at in places {
            let Some(finding) = findings.get(*at).filter(|finding| finding.fix.is_none()) else {
                continue;
            };
            let place = finding.primary.place;
            let Some(first) = first.get(&place.file).copied() else {
                first.insert(place.file, *at);
                continue;
            };
            self.dropped.insert(*at);
            if let Some(first) = findings.get_mut(first)
                && first.secondary.len() < MOST_PLACES
            {
                let text = "named here too".to_owned();
                first.secondary.push(Label { place, text });
            }
        }
    }
}
