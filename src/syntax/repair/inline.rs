//! What is missing in `{…}` and `[…]` on one line: a comma, a colon, a bracket.

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::key::Key;
use super::super::yaml::Line;
use super::pieces::{Piece, Sign, pieces};
use super::{Page, Repair};

/// Keys whose value is a condition or a number, so that no word behind it belongs to it.
const OF_NO_TEXT: [&str; 6] = ["when", "min", "max", "decimals", "visits", "takes"];

/// Keys whose value is one word: they are known behind a comma though they lack their colon.
const OF_ONE_WORD: [&str; 4] = ["goto", "tree", "then", "escalate"];

/// Longest line that is looked at, in bytes.
const LONGEST: usize = 2_000;

/// What may be missing in the brackets of a line.
pub(super) fn inline(page: Page<'_>, line: Line<'_>) -> Vec<Repair> {
    let value = line.parts().value;
    let text = page.slice(value);
    if text.len() > LONGEST || !text.contains(['{', '[', '}', ']']) {
        return Vec::new();
    }
    let row = Row {
        page,
        text,
        start: value.start,
    };
    let pieces = pieces(text);
    let commas: Vec<Repair> = pieces.iter().filter_map(|piece| row.comma(piece)).collect();
    let mut repairs = Vec::new();
    repairs.extend(all_of(&commas));
    repairs.extend(commas);
    for piece in &pieces {
        repairs.extend(row.colon(piece));
        repairs.extend(row.closing(piece));
        repairs.extend(row.opening(piece));
    }
    repairs
}

/// Several commas that are missing on one line, as one fault.
fn all_of(commas: &[Repair]) -> Option<Repair> {
    let (first, others) = commas.split_first()?;
    let mut edits = first.edits.clone();
    edits.extend(others.iter().flat_map(|other| other.edits.clone()));
    let mut finding = first.finding.clone();
    if let Some(fix) = &mut finding.fix {
        fix.edits.clone_from(&edits);
    }
    let likely = commas.iter().all(|repair| repair.likely);
    (!others.is_empty()).then(|| Repair {
        likely,
        ..Repair::sign(finding, edits)
    })
}

/// The value of a line.
#[derive(Clone, Copy)]
struct Row<'t> {
    page: Page<'t>,
    text: &'t str,
    start: u32,
}

impl<'t> Row<'t> {
    fn slice(self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn span(self, from: usize, to: usize) -> Span {
        Span::new(self.start + from as u32, self.start + to as u32)
    }

    /// `{escalate: desk reason: No light}`
    fn comma(self, piece: &Piece<'t>) -> Option<Repair> {
        let (Sign::Key(key), Some(open)) = (piece.sign, piece.within) else {
            return None;
        };
        let before = self.slice(open.entry, piece.at).trim_end();
        let known = open.sign == b'[' || open.key.is_some() && Key::from_name(key).is_some();
        if before.trim_start().is_empty() || !known {
            return None;
        }
        let value = self.slice(open.value, piece.at).trim();
        let of_no_text = open.key.is_some_and(|key| OF_NO_TEXT.contains(&key));
        let whole = of_no_text || super::line_break::is_whole(value);
        let end = open.entry + before.len();
        let repair = self.missing(
            ",",
            format!("before `{key}`"),
            self.span(piece.at, piece.at + key.len()),
            self.span(end, piece.at),
            ", ",
        );
        Some(if whole { repair.likely() } else { repair })
    }

    /// `{when: speed < 5, goto line}`
    fn colon(self, piece: &Piece<'t>) -> Option<Repair> {
        let open = piece.within.filter(|open| open.sign == b'{')?;
        let entry = self.slice(open.entry, piece.at);
        let start = open.entry + (entry.len() - entry.trim_start().len());
        let (key, value) = entry.trim().split_once(' ')?;
        let one_word = value.starts_with(char::is_alphanumeric)
            && value.bytes().all(|byte| byte > b' ' && byte != b':');
        if matches!(piece.sign, Sign::Key(_)) || !OF_ONE_WORD.contains(&key) || !one_word {
            return None;
        }
        let end = start + key.len();
        let repair = self.missing(
            ":",
            format!("behind `{key}`"),
            self.span(start, end),
            self.span(end, end + 1),
            ": ",
        );
        Some(repair.likely())
    }

    /// `{command: [ping, -n, timeout: 10s}`
    fn closing(self, piece: &Piece<'t>) -> Option<Repair> {
        let open = piece
            .within
            .filter(|open| open.sign == b'[' && open.inner)?;
        let before = self.slice(0, piece.at).trim_end();
        let (name, end) = match piece.sign {
            Sign::Key(key) if Key::from_name(key).is_some() => {
                (key, before.strip_suffix(',')?.trim_end().len())
            }
            Sign::Close(b'}') => ("}", before.len()),
            _ => return None,
        };
        let at = self.span(open.at, open.at + 1);
        let repair = self.missing(
            "]",
            format!("before `{name}`"),
            at,
            self.span(end, end),
            "]",
        );
        Some(repair.likely())
    }

    /// `command: ping, -n, "3"]`
    fn opening(self, piece: &Piece<'t>) -> Option<Repair> {
        let Sign::Close(close) = piece.sign else {
            return None;
        };
        let (open, wanted) = match close {
            b'}' => (b'{', "{"),
            _ => (b'[', "["),
        };
        let within = piece.within;
        if within.is_some_and(|within| within.sign == open || within.sign == b'[') {
            return None;
        }
        let from = within.map_or(0, |within| within.text);
        let value = self.slice(from, piece.at);
        let from = from + (value.len() - value.trim_start().len());
        let first = self.slice(from, piece.at).split([',', ' ']).next()?;
        let repair = self.missing(
            wanted,
            format!("before `{first}`"),
            self.span(piece.at, piece.at + 1),
            self.span(from, from),
            wanted,
        );
        (!first.is_empty() && !first.starts_with(['[', '{'])).then(|| repair.likely())
    }

    fn missing(self, sign: &str, place: String, at: Span, span: Span, text: &str) -> Repair {
        let (name, what) = match sign {
            "," => ("a comma".to_owned(), "parts two entries"),
            ":" => ("a colon".to_owned(), "parts a key from its value"),
            sign => (format!("the bracket `{sign}`"), "belongs to another one"),
        };
        let edit = Edit {
            span,
            text: text.to_owned(),
        };
        let finding = self
            .page
            .finding(Code::YamlSyntax, at, format!("{name} is missing {place}"))
            .label("nothing parts it from what stands before it")
            .help(format!("add the `{sign}` {place}: it {what}"))
            .fix(format!("add `{sign}`"), vec![edit.clone()]);
        Repair::sign(finding, vec![edit])
    }
}
