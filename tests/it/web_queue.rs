//! The queue of the desk, as an agent's browser without scripts sees it: what waits, in which order, and who gets it.

use crate::support::{Folder, Page, Site};

const LIBRARY: &str = "\
name: Our desk
stuck: {escalate: network, reason: The caller could not go on}
teams: {network: {name: Network team}, field: {name: Field service}}
";

const LAMP: &str = "title: The lamp stays dark\nsteps:\n  a:\n    ask: Is it plugged in?\n    yes: {fix: Well then}\n    no: stuck\n";
const BELL: &str = "title: The bell is silent\nsteps:\n  a:\n    ask: Does it ring at all?\n    yes: {fix: Well then}\n    no: stuck\n";

/// By single sign-on, so that tests need no passwords.
struct Desk {
    site: Site,
}

impl Desk {
    fn new(name: &str) -> Self {
        let folder = Folder::new(name)
            .file("trees/fixpath.yaml", LIBRARY)
            .file("trees/lamp.yaml", LAMP)
            .file("trees/bell.yaml", BELL)
            .keeping();
        for user in ["ada", "bob --team network", "carol --team field"] {
            folder
                .run(&format!("user add --no-password {user}"))
                .succeeds();
        }
        Self {
            site: Site::of(folder, "--trust-proxy 127.0.0.1 --trust-header X-User"),
        }
    }

    /// A case of ada's in the terminal, parked as it is left; its name.
    fn case(&self, tree: &str, ticket: &str) -> String {
        let walk = format!("run {tree} --ticket {ticket}");
        let said = self.site.folder.run_with(&walk, "quit\n").exits(4).err;
        let (_, name) = said.split_once("Case ").unwrap();
        name.split_whitespace().next().unwrap().to_owned()
    }

    /// Hands it over; its code.
    fn hand_over(&self, case: &str, team: &str) -> String {
        let handed = self
            .site
            .folder
            .run(&format!("handover {case} --to {team}"));
        handed.succeeds().out.trim().to_owned()
    }

    fn sql(&self, sql: &str) {
        let path = self.site.folder.path().join("kept/cases.db");
        rusqlite::Connection::open(path)
            .unwrap()
            .execute_batch(sql)
            .unwrap();
    }

    fn look(&self, user: &str, path: &str) -> Page {
        self.site.send(None, path, &[], &[("x-user", user)])
    }

    fn send(&self, user: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.look(user, "/desk");
        let (_, hidden) = page.form_with("code");
        let mut all = vec![("token", hidden[0].1.as_str())];
        all.extend(fields);
        self.site
            .send_once(Some(()), action, &all, &[("x-user", user)])
    }

    fn take(&self, user: &str, case: &str) -> Page {
        let case = case.replace('-', "");
        self.send(user, &format!("/desk/queue/{case}/take"), &[])
    }
}

/// They stand in this order.
#[track_caller]
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let (_, after) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part:?} stands there, in order: {text}"));
        rest = after;
    }
}

#[test]
fn an_agent_sees_what_waits() {
    let desk = Desk::new("web-queue");
    let none = desk.look("ada", "/desk");
    assert!(
        none.words().contains("You have no open case."),
        "{}",
        none.words()
    );
    assert!(
        none.words()
            .contains("Handed over 0 To all teams Nothing waits."),
        "{}",
        none.words()
    );
    let due = desk.case("lamp", "INC-1");
    let parked = desk.case("bell", "INC-2");
    let open = desk.case("lamp", "INC-3");
    let calm = desk.case("bell", "INC-4");
    let urgent = desk.case("lamp", "INC-5");
    let other = desk.case("lamp", "<b>INC</b>");
    desk.hand_over(&calm, "network");
    desk.hand_over(&urgent, "network");
    desk.hand_over(&other, "field");
    let id = |case: &str| case.replace('-', "");
    desk.sql(&format!(
        "UPDATE cases SET until = 1 WHERE id = '{}'; UPDATE cases SET status = 'open' WHERE id = '{}';
        UPDATE cases SET priority = 1 WHERE id = '{}'; UPDATE cases SET priority = 4 WHERE id = '{}';",
        id(&due), id(&open), id(&urgent), id(&calm)
    ));
    let ada = desk.look("ada", "/desk");
    in_order(
        &ada.words(),
        &[
            "Due now 1",
            "The lamp stays dark Is it plugged in?",
            &due,
            "INC-1 due",
            "Open 1",
            &open,
            "Parked 1",
            "The bell is silent",
            &parked,
            "Handed over 3",
            "To all teams",
            "Priority P 1",
            &urgent,
            "Network team",
            "Priority P 3",
            &other,
            "Field service",
            "Priority P 4",
            &calm,
        ],
    );
    assert!(ada.text.contains("&lt;b&gt;INC&lt;/b&gt;") && !ada.text.contains("<b>"));
    assert!(
        ada.text
            .contains(&format!("href=\"/desk/c/{}\"", id(&open)))
    );
    let bob = desk.look("bob", "/desk").words();
    in_order(
        &bob,
        &[
            "You have no open case.",
            "Handed over 2",
            "To Network team",
            &urgent,
            &calm,
        ],
    );
    assert!(!bob.contains(&other) && !bob.contains(&open), "{bob}");
    let carol = desk.look("carol", "/desk").words();
    assert!(
        carol.contains(&other) && !carol.contains(&urgent),
        "{carol}"
    );
}

#[test]
fn of_two_who_take_a_case_one_gets_it() {
    let desk = Desk::new("web-take");
    let case = desk.case("lamp", "INC-1");
    desk.hand_over(&case, "network");
    let id = case.replace('-', "");
    let bob = desk.take("bob", &case);
    assert_eq!(
        (bob.status, bob.header("location")),
        (303, Some(format!("/desk/c/{id}").as_str()))
    );
    let ada = desk.take("ada", &case);
    let queue = format!("/desk?taken={id}");
    assert_eq!(
        (ada.status, ada.header("location")),
        (303, Some(queue.as_str()))
    );
    let said = desk.look("ada", &queue).words();
    assert!(
        said.contains(&format!("Somebody else has taken case {case} before you.")),
        "{said}"
    );
    assert!(!desk.look("ada", "/desk?taken=%3Cb%3E").text.contains("<b>"));
    in_order(
        &desk.look("bob", "/desk").words(),
        &["Open 1", &case, "Handed over 0"],
    );
    desk.site
        .folder
        .run(&format!("cases show {case}"))
        .succeeds()
        .says("taken by bob");
    assert_eq!(desk.take("bob", "zzzz-zzzz-zzzz").status, 404);
    assert_eq!(desk.take("bob", "nonsense").status, 404);
}

#[test]
fn a_code_takes_a_case_once() {
    let desk = Desk::new("web-code");
    let case = desk.case("lamp", "INC-1");
    let code = desk.hand_over(&case, "field");
    let take = |code: &str| desk.send("bob", "/desk/take", &[("code", code)]);
    for wrong in ["", "7kx9", "zzzz-zzzz", "<b>\"&"] {
        let page = take(wrong);
        let to = page.header("location").unwrap().to_owned();
        assert!(to.starts_with("/desk?wrong_code="), "{to}");
        let page = desk.look("bob", &to);
        assert!(
            page.words()
                .contains("This code is wrong, was used already, or is too old.")
        );
        assert!(!page.text.contains("<b>\""));
    }
    let page = take(&format!(" {} ", code.to_uppercase()));
    let walk = format!("/desk/c/{}", case.replace('-', ""));
    assert_eq!(page.header("location"), Some(walk.as_str()));
    in_order(&desk.look("bob", "/desk").words(), &["Open 1", &case]);
    assert!(
        take(&code)
            .header("location")
            .unwrap()
            .starts_with("/desk?wrong_code=")
    );
}

#[test]
fn a_case_is_found_by_its_ticket_and_by_its_name() {
    let desk = Desk::new("web-named");
    let case = desk.case("lamp", "INC-7");
    let open = format!("href=\"/desk/c/{}\"", case.replace('-', ""));
    for words in ["INC-7", case.as_str(), &case.to_uppercase()] {
        let found = desk.look("bob", &format!("/desk?q={words}"));
        assert!(found.text.contains(&open), "{words}: {}", found.words());
    }
    for words in ["INC-70", "zzzz-zzzz-zzzz"] {
        let none = desk.look("bob", &format!("/desk?q={words}"));
        assert!(!none.text.contains(&open), "{words}: {}", none.words());
        assert!(none.words().contains("Nothing fits these words."));
    }
}

#[test]
fn a_case_is_begun_by_the_callers_words() {
    let desk = Desk::new("web-begin");
    let found = desk.look("bob", "/desk?q=my+lamp+is+dark");
    assert!(
        found
            .text
            .contains("href=\"/desk/t/lamp?q=my+lamp+is+dark\""),
        "{}",
        found.text
    );
    assert!(found.text.contains("value=\"my lamp is dark\""));
    let none = desk.look("bob", "/desk?q=%3Cscript%3Exyzzy");
    assert!(none.words().contains("Nothing fits these words."));
    assert!(!none.text.contains("<script>xyzzy"));
}

#[test]
fn a_form_without_the_token_does_nothing() {
    let desk = Desk::new("web-token");
    let case = desk.case("lamp", "INC-1");
    let code = desk.hand_over(&case, "network");
    let take = format!("/desk/queue/{}/take", case.replace('-', ""));
    let token = |user: &str| desk.look(user, "/desk").form_with("code").1[0].1.clone();
    for fields in [
        vec![],
        vec![("token", String::new())],
        vec![("token", token("ada"))],
    ] {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let mut with_code = fields.clone();
        with_code.push(("code", &code));
        for (action, fields) in [(take.as_str(), &fields), ("/desk/take", &with_code)] {
            let page = desk
                .site
                .send_once(Some(()), action, fields, &[("x-user", "bob")]);
            assert_eq!(page.status, 403, "{action} {fields:?}");
            assert!(
                page.words().contains("Nothing was changed"),
                "{}",
                page.words()
            );
        }
    }
    assert!(desk.look("bob", "/desk").words().contains("Handed over 1"));
}
