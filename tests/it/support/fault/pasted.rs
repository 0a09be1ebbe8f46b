//! Faults of copying and pasting: what comes along, what is there twice, what got lost.

use super::{Fault, Page};

impl Page<'_> {
    /// A line of its own before a step.
    pub(super) fn inserted_at_step(&self, at: usize, line: &str) -> Option<Fault> {
        self.is_step(at).then_some(())?;
        Some(Fault {
            text: self.with(at..at, &[line.to_owned()]),
            lines: at.max(1)..=at + 2,
        })
    }

    /// Both sides of a merge that somebody has to decide.
    pub(super) fn merged(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.plain_text(at)?;
        let line = self.lines[at];
        let (first, _) = value.split_once(' ')?;
        let lines = [
            "<<<<<<< HEAD".to_owned(),
            line.to_owned(),
            "=======".to_owned(),
            line.replacen(value, first, 1),
            ">>>>>>> shorter".to_owned(),
        ];
        Some(Fault {
            text: self.with(at..at + 1, &lines),
            lines: at + 1..=at + 5,
        })
    }

    /// A step again, behind the last one.
    pub(super) fn step_again(&self, at: usize) -> Option<Fault> {
        self.is_step(at).then_some(())?;
        let end = self.end(self.owner(at)?);
        if end == self.end(at) {
            return None;
        }
        let lines = self.owned(at..self.end(at));
        Some(Fault {
            lines: end + 1..=end + lines.len(),
            text: self.with(end..end, &lines),
        })
    }

    pub(super) fn deleted_step(&self, at: usize) -> Option<Fault> {
        self.is_step(at).then_some(())?;
        Some(Fault {
            text: self.with(at..self.end(at), &[]),
            lines: 1..=self.len(),
        })
    }

    /// A key of the language with all that is below it.
    pub(super) fn deleted_block(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        (self.is_language(at) && self.end(at) > at + 1 && key != "steps").then_some(())?;
        let (first, end) = match self.owner(at) {
            Some(owner) => (owner, self.end(owner)),
            None => (0, self.len()),
        };
        Some(Fault {
            text: self.with(at..self.end(at), &[]),
            lines: first.max(1)..=end,
        })
    }

    pub(super) fn doubled_block(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        let end = self.end(at);
        (self.is_language(at) && end > at + 1).then_some(())?;
        let lines = self.owned(at..end);
        Some(Fault {
            text: self.with(end..end, &lines),
            lines: at + 1..=end + 2,
        })
    }

    /// A step as it stands in the answer to a mail.
    pub(super) fn mailed(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        self.fault(at, format!("> {}", self.lines[at]))
    }

    fn owned(&self, range: std::ops::Range<usize>) -> Vec<String> {
        let lines = self.lines[range].iter();
        lines.map(|line| (*line).to_owned()).collect()
    }
}
