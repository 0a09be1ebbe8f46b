//! Quotes that are not closed, and texts that go on behind a closed one.

use crate::source::Span;

use super::super::line::Line;
use super::super::mend::Mend;
use super::flow;
use super::{Case, Diagnosis, needs_quotes, sign, without_line};

/// Lines above the place of the error in which the quote may have been opened.
const FAR: usize = 1_000;

/// A text behind the closing quote.
pub(super) fn trailing(case: &Case<'_>) -> Option<Diagnosis> {
    let parts = case.line.parts();
    if parts.value.start >= case.at || parts.value.end < case.at {
        return None;
    }
    let rest = Span::new(case.at, parts.value.end);
    let message = "a text goes on behind its closing quote";
    if parts.key.is_none() && parts.dash.is_none() {
        return Some(
            Diagnosis::new(rest, message, without_line(case.line, case.text))
                .label("behind the quote")
                .help("a key and its text are parted by a colon and a space"),
        );
    }
    Some(needs_quotes(case, rest, parts.value, message).label("behind the quote"))
}

/// A quote that is not closed, or a quoted text that goes on too far left.
pub(super) fn unclosed(case: &Case<'_>) -> Option<Diagnosis> {
    let opening = opening(case)?;
    let line = Line::at(case.text, opening);
    if let Some(closing) = closing_below(case, opening) {
        return Some(too_far_left(case, opening, closing));
    }
    let quote = case.slice(case.sign(opening));
    let text = Span::new(opening, line.content().end.max(opening + 1));
    let end = flow::end_of_piece(case.text, opening, text.end);
    let whole = Span::new(opening, end);
    let inner = case.slice(Span::new(opening + 1, end));
    let label = "the quote at the beginning has no partner";
    if line.content().start == opening {
        let at = case.sign(opening);
        if let Some(diagnosis) = sign::lost_sign(case, at, "a quote is not closed") {
            return Some(diagnosis);
        }
        let mend = without_line(line, case.text);
        return Some(
            Diagnosis::new(whole, "a quote is not closed", mend)
                .label(label)
                .help("close the quote behind the key, before the colon"),
        );
    }
    let diagnosis =
        Diagnosis::new(whole, "a quote is not closed", Mend::text(whole, inner)).label(label);
    if quote == "'" {
        return Some(diagnosis.help(
            "close the quote; if the sign belongs to the text, put the whole text in double quotes",
        ));
    }
    Some(
        diagnosis
            .help("close the quote at the end of the text")
            .replace("close the quote", Span::new(end, end), quote),
    )
}

/// Where the quote was opened: at the place of the error, or on a line above.
fn opening(case: &Case<'_>) -> Option<u32> {
    if case.rest().starts_with(['"', '\'']) {
        return Some(case.at);
    }
    std::iter::successors(Some(case.line), |line| line.previous(case.text))
        .take(FAR)
        .find_map(|line| unclosed_on(line).filter(|at| *at < case.at))
}

/// The quote on a line that begins a key, a value or a piece of a flow collection, and is not closed there.
fn unclosed_on(line: Line<'_>) -> Option<u32> {
    let mut starts = true;
    let mut open: Option<char> = None;
    let mut opened = 0;
    let mut characters = line.text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match open {
            Some('"') if character == '\\' => {
                characters.next();
            }
            Some('\'')
                if character == '\'' && characters.peek().is_some_and(|next| next.1 == '\'') =>
            {
                characters.next();
            }
            Some(quote) if quote == character => {
                open = None;
                starts = false;
            }
            Some(_) => {}
            None if starts && matches!(character, '"' | '\'') => {
                open = Some(character);
                opened = at;
            }
            None => match character {
                ' ' | '\t' => {}
                ':' | '-' => starts = characters.peek().is_none_or(|next| next.1 == ' '),
                '{' | '[' | ',' => starts = true,
                _ => starts = false,
            },
        }
    }
    open.map(|_| line.start + opened as u32)
}

/// The closing quote of a text that goes on below, too far left: the line of the error holds no key, and some line
/// from there on ends with the quote.
fn closing_below(case: &Case<'_>, opening: u32) -> Option<u32> {
    let line = Line::at(case.text, opening);
    let is_key = |line: Line<'_>| line.parts().key.is_some() || line.parts().dash.is_some();
    if case.line.start <= line.start || is_key(case.line) {
        return None;
    }
    let quote = case.slice(case.sign(opening));
    std::iter::successors(Some(case.line), |line| line.next(case.text))
        .take_while(|line| !is_key(*line))
        .find(|line| line.text.trim_end().ends_with(quote))
        .map(|line| line.content().end)
}

fn too_far_left(case: &Case<'_>, opening: u32, closing: u32) -> Diagnosis {
    let begun = Line::at(case.text, opening);
    let whole = Span::new(opening, closing);
    let inner = Span::new(opening + 1, closing.saturating_sub(1).max(opening + 1));
    let text: Vec<&str> = case.slice(inner).split_whitespace().collect();
    let indent = " ".repeat(begun.depth() + 2);
    let mut diagnosis = Diagnosis::new(
        case.line.content(),
        "a text in quotes goes on too far left",
        Mend::text(whole, &text.join(" ")),
    )
    .label("belongs to the text above")
    .help(
        "indent it deeper than the key of the text, or write the text in block form, below a `|`",
    );
    let edits = std::iter::successors(Some(case.line), |line| line.next(case.text))
        .take_while(|line| line.start < closing)
        .filter(|line| line.depth() < indent.len())
        .map(|line| crate::diagnostic::Edit {
            span: Span::new(line.start, line.start + line.depth() as u32),
            text: indent.clone(),
        })
        .collect();
    diagnosis.fix = Some(("indent the lines".to_owned(), edits));
    diagnosis
}
