//! `silent-loop`: a loop in which no step stops. Conditions and limits are not looked at.

use crate::diagnostic::{Code, Diagnostic};
use crate::tree::StepId;

use super::listed::listed;
use super::study::Study;

/// Reports each silent loop at its first step.
pub fn check(study: &Study<'_>, found: &mut Vec<Diagnostic>) {
    for group in &study.silent_loops {
        let Some((first, others)) = group.split_first() else {
            continue;
        };
        let name = &*study.step(*first).name;
        let label = if others.is_empty() {
            "leads straight back to itself".to_owned()
        } else {
            format!(
                "{} lead to each other and ask nothing",
                listed(study.names(group))
            )
        };
        let message = format!("the loop through `{name}` never stops for the caller");
        let mut finding = study
            .subject
            .at_step(Code::SilentLoop, StepId::new(*first as usize), message)
            .label(label)
            .help("put a question or an instruction into the loop, or lead one of its edges elsewhere");
        for node in study.named(others).take(3) {
            let id = StepId::new(node as usize);
            finding = finding.also(study.subject.step_place(id), "in the same loop");
        }
        found.push(finding);
    }
}
