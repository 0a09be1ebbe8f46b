//! What stands around the cases: the door, the queue, and what is in the way.

use super::{Tour, folder};
use crate::support::Site;

impl Tour<'_> {
    pub fn door(&self) {
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
            // The page that comes back holds the name alone.
            self.browser
                .is_true("document.querySelector('[name=password]').value === ''");
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

    pub fn empty_queue(&self) {
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

    /// One due, some open, one put aside, one handed over; found by its ticket; one that others took.
    pub fn full_queue(&self) {
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

    pub fn what_went_wrong(&self) {
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
        self.browser
            .sees("This page is from before you signed in, or was not made here.");
        self.looks("Is it dusty?");
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
