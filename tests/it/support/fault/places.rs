//! Faults of nesting: what belongs to something stands as deep as it, or below something else.

use super::{Fault, Page, What};

impl Page<'_> {
    /// All that is below a step, moved, and not the step.
    pub(super) fn body_shifted(&self, at: usize, by: isize) -> Option<Fault> {
        self.is_step(at).then_some(())?;
        self.below_shifted(at, by)
    }

    pub(super) fn answers_at_key(&self, at: usize) -> Option<Fault> {
        let (key, value) = self.key(at)?;
        (key == "answers" && value.is_empty() && !self.in_tests(at)).then_some(())?;
        self.below_shifted(at, -2)
    }

    fn below_shifted(&self, at: usize, by: isize) -> Option<Fault> {
        let end = self.end(at);
        let lines: Option<Vec<String>> = (at + 1..end).map(|line| self.moved(line, by)).collect();
        Some(Fault {
            text: self.with(at + 1..end, &lines?),
            lines: at.max(1)..=end + 1,
        })
    }

    /// `answers:` above `yes:` and `no:`, which stand below it.
    pub(super) fn arms_below_answers(&self, at: usize) -> Option<Fault> {
        let arms = [("yes", at), ("no", at + 1)];
        let is_arm = |(key, at): &(&str, usize)| {
            *at < self.len() && self.key(*at).is_some_and(|(found, _)| found == *key)
        };
        (arms.iter().all(is_arm) && self.depth(at) == self.depth(at + 1)).then_some(())?;
        let mut lines = vec![" ".repeat(self.depth(at)) + "answers:"];
        lines.push(self.moved(at, 2)?);
        lines.push(self.moved(at + 1, 2)?);
        Some(Fault {
            text: self.with(at..at + 2, &lines),
            lines: at.max(1)..=at + 3,
        })
    }

    /// A step whose lines are indented with tabs.
    pub(super) fn step_in_tabs(&self, at: usize) -> Option<Fault> {
        self.is_step(at).then_some(())?;
        let end = self.end(at);
        let lines: Vec<String> = (at..end)
            .map(|line| "\t".repeat(self.depth(line) / 2) + self.lines[line].trim_start())
            .collect();
        Some(Fault {
            text: self.with(at..end, &lines),
            lines: at.max(1)..=end + 1,
        })
    }

    pub(super) fn tabbed_item(&self, at: usize) -> Option<Fault> {
        let What::Item(_) = self.whats[at] else {
            return None;
        };
        let depth = self.depth(at);
        self.fault(at, "\t".repeat(depth / 2) + self.lines[at].trim_start())
    }

    /// A text that goes on on a line of its own, as deep as its key or at the left edge.
    pub(super) fn wrapped(&self, at: usize, at_key: bool) -> Option<Fault> {
        let (_, value) = self.plain_text(at)?;
        let middle = value.len() / 2;
        let blank = middle + value.get(middle..)?.find(' ')?;
        let (first, rest) = (value.get(..blank)?, value.get(blank + 1..)?);
        let depth = if at_key { self.depth(at) } else { 0 };
        let lines = [
            self.lines[at].replacen(value, first, 1),
            " ".repeat(depth) + rest,
        ];
        Some(Fault {
            text: self.with(at..at + 1, &lines),
            lines: at.max(1)..=at + 3,
        })
    }

    /// A step under another name, where other steps lead to it. A short name is near to another one by chance: then each
    /// edge may be misspelled.
    pub(super) fn renamed_step(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        (self.is_step(at) && key.len() > 6).then_some(())?;
        let mut fault = self.replaced(at, key, "something_new")?;
        fault.lines = 1..=self.len();
        Some(fault)
    }
}
