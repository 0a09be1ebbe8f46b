//! What is written to the customer: an e-mail, and a text for a chat that ends where its limit is.

use crate::support::{Files, Start, Walk, minute};
use fixpath::handover::{CHAT_LIMIT, PublicNote};

fn start() -> Walk {
    let files = Files::split(
        r#"# file: fixpath.yaml
stuck: {escalate: network, reason: Nothing helped}
teams: {network: {name: Network operations, contact: ext. 4711}}
# file: example.yaml
title: Connected, but no internet
steps:
  restart:
    label: Restart the router
    do: |
      1. Unplug the router.
      2. Wait 30 seconds & plug it in.
    say: Please unplug the router now.
    note: Ask about the globe.
    no: cable
    yes: over
  cable:
    do: Check that the **cable** sits firmly.
    no: outage
    yes: over
  over: {fix: It works again, prevent: Leave the cable where it is.}
  outage:
    escalate: network
    reason: No usable line
    do: |
      - Our network team takes over.
      - Leave the router on.
"#,
    );
    Start::of(&files, "example")
        .ticket("INC-7", "no <b>net</b>")
        .begin()
}

fn note(walk: &Walk) -> PublicNote {
    PublicNote {
        case: Some("k3m9-x7p2-4qda".to_owned()),
        ..PublicNote::of(&walk.session)
    }
}

#[test]
fn an_email_says_what_was_done_and_what_is_next() {
    let mut walk = start().replies("restart: no, cable: no");
    walk.session.hand_over("network", minute(9)).unwrap();
    let mut note = note(&walk);
    note.code = Some("7kx9-m2pq".to_owned());
    let email = note.email();
    assert_eq!(email.subject, "INC-7: Connected, but no internet");
    let expected = "\
Connected, but no internet

Network operations takes over. You will not have to repeat any of this.

What is next:

Our network team takes over.
Leave the router on.

What we have done:

- Restart the router: done, did not help
- Check that the cable sits firmly: done, did not help

When you get in touch, name INC-7 (case k3m9-x7p2-4qda), or give the code 7kx9-m2pq.
";
    assert_eq!(email.body, expected);
    assert_eq!(
        email.text(),
        format!("Subject: INC-7: Connected, but no internet\n\n{expected}")
    );
    note.ticket = None;
    assert_eq!(
        note.email().subject,
        "Connected, but no internet (case k3m9-x7p2-4qda)"
    );
}

#[test]
fn an_email_in_the_middle_asks_what_is_asked() {
    let mut walk = start();
    let body = note(&walk).email().body;
    let next = "\
We are not done yet.

What is next:

Unplug the router.
Wait 30 seconds & plug it in.
Is the problem solved?

When you get in touch, name";
    assert!(body.contains(next), "{body}");
    walk.session.park(Some(minute(120)), minute(30)).unwrap();
    let body = note(&walk).email().body;
    let next = "What is next:\n\nWe go on with it on 2026-11-22, 01:00.\n";
    assert!(body.contains(next), "{body}");
    walk.session.resume(None, minute(31)).unwrap();
    let fixed = note(&walk.reply("restart", "yes"));
    let body = fixed.email().body;
    assert!(body.contains("\n\nThe problem is solved."), "{body}");
    assert!(body.contains("\nIf it comes back, name INC-7 "), "{body}");
}

#[test]
fn a_mail_program_opens_with_the_whole_email_or_not_at_all() {
    let email = note(&start()).email();
    let link = email.mailto().unwrap();
    let (_, query) = link.split_once("mailto:?").unwrap();
    assert!(!query.contains('+') && !query.contains(' '), "{query}");
    let read: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    assert_eq!(read[0], ("subject".to_owned(), email.subject.clone()));
    let body = email.body.replace('\n', "\r\n");
    assert_eq!(read[1], ("body".to_owned(), body));
    let mut long = note(&start());
    long.next = Some("Read all of this. ".repeat(150));
    assert_eq!(long.email().mailto(), None);
}

#[test]
fn a_chat_text_ends_with_a_whole_line_and_says_what_is_left_out() {
    let walk = start().replies("restart: no, cable: no");
    let note = note(&walk);
    let whole = "\
Connected, but no internet (INC-7)
Network operations takes over. You will not have to repeat any of this.
When you get in touch, name INC-7 (case k3m9-x7p2-4qda).
Our network team takes over.
Leave the router on.
- Restart the router: done, did not help
- Check that the cable sits firmly: done, did not help";
    assert_eq!(note.chat(CHAT_LIMIT), whole);
    let length = whole.chars().count();
    assert_eq!(note.chat(length), whole);
    assert!(
        note.chat(length - 1)
            .ends_with("- Restart the router: done, did not help\n… (left out: 1 step)"),
        "{}",
        note.chat(length - 1)
    );
    assert!(
        note.chat(200).ends_with("\n… (left out: 2 lines, 2 steps)"),
        "{}",
        note.chat(200)
    );
    for most in 1..=length {
        let text = note.chat(most);
        assert!(text.chars().count() <= most, "{most}: {text}");
        let (mut lines, mut all) = (text.lines().peekable(), whole.lines());
        while let Some(line) = lines.next() {
            let is_last = lines.peek().is_none() && text != whole;
            if is_last {
                assert!(line.starts_with('…'), "{most}: {text}");
            } else {
                assert_eq!(Some(line), all.next(), "{most}");
            }
        }
    }
}

#[test]
fn what_is_written_to_the_customer_has_nothing_for_agents() {
    let mut walk = start();
    let mut replies = "restart: no, cable: no".split(", ");
    loop {
        let note = note(&walk);
        let all = note.email().text() + &note.chat(10_000);
        for secret in ["globe", "router now", "No usable line", "4711", "<b>"] {
            assert!(!all.contains(secret), "{secret}: {all}");
        }
        let Some((step, word)) = replies.next().and_then(|reply| reply.split_once(": ")) else {
            break;
        };
        walk = walk.reply(step, word);
    }
}
