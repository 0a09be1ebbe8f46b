//! `hooks:` of the library file.

use super::super::key::Key;
use super::super::shape::HOOK;
use super::super::yaml::{Kind, Node};
use super::super::{HookNode, Word};
use super::Lower;
use super::fields::Fields;
use super::what::What;

/// Schemes of addresses that can be posted to.
const SCHEMES: [&str; 2] = ["https:", "http:"];

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
        let fields = self.fields(node, &HOOK, What::Entry(Key::Hooks))?;
        if !fields.has(Key::Url) && !fields.faulty {
            self.missing(
                fields.span,
                "the hook has no address",
                "add `url: https://…`",
            );
        }
        let url = self.word_of(&fields, Key::Url);
        // What stands in the environment is looked at when it is used.
        if let Some(url) = &url
            && !url.value.contains("${")
        {
            self.check_url(url, &SCHEMES);
        }
        let on = self.events(&fields);
        let template = self.word_of(&fields, Key::Template);
        let secret = self.word_of(&fields, Key::Secret);
        let headers = self.headers(&fields);
        Some(HookNode {
            span: fields.span,
            name,
            url: url?,
            on,
            template,
            secret,
            headers,
        })
    }

    fn events(&mut self, fields: &Fields<'y>) -> Vec<Word> {
        let mut events = self.words_of(fields, Key::On);
        events.retain(|event| {
            let known = EVENTS.contains(&&*event.value);
            if !known {
                let nearest = crate::diagnostic::nearest(&event.value, EVENTS).map(str::to_owned);
                self.bad_value(
                    event,
                    What::Entry(Key::On),
                    "`handover` or `close`",
                    nearest,
                );
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
