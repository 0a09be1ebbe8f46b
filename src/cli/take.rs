//! `fixpath take CODE`.

use std::path::Path;

use clap::Args;

use super::keep::{self, Who};
use super::output::Exit;
use super::resume::{self, Resume, Taking};
use super::run::Talk;
use super::walk::Manner;

/// Take a case over by its code and go on where it stands
#[derive(Debug, Args)]
pub struct Take {
    /// The code
    code: String,
    /// How you talk with the person in trouble from now on
    #[arg(long, value_enum)]
    channel: Option<Talk>,
    #[command(flatten)]
    manner: Manner,
    #[command(flatten)]
    who: Who,
}

/// Takes over.
///
/// # Errors
/// The code is wrong, used or too old, or the case cannot be walked.
pub fn run(command: Take, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    let resume = Resume {
        id: None,
        latest: false,
        again: false,
        manner: command.manner,
        who: command.who,
    };
    let taking = Taking {
        code: command.code,
        channel: command.channel.map(Talk::channel),
    };
    let case = store.code_case(&taking.code)?;
    resume::go_on(&resume, case.as_str(), Some(&taking), library, &store)
}
