//! How prompts are named in replies and events: by the step's name; what is asked at an end by its name and what it is.

use std::borrow::Cow;

use crate::tree::{Library, Step};

use super::trail::Part;

/// The name of one of a step's prompts: `restart`, `outage.needs.customer_number`, `outage.solved`.
pub(super) fn of<'l>(library: &'l Library, step: &'l Step, part: Part) -> Cow<'l, str> {
    match part {
        Part::Step | Part::End => Cow::Borrowed(&step.name),
        Part::Need(fact) => Cow::Owned(format!("{}.needs.{}", step.name, library.fact(fact).name)),
        Part::Solved => Cow::Owned(format!("{}.solved", step.name)),
    }
}

/// Whether that is the name of the prompt. It allocates nothing.
pub(super) fn is(given: &str, library: &Library, step: &Step, part: Part) -> bool {
    match part {
        Part::Step | Part::End => *given == *step.name,
        Part::Need(fact) => {
            let rest = given
                .strip_prefix(&*step.name)
                .and_then(|rest| rest.strip_prefix(".needs."));
            rest == Some(&*library.fact(fact).name)
        }
        Part::Solved => given.strip_suffix(".solved") == Some(&*step.name),
    }
}
