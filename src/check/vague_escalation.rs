//! `vague-escalation`: a case is handed over without a reason.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::{EndKind, EndNode, LibraryScript, StepNode};

use super::Subject;
use super::parts;
use super::written::Written;

/// Judges every `escalate` of a step.
pub fn check(subject: &Subject<'_>, step: &StepNode, found: &mut Vec<Diagnostic>) {
    let written = subject.written();
    parts::ends(step, &mut |end| found.extend(report(written, end)));
}

/// Judges the tree's `stuck`.
pub fn check_tree(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let stuck = subject.script.stuck.as_ref();
    found.extend(stuck.and_then(|stuck| report(subject.written(), stuck)));
}

/// Judges the library's `stuck`.
pub fn check_library(script: &LibraryScript, written: Written<'_>, found: &mut Vec<Diagnostic>) {
    let stuck = script.stuck.as_ref();
    found.extend(stuck.and_then(|stuck| report(written, stuck)));
}

fn report(written: Written<'_>, end: &EndNode) -> Option<Diagnostic> {
    let EndKind::Escalate {
        team, reason: None, ..
    } = &end.kind
    else {
        return None;
    };
    let message = format!("the case goes to `{}` without a reason", team.value);
    Some(
        Diagnostic::new(
            Code::VagueEscalation,
            written.key("escalate", team.span),
            message,
        )
        .label("the next team does not learn why")
        .help("say in a few words what was found out: `reason: …`"),
    )
}
