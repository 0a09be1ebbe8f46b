//! A token for customers never gets a text for agents: not by any walk through any shipped tree, and not by the types of
//! which its answers are made.

use std::collections::BTreeSet;

use fixpath::condition::Text;
use fixpath::tree::{AgentText, Audience, End, Library, StepKind};
use serde_json::{Value, json};

use crate::support::{Answer, Dice, Files, Folder, Site, shipped};

/// Shorter pieces say too little to be looked for.
const SHORTEST: usize = 18;

/// What agents read in the library and nobody else does: the pieces between the facts in it.
fn for_agents(library: &Library) -> Vec<String> {
    let mut texts: Vec<&AgentText> = Vec::new();
    let mut public = String::new();
    for team in &library.teams {
        texts.extend(
            [&team.tier, &team.contact, &team.hours]
                .into_iter()
                .flatten(),
        );
    }
    texts.extend(
        library
            .incidents
            .iter()
            .filter_map(|incident| incident.say.as_ref()),
    );
    for tree in &library.trees {
        texts.extend(&tree.about.owner);
        for (_, step) in tree.steps() {
            let shown = step.shown.iter();
            texts.extend(shown.flat_map(|shown| [&shown.say, &shown.note]).flatten());
            if let StepKind::End(end) = &step.kind
                && let End::Escalate { reason, .. } = &**end
            {
                texts.extend(reason);
            }
            for text in [&step.ask, &step.instruction].into_iter().flatten() {
                public.push_str(text.0.source());
            }
            for text in step.shown.iter().filter_map(|shown| shown.help.as_ref()) {
                public.push_str(text.0.source());
            }
        }
    }
    let pieces = texts.iter().flat_map(|text| pieces(text.for_agents()));
    let pieces: BTreeSet<String> = pieces.filter(|piece| !public.contains(piece)).collect();
    pieces.into_iter().collect()
}

fn pieces(text: &Text) -> Vec<String> {
    let source: &str = text.source();
    let pieces = source.split(['$', '\n']).map(|piece| {
        let piece = match piece.strip_prefix('{') {
            Some(hole) => hole.split_once('}').map_or("", |(_, rest)| rest),
            None => piece,
        };
        piece.trim().to_owned()
    });
    pieces.filter(|piece| piece.len() >= SHORTEST).collect()
}

/// All texts of an answer, as they are read.
fn texts(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(fields) => fields.values().for_each(|item| texts(item, into)),
        _ => {}
    }
}

struct Secrets(Vec<String>);

impl Secrets {
    #[track_caller]
    fn are_not_in(&self, answer: &Answer, how: &str) {
        let mut all = vec![answer.text.clone()];
        texts(&answer.json, &mut all);
        all.extend(answer.headers.iter().map(|(_, value)| value.clone()));
        for text in &all {
            let found = self.0.iter().find(|secret| text.contains(*secret));
            assert!(found.is_none(), "{how}: {found:?} is for agents: {text}");
        }
    }
}

/// A reply that the prompt takes.
fn reply(prompt: &Value, dice: &mut Dice<'_>) -> Option<Value> {
    let kinds = [
        "answer", "answer", "answer", "answer", "done", "done", "tried", "cannot", "unsure", "none",
    ];
    let taken = |kind: &&str| prompt["replies"][*kind] == true;
    let kinds: Vec<&str> = kinds.into_iter().filter(taken).collect();
    let kind = *kinds.get(dice.roll(kinds.len()))?;
    if kind != "answer" {
        return Some(json!(kind));
    }
    let answers = &prompt["answers"];
    let keys = |name: &str| -> Vec<Value> {
        let choices = answers[name].as_array().into_iter().flatten();
        choices.map(|choice| choice["key"].clone()).collect()
    };
    let picked = |keys: Vec<Value>, dice: &mut Dice<'_>| keys[dice.roll(keys.len())].clone();
    let value = match answers["type"].as_str()? {
        "yes_no" | "choice" => picked(keys("choices"), dice),
        "many" => json!([picked(keys("choices"), dice)]),
        "number" => {
            let (min, max) = (answers["min"].as_f64(), answers["max"].as_f64());
            let numbers = [min.or(max).unwrap_or(7.0), max.or(min).unwrap_or(7.0)];
            json!(numbers[dice.roll(2)])
        }
        "date" => answers["max"]
            .as_str()
            .or(answers["min"].as_str())
            .unwrap_or("2026-11-20")
            .into(),
        _ => answers["example"].as_str().unwrap_or("seven").into(),
    };
    Some(json!({"answer": value}))
}

#[test]
fn no_walk_through_the_shipped_trees_tells_a_customer_what_is_for_agents() {
    let mut files = Files::new();
    let mut folder = Folder::new("api-safe").keeping();
    for (path, text) in shipped().iter() {
        files = files.file(path, text);
        folder = folder.file(&format!("trees/{path}"), text);
    }
    let library = files.compile().into_library();
    let secrets = Secrets(for_agents(&library));
    assert!(secrets.0.len() > 200, "{} texts", secrets.0.len());
    let site = Site::of(folder, "--library trees --rate 0 --log none");
    let bot = site.token("bot", "customer");
    let get = |path: &str| {
        let answer = site.call(&bot, &format!("GET {path}"), None);
        secrets.are_not_in(&answer, path);
        answer
    };
    get("/api/v1/trees");
    let numbers = (0..30_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 17) as u8);
    let numbers: Vec<u8> = numbers.collect();
    let mut dice = Dice::new(&numbers);
    let (mut prompts, mut ends) = (0, 0);
    for tree in &library.trees {
        let name = tree.name.replace('/', "%2F");
        let is_public = tree.about.audience != Some(Audience::Agent);
        for format in ["json", "svg"] {
            let picture = get(&format!("/api/v1/picture?tree={name}&format={format}"));
            assert_eq!(picture.status == 200, is_public, "{name}: {}", picture.text);
        }
        get(&format!("/api/v1/find?q={}", name.replace("%2F", "+")));
        for _ in 0..if is_public { 2 } else { 0 } {
            let body = json!({"tree": *tree.name});
            let mut case = site.call(&bot, "POST /api/v1/cases", Some(&body)).is(201);
            let path = format!("/api/v1/cases/{}", case.text_at("/case"));
            for _ in 0..25 {
                secrets.are_not_in(&case, &name);
                let prompt = case.at("/prompt");
                prompts += 1;
                let Some(reply) = reply(&prompt, &mut dice) else {
                    ends += 1;
                    break;
                };
                let body = json!({"seq": prompt["seq"], "step": prompt["step"], "reply": reply});
                let replied = site.call(&bot, &format!("POST {path}/reply"), Some(&body));
                secrets.are_not_in(&replied, &name);
                if replied.status == 200 {
                    case = replied;
                }
            }
            for what in [
                "",
                "/trail",
                "/public-note",
                "/public-note?format=text",
                "/public-note?format=markdown",
                "/public-note?format=email",
                "/public-note?format=chat",
            ] {
                assert_eq!(get(&format!("{path}{what}")).status, 200);
            }
            for what in ["/note", "/events"] {
                assert_eq!(get(&format!("{path}{what}")).status, 403);
            }
            let over = json!({"seq": case.at("/seq")});
            let over = site.call(&bot, &format!("POST {path}/hand-over"), Some(&over));
            secrets.are_not_in(&over, &name);
        }
    }
    assert!(prompts > 250 && ends > 15, "{prompts} prompts, {ends} ends");
}

/// The schemas that are to be found in one, by their names.
fn reached(document: &Value, from: &str) -> BTreeSet<String> {
    fn references(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| references(item, into)),
            Value::Object(fields) => {
                for (name, item) in fields {
                    match item.as_str().filter(|_| name == "$ref") {
                        Some(to) => into.push(to.rsplit('/').next().unwrap().to_owned()),
                        None => references(item, into),
                    }
                }
            }
            _ => {}
        }
    }
    let mut reached = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(name) = open.pop() {
        let schema = &document["components"]["schemas"][&name];
        assert!(schema.is_object(), "there is a schema {name}");
        if reached.insert(name) {
            references(schema, &mut open);
        }
    }
    reached
}

#[test]
fn what_a_customer_gets_is_made_of_types_that_hold_no_text_for_agents() {
    let site = Site::new("api-types");
    let document = site.call("", "GET /api/v1/openapi.json", None).is(200).json;
    let agents = [
        "AgentMarkdown",
        "AgentView",
        "EscalationView",
        "AgentIncidentView",
        "AgentCase",
        "Note",
        "Event",
    ];
    for public in [
        "CustomerCase",
        "Trail",
        "PublicNote",
        "PublicNoteAnswer",
        "Trees",
        "Found",
        "Picture",
    ] {
        let reached = reached(&document, public);
        for agent in agents {
            assert!(!reached.contains(agent), "{public} can hold {agent}");
        }
    }
    assert!(reached(&document, "AgentCase").contains("AgentMarkdown"));
}

#[test]
fn a_case_that_is_asked_for_too_often_is_a_problem_that_says_when_to_come_again() {
    let folder = Folder::new("api-often").keeping();
    let site = Site::of(folder, "--rate 1 --trust-proxy 127.0.0.1 --log none");
    let token = format!("Bearer {}", site.token("desk", "agent"));
    // Each request comes from somebody else, so that only the case's own limit is met.
    let mut senders = (1..=250).map(|last| format!("192.0.2.{last}"));
    let mut get = |path: &str| {
        let sender = senders.next().unwrap();
        let headers = [
            ("authorization", token.as_str()),
            ("x-forwarded-for", sender.as_str()),
        ];
        site.send_once(None, path, &[], &headers)
    };
    let begin = || {
        let tree = json!({"tree": "network/wifi"});
        let begun = site.call_with(
            &token,
            "POST /api/v1/cases",
            Some(("application/json", tree.to_string())),
        );
        format!("/api/v1/cases/{}", begun.is(201).text_at("/case"))
    };
    let (case, other) = (begin(), begin());
    let refused = loop {
        let page = get(&case);
        if page.status != 200 {
            break page;
        }
    };
    assert_eq!(refused.status, 429, "{}", refused.text);
    assert_eq!(
        refused.header("content-type"),
        Some("application/problem+json")
    );
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!(wait >= 1);
    let problem: Value = serde_json::from_str(&refused.text).unwrap();
    assert_eq!(problem["type"], "urn:fixpath:problem:too-many");
    assert_eq!(get(&other).status, 200);
    let document = site.call("", "GET /api/v1/openapi.json", None).is(200).json;
    let get = &document["paths"]["/api/v1/cases/{case}"]["get"];
    let header = &get["responses"]["429"]["headers"]["Retry-After"];
    assert_eq!(header["schema"]["type"], "integer", "{header}");
}
