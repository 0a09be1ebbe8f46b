//! The keys, commas and brackets of a value on one line, as people see them, though the brackets may not match.

/// A sign of a value, or a word that may be a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'t> {
    /// The byte at which it begins.
    pub(super) at: usize,
    /// What it is.
    pub(super) sign: Sign<'t>,
    /// The innermost bracket that is open there.
    pub(super) within: Option<Open<'t>>,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign<'t> {
    /// A word with a colon and a blank behind it.
    Key(&'t str),
    /// A comma.
    Comma,
    /// A closing bracket.
    Close(u8),
}

/// An open bracket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open<'t> {
    /// `{` or `[`.
    pub(super) sign: u8,
    /// The byte.
    pub(super) at: usize,
    /// Whether it stands within another one.
    pub(super) inner: bool,
    /// The last key in it.
    pub(super) key: Option<&'t str>,
    /// Where the value of that key begins, or the entry.
    pub(super) value: usize,
    /// Where the entry begins.
    pub(super) entry: usize,
    /// Where the value of the last key begins, commas behind it or not.
    pub(super) text: usize,
}

/// The pieces of a text, less what stands in quotes.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut quote: Option<u8> = None;
    // Whether a value may begin here, and where the word before begins.
    let (mut starts, mut word) = (true, 0);
    for (at, byte) in bytes.iter().copied().enumerate() {
        if let Some(sign) = quote {
            quote = Some(sign).filter(|sign| *sign != byte);
            word = at + 1;
            continue;
        }
        let within = open.last().copied();
        let mut push = |at, sign| pieces.push(Piece { at, sign, within });
        match byte {
            b'"' | b'\'' if starts => quote = Some(byte),
            b'{' | b'[' if starts => open.push(Open {
                sign: byte,
                at,
                inner: within.is_some(),
                key: None,
                value: at + 1,
                entry: at + 1,
                text: at + 1,
            }),
            b'}' | b']' => {
                push(at, Sign::Close(byte));
                open.pop();
            }
            b',' => {
                push(at, Sign::Comma);
                if let Some(last) = open.last_mut() {
                    (last.value, last.entry) = (at + 1, at + 1);
                }
            }
            b':' if bytes.get(at + 1) == Some(&b' ') => {
                let key = text.get(word..at).unwrap_or_default();
                if !key.is_empty() {
                    push(word, Sign::Key(key));
                }
                if let Some(last) = open.last_mut() {
                    last.key = Some(key);
                    (last.value, last.text) = (at + 1, at + 1);
                }
            }
            _ => {}
        }
        let parts = matches!(byte, b',' | b'{' | b'[' | b':');
        starts = parts || starts && byte == b' ';
        if !is_word(byte) {
            word = at + 1;
        }
    }
    pieces
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'.')
}
