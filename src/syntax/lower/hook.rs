//! `hooks:` of the library file.

use crate::source::Span;

use super::super::key::Key;
use super::super::shape::HOOK;
use super::super::yaml::{Kind, Node};
use super::super::{HookNode, Word};
use super::Lower;
use super::fields::Fields;
use super::what::What;

/// What a hook can wait for.
const EVENTS: [&str; 2] = ["handover", "close"];

impl<'y> Lower<'y> {
    /// `hooks:`, one under a name each, or a list.
    pub(super) fn hooks(&mut self, fields: &Fields<'y>) -> Vec<HookNode> {
        let Some(node) = fields.value(Key::Hooks) else {
            return Vec::new();
        };
        if matches!(node.kind(), Kind::Map { .. }) {
            return self
                .named_entries(node, What::Key(Key::Hooks))
                .into_iter()
                .filter_map(|(name, body)| self.hook(Some(name), body))
                .collect();
        }
        self.items(node, What::Key(Key::Hooks))
            .into_iter()
            .filter_map(|item| self.hook(None, item))
            .collect()
    }

    fn hook(&mut self, name: Option<Word>, node: Node<'y>) -> Option<HookNode> {
        let Some(fields) = self.fields(node, &HOOK, What::Entry(Key::Hooks)) else {
            return name.map(|name| unreadable(name, node.span()));
        };
        if !fields.has(Key::Url) && !fields.faulty {
            self.missing(
                fields.span,
                "the hook has no address",
                "add `url: https://…`",
            );
        }
        let url = self.word_of(&fields, Key::Url);
        let on = self.events(&fields);
        let template = self.word_of(&fields, Key::Template);
        let secret = self.word_of(&fields, Key::Secret);
        let headers = self.headers(&fields);
        Some(HookNode {
            span: fields.span,
            name,
            url,
            on,
            template,
            secret,
            headers,
        })
    }

    fn events(&mut self, fields: &Fields<'y>) -> Vec<Word> {
        let mut events = self.words_of(fields, Key::On);
        events.retain_mut(|event| {
            let known = EVENTS.contains(&&*event.value);
            if !known {
                let nearest = crate::diagnostic::nearest(&event.value, EVENTS);
                // It is most likely meant: no message is made that nobody waits for.
                let meant = nearest.map(|nearest| Word {
                    value: nearest.into(),
                    span: event.span,
                });
                let nearest = nearest.map(str::to_owned);
                self.bad_value(
                    event,
                    What::Entry(Key::On),
                    "`handover` or `close`",
                    nearest,
                );
                if let Some(meant) = meant {
                    *event = meant;
                    return true;
                }
            }
            known
        });
        events
    }

    fn headers(&mut self, fields: &Fields<'y>) -> Vec<(Word, Word)> {
        let Some(node) = fields.value(Key::Headers) else {
            return Vec::new();
        };
        self.named_entries(node, What::Key(Key::Headers))
            .into_iter()
            .filter_map(|(name, value)| {
                let value = self.word(value, What::Named("header", &name.value))?;
                Some((name, value))
            })
            .collect()
    }
}

/// A hook of which the name alone can be read.
fn unreadable(name: Word, span: Span) -> HookNode {
    HookNode {
        span,
        name: Some(name),
        url: None,
        on: Vec::new(),
        template: None,
        secret: None,
        headers: Vec::new(),
    }
}
