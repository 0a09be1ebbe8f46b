//! `fixpath test --from-case ID`: YAML on standard output; where the case stops, on standard error.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context as _;

use crate::compile::Options;
use crate::load::Files;
use crate::store::Keeper;
use crate::syntax::Limits;
use crate::treetest;

use super::super::keep;
use super::super::output::Exit;
use super::super::workspace::{self, origin};

/// Prints the part of a case in its first tree as a test.
///
/// # Errors
/// There is no such case, its tree is not there today or has errors, or standard output cannot be written.
pub(super) fn print(
    case: &str,
    library: Option<&Path>,
    store: Option<&str>,
) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    let options = Options::new(workspace::today());
    let loaded = Files::read(&origin(library)?, &Limits::default())?.compile(&options);
    let part = loaded
        .compilation
        .into_sound_part()
        .ok()
        .context("the library has errors: run `fixpath check`")?;
    let (keeper, session) = Keeper::open(&store, case, &part.library, None)?;
    let tree = session.started().map_or("", |started| &started.tree);
    let name = format!("case {}", keeper.id());
    let test = treetest::from_case(&part, &session, &name, options.today).with_context(|| {
        format!("the tree {tree} is not there today, or has errors: run `fixpath check`")
    })?;
    write!(
        io::stdout(),
        "# {tree}, from case {}\n{}",
        keeper.id(),
        test.yaml()
    )?;
    if let Some(stops) = &test.stops {
        writeln!(
            io::stderr(),
            "The case comes to no end in this tree, so the test has none yet. It stops at {stops}."
        )?;
    }
    Ok(Exit::Success)
}
