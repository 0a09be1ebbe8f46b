//! `fixpath feedback`: what people said is wrong with the scripts.

use std::io::{self, Write as _};
use std::path::Path;

use clap::Args;
use serde_json::json;

use crate::compile::Options;
use crate::load::{Files, Loaded};
use crate::store::Feedback as Said;
use crate::syntax::Limits;

use super::age::shown;
use super::cases::lines::moment;
use super::keep;
use super::list::ListFormat;
use super::output::Exit;
use super::workspace::{self, origin};

/// List what people said is wrong with the scripts
#[derive(Debug, Args)]
pub struct Feedback {
    /// Of this tree alone
    tree: Option<String>,
    /// How it is printed
    #[arg(long, value_enum, default_value = "table")]
    format: ListFormat,
}

/// Prints it on standard output.
///
/// # Errors
/// The store or the library cannot be read, or standard output cannot be written.
pub fn run(
    command: &Feedback,
    library: Option<&Path>,
    store: Option<&str>,
) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    let said = store.feedback(command.tree.as_deref())?;
    if said.is_empty() && command.format == ListFormat::Table {
        let about = match &command.tree {
            // What was said of a tree that is no longer there is listed; where nothing is, the name may be wrong.
            Some(tree) => {
                workspace::walkable(library)?.find(tree)?;
                format!(" about `{tree}`")
            }
            None => String::new(),
        };
        writeln!(io::stderr(), "Nobody has said anything{about} yet.")?;
        return Ok(Exit::Success);
    }
    let options = Options::new(workspace::today());
    let loaded = Files::read(&origin(library)?, &Limits::default())?.compile(&options);
    let today = Today {
        loaded: &loaded,
        options: &options,
    };
    let text = match command.format {
        ListFormat::Table => said
            .iter()
            .map(|said| today.entry(said))
            .collect::<String>(),
        ListFormat::Json => {
            let rows: Vec<_> = said.iter().map(|said| today.json(said)).collect();
            format!("{:#}\n", json!(rows))
        }
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Success)
}

/// The library as it stands today.
struct Today<'a> {
    loaded: &'a Loaded,
    options: &'a Options,
}

impl Today<'_> {
    /// File and line of a step, if the tree still has it. What is asked at an end stands at the end.
    fn place(&self, said: &Said) -> Option<(String, u32)> {
        let compilation = &self.loaded.compilation;
        let at = compilation
            .scripts()
            .iter()
            .position(|script| *script.name == *said.tree)?;
        let tree = crate::tree::TreeId(u32::try_from(at).ok()?);
        let subject = compilation.subject(&self.loaded.sources, tree, self.options)?;
        let step = |name: &str| {
            let found = subject.tree.find(name)?;
            subject.places.steps.get(found.index()).copied()
        };
        let base = said.step.split('.').next().unwrap_or_default();
        let span = step(&said.step).or_else(|| step(base))?;
        let file = self.loaded.sources.file(subject.script.file);
        Some((file.path().to_owned(), file.line_of(span.start)))
    }

    fn entry(&self, said: &Said) -> String {
        let place = match self.place(said) {
            Some((file, line)) => format!("{file}:{line}"),
            None => "no longer there".to_owned(),
        };
        let who = said
            .agent
            .as_deref()
            .map_or(String::new(), |who| format!(", {who}"));
        let case = said
            .case
            .as_deref()
            .map_or(String::new(), |case| format!(", case {case}"));
        let words = said.words.as_deref().unwrap_or("(erased)");
        format!(
            "{} {} ({place})\n    {words}\n    {}{who}{case}, version {}\n",
            said.tree,
            said.step,
            shown(said.at),
            said.version.get(..12).unwrap_or(&said.version)
        )
    }

    fn json(&self, said: &Said) -> serde_json::Value {
        let (file, line) = self.place(said).unzip();
        json!({
            "tree": said.tree,
            "step": said.step,
            "version": said.version,
            "file": file,
            "line": line,
            "words": said.words,
            "agent": said.agent,
            "case": said.case,
            "at": moment(said.at),
        })
    }
}
