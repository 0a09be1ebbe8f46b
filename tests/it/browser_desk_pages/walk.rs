//! A case from its begin to its end, and all that can be done with it.

use serde_json::json;

use super::Tour;
use crate::support::browser::ENTER;

impl Tour<'_> {
    pub fn begins(&self) {
        self.open("/desk/t/lamp?q=no+light").sees("Harbour Street");
        self.looks("The lamp stays dark");
        self.browser.field("Ticket").write(&format!("INC-7{ENTER}"));
        self.browser.asks("Is the lamp plugged in?");
        self.browser.sees("Ticket INC-7").sees("Harbour Street");
        self.looks("Is the lamp plugged in?");
    }

    /// What can be done at every prompt, each folded open.
    pub fn tools(&self) {
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
    pub fn prompts(&self) {
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
    pub fn late(&self) {
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

    pub fn corrects(&self) {
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
    pub fn hands_over(&self) {
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
    pub fn solves(&self) {
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

    pub fn ends(&self) {
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
    pub fn of_customers(&self) {
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
}
