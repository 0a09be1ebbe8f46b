//! Edges: a step's name, `stuck`, or a mapping with a target and what else an edge has.

use crate::diagnostic::Code;
use crate::source::Span;

use super::super::key::{Key, KeySet};
use super::super::shape::{EDGE, ENDS, NEXT, Shape};
use super::super::yaml::{Kind, Node};
use super::super::{EdgeExtras, EdgeNode, Target};
use super::fields::Fields;
use super::{Lower, what::What};

/// The keys that say where an edge leads.
const TARGETS: KeySet = KeySet::of(&[Key::Goto, Key::Tree]).or(ENDS);

/// What an edge may have whatever its target.
const EXTRAS: KeySet = KeySet::of(&[Key::Label, Key::Set, Key::When]);

impl<'y> Lower<'y> {
    /// The edge of a key.
    pub(super) fn edge_of(&mut self, fields: &Fields<'y>, key: Key) -> Option<EdgeNode> {
        let node = fields.value(key)?;
        Some(self.edge(node, What::Key(key)))
    }

    /// An edge. What cannot be read is one with a broken target.
    pub(super) fn edge(&mut self, node: Node<'y>, what: What<'_>) -> EdgeNode {
        self.edge_of_shape(node, what, &EDGE)
    }

    /// An edge of `next:`.
    pub(super) fn next_edge(&mut self, node: Node<'y>, what: What<'_>) -> EdgeNode {
        self.edge_of_shape(node, what, &NEXT)
    }

    fn edge_of_shape(&mut self, node: Node<'y>, what: What<'_>, shape: &Shape) -> EdgeNode {
        let (target, extras) = match node.kind() {
            Kind::Scalar(_) => (self.named(node, what), None),
            Kind::Map { .. } => match self.fields(node, shape, what) {
                Some(fields) => {
                    let (target, extras) = (self.target(&fields), self.extras(&fields));
                    let when = extras.as_ref().and_then(|extras| extras.when.as_ref());
                    // Of an edge whose condition cannot be read nobody must say that it has none.
                    let unread = fields.has(Key::When) && when.is_none();
                    (if unread { Target::Broken } else { target }, extras)
                }
                None => (Target::Broken, None),
            },
            _ => {
                self.wrong_kind(
                    node,
                    what,
                    "the name of a step, `stuck`, or an end in braces",
                );
                (Target::Broken, None)
            }
        };
        EdgeNode {
            span: node.span(),
            target,
            extras,
        }
    }

    /// The step that a word names.
    fn named(&mut self, node: Node<'y>, what: What<'_>) -> Target {
        match self.word(node, what) {
            Some(word) if &*word.value == "stuck" => Target::Stuck(word.span),
            Some(word) => Target::Step(word),
            None => Target::Broken,
        }
    }

    fn target(&mut self, fields: &Fields<'y>) -> Target {
        let targets = fields.all_of(TARGETS);
        let Some((key, others)) = targets.split_first() else {
            if !fields.faulty {
                self.no_target(fields.span);
            }
            return Target::Broken;
        };
        if !others.is_empty() {
            for other in others {
                self.conflict(fields, *key, *other, "an edge has one target");
            }
            return Target::Broken;
        }
        match key {
            Key::Goto => {
                self.only(fields, *key, EXTRAS.or(KeySet::of(&[Key::Goto, Key::Help])));
                match fields.value(Key::Goto) {
                    Some(node) => self.named(node, What::Key(Key::Goto)),
                    None => Target::Broken,
                }
            }
            Key::Tree => {
                self.only(fields, *key, EXTRAS.or(KeySet::of(&[Key::Tree, Key::Help])));
                self.word_of(fields, Key::Tree)
                    .map_or(Target::Broken, Target::Tree)
            }
            _ => self
                .end(fields, EXTRAS)
                .map_or(Target::Broken, |end| Target::End(Box::new(end))),
        }
    }

    fn no_target(&mut self, span: Span) {
        let finding = self
            .finding(
                Code::MissingKey,
                span,
                "the edge does not say where it leads",
            )
            .label("leads nowhere")
            .help("add `goto: step`, `tree: name`, or an end: `fix`, `escalate`, `end`, `return`");
        self.report(finding);
    }

    /// What an edge has beside its target.
    fn extras(&mut self, fields: &Fields<'y>) -> Option<Box<EdgeExtras>> {
        let is_end = fields.present.meets(ENDS);
        let help = if is_end {
            None
        } else {
            self.text_of(fields, Key::Help)
        };
        if let Some(within) = self.within_try
            && fields.has(Key::Set)
        {
            self.set_within_try(fields.key_span(Key::Set), within);
            return None;
        }
        let extras = EdgeExtras {
            label: self.text_of(fields, Key::Label),
            help,
            set: self.values_of(fields, Key::Set),
            when: self.text_of(fields, Key::When),
        };
        let none = extras.label.is_none()
            && extras.help.is_none()
            && extras.set.is_empty()
            && extras.when.is_none();
        (!none).then(|| Box::new(extras))
    }

    fn set_within_try(&mut self, span: Span, within: Span) {
        let finding = self
            .finding(Code::ConflictingKeys, span, "a `try` cannot `set` facts")
            .label("not within a `try`")
            .also(self.place(within), "this one")
            .help("let the edge lead to a step behind the `try`, and set the fact there");
        self.report(finding);
    }

    /// Reports two keys of one mapping that exclude each other, at the one that is written second.
    pub(super) fn conflict(&mut self, fields: &Fields<'y>, one: Key, other: Key, why: &str) {
        let (one_span, other_span) = (fields.key_span(one), fields.key_span(other));
        let (first, second, first_span, second_span) = if one_span.start <= other_span.start {
            (one, other, one_span, other_span)
        } else {
            (other, one, other_span, one_span)
        };
        let finding = self
            .finding(
                Code::ConflictingKeys,
                second_span,
                format!("`{}` does not go with `{}`", second.name(), first.name()),
            )
            .label(why)
            .also(self.place(first_span), "written here first")
            .help(format!(
                "keep `{}` or `{}`, whichever says what you mean, and delete the other",
                first.name(),
                second.name()
            ));
        self.report(finding);
    }

    /// Reports every key that does not go with the one that says what kind of thing it is.
    pub(super) fn only(&mut self, fields: &Fields<'y>, kind: Key, allowed: KeySet) -> bool {
        let strange = fields.all_of(fields.sure_without(allowed));
        if let [first, _, ..] = strange.as_slice() {
            if fields.is_tail(&strange) {
                self.two_in_one(fields, kind, *first);
                return false;
            }
            if fields.begins_anew(kind, &strange) {
                self.two_in_one(fields, *first, kind);
                return false;
            }
        }
        for key in &strange {
            self.conflict(fields, kind, *key, belongs(*key));
        }
        strange.is_empty()
    }
}

impl<'y> Lower<'y> {
    /// Reports keys that begin with `first` and do not go with those before them: most likely they belong to something
    /// whose name is missing, and that is one fault.
    fn two_in_one(&mut self, fields: &Fields<'y>, kind: Key, first: Key) {
        let finding = self
            .finding(
                Code::ConflictingKeys,
                fields.key_span(first),
                format!("`{}` does not go with `{}`", first.name(), kind.name()),
            )
            .label("this and all below it belong to something else")
            .also(self.place(fields.key_span(kind)), "written here first")
            .help("if another step begins here, its name is missing above; else delete what is too much");
        self.report(finding);
    }
}

/// Why a key has no place beside another: where it belongs.
fn belongs(key: Key) -> &'static str {
    match key {
        Key::Reason | Key::Impact | Key::Urgency | Key::Priority | Key::Needs => {
            "belongs to an `escalate`"
        }
        Key::Prevent => "belongs to a `fix`",
        Key::Cause => "belongs to a `fix` or a remedy",
        Key::Check | Key::Takes | Key::Odds => "belongs to a remedy: `do` with `no`",
        Key::Tried | Key::Cannot => "belongs to a `do`",
        Key::Returns => "belongs to a `call`",
        Key::Order => "belongs to a `try`",
        Key::Unsure => "belongs to a question",
        Key::Label => "belongs to an edge or a remedy",
        Key::Run | Key::Yes => "belongs to a yes/no question",
        _ => "one of the two is too much",
    }
}
