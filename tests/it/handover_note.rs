//! What the next team and the customer read.

use crate::support::{Files, Start, Walk, minute};
use fixpath::handover::{Note, PublicNote};
use fixpath::session::Source;

/// A desk with two trees, shared facts and a team.
fn desk() -> Files {
    Files::split(
        r#"# file: fixpath.yaml
stuck: {escalate: desk, reason: The caller could not go on with the script}
teams:
  desk: {name: Service desk}
  network: {name: Network operations, tier: 2, contact: ext. 4711, hours: 7 to 19}
facts:
  customer_number: {ask: What is your customer number?, text: {pattern: "[0-9]{4}", example: 1234}}
  room: {ask: Which room are you in?, text: {max: 20}}
  os: {ask: Which system is it?, answers: {windows: Windows 11, macos: macOS}}
  pin: {ask: What is your PIN?, text: {secret: true}}
# file: example.yaml
title: Connected, but no internet
steps:
  scope:
    ask: Does it fail on every device?
    yes: lights
    no: system
  lights:
    ask: Is the internet light on the router steady green?
    note: Ask about the globe.
    yes: pin
    no: restart
  restart:
    label: Restart the router
    do: |
      1. Unplug the router.
      2. Wait 30 seconds.
    say: Please unplug the router now.
    no: cable
  cable:
    do: Check that the **cable** sits firmly.
    no: outage
  system:
    fact: os
    answers: {windows: pin, macos: pin}
  pin:
    ask: What is the PIN?
    fact: pin
    next: words
  words:
    ask: What does the message say?
    text: {max: 100}
    next: dns
  dns:
    call: names
    returns: {works: fixed, fails: outage}
  fixed:
    fix: Set another name server
    prevent: Leave the name server as it is.
    cause: The old name server is gone
  outage:
    escalate: network
    reason: No usable line after a restart, message ${words}
    impact: high
    urgency: high
    needs: [customer_number, room]
    do: Our network team takes over.
# file: names.yaml
title: Names are not found
steps:
  ping:
    ask: Does ping answer?
    yes: works
    no: fails
  works: {return: works}
  fails: {return: fails}
"#,
    )
}

fn start() -> Walk {
    Start::of(&desk(), "example")
        .ticket("INC-7", "nothing <b>works</b>")
        .begin()
}

#[test]
fn an_escalation_tells_the_next_team_what_it_needs_first() {
    let mut walk = start()
        .reply("scope", "yes")
        .reply("lights", "no")
        .reply("restart", "no")
        .back(1)
        .reply("restart", "cannot")
        .reply("cable", "tried")
        .reply("outage.needs.customer_number", "4711")
        .reply("outage.needs.room", "unsure");
    walk.session
        .note("caller is\x1b[31m in a hurry", minute(9))
        .unwrap();
    let expected = "\
To hand over to Network operations, priority 1
Reason: No usable line after a restart, message not known
Team: network, tier 2
Contact: ext. 4711
Hours: 7 to 19
Problem: Connected, but no internet (example)
Caller's words: “nothing <b>works</b>”
Ticket: INC-7
Walked: by an agent, by phone, 2026-11-21 23:00, 9 min

Missing for the next team
- Which room are you in? not known

What the next team needs
- What is your customer number? 4711

What was done
1. Does it fail on every device? yes
2. Is the internet light on the router steady green? no
3. Restart the router: cannot be done (claimed, not checked)
4. Check that the cable sits firmly: already tried, did not help (claimed, not checked)

Done before going back
- Restart the router: done, did not help

Log
- 23:09: caller is␛[31m in a hurry
";
    assert_eq!(Note::of(&walk.session).text(), expected);
    walk.session.hand_over("network", minute(10)).unwrap();
    let text = Note::of(&walk.session).text();
    assert!(
        text.starts_with("Handed over to Network operations, priority 1\n"),
        "{text}"
    );
    walk.session.take(Some("kim"), None, minute(90)).unwrap();
    let text = Note::of(&walk.session).text();
    let log = "\n- 23:10: handed over to Network operations\n- 2026-11-22 00:30: taken by kim\n";
    assert!(text.ends_with(log), "{text}");
    assert!(
        text.contains(", 10 min, and 1 h 20 min put aside\n"),
        "{text}"
    );
}

#[test]
fn the_note_tells_from_where_on_another_agent_answered() {
    let mut walk = start().reply("scope", "yes");
    // Whoever walks it already, or has no name, takes nothing over.
    walk.session.walk_on(None, minute(2)).unwrap();
    assert!(Note::of(&walk.session).log.is_empty());
    for agent in ["kim", "kim", "ada"] {
        walk.session.walk_on(Some(agent), minute(3)).unwrap();
    }
    let log = Note::of(&walk.session).log;
    let taken: Vec<&str> = log.iter().map(|line| &*line.text).collect();
    assert_eq!(taken, ["taken by kim", "taken by ada"]);
}

#[test]
fn the_note_tells_what_was_left_out_and_what_was_only_said() {
    let walk = Walk::tree(
        "\
title: Lamp
steps:
  light:
    ask: Which light is it?
    answers: [desk, ceiling]
    next: ways
  ways:
    try:
      bulb:
        do: Change the bulb
      socket:
        if: Is the socket warm?
        do: Cool the socket
      ladder:
        when: light == \"ceiling\"
        do: Take the ladder
      fuse:
        do: Change the fuse
      switch:
        do: Change the switch
    no: dust
  dust:
    do: Wipe the dust off.
    next: done
  done:
    fix: It was dusty
    no: stuck
stuck: {escalate: field, reason: Still dark}
",
    );
    let walk = walk.replies("light: desk, bulb: no, socket.if: no, fuse: no");
    let came = |walk: &Walk| -> Vec<String> {
        let steps = Note::of(&walk.session).steps.into_iter();
        steps
            .map(|step| format!("{}: {} [{}]", step.what, step.came, step.reply))
            .collect()
    };
    let skipped = "skipped, as it does not apply here [skipped]";
    let mut expected = vec![
        "Which light is it?: desk [answered]".to_owned(),
        "Change the bulb: done, did not help [answered]".to_owned(),
        "Is the socket warm?: no [answered]".to_owned(),
        format!("Cool the socket: {skipped}"),
        format!("Take the ladder: {skipped}"),
        "Change the fuse: done, did not help [answered]".to_owned(),
    ];
    assert_eq!(came(&walk), expected, "what comes next is not left out");
    // What had no effect to tell of has only been done; and the fix that was offered did not help.
    let walk = walk.replies("switch: tried, dust: tried, done.solved: no");
    expected.extend([
        "Change the switch: already tried, did not help (claimed, not checked) [tried]".to_owned(),
        "Wipe the dust off.: already done (claimed, not checked) [tried]".to_owned(),
        "It was dusty: did not help [answered]".to_owned(),
    ]);
    assert_eq!(came(&walk), expected);
}

#[test]
fn what_the_next_team_needs_says_where_it_comes_from() {
    let walk = Start::of(&desk(), "example")
        .fact("room", "5.12")
        .begin()
        .replies("scope: yes, lights: no, restart: no, cable: no")
        .reply("outage.needs.customer_number", "4711");
    let text = Note::of(&walk.session).text();
    assert!(
        text.contains("- Which room are you in? 5.12 (known beforehand)\n"),
        "{text}"
    );
    assert!(
        text.contains("- What is your customer number? 4711\n"),
        "{text}"
    );
}

#[test]
fn time_put_aside_is_not_time_walked() {
    let mut walk = start().reply("scope", "yes");
    walk.session.park(None, minute(10)).unwrap();
    walk.session.note("rang back", minute(60)).unwrap();
    let times = Note::of(&walk.session).times;
    assert_eq!((times.seconds, times.waited), (600, 3000));
    walk.session.resume(Some("kim"), minute(70)).unwrap();
    walk.session.note("on the phone", minute(75)).unwrap();
    let times = Note::of(&walk.session).times;
    assert_eq!((times.seconds, times.waited), (900, 3600));
}

#[test]
fn markdown_shows_what_was_typed_as_it_was_typed() {
    let walk = start()
        .reply("scope", "no")
        .reply("system", "windows")
        .reply("pin", "hunter2");
    let walk = walk
        .reply("words", "# *no* <script>")
        .reply("names:ping", "yes");
    let expected = "\
# Not finished

- **Stands at:** Is the problem solved?
- **Problem:** Connected, but no internet (example)
- **Caller's words:** “nothing \\<b\\>works\\</b\\>”
- **Ticket:** INC-7
- **Walked:** by an agent, by phone, 2026-11-21 23:00, 5 min

## Known

- Which system is it? **Windows 11**
- What is your PIN? **••••••**

## What was done

1. Does it fail on every device? **no**
2. Which system is it? **Windows 11**
3. What is the PIN? **••••••**
4. What does the message say? **\\# \\*no\\* \\<script\\>**
5. \\[Names are not found\\] Does ping answer? **yes**
";
    assert_eq!(Note::of(&walk.session).markdown(), expected);
    let json = serde_json::to_string(&Note::of(&walk.session)).unwrap();
    let events = serde_json::to_string(walk.session.events()).unwrap();
    for kept in [json, events, Note::of(&walk.session).text()] {
        assert!(!kept.contains("hunter2"), "{kept}");
    }
}

#[test]
fn the_customers_note_has_nothing_for_agents() {
    let walk = start()
        .replies("scope: yes, lights: no, restart: no, cable: no")
        .reply("outage.needs.customer_number", "4711")
        .reply("outage.needs.room", "5.12");
    let expected = "\
Connected, but no internet (INC-7)

Network operations takes over. You will not have to repeat any of this.

Our network team takes over.

What we have done:

- Restart the router: done, did not help
- Check that the cable sits firmly: done, did not help
";
    assert_eq!(PublicNote::of(&walk.session).text(), expected);
    let all = format!(
        "{}{}",
        PublicNote::of(&walk.session).markdown(),
        serde_json::to_string(&PublicNote::of(&walk.session)).unwrap()
    );
    for secret in [
        "globe",
        "unplug the router now",
        "No usable line",
        "ext. 4711",
        "tier",
    ] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
}

#[test]
fn a_fix_says_whether_somebody_confirmed_it() {
    let fixed = start().replies("scope: yes, lights: no, restart: yes");
    let note = Note::of(&fixed.session);
    assert!(
        note.text()
            .starts_with("Resolved: Restart the router\nProblem: "),
        "{}",
        note.text()
    );
    let text = PublicNote::of(&fixed.session).text();
    assert!(
        text.contains("The problem is solved. Restart the router\n"),
        "{text}"
    );

    let claimed = Start::of(&desk(), "example").fact("os", "macos").begin();
    let mut claimed =
        claimed.replies("scope: no, pin: 1, words: x, names:ping: yes, fixed.solved: unsure");
    claimed.session.close(minute(20)).unwrap();
    let expected = "\
Resolved, not confirmed: Set another name server
Cause: The old name server is gone
To keep it from coming back: Leave the name server as it is.
";
    let text = Note::of(&claimed.session).text();
    assert!(text.starts_with(expected), "{text}");
    assert!(
        text.contains("\n- Which system is it? macOS (known beforehand)\n"),
        "{text}"
    );
    let json = serde_json::to_value(Note::of(&claimed.session)).unwrap();
    assert_eq!(json["outcome"]["state"], "closed");
    assert_eq!(json["outcome"]["outcome"], "resolved");
    assert_eq!(json["steps"][1]["reply"], "known");
    assert_eq!(json["steps"][1]["source"], "prefilled");
}

#[test]
fn there_is_a_note_at_any_moment() {
    let mut walk = start();
    let mut replies = "scope: yes, lights: yes, pin: 1, words: x, names:ping: no".split(", ");
    loop {
        let note = Note::of(&walk.session);
        assert!(note.text().lines().count() > 3 && note.markdown().starts_with("# "));
        assert!(
            PublicNote::of(&walk.session)
                .text()
                .starts_with("Connected, but no internet (INC-7)\n")
        );
        let Some((step, word)) = replies.next().and_then(|reply| reply.rsplit_once(": ")) else {
            break;
        };
        walk = walk.reply(step, word);
    }
    walk.session.park(Some(minute(120)), minute(30)).unwrap();
    let text = Note::of(&walk.session).text();
    assert!(
        text.starts_with(
            "Parked until 2026-11-22 01:00\nStands at: What is your customer number?\n"
        ),
        "{text}"
    );
    assert_eq!(walk.prompt(), "parked");
}

#[test]
fn what_the_machine_said_is_told_apart() {
    let walk = Walk::tree(
        "title: T\nsteps:\n  a:\n    ask: Is it up?\n    run: {command: [ping, host], yes: exit == 0}\n    yes: b\n    no: b\n  b:\n    escalate: desk\n    reason: R\n",
    );
    let walk = walk.reply_from("a", "yes", Source::Probed).stands("b");
    let text = Note::of(&walk.session).text();
    assert!(text.contains("1. Is it up? yes (measured)\n"), "{text}");
}
