//! A step that is not there: one finding, however many edges lead to it and texts name its answer. Where the name is near
//! to another, its mend is one for all edges.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Label};

/// The most places that one finding shows beside its own.
const MOST_PLACES: usize = 9;

/// Names that edges lead to and nothing has, by their findings.
#[derive(Debug, Default)]
pub(super) struct MissingSteps {
    /// Where the finding of a name stands among the others.
    found: HashMap<Box<str>, usize>,
    /// Names of facts that nothing has either, with their findings.
    facts: Vec<(Box<str>, usize)>,
}

impl MissingSteps {
    /// Takes in a finding about an edge that leads to a step that is not there; of a name that was found missing before
    /// only the place.
    pub fn add(&mut self, name: &str, finding: Diagnostic, findings: &mut Vec<Diagnostic>) {
        if let Some(first) = self.found.get(name).and_then(|at| findings.get_mut(*at)) {
            if first.secondary.len() < MOST_PLACES {
                let place = finding.primary.place;
                let text = "leads there too".to_owned();
                first.secondary.push(Label { place, text });
            }
            if let (Some(fix), Some(more)) = (&mut first.fix, finding.fix) {
                fix.edits.extend(more.edits);
            }
            return;
        }
        self.found.insert(name.into(), findings.len());
        findings.push(finding);
    }

    /// Notes which finding is about a fact of that name.
    pub fn note_fact(&mut self, name: &str, at: usize) {
        self.facts.push((name.into(), at));
    }

    /// Takes back what was found about facts that only lack the step which would ask for them.
    pub fn forget_facts(&self, findings: &mut Vec<Diagnostic>) {
        let facts = self.facts.iter();
        let follows: Vec<usize> = facts
            .filter(|(name, _)| self.found.contains_key(name))
            .map(|(_, at)| *at)
            .collect();
        if follows.is_empty() {
            return;
        }
        let mut at = 0..;
        findings.retain(|_| at.next().is_none_or(|at| !follows.contains(&at)));
    }
}
