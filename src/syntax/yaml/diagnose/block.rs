//! Texts in block form that are not quite in block form, and texts over several lines with a comment in them.

use crate::source::Span;

use super::super::line::Line;
use super::super::mend::Mend;
use super::{Case, Diagnosis, indent, needs_quotes, with_what_is_below};

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
    if !rest.contains(char::is_alphanumeric) {
        return Some(signs_behind(case, sign, behind));
    }
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

/// Signs behind the `|` that are no text: `||`, `|:`.
fn signs_behind(case: &Case<'_>, sign: Span, behind: Span) -> Diagnosis {
    let (sign, more) = (case.slice(sign), case.slice(behind));
    let at = behind_trimmed(case, behind);
    Diagnosis::new(
        at,
        format!("nothing stands behind the `{sign}` of a text"),
        Mend::Drop(behind),
    )
    .label(format!("`{}` is too much", more.trim()))
    .help("take it away: the text stands on the lines below")
    .replace("take it away", behind, "")
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
            let key = line.parts().key.map(|key| case.slice(key));
            // The keys of the language are small letters; `Note: …` is a text.
            line.depth() >= case.line.depth()
                && !key.is_some_and(is_key)
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

/// Whether the word before a colon may be a key or a name, and no part of a text.
fn is_key(word: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    word.bytes().all(is_name)
}

/// A line of a block text that stands further left than its first line; or the first one further right than the rest.
pub(super) fn further_left(case: &Case<'_>) -> Option<Diagnosis> {
    let depth = case.line.depth();
    let header = case
        .line
        .all_above(case.text)
        .find(|line| line.depth() < depth)?;
    let value = header.parts().value;
    if !case.slice(value).starts_with(['|', '>']) {
        return None;
    }
    let lines: Vec<Line<'_>> =
        std::iter::successors(header.next(case.text), |line| line.next(case.text))
            .filter(|line| !line.text.trim().is_empty())
            .take_while(|line| line.depth() > header.depth())
            .collect();
    let (first, last) = (*lines.first()?, *lines.last()?);
    let key = case.line.parts().key.map_or("", |key| case.slice(key));
    if indent::is_word(key) && case.line.start == last.start {
        return Some(key_too_deep(case, header, key));
    }
    let before = lines.iter().filter(|line| line.start < case.line.start);
    let alike = lines.iter().filter(|line| line.depth() == depth);
    let whole = Span::new(value.start, last.content().end);
    let mend = Mend::text(whole, &dedented(&lines));
    let (odd, wanted): (Vec<Line<'_>>, _) = if before.count() == 1 && alike.count() > 1 {
        (vec![first], case.line)
    } else {
        let left = lines
            .iter()
            .copied()
            .filter(|line| line.depth() < first.depth());
        (left.collect(), first)
    };
    let blamed = odd.first().map_or(case.line, |line| *line);
    let side = if blamed.depth() > wanted.depth() {
        "right"
    } else {
        "left"
    };
    let mut diagnosis = Diagnosis::new(
        blamed.content(),
        format!("a line stands further {side} than the text that it belongs to"),
        mend,
    )
    .label(format!(
        "indented by {}, and not by {}",
        blamed.depth(),
        wanted.depth()
    ))
    .help("indent all lines of a text alike");
    let edits = odd
        .iter()
        .flat_map(|line| indent::shift(&[*line], wanted.depth()).1);
    diagnosis.fix = Some((format!("indent by {}", wanted.depth()), edits.collect()));
    Some(diagnosis)
}

/// A key that stands a little deeper than that of the block text above it.
fn key_too_deep(case: &Case<'_>, header: Line<'_>, key: &str) -> Diagnosis {
    let lines = case.line.own_lines(case.text);
    let mut diagnosis = Diagnosis::new(
        case.line.parts().key.unwrap_or_default(),
        format!("`{key}` stands too far right"),
        Mend::Stray(indent::span_of(&lines)),
    )
    .label(format!(
        "indented by {}, and not by {}",
        case.line.depth(),
        header.depth()
    ))
    .help("indent all keys of one thing alike");
    diagnosis.fix = Some(indent::shift(&lines, header.depth()));
    diagnosis
}

/// The text of some lines, without the indentation that they share.
fn dedented(lines: &[Line<'_>]) -> String {
    let least = lines.iter().map(|line| line.depth()).min().unwrap_or(0);
    let texts: Vec<&str> = lines
        .iter()
        .map(|line| line.text.get(least..).unwrap_or(line.text).trim_end())
        .collect();
    texts.join("\n")
}
