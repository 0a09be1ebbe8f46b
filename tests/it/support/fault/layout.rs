//! Faults of layout: indentation, lines left out, doubled or joined.

use super::{Fault, Page, What};

impl Page<'_> {
    pub(super) fn shifted(&self, at: usize, by: isize) -> Option<Fault> {
        self.key(at)?;
        self.fault(at, self.moved(at, by)?)
    }

    pub(super) fn block_shifted(&self, at: usize, by: isize) -> Option<Fault> {
        self.key(at)?;
        let end = self.end(at);
        if end == at + 1 {
            return None;
        }
        let lines: Option<Vec<String>> = (at..end)
            .map(|line| match self.whats[line] {
                What::Nothing => Some(self.lines[line].to_owned()),
                _ => self.moved(line, by),
            })
            .collect();
        Some(Fault {
            text: self.with(at..end, &lines?),
            lines: at.max(1)..=at + 2,
        })
    }

    pub(super) fn text_at_key(&self, at: usize) -> Option<Fault> {
        if self.whats[at] != What::Text || self.lines[at].trim().is_empty() {
            return None;
        }
        let owner = (0..at).rev().find(|above| self.key(*above).is_some())?;
        self.fault(
            at,
            " ".repeat(self.depth(owner)) + self.lines[at].trim_start(),
        )
    }

    pub(super) fn tabbed(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        let depth = self.depth(at);
        self.fault(at, "\t".repeat(depth / 2) + self.lines[at].trim_start())
    }

    pub(super) fn hard_space(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        let depth = self.depth(at);
        self.fault(at, "\u{a0}".repeat(depth) + self.lines[at].trim_start())
    }

    pub(super) fn joined(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        if at + 1 == self.len() {
            return None;
        }
        self.key(at + 1)?;
        let line = format!("{} {}", self.lines[at], self.lines[at + 1].trim_start());
        Some(Fault {
            text: self.with(at..at + 2, &[line]),
            lines: at.max(1)..=at + 2,
        })
    }

    pub(super) fn deleted(&self, at: usize) -> Option<Fault> {
        if matches!(self.whats[at], What::Nothing | What::Text) {
            return None;
        }
        let (first, end) = self
            .owner(at)
            .map_or((at, at + 1), |owner| (owner, self.end(owner)));
        Some(Fault {
            text: self.with(at..at + 1, &[]),
            lines: first.max(1)..=end,
        })
    }

    pub(super) fn doubled(&self, at: usize) -> Option<Fault> {
        if matches!(self.whats[at], What::Nothing | What::Text) {
            return None;
        }
        let line = self.lines[at].to_owned();
        Some(Fault {
            text: self.with(at..at + 1, &[line.clone(), line]),
            lines: at + 1..=at + 3,
        })
    }

    pub(super) fn doubled_step(&self, at: usize) -> Option<Fault> {
        self.is_step(at).then_some(())?;
        let end = self.end(at);
        let lines: Vec<String> = self.lines[at..end]
            .iter()
            .map(|line| (*line).to_owned())
            .collect();
        Some(Fault {
            text: self.with(end..end, &lines),
            lines: at + 1..=end + 2,
        })
    }
}
