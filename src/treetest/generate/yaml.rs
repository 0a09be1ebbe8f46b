//! Generated tests as YAML to paste under `tests:`.

use crate::syntax::{inline_list, inline_text};

use super::{Generated, GeneratedTest, Said};

/// Longest line, in characters, on which a list of answers still stands as a whole.
const WIDTH: usize = 120;

impl Generated {
    /// The tests as YAML: under `tests:` where the tree has none yet, else indented as they stand there. What was not
    /// reached follows as comments.
    pub fn yaml(&self) -> String {
        let mut text = String::new();
        if !self.has_tests && !self.tests.is_empty() {
            text.push_str("tests:\n");
        }
        for test in &self.tests {
            text.push_str(&test.yaml());
        }
        for line in self.remarks() {
            text.push_str(&format!("  # {line}\n"));
        }
        text
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if !self.unreached.is_empty() {
            remarks.push(if self.exhausted {
                "No walk was found that takes:".to_owned()
            } else {
                "The tree is too large to look at everything; these were not come to:".to_owned()
            });
            remarks.extend(
                self.unreached
                    .iter()
                    .map(|branch| format!("- {}", branch.name)),
            );
        }
        for step in &self.unanswered {
            remarks.push(format!(
                "`{step}` could not be answered: give its `text` an `example`."
            ));
        }
        if self.left > 0 {
            remarks.push(format!(
                "{} branches more are left: paste these tests and generate again.",
                self.left
            ));
        }
        remarks
    }
}

impl GeneratedTest {
    /// The test as it stands under `tests:`.
    fn yaml(&self) -> String {
        let mut text = format!("  {}:\n", inline_text(&self.name, false));
        if !self.facts.is_empty() {
            let facts = pairs(&self.facts).join(", ");
            text.push_str(&format!("    facts: {{{facts}}}\n"));
        }
        text.push_str(&self.answers_yaml());
        let ends = inline_text(&self.ends, false);
        text.push_str(&format!("    ends: {ends}\n"));
        text
    }

    /// `answers:` on one line if it fits, else a line each; nothing where nothing is asked.
    fn answers_yaml(&self) -> String {
        if self.answers.is_empty() {
            return String::new();
        }
        let answers = pairs(&self.answers);
        let line = format!("    answers: [{}]", answers.join(", "));
        if line.chars().count() <= WIDTH {
            return format!("{line}\n");
        }
        let lines = self.answers.iter().map(|(step, said)| {
            let reply = said.yaml(false);
            format!("      - {step}: {reply}\n")
        });
        format!("    answers:\n{}", lines.collect::<String>())
    }
}

fn pairs(pairs: &[(String, Said)]) -> Vec<String> {
    let pair = |(name, said): &(String, Said)| format!("{name}: {}", said.yaml(true));
    pairs.iter().map(pair).collect()
}

impl Said {
    fn yaml(&self, within: bool) -> String {
        match self {
            Self::One(word) => inline_text(word, within),
            Self::Many(words) => inline_list(words),
        }
    }
}
