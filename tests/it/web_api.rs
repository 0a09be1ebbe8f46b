//! Programs at `/api/v1`: walking a case with JSON, once however often it is asked for; who may what; what goes wrong.

use serde_json::{Value, json};

use crate::support::{Answer, Folder, Site};

const LAMP: &str = "
title: The lamp stays dark
symptoms: [no light]
start: plugged
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  plugged:
    say: Let us look at the plug together.
    ask: Is the lamp plugged in?
    help: Follow the cable to the wall.
    yes: bulb
    no: plug_it_in
  plug_it_in:
    do: Plug the lamp in.
    ask: Does it shine now?
    yes: {fix: The lamp has power again.}
    no: bulb
  bulb:
    note: They break every winter.
    ask: How many watts has the bulb?
    number: {min: 1, max: 200, unit: W}
    answers:
      below 61: {escalate: facilities, reason: Weak bulb}
      otherwise: {fix: Take another bulb.}
";

const INSIDE: &str = "
title: Who pays for the lamp
audience: agent
start: who
stuck: {escalate: facilities, reason: Nobody pays}
steps:
  who:
    ask: Does the tenant pay?
    yes: {fix: The tenant pays.}
    no: {fix: The house pays.}
";

fn lamp(name: &str) -> Site {
    let folder = Folder::new(name)
        .keeping()
        .file("lamp.yaml", LAMP)
        .file("inside.yaml", INSIDE);
    Site::of(folder, "--library .")
}

#[track_caller]
fn start(site: &Site, token: &str, body: Value) -> Answer {
    site.call(token, "POST /api/v1/cases", Some(&body)).is(201)
}

fn case(answer: &Answer) -> String {
    answer.text_at("/case")
}

#[test]
fn a_program_walks_a_case_to_its_end() {
    let site = lamp("api-walk");
    let desk = site.token("helpdesk", "agent");
    let found = site
        .call(&desk, "GET /api/v1/find?q=no+light", None)
        .is(200);
    assert_eq!(found.at("/trees/0/tree"), "lamp");
    let begun = start(
        &site,
        &desk,
        json!({"tree": "lamp", "ticket": "INC-1", "words": "it is dark"}),
    );
    assert_eq!(begun.at("/view"), "agent");
    assert_eq!(begun.at("/prompt/say"), "Let us look at the plug together.");
    assert_eq!(begun.at("/steps_left"), json!({"fewest": 2, "most": 4}));
    let case = case(&begun);
    assert_eq!(begun.header("location"), format!("/api/v1/cases/{case}"));
    let act = |act: &str, body: Value| {
        site.call(
            &desk,
            &format!("POST /api/v1/cases/{case}/{act}"),
            Some(&body),
        )
    };
    let replied = act(
        "reply",
        json!({"seq": 1, "step": "plugged", "reply": {"answer": "no"}}),
    );
    assert_eq!(replied.clone().is(200).at("/prompt/step"), "plug_it_in");
    let back = act("back", json!({"seq": 2})).is(200);
    assert_eq!(back.at("/prompt/suggestion/shown"), "no");
    let other = act(
        "reply",
        json!({"seq": 3, "step": "plugged", "reply": {"answer": true}}),
    );
    assert_eq!(other.is(200).at("/prompt/step"), "bulb");
    act("remark", json!({"seq": 4, "text": "old lamp"})).is(200);
    let parked = act("park", json!({"seq": 5, "until": "2031-05-05T08:00:00Z"})).is(200);
    assert_eq!(parked.at("/status"), "parked");
    assert_eq!(parked.at("/prompt"), Value::Null);
    act("resume", json!({"seq": 6})).is(200);
    let end = act(
        "reply",
        json!({"seq": 7, "step": "bulb", "reply": {"answer": 100}}),
    );
    assert_eq!(end.is(200).at("/prompt/kind"), "solved");
    let solved =
        json!({"seq": 8, "step": "bulb.answers.otherwise.solved", "reply": {"answer": "yes"}});
    let end = act("reply", solved).is(200);
    assert_eq!(end.at("/prompt/kind"), "end", "{}", end.text);
    let closed = act("close", json!({"seq": 9})).is(200);
    assert_eq!(closed.at("/status"), "closed");
    assert_eq!(closed.at("/outcome"), "resolved");
    assert_eq!(closed.at("/confirmed"), true);
}

#[test]
fn the_same_again_changes_nothing_and_another_is_told_where_the_case_stands() {
    let site = lamp("api-again");
    let desk = site.token("helpdesk", "agent");
    let body = json!({"id": "ticket 7", "tree": "lamp"});
    let begun = start(&site, &desk, body.clone());
    let again = site.call(&desk, "POST /api/v1/cases", Some(&body)).is(200);
    assert_eq!(case(&again), case(&begun));
    let differs = json!({"id": "ticket 7", "tree": "inside"});
    let differs = site
        .call(&desk, "POST /api/v1/cases", Some(&differs))
        .is(409);
    assert_eq!(differs.at("/type"), "urn:fixpath:problem:id-used");
    // The same id of another program is another case.
    let other = site.token("phone", "agent");
    assert_ne!(case(&start(&site, &other, body)), case(&begun));

    let act = |act: &str, body: Value| {
        let path = format!("POST /api/v1/cases/{}/{act}", case(&begun));
        site.call(&desk, &path, Some(&body))
    };
    let reply = json!({"seq": 1, "step": "plugged", "reply": {"answer": "yes"}});
    let first = act("reply", reply.clone()).is(200);
    // As a form would write it, and as the machine would: the same answer.
    assert_eq!(act("reply", reply.clone()).is(200).json, first.json);
    let typed = json!({"seq": 1, "step": "plugged", "reply": {"answer": true}});
    assert_eq!(act("reply", typed).is(200).json, first.json);
    let other = json!({"seq": 1, "step": "plugged", "reply": {"answer": "no"}});
    let moved = act("reply", other).is(409);
    assert_eq!(moved.at("/type"), "urn:fixpath:problem:moved");
    assert_eq!(moved.at("/seq"), 2);
    assert_eq!(moved.at("/step"), "bulb");
    assert_eq!(moved.at("/case"), first.json);
    let elsewhere = json!({"seq": 2, "step": "plugged", "reply": {"answer": "no"}});
    act("reply", elsewhere).is(409);
    let remark = json!({"seq": 2, "text": "brown cable"});
    act("remark", remark.clone()).is(200);
    assert_eq!(act("remark", remark).is(200).at("/seq"), 3);
    act("remark", json!({"seq": 2, "text": "blue cable"})).is(409);
}

#[test]
fn what_does_not_fit_says_what_would() {
    let site = lamp("api-unfit");
    let desk = site.token("helpdesk", "agent");
    let begun = start(&site, &desk, json!({"tree": "lamp"}));
    let path = format!("POST /api/v1/cases/{}/reply", case(&begun));
    let reply = |reply: Value| {
        let body = json!({"seq": 1, "step": "plugged", "reply": reply});
        site.call(&desk, &path, Some(&body)).is(422)
    };
    let unfit = reply(json!({"answer": "maybe"}));
    assert_eq!(unfit.at("/type"), "urn:fixpath:problem:refused");
    assert_eq!(unfit.at("/expected"), "yes or no");
    assert_eq!(unfit.at("/step"), "plugged");
    let unfit = reply(json!("done"));
    assert_eq!(unfit.at("/expected"), "answer, unsure, person");
    let unfit = reply(json!("perhaps"));
    assert_eq!(unfit.at("/type"), "urn:fixpath:problem:unfit");
    let nowhere = json!({"tree": "nowhere"});
    site.call(&desk, "POST /api/v1/cases", Some(&nowhere))
        .is(422);
    let fact = json!({"tree": "lamp", "facts": {"colour": "red"}});
    site.call(&desk, "POST /api/v1/cases", Some(&fact)).is(422);
    let unknown = json!({"tree": "lamp", "colour": "red"});
    let unknown = site
        .call(&desk, "POST /api/v1/cases", Some(&unknown))
        .is(422);
    assert!(
        unknown.text.contains("unknown field `colour`"),
        "{}",
        unknown.text
    );
}

#[test]
fn every_trouble_is_a_problem() {
    let site = lamp("api-problems");
    let desk = format!("Bearer {}", site.token("helpdesk", "agent"));
    let json = |text: &str| Some(("application/json", text.to_owned()));
    let large = format!("{{\"tree\":\"{}\"}}", "x".repeat(80_000));
    let troubles = [
        (404, "GET /api/v1/nothing", None),
        (404, "GET /api/v2", None),
        (404, "GET /api/v1/cases/k3m9-x7p2-4qda", None),
        (404, "GET /api/v1/cases/%00", None),
        (405, "DELETE /api/v1/cases", None),
        (400, "GET /api/v1/cases/%ff", None),
        (400, "GET /api/v1/find", None),
        (400, "GET /api/v1/find?q=a&colour=red", None),
        (400, "POST /api/v1/cases", json("{\"tree\":")),
        (413, "POST /api/v1/cases", json(&large)),
        (
            415,
            "POST /api/v1/cases",
            Some(("text/plain", "lamp".to_owned())),
        ),
        (422, "POST /api/v1/cases", json("[]")),
    ];
    for (status, request, body) in troubles {
        let answer = site.call_with(&desk, request, body).is(status);
        let kind = answer.header("content-type");
        assert_eq!(kind, "application/problem+json", "{request}");
        assert_eq!(answer.at("/status"), status, "{request}");
        assert!(!answer.text_at("/detail").is_empty(), "{request}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[test]
fn only_a_good_token_comes_in_and_only_where_its_roles_lead() {
    let site = lamp("api-tokens");
    let agent = site.token("desk", "agent");
    let author = site.token("writer", "author");
    let challenge = |authorization: &str, request: &str| {
        let answer = site.call_with(authorization, request, None);
        let challenge = answer.header("www-authenticate").to_owned();
        (answer.status, challenge)
    };
    let trees = "GET /api/v1/trees";
    let realm = "Bearer realm=\"fixpath\"";
    assert_eq!(challenge("", trees), (401, realm.to_owned()));
    let invalid = (401, format!("{realm}, error=\"invalid_token\""));
    for wrong in ["Bearer fxp_0000", "Bearer ", "Basic YWRhOmFkYQ==", &agent] {
        assert_eq!(challenge(wrong, trees), invalid, "{wrong}");
    }
    assert_eq!(challenge(&format!("bearer {agent}"), trees).0, 200);
    let lacks = format!("{realm}, error=\"insufficient_scope\", scope=\"customer agent\"");
    let case = "GET /api/v1/cases/k3m9-x7p2-4qda";
    assert_eq!(challenge(&format!("Bearer {author}"), case), (403, lacks));
    assert_eq!(challenge(&format!("Bearer {author}"), trees).0, 200);
    site.folder.run("token remove desk").succeeds();
    assert_eq!(challenge(&format!("Bearer {agent}"), trees), invalid);
}

#[test]
fn a_customers_program_sees_its_cases_only_and_hands_them_over() {
    let site = lamp("api-customer");
    let (bot, desk) = (site.token("bot", "customer"), site.token("desk", "agent"));
    let trees = site.call(&bot, "GET /api/v1/trees", None).is(200);
    assert_eq!(trees.at("/trees/0/tree"), "lamp");
    assert_eq!(trees.at("/trees/1"), Value::Null, "one tree is for agents");
    let inside = json!({"tree": "inside"});
    let inside = site.call(&bot, "POST /api/v1/cases", Some(&inside)).is(422);
    let nowhere = json!({"tree": "nowhere"});
    let nowhere = site
        .call(&bot, "POST /api/v1/cases", Some(&nowhere))
        .is(422);
    assert_eq!(
        inside.text_at("/detail").replace("inside", "nowhere"),
        nowhere.text_at("/detail"),
    );
    let agents = json!({"tree": "lamp", "audience": "agent"});
    site.call(&bot, "POST /api/v1/cases", Some(&agents)).is(403);

    let begun = start(&site, &bot, json!({"tree": "lamp", "channel": "chat"}));
    assert_eq!(begun.at("/view"), "customer");
    assert_eq!(begun.at("/prompt/say"), Value::Null);
    let address = case(&begun);
    let page = site.get(&begun.text_at("/page"));
    assert_eq!(page.heading(), "Is the lamp plugged in?");
    let act = |act: &str, body: Value| {
        site.call(
            &bot,
            &format!("POST /api/v1/cases/{address}/{act}"),
            Some(&body),
        )
    };
    act("hand-over", json!({"seq": 1})).is(403);
    act("take", json!({"seq": 1})).is(403);
    act(
        "reply",
        json!({"seq": 1, "step": "plugged", "reply": {"answer": "yes"}}),
    )
    .is(200);
    act(
        "reply",
        json!({"seq": 2, "step": "bulb", "reply": {"answer": 40}}),
    )
    .is(200);
    act("hand-over", json!({"seq": 3, "team": "finance"})).is(403);
    let handed_over = act("hand-over", json!({"seq": 3})).is(200);
    assert_eq!(handed_over.at("/status"), "handed_over");
    let again = act("hand-over", json!({"seq": 3})).is(200);
    assert_eq!(
        again.at("/code"),
        handed_over.at("/code"),
        "the same code again"
    );

    // Its name alone opens nothing for a customer's program, and an agent's case is not there for it.
    let (name, _) = address.split_once('-').unwrap();
    site.call(&bot, &format!("GET /api/v1/cases/{name}"), None)
        .is(404);
    let theirs = case(&start(&site, &desk, json!({"tree": "lamp"})));
    site.call(&bot, &format!("GET /api/v1/cases/{theirs}"), None)
        .is(404);

    let take = format!("POST /api/v1/cases/{name}/take");
    let taken = site
        .call(&desk, &take, Some(&json!({"seq": 4, "by": "ada"})))
        .is(200);
    assert_eq!(taken.at("/prompt/note"), "They break every winter.");
    let seen = site
        .call(&bot, &format!("GET /api/v1/cases/{address}"), None)
        .is(200);
    assert_eq!(seen.at("/with_an_agent"), true);
    assert_eq!(seen.at("/prompt"), Value::Null);
    act("remark", json!({"seq": 5, "text": "hello?"})).is(403);
}

#[test]
fn whether_it_is_well_is_told_to_everybody() {
    let site = lamp("api-health");
    assert_eq!(site.get("/healthz").text, "ok\n");
    assert_eq!(site.get("/readyz").text, "ready\n");
}
