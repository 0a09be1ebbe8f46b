//! A small desk: what its library says, people whom a proxy lets in by their name alone, and what they hear of each other.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fixpath::store::Address;

use super::{Folder, Page, Site};

/// A team, to which everything goes that did not help, and what is asked for it. More facts may follow.
pub const LIBRARY: &str = "\
name: Our desk
stuck: {escalate: field, reason: Nothing helped}
teams: {field: {name: Field service, contact: Extension 77, tier: 2}}
facts:
  room: {ask: Which room is it?, text: {max: 40}}
";

/// A tree of one question.
pub const FAN: &str = "title: The fan is loud\nsteps:\n  a:\n    ask: Is it dusty?\n    yes: {fix: Clean it.}\n    no: stuck\n";

/// A tree of two questions, which somebody keeps.
pub const LAMP: &str = "
title: The lamp stays dark
summary: No light, or a light that comes and goes.
owner: Facilities
steps:
  plugged:
    ask: Is the lamp plugged in?
    yes: bulb
    no: {fix: Plug it in.}
  bulb:
    ask: Is the bulb black?
    yes: {fix: Take another bulb.}
    no: stuck
";

/// With the library in `trees`, and nobody who has to wait.
const QUIET: &str = "--library trees --rate 0 --log none";
/// A proxy on this computer says who comes.
const BY_PROXY: &str = "--trust-proxy 127.0.0.1 --trust-header X-Remote-User --trust-roles agent";
const WHO: &str = "x-remote-user";

impl Folder {
    /// A folder that keeps cases, with a library and its trees (`lamp` and its text) in `trees`.
    pub fn of_desk(name: &str, library: &str, trees: &[(&str, &str)]) -> Self {
        let folder = Self::new(name).file("trees/fixpath.yaml", library);
        let with = |folder: Self, (tree, text): &(&str, &str)| {
            folder.file(&format!("trees/{tree}.yaml"), text)
        };
        trees.iter().fold(folder, with).keeping()
    }
}

impl Site {
    /// The desk of [`Folder::of_desk`], to which people sign in.
    pub fn of_desk(folder: Folder) -> Self {
        Self::of(folder, QUIET)
    }
}

/// A desk whose people a proxy lets in by their name.
#[derive(Debug)]
pub struct Desk(pub Site);

impl Desk {
    /// The desk of [`Folder::of_desk`].
    pub fn of(folder: Folder) -> Self {
        Self(Site::of(folder, &format!("{QUIET} {BY_PROXY}")))
    }

    /// One of several servers on a store.
    pub fn on(store: &Address, trees: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("desk-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let store = match store {
            Address::File(path) => path.display().to_string(),
            Address::Postgres(url) => url.clone(),
        };
        Self::of(Folder::of_desk(&name, LIBRARY, trees).keeping_in(&store))
    }

    /// What somebody sees at an address.
    pub fn get(&self, who: &str, path: &str) -> Page {
        self.0.send(None, path, &[], &[(WHO, who)])
    }

    /// Sends the form that has this button or field (`choice=yes`, `answer=B 12`), with what else is filled in.
    pub fn press(&self, who: &str, page: &Page, button: &str, more: &[(&str, &str)]) -> Page {
        self.0.press_with(page, button, more, &[(WHO, who)])
    }

    /// Sends fields that no page has made.
    pub fn forge(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        self.0.send(Some(()), path, fields, &[(WHO, who)])
    }
}

/// A stream of events that is being read.
#[derive(Debug)]
pub struct Events(BufReader<TcpStream>);

/// How long something may take to be heard on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(120);

impl Events {
    /// What somebody hears who looks at a case.
    pub fn of(desk: &Desk, who: &str, case: &str) -> Self {
        let origin = desk.0.origin();
        let host = origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "GET {case}/events HTTP/1.1\r\nHost: {host}\r\n{WHO}: {who}\r\nAccept: text/event-stream\r\n\r\n"
        )
        .unwrap();
        Self(BufReader::new(stream))
    }

    /// Reads on until a line tells this.
    #[track_caller]
    pub fn wait_for(&mut self, told: &str) {
        let mut all = String::new();
        let began = Instant::now();
        loop {
            assert!(began.elapsed() < PATIENCE, "not told {told}: {all}");
            let before = all.len();
            let read = self.0.read_line(&mut all).unwrap();
            assert_ne!(read, 0, "it ended before {told}: {all}");
            if all[before..].contains(told) {
                return;
            }
        }
    }

    /// Reads on until it ends.
    pub fn wait_for_the_end(mut self) {
        let mut rest = String::new();
        while self.0.read_line(&mut rest).is_ok_and(|read| read > 0) {}
    }
}
