//! A mapping with keys of the language: unknown and repeated keys are reported here, once for all kinds of mappings.

use crate::diagnostic::Code;
use crate::source::Span;

use super::super::key::{Key, KeySet};
use super::super::shape::Shape;
use super::super::yaml::{Entry, Kind, Node, Yaml};
use super::dashes::KEYS;
use super::{Lower, what::What};

/// The keys with which another step may begin.
const MAKERS: KeySet = KeySet::of(&[
    Key::Ask,
    Key::Do,
    Key::Next,
    Key::Call,
    Key::Try,
    Key::Fix,
    Key::Escalate,
    Key::End,
    Key::Return,
]);

/// The entries of one mapping by their keys.
pub(super) struct Fields<'y> {
    yaml: &'y Yaml<'y>,
    /// Index of each key's node; 0 where it is absent, for the root is no key.
    ids: [u32; Key::ALL.len()],
    /// The keys that are there.
    pub(super) present: KeySet,
    /// Those that were only guessed, for they are misspelled.
    pub(super) guessed: KeySet,
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

    /// Takes an entry in, unless its key is there already.
    pub(super) fn add(&mut self, key: Key, entry: Entry<'y>) -> bool {
        if self.has(key) {
            return false;
        }
        if let Some(id) = self.ids.get_mut(key as usize) {
            *id = entry.id;
        }
        self.present = self.present.or(KeySet::of(&[key]));
        true
    }

    /// The keys that are there and surely meant, without some.
    pub(super) const fn sure_without(&self, keys: KeySet) -> KeySet {
        self.present.without(self.guessed).without(keys)
    }

    /// Whether a key stands before the one of that index.
    fn is_before(&self, key: Key, id: u32) -> bool {
        self.ids.get(key as usize).is_some_and(|own| *own < id)
    }

    /// Whether some keys, at least one of which makes a kind of step, are the last ones of the mapping.
    pub(super) fn is_tail(&self, keys: &[Key]) -> bool {
        let set = KeySet::of(keys);
        let first = keys.first().and_then(|key| self.entry(*key));
        let before = |first: Entry<'_>| {
            let others = self.present.without(set);
            others.iter().all(|key| self.is_before(key, first.id))
        };
        set.meets(MAKERS) && first.is_some_and(before)
    }

    /// Whether a key with which another step may begin stands behind all of some keys.
    pub(super) fn begins_anew(&self, key: Key, keys: &[Key]) -> bool {
        let entry = self.entry(key);
        let behind = |entry: Entry<'_>| keys.iter().all(|key| self.is_before(*key, entry.id));
        MAKERS.has(key) && entry.is_some_and(behind)
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
            self.wrong_kind(node, what, KEYS);
            return None;
        }
        let mut fields = Fields {
            yaml: self.yaml,
            ids: [0; Key::ALL.len()],
            present: KeySet::EMPTY,
            guessed: KeySet::EMPTY,
            faulty: node.is_torn(),
            span: node.span(),
        };
        if node.entries().next().is_none() && !shape.may_be_empty && !fields.faulty {
            self.nothing_within(node, what);
            return None;
        }
        let mut unknown = Vec::new();
        let mut repeated = Vec::new();
        for entry in node.entries() {
            match entry.key.text().and_then(Key::from_name) {
                Some(key) if shape.keys.has(key) => {
                    if !fields.add(key, entry) {
                        repeated.push((key, entry));
                    }
                }
                _ => unknown.push(entry),
            }
        }
        if !repeated.is_empty() {
            self.repeated_keys(&mut fields, &repeated);
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

    /// Reports keys that are written twice. Several at the end of a mapping are most likely one fault: something
    /// begins there whose name is missing.
    fn repeated_keys(&mut self, fields: &mut Fields<'y>, repeated: &[(Key, Entry<'y>)]) {
        let one_fault = match repeated {
            [(key, first), _, ..] => {
                MAKERS.has(*key)
                    || fields
                        .present
                        .iter()
                        .all(|key| fields.is_before(key, first.id))
            }
            _ => false,
        };
        for (key, entry) in repeated {
            if !one_fault && self.arm_twice(fields, *key, *entry) {
                continue;
            }
            let first = fields.key_span(*key);
            if one_fault {
                let finding = self
                    .finding(
                        Code::DuplicateKey,
                        entry.key.span(),
                        format!("`{}` is written twice", key.name()),
                    )
                    .label("this and all below it seems to belong to something else")
                    .also(self.place(first), "the first one")
                    .help("write the name that is missing above; or delete what is too much");
                self.report(finding);
                return;
            }
            self.duplicate(key.name(), entry.key.span(), first);
        }
    }

    /// Reports `yes` that is written twice where `no` is not there, or the other way round: that one is meant.
    fn arm_twice(&mut self, fields: &mut Fields<'y>, key: Key, entry: Entry<'y>) -> bool {
        let other = match key {
            Key::Yes => Key::No,
            Key::No => Key::Yes,
            _ => return false,
        };
        if fields.has(other) || !fields.present.meets(KeySet::of(&[Key::Ask, Key::Do])) {
            return false;
        }
        let (span, word) = (entry.key.span(), other.name());
        let message = format!(
            "`{}` is written twice, and `{word}` is not there",
            key.name()
        );
        let finding = self
            .finding(Code::DuplicateKey, span, message)
            .label(format!("did you mean `{word}`?"))
            .also(self.place(fields.key_span(key)), "the first one")
            .help(format!("write `{word}`"))
            .replace(format!("write `{word}`"), span, word);
        self.report(finding);
        fields.add(other, entry);
        fields.guessed = fields.guessed.or(KeySet::of(&[other]));
        true
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
