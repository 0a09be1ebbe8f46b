//! Two agents on one case see each other live, also where each is at another server: who looks, and what was done. On
//! SQLite and on PostgreSQL, and when the database was gone in between.

use std::process::Command;

use fixpath::store::Address;

use crate::on_both;
use crate::support::{Desk, Events, Place, Server};

on_both!(
    agents_at_two_servers_see_each_other,
    who_looked_at_a_server_that_stops_is_gone
);

const TREE: &str = "title: The lamp stays dark
steps:
  plugged: {ask: Is the lamp plugged in?, yes: bulb, no: bulb}
  bulb: {ask: Is the bulb whole?, yes: stuck, no: {fix: Take another bulb.}}
";

fn server(store: &Address) -> Desk {
    Desk::on(store, &[("lamp", TREE)])
}

/// The address of a case that Ada has begun.
fn begin(desk: &Desk) -> String {
    let page = desk.get("ada", "/desk/t/lamp");
    desk.press("ada", &page, "channel=phone", &[]).path
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
        let words = site.get("cleo", &case).words();
        assert!(
            words.contains("ada and ben are looking at this case, too."),
            "{words}"
        );
    }
    let page = other.get("ben", &case);
    other.press("ben", &page, "choice=no", &[]);
    ada.wait_for("\"seq\":2,\"by\":\"ben\"");
    ben.wait_for("\"seq\":2,\"by\":\"ben\"");
    let page = one.get("ada", &case);
    one.press("ada", &page, "choice=yes", &[]);
    ben.wait_for("\"seq\":3,\"by\":\"ada\"");
    drop(ben);
    ada.wait_for("\"others\":[]");
}

fn who_looked_at_a_server_that_stops_is_gone(place: &Place) {
    let (one, mut other) = (server(place.address()), server(place.address()));
    let case = begin(&one);
    let mut ada = Events::of(&one, "ada", &case);
    let ben = Events::of(&other, "ben", &case);
    ada.wait_for("\"others\":[\"ben\"]");
    let process = other.0.child().id().to_string();
    let told = Command::new("kill").args(["-TERM", &process]).status();
    assert!(told.unwrap().success());
    ada.wait_for("\"others\":[]");
    // Its stream ends, so that the browser comes back elsewhere.
    ben.wait_for_the_end();
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
    let page = other.get("ben", &case);
    assert_eq!(page.status, 200, "{}", page.words());
    other.press("ben", &page, "choice=no", &[]);
    ada.wait_for("\"seq\":2,\"by\":\"ben\"");
    drop(ben);
    ada.wait_for("\"others\":[]");
}
