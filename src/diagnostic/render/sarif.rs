//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>), as code hosts read it.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::region::Region;
use crate::diagnostic::{Code, Diagnostic, Edit, Label, Severity};
use crate::source::Sources;

pub(super) fn render(
    sources: &Sources,
    diagnostics: &[&Diagnostic],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut codes: Vec<Code> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let results: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| result(sources, &codes, diagnostic))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "fixpath",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(code: Code) -> Value {
    let page = code.page().trim();
    let first_paragraph = page
        .lines()
        .skip(1)
        .map(str::trim)
        .skip_while(|line| line.is_empty());
    let summary: Vec<_> = first_paragraph
        .take_while(|line| !line.is_empty())
        .collect();
    json!({
        "id": code.name(),
        "shortDescription": { "text": summary.join(" ") },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result(sources: &Sources, codes: &[Code], diagnostic: &Diagnostic) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": codes.binary_search(&diagnostic.code).unwrap_or_default(),
        "level": level(diagnostic.severity),
        "message": { "text": text(diagnostic) },
        "locations": [location(sources, &diagnostic.primary, None)],
    });
    if let Some(result) = result.as_object_mut() {
        let secondary = diagnostic.secondary.iter().enumerate();
        let related: Vec<_> = secondary
            .map(|(at, label)| location(sources, label, Some(at)))
            .collect();
        if !related.is_empty() {
            result.insert("relatedLocations".to_owned(), related.into());
        }
        if let Some(fix) = fix(sources, diagnostic) {
            result.insert("fixes".to_owned(), json!([fix]));
        }
    }
    result
}

/// The message, why there, and what to type.
fn text(diagnostic: &Diagnostic) -> String {
    let label = Some(&diagnostic.primary.text).filter(|label| !label.is_empty());
    let help = diagnostic.help.as_ref().map(|help| format!("help: {help}"));
    let lines = [Some(diagnostic.message.clone()), label.cloned(), help];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

const fn level(severity: Severity) -> &'static str {
    severity.name()
}

fn location(sources: &Sources, label: &Label, id: Option<usize>) -> Value {
    let region = Region::new(sources, label.place);
    let physical =
        json!({ "artifactLocation": { "uri": uri(region.path) }, "region": shape(region) });
    match id {
        Some(id) => {
            json!({ "id": id, "physicalLocation": physical, "message": { "text": label.text } })
        }
        None => json!({ "physicalLocation": physical }),
    }
}

fn shape(region: Region<'_>) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    })
}

fn fix(sources: &Sources, diagnostic: &Diagnostic) -> Option<Value> {
    let fix = diagnostic
        .fix
        .as_ref()
        .filter(|fix| !fix.edits.is_empty())?;
    let file = diagnostic.primary.place.file;
    let replacement = |edit: &Edit| {
        json!({
            "deletedRegion": shape(Region::of_edit(sources, file, edit.span)),
            "insertedContent": { "text": edit.text },
        })
    };
    Some(json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(sources.file(file).path()) },
            "replacements": fix.edits.iter().map(replacement).collect::<Vec<_>>(),
        }],
    }))
}

/// The path as a URI reference: an absolute one as `file:`, everything outside of the plain characters in percents.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let is_drive = path.get(1..3) == Some(":/");
    let mut uri = match path.as_bytes().first() {
        Some(b'/') => "file://".to_owned(),
        Some(_) if is_drive => "file:///".to_owned(),
        _ => String::new(),
    };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char)
            }
            b':' if is_drive => uri.push(':'),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}
