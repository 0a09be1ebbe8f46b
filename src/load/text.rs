//! One file's text as it was read: UTF-8, a byte-order mark taken off, or the reason why there is none.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Place, Span};
use crate::syntax::Limits;

/// What a file holds.
#[derive(Debug)]
pub struct Text {
    text: String,
    fault: Option<Fault>,
}

/// Why a file's text can't be used.
#[derive(Debug, Clone, Copy)]
enum Fault {
    /// Not UTF-8 from this byte on.
    Encoding(usize),
    /// More bytes than the limit; they were not read.
    Size(u64),
}

impl Text {
    /// Reads a file; one over the size limit is not read at all.
    ///
    /// # Errors
    /// The file cannot be read; the error names it.
    pub fn read(path: &Path, limits: &Limits) -> anyhow::Result<Self> {
        let name = || format!("{} cannot be read", path.display());
        let size = fs::metadata(path).with_context(name)?.len();
        if size > limits.bytes as u64 {
            return Ok(Self {
                text: String::new(),
                fault: Some(Fault::Size(size)),
            });
        }
        fs::read(path).with_context(name).map(Self::of_bytes)
    }

    /// Takes bytes in.
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self {
                // A text of another encoding with two bytes a letter: every second one is zero.
                fault: text.find('\0').map(Fault::Encoding),
                text: without_mark(text),
            },
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Self {
                    text,
                    fault: Some(Fault::Encoding(at)),
                }
            }
        }
    }

    /// The text; of a file that is no UTF-8, as near as it gets.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What is wrong with the text as a whole.
    pub fn finding(&self, file: FileId, limits: &Limits) -> Option<Diagnostic> {
        let place = |start: usize, end: usize| Place {
            file,
            span: Span::new(start as u32, end as u32),
        };
        match self.fault? {
            Fault::Encoding(at) => Some(
                Diagnostic::new(
                    Code::YamlSyntax,
                    place(at, at + '\u{fffd}'.len_utf8()),
                    "the file is not UTF-8 text",
                )
                .label("from here on it is something else")
                .help("save the file as UTF-8: most editors offer it under `Save as`"),
            ),
            Fault::Size(bytes) => Some(
                Diagnostic::new(
                    Code::TooLarge,
                    place(0, 0),
                    format!(
                        "the file has {bytes} bytes, more than the {} that are read",
                        limits.bytes
                    ),
                )
                .label("the file was not read")
                .help("split the tree into several, joined by `call:` or `{tree: …}`"),
            ),
        }
    }
}

/// The text without a byte-order mark, which Windows editors put in front.
fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}
