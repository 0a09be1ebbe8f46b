//! A mapping with keys of the language: unknown and repeated keys are reported here, once for all kinds of mappings.

use crate::diagnostic::{Code, nearest};
use crate::source::Span;

use super::super::key::{Key, KeySet};
use super::super::shape::{PLACES, Shape};
use super::super::yaml::{Entry, Kind, Node, Yaml};
use super::{Lower, what::What};

/// The entries of one mapping by their keys.
pub(super) struct Fields<'y> {
    yaml: &'y Yaml<'y>,
    /// Index of each key's node; 0 where it is absent, for the root is no key.
    ids: [u32; Key::ALL.len()],
    /// The keys that are there.
    pub(super) present: KeySet,
    /// Whether a key could not be told, so that another one may only seem to be missing.
    pub(super) faulty: bool,
    /// The whole mapping.
    pub(super) span: Span,
}

impl<'y> Fields<'y> {
    /// The entry of a key.
    pub(super) fn entry(&self, key: Key) -> Option<Entry<'y>> {
        match self.ids.get(key as usize) {
            None | Some(0) => None,
            Some(id) => Some(self.yaml.entry(*id)),
        }
    }

    /// The value of a key.
    pub(super) fn value(&self, key: Key) -> Option<Node<'y>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// Where a key stands; the mapping's place for one that is absent.
    pub(super) fn key_span(&self, key: Key) -> Span {
        self.entry(key).map_or(self.span, |entry| entry.key.span())
    }

    /// Whether a key is there.
    pub(super) const fn has(&self, key: Key) -> bool {
        self.present.has(key)
    }

    /// The key of a set that is written first.
    pub(super) fn first_of(&self, keys: KeySet) -> Option<Key> {
        keys.iter()
            .filter(|key| self.has(*key))
            .min_by_key(|key| self.ids.get(*key as usize))
    }

    /// The keys of a set that are there, in the order of the file.
    pub(super) fn all_of(&self, keys: KeySet) -> Vec<Key> {
        if !self.present.meets(keys) {
            return Vec::new();
        }
        let mut found: Vec<Key> = keys.iter().filter(|key| self.has(*key)).collect();
        found.sort_by_key(|key| self.ids.get(*key as usize));
        found
    }
}

impl<'y> Lower<'y> {
    /// The entries of a mapping of that shape; `None`, and reported, for anything else.
    pub(super) fn fields(
        &mut self,
        node: Node<'y>,
        shape: &Shape,
        what: What<'_>,
    ) -> Option<Fields<'y>> {
        if !matches!(node.kind(), Kind::Map { .. }) {
            self.wrong_kind(node, what, "keys with values");
            return None;
        }
        let mut fields = Fields {
            yaml: self.yaml,
            ids: [0; Key::ALL.len()],
            present: KeySet::EMPTY,
            faulty: node.is_torn(),
            span: node.span(),
        };
        if node.entries().next().is_none() && !shape.may_be_empty && !fields.faulty {
            self.nothing_within(node, what);
            return None;
        }
        let mut unknown = Vec::new();
        for entry in node.entries() {
            match entry.key.text().and_then(Key::from_name) {
                Some(key) if shape.keys.has(key) => self.add_field(&mut fields, key, entry),
                _ => unknown.push(entry),
            }
        }
        for entry in unknown {
            self.unknown_key(&mut fields, entry, shape);
        }
        Some(fields)
    }

    /// Reports a list or a mapping with nothing in it.
    pub(super) fn nothing_within(&mut self, node: Node<'y>, what: What<'_>) {
        let finding = self
            .finding(
                Code::BadValue,
                node.span(),
                format!("{what} has nothing in it"),
            )
            .label("nothing in here")
            .help("write what belongs there, or delete the key");
        self.report(finding);
    }

    fn add_field(&mut self, fields: &mut Fields<'y>, key: Key, entry: Entry<'y>) {
        if let Some(first) = fields.entry(key) {
            self.duplicate(key.name(), entry.key.span(), first.key.span());
            return;
        }
        if let Some(id) = fields.ids.get_mut(key as usize) {
            *id = entry.id;
        }
        fields.present = fields.present.or(KeySet::of(&[key]));
    }

    /// Reports a name that is written twice.
    pub(super) fn duplicate(&mut self, name: &str, second: Span, first: Span) {
        let finding = self
            .finding(
                Code::DuplicateKey,
                second,
                format!("`{name}` is written twice"),
            )
            .label("only the first one counts")
            .also(self.place(first), "the first one")
            .help("delete the one that you do not need, or rename it");
        self.report(finding);
    }

    /// Reports a key that the mapping cannot have. One that is surely misspelled counts as what was meant.
    fn unknown_key(&mut self, fields: &mut Fields<'y>, entry: Entry<'y>, shape: &Shape) {
        let span = entry.key.span();
        let Some(name) = entry.key.text() else {
            fields.faulty = true;
            self.no_text_as_key(entry);
            return;
        };
        let finding = self.finding(
            Code::UnknownKey,
            span,
            format!("{} has no key `{name}`", shape.what),
        );
        let missing = shape.keys.without(fields.present);
        let meant = meant(name).filter(|key| shape.keys.has(*key)).or_else(|| {
            nearest(name, missing.iter().map(Key::name))
                .or_else(|| nearest(name, shape.keys.iter().map(Key::name)))
                .and_then(Key::from_name)
        });
        let finding = match (meant, elsewhere(name)) {
            _ if instead(shape, name).is_some() => finding
                .label("has no meaning here")
                .help(instead(shape, name).unwrap_or_default()),
            (Some(key), None) => finding
                .label(format!("did you mean `{}`?", key.name()))
                .help(format!("write `{}`", key.name()))
                .replace(format!("write `{}`", key.name()), span, key.name()),
            (_, Some(place)) => finding.label("has no meaning here").help(format!(
                "`{name}` is a key of {place}: look at the indentation"
            )),
            (None, None) => finding.label("has no meaning here").help(format!(
                "{}; a remark for yourself is a comment (`# …`)",
                known_keys(shape)
            )),
        };
        self.report(finding);
        match meant.filter(|key| elsewhere(name).is_none() && !fields.has(*key)) {
            Some(key) => self.add_field(fields, key, entry),
            None => fields.faulty = true,
        }
    }

    /// Reports a key that is a list or a mapping, or nothing.
    pub(super) fn no_text_as_key(&mut self, entry: Entry<'y>) {
        if entry.key.kind() == Kind::Broken {
            return;
        }
        let finding = self
            .finding(Code::WrongType, entry.key.span(), "a key is a text")
            .label("not a text")
            .help("write one word or line before the colon");
        self.report(finding);
    }
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
        ("an edge", "when") => "only the edges in a list below `next:` have conditions",
        _ => return None,
    })
}

/// What authors write who know other languages.
fn meant(name: &str) -> Option<Key> {
    Some(match name {
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
    let keys: Vec<String> = shape
        .keys
        .iter()
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
