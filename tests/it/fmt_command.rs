//! `fixpath fmt`: which files it writes, what it says, and how it ends.

use std::fs;

use crate::support::Folder;

const LIBRARY: &str = "stuck: {escalate: desk, reason: Stuck}\n";
const MESSY: &str = "title:   T\nsteps:\n    a: {no: stuck, ask: 'Why?', yes: stuck}\n";
const NEAT: &str = "title: T\n\nsteps:\n  a:\n    ask: Why?\n    yes: stuck\n    no: stuck\n";

#[test]
fn files_are_written_only_where_they_change() {
    let folder = Folder::new("fmt-write")
        .file(
            "trees/fixpath.yaml",
            "{stuck:\n {reason: Stuck, escalate: desk}}",
        )
        .file("trees/a/messy.yaml", MESSY)
        .file("trees/neat.yaml", NEAT);
    let ran = folder.run("fmt --check").exits(1);
    assert_eq!(
        (&*ran.out, &*ran.err),
        (
            "trees/fixpath.yaml: not in the house style\ntrees/a/messy.yaml: not in the house style\n",
            "Files: 2 to format, 1 as they should be.\n"
        )
    );
    assert_eq!(folder.read("trees/a/messy.yaml"), MESSY);

    let ran = folder.run("fmt trees/a").succeeds();
    assert_eq!(ran.out, "trees/a/messy.yaml: formatted\n");
    assert_eq!(folder.read("trees/a/messy.yaml"), NEAT);

    let ran = folder.run("fmt").succeeds();
    assert_eq!(
        (&*ran.out, &*ran.err),
        (
            "trees/fixpath.yaml: formatted\n",
            "Files: 1 formatted, 2 as they should be.\n"
        )
    );
    assert_eq!(folder.read("trees/fixpath.yaml"), LIBRARY);
    assert_eq!(folder.read("trees/neat.yaml"), NEAT);
    let files = fs::read_dir(folder.path().join("trees/a")).unwrap();
    assert_eq!(files.count(), 1, "no draft is left behind");
    assert_eq!(folder.run("fmt --check").succeeds().out, "");
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone_with_the_finding() {
    let broken = "title: [a\n";
    let latin: &[u8] = b"title: \xfcbel\n";
    let folder = Folder::new("fmt-broken")
        .file("trees/fixpath.yaml", LIBRARY)
        .file("trees/broken.yaml", broken)
        .file("trees/messy.yaml", MESSY)
        .file("trees/latin.yaml", "");
    fs::write(folder.path().join("trees/latin.yaml"), latin).unwrap();
    folder
        .run("fmt")
        .exits(1)
        .says("trees/broken.yaml: left alone: it cannot be read")
        .says("error[yaml-syntax]")
        .says("--> trees/broken.yaml:1:8")
        .says("trees/latin.yaml: left alone")
        .says("Files: 1 formatted, 1 as they should be, 2 left alone.");
    assert_eq!(folder.read("trees/broken.yaml"), broken);
    assert_eq!(folder.read("trees/messy.yaml"), NEAT);
    assert_eq!(
        fs::read(folder.path().join("trees/latin.yaml")).unwrap(),
        latin
    );
    folder.run("fmt nothing.yaml").exits(2);
}

#[test]
fn a_library_file_that_cannot_be_read_is_not_passed_over() {
    let folder = Folder::new("fmt-library")
        .file("trees/fixpath.yaml", "")
        .file("trees/neat.yaml", NEAT);
    fs::write(folder.path().join("trees/fixpath.yaml"), b"name: \xff\n").unwrap();
    folder
        .run("fmt")
        .exits(1)
        .says("trees/fixpath.yaml: left alone: it cannot be read");
}

#[test]
fn a_mistake_that_would_be_hidden_is_shown() {
    let folded =
        "title: T\nsteps:\n  a:\n    do: 1. Unplug it.\n      2. Plug it in.\n    no: stuck\n";
    let folder = Folder::new("fmt-mistaken")
        .file("trees/fixpath.yaml", LIBRARY)
        .file("trees/folded.yaml", folded);
    folder
        .run("fmt")
        .exits(1)
        .says("it has mistakes that another layout would hide")
        .says("error[folded-list]");
    assert_eq!(folder.read("trees/folded.yaml"), folded);
}

#[test]
fn a_file_that_is_too_large_is_left_alone() {
    let large = format!("title: T\n#{}\n", "x".repeat(8 * 1024 * 1024));
    let folder = Folder::new("fmt-large")
        .file("trees/fixpath.yaml", LIBRARY)
        .file("trees/large.yaml", &large);
    folder.run("fmt").exits(1).says("error[too-large]");
    folder
        .run_with("fmt -", &large)
        .exits(1)
        .says("error[too-large]");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new("fmt-stdin");
    let ran = folder.run_with("fmt -", MESSY).succeeds();
    assert_eq!((&*ran.out, &*ran.err), (NEAT, ""));
    folder
        .run_with("fmt --check -", MESSY)
        .exits(1)
        .says("<stdin>: not in the house style");
    folder.run_with("fmt --check -", NEAT).succeeds();
    let ran = folder.run_with("fmt -", "title: [").exits(1);
    assert_eq!(ran.out, "");
    ran.says("error[yaml-syntax]").says("--> <stdin>:1:8");
    folder.run_with("fmt - trees", MESSY).exits(2);
}

#[test]
fn without_a_library_there_is_nothing_to_write() {
    let folder = Folder::new("fmt-built-in");
    folder.run("fmt").exits(2).says("name a folder of your own");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = Folder::new("fmt-links")
        .file("trees/fixpath.yaml", LIBRARY)
        .file("elsewhere/messy.yaml", MESSY)
        .file("trees/closed.yaml", MESSY);
    let real = folder.path().join("elsewhere/messy.yaml");
    let link = folder.path().join("trees/link.yaml");
    let closed = folder.path().join("trees/closed.yaml");
    symlink("../elsewhere/messy.yaml", &link).unwrap();
    let mode = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(&real, mode(0o640)).unwrap();
    folder.run("fmt trees/link.yaml").succeeds();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), NEAT);
    assert_eq!(
        fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );

    fs::set_permissions(&closed, mode(0o444)).unwrap();
    folder
        .run("fmt trees/closed.yaml")
        .exits(2)
        .says("it is read-only");
    assert_eq!(folder.read("trees/closed.yaml"), MESSY);
}

#[test]
fn what_new_writes_is_in_the_house_style() {
    let folder = Folder::new("fmt-new");
    folder.run("new office/headset").succeeds();
    folder.run("fmt --check").succeeds();
}
