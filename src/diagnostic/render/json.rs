//! One JSON object for programs: `{"diagnostics": […], "errors": n, "warnings": n}`. Lines and columns count from 1,
//! columns in characters, ends are exclusive. Keys are only ever added.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::count;
use super::region::Region;
use crate::diagnostic::{Diagnostic, Label};
use crate::source::Sources;

pub(super) fn render(
    sources: &Sources,
    diagnostics: &[&Diagnostic],
    out: &mut dyn Write,
) -> io::Result<()> {
    let (errors, warnings) = count(diagnostics);
    let diagnostics: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| finding(sources, diagnostic))
        .collect();
    let object = json!({ "diagnostics": diagnostics, "errors": errors, "warnings": warnings });
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn finding(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let region = Region::new(sources, diagnostic.primary.place);
    let primary = Some(&diagnostic.primary).filter(|primary| !primary.text.is_empty());
    let labels = primary.into_iter().chain(&diagnostic.secondary);
    json!({
        "code": diagnostic.code.name(),
        "severity": diagnostic.severity.name(),
        "message": diagnostic.message,
        "path": region.path,
        "line": region.start.line,
        "column": region.start.column,
        "end_line": region.end.line,
        "end_column": region.end.column,
        "help": diagnostic.help,
        "labels": labels.map(|shown| label(sources, shown)).collect::<Vec<_>>(),
        "fix": fix(sources, diagnostic),
    })
}

fn label(sources: &Sources, label: &Label) -> Value {
    let region = Region::new(sources, label.place);
    json!({
        "path": region.path,
        "line": region.start.line,
        "column": region.start.column,
        "end_line": region.end.line,
        "end_column": region.end.column,
        "text": label.text,
    })
}

/// The mend, with its edits in the finding's own file; null where there is none.
fn fix(sources: &Sources, diagnostic: &Diagnostic) -> Option<Value> {
    let fix = diagnostic.fix.as_ref()?;
    let edits = fix.edits.iter().map(|edit| {
        let region = Region::of_edit(sources, diagnostic.primary.place.file, edit.span);
        json!({
            "line": region.start.line,
            "column": region.start.column,
            "end_line": region.end.line,
            "end_column": region.end.column,
            "text": edit.text,
        })
    });
    Some(json!({ "title": fix.title, "edits": edits.collect::<Vec<_>>() }))
}
