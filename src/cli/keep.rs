//! Which store a command uses, and who uses it.

use std::env;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;

use crate::store::{Address, Store};

/// What stands for "nowhere" where a store is named.
const NOWHERE: &str = "none";

/// What to do where a new walk cannot be kept.
pub const NOT_KEPT: &str = "this walk cannot be kept (--no-store walks without keeping anything)";

/// Whether what happens is kept.
#[derive(Debug, Default, Args)]
pub struct Keep {
    /// Walk without keeping anything
    #[arg(long)]
    no_store: bool,
    #[command(flatten)]
    pub who: Who,
}

/// Who works.
#[derive(Debug, Default, Args)]
pub struct Who {
    /// Who you are, for the note and for lists (default: your name on this computer)
    #[arg(long, value_name = "NAME", env = "FIXPATH_AGENT")]
    agent: Option<String>,
}

impl Keep {
    /// The store to keep a walk in; none if nothing is to be kept.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn store(&self, named: Option<&str>) -> anyhow::Result<Option<Store>> {
        if self.no_store || named == Some(NOWHERE) {
            return Ok(None);
        }
        open_address(named).map(Some).context(NOT_KEPT)
    }
}

impl Who {
    /// The name, if there is any.
    pub fn agent(&self) -> Option<Arc<str>> {
        let system = || env::var("USER").or_else(|_| env::var("USERNAME")).ok();
        let name = self.agent.clone().or_else(system)?;
        let name = name.trim();
        (!name.is_empty()).then(|| name.into())
    }
}

/// The store that a command reads: as named, else the one in the user's data folder.
///
/// # Errors
/// There is none, or it cannot be opened.
pub fn open(named: Option<&str>) -> anyhow::Result<Store> {
    anyhow::ensure!(
        named != Some(NOWHERE),
        "no store is chosen; give one with --store FILE|URL"
    );
    open_address(named)
}

fn open_address(named: Option<&str>) -> anyhow::Result<Store> {
    let address = match named {
        Some(text) => Address::parse(text)?,
        None => Address::default_file()?,
    };
    Ok(Store::open(&address)?)
}
