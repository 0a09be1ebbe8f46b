//! People with an account, who sign in to the desk in a browser.

use super::{Browser, Folder, Site};

/// The password of all of them.
const PASSWORD: &str = "correct horse battery";

impl Folder {
    /// Lets somebody in: `maria --role admin`.
    #[must_use]
    pub fn letting_in(self, who: &str) -> Self {
        let add = format!("user add --password-stdin {who}");
        self.run_with(&add, &format!("{PASSWORD}\n")).succeeds();
        self
    }
}

impl Site {
    /// Signs in, and is led on from the door to where one wanted to go.
    #[track_caller]
    pub fn sign_in<'b>(&self, browser: &'b Browser, who: &str, path: &str) -> &'b Browser {
        browser.open(&format!("{}{path}", self.origin()));
        browser.asks("Sign in to the desk");
        browser.field("Name").write(who);
        browser.field("Password").write(PASSWORD);
        browser.find("main button").click();
        browser.find("header nav");
        browser
    }
}
