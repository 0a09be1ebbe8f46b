//! `no-tests` and `untested-branch`.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Span};
use crate::syntax::Script;

use super::TreeReport;

/// What the tests of a tree leave to be desired. Nothing is silenced or raised yet: `compile::settle` does that.
pub fn findings(report: &TreeReport, script: &Script) -> Vec<Diagnostic> {
    let place = |span| Place {
        file: report.file,
        span,
    };
    if script.tests.is_empty() {
        let top = Span::default();
        let span = script.title.as_ref().map_or(top, |title| title.span);
        let message = format!("the tree `{}` has no tests", report.tree);
        let finding = Diagnostic::new(Code::NoTests, place(span), message)
            .label("nothing says where callers of this tree end up")
            .help(format!(
                "`fixpath test --generate` writes tests for all {} branches: paste them in and read them",
                report.branches.len()
            ));
        return vec![finding];
    }
    let broken = report.failed() > 0;
    report
        .untaken()
        .map(|branch| {
            let message = format!("no test takes `{}`", branch.name);
            Diagnostic::new(Code::UntestedBranch, place(branch.span), message)
                .label("never walked")
                .help(if broken {
                    "mend the tests that fail first: only tests that pass count"
                } else {
                    "`fixpath test --generate` writes tests for the branches that are left"
                })
        })
        .collect()
}
