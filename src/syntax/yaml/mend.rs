//! What is done to a text that the parser cannot read, so that the rest of the file is still checked. The text keeps
//! its length: whatever is read afterwards stands at its place.

use crate::source::Span;

/// A change to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mend {
    /// A scalar that is read as this text, as if it had stood in quotes.
    Text(Patch),
    /// What stands there is taken out; something may be missing because of it.
    Blank(Span),
    /// The same of lines that stand at a wrong place, so that nobody can tell what lacks them.
    Stray(Span),
    /// A superfluous sign is taken out; nothing is missing because of it.
    Drop(Span),
    /// A sign stands there instead of another of one byte.
    Sign(u32, char),
    /// Every tab before a line's first visible character becomes a blank.
    Tabs,
    /// Reading ends there.
    End(u32),
}

/// A scalar with a text that is known otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patch {
    /// Where it stands.
    pub(super) span: Span,
    /// Its text.
    pub(super) text: Box<str>,
    /// Whether it may be a name: the author wrote it so, and only the way to it was wrong.
    pub(super) sure: bool,
}

impl Mend {
    /// A scalar read as a text that is surely no name.
    pub(super) fn text(span: Span, text: &str) -> Self {
        Self::Text(Patch {
            span,
            text: text.into(),
            sure: false,
        })
    }

    /// Makes the change; `false` where it changes nothing.
    pub(super) fn apply(&self, text: &mut String) -> bool {
        match self {
            Self::Text(patch) => fill(text, patch.span, true),
            Self::Blank(span) | Self::Stray(span) | Self::Drop(span) => fill(text, *span, false),
            Self::Sign(at, sign) => replace_sign(text, *at as usize, *sign),
            Self::Tabs => replace_tabs(text),
            Self::End(at) => {
                let end = text.len() as u32;
                fill(text, Span::new(*at, end), false)
            }
        }
    }
}

/// Replaces what is visible: by blanks, or the first line of it by a word of the same length.
fn fill(text: &mut String, span: Span, word: bool) -> bool {
    let range = span.start as usize..span.end as usize;
    let Some(old) = text.get(range.clone()) else {
        return false;
    };
    let mut new = String::with_capacity(old.len());
    let mut first_line = word;
    // Behind a colon that lacks its blank, the first sign makes room for it.
    let tight = word
        && text
            .get(..range.start)
            .is_some_and(|before| before.ends_with(':'));
    for (at, character) in old.char_indices() {
        match character {
            '\n' | '\r' => {
                first_line = false;
                new.push(character);
            }
            _ if first_line && !(tight && at == 0) => {
                new.extend(std::iter::repeat_n('x', character.len_utf8()));
            }
            _ => new.extend(std::iter::repeat_n(' ', character.len_utf8())),
        }
    }
    let changed = new != old;
    text.replace_range(range, &new);
    changed
}

fn replace_sign(text: &mut String, at: usize, sign: char) -> bool {
    let changes = text
        .get(at..at + 1)
        .is_some_and(|old| old.chars().ne([sign]));
    if changes && sign.is_ascii() {
        text.replace_range(at..at + 1, sign.encode_utf8(&mut [0; 4]));
    }
    changes && sign.is_ascii()
}

fn replace_tabs(text: &mut String) -> bool {
    let mut new = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t']);
        new.extend(std::iter::repeat_n(' ', line.len() - content.len()));
        new.push_str(content);
    }
    let changed = new != *text;
    *text = new;
    changed
}
