//! Who may sign in, as the one sees it who says so: `fixpath user` and `fixpath token`, the real binary.

use serde_json::Value;

use crate::support::pty;
use crate::support::{Folder, Ran};

const LIBRARY: &str = "\
name: Desk
stuck: {escalate: network, reason: The caller could not go on}
teams: {network: {name: Network}, field: {name: Field service}}
";

const TREE: &str = "title: It does not work\nsteps:\n  a:\n    ask: Is it on?\n    yes: {fix: Well then}\n    no: stuck\n";

const PASSWORD: &str = "correct horse battery\n";

fn desk(name: &str) -> Folder {
    Folder::new(name)
        .file("trees/fixpath.yaml", LIBRARY)
        .file("trees/it.yaml", TREE)
        .keeping()
}

fn add(folder: &Folder, arguments: &str) -> Ran {
    folder.run_with(&format!("user add --password-stdin {arguments}"), PASSWORD)
}

fn users(folder: &Folder) -> Vec<Value> {
    let listed = folder.run("user list --format json").succeeds();
    serde_json::from_str(&listed.out).unwrap()
}

#[test]
fn users_come_and_go() {
    let folder = desk("user-come-and-go");
    folder
        .run("user list")
        .succeeds()
        .says("Nobody may sign in yet; `fixpath user add NAME` lets somebody in.");
    let added = add(
        &folder,
        "Ada --role agent --role author --team network,field",
    )
    .succeeds();
    assert_eq!(added.out, "", "nothing that was typed is printed");
    added.says("ada may sign in: agent, author; sees hand-overs to network, field.");
    add(&folder, "bob").says("bob may sign in: agent; sees hand-overs to all teams.");
    let listed = folder.run("user list").succeeds();
    assert_eq!(
        listed.out,
        "NAME  ROLES          TEAMS           SIGNED IN  NOTE\n\
         ada   agent, author  network, field  never\n\
         bob   agent          all             never\n"
    );
    let ada = &users(&folder)[0];
    assert_eq!(ada["name"], "ada");
    assert_eq!(ada["roles"], serde_json::json!(["agent", "author"]));
    assert_eq!(ada["password"], true);
    assert!(ada.get("hash").is_none());
    folder
        .run("user set bob --role admin --team field")
        .succeeds()
        .says("bob must sign in again: admin; sees hand-overs to field.");
    folder
        .run("user set bob --disable")
        .succeeds()
        .says("bob may not sign in until `fixpath user set bob --enable`.");
    folder.run("user list").says("disabled");
    folder
        .run("user set bob --enable --all-teams")
        .succeeds()
        .says("all teams");
    folder
        .run("user remove ADA")
        .succeeds()
        .says("ada may no longer sign in.");
    assert_eq!(users(&folder).len(), 1);
}

#[test]
fn what_does_not_fit_is_said_and_nothing_done() {
    let folder = desk("user-wrong");
    add(&folder, "ada").succeeds();
    add(&folder, "ADA")
        .exits(2)
        .says("there is a user \"ada\" already");
    add(&folder, "bob --team netwrok")
        .exits(2)
        .says("there is no team \"netwrok\"; there are field, network");
    add(&folder, "bob --role boss")
        .exits(2)
        .says("[possible values: agent, author, admin]");
    add(&folder, "bob --role customer").exits(2);
    add(&folder, "-x").exits(2);
    add(&folder, "a/b")
        .exits(2)
        .says("is no name to sign in with");
    folder
        .run_with("user add bob --password-stdin", "secret\n")
        .exits(2)
        .says("this password has 6 characters, and 15 are the fewest");
    folder
        .run("user add bob")
        .exits(2)
        .says("there is no terminal to ask for the password; give it with --password-stdin, or let --generate make one");
    folder
        .run("user remove bob")
        .exits(2)
        .says("there is no user \"bob\"");
    folder
        .run("user password bob --generate")
        .exits(2)
        .says("there is no user");
    folder.run("user set ada").exits(2);
    folder
        .run("user set bob --enable")
        .exits(2)
        .says("there is no user");
    folder.run("user").exits(2);
    assert_eq!(users(&folder).len(), 1);
    folder
        .run("user list --store none")
        .exits(2)
        .says("no store is chosen");
}

#[test]
fn a_password_is_made_or_changed() {
    let folder = desk("user-password");
    let made = folder.run("user add ada --generate").succeeds();
    let password = made.out.trim();
    assert_eq!(password.len(), 23, "{password}");
    assert!(made.err.contains("it is shown this once"), "{}", made.err);
    folder
        .run_with("user password ada --password-stdin", PASSWORD)
        .succeeds()
        .says("ada has a new password, and must sign in again everywhere.");
    let again = folder.run("user password ada --generate").succeeds();
    assert_ne!(again.out, made.out);
    folder.run("user add sso --no-password").succeeds();
    folder.run("user list").says("single sign-on alone");
}

#[test]
fn in_a_terminal_it_is_typed_twice_and_not_seen() {
    let folder = desk("user-terminal");
    let store = folder.path().join("kept/cases.db").display().to_string();
    let start = || {
        pty::fixpath(&["user", "add", "ada"])
            .env("FIXPATH_STORE", &store)
            .start(folder.path())
    };
    let mut left = start();
    left.see("Password for ada").send("\x03");
    assert_eq!(left.end().0, 2);
    assert!(users(&folder).is_empty());

    let mut terminal = start();
    terminal.see("Password for ada, at least 15 characters:");
    terminal
        .send("short\r")
        .see("No: this password has 5 characters");
    terminal
        .see("Password for ada")
        .send("correct horse battery\r");
    terminal.see("The same again:").send("correct horse\r");
    terminal.see("No: the two are not the same.");
    terminal
        .see("Password for ada")
        .send("correct horse battery\r");
    terminal
        .see("The same again:")
        .send("correct horse battery\r");
    terminal.see("ada may sign in: agent");
    assert!(!terminal.raw().contains("correct"), "{}", terminal.raw());
    assert_eq!(terminal.end().0, 0);
    assert_eq!(users(&folder).len(), 1);
}

#[test]
fn tokens_are_shown_once() {
    let folder = desk("token");
    folder
        .run("token list")
        .succeeds()
        .says("There are no tokens");
    let kiosk = folder.run("token add kiosk --role customer").succeeds();
    assert!(kiosk.out.starts_with("fxp_"), "{}", kiosk.out);
    assert_eq!(kiosk.out.trim().len(), 56);
    assert!(
        kiosk
            .err
            .contains("Good for: customer, until `fixpath token remove kiosk`."),
        "{}",
        kiosk.err
    );
    folder
        .run("token add bot --role agent,author --expires 90d --agent Bob")
        .succeeds();
    let listed = folder.run("token list").succeeds();
    assert!(!listed.out.contains("fxp_"), "{}", listed.out);
    assert!(listed.out.contains("agent, author  Bob"), "{}", listed.out);
    let listed = folder.run("token list --format json").succeeds();
    let tokens: Vec<Value> = serde_json::from_str(&listed.out).unwrap();
    assert_eq!(tokens[1]["made_by"], "ada");
    assert_eq!(tokens[1]["expires"], Value::Null);
    assert!(tokens[0]["expires"].is_string());
    folder
        .run("token add bot --role agent")
        .exits(2)
        .says("there is a token \"bot\" already");
    folder.run("token add other").exits(2).says("--role");
    folder
        .run("token add x --role agent --expires soon")
        .exits(2)
        .says("is no span of time");
    folder
        .run("token remove bot")
        .succeeds()
        .says("The token bot is good for nothing now.");
    folder
        .run("token remove bot")
        .exits(2)
        .says("there is no token \"bot\"");
    add(&folder, "ada").succeeds();
    folder
        .run("user remove ada")
        .succeeds()
        .says("Tokens that ada made are still good (`fixpath token remove` ends them): kiosk");
}
