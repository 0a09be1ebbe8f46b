//! Hooks by the real program: what a walk sends, what `fixpath hooks` shows and does, and what `fixpath check` says.

use crate::support::Folder;
use crate::support::receiver::{Answer, Receiver};

const GOOD: Answer = Answer::Status(200, "", "ok");

const SECRET: &str = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

const TREE: &str = "title: The router stays dark
stuck: {escalate: desk, reason: No light}
steps:
  light:
    ask: Is the light on?
    yes: {end: Goodbye}
    no: plug
  plug:
    do: Push the plug in.
    no: stuck
";

/// A library with a hook, and a store.
fn desk(name: &str, hooks: &str) -> Folder {
    let library = format!("teams: {{desk: {{name: Service desk}}}}\nhooks:\n{hooks}");
    Folder::new(&format!("hook-{name}"))
        .file("trees/fixpath.yaml", &library)
        .file("trees/router.yaml", TREE)
        .keeping()
}

fn to(receiver: &Receiver) -> String {
    format!("  desk: {{url: {}}}\n", receiver.url("/in"))
}

/// Walks to the hand-over.
fn hand_over(folder: &Folder, options: &str) {
    folder
        .run_with(&format!("run router --plain {options}"), "no\nno\n\n")
        .exits(3);
}

#[test]
fn a_walk_tells_of_its_end() {
    let receiver = Receiver::new(&[GOOD]);
    let folder = desk("end", &to(&receiver));
    hand_over(&folder, "--ticket INC-9");
    folder
        .run_with("run router --plain", "no\nyes\n\n")
        .exits(0);
    folder.run_with("run router --plain", "yes\n\n").exits(5);
    folder
        .run("hooks")
        .succeeds()
        .says("Nothing waits to be sent.");
    let posted = receiver.posted();
    let told: Vec<String> = posted
        .iter()
        .map(|one| {
            let message = one.json();
            let of = |name: &str| message["data"][name].to_string();
            format!("{} {} {}", message["type"], of("outcome"), of("ticket"))
        })
        .collect();
    assert_eq!(
        told,
        [
            "\"case.handed_over\" \"escalated\" \"INC-9\"",
            "\"case.closed\" \"resolved\" null",
            "\"case.closed\" \"ended\" null",
        ]
    );
}

#[test]
fn a_walk_waits_for_nobody_and_the_message_gets_through_later() {
    let receiver = Receiver::new(&[Answer::Stall, Answer::Status(500, "", "no"), GOOD]);
    let folder = desk("stalls", &to(&receiver));
    // It stalls for ever, so that the walk ends at all shows that it does not wait for an answer.
    let ran = folder.run_with("run router --plain", "no\nno\n\n").exits(3);
    ran.says("A message to another system is still on its way");
    folder
        .run("hooks")
        .succeeds()
        .says(" desk ")
        .says("on its way; its sender has not said yet what came of it");
    folder
        .run("hooks retry --all")
        .exits(1)
        .says("0 messages sent")
        .says("answered 500 Internal Server Error: no; next at ");
    folder
        .run("hooks")
        .succeeds()
        .says("answered 500 Internal Server Error: no");
    let case = receiver.posted()[0].json()["data"]["case"].clone();
    let case = case.as_str().unwrap();
    folder
        .run(&format!("hooks retry {case}"))
        .succeeds()
        .says("1 message sent");
    let ids = receiver.ids();
    assert_eq!(ids, vec![ids[0].clone(); 3]);
}

#[test]
fn each_message_that_does_not_get_through_is_said_in_a_line() {
    let gone = Receiver::new(&[Answer::Status(410, "", "no")]);
    let wrong = Receiver::new(&[Answer::Status(500, "", "no")]);
    let hooks = format!(
        "  one: {{url: {}}}\n  two: {{url: {}}}\n  three: {{url: \"${{NOT_THERE}}\"}}\n",
        gone.url("/in"),
        wrong.url("/in")
    );
    let folder = desk("lines", &hooks);
    let ran = folder.run_with("run router --plain", "no\nno\n\n").exits(3);
    let ran = ran
        .says("The message to one is given up: answered 410 Gone: no. When that is mended, `fixpath hooks retry ")
        .says("The message to two has not got through yet: answered 500 Internal Server Error: no. It is tried again")
        .says("The message to three has not got through yet: the environment variable NOT_THERE is not set.");
    assert_eq!(ran.err.matches("The message to").count(), 3, "{}", ran.err);
    // Only what this case has brought is said at its end.
    let ran = folder
        .run_with("run router --plain", "no\nyes\n\n")
        .exits(0);
    assert_eq!(ran.err.matches("The message to").count(), 3, "{}", ran.err);
}

#[test]
fn hooks_with_mistakes_are_named_in_a_row() {
    let wrong = "  one: {url: 5}\n  two: {url: \"http://127.0.0.1:9/\", on: handover}\n  three: {url: \"http://127.0.0.1:9/\", on: close}\n  four: {url: \"http://127.0.0.1:9/\", on: close}\n";
    let folder = desk("named", wrong);
    folder
        .run_with("run router --plain", "no\nno\n\n")
        .exits(3)
        .says("`two`, `three` and `four`");
}

#[test]
fn a_sender_that_is_killed_in_the_middle_makes_no_second_message() {
    let receiver = Receiver::new(&[Answer::HangUp, Answer::Stall, GOOD]);
    let folder = desk("killed", &to(&receiver));
    hand_over(&folder, "");
    let mut sender = folder.start("hooks retry --all");
    receiver.wait_for(2);
    sender.kill().unwrap();
    sender.wait().unwrap();
    folder.run("hooks send").succeeds().says("0 messages sent");
    folder
        .run("hooks retry --all")
        .succeeds()
        .says("1 message sent");
    folder.run("hooks send").succeeds().says("0 messages sent");
    let ids = receiver.ids();
    assert_eq!(ids, vec![ids[0].clone(); 3]);
}

#[test]
fn handing_over_by_command_tells_of_it_too() {
    let receiver = Receiver::new(&[GOOD]);
    let folder = desk("handover", &to(&receiver));
    let left = folder.run_with("run router --plain", "no\nq\n").exits(4);
    let case = left
        .err
        .split_once("Case ")
        .unwrap()
        .1
        .split(' ')
        .next()
        .unwrap()
        .to_owned();
    folder.run(&format!("handover {case} --to desk")).succeeds();
    let message = receiver.posted()[0].json();
    assert_eq!(message["type"], "case.handed_over");
    assert_eq!(message["data"]["case"], case.as_str());
    assert_eq!(message["data"]["team_name"], "Service desk");
}

#[test]
fn what_is_missing_in_the_environment_is_said() {
    let receiver = Receiver::new(&[GOOD]);
    let hook = format!(
        "  desk:\n    url: {}/${{DESK_PLACE}}\n    secret: DESK_SECRET\n",
        receiver.url("")
    );
    let folder = desk("missing", &hook);
    folder
        .run("hooks")
        .succeeds()
        .says("Nothing goes to desk from here: the environment variable DESK_PLACE is not set.");
    let ran = folder.run_with("run router --plain", "no\nno\n\n").exits(3);
    ran.says("the environment variable DESK_PLACE is not set");
    let folder = folder.variable("DESK_PLACE", "in");
    folder
        .run("hooks send")
        .exits(1)
        .says("the environment variable DESK_SECRET is not set");
    let listed = folder.run("hooks --format json").succeeds();
    let listed: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    assert_eq!(listed["messages"][0]["state"], "held");
    assert_eq!(listed["messages"][0]["attempts"], 0);
    assert_eq!(
        listed["hooks"][0]["problem"],
        "the environment variable DESK_SECRET is not set"
    );
    let folder = folder.variable("DESK_SECRET", SECRET);
    folder.run("hooks send").succeeds().says("1 message sent");
    assert!(
        receiver.posted()[0]
            .header("webhook-signature")
            .starts_with("v1,")
    );
}

#[test]
fn an_address_for_one_walk() {
    let receiver = Receiver::new(&[GOOD]);
    let folder = Folder::new("hook-one")
        .file("trees/router.yaml", TREE)
        .keeping();
    let url = receiver.url("/once");
    hand_over(&folder, &format!("--hook {url}"));
    hand_over(&folder, "");
    assert_eq!(receiver.posted().len(), 1);
    assert_eq!(receiver.posted()[0].path, "/once");
    assert_eq!(receiver.posted()[0].header("webhook-signature"), "");
    folder
        .run("run router --plain --hook mailto:a@b.example")
        .exits(2)
        .says("begin the address with `https://` or `http://`");
    folder
        .run(&format!("run router --plain --no-store --hook {url}"))
        .exits(2)
        .says("--hook needs a store");
}

#[test]
fn what_another_library_left_is_shown_and_can_be_dropped() {
    let receiver = Receiver::new(&[Answer::HangUp]);
    let folder = desk("else", &to(&receiver));
    hand_over(&folder, "");
    let folder = folder.file("trees/fixpath.yaml", "name: Desk\n");
    folder
        .run("hooks")
        .succeeds()
        .says("this library has no hook `desk` to ");
    folder.run("hooks send").succeeds().says("0 messages sent");
    folder
        .run("hooks drop nothing")
        .exits(2)
        .says("no message \"nothing\" waits");
    folder.run("hooks drop").exits(2).says("--all");
    folder
        .run("hooks drop --all")
        .succeeds()
        .says("1 message forgotten");
    folder
        .run("hooks")
        .succeeds()
        .says("Nothing waits to be sent.");
}

/// What `fixpath check` says of a library file's hooks, with a template beside it.
fn checked(name: &str, hooks: &str, template: &str) -> Vec<String> {
    let folder = desk(&format!("check-{name}"), hooks).file("trees/hooks/t.json.j2", template);
    let ran = folder.run("check --format concise");
    let lines = ran
        .out
        .lines()
        .filter(|line| line.contains(": error") || line.contains("error["));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_wrong_template_is_a_finding_at_its_line() {
    let hook = "  desk: {url: https://x.example/in, template: hooks/t.json.j2}\n";
    for (name, template, line, says) in [
        (
            "good",
            "{\"a\": {{ data.text }},\n \"b\": [{% for step in data.note.steps %}{{ step.what ~ step.came }}{% if not loop.last %},{% endif %}{% endfor %}]}",
            0,
            "",
        ),
        (
            "undefined",
            "{\n\"a\": {{ data.summry }}}",
            2,
            "a message has no `data.summry`",
        ),
        (
            "sometimes",
            "{\"a\": {{ data.note.problem.ticket }}}",
            1,
            "a message has no `data.note.problem.ticket`",
        ),
        (
            "quoted",
            "{\n\n\"a\": \"{{ data.text }}\"}",
            3,
            "the template makes no JSON",
        ),
        ("comma", "{\n\"a\": 1,\n}", 3, "the template makes no JSON"),
        (
            "syntax",
            "{\n{% if data.text %}\n}",
            2,
            "unexpected end of input",
        ),
        (
            "dropped",
            "{\"a\": {{ data.type == \"x\" && 1 }}}",
            1,
            "write `and`",
        ),
        (
            "filter",
            "{\"a\": {{ data.text | nofilter }}}",
            1,
            "nofilter",
        ),
        (
            "endless",
            "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}",
            1,
            "takes too long",
        ),
        (
            "deep",
            &format!("{{{{ {}1 }}}}", "-".repeat(30_000)),
            1,
            "too much stands in one pair of brackets",
        ),
        (
            "brackets",
            &format!("{{{{ {}1 }}}}", "(".repeat(30_000)),
            1,
            "too much stands in one pair of brackets",
        ),
    ] {
        let found = checked(name, hook, template);
        if line == 0 {
            assert_eq!(found, [""; 0], "{name}");
            continue;
        }
        let place = format!("trees/hooks/t.json.j2:{line}:");
        let [one] = found.as_slice() else {
            panic!("{name}: {found:#?}");
        };
        assert!(one.starts_with(&place), "{name}: {one}");
        assert!(
            one.contains(says) && one.contains("bad-template"),
            "{name}: {one}"
        );
    }
}

#[test]
fn hooks_that_cannot_work_or_tell_a_secret_are_findings() {
    for (name, hook, says) in [
        (
            "named",
            "  desk: {url: https://x.example/in, on: [close]}\n",
            "",
        ),
        (
            "listed",
            "  - url: https://x.example/${PLACE}\n  - url: ${CHAT_URL}\n",
            "",
        ),
        (
            "secret",
            "  a: {url: https://x.example, secret: whsec_MDEyMzQ1}\n",
            "a secret must not stand in the file",
        ),
        (
            "words",
            "  a: {url: https://x.example, secret: my dear secret}\n",
            "a secret must not stand in the file",
        ),
        (
            "token",
            "  a:\n    url: https://x.example\n    headers: {Authorization: Bearer abc}\n",
            "a secret must not stand in the file",
        ),
        (
            "api-key",
            "  a:\n    url: https://x.example\n    headers: {X-Api-Key: abc}\n",
            "a secret must not stand in the file",
        ),
        (
            "filled",
            "  a:\n    url: https://x.example\n    headers: {Authorization: \"Bearer ${TOKEN}\"}\n",
            "",
        ),
        (
            "open",
            "  a:\n    url: https://x.example\n    headers: {Authorization: \"Bearer ${TOKEN\"}\n",
            "cannot be filled in",
        ),
        (
            "reserved",
            "  a: {url: https://x.example, headers: {Content-Type: text/xml}}\n",
            "written by fixpath itself",
        ),
        (
            "field",
            "  a: {url: https://x.example, headers: {\"X Y\": z}}\n",
            "a header field cannot be called `X Y`",
        ),
        (
            "password",
            "  a: {url: \"https://me:pw@x.example/\"}\n",
            "nothing can be posted to",
        ),
        (
            "away",
            "  a: {url: https://x.example, template: ../secret.json.j2}\n",
            "there is no file `../secret.json.j2`",
        ),
        (
            "absolute",
            "  a: {url: https://x.example, template: /etc/passwd}\n",
            "there is no file `/etc/passwd`",
        ),
        (
            "ending",
            "  a: {url: https://x.example, template: fixpath.yaml}\n",
            "there is no file `fixpath.yaml`",
        ),
        (
            "kind",
            "  a: {url: https://x.example, template: hooks/t.json.j2}\n",
            "",
        ),
    ] {
        let found = checked(name, hook, "{}");
        match says {
            "" => assert_eq!(found, [""; 0], "{name}"),
            says => {
                assert_eq!(found.len(), 1, "{name}: {found:#?}");
                assert!(found[0].contains(says), "{name}: {found:#?}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_leads_no_template_out_of_the_library() {
    let hook = "  a: {url: https://x.example, template: hooks/link.json.j2}\n";
    let folder = desk("link", hook)
        .file("outside.json.j2", "{}")
        .file("trees/hooks/x", "");
    let link = folder.path().join("trees/hooks/link.json.j2");
    std::os::unix::fs::symlink(folder.path().join("outside.json.j2"), link).unwrap();
    folder
        .run("check")
        .exits(1)
        .says("leads out of the library");
}
