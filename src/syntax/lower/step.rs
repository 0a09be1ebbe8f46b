//! One entry of `steps:`.

use crate::source::Span;

use super::super::key::Key;
use super::super::shape::{SHOWN, STEP};
use super::super::yaml::{Entry, Kind, Node};
use super::super::{Form, StepNode, Word};
use super::dashes::A_STEP_EACH;
use super::fields::Fields;
use super::{Lower, what::What};

impl<'y> Lower<'y> {
    /// `steps:`.
    pub(super) fn steps(&mut self, fields: &Fields<'y>) -> Vec<StepNode> {
        let Some(node) = fields.value(Key::Steps) else {
            return Vec::new();
        };
        if !matches!(node.kind(), Kind::Map { .. }) {
            self.wrong_kind(node, What::Key(Key::Steps), A_STEP_EACH);
            self.broken = true;
            return Vec::new();
        }
        self.broken |= node.lacks_entries();
        let mut steps = Vec::with_capacity(node.entries().count());
        for entry in node.entries() {
            let Some(name) = self.step_name(entry, "a step") else {
                continue;
            };
            let step = self.step(name, entry);
            if self.claim(&step.name) {
                steps.push(step);
            } else {
                self.broken = true;
            }
        }
        if node.entries().next().is_none() && !node.is_torn() {
            self.nothing_within(node, What::Key(Key::Steps));
        }
        steps
    }

    /// The name of a step or remedy; one that cannot be read leaves its step out.
    pub(super) fn step_name(&mut self, entry: Entry<'y>, kind: &str) -> Option<Word> {
        self.steps += 1;
        if self.steps > self.limits.steps {
            self.over.get_or_insert(entry.key.span());
            return None;
        }
        if entry.key.text().is_none() {
            self.no_text_as_key(entry);
            self.broken = true;
            return None;
        }
        let name = self.name(entry.key, kind);
        self.broken |= name.is_none();
        name
    }

    fn step(&mut self, name: Word, entry: Entry<'y>) -> StepNode {
        let span = entry.span();
        let fields = self.step_fields(&name, entry.value);
        let Some(fields) = fields else {
            return broken(name, span);
        };
        let form = self.form(&fields, &name);
        let is_end = matches!(form, Form::End(_));
        let silent = matches!(form, Form::Branch(_) | Form::Call(_) | Form::Try(_));
        let mut step = StepNode {
            name,
            span,
            ask: None,
            instruction: None,
            shown: None,
            wait: None,
            limit: None,
            form,
        };
        if !is_end {
            step.limit = self.limit(&fields);
        }
        if !is_end && !silent {
            step.ask = self.prose_of(&fields, Key::Ask);
            step.instruction = self.prose_of(&fields, Key::Do);
            step.shown = self.shown(&fields, SHOWN);
            step.wait = self.duration(&fields, Key::Wait);
        }
        step
    }

    fn step_fields(&mut self, name: &Word, node: Node<'y>) -> Option<Fields<'y>> {
        self.fields(node, &STEP, What::Named("step", &name.value))
    }
}

/// A step of which nothing but the name is known.
const fn broken(name: Word, span: Span) -> StepNode {
    StepNode {
        name,
        span,
        ask: None,
        instruction: None,
        shown: None,
        wait: None,
        limit: None,
        form: Form::Broken,
    }
}
