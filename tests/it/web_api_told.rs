//! What programs are told of cases: lists page by page, the way a case went, notes, feedback, statistics, versions,
//! pictures; and taking a case by its code.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Answer, Folder, Site};

const LAMP: &str = "
title: The lamp stays dark
start: plugged
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  plugged:
    say: Let us look at the plug together.
    ask: Is the lamp plugged in?
    yes: {fix: It shines.}
    no: plug_it_in
  plug_it_in:
    do: Plug the lamp in.
    ask: Does it shine now?
    yes: {fix: The lamp has power again.}
    no: {escalate: facilities, reason: Broken lamp}
";

struct Desk {
    site: Site,
    token: String,
}

impl Desk {
    fn new(name: &str, roles: &str) -> Self {
        let folder = Folder::new(name).keeping().file("lamp.yaml", LAMP);
        let site = Site::of(folder, "--library . --log none");
        let token = site.token("desk", roles);
        Self { site, token }
    }

    fn get(&self, path: &str) -> Answer {
        self.site
            .call(&self.token, &format!("GET /api/v1/{path}"), None)
    }

    fn post(&self, path: &str, body: Value) -> Answer {
        self.site
            .call(&self.token, &format!("POST /api/v1/{path}"), Some(&body))
    }

    #[track_caller]
    fn start(&self, more: Value) -> String {
        let mut body = json!({"tree": "lamp"});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.post("cases", body).is(201).text_at("/case")
    }

    #[track_caller]
    fn reply(&self, case: &str, seq: u64, step: &str, answer: &str) -> Answer {
        let body = json!({"seq": seq, "step": step, "reply": {"answer": answer}});
        self.post(&format!("cases/{case}/reply"), body).is(200)
    }
}

fn names(page: &Answer) -> Vec<String> {
    let cases = page.json["cases"].as_array().unwrap().iter();
    cases
        .map(|case| case["case"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn cases_are_listed_page_by_page_and_by_what_they_are() {
    let desk = Desk::new("api-list", "agent");
    let mut begun: Vec<String> = (0..5)
        .map(|at| desk.start(json!({"ticket": format!("INC-{at}")})))
        .collect();
    begun.reverse();
    let first = desk.get("cases?limit=2").is(200);
    assert_eq!(names(&first), begun[..2]);
    let second = desk.get(&format!("cases?limit=2&behind={}", first.text_at("/next")));
    assert_eq!(names(&second), begun[2..4]);
    // What begins meanwhile moves no page.
    desk.start(json!({}));
    let third = desk.get(&format!("cases?limit=2&behind={}", second.text_at("/next")));
    assert_eq!(names(&third), begun[4..]);
    assert_eq!(third.at("/next"), Value::Null);

    assert_eq!(names(&desk.get("cases?ticket=INC-3")), begun[1..2]);
    desk.post(&format!("cases/{}/park", begun[0]), json!({"seq": 1}))
        .is(200);
    let parked = desk.get("cases?status=parked").is(200);
    assert_eq!(names(&parked), begun[..1]);
    assert_eq!(parked.at("/cases/0/agent"), "desk");
    assert_eq!(
        parked.at("/cases/0/stands"),
        json!({"tree": "lamp", "step": "plugged"})
    );
    assert_eq!(
        names(&desk.get("cases?before=2020-01-01T00:00:00Z")).len(),
        0
    );
    desk.get("cases?status=sleeping").is(400);
    desk.get("cases?limit=0").is(422);
}

#[test]
fn the_way_a_case_went_is_told_to_agents_and_to_customers_in_their_words() {
    let desk = Desk::new("api-told", "agent");
    let case = desk.start(json!({"ticket": "INC-1", "by": "ada"}));
    desk.reply(&case, 1, "plugged", "no");
    let path = |what: &str| format!("cases/{case}/{what}");
    desk.post(&path("remark"), json!({"seq": 2, "text": "in the hall"}))
        .is(200);
    desk.reply(&case, 3, "plug_it_in", "no");
    let trail = desk.get(&path("trail")).is(200);
    assert_eq!(trail.at("/trail/0/came/answered/shown"), "no");
    let events = desk.get(&path("events?after=1")).is(200);
    assert_eq!(
        events.at("/events/0/what/answered/reply"),
        json!({"answer": false})
    );
    assert_eq!(events.at("/events/1/what/noted/text"), "in the hall");
    assert_eq!(
        desk.get(&path("events?after=9")).json,
        json!({"events": []})
    );
    let note = desk.get(&path("note")).is(200);
    assert_eq!(note.at("/problem/case"), case.as_str());
    assert_eq!(note.at("/log/0/text"), "in the hall");
    let text = desk.get(&path("note?format=text")).is(200);
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    assert!(text.text.contains("Reason: Broken lamp"), "{}", text.text);
    let markdown = desk.get(&path("note?format=markdown")).is(200);
    assert!(
        markdown.text.starts_with("# To hand over to facilities"),
        "{}",
        markdown.text
    );
    let public = desk.get(&path("public-note?format=text")).is(200);
    assert!(
        public.text.contains("facilities takes over"),
        "{}",
        public.text
    );
    assert!(
        !public.text.contains("hall") && !public.text.contains("Broken"),
        "{}",
        public.text
    );
    let email = desk.get(&path("public-note?format=email")).is(200);
    assert_eq!(email.at("/subject"), "INC-1: The lamp stays dark");
    let body = email.text_at("/body");
    assert!(body.contains("facilities takes over"), "{body}");
    let chat = desk.get(&path("public-note?format=chat")).is(200);
    assert!(
        chat.text.starts_with("The lamp stays dark (INC-1)\n"),
        "{}",
        chat.text
    );
    let short = desk.get(&path("public-note?format=chat&limit=100")).is(200);
    assert!(short.text.contains("(left out: "), "{}", short.text);
    for limit in ["99", "10001"] {
        desk.get(&path(&format!("public-note?limit={limit}")))
            .is(422);
    }
}

#[test]
fn a_code_takes_its_case_once() {
    let desk = Desk::new("api-code", "agent");
    let case = desk.start(json!({}));
    let path = format!("cases/{case}/hand-over");
    desk.post(&path, json!({"seq": 1})).is(422);
    desk.post(
        &path,
        json!({"seq": 1, "team": "facilities", "valid_hours": 0}),
    )
    .is(422);
    let handed_over = desk
        .post(&path, json!({"seq": 1, "team": "facilities"}))
        .is(200);
    assert_eq!(handed_over.at("/team"), "facilities");
    let code = handed_over.text_at("/code/code");
    let wrong = desk.post("take", json!({"code": "0000-0000"})).is(404);
    assert_eq!(wrong.at("/type"), "urn:fixpath:problem:no-such-code");
    let body = json!({"code": code.to_uppercase(), "by": "bob", "channel": "chat"});
    let taken = desk.post("take", body.clone()).is(200);
    assert_eq!(taken.text_at("/case"), case);
    assert_eq!(taken.at("/channel"), "chat");
    assert_eq!(taken.at("/prompt/step"), "plugged");
    desk.post("take", body).is(404);
    assert_eq!(
        desk.get("cases?agent=bob").at("/cases/0/case"),
        case.as_str()
    );
}

#[test]
fn authors_are_told_what_cases_say_about_the_trees() {
    let desk = Desk::new("api-authors", "agent,author");
    let case = desk.start(json!({}));
    let say = format!("cases/{case}/feedback");
    desk.post(&say, json!({"text": "The plug has another colour."}))
        .is(204);
    desk.post(&say, json!({"text": " "})).is(422);
    let said = desk.get("feedback?tree=lamp").is(200);
    assert_eq!(said.at("/feedback/0/step"), "plugged");
    assert_eq!(said.at("/feedback/0/words"), "The plug has another colour.");
    assert_eq!(
        desk.get("feedback?tree=other").json,
        json!({"feedback": []})
    );

    let counted = desk.get("stats").is(200);
    assert_eq!(counted.at("/all/cases"), 1);
    let lamp = desk.get("stats?tree=lamp").is(200);
    assert_eq!(lamp.at("/trees/0/steps/0/reached"), 1);
    assert_eq!(lamp.at("/all"), Value::Null);
    desk.get("stats?tree=other").is(404);
    assert_eq!(
        desk.get("stats?since=2099-01-01T00:00:00Z")
            .at("/all/cases"),
        0
    );
    // It is as the command prints it.
    let printed = desk
        .site
        .folder
        .run("--library . stats --format json")
        .succeeds();
    let printed: Value = serde_json::from_str(&printed.out).unwrap();
    let mut told = counted.json;
    let at = told.as_object_mut().unwrap().remove("counted_at");
    assert!(at.unwrap().as_str().unwrap().ends_with('Z'));
    assert_eq!(told, printed);
    desk.start(json!({}));
    // Counting so few takes no time, so that it is soon done anew.
    while desk.get("stats").is(200).at("/all/cases") != 2 {
        thread::sleep(Duration::from_millis(50));
    }

    let versions = desk.get("versions").is(200);
    assert_eq!(versions.at("/versions/0/version"), versions.at("/today"));
    assert_eq!(versions.at("/versions/0/cases"), 2);
    assert_eq!(versions.at("/versions/0/unfinished"), 2);

    let agent = desk.site.token("other", "agent");
    for path in ["stats", "feedback", "versions"] {
        desk.site
            .call(&agent, &format!("GET /api/v1/{path}"), None)
            .is(403);
    }
}

#[test]
fn a_tree_is_drawn() {
    let desk = Desk::new("api-picture", "agent");
    let drawn = desk.get("picture?tree=lamp").is(200);
    assert_eq!(drawn.at("/title"), "The lamp stays dark");
    assert_eq!(
        drawn.at("/steps/0"),
        json!({"name": "plugged", "kind": "question", "text": "Is the lamp plugged in?"})
    );
    assert_eq!(drawn.at("/edges/0/from"), "plugged");
    let svg = desk.get("picture?tree=lamp&format=svg").is(200);
    assert_eq!(svg.header("content-type"), "image/svg+xml");
    assert!(svg.text.starts_with("<svg"), "{}", svg.text);
    desk.get("picture?tree=other").is(404);
}
