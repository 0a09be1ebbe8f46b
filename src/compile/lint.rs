//! What is left of the findings once `allow:`, `--allow` and `--strict` have had their say, in reading order.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::FileId;
use crate::syntax::{LibraryScript, Script};

use super::Options;

/// Drops what is allowed, raises warnings where strictness is wanted, and sorts by file and place. Errors cannot be
/// allowed.
pub fn settle(
    findings: &mut Vec<Diagnostic>,
    library: Option<&LibraryScript>,
    scripts: &[Script],
    options: &Options,
) {
    let everywhere: Vec<Code> = library
        .into_iter()
        .flat_map(|library| library.allow.iter().map(|code| code.value))
        .chain(options.allow.iter().copied())
        .collect();
    let by_file: HashMap<FileId, &Script> = scripts
        .iter()
        .filter(|script| !script.allow.is_empty())
        .map(|script| (script.file, script))
        .collect();
    findings.retain(|finding| {
        let here = by_file.get(&finding.primary.place.file);
        finding.code.severity() == Severity::Error
            || !(everywhere.contains(&finding.code)
                || here.is_some_and(|script| {
                    script.allow.iter().any(|code| code.value == finding.code)
                }))
    });
    if options.strict {
        for finding in findings.iter_mut() {
            finding.severity = Severity::Error;
        }
    }
    findings.sort_by(|left, right| {
        let key = |finding: &Diagnostic| (finding.primary.place, finding.code);
        key(left)
            .cmp(&key(right))
            .then_with(|| left.message.cmp(&right.message))
    });
    findings.dedup();
}
