//! Texts in block form that are not quite in block form, and texts over several lines with a comment in them.

use crate::source::Span;

use super::super::line::Line;
use super::super::mend::Mend;
use super::{Case, Diagnosis, needs_quotes, with_what_is_below};

/// A text on the line of its `|`.
pub(super) fn header(case: &Case<'_>) -> Option<Diagnosis> {
    let parts = case.line.parts();
    if parts.value.start != case.at {
        return None;
    }
    let sign = case.sign(case.at);
    let behind = Span::new(sign.end, parts.value.end);
    let rest = case.slice(behind);
    let region = with_what_is_below(case.line, case.text);
    let below = case
        .line
        .next(case.text)
        .filter(|line| line.start < region.end);
    let message = format!(
        "the text of a `{}` begins on the next line",
        case.slice(sign)
    );
    let Some(below) = below else {
        return Some(
            needs_quotes(case, behind_trimmed(case, behind), parts.value, message)
                .label("cannot stand here"),
        );
    };
    let whole = Span::new(case.at, region.end);
    let mut lines = vec![rest.trim()];
    lines.extend(
        case.slice(Span::new(below.start, region.end))
            .lines()
            .map(str::trim),
    );
    let moved = format!("\n{}{}", below.indent(), rest.trim_start());
    Some(
        Diagnosis::new(
            behind_trimmed(case, behind),
            message,
            Mend::text(whole, &lines.join("\n")),
        )
        .label("cannot stand here")
        .help("move it to a line of its own")
        .replace("move it to the next line", behind, moved),
    )
}

/// What stands behind the sign, without the blanks before it.
fn behind_trimmed(case: &Case<'_>, behind: Span) -> Span {
    let text = case.slice(behind);
    let blanks = (text.len() - text.trim_start().len()) as u32;
    Span::new(behind.start + blanks, behind.end.max(behind.start + blanks))
}

/// A comment in the middle of a text over several lines.
pub(super) fn comment(case: &Case<'_>) -> Option<Diagnosis> {
    let begun = std::iter::successors(Some(case.line), |line| line.previous(case.text))
        .find(|line| line.parts().key.is_some() || line.parts().dash.is_some())?;
    let value = begun.parts().value;
    let region = with_what_is_below(begun, case.text);
    let whole = Span::new(value.start, region.end.max(value.end));
    let lines: Vec<&str> = case
        .slice(whole)
        .lines()
        .map(|line| line.split_once(" #").map_or(line, |(text, _)| text).trim())
        .collect();
    let span = Span::new(case.at, case.line.content().end.max(case.at));
    Some(
        Diagnosis::new(
            span,
            "a comment stands in the middle of a text",
            Mend::text(whole, &lines.join(" ")),
        )
        .label("the text goes on below")
        .help("move the comment above the text; if it belongs to the text, write the text in block form, below a `|`"),
    )
}

/// Lines of a block text that are indented no deeper than its key.
pub(super) fn not_indented(case: &Case<'_>) -> Option<Diagnosis> {
    let above = case.line.above(case.text)?;
    let value = above.parts().value;
    let sign = case.slice(value);
    if !matches!(sign.chars().next(), Some('|' | '>')) || case.line.depth() > above.depth() {
        return None;
    }
    let lines: Vec<Line<'_>> = std::iter::successors(Some(case.line), |line| line.next(case.text))
        .take_while(|line| {
            line.depth() >= case.line.depth()
                && line.parts().key.is_none()
                && !line.text.trim().is_empty()
        })
        .collect();
    let last = lines.last()?;
    let indent = " ".repeat(above.depth() + 2);
    let texts: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
    let whole = Span::new(value.start, last.content().end);
    let mut diagnosis = Diagnosis::new(
        Span::new(case.line.content().start, last.content().end),
        format!(
            "the text of a `{}` must be indented",
            case.slice(case.sign(value.start))
        ),
        Mend::text(whole, &texts.join("\n")),
    )
    .label("no deeper than its key")
    .help("indent every line of it by two spaces more than its key");
    let edits = lines
        .iter()
        .map(|line| crate::diagnostic::Edit {
            span: Span::new(line.start, line.start + line.depth() as u32),
            text: indent.clone(),
        })
        .collect();
    diagnosis.fix = Some(("indent the text".to_owned(), edits));
    Some(diagnosis)
}

/// A line of a block text that stands further left than its first line.
pub(super) fn further_left(case: &Case<'_>) -> Option<Diagnosis> {
    let depth = case.line.depth();
    let mut first_of_text = None;
    let header = std::iter::successors(case.line.above(case.text), |line| line.above(case.text))
        .find(|line| {
            let inside = line.depth() > depth;
            if inside {
                first_of_text = Some(*line);
            }
            !inside
        })?;
    let first_of_text = first_of_text?;
    let sign = case.slice(header.parts().value).chars().next();
    if !matches!(sign, Some('|' | '>')) || header.depth() >= depth {
        return None;
    }
    let indent = Span::new(case.line.start, case.line.start + depth as u32);
    Some(
        Diagnosis::new(
            case.line.content(),
            "a line stands further left than the text that it belongs to",
            Mend::Drop(case.line.content()),
        )
        .label("further left than the first line of the text")
        .help("indent it like the first line of the text")
        .replace("indent the line", indent, first_of_text.indent()),
    )
}
