//! Where a part of a text stands in its file.

use std::ops::Range;

use crate::source::{SourceFile, Span};
use crate::syntax::Word;

/// The span of some bytes of a word; the whole word where escapes or folded lines hide them.
pub(super) fn inner_span(file: &SourceFile, word: &Word, range: Range<u32>) -> Span {
    let written = file.slice(word.span);
    let part = word
        .value
        .get(range.start as usize..range.end as usize)
        .filter(|part| !part.is_empty());
    let at = match (written.find(&*word.value), part) {
        (Some(at), _) => at as u32 + range.start,
        (None, Some(part)) => match written.find(part) {
            Some(at) => at as u32,
            None => return word.span,
        },
        (None, None) => return word.span,
    };
    let start = word.span.start + at;
    Span::new(start, start + (range.end - range.start))
}
