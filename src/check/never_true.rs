//! `never-true`: a branch that cannot be taken, by what the facts can be at that place.

use crate::condition::Verdict;
use crate::diagnostic::{Code, Diagnostic};

use super::decided::Decided;

/// Judges every condition that some walk comes to. A line without a condition is never blamed.
pub fn check(decided: &[Decided<'_>], found: &mut Vec<Diagnostic>) {
    for decided in decided {
        let alone = decided.alone == Verdict::Never;
        let label = if alone {
            format!("{}, so this never holds", decided.facts)
        } else if !decided.taken {
            "the branches before this one take all of these".to_owned()
        } else {
            continue;
        };
        let source = decided.condition.source();
        let mut finding = Diagnostic::new(
            Code::NeverTrue,
            decided.place,
            format!("no caller can take the branch `{source}`"),
        )
        .label(label);
        for place in decided.earlier.iter().filter(|_| !alone).take(3) {
            finding = finding.also(*place, "looked at first");
        }
        found.push(finding.help("put the narrower condition first, or take this branch out"));
    }
}
