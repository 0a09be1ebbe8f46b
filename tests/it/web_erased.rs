//! A case that is erased while a server has it open: nothing of it is shown any more, to nobody, and every page leads on.
//! On SQLite and on PostgreSQL.

use serde_json::json;

use crate::on_both;
use crate::support::desk::FAN;
use crate::support::{Desk, Page, Place};

on_both!(
    what_was_erased_is_shown_to_nobody,
    who_answers_in_an_erased_case_is_told
);

fn desk(place: &Place) -> Desk {
    Desk::on(place.address(), &[("fan", FAN)])
}

/// A customer's case, and its name.
fn begin(desk: &Desk) -> (Page, String) {
    let begun = desk.0.press(&desk.0.get("/t/fan"), "choice=yes");
    assert_eq!(begun.heading(), "Is the problem solved?");
    let name = begun.path.split(['/', '-']).nth(2).unwrap().to_owned();
    (begun, name)
}

#[track_caller]
fn is_erased(page: &Page, way_on: &str) {
    assert_eq!(page.status, 410, "{}", page.words());
    assert_eq!(page.heading(), "What was said in this case was erased.");
    assert!(page.text.contains(way_on), "{}", page.text);
    assert!(!page.words().contains("dusty"), "{}", page.words());
}

const TO_HELP: &str = "<a class=\"button main\" href=\"/\">Look for help</a>";
const TO_DESK: &str = "<a class=\"button main\" href=\"/desk\">To the desk</a>";

fn what_was_erased_is_shown_to_nobody(place: &Place) {
    let desk = desk(place);
    let (begun, name) = begin(&desk);
    let case = begun.path.split('?').next().unwrap();
    let of_customers = [
        case.to_owned(),
        format!("{case}?at=1"),
        format!("{case}/told"),
    ];
    let of_agents = ["", "/note", "/note?as=json&raw=1", "/picture.svg"];
    let of_agents = of_agents.map(|path| format!("/desk/c/{name}{path}"));
    let token = desk.0.token("bot", "agent");
    let api = format!("GET /api/v1/cases/{name}");
    // The server has it in memory.
    for path in &of_customers {
        assert_eq!(desk.0.get(path).status, 200, "{path}");
    }
    for path in &of_agents {
        assert_eq!(desk.get("maria", path).status, 200, "{path}");
    }
    desk.0.call(&token, &api, None).is(200);
    let found = desk.get("maria", &format!("/desk?q={name}"));
    assert!(found.text.contains(&of_agents[0]), "{}", found.text);
    desk.0.folder.run(&format!("cases erase {name}")).succeeds();
    for path in &of_customers {
        is_erased(&desk.0.get(path), TO_HELP);
    }
    for path in &of_agents {
        is_erased(&desk.get("maria", path), TO_DESK);
    }
    desk.0.call(&token, &api, None).is(410);
    let found = desk.get("maria", &format!("/desk?q={name}"));
    assert!(!found.text.contains(&of_agents[0]), "{}", found.text);
}

fn who_answers_in_an_erased_case_is_told(place: &Place) {
    let desk = desk(place);
    let (begun, name) = begin(&desk);
    desk.0.folder.run(&format!("cases erase {name}")).succeeds();
    is_erased(&desk.0.press(&begun, "choice=no"), TO_HELP);
    is_erased(&desk.0.press(&begun, "do=back"), TO_HELP);
    let (_, name) = begin(&desk);
    let standing = desk.get("maria", &format!("/desk/c/{name}"));
    assert_eq!(standing.status, 200);
    let token = desk.0.token("bot", "agent");
    desk.0.folder.run(&format!("cases erase {name}")).succeeds();
    is_erased(&desk.press("maria", &standing, "do=take", &[]), TO_DESK);
    let note = [("text", "Ring twice")];
    is_erased(&desk.press("maria", &standing, "do=note", &note), TO_DESK);
    let take = format!("POST /api/v1/cases/{name}/take");
    let taken = desk.0.call(&token, &take, Some(&json!({"seq": 2})));
    taken.is(410);
}
