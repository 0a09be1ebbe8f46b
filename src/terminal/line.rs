//! One line of styled text and its width on a screen. It holds no control characters but those that [`Line::paint`]
//! adds: what comes from outside is neutralised on the way in.

use unicode_width::UnicodeWidthChar;

use crate::source::neutralise_line;

use super::style::{Colors, Style};

/// How many columns a text takes: the sum of its characters' widths, as most terminals count. Terminals that join
/// emoji sequences need fewer, so nothing ever runs over the edge.
pub fn width(text: &str) -> usize {
    text.chars().map(|one| one.width().unwrap_or(0)).sum()
}

/// The longest beginning of a text that fits into so many columns, `…` in place of what was cut off.
pub fn clip(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut clipped = String::new();
    let mut used = 1;
    for one in text.chars() {
        used += one.width().unwrap_or(0);
        if used > columns {
            break;
        }
        clipped.push(one);
    }
    if columns > 0 {
        clipped.push('…');
    }
    clipped
}

/// A piece of a line in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

/// A line on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    pieces: Vec<Piece>,
}

impl Line {
    /// A line of one piece.
    pub fn of(text: &str, style: impl Into<Style>) -> Self {
        Self::default().with(text, style)
    }

    /// The line with a piece more.
    pub fn with(mut self, text: &str, style: impl Into<Style>) -> Self {
        self.push(text, style.into());
        self
    }

    /// Appends a text, neutralised.
    pub fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        let text = neutralise_line(text);
        match self.pieces.last_mut() {
            Some(last) if last.style == style => last.text.push_str(&text),
            _ => self.pieces.push(Piece {
                text: text.into_owned(),
                style,
            }),
        }
    }

    /// Appends another line's pieces.
    pub fn extend(&mut self, other: &Self) {
        for piece in &other.pieces {
            self.push(&piece.text, piece.style);
        }
    }

    /// The pieces in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|piece| width(&piece.text)).sum()
    }

    /// What it says, without any style.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }

    /// The line with the escape sequences of its styles.
    pub fn paint(&self, colors: Colors) -> String {
        let mut painted = String::new();
        for piece in &self.pieces {
            colors.paint(&piece.text, piece.style, &mut painted);
        }
        painted
    }
}
