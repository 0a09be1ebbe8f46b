//! `fixpath cases export`: all that is kept, one case a line, for other programs and for spreadsheets.

use std::io::{self, BufWriter, Write as _};
use std::sync::Arc;

use clap::ValueEnum;
use serde_json::json;

use crate::handover::Note;
use crate::store::{CaseRow, Filter, Keeper, Store};
use crate::tree::Library;

use super::lines;
use crate::cli::csv_line::csv_line;
use crate::cli::progress::Progress;

/// In what form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A JSON object a line: the case, its hand-over note and its events
    Jsonl,
    /// A row a case, for spreadsheets
    Csv,
}

/// The columns of the CSV.
const COLUMNS: [&str; 17] = [
    "case",
    "ticket",
    "started",
    "last",
    "status",
    "outcome",
    "confirmed",
    "tree",
    "stands",
    "team",
    "priority",
    "agent",
    "audience",
    "channel",
    "events",
    "result",
    "reason",
];

/// Writes them on standard output as they are read.
///
/// # Errors
/// The store cannot be read, or standard output cannot be written.
pub fn export(
    store: &Store,
    filter: Filter,
    format: ExportFormat,
    today: &Arc<Library>,
) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    if format == ExportFormat::Csv {
        writeln!(out, "{}", COLUMNS.join(","))?;
    }
    let cases = store.cases(filter)?;
    let progress = Progress::new("Writing cases").beside_lines();
    for (done, case) in cases.iter().enumerate() {
        progress.says(done as u64, cases.len() as u64);
        let session = if case.is_erased {
            None
        } else {
            Some(Keeper::open_listed(store, case, today)?.1)
        };
        let note = session.as_ref().map(|session| {
            let mut note = Note::of(session);
            note.problem.case = Some(case.id.to_string());
            note
        });
        match format {
            ExportFormat::Jsonl => {
                let mut line = lines::json(case);
                if let Some(fields) = line.as_object_mut() {
                    fields.insert("note".into(), json!(note));
                    let events = session.as_ref().map(|session| session.events());
                    fields.insert("log".into(), json!(events));
                }
                writeln!(out, "{line}")?;
            }
            ExportFormat::Csv => writeln!(out, "{}", row(case, note.as_ref()))?,
        }
    }
    progress.finish();
    out.flush()?;
    Ok(())
}

fn row(case: &CaseRow, note: Option<&Note>) -> String {
    let or_empty = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let stands = case
        .stands
        .as_ref()
        .map(|(tree, step)| format!("{tree}: {step}"));
    let fields = [
        case.id.to_string(),
        or_empty(case.ticket.as_deref()),
        lines::moment(case.started_at),
        lines::moment(case.last_at),
        case.status.name().to_owned(),
        or_empty(case.outcome.as_deref()),
        if case.confirmed { "yes" } else { "no" }.to_owned(),
        case.tree.to_string(),
        stands.unwrap_or_default(),
        or_empty(case.team.as_deref()),
        case.priority
            .map(|priority| priority.to_string())
            .unwrap_or_default(),
        or_empty(case.agent.as_deref()),
        case.audience.to_string(),
        case.channel.to_string(),
        case.seq.to_string(),
        or_empty(note.and_then(|note| note.outcome.text.as_deref())),
        or_empty(note.and_then(|note| note.outcome.reason.as_deref())),
    ];
    csv_line(&fields)
}
