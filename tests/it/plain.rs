//! The plain runner, line by line: YAML and lines in, text and an ending out.

use std::io::Cursor;
use std::sync::Arc;

use fixpath::condition::Value;
use fixpath::load::search::SearchIndex;
use fixpath::session::{Event, Happening, Moment, Session, Started};
use fixpath::terminal::plain::{self, Options, Reader};
use fixpath::terminal::{Ending, Walk};
use fixpath::tree::{Audience, Channel};

use crate::support::Files;

/// What a walk is started with.
struct Start {
    yaml: String,
    audience: Audience,
    facts: Vec<(&'static str, &'static str)>,
    allow_run: bool,
    columns: Option<usize>,
    echo: bool,
}

/// An agent on the phone walks `example`, or the first tree of several files.
fn walk(yaml: &str) -> Start {
    Start {
        yaml: yaml.to_owned(),
        audience: Audience::Agent,
        facts: Vec::new(),
        allow_run: false,
        columns: None,
        echo: true,
    }
}

/// What came of a walk.
struct Walked {
    ending: Ending,
    text: String,
    events: Vec<Happening>,
}

impl Start {
    fn customer(mut self) -> Self {
        self.audience = Audience::Customer;
        self
    }

    fn fact(mut self, name: &'static str, value: &'static str) -> Self {
        self.facts.push((name, value));
        self
    }

    fn allow_run(mut self) -> Self {
        self.allow_run = true;
        self
    }

    fn columns(mut self, columns: usize) -> Self {
        self.columns = Some(columns);
        self
    }

    /// Types these lines, then nothing more.
    fn lines(self, lines: &[&str]) -> Walked {
        let library = Arc::new(Files::split(&self.yaml).compile().into_library());
        let index = SearchIndex::new(&library);
        let name = library
            .find("example")
            .map_or_else(|| library.trees[0].name.clone(), |_| "example".into());
        let channel = match self.audience {
            Audience::Agent => Channel::Phone,
            Audience::Customer => Channel::SelfService,
        };
        let mut started = Started::new(name, self.audience, channel);
        for (name, value) in self.facts {
            started.facts.insert(name.into(), Value::Text(value.into()));
        }
        let at = Moment::new(1_795_301_100_000, 0).unwrap();
        let event = Event {
            seq: 1,
            at,
            what: Happening::Started(Box::new(started)),
        };
        let mut walk = Walk {
            session: Session::start(library, event).unwrap(),
            find: &|words, audience| {
                index
                    .find(words, audience)
                    .iter()
                    .map(|hit| hit.tree)
                    .collect()
            },
            note: &|session| format!("NOTE of {} events\n", session.events().len()),
            clock: &|| at,
            allow_run: self.allow_run,
            kept: None,
            news: None,
        };
        let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let mut out = Vec::new();
        let options = Options {
            columns: self.columns,
            echo: self.echo,
        };
        let ending = plain::run(
            &mut walk,
            &mut Reader(Cursor::new(input)),
            &mut out,
            options,
        )
        .unwrap();
        Walked {
            ending,
            text: String::from_utf8(out).unwrap(),
            events: walk
                .session
                .events()
                .iter()
                .map(|event| event.what.clone())
                .collect(),
        }
    }
}

impl Walked {
    #[track_caller]
    fn says(&self, text: &str) -> &Self {
        assert!(
            self.text.contains(text),
            "{text:?} is not in:\n{}",
            self.text
        );
        self
    }

    #[track_caller]
    fn says_not(&self, text: &str) -> &Self {
        assert!(!self.text.contains(text), "{text:?} is in:\n{}", self.text);
        self
    }

    #[track_caller]
    fn ends(&self, ending: Ending) -> &Self {
        assert_eq!(self.ending, ending, "{}", self.text);
        self
    }
}

const LAMP: &str = "
title: The lamp
steps:
  plugged:
    ask: Is it plugged in?
    say: Could you look at the plug for me?
    note: Ask twice.
    help: Follow the cable.
    yes: bulb
    no: plug
  plug:
    do: Plug it in.
    no: bulb
  bulb:
    ask: Which bulb is in it?
    answers:
      led: {goto: swap, label: A modern one, help: It stays cold}
      '3': swap
      old one: broken
    unsure: swap
  swap:
    do: Put in another bulb.
    next: {end: Bulbs are sold in shops}
  broken:
    escalate: desk
    reason: Old bulb
";

#[test]
fn a_walk_reads_like_a_transcript() {
    let walked = walk(LAMP).lines(&["no", "no", "led", "done"]);
    walked.ends(Ending::Ended);
    assert_eq!(
        walked.text,
        "
== The lamp ==

Is it plugged in?

Say: Could you look at the plug for me?

Internal note: Ask twice.
Answer: yes or no; or unsure, person, help
> no

Plug it in.

Is the problem solved?
Answer: yes or no; or tried, cannot, unsure, person, back, help
> no

Which bulb is in it?
  1. A modern one: It stays cold
  2. 3
  3. old one
Answer: one of these; or unsure, none, person, back, help
> led

Put in another bulb.
Answer: done; or tried, cannot, unsure, person, back, help
> done

Bulbs are sold in shops
Press Enter to finish, or type back.
>\x20

NOTE of 6 events
"
    );
}

#[test]
fn a_line_is_a_key_a_label_or_a_position_in_this_order() {
    for line in ["led", "a modern ONE", "1"] {
        walk(LAMP)
            .lines(&["yes", line, "done", ""])
            .ends(Ending::Ended)
            .says("Put in another bulb.");
    }
    walk(LAMP)
        .lines(&["y", "old one"])
        .ends(Ending::Escalated)
        .says("This goes to: desk");
    // The key `3` comes before the third position.
    walk(LAMP)
        .lines(&["true", "3"])
        .ends(Ending::Unfinished)
        .says("Put in another bulb.");
}

#[test]
fn a_wrong_line_says_what_was_expected_and_asks_again() {
    let walked = walk(LAMP).lines(&["maybe", "tried", "yes", "4", "", "done", "1"]);
    walked
        .says("> maybe\nPlease give yes or no; help lists what else you can type.\n> tried\n\"tried\" does not fit here. Answer: yes or no;")
        .says("> 4\nPlease give one of 1 A modern one, 2 3, 3 old one; help lists")
        .says("> done\n\"done\" does not fit here.")
        .ends(Ending::Unfinished);
    assert_eq!(
        walked.events.len(),
        3,
        "what is refused is no event: {:?}",
        walked.events
    );
}

#[test]
fn the_end_of_input_leaves_with_the_note_so_far() {
    walk(LAMP)
        .lines(&[])
        .ends(Ending::Unfinished)
        .says("NOTE of 1 events");
    walk(LAMP)
        .lines(&["no", "quit", "yes"])
        .ends(Ending::Unfinished)
        .says("NOTE of 2 events");
    assert_eq!(Ending::Unfinished.exit_code(), 4);
    walk(LAMP)
        .lines(&["no", "yes"])
        .ends(Ending::Resolved)
        .says("Solved. What helped: Plug it in.");
    assert_eq!(
        [Ending::Resolved, Ending::Escalated, Ending::Ended].map(Ending::exit_code),
        [0, 3, 5]
    );
}

#[test]
fn commands_work_with_and_without_a_slash() {
    let walked = walk(LAMP).lines(&["no", "/TRIED", "back 2", "back", "yes", "person"]);
    walked
        .ends(Ending::Escalated)
        .says("There is no earlier question.")
        .says("Answered before: no");
    walk(LAMP)
        .lines(&["yes", "/unsure", "/cannot"])
        .ends(Ending::Escalated);
    walk(LAMP).lines(&["yes", "none"]).ends(Ending::Escalated);
    walk(LAMP)
        .lines(&["back soon", "note", "park now"])
        .says("back 2")
        .says("note The caller")
        .says("park 2h");
}

#[test]
fn the_prompt_takes_answers_after_a_remark() {
    walk(LAMP)
        .lines(&["note In a hurry", "yes", "note Still", "person"])
        .ends(Ending::Escalated);
}

#[test]
fn an_unopened_help_is_shown_first_and_that_is_no_event() {
    let walked = walk(LAMP).lines(&["unsure", "unsure"]);
    walked.says("> unsure\nFollow the cable.\nIf that does not settle it, type unsure again.\n> unsure\n").ends(Ending::Escalated);
    assert_eq!(
        walked.events.len(),
        3,
        "started, unsure, handed over: {:?}",
        walked.events
    );
    walk(LAMP)
        .lines(&["help", "unsure"])
        .ends(Ending::Escalated)
        .says("Follow the cable.\n\nAt every question");
}

#[test]
fn customers_see_nothing_for_agents() {
    let walked = walk(LAMP).customer().lines(&["yes", "old one"]);
    walked
        .says_not("Could you look")
        .says_not("Ask twice")
        .says_not("Priority")
        .says_not("Old bulb");
}

const TEXTS: &str = "
title: Texts
steps:
  name:
    ask: What is the name?
    text: {example: Ada}
    next: code
  code:
    ask: Which code?
    text: {secret: true}
    next: speed
  speed:
    ask: How fast?
    number: {min: 0, max: 100, unit: Mbit/s}
    answers:
      below 5: day
      OL: day
      otherwise: day
  day:
    ask: Since when?
    date: {max: today}
    next: parts
  parts:
    ask: What is broken?
    many: true
    answers: {screen: The screen, keys: The keys, fan: The fan}
    next: {end: 'Thank you, ${name}'}
";

#[test]
fn on_text_questions_only_a_slash_makes_a_command() {
    let walked = walk(TEXTS).lines(&["/help", "back", "/back", "/etc/hosts"]);
    walked
        .says("Answer: a line of text like `Ada`; or /unsure, /person, /help")
        .says("or /unsure, /person, /back, /help")
        .says("Which code?")
        .says("Answered before: back")
        .ends(Ending::Unfinished);
}

#[test]
fn every_kind_of_answer_is_read_and_a_secret_is_never_shown() {
    let lines = [
        "Ada Lovelace",
        "s3cr3t",
        "1,5 mbit/s",
        "2026-11-22",
        "today",
        "3, screen",
        "",
    ];
    let walked = walk(TEXTS).lines(&lines);
    walked
        .says_not("s3cr3t")
        .says("> •••")
        .says("Please give a date like 2026-01-31, up to today (2026-11-21); help")
        .says("Answer: any of these, with commas between them")
        .says("Thank you, Ada Lovelace")
        .ends(Ending::Ended);
    assert!(!format!("{:?}", walked.events).contains("s3cr3t"));
    walk(TEXTS)
        .lines(&["Ada", "x", "ol", "today", "none", ""])
        .ends(Ending::Ended);
    let since = walk(TEXTS).lines(&["Ada", "x", "ol", "last friday", "trail"]);
    since.says("-> 2026-11-20");
    walk(TEXTS)
        .lines(&["Ada", "x", "101"])
        .says("Please give a number from 0 to 100 Mbit/s");
}

#[test]
fn an_earlier_answer_is_corrected_by_number_or_name_and_what_fits_is_kept() {
    let lines = [
        "Ada",
        "x",
        "3",
        "today",
        "trail",
        "facts",
        "change 3 7",
        "change name Grace",
        "change 9 x",
        "change 3 fast",
        "fan",
        "",
    ];
    let walked = walk(TEXTS).lines(&lines);
    walked
        .says("  1. What is the name? -> Ada\n")
        .says("  3. How fast? -> 3 Mbit/s\n")
        .says("  How fast? [speed]: 3 Mbit/s\n")
        .says("Changed; the answers that still fit were kept.\n\nWhat is broken?")
        .says("There is no earlier answer \"9\"")
        .says("How fast?\nPlease give a number from 0 to 100 Mbit/s, or \"OL\": change 3 ANSWER")
        .says("Thank you, Grace")
        .ends(Ending::Ended);
}

#[test]
fn incidents_come_first_and_warnings_before_the_question() {
    let yaml = "
# file: fixpath.yaml
stuck: {escalate: desk, reason: Stuck}
incidents:
  - {title: Mail is down, text: We are **on** it., say: I know about it., trees: [example]}
# file: example.yaml
title: Mail
warn: Do not restart the server.
steps:
  a:
    ask: Is it slow?
    warn: It bites.
    checklist: [Take the cable, Look at it]
    image: {src: a.svg, alt: A mail}
    link: {url: 'https://example.com/x', label: The page}
    yes: {fix: Wait}
    no: b
  b:
    do: Wait for it.
    wait: 90s
    no: {end: Bye}
# file: a.svg
<svg/>
";
    let walked = walk(yaml).lines(&["no"]);
    walked.says(
        "
== Mail ==

Known trouble: Mail is down
We are on it.
Say: I know about it.

Warning: Do not restart the server.

Warning: It bites.

☐ Take the cable
☐ Look at it

Is it slow?

Picture: A mail (a.svg)
More: The page (https://example.com/x)
Answer: yes or no;",
    );
    walked.says("Wait 1 minute 30 seconds; you can answer at any time.");
    walk(yaml)
        .customer()
        .lines(&[])
        .says("We are on it.")
        .says_not("I know about it");
}

const PROBED: &str = "
title: Net
steps:
  reach:
    ask: Does it answer?
    run: {command: [echo, pong; rm -rf x], timeout: 10s, yes: exit == 0 and output has \"pong\"}
    yes: up
    no: {end: Down}
  up:
    ask: Is it slow?
    yes: {end: Slow}
    no: {end: Fine}
";

#[test]
fn a_command_is_run_only_where_that_is_allowed_and_shown_as_it_stands() {
    let walked = walk(PROBED).lines(&["run"]);
    walked
        .says("With --allow-run this computer can answer: echo 'pong; rm -rf x'")
        .says("only run where the walk was started with --allow-run")
        .ends(Ending::Unfinished);
    let walked = walk(PROBED).allow_run().lines(&["back", "no"]);
    walked
        .says("Does it answer?\nThis computer runs: echo 'pong; rm -rf x'\nIt answers: yes\n\nIs it slow?")
        .says("> no\n\nDown\n")
        .ends(Ending::Ended);
}

#[test]
fn a_command_that_fails_asks_the_person() {
    let yaml = PROBED.replace("echo, pong; rm -rf x", "no-such-program-anywhere");
    walk(&yaml)
        .allow_run()
        .lines(&["no"])
        .says("The command could not be started")
        .says("Please answer yourself.\n\nDoes it answer?")
        .ends(Ending::Ended);
}

#[test]
fn another_tree_is_found_by_words_or_taken_by_name() {
    let yaml = "
# file: fixpath.yaml
stuck: {escalate: desk, reason: Stuck}
facts:
  os: {ask: Which system?, answers: [linux, windows]}
# file: example.yaml
title: Wi-Fi is slow
steps:
  a:
    fact: os
    answers: {linux: b, windows: b}
  b: {end: 'On ${os}'}
# file: print/jam.yaml
title: Paper is stuck in the printer
steps:
  a: {ask: Is the tray closed?, yes: {end: Good}, no: {end: Close it}}
";
    let walked = walk(yaml).lines(&[
        "tree paper printer",
        "tree nothing at all",
        "tree print/jam",
        "no",
    ]);
    walked
        .says("  print/jam: Paper is stuck in the printer")
        .says("No tree fits these words.")
        .says("== Paper is stuck in the printer ==\n\nIs the tray closed?")
        .ends(Ending::Ended);
    let known = walk(yaml)
        .fact("os", "linux")
        .lines(&["facts", "change os windows"]);
    known.ends(Ending::Ended).says_not("Which system?");
}

#[test]
fn what_is_put_in_cannot_drive_the_terminal() {
    let walked = walk(TEXTS).lines(&["A\u{1b}[31mda\u{202e}", "x", "1", "today", "fan", ""]);
    assert!(
        !walked.text.contains(['\u{1b}', '\u{202e}']),
        "{:?}",
        walked.text
    );
}

#[test]
fn lines_are_broken_at_the_width_of_a_window() {
    let walked = walk(TEXTS).columns(30).lines(&["/help"]);
    for line in walked.text.lines() {
        assert!(line.chars().count() <= 30, "{line:?}");
    }
}

#[test]
fn parking_leaves_with_the_note() {
    let walked = walk(LAMP).lines(&["park 2h", "yes"]);
    walked
        .says("Parked until 2026-11-22, 00:45.")
        .says("NOTE of 2 events")
        .ends(Ending::Unfinished);
    assert!(matches!(
        walked.events.last(),
        Some(Happening::Parked { until: Some(_) })
    ));
}

#[test]
fn what_a_team_needs_is_asked_before_the_case_is_handed_over() {
    let yaml = "
# file: fixpath.yaml
stuck: {escalate: desk, reason: Stuck}
facts:
  site: {ask: Which site?, answers: {berlin: Berlin, rome: Roma}}
# file: example.yaml
title: Broken
steps:
  a: {ask: Smoke?, yes: {escalate: desk, reason: Smoke, needs: [site]}, no: {end: Good}}
";
    walk(yaml)
        .lines(&["yes", "roma"])
        .says("Needed before the case is handed over:\n\nWhich site?\n  1. Berlin\n  2. Roma\nAnswer: one of these; or unsure,")
        .says("This goes to: desk")
        .ends(Ending::Escalated);
    walk(yaml).lines(&["yes", "unsure"]).ends(Ending::Escalated);
}

#[test]
fn a_word_of_the_glossary_is_explained_where_it_comes_up_first() {
    let walked = walk(
        "
# file: fixpath.yaml
glossary: {router: the box on the wall, modem: the other box}
stuck: {escalate: desk, reason: x}
# file: a.yaml
title: No internet
steps:
  lit:
    ask: Is the router lit?
    yes: again
    no: stuck
  again:
    do: Restart the router and the modem.
    no: stuck
",
    )
    .lines(&["maybe", "yes", "back", "yes", "no"]);
    let text = &walked.text;
    // Where it came up first, and there again after going back.
    assert_eq!(
        text.matches("router: the box on the wall").count(),
        2,
        "{text}"
    );
    assert_eq!(text.matches("modem: the other box").count(), 1, "{text}");
    let explained = text.find("router: the box").unwrap();
    assert!(
        explained < text.find("Restart the router").unwrap(),
        "{text}"
    );
}

#[test]
fn an_empty_line_keeps_what_was_answered_before() {
    walk(LAMP)
        .lines(&["no", "back", ""])
        .says("Answered before: no (an empty line keeps it)")
        .ends(Ending::Unfinished);
    // Without anything to keep it is no answer.
    walk(LAMP).lines(&[""]).says("Please give");
}

#[test]
fn words_beside_a_number_have_no_position() {
    let yaml = "
title: Speed
steps:
  speed:
    ask: How fast is it?
    number: {min: 0, max: 10}
    answers: {0 to 10: bye, OL: over}
  bye: {end: Bye}
  over: {end: Over the limit}
";
    let walked = walk(yaml).lines(&["1", "no"]);
    walked
        .says("\n  OL\n")
        .says("Bye")
        .says("Press Enter to finish, or type back.\n> ")
        .ends(Ending::Ended);
    walk(yaml).lines(&["ol"]).says("Over the limit");
}
