//! Where a mend did not help: which part of the text to take out instead.

use super::diagnose::with_what_is_below;
use super::line::Line;
use super::mend::Mend;

/// The part to take out at the first, second, third … attempt at one place: the line and what is below it; then all
/// that is below its parent, its parent's parent, and so on; at last the rest of the file.
pub(super) fn retreat(text: &str, at: u32, times: usize) -> Mend {
    let line = Line::at(text, at);
    if times <= 1 && !line.content().is_empty() {
        return Mend::Blank(with_what_is_below(line, text));
    }
    let mut ancestor = line;
    for _ in 1..times.max(2) {
        match parent(ancestor, text) {
            Some(parent) => ancestor = parent,
            None => return Mend::End(ancestor.start),
        }
    }
    let mut span = with_what_is_below(ancestor, text);
    let value = ancestor.parts().value;
    span.start = if value.is_empty() {
        ancestor.content().end
    } else {
        value.start
    };
    Mend::Blank(span)
}

/// The nearest line above that is indented less.
fn parent<'t>(line: Line<'t>, text: &'t str) -> Option<Line<'t>> {
    let depth = if line.content().is_empty() {
        usize::MAX
    } else {
        line.depth()
    };
    std::iter::successors(line.above(text), |line| line.above(text))
        .find(|above| above.depth() < depth)
}
