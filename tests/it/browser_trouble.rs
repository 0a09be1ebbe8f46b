//! What is in a customer's way, in a real browser, without a script and with scripts: a page that is too old, an answer that
//! does not fit, a case that was erased, too many requests, a store that is gone. Each page says what helps, fits a phone,
//! and leads on; what was typed is still there.

use std::fs;

use crate::support::browser::PHONE;
use crate::support::desk::LIBRARY;
use crate::support::{Browser, Folder, Site, Viewer};

const LAMP: &str = "
title: The lamp stays dark
steps:
  plugged:
    ask: Is the lamp plugged in?
    yes: watts
    no: {fix: Plug it in.}
  watts:
    ask: How many watts has the bulb?
    number: {min: 1, max: 200, unit: W}
    next: stuck
";

/// Asks something else first.
const LAMP_NOW: &str = "
title: The lamp stays dark
start: power
steps:
  power:
    ask: Is there light in other rooms?
    yes: plugged
    no: stuck
  plugged:
    ask: Is the lamp plugged in?
    yes: {fix: Take another bulb.}
    no: {fix: Plug it in.}
";

const GONE: &str = "This does not work right now, and nothing was changed.";

/// Somebody at home, and who looks over their shoulder.
struct Customer<'c> {
    browser: &'c Browser,
    viewer: Viewer<'c>,
    /// Where none runs, axe-core does not run, either.
    runs_scripts: bool,
    site: Site,
}

#[test]
fn what_is_in_the_way_leads_on_without_a_script() {
    if let Some(browser) = Browser::without_scripts(PHONE) {
        meets_all(&browser, "trouble-plain", false);
    }
}

#[test]
fn what_is_in_the_way_leads_on_with_scripts() {
    if let Some(browser) = Browser::start(PHONE) {
        meets_all(&browser, "trouble", true);
    }
}

fn meets_all(browser: &Browser, name: &str, runs_scripts: bool) {
    let folder = Folder::of_desk(name, LIBRARY, &[("lamp", LAMP)]);
    let customer = Customer {
        browser,
        viewer: Viewer::new(browser),
        runs_scripts,
        site: Site::of_desk(folder),
    };
    customer.misfit();
    customer.stale();
    customer.gone();
    customer.erased();
    customer.nothing();
    customer.too_many(name);
    customer.asked_anew();
    customer.viewer.has_approved();
}

impl Customer<'_> {
    fn open(&self, path: &str) -> &Browser {
        self.browser.open(&format!("{}{path}", self.site.origin()))
    }

    #[track_caller]
    fn looks(&self, heading: &str) {
        self.browser.asks(heading).fits();
        if self.runs_scripts {
            self.viewer.looks_at(heading);
        } else {
            self.viewer.keep(heading, "without a script");
        }
    }

    /// At the question that is typed.
    fn begin(&self) {
        self.open("/t/lamp").asks("Is the lamp plugged in?");
        self.browser.button("Yes").click();
        self.browser.asks("How many watts has the bulb?");
    }

    fn typed(&self) -> String {
        let typed = self.browser.find("[name=answer]").property("value");
        typed.as_str().unwrap().to_owned()
    }

    fn misfit(&self) {
        self.begin();
        self.browser.find("[name=answer]").write("much");
        self.browser.button("Go on").click();
        self.browser.sees("please give a number");
        self.looks("How many watts has the bulb?");
        assert_eq!(self.typed(), "much");
    }

    /// Another tab has answered already, and something else.
    fn stale(&self) {
        self.begin();
        let case = self.browser.address();
        let first = self.browser.new_tab();
        self.browser
            .open(&case)
            .asks("How many watts has the bulb?");
        self.browser.find("[name=answer]").write("60");
        self.browser.button("Go on").click();
        self.browser.asks("A person will help you: Field service");
        self.browser.to_tab(&first);
        self.browser.find("[name=answer]").write("40");
        self.browser.button("Go on").click();
        self.browser
            .sees("You have answered this before: you said “60 W”. Answer again to change it.");
        assert_eq!(self.typed(), "40", "what was typed is not lost");
        self.looks("How many watts has the bulb?");
        self.browser.button("Go on where you were").click();
        self.browser.asks("A person will help you: Field service");
    }

    /// The store is gone for a while.
    fn gone(&self) {
        self.begin();
        self.browser.find("[name=answer]").write("60");
        let folder = self.site.folder.path();
        let (kept, elsewhere) = (folder.join("kept"), folder.join("elsewhere"));
        let lose = || {
            fs::rename(&kept, &elsewhere).unwrap();
            // Something is in the way of making it anew.
            fs::write(&kept, "").unwrap();
        };
        let find = || {
            fs::remove_file(&kept).unwrap();
            fs::rename(&elsewhere, &kept).unwrap();
        };
        lose();
        self.browser.button("Go on").click();
        self.browser
            .sees(GONE)
            .sees("Please try again in a moment.");
        if self.runs_scripts {
            // Said where one is, and what was typed stands there.
            self.looks("How many watts has the bulb?");
        } else {
            self.browser.sees("What you typed is still there: go back");
            self.looks(GONE);
            self.browser.back();
            self.browser.asks("How many watts has the bulb?");
        }
        assert_eq!(self.typed(), "60");
        let case = self.browser.address();
        self.browser.open(&case).asks(GONE);
        assert!(!self.browser.words().contains("What you typed"));
        self.looks(GONE);
        find();
        self.browser.button("Try again").click();
        self.browser.asks("How many watts has the bulb?");
        assert_eq!(self.browser.address(), case);
        self.browser.find("[name=answer]").write("60");
        self.browser.button("Go on").click();
        self.browser.asks("A person will help you: Field service");
    }

    /// The case is erased while its page stands there.
    fn erased(&self) {
        self.begin();
        let case = self.browser.address();
        let name = case.split("/c/").nth(1).unwrap();
        let name = name.split('-').next().unwrap();
        let erased = "What was said in this case was erased.";
        self.site
            .folder
            .run(&format!("cases erase {name}"))
            .succeeds();
        self.browser.find("[name=answer]").write("60");
        self.browser.button("Go on").click();
        self.looks(erased);
        self.browser.open(&case);
        self.looks(erased);
        self.browser.button("Look for help").click();
        self.browser.asks("What is the trouble?");
    }

    fn nothing(&self) {
        self.open("/c/nothing");
        self.looks("There is nothing at this address.");
        self.browser.button("Look for help").click();
        self.browser.asks("What is the trouble?");
    }

    fn too_many(&self, name: &str) {
        let folder = Folder::of_desk(&format!("{name}-many"), LIBRARY, &[("lamp", LAMP)]);
        let slow = Site::of(folder, "--library trees --rate 1 --log none");
        let lamp = format!("{}/t/lamp", slow.origin());
        let many = "That was too much at once.";
        while self.browser.heading() != many {
            while slow.get("/").status != 429 {}
            self.browser.open(&lamp);
        }
        self.browser.sees("Please wait 1 second and try again.");
        self.looks(many);
        // It goes by.
        while self.browser.heading() == many {
            self.browser.button("Try again").click();
        }
        self.browser.asks("Is the lamp plugged in?");
    }

    /// The tree is saved anew while its first question stands there.
    fn asked_anew(&self) {
        self.open("/t/lamp").asks("Is the lamp plugged in?");
        let lamp = self.site.folder.path().join("trees/lamp.yaml");
        fs::write(lamp, LAMP_NOW).unwrap();
        let now = "Is there light in other rooms?";
        // It is read again soon.
        while self.site.get("/t/lamp").heading() != now {}
        self.browser.button("Yes").click();
        self.browser.asks(now);
        self.browser.sees(
            "We have changed these questions a moment ago. Please answer this one, which comes first now.",
        );
        self.looks(now);
        self.browser.button("Yes").click();
        self.browser.asks("Is the lamp plugged in?");
        assert!(!self.browser.words().contains("We have changed"));
    }
}
