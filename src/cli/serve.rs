//! `fixpath serve`.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::Path;

use clap::Args;

use crate::load::search::SearchIndex;
use crate::web::{self, Serving, Today};

use super::output::Exit;
use super::{keep, workspace};

/// Serve the trees in the browser: customers at /, agents at /desk, programs at /api/v1
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; only this computer can reach 127.0.0.1
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

/// Serves until it is told to stop.
///
/// # Errors
/// The library or the store cannot be opened, or the address is taken.
pub fn run(command: &Serve, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    let walkable = workspace::walkable(library)?;
    let today = Today {
        search: SearchIndex::new(&walkable.library),
        library: walkable.library,
        hooks: walkable.hooks,
    };
    let serving = Serving {
        listen: command.listen,
        store,
        today,
    };
    web::serve(serving, |at| {
        // Nobody may be there to read it.
        let _ = writeln!(
            io::stdout(),
            "Customers: http://{at}/ · agents: http://{at}/desk"
        );
        if !at.ip().is_loopback() {
            let _ = writeln!(
                io::stderr(),
                "Open to everybody who can reach {at}; put TLS in front of it."
            );
        }
    })?;
    Ok(Exit::Success)
}
