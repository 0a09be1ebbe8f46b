//! Ends: `fix`, `escalate`, `end`, `return`.

use crate::diagnostic::Code;

use super::super::key::{Key, KeySet};
use super::super::shape::{END_SHOWN, ENDS, OF_ESCALATE, OF_FIX, STUCK};
use super::super::yaml::{Kind, Node};
use super::super::{EndKind, EndNode};
use super::fields::Fields;
use super::{Lower, what::What};

impl<'y> Lower<'y> {
    /// The end that a mapping holds; keys of `besides` belong to what is around it.
    pub(super) fn end(&mut self, fields: &Fields<'y>, besides: KeySet) -> Option<EndNode> {
        let key = fields.first_of(ENDS)?;
        let own = match key {
            Key::Fix => OF_FIX,
            Key::Escalate => OF_ESCALATE,
            _ => KeySet::EMPTY,
        };
        let own = own.or(KeySet::of(&[key]));
        self.only(fields, key, own.or(END_SHOWN).or(besides));
        let kind = match key {
            Key::Fix => self.fix(fields),
            Key::Escalate => self.escalate(fields),
            Key::End => self
                .text_of(fields, key)
                .map(|text| EndKind::Information { text }),
            _ => self
                .line(fields.value(key)?, What::Key(key))
                .map(|value| EndKind::Return { value }),
        };
        let instruction = self.prose_of(fields, Key::Do);
        let shown = self.shown(fields, END_SHOWN);
        Some(EndNode {
            span: fields.span,
            kind: kind?,
            instruction,
            shown,
        })
    }

    fn fix(&mut self, fields: &Fields<'y>) -> Option<EndKind> {
        let what = self.text_of(fields, Key::Fix);
        let cause = self.prose_of(fields, Key::Cause);
        let prevent = self.prose_of(fields, Key::Prevent);
        let no = self.edge_of(fields, Key::No);
        Some(EndKind::Fix {
            what: what?,
            cause,
            prevent,
            no,
        })
    }

    fn escalate(&mut self, fields: &Fields<'y>) -> Option<EndKind> {
        let team = self.word_of(fields, Key::Escalate);
        let reason = self.prose_of(fields, Key::Reason);
        for level in [Key::Impact, Key::Urgency] {
            if fields.has(Key::Priority) && fields.has(level) {
                let why = "`impact` and `urgency` give the priority";
                self.conflict(fields, level, Key::Priority, why);
                break;
            }
        }
        let impact = self.level(fields, Key::Impact);
        let urgency = self.level(fields, Key::Urgency);
        let priority = self.whole(fields, Key::Priority, 1, 5);
        let needs = self.words_of(fields, Key::Needs);
        Some(EndKind::Escalate {
            team: team?,
            reason,
            impact,
            urgency,
            priority: priority
                .map(|priority| crate::source::Spanned::new(priority.value as u8, priority.span)),
            needs,
        })
    }

    /// `stuck:`, which is always an `escalate`.
    pub(super) fn stuck(&mut self, fields: &Fields<'y>) -> Option<EndNode> {
        let node = fields.value(Key::Stuck)?;
        let stuck = self.stuck_end(node);
        self.broken |= stuck.is_none();
        stuck
    }

    fn stuck_end(&mut self, node: Node<'y>) -> Option<EndNode> {
        if let (Kind::Scalar(_), Some(team)) = (node.kind(), node.text()) {
            let finding = self
                .finding(
                    Code::WrongType,
                    node.span(),
                    "`stuck` is an end, not a text",
                )
                .label("a text")
                .help(format!("write `{{escalate: {team}}}`"))
                .replace(
                    "make it an escalation",
                    node.span(),
                    format!("{{escalate: {}}}", self.slice(node.span())),
                );
            self.report(finding);
            return None;
        }
        let inner = self.fields(node, &STUCK, What::Key(Key::Stuck))?;
        if !inner.has(Key::Escalate) && !inner.faulty {
            self.missing(
                node.span(),
                "`stuck` does not say who takes over",
                "add `escalate: team`",
            );
        }
        self.end(&inner, KeySet::EMPTY)
    }

    /// Reports a key that must be there.
    pub(super) fn missing(&mut self, span: crate::source::Span, message: &str, help: &str) {
        let finding = self
            .finding(Code::MissingKey, span, message)
            .label("something is missing here")
            .help(help);
        self.report(finding);
    }
}
