//! `vague-escalation`: a case is handed over without a reason.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::{EndKind, EndNode, LibraryScript};

use super::Subject;
use super::parts;
use super::written::Written;

/// Judges every `escalate` of a tree.
pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let written = subject.written();
    let mut judge = |end: &EndNode| found.extend(report(written, end));
    for step in &subject.script.steps {
        parts::ends(step, &mut judge);
    }
    subject.script.stuck.iter().for_each(judge);
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
