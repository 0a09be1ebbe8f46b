//! `theme:` of the library file. What its words mean is `compile`'s business.

use crate::diagnostic::Code;
use crate::source::Span;

use super::super::ThemeNode;
use super::super::Word;
use super::super::key::Key;
use super::super::shape::{CONTACT, THEME};
use super::super::yaml::Kind;
use super::Lower;
use super::fields::Fields;
use super::what::What;

impl<'y> Lower<'y> {
    /// `theme:`.
    pub(super) fn theme(&mut self, fields: &Fields<'y>) -> Option<ThemeNode> {
        let node = fields.value(Key::Theme)?;
        let inner = self.fields(node, &THEME, What::Key(Key::Theme))?;
        let contact = inner
            .value(Key::Contact)
            .and_then(|node| self.fields(node, &CONTACT, What::Key(Key::Contact)));
        let mut theme = ThemeNode {
            span: node.span(),
            name: self.text_of(&inner, Key::Name),
            logo: self.word_of(&inner, Key::Logo),
            color: self.color(&inner),
            phone: None,
            email: None,
            hours: None,
            embed: self.words_of(&inner, Key::Embed),
        };
        if let Some(contact) = contact {
            theme.phone = self.word_of(&contact, Key::Phone);
            theme.email = self.word_of(&contact, Key::Email);
            theme.hours = self.text_of(&contact, Key::Hours);
        }
        Some(theme)
    }

    /// `color:`. YAML takes `#00f` for a comment: what was meant is told.
    fn color(&mut self, fields: &Fields<'y>) -> Option<Word> {
        let node = fields.value(Key::Color)?;
        let lost = matches!(node.kind(), Kind::Empty)
            .then(|| self.color_taken_for_comment(node.span()))
            .flatten();
        let Some(span) = lost else {
            return self.word(node, What::Key(Key::Color));
        };
        let written = self.slice(span);
        let finding = self
            .finding(
                Code::BadValue,
                span,
                format!("`color` has nothing behind it: YAML takes `{written}` for a comment"),
            )
            .label("a comment to YAML")
            .help(format!("put it in quotes: `\"{written}\"`"))
            .replace("put it in quotes", span, format!("\"{written}\""));
        self.report(finding);
        None
    }

    /// The comment that looks like a colour, behind an empty value.
    fn color_taken_for_comment(&self, empty: Span) -> Option<Span> {
        let rest = self.yaml.source().get(empty.start as usize..)?;
        let line = rest.lines().next()?;
        let behind = line.trim_start();
        let digits = behind.strip_prefix('#')?;
        let count = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
        let start = empty.start + (line.len() - behind.len()) as u32;
        matches!(count, 3 | 6).then(|| Span::new(start, start + 1 + count as u32))
    }
}
