//! The library that is served follows its files, and stays good when they are not.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fixpath::load::live::{Live, Pace, Reloaded};
use fixpath::load::locate::Origin;
use jiff::civil::{Date, date};

use crate::support::Folder;

const LIBRARY: &str = "stuck: {escalate: desk, reason: R}\ntheme: {logo: img/logo.svg}\n";

fn tree(title: &str) -> String {
    format!(
        "title: {title}\nsteps:\n  a:\n    ask: A?\n    image: {{src: light.png, alt: A light}}\n    yes: stuck\n    no: {{end: E}}\n"
    )
}

fn folder(name: &str) -> Folder {
    Folder::new(name)
        .file("fixpath.yaml", LIBRARY)
        .file("a.yaml", &tree("First"))
        .file("light.png", "light")
        .file("secret.png", "nothing names it")
        .file("img/logo.svg", "<svg/>")
}

fn day() -> Date {
    date(2026, 11, 22)
}

fn live(folder: &Folder) -> Live {
    Live::start(Origin::Folder(folder.path().to_owned()), day).unwrap()
}

fn write(folder: &Folder, path: &str, text: &str) {
    fs::write(folder.path().join(path), text).unwrap();
}

fn titles(live: &Live) -> Vec<String> {
    let today = live.today();
    let titles = today.library.trees.iter();
    titles
        .map(|tree| tree.about.title.0.source().to_string())
        .collect()
}

#[test]
fn a_change_is_taken_and_who_walks_keeps_what_he_has() {
    let folder = folder("live-change");
    let live = live(&folder);
    let changes = live.subscribe();
    assert_eq!(live.reload(), Reloaded::Unchanged);
    let before = live.today();
    write(&folder, "a.yaml", &tree("Second"));
    write(&folder, "b.yaml", &tree("New"));
    assert_eq!(live.reload(), Reloaded::Taken);
    assert_eq!(titles(&live), ["Second", "New"]);
    assert_eq!(before.library.trees.len(), 1);
    assert!(changes.has_changed().unwrap());
    assert_eq!(live.reload(), Reloaded::Unchanged);
    fs::remove_file(folder.path().join("b.yaml")).unwrap();
    assert_eq!(live.reload(), Reloaded::Taken);
    assert_eq!(titles(&live), ["Second"]);
}

#[test]
fn errors_are_not_taken_and_are_told_till_they_are_mended() {
    let folder = folder("live-errors");
    let live = live(&folder);
    assert!(live.trouble().is_none());
    let mut changes = live.subscribe();
    write(
        &folder,
        "a.yaml",
        &tree("Second").replace("stuck", "nowhere"),
    );
    assert_eq!(live.reload(), Reloaded::Refused);
    assert_eq!(titles(&live), ["First"]);
    let trouble = live.trouble().unwrap();
    assert_eq!(trouble.message, "the library on the disk has an error");
    assert_eq!(trouble.findings[0].code.name(), "unknown-step");
    let place = trouble.findings[0].primary.place;
    assert!(trouble.sources.file(place.file).path().ends_with("a.yaml"));
    assert!(changes.has_changed().unwrap());
    changes.mark_unchanged();
    assert_eq!(
        live.reload(),
        Reloaded::Unchanged,
        "the same errors are not told again"
    );
    assert!(!changes.has_changed().unwrap());
    write(&folder, "a.yaml", &tree("First"));
    assert_eq!(live.reload(), Reloaded::Taken);
    assert!(live.trouble().is_none());
}

#[test]
fn a_library_that_cannot_be_read_for_a_while_is_still_served() {
    let folder = folder("live-gone");
    let root = folder.path().join("trees");
    fs::create_dir(&root).unwrap();
    fs::write(
        root.join("fixpath.yaml"),
        "stuck: {escalate: desk, reason: R}\n",
    )
    .unwrap();
    fs::write(
        root.join("x.yaml"),
        tree("X").replace("    image: {src: light.png, alt: A light}\n", ""),
    )
    .unwrap();
    let live = Live::start(Origin::Folder(root.clone()), day).unwrap();
    let away = folder.path().join("away");
    fs::rename(&root, &away).unwrap();
    assert_eq!(live.reload(), Reloaded::Refused);
    assert!(live.trouble().unwrap().message.contains("cannot be read"));
    assert_eq!(titles(&live), ["X"]);
    fs::rename(&away, &root).unwrap();
    assert_eq!(live.reload(), Reloaded::Taken);
    assert!(live.trouble().is_none());
}

#[test]
fn at_the_start_good_trees_are_served_beside_bad_ones_and_it_is_told() {
    let folder = folder("live-start").file("bad.yaml", &tree("Bad").replace("stuck", "nowhere"));
    let live = live(&folder);
    assert_eq!(titles(&live), ["First"]);
    assert_eq!(live.today().left_out, ["bad".into()]);
    assert_eq!(live.trouble().unwrap().findings.len(), 1);
    write(&folder, "fixpath.yaml", "stuck: nowhere\n");
    let why = Live::start(Origin::Folder(folder.path().to_owned()), day).unwrap_err();
    assert_eq!(
        why.to_string(),
        "the library has errors, so nothing can be walked: run `fixpath check`"
    );
}

#[test]
fn only_pictures_that_are_named_are_served_and_by_their_names_alone() {
    let folder = folder("live-media");
    let live = live(&folder);
    let today = live.today();
    let (picture, content) = today.media.get("light.png").unwrap();
    assert_eq!(
        (picture.content_type, &*content.bytes),
        ("image/png", &b"light"[..])
    );
    let (picture, logo) = today.media.get("img/logo.svg").unwrap();
    assert_eq!(picture.content_type, "image/svg+xml");
    assert_ne!(logo.mark, content.mark);
    for path in [
        "secret.png",
        "fixpath.yaml",
        "a.yaml",
        "./light.png",
        "img/../light.png",
        "img/./logo.svg",
        "../live-media/light.png",
        "/etc/passwd",
        "light.png/",
        "LIGHT.PNG",
        "light.png\0",
        "",
    ] {
        assert!(today.media.get(path).is_none(), "{path}");
    }
    write(&folder, "light.png", "another light");
    assert_eq!(live.reload(), Reloaded::Taken);
    let today = live.today();
    assert_eq!(
        &*today.media.get("light.png").unwrap().1.bytes,
        b"another light"
    );
}

#[test]
fn a_picture_that_is_too_large_or_leads_out_is_not_served() {
    let folder = folder("live-large");
    write(&folder, "light.png", &"x".repeat(5 * 1024 * 1024));
    assert!(live(&folder).today().media.get("light.png").is_none());
    #[cfg(unix)]
    {
        fs::remove_file(folder.path().join("light.png")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("light.png")).unwrap();
        let live = live(&folder);
        assert!(live.today().media.has("light.png"));
        assert!(live.today().media.get("light.png").is_none());
    }
}

#[test]
fn the_built_in_trees_have_their_pictures_and_need_no_watching() {
    let live = Arc::new(Live::start(Origin::BuiltIn, day).unwrap());
    assert!(live.watch(Pace::default()).unwrap().is_none());
    assert_eq!(live.reload(), Reloaded::Unchanged);
    let today = live.today();
    let (picture, content) = today.media.get("network/router-lights.svg").unwrap();
    assert_eq!(picture.content_type, "image/svg+xml");
    assert!(content.bytes.starts_with(b"<svg"));
    assert!(today.media.get("logo.svg").is_some());
}

/// Waits for a change of the library, for a machine that is busy too.
fn wait_for(live: &Live, change: impl FnOnce(), fits: impl Fn(&Live) -> bool) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let mut changes = live.subscribe();
    change();
    runtime.block_on(async {
        let deadline = Duration::from_secs(60);
        let seen = changes.wait_for(|_| fits(live));
        tokio::time::timeout(deadline, seen).await.unwrap().unwrap();
    });
}

fn follows(folder: &Folder, pace: Pace) {
    let live = Arc::new(live(folder));
    let watching = live.watch(pace).unwrap();
    assert!(watching.is_some());
    let new = folder.path().join("new");
    let make = || {
        fs::create_dir(&new).unwrap();
        put(&new.join("b.yaml"), &tree("Below"));
        fs::write(new.join("light.png"), "light").unwrap();
    };
    wait_for(&live, make, |live| titles(live) == ["First", "Below"]);
    wait_for(
        &live,
        || put(&folder.path().join("a.yaml"), "nonsense"),
        |live| live.trouble().is_some(),
    );
    assert_eq!(titles(&live), ["First", "Below"]);
    wait_for(
        &live,
        || put(&folder.path().join("a.yaml"), &tree("Mended")),
        |live| titles(live) == ["Mended", "Below"],
    );
}

/// Writes as editors do: a new file in the old one's place.
fn put(path: &Path, text: &str) {
    let aside = path.with_extension("tmp");
    fs::write(&aside, text).unwrap();
    fs::rename(&aside, path).unwrap();
}

#[test]
fn changes_are_told_by_the_system() {
    let pace = Pace {
        quiet: Duration::from_millis(20),
        look: Duration::from_secs(600),
        told: true,
    };
    follows(&folder("live-told"), pace);
}

#[test]
fn changes_are_found_where_the_system_tells_nothing() {
    let pace = Pace {
        quiet: Duration::from_millis(1),
        look: Duration::from_millis(20),
        told: false,
    };
    follows(&folder("live-found"), pace);
}
