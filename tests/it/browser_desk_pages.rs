//! Every page of the desk in a real browser, in each state that looks different: axe-core finds nothing on it, on a phone and
//! on a screen, light and dark, and nothing is wider than the window. A page that is forgotten here is told. The authors'
//! pages have a tour of their own.

use serde_json::{Value, json};

use crate::support::browser::{ENTER, SCREEN};
use crate::support::desk::FAN;
use crate::support::{Browser, Folder, Site, Viewer};

const LIBRARY: &str = "\
name: Lamp desk
stuck: {escalate: field, reason: Nothing helped, needs: [callback, room]}
teams:
  field: {name: Field service, contact: Extension 77, tier: 2, hours: Mon to Fri}
facts:
  room: {ask: Which room is it?, text: {max: 40}}
  callback: {ask: On which number do we reach the caller?, text: {max: 40}}
glossary:
  fuse: the switch in the box on the wall that turns a room's power off
incidents:
  - title: The power is out on Harbour Street
    text: It is known. We expect it back at noon.
    say: We know of it, and somebody is there already.
    trees: [lamp]
";

const LAMP: &str = "
title: The lamp stays dark
summary: No light, or a light that comes and goes.
symptoms: [no light]
start: plugged
warn: Never touch a broken lamp with wet hands.
steps:
  plugged:
    ask: Is the lamp plugged in?
    say: Please look at the cable for me.
    note: Send nobody before this is known.
    help: Follow the cable to the **wall**, and look for the fuse.
    run: {command: [lamp, --is-plugged], yes: exit == 0}
    link: {url: https://example.org/lamps, label: More about lamps}
    yes: kind
    no: plug_it_in
  plug_it_in:
    do: Plug the lamp in.
    no: kind
  kind:
    ask: What kind of lamp is it?
    answers:
      desk lamp: fuse
      ceiling lamp: {label: A lamp on the ceiling, help: They need a ladder to reach it., goto: fuse}
      floor lamp: fuse
      wall lamp: fuse
      bedside lamp: fuse
      reading lamp: fuse
      night light: fuse
      spotlight: fuse
      lantern: fuse
      torch: fuse
      candle: {end: We do not mend candles., say: I am sorry for that.}
    unsure: fuse
  fuse:
    do: |
      Go to the box on the wall, find the fuse of the room and turn it off.

      1. Wait until everything is dark.
      2. Take a torch.
    checklist: [The fuse is off, The torch is lit]
    warn: There may be more than one box.
    wait: 90s
    next: seen
  seen:
    ask: What have they seen of these?
    many: true
    answers: {flicker: It flickered, bang: There was a bang, smell: A smell}
    next: room
  room:
    fact: room
    next: watts
  watts:
    ask: How many watts has the bulb?
    number: {min: 1, max: 200, unit: W}
    next: since
  since:
    ask: Since which day?
    date: {max: today}
    next: code
  code:
    ask: What is their secret word?
    text: {max: 6, secret: true}
    next: tries
  tries:
    try:
      clean: {label: Clean it, do: Wipe the bulb with a dry cloth., takes: 2m}
      shake: {do: Shake the lamp softly.}
    no: stuck
";

const TABLE: &str = "
title: The table wobbles
steps:
  legs:
    ask: Is a leg short?
    yes: {fix: Put a card below it., cause: The floor is not even., prevent: Leave the table where it is.}
    no: stuck
";

/// Somebody who walks the desk's pages and looks at each.
struct Tour<'t> {
    browser: &'t Browser,
    site: &'t Site,
    viewer: &'t Viewer<'t>,
    /// Of a program that does what others do.
    token: &'t str,
}

fn folder(name: &str) -> Folder {
    let trees = [("lamp", LAMP), ("fan", FAN), ("table", TABLE)];
    Folder::of_desk(name, LIBRARY, &trees)
}

#[test]
fn every_page_of_the_desk_is_for_everybody() {
    let Some(browser) = Browser::start(SCREEN) else {
        return;
    };
    let folder = folder("desk-axe");
    let site = Site::of_desk(folder.letting_in("maria").letting_in("ada --role author"));
    let viewer = Viewer::new(&browser);
    let tour = Tour {
        browser: &browser,
        site: &site,
        viewer: &viewer,
        token: &site.token("others", "agent"),
    };
    tour.door();
    tour.empty_queue();
    tour.begins();
    tour.tools();
    tour.prompts();
    tour.late();
    tour.corrects();
    tour.hands_over();
    tour.solves();
    tour.ends();
    tour.of_customers();
    tour.full_queue();
    tour.what_went_wrong();
    viewer.has_approved_all(
        &[
            "desk.rs",
            "desk/queue.rs",
            "desk/sign_in.rs",
            "desk/walk.rs",
            "desk/walk",
        ],
        &[
            "/desk/c/{case}/picture.svg",
            "/desk/c/{case}/events",
            // The authors' own tour looks at these.
            "/desk/trees",
            "/desk/trees/{*tree}",
            "/desk/tree.svg",
        ],
    );
}

impl Tour<'_> {
    fn open(&self, path: &str) -> &Browser {
        self.browser.open(&format!("{}{path}", self.site.origin()))
    }

    fn looks(&self, heading: &str) {
        self.viewer.looks_at(heading);
    }

    /// Presses what has these words, and waits for the next heading.
    fn press(&self, words: &str, heading: &str) {
        self.browser.button(words).click();
        self.browser.asks(heading);
    }

    /// Types an answer, where the field is plain or a date's, and waits for the next heading.
    fn answer(&self, text: &str, heading: &str) {
        self.browser.run(&format!(
            "document.querySelector('[name=answer]').value = '{text}'"
        ));
        self.press("Go on", heading);
    }

    /// A new case of a tree.
    fn begin(&self, tree: &str, heading: &str) {
        self.open(&format!("/desk/t/{tree}"));
        self.press("Begin", heading);
    }

    /// The case that stands before somebody.
    fn case(&self) -> String {
        let case = self.browser.find("[data-case]").property("dataset");
        case["case"].as_str().unwrap().to_owned()
    }

    /// What somebody else does with that case, from another program; the page does not hear of it.
    fn others(&self, deed: &str, mut fields: Value) {
        self.browser.run(
            "document.querySelector('[data-case]').removeAttribute('data-events'); document.dispatchEvent(new Event('fixpath:shown'))",
        );
        let case = format!("/api/v1/cases/{}", self.case());
        let now = self.site.call(self.token, &format!("GET {case}"), None);
        fields["seq"] = now.is(200).at("/seq");
        let deed = format!("POST {case}/{deed}");
        self.site.call(self.token, &deed, Some(&fields)).is(200);
    }

    fn door(&self) {
        let empty = Site::of_desk(folder("desk-axe-first"));
        self.browser.open(&format!("{}/desk", empty.origin()));
        self.browser.sees("Nobody may sign in yet.");
        self.looks("Sign in to the desk");
        self.open("/desk").asks("Sign in to the desk");
        self.looks("Sign in to the desk");
        let wrong = || {
            self.browser.field("Name").clear().write("nobody");
            self.browser.field("Password").write("wrong");
            self.browser.find("main button").click();
        };
        wrong();
        self.browser
            .sees("This name and password don’t go together.");
        self.looks("Sign in to the desk");
        // Each wrong one makes the wait longer, until it is long enough to be met.
        for _ in 0..20 {
            wrong();
            if self.browser.words().contains("That was wrong too often.") {
                break;
            }
        }
        self.browser.sees("That was wrong too often. Please wait");
        self.looks("Sign in to the desk");
        self.site.sign_in(self.browser, "maria", "/desk");
    }

    fn empty_queue(&self) {
        self.browser.sees("You have no open case.");
        self.looks("What waits for you");
        self.open("/desk?q=dark").sees("The lamp stays dark");
        self.looks("What waits for you");
        self.open("/desk?q=xyzzy").sees("Nothing fits these words.");
        self.looks("What waits for you");
        self.browser
            .field("Take a case by its code")
            .write("nonsense");
        self.browser.find(".take button").click();
        self.browser.sees("This code is wrong");
        self.looks("What waits for you");
    }

    fn begins(&self) {
        self.open("/desk/t/lamp?q=no+light").sees("Harbour Street");
        self.looks("The lamp stays dark");
        self.browser.field("Ticket").write(&format!("INC-7{ENTER}"));
        self.browser.asks("Is the lamp plugged in?");
        self.browser.sees("Ticket INC-7").sees("Harbour Street");
        self.looks("Is the lamp plugged in?");
    }

    /// What can be done at every prompt, each folded open.
    fn tools(&self) {
        let asked = "Is the lamp plugged in?";
        for tool in ["add-note", "another-tree", "park", "feedback"] {
            self.browser.find(&format!("#{tool} summary")).click();
            self.browser
                .is_true(&format!("document.querySelector('#{tool}').open"));
            self.looks(asked);
        }
        for fold in ["Measure it on their computer", "The picture of the tree"] {
            self.browser.button(fold).click();
        }
        self.browser
            .is_true("document.querySelector('.map img').naturalWidth > 100");
        self.looks(asked);
        let case = self.browser.address();
        for (words, found) in [("dusty", "The fan is loud"), ("xyzzy", "No tree fits")] {
            self.browser
                .open(&format!("{case}?tree={words}"))
                .sees(found);
            self.looks(asked);
        }
        // A tree that is not there any more.
        self.browser.open(&format!("{case}?tree=dusty"));
        self.browser
            .run("document.querySelector('#trees .pick').value = 'gone'");
        self.browser.button("The fan is loud").click();
        self.browser.sees("That does not fit here");
        self.looks(asked);
        self.browser.open(&case);
        self.browser.find("#add-note summary").click();
        self.browser.find("#note-text").write("A quiet caller");
        self.browser.button("Add the note").click();
        self.browser.sees("Your note is added.");
        self.looks(asked);
    }

    /// Every kind of prompt, and what does not fit at one that is typed.
    fn prompts(&self) {
        self.press("No", "Is the problem solved?");
        self.browser.sees("Plug the lamp in.");
        self.looks("Is the problem solved?");
        self.press("No", "What kind of lamp is it?");
        self.looks("What kind of lamp is it?");
        self.press("A lamp on the ceiling", "Do this, or have it done");
        self.browser.sees("1:");
        self.looks("Do this, or have it done");
        self.press("Done", "What have they seen of these?");
        self.looks("What have they seen of these?");
        self.browser.button("There was a bang").click();
        self.press("Go on", "Which room is it?");
        self.looks("Which room is it?");
        self.answer("B 12", "How many watts has the bulb?");
        self.looks("How many watts has the bulb?");
        self.answer("much", "How many watts has the bulb?");
        self.browser.sees("please give a number");
        self.looks("How many watts has the bulb?");
        // Gone back to, it says what was answered before.
        self.press("Back", "Which room is it?");
        self.looks("Which room is it?");
        self.press("Go on", "How many watts has the bulb?");
    }

    /// A page that is too old: what was typed there is shown beside where the case stands now.
    fn late(&self) {
        let watts = json!({"step": "watts", "reply": {"answer": 60}});
        self.others("reply", watts);
        self.answer("40", "Since which day?");
        self.browser
            .sees("was quicker. “How many watts has the bulb?” was answered: “60 W”")
            .sees("You had typed: 40");
        self.looks("Since which day?");
        self.answer("2026-01-02", "What is their secret word?");
        self.looks("What is their secret word?");
        self.answer("abc", "Is the problem solved?");
        self.browser.sees("Try this: Clean it");
        self.looks("Is the problem solved?");
    }

    fn corrects(&self) {
        self.press("Correct: room", "Which room is it?");
        self.browser.sees("Correct an earlier answer");
        self.looks("Which room is it?");
        self.answer(&"B".repeat(50), "Which room is it?");
        self.browser.sees("please give");
        self.looks("Which room is it?");
        self.answer("C 3", "Is the problem solved?");
        self.browser.sees("Corrected.");
        self.looks("Is the problem solved?");
    }

    /// From what the team needs to the code, and to who takes it.
    fn hands_over(&self) {
        self.browser.find("[value=no]").click();
        self.browser.sees("Shake the lamp softly.");
        self.browser.find("[value=no]").click();
        let need = "On which number do we reach the caller?";
        self.browser
            .asks(need)
            .sees("Needed before the case is handed over");
        self.looks(need);
        self.press("Don’t know", "Field service");
        self.browser.sees("This goes to").sees("Missing");
        self.looks("Field service");
        let end = self.browser.address();
        self.press("Hand it over", "Field service");
        self.browser.sees("Whoever goes on with it types this code");
        self.looks("Field service");
        for (form, words) in [
            ("text", "INC-7"),
            ("markdown", "# "),
            ("json", "{"),
            ("email", "Copy the subject"),
            ("chat", "characters."),
        ] {
            let note = format!("{}/note?as={form}", end.split('?').next().unwrap());
            self.browser.open(&note).sees(words);
            self.viewer.looks_at_like("The note of case ");
        }
        self.press("Back to the case", "Field service");
        self.browser.button("Take it myself").click();
        self.browser.sees("Shake the lamp softly.");
        self.looks("Is the problem solved?");
        self.browser.find("#park summary").click();
        self.press("Park the case", "No time is set");
        self.looks("No time is set");
        self.press("Go on with it", "Is the problem solved?");
        self.browser.find("#park summary").click();
        self.browser
            .find("#park-for option[value=tomorrow]")
            .click();
        self.browser.button("Park the case").click();
        self.viewer.looks_at_like("Until ");
    }

    /// A case that was solved, and then not; each leads to the other.
    fn solves(&self) {
        self.begin("table", "Is a leg short?");
        self.looks("Is a leg short?");
        self.press("Yes", "Is the problem solved?");
        self.looks("Is the problem solved?");
        self.browser.find("main [value=yes]").click();
        self.browser
            .sees("Close the case")
            .sees("So that it does not come back");
        self.looks("Put a card below it.");
        self.press("Close the case", "Solved, and confirmed");
        self.looks("Solved, and confirmed");
        let over = self.browser.address();
        self.browser.button("It is not solved after all").click();
        self.browser.sees("Goes on with");
        self.viewer.looks_at_like("");
        self.browser.open(&over).sees("goes on in case");
        self.looks("Solved, and confirmed");
        self.browser.find("main .texts .tools a").click();
        self.browser.sees("Goes on in");
        self.viewer.looks_at_like("The note of case ");
    }

    fn ends(&self) {
        self.begin("table", "Is a leg short?");
        self.press("Yes", "Is the problem solved?");
        self.press("Don’t know", "Put a card below it.");
        self.browser.sees("nobody has confirmed it yet");
        self.looks("Put a card below it.");
        self.press("Close the case", "Solved, not confirmed");
        self.looks("Solved, not confirmed");
        self.begin("lamp", "Is the lamp plugged in?");
        self.press("Yes", "What kind of lamp is it?");
        self.press("Candle", "We do not mend candles.");
        self.browser.sees("I am sorry for that.");
        self.looks("We do not mend candles.");
        self.press("Close the case", "Ended without a fix");
        self.looks("Ended without a fix");
    }

    /// A case that a customer walks, and what an agent sees of it.
    fn of_customers(&self) {
        let bulb = self.site.press(&self.site.get("/t/lamp"), "choice=yes");
        let name = bulb.path.split(['/', '-']).nth(2).unwrap().to_owned();
        let walking = "The customer is walking this case by themselves";
        self.open(&format!("/desk/c/{name}")).asks(walking);
        self.looks(walking);
        self.press("Take the case", "What kind of lamp is it?");
        // Somebody else goes on while one looks.
        self.browser.find("#add-note summary").click();
        let case = format!("/api/v1/cases/{name}");
        let now = self.site.call(self.token, &format!("GET {case}"), None);
        let reply = json!({"seq": now.at("/seq"), "step": "kind", "reply": {"answer": "torch"}});
        let deed = format!("POST {case}/reply");
        self.site.call(self.token, &deed, Some(&reply)).is(200);
        self.browser.sees("went on with this case.");
        self.looks("Do this, or have it done");
        self.press("A person", "On which number do we reach the caller?");
        self.answer("555", "Which room is it?");
        self.answer("B 12", "Field service");
        self.press("Hand it over", "Field service");
    }

    /// One due, some open, one put aside, one handed over; found by its ticket; one that others took.
    fn full_queue(&self) {
        self.begin("fan", "Is it dusty?");
        self.browser.find("#park summary").click();
        self.press("Park the case", "No time is set");
        let due = self.case();
        self.begin("fan", "Is it dusty?");
        let store = self.site.folder.path().join("kept/cases.db");
        let store = rusqlite::Connection::open(store).unwrap();
        let is_due = "UPDATE cases SET until = 1000 * (unixepoch() - 3600) WHERE id = ?1";
        assert_eq!(store.execute(is_due, [&due]).unwrap(), 1);
        self.open("/desk")
            .sees("Due now 1")
            .sees("Open 2")
            .sees("Parked 1")
            .sees("Handed over 1");
        self.looks("What waits for you");
        self.open("/desk?q=INC-7").sees("due in").sees("INC-7");
        self.looks("What waits for you");
        self.open(&format!("/desk?taken={due}"))
            .sees("Somebody else has taken case");
        self.looks("What waits for you");
    }

    fn what_went_wrong(&self) {
        let nothing = "There is nothing at this address.";
        for (path, heading) in [
            ("/desk/nothing", nothing),
            ("/desk/t/nothing", nothing),
            ("/desk/c/0000-0000-0000", "There is no such case."),
        ] {
            self.open(path);
            self.looks(heading);
        }
        self.open("/desk/trees");
        self.viewer
            .looks_at_like("Only who has the role \"author\" may see this.");
        self.begin("fan", "Is it dusty?");
        let erased = self.case();
        // A page from before one signed in, and one that asks for what there is not.
        let set = |name: &str, value: &str| {
            self.browser.run(&format!(
                "document.querySelectorAll('main [name={name}]').forEach(field => field.value = '{value}')"
            ));
        };
        set("token", "old");
        self.browser.find("[value=yes]").click();
        self.viewer
            .looks_at_like("This page is from before you signed in");
        self.open(&format!("/desk/c/{erased}")).asks("Is it dusty?");
        set("seq", "none");
        self.browser.find("[value=yes]").click();
        self.viewer.looks_at_like("This cannot be read: ");
        self.open(&format!("/desk/c/{erased}")).asks("Is it dusty?");
        let erase = format!("cases erase {erased}");
        self.site.folder.run(&erase).succeeds();
        self.browser.reload();
        self.viewer
            .looks_at_like("What was said in this case was erased");
        // Too much at once, of whom nobody knows who it is.
        let slow = Site::of(
            folder("desk-axe-many"),
            "--library trees --rate 1 --log none",
        );
        self.browser
            .open(&format!("{}/desk/sign-in", slow.origin()));
        self.browser.asks("Sign in to the desk");
        self.browser.run(
            "return (async () => { while ((await fetch('/desk/sign-in')).status !== 429); location.reload() })()",
        );
        self.viewer.looks_at_like("That was too much at once.");
        self.browser.sees("Try again");
        // The store is gone, and something is in the way of making it anew.
        self.open("/desk").asks("What waits for you");
        let kept = self.site.folder.path().join("kept");
        let elsewhere = self.site.folder.path().join("elsewhere");
        std::fs::rename(&kept, &elsewhere).unwrap();
        std::fs::write(&kept, "").unwrap();
        self.browser.reload();
        self.viewer.looks_at_like("This does not work right now");
        std::fs::remove_file(&kept).unwrap();
        std::fs::rename(&elsewhere, &kept).unwrap();
        self.browser.reload();
        self.browser.asks("What waits for you");
    }
}
