//! The interactive runner behind a screen of its own and a clock that stands still unless somebody waits: keys at
//! given moments in, the screen and an ending out.

use std::cell::Cell;
use std::sync::Arc;

use fixpath::load::search::SearchIndex;
use fixpath::session::{Event, Happening, Moment, Reply, Session, Source, Started};
use fixpath::terminal::{Ending, Input, Key, Size, Walk, interactive};
use fixpath::tree::{Audience, Channel};

use crate::support::Files;
use crate::support::screen::{FakeScreen, START};

/// What a walk is started with.
struct Start<'y> {
    yaml: &'y str,
    size: Size,
    customer: bool,
    allow_run: bool,
    choices: Vec<usize>,
}

fn walk(yaml: &str) -> Start<'_> {
    Start {
        yaml,
        size: Size {
            columns: 80,
            rows: 50,
        },
        customer: false,
        allow_run: false,
        choices: Vec::new(),
    }
}

/// What came of it.
struct Walked {
    ending: Ending,
    printed: String,
    blocks: Vec<String>,
    copied: Vec<String>,
    offered: Vec<String>,
    rung: usize,
    replies: Vec<String>,
}

impl Start<'_> {
    fn columns(mut self, columns: usize) -> Self {
        self.size.columns = columns;
        self
    }

    fn customer(mut self) -> Self {
        self.customer = true;
        self
    }

    fn allow_run(mut self) -> Self {
        self.allow_run = true;
        self
    }

    /// What is chosen from menus, one after the other.
    fn chooses(mut self, choices: &[usize]) -> Self {
        self.choices = choices.to_vec();
        self
    }

    /// Presses these keys, two seconds between them; then Ctrl-C. See [`inputs`].
    fn keys(self, keys: &str) -> Walked {
        let timed = inputs(keys).into_iter().enumerate();
        self.at(timed
            .map(|(at, input)| ((at as i64 + 1) * 2000, input))
            .collect())
    }

    /// Does things at given milliseconds after the start; then Ctrl-C.
    fn at(self, inputs: Vec<(i64, Input)>) -> Walked {
        let library = Arc::new(Files::split(self.yaml).compile().into_library());
        let index = SearchIndex::new(&library);
        let name = library
            .find("example")
            .map_or_else(|| library.trees[0].name.clone(), |_| "example".into());
        let clock = Cell::new(START);
        let now = || Moment::new(clock.get(), 0).unwrap();
        let (audience, channel) = if self.customer {
            (Audience::Customer, Channel::SelfService)
        } else {
            (Audience::Agent, Channel::Phone)
        };
        let event = Event {
            seq: 1,
            at: now(),
            what: Happening::Started(Box::new(Started::new(name, audience, channel))),
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
            note: &|session| format!("NOTE of {} events", session.events().len()),
            clock: &now,
            allow_run: self.allow_run,
            kept: None,
            news: None,
        };
        let mut screen = FakeScreen::new(&clock, self.size, inputs);
        screen.choices = self.choices.into();
        let ending = interactive::run(&mut walk, &mut screen).unwrap();
        Walked {
            ending,
            replies: walk
                .session
                .events()
                .iter()
                .filter_map(|event| reply(&event.what))
                .collect(),
            printed: screen.printed,
            blocks: screen.blocks,
            copied: screen.copied,
            offered: screen.offered,
            rung: screen.rung,
        }
    }
}

/// An event that is a reply, as `step: reply`.
fn reply(happening: &Happening) -> Option<String> {
    let Happening::Answered {
        step,
        reply,
        source,
        ..
    } = happening
    else {
        return None;
    };
    let shown = match reply {
        Reply::Answer(value) => value.to_string(),
        other => other.name().to_owned(),
    };
    let probed = if *source == Source::Probed {
        " (probed)"
    } else {
        ""
    };
    Some(format!("{step}: {shown}{probed}"))
}

/// Keys as letters; `⏎` Enter, `⎋` Escape, `↑` `↓` arrows, `⌫` Backspace, `…` a paste of "pasted\ntext".
fn inputs(keys: &str) -> Vec<Input> {
    let input = |letter| match letter {
        '⏎' => Input::Key(Key::Enter),
        '⎋' => Input::Key(Key::Escape),
        '↑' => Input::Key(Key::Up),
        '↓' => Input::Key(Key::Down),
        '⌫' => Input::Key(Key::Backspace),
        '…' => Input::Paste("pasted\ntext\n".to_owned()),
        other => Input::Key(Key::Char(other)),
    };
    keys.chars().map(input).collect()
}

/// Keys pressed at moments: `("y", 0), ("y", 100)`.
fn timed(keys: &[(&str, i64)]) -> Vec<(i64, Input)> {
    keys.iter()
        .flat_map(|(keys, at)| inputs(keys).into_iter().map(move |input| (*at, input)))
        .collect()
}

impl Walked {
    /// The block that stood before Ctrl-C or the end.
    #[track_caller]
    fn shows(&self, text: &str) -> &Self {
        let last = self.blocks.last().unwrap();
        assert!(last.contains(text), "{text:?} is not in:\n{last}");
        self
    }

    #[track_caller]
    fn showed(&self, text: &str) -> &Self {
        assert!(
            self.blocks.iter().any(|block| block.contains(text)),
            "{text:?} was never in:\n{}",
            self.blocks.join("\n")
        );
        self
    }

    #[track_caller]
    fn never_showed(&self, text: &str) -> &Self {
        let shown = format!("{}{}", self.printed, self.blocks.join(""));
        assert!(!shown.contains(text), "{text:?} was in:\n{shown}");
        self
    }

    #[track_caller]
    fn replied(&self, replies: &[&str]) -> &Self {
        assert_eq!(self.replies, replies, "{}", self.blocks.last().unwrap());
        self
    }

    #[track_caller]
    fn ends(&self, ending: Ending) -> &Self {
        assert_eq!(self.ending, ending);
        self
    }
}

/// Yes/no questions, one after the other.
const ROW: &str = "
title: A row of questions
steps:
  a: {ask: First?, yes: b, no: b}
  b: {ask: Second?, yes: c, no: c}
  c: {ask: Third?, answers: {red: d, blue: d, green: d}}
  d: {do: Wait for it., next: e}
  e: {ask: Fifth?, yes: {end: Good}, no: {end: Bad}, help: Look closely.}
";

#[test]
fn a_prompt_is_a_block_under_what_was_answered() {
    let walked = walk(ROW).keys("yn");
    assert_eq!(
        walked.blocks.last().unwrap(),
        "
─ A row of questions ─────────────────────────────────────── 2 answers · 0:04 ─

  Third?

    1  red
    2  blue
    3  green

  b back   u don't know   x none of these   p a person   ? keys
"
    );
    assert_eq!(
        walked.printed,
        "A row of questions\n  First?  → yes\n  Second?  → no\n\nNOTE of 3 events\n"
    );
    walked.ends(Ending::Unfinished);
}

#[test]
fn one_key_answers_and_arrows_do_too() {
    let walked = walk(ROW).keys("1Y3⏎n⏎");
    walked
        .replied(&["a: yes", "b: yes", "c: green", "d: done", "e: no"])
        .ends(Ending::Ended);
    walk(ROW)
        .keys("↑⏎↓⏎↓↓⏎d2")
        .replied(&["a: no", "b: yes", "c: blue", "d: done", "e: no"]);
    // Nothing marked: Enter answers nothing.
    walk(ROW).keys("⏎9z").replied(&[]);
}

#[test]
fn keys_typed_early_all_count_in_their_order() {
    let walked = walk(ROW).at(timed(&[("yn2⏎y⏎", 0)]));
    walked
        .replied(&["a: yes", "b: no", "c: blue", "d: done", "e: yes"])
        .ends(Ending::Ended);
}

#[test]
fn the_same_key_twice_in_a_moment_counts_once() {
    walk(ROW)
        .at(timed(&[("yy", 0)]))
        .replied(&["a: yes"])
        .shows("Pressed twice: counted once.");
    walk(ROW)
        .at(timed(&[("y", 0), ("y", 200)]))
        .replied(&["a: yes"]);
    // The drop counts as a press: a bouncing key answers once however often it bounces.
    walk(ROW)
        .at(timed(&[("y", 0), ("y", 200), ("y", 400), ("y", 600)]))
        .replied(&["a: yes"]);
    // Meant: after a pause, or with another key in between.
    walk(ROW)
        .at(timed(&[("y", 0), ("y", 300)]))
        .replied(&["a: yes", "b: yes"]);
    walk(ROW)
        .at(timed(&[("y", 0), ("n", 10), ("1", 20)]))
        .replied(&["a: yes", "b: no", "c: red"]);
}

#[test]
fn a_held_key_answers_once() {
    // The keyboard waits half a second, then repeats every 30 ms.
    let mut held = vec![("y", 0)];
    held.extend((0..40).map(|repeat| ("y", 500 + repeat * 30)));
    walk(ROW).at(timed(&held)).replied(&["a: yes"]);
    // A key after it is let go counts, and so does the same one after a pause.
    held.push(("n", 1700));
    walk(ROW).at(timed(&held)).replied(&["a: yes", "b: no"]);
}

#[test]
fn a_second_press_that_waits_does_not_swallow_the_next_key() {
    walk(ROW)
        .at(timed(&[("y", 0), ("y", 400), ("3", 450)]))
        .replied(&["a: yes", "b: yes", "c: green"]);
}

#[test]
fn back_may_be_pressed_as_often_and_as_fast_as_one_likes() {
    let walked = walk(ROW).at(timed(&[("yn", 0), ("bb", 10)]));
    walked.shows("First?").shows("y  yes  (Enter keeps this)");
    let walked = walk(ROW).keys("ynbb⏎⏎");
    walked
        .replied(&["a: yes", "b: no", "a: yes", "b: no"])
        .shows("Third?");
    walk(ROW)
        .keys("b")
        .shows("First?")
        .never_showed("b back   u");
}

#[test]
fn a_paste_is_never_taken_for_keys() {
    walk(ROW)
        .keys("…")
        .replied(&[])
        .shows("A pasted text answers nothing here.");
    let walked = walk(TYPED).keys("…");
    walked.replied(&[]).shows("> pasted text");
}

const TYPED: &str = "
title: Typing
steps:
  name: {ask: 'Your name?', text: {example: Ada}, help: As on the badge., next: code}
  code: {ask: 'The code?', text: {secret: true}, next: speed}
  speed: {ask: 'How fast?', number: {min: 0, max: 99, unit: km/h}, next: {end: 'Bye, ${name}'}}
";

#[test]
fn letters_are_text_where_text_is_asked_for_and_escape_leads_to_the_keys() {
    let walked = walk(TYPED).keys("buqy⏎");
    walked.replied(&["name: buqy"]);
    walk(TYPED)
        .keys("")
        .shows("Esc or Alt, then   u don't know   p a person   ? keys");
    let alt = |letter| (0, Input::Key(Key::Alt(letter)));
    walk(TYPED).at(vec![alt('u')]).replied(&["name: unsure"]);
    // Where something is typed, b and f move by words, as in shells.
    let typed = vec![(0, Input::Key(Key::Char('x'))), alt('b'), alt('p')];
    walk(TYPED).at(typed).replied(&["name: person"]);
    walk(TYPED).keys("x⎋").shows("Press a key:").shows("> x");
    walk(TYPED).keys("x⎋⎋y⏎").replied(&["name: xy"]);
    walk(TYPED)
        .keys("x⎋p")
        .replied(&["name: person"])
        .ends(Ending::Escalated);
    walk(TYPED).keys("A⏎⎋b").shows("Your name?").shows("> A");
    walk(TYPED).keys("x⎋1⏎").replied(&["name: x1"]);
}

#[test]
fn where_a_number_is_asked_for_a_letter_is_a_key_until_one_types() {
    walk(TYPED)
        .keys("A⏎B⏎")
        .shows("  >\n\n  b back   u don't know   p a person   ? keys");
    walk(TYPED)
        .keys("A⏎B⏎u")
        .replied(&["name: A", "code: ••••••", "speed: unsure"]);
    walk(TYPED)
        .keys("A⏎B⏎5u")
        .shows("> 5u")
        .shows("Esc or Alt, then");
}

#[test]
fn a_wrong_text_stays_to_be_mended_and_a_secret_is_dots() {
    let walked = walk(TYPED).keys("Ada⏎s3cr3t⏎12x⏎⌫⏎");
    walked
        .showed("> ••••••")
        .showed("> 12x\n\n  Please give a number from 0 to 99 km/h.")
        .never_showed("s3cr3t")
        .replied(&["name: Ada", "code: ••••••", "speed: 12"])
        .ends(Ending::Ended);
    assert!(
        walked.printed.contains("The code?  → ••••••"),
        "{}",
        walked.printed
    );
}

#[test]
fn early_typed_text_and_keys_go_where_they_belong() {
    let yaml = "
title: Both
steps:
  a: {ask: Broken?, yes: name, no: name}
  name: {ask: Who?, text: {}, next: c}
  c: {ask: Sure?, yes: {end: Good}, no: {end: Bad}}
";
    walk(yaml)
        .at(timed(&[("yAnny⏎n⏎", 0)]))
        .replied(&["a: yes", "name: Anny", "c: no"])
        .ends(Ending::Ended);
}

#[test]
fn long_lists_are_searched_and_typing_errors_forgiven() {
    let answers: Vec<String> = [
        "Word",
        "Excel",
        "Outlook",
        "Teams",
        "Firefox",
        "Chrome",
        "Edge",
        "SAP",
        "Zoom",
        "自研软件",
        "Принтер",
    ]
    .iter()
    .map(|name| format!("'{name}': b"))
    .collect();
    let yaml = format!(
        "title: Long\nsteps:\n  a:\n    ask: Which one?\n    answers: {{{}}}\n  b: {{end: Bye}}\n",
        answers.join(", ")
    );
    walk(&yaml)
        .keys("")
        .shows("> type to search, Enter picks\n  ▸ Word\n");
    walk(&yaml)
        .keys("fireofx")
        .shows("> fireofx\n  ▸ Firefox\n")
        .shows("Esc twice or Alt, then   u don't know");
    walk(&yaml)
        .keys("сап⎋прин⏎⏎")
        .replied(&["a: Принтер"])
        .ends(Ending::Ended);
    walk(&yaml).keys("↓↓⏎").replied(&["a: Outlook"]);
    walk(&yaml)
        .keys("↓↓⏎b")
        .shows("▸ Outlook  Enter keeps this");
    walk(&yaml)
        .keys("qqq")
        .shows("nothing fits; Esc clears the search");
    walk(&yaml)
        .keys("⎋x")
        .replied(&["a: none"])
        .ends(Ending::Escalated);
}

#[test]
fn several_answers_are_ticked() {
    let yaml = "
title: Many
steps:
  a: {ask: Which?, many: true, answers: [one, two, three], next: b}
  b: {ask: More?, many: true, answers: [a, b, c, d, e, f, g, h, i, j, k], next: {end: Bye}}
";
    let walked = walk(yaml).keys("⏎");
    walked.replied(&[]).shows("Tick what fits first");
    walk(yaml)
        .keys("13")
        .shows("1  [x] one\n    2  [ ] two\n    3  [x] three");
    let walked = walk(yaml).keys("13↓↓ 1⏎ k c ⏎");
    walked
        .showed("▸ 2  [x] two")
        .replied(&["a: two, three", "b: a, c, k"]);
    walk(yaml).keys("x").replied(&["a: none"]).shows("More?");
}

const WAITING: &str = "
title: Waiting
steps:
  a:
    do: Unplug it.
    wait: 20s
    no: b
  b: {do: Leave it alone., wait: 2h, next: {end: Bye}}
";

#[test]
fn a_countdown_moves_rings_once_and_any_key_skips_it() {
    let walked = walk(WAITING).at(timed(&[("", 0), ("n", 30_000)]));
    walked
        .showed("Wait ──────────────────── 0:20 left")
        .showed("Wait ━━━━━━━━━━────────── 0:10 left")
        .showed("The wait is over.")
        .replied(&["a: no"]);
    assert_eq!(walked.rung, 1);
    let walked = walk(WAITING).at(timed(&[(" ", 5000), ("n", 7000)]));
    assert_eq!(walked.rung, 0);
    walked
        .replied(&["a: no"])
        .showed("0:16 left")
        .never_showed("0:14 left");
    walk(WAITING)
        .at(timed(&[("n", 1000)]))
        .replied(&["a: no"])
        .shows("z park");
    walk(WAITING)
        .at(timed(&[("n", 1000), ("z", 3000)]))
        .ends(Ending::Unfinished);
}

#[test]
fn remarks_are_typed_without_leaving_the_prompt() {
    let walked = walk(ROW).keys("+in a hurry: q⏎y");
    walked
        .showed("Note: in a hurry: q")
        .showed("First?")
        .showed("Noted.")
        .replied(&["a: yes"]);
    walk(ROW)
        .keys("+x⎋y")
        .replied(&["a: yes"])
        .never_showed("Noted.");
}

#[test]
fn an_earlier_answer_is_corrected_and_what_fits_is_kept() {
    let walked = walk(TYPED).chooses(&[0]).keys("Ada⏎x⏎⎋fm⏎9⏎⏎");
    assert_eq!(
        walked.offered,
        [
            "Correct which answer? (Esc: none)",
            "Your name? → Ada",
            "The code? → ••••••"
        ]
    );
    walked
        .showed("Correct: Your name? → Ada\n\n  Your name?")
        .showed("Bye, Adam")
        .ends(Ending::Ended);
    assert!(
        walked
            .printed
            .contains("← Corrected: Your name? → Adam; what still fits was kept"),
        "{}",
        walked.printed
    );
    // A step that was only done is gone back to.
    let walked = walk(ROW).chooses(&[3]).keys("yn1⏎f");
    walked.shows("Wait for it.");
}

#[test]
fn another_tree_is_found_while_typing() {
    let yaml = "
# file: fixpath.yaml
stuck: {escalate: desk, reason: Stuck}
# file: example.yaml
title: Wi-Fi
steps:
  a: {ask: Slow?, yes: {end: Good}, no: {end: Bad}}
# file: secret.yaml
title: Printer for agents
audience: agent
steps:
  a: {ask: Agent?, yes: {end: Good}, no: {end: Bad}}
# file: print.yaml
title: Paper is stuck in the printer
steps:
  a: {ask: Is the tray closed?, yes: {end: Good}, no: {end: Bad}}
";
    walk(yaml).keys("/paepr⏎").shows("Is the tray closed?");
    walk(yaml).keys("/printer").shows("Printer for agents");
    walk(yaml)
        .customer()
        .keys("/printer")
        .never_showed("Printer for agents")
        .shows("▸ Paper is stuck");
    walk(yaml).keys("/x⎋⎋").shows("Slow?");
}

#[test]
fn the_note_is_shown_and_copied() {
    let walked = walk(ROW).keys("yv");
    assert_eq!(walked.copied, ["NOTE of 2 events"]);
    assert!(
        walked.printed.contains("\nNOTE of 2 events\n"),
        "{}",
        walked.printed
    );
    walked.shows("Second?");
}

#[test]
fn stopping_asks_once_something_was_answered() {
    walk(ROW).keys("qy").ends(Ending::Unfinished).replied(&[]);
    walk(ROW)
        .keys("yqny")
        .replied(&["a: yes", "b: yes"])
        .showed("Stop here?  q stops");
    walk(ROW)
        .keys("yqqn")
        .replied(&["a: yes"])
        .ends(Ending::Unfinished);
}

#[test]
fn the_list_of_keys_names_them_and_takes_one() {
    walk(ROW)
        .keys("?")
        .shows("f  What is known and the way so far");
    walk(ROW).keys("?u").replied(&["a: unsure"]);
    walk(TYPED).keys("?").shows("> ?");
    walk(TYPED).keys("⎋?u").replied(&["name: unsure"]);
}

/// So late that every command has ended by then, however slow the machine is.
const LATER: i64 = 1_000_000_000_000;

const PROBED: &str = "
title: Net
steps:
  a:
    ask: Does it answer?
    run: {command: [echo, pong], timeout: 10s, yes: exit == 0 and output has \"pong\"}
    yes: {end: Up}
    no: {end: Down}
";

#[test]
fn a_command_is_shown_first_and_runs_when_its_key_is_pressed() {
    let walked = walk(PROBED)
        .allow_run()
        .at(timed(&[("r", 0), ("⏎", LATER)]));
    walked
        .showed("r  run on this computer: echo pong")
        .replied(&["a: yes (probed)"])
        .ends(Ending::Ended);
    // On the phone, this computer is not the one in trouble.
    walk(PROBED)
        .keys("r")
        .replied(&[])
        .never_showed("echo pong");
    walk(PROBED)
        .customer()
        .keys("")
        .shows("r  run on this computer: echo pong");
    let failing = PROBED.replace("echo, pong", "no-such-program-anywhere");
    walk(&failing)
        .allow_run()
        .at(timed(&[("r", 0), ("n", LATER)]))
        .showed("Please answer yourself.")
        .replied(&["a: no"]);
}

#[test]
fn what_agents_see_stays_with_them() {
    let yaml = "
# file: fixpath.yaml
stuck: {escalate: desk, reason: Stuck}
incidents: [{title: Mail is slow, text: Wait for it., say: We know.}]
# file: example.yaml
title: Mail
steps:
  a: {ask: Slow?, warn: Hot!, say: Is it slow for you?, note: Mind the tone., yes: {end: Good}, no: {end: Bad}}
";
    let agent = walk(yaml).keys("");
    agent.shows("  ! Warning: Hot!\n\n  Slow?\n\n  │ Say\n  │ Is it slow for you?\n\n  │ Internal note\n  │ Mind the tone.\n\n    y  yes");
    assert!(
        agent
            .printed
            .starts_with("  Known trouble: Mail is slow\n  Wait for it.\n  Say: We know.\n"),
        "{}",
        agent.printed
    );
    let customer = walk(yaml).customer().keys("");
    customer
        .never_showed("Say")
        .never_showed("We know")
        .never_showed("tone")
        .shows("! Warning: Hot!");
}

#[test]
fn texts_fit_windows_of_any_width() {
    let yaml = "
title: Ein sehr langer Titel über die Größe von Straßenschildern 📐
steps:
  a:
    ask: 路由器上的网络灯是绿色的吗？路由器上的网络灯是绿色的吗？路由器上的网络灯是绿色的吗？
    help: שלום עולם, זה טקסט ארוך מאוד שצריך להישבר בשורות רבות כדי להתאים לחלון
    say: Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen
    link: {url: https://example.com/a/very/long/address/that/does/not/fit/into/a/narrow/window}
    answers: {'да, но только иногда и не очень долго после перезагрузки': b, 👩‍👩‍👧 family: b}
  b: {end: Bye}
";
    // The screen of these tests refuses lines that are too wide.
    for columns in [20, 40, 60, 80, 120, 200] {
        walk(yaml).columns(columns).keys("?xb/⎋+x⎋1⏎");
    }
}
