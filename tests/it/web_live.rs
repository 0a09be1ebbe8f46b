//! Two agents on one case see each other live, also where each is at another server: who looks, and what was done. On
//! SQLite and on PostgreSQL, and when the database was gone in between.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use fixpath::store::Address;

use crate::on_both;
use crate::support::{Folder, Page, Place, Server, Site};

on_both!(
    agents_at_two_servers_see_each_other,
    who_looked_at_a_server_that_stops_is_gone
);

const TREE: &str = "title: The lamp stays dark
stuck: {escalate: field, reason: Nothing helped}
steps:
  plugged: {ask: Is the lamp plugged in?, yes: bulb, no: bulb}
  bulb: {ask: Is the bulb whole?, yes: stuck, no: {fix: Take another bulb.}}
";

fn server(store: &Address) -> Site {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("live-{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let store = match store {
        Address::File(path) => path.display().to_string(),
        Address::Postgres(url) => url.clone(),
    };
    let folder = Folder::new(&name)
        .file("lamp.yaml", TREE)
        .keeping_in(&store);
    Site::of(
        folder,
        "--library . --log none --trust-proxy 127.0.0.1 --trust-header X-Remote-User --trust-roles agent",
    )
}

fn look(site: &Site, who: &str, path: &str) -> Page {
    site.send(None, path, &[], &[("x-remote-user", who)])
}

fn press(site: &Site, who: &str, page: &Page, field: &str, value: &str) -> Page {
    let (action, hidden) = page.form_with(field);
    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.push((field, value));
    site.send(Some(()), &action, &fields, &[("x-remote-user", who)])
}

/// The address of a case that Ada has begun.
fn begin(site: &Site) -> String {
    let page = press(
        site,
        "ada",
        &look(site, "ada", "/desk/t/lamp"),
        "channel",
        "phone",
    );
    page.path
}

/// A stream of events that is being read.
struct Events(BufReader<TcpStream>);

impl Events {
    fn of(site: &Site, who: &str, case: &str) -> Self {
        let origin = site.origin();
        let host = origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(
            stream,
            "GET {case}/events HTTP/1.1\r\nHost: {host}\r\nX-Remote-User: {who}\r\nAccept: text/event-stream\r\n\r\n"
        )
        .unwrap();
        Self(BufReader::new(stream))
    }

    /// Reads on until a line tells this.
    fn wait_for(&mut self, told: &str) {
        let mut all = String::new();
        loop {
            let before = all.len();
            let read = self.0.read_line(&mut all).unwrap();
            assert_ne!(read, 0, "it ended before {told}: {all}");
            if all[before..].contains(told) {
                return;
            }
        }
    }
}

fn agents_at_two_servers_see_each_other(place: &Place) {
    let (one, other) = (server(place.address()), server(place.address()));
    let case = begin(&one);
    let mut ada = Events::of(&one, "ada", &case);
    ada.wait_for("\"others\":[]");
    let mut ben = Events::of(&other, "ben", &case);
    ben.wait_for("\"others\":[\"ada\"]");
    ada.wait_for("\"others\":[\"ben\"]");
    // Without a script, too, and at a server where nobody looks.
    for site in [&one, &other, &server(place.address())] {
        let words = look(site, "cleo", &case).words();
        assert!(
            words.contains("ada and ben are looking at this case, too."),
            "{words}"
        );
    }
    let page = look(&other, "ben", &case);
    press(&other, "ben", &page, "choice", "no");
    ada.wait_for("\"seq\":2,\"by\":\"ben\"");
    ben.wait_for("\"seq\":2,\"by\":\"ben\"");
    let page = look(&one, "ada", &case);
    press(&one, "ada", &page, "choice", "yes");
    ben.wait_for("\"seq\":3,\"by\":\"ada\"");
    drop(ben);
    ada.wait_for("\"others\":[]");
}

fn who_looked_at_a_server_that_stops_is_gone(place: &Place) {
    let (one, mut other) = (server(place.address()), server(place.address()));
    let case = begin(&one);
    let mut ada = Events::of(&one, "ada", &case);
    let mut ben = Events::of(&other, "ben", &case);
    ada.wait_for("\"others\":[\"ben\"]");
    let process = other.child().id().to_string();
    let told = Command::new("kill").args(["-TERM", &process]).status();
    assert!(told.unwrap().success());
    ada.wait_for("\"others\":[]");
    // Its stream ends, so that the browser comes back elsewhere.
    let mut rest = String::new();
    while ben.0.read_line(&mut rest).is_ok_and(|read| read > 0) {}
}

#[test]
fn who_looks_hears_again_when_the_database_is_back() {
    let Some(postgres) = Server::start("live") else {
        return;
    };
    let address = postgres.address(&postgres.database());
    let (one, other) = (server(&address), server(&address));
    let case = begin(&one);
    let mut ada = Events::of(&one, "ada", &case);
    let mut ben = Events::of(&other, "ben", &case);
    ada.wait_for("\"others\":[\"ben\"]");
    ben.wait_for("\"others\":[\"ada\"]");
    postgres.stop("fast");
    postgres.go();
    let page = look(&other, "ben", &case);
    assert_eq!(page.status, 200, "{}", page.words());
    press(&other, "ben", &page, "choice", "no");
    ada.wait_for("\"seq\":2,\"by\":\"ben\"");
    drop(ben);
    ada.wait_for("\"others\":[]");
}
