//! `fixpath explain CODE`.

use std::io::{self, Write as _};

use clap::Args;

use crate::diagnostic::{Code, nearest};

use super::output::Exit;

/// Explain a finding: what it is, why it hurts a caller, an example, how to mend it
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as `fixpath check` prints it; without one, all codes
    code: Option<String>,
}

/// Prints the page, or the list of codes.
///
/// # Errors
/// There is no such code, or standard output cannot be written.
pub fn run(command: &Explain) -> anyhow::Result<Exit> {
    let Some(name) = &command.code else {
        io::stdout().write_all(list().as_bytes())?;
        return Ok(Exit::Success);
    };
    let Some(code) = Code::from_name(name) else {
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let hint = near.map_or("`fixpath explain` lists them all".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
        anyhow::bail!("there is no finding `{name}`; {hint}");
    };
    io::stdout().write_all(code.page().as_bytes())?;
    Ok(Exit::Success)
}

/// Every code with the first sentence of its page.
fn list() -> String {
    let rows: Vec<Vec<String>> = Code::ALL
        .iter()
        .map(|code| {
            let summary = code
                .page()
                .lines()
                .skip(1)
                .find(|line| !line.trim().is_empty())
                .unwrap_or_default();
            let severity = format!("{:?}", code.severity()).to_lowercase();
            vec![code.name().to_owned(), severity, summary.to_owned()]
        })
        .collect();
    super::output::table(&rows)
}
