//! Every page of the desk in a real browser, in each state that looks different: axe-core finds nothing on it, on a phone and
//! on a screen, light and dark, and nothing is wider than the window. A page that is forgotten here is told. The authors'
//! pages have a tour of their own.

mod around;
mod walk;

use serde_json::Value;

use crate::support::browser::SCREEN;
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
}
