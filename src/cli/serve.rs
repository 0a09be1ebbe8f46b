//! `fixpath serve`.

use std::io::{self, IsTerminal as _, Write as _};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use ipnet::IpNet;

use crate::compile::is_origin;
use crate::delivery::keep_sending;
use crate::load::live::{Live, Pace};
use crate::tree::Audience;
use crate::web::{self, HeaderName, Serving, SignOn};

use super::output::Exit;
use super::roles::{self, Person};
use super::{keep, tell, workspace};

/// How long messages to other systems wait at most before they are sent.
const BETWEEN_SENDING: Duration = Duration::from_secs(2);

/// Serve the trees in the browser: customers at /, agents at /desk, programs at /api/v1
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; only this computer can reach 127.0.0.1
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// A proxy in front that is believed who asks (X-Forwarded-For): an address or a network like 10.0.0.0/8; may be
    /// repeated
    #[arg(long, value_name = "ADDRESS", value_parser = network)]
    trust_proxy: Vec<IpNet>,
    /// A header in which these proxies say who somebody is (single sign-on), like X-Remote-User: what that user may do is
    /// what `fixpath user` says. The proxy must take the header off what others send
    #[arg(long, value_name = "HEADER", requires = "trust_proxy")]
    trust_header: Option<HeaderName>,
    /// What those may do whom the header names and `fixpath user` does not know (default: nothing); may be repeated
    #[arg(
        long,
        value_name = "ROLE",
        value_enum,
        value_delimiter = ',',
        requires = "trust_header"
    )]
    trust_roles: Vec<Person>,
    /// Who may read /metrics beside this computer: an address or a network; may be repeated
    #[arg(long, value_name = "ADDRESS", value_parser = network)]
    metrics_for: Vec<IpNet>,
    /// Requests a second that one sender may make; 0 is no limit
    #[arg(long, value_name = "NUMBER", default_value = "50")]
    rate: u32,
    /// A site that may show the customer's pages in a frame, like https://intranet.example, beside those that the library
    /// names (theme: embed:); may be repeated
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    embed_origin: Vec<String>,
    /// How the log is written to standard error: a line of text or of JSON for each request
    #[arg(long, value_enum, default_value = "text")]
    log: Log,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Log {
    /// A line of text
    Text,
    /// A line of JSON
    Json,
    /// Not at all
    None,
}

impl Log {
    fn start(self) {
        let log = tracing_subscriber::fmt()
            .with_writer(io::stderr)
            .with_target(false);
        match self {
            Self::Text => log.with_ansi(io::stderr().is_terminal()).init(),
            Self::Json => log.json().flatten_event(true).init(),
            Self::None => {}
        }
    }
}

/// Reads an address or a network.
fn network(text: &str) -> Result<IpNet, String> {
    text.parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "write an address like 10.0.0.7, or a network like 10.0.0.0/8".to_owned())
}

/// Reads the origin of a site.
fn origin(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/').to_ascii_lowercase();
    if is_origin(&text) {
        Ok(text)
    } else {
        Err("write https:// and the site's name, like https://intranet.example.org".to_owned())
    }
}

/// Serves until it is told to stop.
///
/// # Errors
/// The library or the store cannot be opened, or the address is taken.
pub fn run(command: &Serve, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    let origin = workspace::origin(library)?;
    let live = Arc::new(Live::start(origin, workspace::today)?);
    let now = live.today();
    tell::warn(&now.hooks, now.hooks_are_wrong, Audience::Agent);
    let _watching = live
        .watch(Pace::default())
        .context("the trees cannot be watched for changes")?;
    let sending = Arc::clone(&live);
    let serving = Serving {
        listen: command.listen,
        store,
        live,
        proxies: command.trust_proxy.clone(),
        sign_on: command.trust_header.clone().map(|header| SignOn {
            header,
            roles: roles::set(&command.trust_roles),
        }),
        watchers: command.metrics_for.clone(),
        rate: command.rate,
        embed_origins: command.embed_origin.clone(),
    };
    command.log.start();
    keep_sending(
        serving.store.clone(),
        move || sending.today().hooks.clone(),
        BETWEEN_SENDING,
    );
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
