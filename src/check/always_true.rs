//! `always-true`: a branch that every caller takes, by what the facts can be at that place.

use crate::condition::Verdict;
use crate::diagnostic::{Code, Diagnostic};

use super::decided::Decided;

/// Judges every condition that some walk comes to.
pub fn check(decided: &[Decided<'_>], found: &mut Vec<Diagnostic>) {
    for decided in decided {
        if decided.alone != Verdict::Always || !decided.taken {
            continue;
        }
        let source = decided.condition.source();
        let message = format!("every caller takes the branch `{source}`");
        found.push(
            Diagnostic::new(Code::AlwaysTrue, decided.place, message)
                .label(format!("{}, so this always holds", decided.facts))
                .help("take the condition out, with what stands behind it, or lead those who differ here too"),
        );
    }
}
