//! What stands on the screen while a prompt waits: where one is, the page, the answers, the keys. Lines only; nothing
//! here reads a key.

use std::time::Duration;

use crate::session::Moment;
use crate::terminal::card::Card;
use crate::terminal::history;
use crate::terminal::line::{Line, clip, width};
use crate::terminal::markdown::inline;
use crate::terminal::page::{Layout, page};
use crate::terminal::probe;
use crate::terminal::screen::Size;
use crate::terminal::style::Role;
use crate::terminal::time::clock;
use crate::terminal::walk::Walk;
use crate::terminal::wrap::wrap_hanging;

use super::answering::{Answering, KEY_WIDTH, key_line};
use super::place;
use super::shortcuts::{Offered, ROWS};

/// No text is wider than this, however wide the window is: long lines are hard to read.
const WIDEST: usize = 96;
/// How far texts are set in.
const MARGIN: usize = 2;
/// A long list is not squeezed below so many rows.
const FEWEST_ROWS: usize = 7;

/// The lines of a block and where the cursor stands in it.
#[derive(Debug, Default)]
pub struct Block {
    /// The lines.
    pub lines: Vec<Line>,
    /// Row and column of the cursor; hidden without.
    pub cursor: Option<(usize, usize)>,
}

impl Block {
    /// Adds lines as they are.
    pub fn add(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.lines.extend(lines);
    }

    /// Adds lines behind the margin.
    pub fn set_in(&mut self, lines: Vec<Line>, cursor: Option<(usize, usize)>) {
        if let Some((row, column)) = cursor {
            self.cursor = Some((self.lines.len() + row, MARGIN + column));
        }
        self.lines.extend(lines.iter().map(indented));
    }

    /// Breaks what is too wide for a window all the same; the cursor stays where it is in its line.
    pub fn fit(mut self, columns: usize) -> Self {
        let mut fitted = Vec::with_capacity(self.lines.len());
        let cursor = self.cursor;
        for (row, line) in self.lines.iter().enumerate() {
            if let Some((at, column)) = cursor
                && at == row
            {
                self.cursor = Some((fitted.len(), column));
            }
            fitted.extend(wrap_hanging(line, columns, MARGIN));
        }
        self.lines = fitted;
        self
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.lines.push(Line::default());
    }
}

/// A line behind the margin.
pub fn indented(line: &Line) -> Line {
    if line.is_empty() {
        return Line::default();
    }
    let mut whole = Line::of(&" ".repeat(MARGIN), Role::Body);
    whole.extend(line);
    whole
}

/// How wide texts may be in a window.
pub fn text_columns(size: Size) -> usize {
    size.columns.saturating_sub(MARGIN + 1).clamp(10, WIDEST)
}

/// The prompt: where one is, what it says, and how it is answered.
pub fn prompt(
    walk: &Walk<'_>,
    card: &Card,
    answering: &Answering,
    counting: bool,
    size: Size,
) -> Block {
    let columns = text_columns(size);
    let mut block = Block::default();
    block.gap();
    block.add(trail_lines(walk, size));
    block.gap();
    let layout = Layout {
        columns,
        bars: true,
        help: true,
    };
    block.set_in(page(card, layout), None);
    if let Some(line) = countdown(card, walk.now(), counting) {
        block.gap();
        block.set_in(vec![line], None);
    }
    block.gap();
    if let Some(command) = walk.command().filter(|_| walk.may_run()) {
        let line = key_line("r", "run on this computer: ", false)
            .with(&probe::shown(&command), Role::Link);
        block.set_in(wrap_hanging(&line, columns, KEY_WIDTH), None);
    }
    let rows = size
        .rows
        .saturating_sub(block.lines.len() + 4)
        .max(FEWEST_ROWS);
    let (lines, cursor) = answering.lines(columns, rows, walk.now().day());
    block.set_in(lines, cursor);
    block
}

/// Where one is, what is known, and how long it took.
fn trail_lines(walk: &Walk<'_>, size: Size) -> Vec<Line> {
    let titles: Vec<String> = place::titles(&walk.session)
        .iter()
        .map(|title| inline(title.as_str(), Role::Quiet).text())
        .collect();
    let replies = history::trail(&walk.session)
        .iter()
        .filter(|entry| entry.replied)
        .count();
    let started = walk.session.events().first().map(|event| event.at);
    let passed = started.map_or(Duration::ZERO, |started| walk.now().since(started));
    let right = match replies {
        0 => clock(passed),
        1 => format!("1 answer · {}", clock(passed)),
        _ => format!("{replies} answers · {}", clock(passed)),
    };
    let columns = size.columns.saturating_sub(1).min(WIDEST + MARGIN);
    let room = columns.saturating_sub(width(&right) + 8);
    let left = fit(&titles, room);
    let rule = columns.saturating_sub(width(&left) + width(&right) + 6);
    let line = format!("─ {left} {} {right} ─", "─".repeat(rule));
    let mut lines = vec![Line::of(&line, Role::Quiet)];
    lines.extend(known(walk, columns));
    lines
}

/// Titles from the outermost to the innermost; where there is no room for all, the innermost stays.
fn fit(titles: &[String], room: usize) -> String {
    for skipped in 0..titles.len() {
        let shown = titles.get(skipped..).unwrap_or_default().join(" › ");
        let shown = if skipped > 0 {
            format!("… › {shown}")
        } else {
            shown
        };
        if width(&shown) <= room || skipped + 1 == titles.len() {
            return clip(&shown, room);
        }
    }
    String::new()
}

fn known(walk: &Walk<'_>, columns: usize) -> Option<Line> {
    let shared = walk
        .session
        .facts()
        .into_iter()
        .filter(|fact| fact.tree.is_none());
    let facts: Vec<String> = shared
        .map(|fact| format!("{}: {}", fact.name.replace('_', " "), fact.shown))
        .collect();
    let facts = clip(&facts.join(" · "), columns.saturating_sub(MARGIN));
    (!facts.is_empty()).then(|| indented(&Line::of(&facts, Role::Quiet)))
}

/// The countdown as it stands; nothing once it was skipped.
fn countdown(card: &Card, now: Moment, counting: bool) -> Option<Line> {
    let wait = Duration::from_secs(card.view.wait_seconds?);
    let left = left(card, now)?;
    if left.is_zero() {
        return Some(Line::of("The wait is over.", Role::Good));
    }
    if !counting {
        return None;
    }
    const BAR: u64 = 20;
    let done = BAR
        - (left.as_millis() as u64 * BAR)
            .div_ceil(wait.as_millis().max(1) as u64)
            .min(BAR);
    let bar = |count: u64, sign: &str| sign.repeat(usize::try_from(count).unwrap_or(0));
    let left = Duration::from_secs(left.as_millis().div_ceil(1000) as u64);
    Some(
        Line::of("Wait ", Role::Body)
            .with(&bar(done, "━"), Role::Good)
            .with(&bar(BAR - done, "─"), Role::Quiet)
            .with(&format!(" {} left", clock(left)), Role::Body)
            .with("   any key skips", Role::Quiet),
    )
}

/// How long the countdown still takes.
pub fn left(card: &Card, now: Moment) -> Option<Duration> {
    let wait = Duration::from_secs(card.view.wait_seconds?);
    Some(wait.saturating_sub(now.since(card.shown)))
}

/// How far one is from the keys: at once, or behind Escape while letters are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A key means what it says.
    AtOnce,
    /// Escape comes first, or Alt is held.
    AfterEscape,
    /// As before, but the first Escape clears what is searched.
    AfterSearch,
    /// Escape was pressed: the next key counts.
    Now,
}

/// The line below the answers: which keys mean what here.
pub fn keys_line(offered: Offered, reach: Reach, columns: usize) -> Vec<Line> {
    let mut line = match reach {
        Reach::AtOnce => Line::default(),
        Reach::AfterEscape => behind("Esc"),
        Reach::AfterSearch => behind("Esc twice"),
        Reach::Now => Line::of("Press a key:   ", Role::Body),
    };
    let mut is_first = true;
    for row in ROWS.iter().filter(|row| offered.is_named(row.shortcut)) {
        let gap = if is_first { "" } else { "   " };
        is_first = false;
        line = line
            .with(gap, Role::Quiet)
            .with(row.key.encode_utf8(&mut [0; 4]), Role::Key)
            .with(
                &format!("\u{a0}{}", row.short.replace(' ', "\u{a0}")),
                Role::Quiet,
            );
    }
    if reach == Reach::Now {
        line = line.with("   Esc\u{a0}types\u{a0}on", Role::Quiet);
    }
    // The spaces that held a key and its words together are spaces again: people copy from screens.
    let loosen = |part: Line| {
        let pieces = part.pieces().iter();
        pieces.fold(Line::default(), |line, piece| {
            line.with(&piece.text.replace('\u{a0}', " "), piece.style)
        })
    };
    wrap_hanging(&line, columns, 0)
        .into_iter()
        .map(loosen)
        .collect()
}

/// Which key leads to the others.
fn behind(escape: &str) -> Line {
    Line::of(escape, Role::Key)
        .with(" or ", Role::Quiet)
        .with("Alt", Role::Key)
        .with(", then   ", Role::Quiet)
}

/// All keys that mean something here.
pub fn all_keys(offered: Offered, columns: usize) -> Vec<Line> {
    let answers = if offered.end {
        "Enter finishes"
    } else if offered.replies.answer {
        "1–9, y, n choose an answer; arrows and Enter do too"
    } else {
        "Enter says that it is done"
    };
    let mut lines = vec![Line::of(answers, Role::Body), Line::default()];
    for row in ROWS.iter().filter(|row| offered.has(row.shortcut)) {
        let line = key_line(row.key.encode_utf8(&mut [0; 4]), row.long, false);
        lines.extend(wrap_hanging(&line, columns, KEY_WIDTH));
    }
    lines.push(Line::default());
    lines.push(Line::of(
        "Press one of them, or any other key to go on.",
        Role::Quiet,
    ));
    lines
}
