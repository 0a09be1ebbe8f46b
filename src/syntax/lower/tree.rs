//! The head of a tree's file.

use std::sync::Arc;

use crate::diagnostic::{Code, nearest};
use crate::source::Span;

use super::super::Script;
use super::super::key::Key;
use super::super::shape::TREE;
use super::super::yaml::Kind;
use super::fields::Fields;
use super::{Lower, what::What};

impl<'y> Lower<'y> {
    /// The whole document as a tree.
    pub(in crate::syntax) fn tree(&mut self, name: Arc<str>) -> Script {
        let mut script = Script::empty(self.file, name);
        let fields = self.document("a tree");
        if let Some(fields) = fields {
            self.head(&fields, &mut script);
        } else {
            self.broken = true;
        }
        self.lost_words();
        script.broken = self.broken || self.over.is_some();
        script
    }

    fn head(&mut self, fields: &Fields<'y>, script: &mut Script) {
        self.format(fields);
        script.title = self.prose_of(fields, Key::Title);
        script.summary = self.prose_of(fields, Key::Summary);
        script.symptoms = self.texts_of(fields, Key::Symptoms);
        script.tags = self.words_of(fields, Key::Tags);
        script.owner = self.text_of(fields, Key::Owner);
        script.review_by = self.date(fields, Key::ReviewBy);
        script.agents_only = self.agents_only(fields);
        script.allow = self.allow(fields);
        script.warn = self.prose_of(fields, Key::Warn);
        script.check = self.prose_of(fields, Key::Check);
        script.stuck = self.stuck(fields);
        script.start = self.word_of(fields, Key::Start);
        script.steps = self.steps(fields);
        script.tests = self.tests(fields);
        if fields.faulty {
            self.broken |= !fields.has(Key::Steps);
            return;
        }
        let top = Span::new(fields.span.start, fields.span.start);
        if !fields.has(Key::Title) {
            self.missing(
                top,
                "the tree has no `title`",
                "add `title: …`, the trouble in a few words",
            );
        }
        if !fields.has(Key::Steps) {
            self.missing(
                top,
                "the tree has no `steps`",
                "add `steps:` with the steps under it",
            );
            self.broken = true;
        }
    }

    /// `format: 1`, the only one there is.
    pub(super) fn format(&mut self, fields: &Fields<'y>) {
        let Some(word) = self.word_of(fields, Key::Format) else {
            return;
        };
        if &*word.value != "1" {
            self.bad_value(
                &word,
                What::Key(Key::Format),
                "`1`, the format that this fixpath reads",
                None,
            );
        }
    }

    /// `audience: agent`, the only one that is said.
    fn agents_only(&mut self, fields: &Fields<'y>) -> Option<Span> {
        let word = self.word_of(fields, Key::Audience)?;
        if &*word.value == "agent" {
            return Some(word.span);
        }
        let wanted = "`agent`: without the key, everybody may walk the tree";
        let nearest = nearest(&word.value, ["agent"]).map(str::to_owned);
        self.bad_value(&word, What::Key(Key::Audience), wanted, nearest);
        // Whoever writes the key wants to keep somebody out.
        Some(word.span)
    }

    /// The keys of the whole document; `None`, and reported, where it holds none.
    pub(super) fn document(&mut self, kind: &str) -> Option<Fields<'y>> {
        let shape = if kind == "a tree" {
            &TREE
        } else {
            &super::super::shape::LIBRARY
        };
        let root = self.yaml.root();
        match root {
            Some(root) if matches!(root.kind(), Kind::Map { .. }) => {
                self.fields(root, shape, What::Named("file of", kind))
            }
            Some(root) if !root.is_empty() => {
                if !root.is_torn() {
                    let finding = self
                        .finding(
                            Code::WrongType,
                            root.span(),
                            format!("the file of {kind} is keys with values"),
                        )
                        .label("no key here")
                        .help(format!(
                            "{kind} begins with a key like `{}: …`",
                            first_key(kind)
                        ));
                    self.report(finding);
                }
                None
            }
            Some(root) if root.is_torn() => None,
            _ => {
                self.empty_document(kind);
                None
            }
        }
    }

    /// A file with nothing in it; a library needs nothing.
    fn empty_document(&mut self, kind: &str) {
        if kind == "a tree" {
            let finding = self
                .finding(Code::MissingKey, Span::default(), "the file holds no tree")
                .label("nothing in here")
                .help("begin with `title: …` and `steps:`; `fixpath new NAME` writes a small tree");
            self.report(finding);
        }
    }
}

/// The key with which a file begins.
fn first_key(kind: &str) -> &'static str {
    if kind == "a tree" { "title" } else { "name" }
}
