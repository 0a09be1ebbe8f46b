//! Text → document, with what is wrong with it as findings.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Place};

use super::super::Limits;
use super::build::{Fault, build};
use super::node::Yaml;

/// Reads a text; `None`, and reported, where it is over a limit.
pub(in crate::syntax) fn read<'s>(
    file: FileId,
    source: &'s str,
    limits: &Limits,
    findings: &mut Vec<Diagnostic>,
) -> Option<Yaml<'s>> {
    let (yaml, faults, _) = build(source, source, limits);
    for Fault { problem, span } in faults {
        findings.push(Diagnostic::new(
            Code::YamlSyntax,
            Place { file, span },
            format!("{problem:?}"),
        ));
    }
    Some(yaml)
}
