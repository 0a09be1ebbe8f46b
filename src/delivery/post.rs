//! HTTP: one POST, in bounded time, to the very address that was given. Redirects are not followed, for a message
//! and its token are for nobody else; of an answer the beginning is read. Certificates are held against those that the
//! system trusts, a company's own among them.

use std::io::Read as _;
use std::sync::OnceLock;
use std::time::Duration;

use ureq::http::Response;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Error, Timeout};

/// So many bytes of an answer are read, and so many characters of it shown.
const READ: u64 = 4096;
const SHOWN: usize = 160;

/// What the other side answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// The usual words for the status.
    pub(super) reason: Option<&'static str>,
    pub(super) retry_after: Option<String>,
    pub(super) location: Option<String>,
    /// How the body begins, on one line.
    pub(super) beginning: String,
}

/// Whoever posts, at most so long from looking up the host to the end of the answer.
#[derive(Debug)]
pub(super) struct Poster {
    at_most: Duration,
    /// Made with the first message: it reads the certificates that the system trusts.
    agent: OnceLock<Agent>,
}

impl Poster {
    pub(super) const fn new(at_most: Duration) -> Self {
        Self {
            at_most,
            agent: OnceLock::new(),
        }
    }

    /// Posts.
    ///
    /// # Errors
    /// There was no answer; the words say why.
    pub(super) fn post(
        &self,
        url: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> Result<Answer, String> {
        let agent = self.agent.get_or_init(|| agent(self.at_most));
        let mut request = agent.post(url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        match request.send(body) {
            Ok(response) => Ok(answer(response)),
            Err(why) => Err(no_answer(url, &why, self.at_most)),
        }
    }
}

fn answer(mut response: Response<Body>) -> Answer {
    let field = |name: &str| {
        let value = response.headers().get(name)?.to_str().ok()?;
        Some(on_one_line(value))
    };
    let status = response.status();
    let (retry_after, location) = (field("retry-after"), field("location"));
    Answer {
        status: status.as_u16(),
        reason: status.canonical_reason(),
        retry_after,
        location,
        beginning: if status.is_success() {
            String::new()
        } else {
            beginning(response.body_mut())
        },
    }
}

fn agent(at_most: Duration) -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
    Agent::config_builder()
        .timeout_global(Some(at_most))
        .max_redirects(0)
        .http_status_as_error(false)
        // A connection that was left open may be dead by the next attempt.
        .max_idle_connections(0)
        .user_agent(concat!("fixpath/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls.build())
        .build()
        .into()
}

/// How an answer's body begins; what cannot be read of it does not matter.
fn beginning(body: &mut Body) -> String {
    let mut bytes = Vec::new();
    let _ = body.as_reader().take(READ).read_to_end(&mut bytes);
    on_one_line(&String::from_utf8_lossy(&bytes))
}

fn on_one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|sign: char| sign.is_whitespace() || sign.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let line = words.join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

/// Why there was no answer, with the host alone: the rest of an address may be secret.
fn no_answer(url: &str, why: &Error, at_most: Duration) -> String {
    let seconds = at_most.as_secs();
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    match why {
        Error::HostNotFound => format!("there is no host {host}, or the network is away"),
        Error::Timeout(Timeout::Resolve) => format!("the host {host} cannot be looked up"),
        Error::Timeout(_) => format!("no answer from {host} in {seconds} s"),
        Error::Io(why) => match why.kind() {
            std::io::ErrorKind::ConnectionRefused => format!("nobody listens at {host}"),
            std::io::ErrorKind::TimedOut => {
                format!("no answer from {host} in {seconds} s")
            }
            _ => format!("no answer from {host}: {why}"),
        },
        other => format!("no answer from {host}: {other}"),
    }
}
