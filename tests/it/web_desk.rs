//! Agents in the browser, as a browser without scripts sees it: a case from its begin to its note, what is for agents
//! alone, two people on one case, and texts that attack.

use crate::support::desk::{FAN, LIBRARY};
use crate::support::{Desk, Events, Folder, Page};

const KNOWN: &str = "incidents:
  - {title: No light in house B, say: I know that house B is dark.}
";

const TREE: &str = "
title: The lamp stays dark
start: plugged
steps:
  plugged:
    say: Please look at the cable for me.
    note: Do not send anybody before this is known.
    ask: Is the lamp plugged in?
    help: Follow the cable to the wall.
    yes: where
    no: plug_it_in
  plug_it_in:
    do: Plug the lamp in.
    ask: Does it shine now?
    yes: {fix: The lamp has power again.}
    no: where
  where:
    fact: room
    next: bulb
  bulb:
    ask: How many watts has the bulb?
    number: {min: 1, max: 200, unit: W}
    answers:
      below 61: {escalate: field, reason: Weak bulb, impact: low}
      otherwise: {fix: Take another bulb.}
";

fn desk(name: &str) -> Desk {
    let library = format!("{LIBRARY}{KNOWN}");
    let trees = [("lamp", TREE), ("fan", FAN)];
    Desk::of(Folder::of_desk(name, &library, &trees))
}

fn begin(desk: &Desk, who: &str, more: &[(&str, &str)]) -> Page {
    let page = desk.get(who, "/desk/t/lamp?q=dark");
    desk.press(who, &page, "channel=phone", more)
}

#[test]
fn a_case_is_walked_from_its_begin_to_its_note() {
    let desk = desk("desk-walk");
    let start = desk.get("maria", "/desk/t/lamp?q=it+is+dark");
    assert!(
        start.words().contains("I know that house B is dark."),
        "what to say about known trouble: {}",
        start.words()
    );
    let first = begin(
        &desk,
        "maria",
        &[("ticket", "INC-7"), ("words", "my lamp is dark")],
    );
    assert_eq!(first.heading(), "Is the lamp plugged in?");
    let words = first.words();
    for shown in [
        "Say Please look at the cable for me.",
        "Internal Do not send anybody before this is known.",
        "How to find out Follow the cable to the wall.",
        "Ticket INC-7",
        "my lamp is dark",
        "On the phone",
    ] {
        assert!(words.contains(shown), "{shown}: {words}");
    }
    let noted = desk.press("maria", &first, "do=note", &[("text", "A friendly caller")]);
    assert!(noted.words().contains("A friendly caller"));
    let room = desk.press("maria", &noted, "choice=yes", &[]);
    assert_eq!(room.heading(), "Which room is it?");
    let bulb = answer(&desk, "maria", &room, "B 12");
    assert_eq!(bulb.heading(), "How many watts has the bulb?");
    let wrong = answer(&desk, "maria", &bulb, "many");
    assert_eq!(wrong.status, 422);
    assert!(wrong.words().contains("That does not fit"));
    assert!(
        wrong.text.contains("value=\"many\""),
        "it stays to be mended"
    );
    let end = answer(&desk, "maria", &bulb, "40");
    assert!(end.words().contains("This goes to Field service"));
    assert!(end.words().contains("Extension 77"), "{}", end.words());
    let with_team = desk.press("maria", &end, "do=hand-over", &[]);
    let words = with_team.words();
    let (_, code) = words.split_once("or in a terminal: ").unwrap();
    let code = code.split_whitespace().next().unwrap().to_owned();
    for form in ["text", "markdown", "json"] {
        let note = desk.get(
            "maria",
            &format!("{}/note?as={form}&raw=1", case(&with_team)),
        );
        for shown in ["INC-7", "B 12", "A friendly caller", "Weak bulb"] {
            assert!(note.text.contains(shown), "{form} {shown}: {}", note.text);
        }
    }
    for form in ["email", "chat"] {
        let text = desk.get(
            "maria",
            &format!("{}/note?as={form}&raw=1", case(&with_team)),
        );
        for hidden in [
            "Weak bulb",
            "A friendly caller",
            "Extension 77",
            "Do not send",
        ] {
            assert!(
                !text.text.contains(hidden),
                "{form} {hidden}: {}",
                text.text
            );
        }
    }
    // The next person, by the code that stands there.
    let taken = desk
        .0
        .folder
        .run(&format!("take {code} --agent ben --plain --library trees"));
    taken.says("taken by ben");
    let mine = desk.get("maria", &case(&with_team));
    assert!(mine.words().contains("ben"), "{}", mine.words());
}

fn answer(desk: &Desk, who: &str, page: &Page, typed: &str) -> Page {
    desk.press(who, page, &format!("answer={typed}"), &[])
}

/// The address of the page's case.
fn case(page: &Page) -> String {
    page.path.split('?').next().unwrap().to_owned()
}

#[test]
fn all_that_the_keys_of_the_terminal_do_is_there() {
    let desk = desk("desk-tools");
    let first = begin(&desk, "maria", &[]);
    let room = desk.press("maria", &first, "choice=yes", &[]);
    let back = desk.press("maria", &room, "do=back", &[]);
    assert_eq!(back.heading(), "Is the lamp plugged in?");
    assert!(back.words().contains("Your answer before"));
    let room = desk.press("maria", &back, "choice=yes", &[]);
    let bulb = answer(&desk, "maria", &room, "B 12");
    // A fact is corrected where it stands at the side, and the walk goes on from there.
    let correct = desk.get("maria", &format!("{}?change=fact:room", case(&bulb)));
    assert_eq!(correct.heading(), "Which room is it?");
    assert!(correct.text.contains("value=\"B 12\""));
    let corrected = answer(&desk, "maria", &correct, "C 3");
    assert_eq!(corrected.heading(), "How many watts has the bulb?");
    assert!(corrected.words().contains("C 3") && !corrected.words().contains("B 12"));
    // Back to a step of the trail.
    let visit = corrected
        .text
        .split("name=\"visit\" value=\"")
        .nth(1)
        .unwrap();
    let visit = visit.split('"').next().unwrap();
    let again = desk.press("maria", &corrected, &format!("visit={visit}"), &[]);
    assert_eq!(again.heading(), "Is the lamp plugged in?");
    // Put aside, and taken up by somebody else.
    let parked = desk.press("maria", &again, "do=park", &[("for", "tomorrow")]);
    assert!(
        parked.words().contains("Parked Until"),
        "{}",
        parked.words()
    );
    let parked = desk.get("ben", &case(&parked));
    let on = desk.press("ben", &parked, "do=resume", &[]);
    assert_eq!(on.heading(), "Is the lamp plugged in?");
    assert!(
        desk.get("ben", "/desk")
            .words()
            .contains("The lamp stays dark")
    );
    // What is wrong with the script.
    let told = desk.press("ben", &on, "do=feedback", &[("text", "There is no cable")]);
    assert!(
        told.words()
            .contains("The author of the tree will read it.")
    );
    desk.0
        .folder
        .run("feedback --library trees")
        .succeeds()
        .says("There is no cable");
    // Another tree, by typing.
    let found = desk.get("ben", &format!("{}?tree=loud+fan", case(&on)));
    let fan = desk.press("ben", &found, "tree=fan", &[]);
    assert_eq!(fan.heading(), "Is it dusty?");
    let cleaned = desk.press("ben", &fan, "choice=yes", &[]);
    assert_eq!(cleaned.heading(), "Is the problem solved?");
    let solved = desk.press("ben", &cleaned, "choice=yes", &[]);
    let closed = desk.press("ben", &solved, "do=close", &[]);
    assert!(
        closed.words().contains("Closed Solved"),
        "{}",
        closed.words()
    );
    let picture = desk.get("ben", &format!("{}/picture.svg", case(&closed)));
    assert_eq!(picture.header("content-type"), Some("image/svg+xml"));
    assert!(picture.text.contains("Is it dusty?"));
}

#[test]
fn of_two_who_answer_at_once_nobody_loses_what_they_typed() {
    let desk = desk("desk-race");
    let first = begin(&desk, "maria", &[]);
    let room = desk.press("maria", &first, "choice=yes", &[]);
    let of_ben = desk.get("ben", &case(&room));
    let bulb = answer(&desk, "maria", &room, "B 12");
    let late = answer(&desk, "ben", &of_ben, "the cellar");
    assert_eq!(late.status, 409);
    assert_eq!(
        late.heading(),
        "How many watts has the bulb?",
        "the newer state"
    );
    let words = late.words();
    for shown in [
        "maria was quicker.",
        "“Which room is it?” was answered: “B 12”",
        "You had typed: the cellar",
    ] {
        assert!(words.contains(shown), "{shown}: {words}");
    }
    // Ben means it: back to that question.
    let again = desk.press("ben", &late, "do=goto", &[("visit", &visit_of(&late))]);
    assert_eq!(again.heading(), "Which room is it?");
    // A note comes in whenever it is sent, and once.
    for _ in 0..2 {
        let noted = desk.press("maria", &bulb, "do=note", &[("text", "Ring twice")]);
        assert_eq!(
            noted.text.matches("Ring twice").count(),
            1,
            "{}",
            noted.words()
        );
    }
    // The same press twice is one, and nothing is said about it.
    let here = desk.get("ben", &case(&room));
    let once = answer(&desk, "ben", &here, "the cellar");
    let twice = answer(&desk, "ben", &here, "the cellar");
    assert_eq!((once.status, twice.status), (200, 200));
    assert!(!twice.words().contains("quicker"), "{}", twice.words());
}

/// A form can name a question to go back to first: refused there, it moved nothing.
#[test]
fn an_answer_that_does_not_fit_at_an_earlier_question_changes_nothing() {
    let desk = desk("desk-earlier-misfit");
    let first = begin(&desk, "maria", &[]);
    let room = desk.press("maria", &first, "choice=yes", &[]);
    let bulb = answer(&desk, "maria", &room, "B 12");
    let (action, sent) = bulb.form_with("answer");
    let hidden = |name: &str| {
        let found = sent.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.clone()).unwrap()
    };
    let ended = answer(&desk, "maria", &bulb, "40");
    let seq = ended.form_with("do").1;
    let seq = &seq.iter().find(|(name, _)| name == "seq").unwrap().1;
    let fields = [
        ("token", hidden("token")),
        ("step", hidden("step")),
        ("seq", seq.clone()),
        ("visit", hidden("seq")),
        ("answer", "lots".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let refused = desk.forge("maria", &action, &fields);
    assert_eq!(refused.status, 422, "{}", refused.words());
    let now = desk.get("maria", &case(&bulb));
    assert_eq!(now.heading(), ended.heading());
}

fn visit_of(page: &Page) -> String {
    let late = page.text.split("id=\"late\"").nth(1).unwrap();
    let visit = late.split("name=\"visit\" value=\"").nth(1).unwrap();
    visit.split('"').next().unwrap().to_owned()
}

#[test]
fn who_looks_at_a_case_sees_at_once_what_others_do() {
    let desk = desk("desk-live");
    let first = begin(&desk, "maria", &[]);
    let mut maria = Events::of(&desk, "maria", &case(&first));
    maria.wait_for("\"seq\":1");
    let mut ben = Events::of(&desk, "ben", &case(&first));
    ben.wait_for("\"others\":[\"maria\"]");
    maria.wait_for("\"others\":[\"ben\"]");
    let page = desk.get("maria", &case(&first));
    assert!(page.words().contains("ben is looking at this case, too."));
    let of_ben = desk.get("ben", &case(&first));
    desk.press("ben", &of_ben, "choice=no", &[]);
    maria.wait_for("\"seq\":2,\"by\":\"ben\"");
    // Another process on the same store.
    let id = case(&first).replace("/desk/c/", "");
    desk.0
        .folder
        .run(&format!("handover {id} --to field --library trees"))
        .succeeds();
    maria.wait_for("\"seq\":3");
    drop(ben);
    maria.wait_for("\"others\":[]");
}

#[test]
fn texts_that_attack_are_only_shown() {
    let desk = desk("desk-attack");
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}${room}\u{202e}";
    let first = begin(&desk, "maria", &[("ticket", attack), ("words", attack)]);
    let noted = desk.press("maria", &first, "do=note", &[("text", attack)]);
    let room = desk.press("maria", &noted, "choice=yes", &[]);
    let too_long = answer(&desk, "maria", &room, attack);
    assert_eq!(too_long.status, 422);
    let short = "\"><script>alert(3)</script>${room}";
    let of_ben = desk.get("ben", &case(&room));
    let bulb = answer(&desk, "maria", &room, short);
    let late = answer(&desk, "ben", &of_ben, &short.replace('3', "4"));
    assert_eq!(late.status, 409);
    let case = case(&bulb);
    let encoded = "%22%3E%3Cscript%3Ealert(5)%3C/script%3E";
    let pages = [
        first,
        noted,
        too_long,
        bulb,
        late,
        desk.get("maria", &format!("{case}/note?as=email")),
        desk.get("maria", &format!("{case}/note?as=json")),
        desk.get(
            "maria",
            &format!("{case}?change={encoded}&tree={encoded}&said={encoded}"),
        ),
        desk.get("maria", &format!("/desk/t/lamp?q={encoded}")),
        desk.get("maria", "/desk"),
    ];
    for page in pages {
        assert!(page.text.contains("<main"), "{}", page.text);
        for harmful in ["<script>", "<img src=x", "\u{202e}"] {
            assert!(
                !page.text.contains(harmful),
                "{harmful} {}: {}",
                page.path,
                page.text
            );
        }
        assert!(
            page.header("content-security-policy")
                .unwrap()
                .contains("default-src 'none'")
        );
    }
}

#[test]
fn a_form_from_elsewhere_changes_nothing() {
    let desk = desk("desk-forged");
    let first = begin(&desk, "maria", &[]);
    let path = case(&first);
    let fields = [("seq", "1"), ("step", "plugged"), ("choice", "yes")];
    let forged = desk.forge("maria", &path, &fields);
    assert_eq!(forged.status, 403);
    assert_eq!(
        desk.get("maria", &path).heading(),
        "Is the lamp plugged in?"
    );
    let nobody = desk.0.send_once(None, &path, &[], &[]);
    assert_eq!(nobody.status, 303, "to the door");
    let no_case = desk.get("maria", "/desk/c/0000-0000-0000");
    assert_eq!(no_case.status, 404);
    // What is refused before anybody looks at it is a page, too.
    let large = "a".repeat(70_000);
    let large = desk.forge("maria", &path, &[("text", &large)]);
    let said = "This cannot be read: it is too long.";
    assert_eq!((large.status, large.heading().as_str()), (413, said));
    let elsewhere = desk.get("maria", "/desk/take");
    assert_eq!(elsewhere.status, 405);
    assert!(elsewhere.text.contains("To the desk"), "{}", elsewhere.text);
}
