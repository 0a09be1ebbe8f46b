//! Keys that a mapping cannot have: what was meant by each, told by the word, by what stands below it, or by where such
//! a key belongs.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;

use super::super::key::{Key, KeySet};
use super::super::shape::{FACT, LIBRARY, PLACES, REMEDY, STEP, Shape, TEAM, TEST, TREE};
use super::super::yaml::{Entry, Kind, Node};
use super::Lower;
use super::fields::Fields;

/// Keys that hold names, each with what stands below a name: who writes another word for such a key is understood by
/// what he wrote below it.
const HOLDERS: [(&Shape, Key, &Shape); 5] = [
    (&LIBRARY, Key::Facts, &FACT),
    (&LIBRARY, Key::Teams, &TEAM),
    (&TREE, Key::Steps, &STEP),
    (&TREE, Key::Tests, &TEST),
    (&STEP, Key::Try, &REMEDY),
];

/// Keys of other mappings that are this short are near to too many words.
const LEAST_LETTERS: usize = 4;

impl<'y> Lower<'y> {
    /// Reports a key that the mapping cannot have. One that is surely misspelled counts as what was meant.
    pub(super) fn unknown_key(&mut self, fields: &mut Fields<'y>, entry: Entry<'y>, shape: &Shape) {
        let span = entry.key.span();
        let Some(name) = entry.key.text() else {
            fields.faulty = true;
            self.no_text_as_key(entry);
            return;
        };
        if self.colon_within(entry, name, shape) {
            fields.faulty = true;
            return;
        }
        let meant = meant(fields, entry, name, shape);
        if entry.value.is_doubtful() && meant.is_none() && elsewhere(name).is_none() {
            // The line has been reported, and this may be no key at all.
            fields.faulty = true;
            return;
        }
        let finding = self.finding(
            Code::UnknownKey,
            span,
            format!("{} has no key `{name}`", shape.what),
        );
        self.report(explained(finding, fields, name, meant, shape));
        match meant.filter(|key| !fields.has(*key) && !stands_elsewhere(fields, *key)) {
            Some(key) => {
                fields.add(key, entry);
                fields.guessed = fields.guessed.or(KeySet::of(&[key]));
            }
            None => fields.faulty = true,
        }
    }

    /// Reports `visits 3` in braces: a key and its value without a colon between them.
    fn colon_within(&mut self, entry: Entry<'y>, name: &str, shape: &Shape) -> bool {
        let Some((word, value)) = name.split_once(' ') else {
            return false;
        };
        let key = Key::from_name(word).filter(|key| shape.keys.has(*key));
        let is_value = value.trim_start().starts_with(char::is_alphanumeric);
        if key.is_none() || !entry.value.is_empty() || !is_value {
            return false;
        }
        let start = entry.key.span().start;
        let written = self.slice(entry.key.span());
        if !written.starts_with(word) || written.contains(['\n', '\r']) {
            return false; // In quotes, or over several lines.
        }
        let blanks = written.len() - word.len() - value.trim_start().len();
        let end = start + word.len() as u32;
        let finding = self
            .finding(
                Code::YamlSyntax,
                Span::new(start, end),
                format!("a colon is missing behind `{word}`"),
            )
            .label("no key without a colon")
            .help(format!("write `{word}: {}`", value.trim_start()))
            .replace("write a colon", Span::new(end, end + blanks as u32), ": ");
        self.report(finding);
        true
    }
}

/// Completes the finding about an unknown key with what to write.
fn explained(
    finding: Diagnostic,
    fields: &Fields<'_>,
    name: &str,
    meant: Option<Key>,
    shape: &Shape,
) -> Diagnostic {
    if let Some(help) = instead(shape, name) {
        return finding.label("has no meaning here").help(help);
    }
    match meant {
        Some(key) if stands_elsewhere(fields, key) => finding.label("has no meaning here").help(
            "take it away: what can be picked stands in the declaration of the fact in `fixpath.yaml`, with `many: yes`",
        ),
        Some(key) => {
            let (word, span) = (key.name(), finding.primary.place.span);
            finding
                .label(format!("did you mean `{word}`?"))
                .help(format!("write `{word}`"))
                .replace(format!("write `{word}`"), span, word)
        }
        None => finding
            .label("has no meaning here")
            .help(match elsewhere(name) {
                Some(place) => format!("`{name}` is a key of {place}: look at the indentation"),
                None => format!(
                    "{}; a remark for yourself is a comment (`# …`)",
                    known_keys(shape)
                ),
            }),
    }
}

/// The key of the mapping that is meant, if one surely is.
fn meant(fields: &Fields<'_>, entry: Entry<'_>, name: &str, shape: &Shape) -> Option<Key> {
    if instead(shape, name).is_some() {
        return None;
    }
    let missing = shape.keys.without(fields.present);
    let known = synonym(shape, name).filter(|key| shape.keys.has(*key));
    if elsewhere(name).is_some() {
        // A key of another mapping: most likely only its indentation is wrong, unless this one has one that is alike.
        return known.or_else(|| alike(name, missing));
    }
    known
        .or_else(|| nearest(name, missing.iter().map(Key::name)).and_then(Key::from_name))
        .or_else(|| nearest(name, shape.keys.iter().map(Key::name)).and_then(Key::from_name))
        .or_else(|| by_body(entry.value, missing, shape))
}

/// The one of some keys that is nearly this key of another mapping: `facts` where `fact` is wanted.
fn alike(name: &str, keys: KeySet) -> Option<Key> {
    let first = name.chars().next()?;
    let names = keys.iter().map(Key::name);
    let names = names.filter(|key| key.starts_with(first) && key.len() >= LEAST_LETTERS);
    (name.len() >= LEAST_LETTERS)
        .then(|| nearest(name, names))
        .flatten()
        .and_then(Key::from_name)
}

/// The one of some keys below which such things stand as stand here.
fn by_body(body: Node<'_>, keys: KeySet, shape: &Shape) -> Option<Key> {
    let mut fitting = HOLDERS
        .iter()
        .filter(|(owner, key, inner)| {
            owner.what == shape.what && keys.has(*key) && holds(body, inner)
        })
        .map(|(_, key, _)| *key);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Whether every entry of a mapping is one of that shape.
fn holds(body: Node<'_>, shape: &Shape) -> bool {
    let is_key = |entry: Entry<'_>| {
        let key = entry.key.text().and_then(Key::from_name);
        key.is_some_and(|key| shape.keys.has(key))
    };
    let fits = |entry: Entry<'_>| {
        matches!(entry.value.kind(), Kind::Map { .. })
            && entry.value.entries().next().is_some()
            && entry.value.entries().all(is_key)
    };
    body.entries().next().is_some() && body.entries().all(fits)
}

/// Whether a key has no place beside the others, for it stands in a declaration.
fn stands_elsewhere(fields: &Fields<'_>, key: Key) -> bool {
    key == Key::Many && fields.has(Key::Fact)
}

/// What to write instead of a key that has its meaning elsewhere.
fn instead(shape: &Shape, name: &str) -> Option<&'static str> {
    Some(match (shape.what, name) {
        (_, "<<") => "YAML's way to merge keys is not read: write the keys out",
        ("a step", "goto") => "write `next: step`; `goto` belongs into an edge in braces",
        ("a step", "set") => "`set` belongs into an edge: `yes: {goto: step, set: {fact: value}}`",
        ("a step", "when") => {
            "conditions stand in `next:`, a list of `{when: condition, goto: step}`"
        }
        ("a step", "if" | "after") => "only a remedy of a `try` can have it",
        ("a remedy of a `try`", "no") => {
            "after `no` the next remedy comes by itself; `no:` of the `try` says where to go after the last"
        }
        ("a remedy of a `try`", "call" | "ask") => {
            "a remedy says what to `do`; make this a step of its own, beside the `try`"
        }
        ("an edge", "ask" | "yes" | "answers" | "next") => {
            "an edge leads to a step: write the question as a step of its own, and its name here"
        }
        ("`stuck`", "fix" | "end" | "return" | "goto" | "tree") => {
            "`stuck` hands over to a team, always: `{escalate: team, reason: …}`"
        }
        ("an edge", "when") => "only the edges in a list below `next:` have conditions",
        _ => return None,
    })
}

/// What authors write who know other languages.
fn synonym(shape: &Shape, name: &str) -> Option<Key> {
    Some(match name {
        "if" | "condition" if shape.keys.has(Key::When) && !shape.keys.has(Key::If) => Key::When,
        "text" | "title" | "name" if shape.keys.has(Key::Url) => Key::Label,
        "multiple" | "multi" | "several" => Key::Many,
        "question" | "prompt" => Key::Ask,
        "instruction" | "action" => Key::Do,
        "choices" | "options" => Key::Answers,
        "hint" => Key::Help,
        "warning" => Key::Warn,
        "script" => Key::Say,
        "solution" | "resolved" => Key::Fix,
        "step" | "to" => Key::Goto,
        "description" => Key::Summary,
        "href" | "address" => Key::Url,
        _ => return None,
    })
}

/// The mapping to which a key belongs that stands at a wrong place.
fn elsewhere(name: &str) -> Option<&'static str> {
    let key = Key::from_name(name)?;
    PLACES
        .iter()
        .find(|shape| shape.keys.has(key))
        .map(|shape| shape.what)
}

/// The keys of a mapping, or the first of them where there are many.
fn known_keys(shape: &Shape) -> String {
    const MANY: usize = 10;
    // Where an edge leads is what its author most likely wanted to say.
    let first = KeySet::of(&[Key::Goto, Key::Tree, Key::When]);
    let keys = shape.keys.iter().filter(|key| first.has(*key));
    let others = shape.keys.iter().filter(|key| !first.has(*key));
    let keys: Vec<String> = keys
        .chain(others)
        .take(MANY)
        .map(|key| format!("`{}`", key.name()))
        .collect();
    let more = if shape.keys.iter().nth(MANY).is_some() {
        " and others"
    } else {
        ""
    };
    format!("{} may have {}{more}", shape.what, keys.join(", "))
}
