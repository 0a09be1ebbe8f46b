//! `review-overdue`: the day by which a tree should have been reviewed is over.

use crate::diagnostic::{Code, Diagnostic};

use super::Subject;

/// Holds `review_by` against today.
pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(day) = subject.script.review_by.as_ref() else {
        return;
    };
    if day.value >= subject.today {
        return;
    }
    let message = format!("this tree should have been reviewed by {}", day.value);
    found.push(
        Diagnostic::new(Code::ReviewOverdue, subject.place(day.span), message)
            .label(format!("today is {}", subject.today))
            .help(
                "walk the tree once, mend what has changed, and write the day of the next review",
            ),
    );
}
