//! A Markdown text with `${fact}` in it, parsed once and filled in at the walk.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::FactRef;
use super::parsed::slice;

/// What stands in a text where something else is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// The bytes of the source that it takes, `${` and `}` included.
    pub range: Range<u32>,
    /// The fact shown there; `None` for `$${`, which shows `${`.
    pub fact: Option<FactRef>,
}

/// A Markdown text as the author wrote it, with its `${fact}` places resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub(super) source: Arc<str>,
    pub(super) holes: Box<[Hole]>,
}

/// What a fact prints that is not known.
pub const NOT_KNOWN: &str = "not known";

impl Text {
    /// A text in which nothing is filled in.
    pub fn literal(source: impl Into<Arc<str>>) -> Self {
        Self {
            source: source.into(),
            holes: Box::default(),
        }
    }

    /// A text whose `${…}` places are known already: a stored one, read back. `None` where a place lies outside of the
    /// text, cuts a character or overlaps the one before.
    pub fn with_holes(source: impl Into<Arc<str>>, holes: Vec<Hole>) -> Option<Self> {
        let source = source.into();
        let mut done = 0;
        for hole in &holes {
            let range = hole.range.start as usize..hole.range.end as usize;
            if hole.range.start < done || source.get(range).is_none() {
                return None;
            }
            done = hole.range.end;
        }
        let holes = holes.into();
        Some(Self { source, holes })
    }

    /// The text as in the file, `${…}` unfilled.
    pub const fn source(&self) -> &Arc<str> {
        &self.source
    }

    /// The facts that it shows, in order, repeated ones included.
    pub fn reads(&self) -> impl Iterator<Item = FactRef> {
        self.holes.iter().filter_map(|hole| hole.fact)
    }

    /// The facts that it shows with the bytes of the source that each takes.
    pub fn holes(&self) -> &[Hole] {
        &self.holes
    }

    /// The text with what `show` gives for each fact put in, and "not known" where it gives `None`. With `escape`,
    /// what is put in is escaped, so that rendered as Markdown it shows the same characters and can be no link,
    /// emphasis, heading or HTML. A text in which nothing is filled in is borrowed.
    pub fn fill<'v>(
        &self,
        mut show: impl FnMut(FactRef) -> Option<Cow<'v, str>>,
        escape: bool,
    ) -> Cow<'_, str> {
        if self.holes.is_empty() {
            return Cow::Borrowed(&self.source);
        }
        let mut filled = String::with_capacity(self.source.len() + 16 * self.holes.len());
        let mut done = 0;
        for hole in &self.holes {
            filled.push_str(slice(&self.source, &(done..hole.range.start)));
            done = hole.range.end;
            match hole.fact.map(&mut show) {
                None => filled.push_str("${"),
                Some(None) => filled.push_str(NOT_KNOWN),
                Some(Some(value)) if escape => push_escaped(&mut filled, &value),
                Some(Some(value)) => filled.push_str(&value),
            }
        }
        filled.push_str(slice(&self.source, &(done..self.source.len() as u32)));
        Cow::Owned(filled)
    }
}

/// Adds a value so that CommonMark shows exactly its characters: a backslash before all ASCII punctuation is allowed
/// there and takes its meaning away. Line breaks and tabs become spaces, since they could open a block.
fn push_escaped(filled: &mut String, value: &str) {
    for character in value.trim().chars() {
        match character {
            '\n' | '\r' | '\t' => filled.push(' '),
            _ => {
                if character.is_ascii_punctuation() {
                    filled.push('\\');
                }
                filled.push(character);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::{any, proptest};
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};

    use super::super::MARKDOWN;
    use super::super::parsed::slice;
    use super::super::tests::lookup;
    use super::Text;

    fn filled(source: &str, value: &str, escape: bool) -> String {
        let text = Text::parse(source).resolve(&mut lookup).unwrap();
        text.fill(
            |_| (!value.is_empty()).then_some(Cow::Borrowed(value)),
            escape,
        )
        .into_owned()
    }

    #[test]
    fn facts_are_shown_except_in_code() {
        for (source, expected) in [
            ("Your system is ${os}.", "Your system is X."),
            ("${ os }${age}", "XX"),
            ("costs $${os} or $5", "costs ${os} or $5"),
            (
                "type `${os}`, then ``a ` ${os}`` for ${os}",
                "type `${os}`, then ``a ` ${os}`` for X",
            ),
            ("an ` alone, ${os}", "an ` alone, X"),
            ("```\n${os}\n```\n${os}", "```\n${os}\n```\nX"),
            ("~~~ sh\necho ${HOME}\n~~~\n", "~~~ sh\necho ${HOME}\n~~~\n"),
            (
                "Type:\n\n    ls ${HOME}\n\nnow ${os}",
                "Type:\n\n    ls ${HOME}\n\nnow X",
            ),
            ("1. do\n    ${os}", "1. do\n    X"),
            ("ü📡 ${os} ü", "ü📡 X ü"),
        ] {
            assert_eq!(filled(source, "X", true), expected);
        }
        assert_eq!(filled("It is ${os}", "", true), "It is not known");
        assert!(matches!(
            Text::literal("a ${os}").fill(|_| None, true),
            Cow::Borrowed("a ${os}")
        ));
    }

    #[test]
    fn an_argument_is_not_markdown() {
        let text = Text::parse_plain("`${os}`").resolve(&mut lookup).unwrap();
        assert_eq!(text.fill(|_| Some("a b".into()), false), "`a b`");
    }

    #[test]
    fn every_mistake_of_a_text_is_reported_at_once() {
        let source = "${} ${a + b} ${oss} ${pin} `${}` ${os\n}";
        let errors = Text::parse(source).resolve(&mut lookup).unwrap_err();
        let shown: Vec<_> = errors
            .iter()
            .map(|error| (slice(source, &error.range), &*error.message))
            .collect();
        let expected = [
            ("${}", "`${}` names no fact"),
            ("${a + b}", "`a + b` is not a fact's name"),
            ("oss", "nothing here is called `oss`"),
            ("pin", "`pin` is a secret and is never shown"),
            ("${", "`${` is never closed"),
        ];
        assert_eq!(shown, expected);
    }

    /// The plain text of a rendered paragraph; anything that is more than a paragraph of text shows as `!`.
    fn rendered(markdown: &str) -> String {
        let mut shown = String::new();
        for event in Parser::new_ext(markdown, MARKDOWN) {
            match event {
                Event::Text(text) => shown.push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                _ => shown.push('!'),
            }
        }
        shown
    }

    proptest! {
        #[test]
        fn what_a_caller_typed_stays_text(value in "[ -~äß📡]{1,12}", after in any::<bool>()) {
            let source = if after { "It is ${os}" } else { "${os} it is" };
            let shown = rendered(&filled(source, &value, true));
            let value = if value.trim().is_empty() { "" } else { value.trim() };
            let expected = if after { format!("It is {value}") } else { format!("{value} it is") };
            proptest::prop_assert_eq!(shown.trim(), expected.trim());
        }

        #[test]
        fn no_text_makes_the_parser_panic(source in "[$ {}a`~\n>\\-1.\tü]{0,40}") {
            if let Ok(text) = Text::parse(&*source).resolve(&mut lookup) {
                text.fill(|_| Some("*".into()), true);
            }
        }
    }
}
