//! The authors' pages, as a browser without scripts sees them: what the cases say about each tree, what is wrong with its
//! file, who is on which version, and what becomes of all that when the files change.

use std::fs;
use std::thread;
use std::time::Duration;

use crate::support::{Folder, Page, Site};

const LIBRARY: &str = "name: Our desk\nstuck: {escalate: field, reason: Nothing helped}\n";

const LAMP: &str = "title: The lamp stays dark
check: Does it shine?
steps:
  plugged:
    ask: Is the lamp plugged in?
    yes: bulb
    no: plug
    unsure: plug
  plug: {do: Plug the lamp in., no: bulb}
  bulb: {do: Take another bulb., no: stuck}
";

/// Authors whom a proxy lets in.
struct Desk(Site);

impl Desk {
    fn new(name: &str) -> Self {
        let folder = Folder::new(name)
            .keeping()
            .file("trees/fixpath.yaml", LIBRARY)
            .file("trees/lamp.yaml", LAMP);
        Self(Site::of(
            folder,
            "--library trees --log none --trust-proxy 127.0.0.1 --trust-header X-User --trust-roles author",
        ))
    }

    fn get(&self, path: &str) -> Page {
        self.0.send(None, path, &[], &[("x-user", "ruth")])
    }

    /// A case in the terminal, with these answers.
    fn walk(&self, typed: &str) {
        let folder = &self.0.folder;
        folder.run_with("run lamp --plain --library trees --agent ada", typed);
    }

    /// Writes a file of the library.
    fn write(&self, file: &str, text: &str) {
        let path = self.0.folder.path().join("trees").join(file);
        fs::write(path, text).unwrap();
    }

    /// Looks until the page says it.
    fn until_it_says(&self, path: &str, words: &str) -> Page {
        for _ in 0..500 {
            let page = self.get(path);
            if page.words().contains(words) {
                return page;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("it never says {words:?}: {}", self.get(path).words());
    }
}

#[test]
fn a_tree_says_where_people_leave_go_back_and_are_unsure() {
    let folder = Folder::new("trees-before").keeping();
    let folder = folder
        .file("trees/fixpath.yaml", LIBRARY)
        .file("trees/lamp.yaml", LAMP);
    for typed in [
        "yes\nyes\n",
        "unsure\nback\nno\nno\n",
        "yes\nno\n",
        "no\nfeedback It is a wall lamp.\n",
    ] {
        folder.run_with("run lamp --plain --library trees --agent ada", typed);
    }
    let desk = Desk(Site::of(
        folder,
        "--library trees --log none --trust-proxy 127.0.0.1 --trust-header X-User --trust-roles author",
    ));
    let page = desk.until_it_says("/desk/trees", "Counted now");
    let words = page.words();
    assert!(words.contains("The lamp stays dark lamp 4"), "{words}");
    let page = desk.get("/desk/trees/lamp").words();
    for said in [
        "Cases 4",
        "Feedback 1",
        "It is a wall lamp.",
        "Step Came here Left here Went back Not sure",
        "Versions in use",
        "served now",
        " not closed, first used ",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let picture = desk.get("/desk/tree.svg?tree=lamp");
    assert_eq!(picture.header("content-type"), Some("image/svg+xml"));
    for said in [
        "4 cases began here",
        "left here",
        "1 went back",
        "1 not sure",
    ] {
        assert!(picture.text.contains(said), "{said}: {}", picture.text);
    }
}

#[test]
fn each_page_says_how_old_its_figures_are_and_counts_anew() {
    let desk = Desk::new("trees-age");
    for path in ["/desk/trees", "/desk/trees/lamp"] {
        desk.until_it_says(path, "Counted now");
    }
    desk.walk("yes\nyes\n");
    desk.until_it_says("/desk/trees", "The lamp stays dark lamp 1");
    desk.until_it_says("/desk/trees/lamp", "Cases 1");
}

#[test]
fn a_library_with_errors_is_not_taken_and_the_desk_says_so() {
    let desk = Desk::new("trees-reload");
    desk.walk("yes\n");
    desk.write("lamp.yaml", &LAMP.replace("no: stuck", "no: nowhere"));
    let page = desk.until_it_says("/desk/trees", "The last good trees are served");
    let words = page.words();
    assert!(words.contains("lamp.yaml:"), "{words}");
    assert!(words.contains("nowhere"), "{words}");
    assert!(desk.get("/desk/trees/lamp").words().contains("nowhere"));
    assert!(
        desk.get("/t/lamp")
            .words()
            .contains("Is the lamp plugged in?")
    );
    desk.write("lamp.yaml", &LAMP.replace("plugged in?", "in the socket?"));
    loop {
        let page = desk.get("/t/lamp");
        assert_eq!(page.status, 200);
        if page.words().contains("Is the lamp in the socket?") {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    assert!(!desk.get("/desk/trees").words().contains("last good"));
    desk.walk("yes\n");
    let page = desk.get("/desk/trees").words();
    assert!(page.contains("served now"), "{page}");
    // Two versions, each with a case that is not closed.
    let (_, versions) = page.split_once("Versions in use").unwrap();
    assert_eq!(versions.matches(" 1 1").count(), 2, "{versions}");
}
