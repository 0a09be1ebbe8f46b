//! `long-walk`: the way to the nearest end is too long. Conditions are not looked at.

use crate::diagnostic::{Code, Diagnostic};

use super::outcome::Outcome;
use super::study::Study;

/// The most prompts before the nearest end that a caller is expected to sit through.
const MOST: u32 = 15;

/// Reports, at the first step, that even the shortest walk is long.
pub fn check(study: &Study<'_>, found: &mut Vec<Diagnostic>) {
    let outcome = Outcome::of(study.subject, &study.graph, study.outcomes, true);
    let Some(prompts) = outcome.prompts().filter(|prompts| *prompts > MOST) else {
        return;
    };
    let start = study.subject.tree.start();
    let message = format!("the nearest end is {prompts} prompts away");
    found.push(
        study
            .subject
            .at_step(Code::LongWalk, start, message)
            .label(format!("from here every walk takes more than {MOST} questions and instructions"))
            .help("join steps that belong together into one `do` with a list, and ask first what settles most cases"),
    );
}
