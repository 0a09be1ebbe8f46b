//! Cases that are kept, as people use them: the real binary, again and again on one store.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::support::Folder;
use crate::support::pty;

const TREE: &str = "\
title: The printer prints nothing
steps:
  power:
    ask: Is the power light on?
    yes: cable
    no: plug
  plug:
    do: Plug it in.
    no: cable
  cable:
    ask: Is the cable in at both ends?
    yes: service
    no: stuck
  service:
    escalate: service_desk
    reason: Prints nothing with power and cable
stuck: {escalate: service_desk, reason: The caller could not go on}
";

fn desk(name: &str) -> Folder {
    Folder::new(name).file("trees/printer.yaml", TREE).keeping()
}

/// The only case, as the list has it.
fn only_case(folder: &Folder) -> Value {
    let listed = folder.run("cases --all --format json").succeeds();
    let cases: Vec<Value> = serde_json::from_str(&listed.out).unwrap();
    assert_eq!(cases.len(), 1, "{}", listed.out);
    cases[0].clone()
}

fn id(folder: &Folder) -> String {
    only_case(folder)["case"].as_str().unwrap().to_owned()
}

#[test]
fn who_leaves_finds_the_case_again_where_it_stood() {
    let folder = desk("cases-resume");
    let left = folder.run_with("run printer --ticket INC-7", "no\n");
    left.exits(4).says("fixpath resume");
    let case = only_case(&folder);
    assert_eq!(case["status"], "parked");
    assert_eq!(case["ticket"], "INC-7");
    assert_eq!(case["stands"]["step"], "plug");
    assert_eq!(case["agent"], "ada");
    let resumed = folder.run_with(&format!("resume {}", &id(&folder)[..4]), "no\nyes\n\n");
    resumed
        .exits(3)
        .says("Is the cable in at both ends?")
        .says("1. Is the power light on? no")
        .says("fixpath handover");
    let case = only_case(&folder);
    assert_eq!(case["status"], "handed_over");
    assert_eq!(case["team"], "service_desk");
    assert_eq!(case["outcome"], "escalated");
}

#[test]
fn a_case_that_is_over_is_not_resumed() {
    let folder = desk("cases-over");
    folder.run_with("run printer", "no\nyes\n\n").exits(0);
    let case = only_case(&folder);
    assert_eq!(
        (case["status"].as_str(), &case["confirmed"]),
        (Some("closed"), &Value::Bool(true))
    );
    let id = id(&folder);
    folder.run(&format!("resume {id}")).exits(2).says("is over");
    folder
        .run(&format!("handover {id} --to service_desk"))
        .exits(2)
        .says("is over");
    // It is shown all the same.
    folder
        .run(&format!("cases show {id}"))
        .succeeds()
        .says("Plug it in");
    folder
        .run("cases")
        .succeeds()
        .says("No case is open, parked or handed over; `fixpath cases --all` lists");
    folder
        .run("cases --tree printer")
        .succeeds()
        .says("There are no such cases among those that go on; `--all` looks at closed");
    folder
        .run("cases --tree other --all")
        .succeeds()
        .says("There are no such cases.");
}

#[test]
fn what_is_not_solved_after_all_goes_on_in_one_other_case() {
    let folder = desk("cases-again");
    folder.run_with("run printer", "no\nyes\n\n").exits(0);
    let first = id(&folder);
    folder
        .run(&format!("resume {first}"))
        .exits(2)
        .says("--again");
    let on = folder.run_with(&format!("resume {first} --again"), "");
    on.exits(4)
        .says(&format!("goes on with {first}"))
        .says("Is the cable in at both ends?");
    let listed = folder.run("cases --format json").succeeds();
    let open: Vec<Value> = serde_json::from_str(&listed.out).unwrap();
    let next = open[0]["case"].as_str().unwrap().to_owned();
    assert_eq!((open.len(), next == first), (1, false), "{}", listed.out);
    // Asked for again it is the same case, as it stands; one that is open goes on in itself.
    let same = folder.run_with(&format!("resume {first} --again"), "yes\n\n");
    same.exits(3)
        .says(&format!("Case {next} goes on with {first}"));
    folder.run_with("run printer", "no\n").exits(4);
    let listed = folder.run("cases --format json").succeeds();
    let open: Vec<Value> = serde_json::from_str(&listed.out).unwrap();
    let parked = open.iter().find(|case| case["status"] == "parked").unwrap();
    let parked = parked["case"].as_str().unwrap();
    folder
        .run(&format!("resume {parked} --again"))
        .exits(2)
        .says("is not over");
}

#[test]
fn a_case_goes_on_although_no_tree_of_today_can_be_walked() {
    let folder = desk("cases-broken");
    folder.run_with("run printer", "no\n").exits(4);
    let id = id(&folder);
    let folder = folder.file(
        "trees/printer.yaml",
        "title: Broken\nsteps: {a: {ask: A?}}\n",
    );
    folder.run("run printer").exits(2);
    folder
        .run_with(&format!("resume {id}"), "no\n")
        .exits(4)
        .says("Plug it in.")
        .says("Is the cable in at both ends?");
    let latest = folder.run(&format!("resume {id} --latest"));
    latest
        .exits(2)
        .says("`printer`, or one that it leads to, has errors");
}

#[test]
fn a_walk_without_a_store_keeps_nothing() {
    let folder = desk("cases-none");
    folder.run_with("run printer --no-store", "no\n").exits(4);
    assert!(!folder.has("kept"));
    folder.run_with("run printer --store none", "no\n").exits(4);
    assert!(!folder.has("kept"));
    folder
        .run("cases --store none")
        .exits(2)
        .says("--store FILE|URL");
}

#[test]
fn a_case_goes_on_with_the_tree_that_it_began_with() {
    let folder = desk("cases-pinned");
    folder.run_with("run printer", "no\n").exits(4);
    let id = id(&folder);
    let folder = folder.file(
        "trees/printer.yaml",
        &TREE.replace("Plug it in.", "Push the plug in."),
    );
    folder
        .run_with(&format!("resume {id}"), "")
        .exits(4)
        .says("Plug it in.");
    folder
        .run_with(&format!("resume {id} --latest"), "")
        .exits(4)
        .says("Push the plug in.");
    // It is pinned to that version from now on.
    folder
        .run_with(&format!("resume {id}"), "")
        .exits(4)
        .says("Push the plug in.");
}

#[test]
fn a_case_that_does_not_fit_the_newest_tree_stays_on_its_own() {
    let folder = desk("cases-misfit");
    folder.run_with("run printer", "no\n").exits(4);
    let id = id(&folder);
    let before = only_case(&folder)["library"].clone();
    let folder = folder.file(
        "trees/printer.yaml",
        &TREE.replace(
            "steps:",
            "steps:\n  noise:\n    ask: Does it hum?\n    yes: power\n    no: power",
        ),
    );
    let refused = folder.run(&format!("resume {id} --latest")).exits(2);
    assert!(
        refused.err.contains("`power` in `printer`"),
        "{}",
        refused.err
    );
    assert!(
        refused
            .err
            .contains("stands at `noise`; nothing was changed"),
        "{}",
        refused.err
    );
    assert_eq!(only_case(&folder)["library"], before);
    folder
        .run_with(&format!("resume {id}"), "")
        .exits(4)
        .says("Plug it in.");
}

#[test]
fn a_code_hands_a_case_over_once() {
    let folder = desk("cases-code");
    folder.run_with("run printer", "no\n").exits(4);
    let id = id(&folder);
    let code = |valid: &str| {
        let ran = folder
            .run(&format!("handover {id} --to service_desk{valid}"))
            .succeeds();
        ran.out.trim().to_owned()
    };
    let (first, second) = (code(""), code(""));
    folder
        .run(&format!("take {first}"))
        .exits(2)
        .says("ask for a new one");
    let taken = folder.run_with(
        &format!("take {} --agent bob", second.to_uppercase()),
        "no\n",
    );
    taken
        .exits(4)
        .says("taken by bob")
        .says("Is the cable in at both ends?");
    folder
        .run(&format!("take {second}"))
        .exits(2)
        .says("used already");
    let late = code(" --valid 0m");
    folder.run(&format!("take {late}")).exits(2).says("too old");
    folder
        .run("take nonsense")
        .exits(2)
        .says("this code is wrong");
    // Whoever is allowed to read the store needs no code.
    folder
        .run_with(&format!("resume {id}"), "")
        .exits(4)
        .says("taken by ada");
}

#[test]
fn what_is_wrong_with_a_script_reaches_its_author() {
    let folder = desk("cases-feedback");
    let input = "no\nfeedback The plug has no light\nquit\n";
    folder
        .run_with("run printer", input)
        .exits(4)
        .says("Thank you");
    folder
        .run("feedback")
        .succeeds()
        .says("printer plug (trees/printer.yaml:7)")
        .says("The plug has no light");
    folder
        .run("feedback elsewhere")
        .exits(2)
        .says("there is no tree `elsewhere`");
    let folder = folder.file("trees/printer.yaml", &TREE.replace("plug", "socket"));
    folder.run("feedback").succeeds().says("no longer there");
}

#[test]
fn cases_are_exported_for_other_programs() {
    let folder = desk("cases-export");
    folder
        .run_with(
            "run printer --ticket =1+1",
            "no\nnote said \"no\", twice\nyes\n\n",
        )
        .exits(0);
    folder.run_with("run printer", "yes\n").exits(4);
    let lines = folder.run("cases export").succeeds().out;
    let cases: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(cases.len(), 2);
    let closed = cases
        .iter()
        .find(|case| case["status"] == "closed")
        .unwrap();
    assert_eq!(closed["note"]["outcome"]["outcome"], "resolved");
    assert_eq!(closed["log"].as_array().unwrap().len(), 5);
    let csv = folder
        .run("cases export --format csv --outcome resolved")
        .succeeds()
        .out;
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 2, "{csv}");
    assert!(rows[1].contains(",'=1+1,"), "{csv}");
}

#[test]
fn what_was_said_is_erased_and_the_counts_stay() {
    let folder = desk("cases-erase");
    folder
        .run_with("run printer --ticket INC-9", "no\nnote Mrs Smith is deaf\n")
        .exits(4);
    let id = id(&folder);
    folder.run(&format!("cases erase {id}")).succeeds();
    folder
        .run(&format!("resume {id}"))
        .exits(2)
        .says("was erased");
    folder
        .run(&format!("cases show {id}"))
        .exits(2)
        .says("was erased");
    let case = only_case(&folder);
    assert_eq!(
        (&case["erased"], &case["ticket"]),
        (&Value::Bool(true), &Value::Null)
    );
    assert_eq!(case["events"], 4);
    folder
        .run("cases purge --older-than 1d")
        .succeeds()
        .says("in 0 cases");
}

#[test]
fn a_secret_is_never_in_the_store() {
    let tree = "title: Locked out\nsteps:\n  pin:\n    ask: Your PIN?\n    text: {secret: true}\n    next: out\n  out: {end: Done}\nstuck: {escalate: desk}\n";
    let folder = Folder::new("cases-secret")
        .file("trees/pin.yaml", tree)
        .keeping();
    folder.run_with("run pin", "h0rse-battery\n\n").exits(5);
    for file in ["kept/cases.db", "kept/cases.db-wal"] {
        let bytes = std::fs::read(folder.path().join(file)).unwrap_or_default();
        let found = bytes.windows(13).any(|window| window == b"h0rse-battery");
        assert!(!found, "{file}");
    }
}

#[test]
fn a_store_that_cannot_be_used_is_said_before_anybody_types() {
    let folder = desk("cases-unusable").file(
        "kept/cases.db",
        "this is no database, whatever it is called",
    );
    folder
        .run("run printer")
        .exits(2)
        .says("is damaged")
        .says("--no-store");
    folder
        .run("cases --store mysql://db/x")
        .exits(2)
        .says("names no store");
}

/// A walk that goes on while others do: lines in, lines out.
struct Talk {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Talk {
    fn start(folder: &Folder, arguments: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fixpath"))
            .args(arguments.split_whitespace())
            .current_dir(folder.path())
            .env_remove("FIXPATH_LIBRARY")
            .env("FIXPATH_STORE", folder.path().join("kept/cases.db"))
            .env("FIXPATH_AGENT", "ada")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    fn says(&mut self, line: &str) {
        let mut read = String::new();
        loop {
            let mut one = String::new();
            assert_ne!(
                self.output.read_line(&mut one).unwrap(),
                0,
                "{line:?} is not said:\n{read}"
            );
            read.push_str(&one);
            if one.contains(line) {
                return;
            }
        }
    }

    fn types(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }
}

#[test]
fn of_two_who_answer_the_first_counts_and_the_second_is_told() {
    let folder = desk("cases-two");
    let mut slow = Talk::start(&folder, "run printer --plain");
    slow.says("Is the power light on?");
    slow.says("Answer:");
    let id = id(&folder);
    folder
        .run_with(&format!("resume {id} --agent bob"), "no\n")
        .exits(4);
    // Bob parked it: what the first one answers is not taken, and they see why.
    slow.types("yes");
    slow.says("Somebody else went on with this case");
    drop(slow.input);
    slow.child.wait().unwrap();
    let case = only_case(&folder);
    assert_eq!(case["stands"]["step"], "plug");
}

#[test]
fn a_walk_that_is_killed_loses_nothing_that_was_answered() {
    let folder = desk("cases-killed");
    let mut walk = Talk::start(&folder, "run printer --plain");
    walk.says("Is the power light on?");
    walk.types("no");
    walk.says("Plug it in.");
    walk.child.kill().unwrap();
    walk.child.wait().unwrap();
    let case = only_case(&folder);
    assert_eq!(
        (case["status"].as_str(), case["stands"]["step"].as_str()),
        (Some("open"), Some("plug"))
    );
    folder
        .run_with(&format!("resume {}", id(&folder)), "yes\n\n")
        .exits(0)
        .says("Plug it in.");
}

#[test]
fn in_a_terminal_one_sees_what_somebody_else_answers() {
    let folder = desk("cases-live");
    let store = folder.path().join("kept/cases.db").display().to_string();
    let mut terminal = pty::fixpath(&["run", "printer"])
        .env("FIXPATH_STORE", &store)
        .start(folder.path());
    terminal.see("Is the power light on?");
    folder
        .run_with(
            &format!("resume {} --agent bob", id(&folder)),
            "no\ntried\n",
        )
        .exits(4);
    // Nobody presses a key here. Bob has parked the case, and that ends the walk for both.
    terminal.see("Somebody else has put this case aside");
    terminal.see("Parked");
}

#[test]
fn in_a_terminal_one_picks_a_case_and_parks_it_again() {
    let folder = desk("cases-pick");
    folder
        .run_with("run printer --ticket INC-1", "no\n")
        .exits(4);
    folder
        .run_with("run printer --ticket INC-2", "yes\n")
        .exits(4);
    let store = folder.path().join("kept/cases.db").display().to_string();
    let mut terminal = pty::fixpath(&["resume"])
        .env("FIXPATH_STORE", &store)
        .start(folder.path());
    terminal.see("Which case?");
    terminal.send("INC-1");
    terminal.send("\r");
    terminal.see("Plug it in.");
    terminal.send("q");
    terminal.see("Stop here?  q puts the case aside");
    terminal.send("q");
    terminal.see("fixpath resume");
}

/// A store that somebody copies while nobody uses it: the answers do not stand in a log beside it.
#[test]
fn a_store_that_nobody_uses_is_one_whole_file() {
    let folder = desk("cases-one-file");
    folder.run_with("run printer", "no\nquit\n").exits(4);
    let kept = folder.path().join("kept");
    assert!(!kept.join("cases.db-wal").exists());
    std::fs::copy(kept.join("cases.db"), folder.path().join("copy.db")).unwrap();
    folder
        .run("cases --store copy.db")
        .succeeds()
        .says("printer: plug");
}

#[test]
fn a_walk_that_cannot_be_begun_in_a_store_says_how_to_walk_without() {
    let folder = desk("cases-locked");
    folder.run_with("run printer", "no\nquit\n").exits(4);
    let file = folder.path().join("kept/cases.db");
    let connection = rusqlite::Connection::open(&file).unwrap();
    // Nothing can be added any more, as to a file that one may only read.
    connection
        .execute_batch(
            "CREATE TRIGGER no BEFORE INSERT ON cases BEGIN SELECT RAISE(ABORT, 'no'); END",
        )
        .unwrap();
    folder
        .run_with("run printer", "no\nquit\n")
        .exits(2)
        .says("--no-store walks without keeping anything");
}

/// A store with so many copies of a case that counting through them takes a while.
fn many(folder: &Folder, count: u32) {
    folder.run_with("run printer", "no\nquit\n").exits(4);
    let file = folder.path().join("kept/cases.db");
    let connection = rusqlite::Connection::open(file).unwrap();
    let sql = format!(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {count})
        INSERT INTO cases (no, id, library, tree, audience, channel, status, started_at)
        SELECT c.no + n, printf('%012d', n), library, tree, audience, channel, status, started_at FROM cases c, n;
        INSERT INTO event (case_no, seq, at, zone, kind, place, reply, stands, shown, passed, body, writer)
        SELECT c.no, seq, at, zone, kind, place, reply, stands, shown, passed, body, writer
        FROM cases c, event e WHERE e.case_no = (SELECT min(no) FROM cases) AND c.no <> e.case_no;"
    );
    connection.execute_batch(&sql).unwrap();
}

#[test]
fn what_takes_long_shows_that_it_is_at_work() {
    let folder = desk("cases-long");
    many(&folder, 30_000);
    let store = folder.path().join("kept/cases.db");
    let store = store.to_str().unwrap();
    let library = folder.path().join("trees");
    let library = library.to_str().unwrap();
    // The lines go elsewhere; who stops it sees it stop.
    let export = format!(
        "exec {} cases export --format csv --library {library} --store {store} > /dev/null",
        env!("CARGO_BIN_EXE_fixpath")
    );
    let mut shell = pty::program("/bin/sh", &["-c", &export]).start(folder.path());
    shell.see("Writing cases").see(" %, ");
    shell.send("\u{3}");
    // Somebody else writes: it waits for him.
    let other = rusqlite::Connection::open(store).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let arguments = ["cases", "purge", "--older-than", "1d", "--store", store];
    let mut purge = pty::fixpath(&arguments).start(folder.path());
    purge.see("Erasing what was said … ");
    other.execute_batch("COMMIT").unwrap();
    purge.see("Erased what was said in 0 cases.");
    assert_eq!(purge.end().0, 0);
}

/// Who presses Enter at once gets what is due, not what is put aside until later.
#[test]
fn what_is_due_is_the_first_to_be_picked() {
    let folder = desk("cases-due");
    let walk = |ticket: &str| {
        folder
            .run_with(&format!("run printer --ticket {ticket}"), "no\nquit\n")
            .exits(4);
    };
    for ticket in ["LATER", "DUE", "OPEN"] {
        walk(ticket);
    }
    let store = folder.path().join("kept/cases.db");
    let connection = rusqlite::Connection::open(&store).unwrap();
    connection
        .execute_batch(
            "UPDATE cases SET until = 4000000000000 WHERE ticket = 'LATER'; UPDATE cases SET until = 1 WHERE ticket = 'DUE'",
        )
        .unwrap();
    let library = folder.path().join("trees");
    let arguments = [
        "resume",
        "--library",
        library.to_str().unwrap(),
        "--store",
        store.to_str().unwrap(),
    ];
    let mut picker = pty::fixpath(&arguments).start(folder.path());
    picker.see_that("all three in turn", |screen| {
        let at = |word: &str| screen.find(word);
        matches!((at("DUE"), at("OPEN"), at("LATER")), (Some(due), Some(open), Some(later)) if due < open && open < later)
    });
    picker.send("\u{1b}");
    picker.end();
}

const TEAMS: &str = "\
teams:
  service_desk: {name: The second line, tier: 2}
  floor: {name: Field service}
stuck: {escalate: service_desk, reason: The caller could not go on}
";

#[test]
fn a_team_is_called_by_its_name_in_lists_and_refusals() {
    let folder = desk("cases-teams").file("trees/fixpath.yaml", TEAMS);
    folder.run_with("run printer", "person\n\n").exits(3);
    folder
        .run("cases")
        .succeeds()
        .says("handed over to The second line");
    folder
        .run("resume")
        .exits(2)
        .says("handed over to The second line");
    // For programs the key stays what it is.
    assert_eq!(only_case(&folder)["team"], "service_desk");
}

#[test]
fn a_case_is_handed_over_although_no_tree_of_today_can_be_walked() {
    let folder = desk("cases-handover-broken").file("trees/fixpath.yaml", TEAMS);
    folder.run_with("run printer", "no\n").exits(4);
    let id = id(&folder);
    let broken = TEAMS
        .replace("floor:", "yard:")
        .replace("escalate: service_desk", "escalate: nobody");
    let folder = folder
        .file("trees/fixpath.yaml", &broken)
        .file("trees/printer.yaml", "title: T\nsteps:\n  a: {do: [");
    folder.run("run printer").exits(2);
    folder
        .run(&format!("handover {id} --to nobody"))
        .exits(2)
        .says("there is no team \"nobody\"; there are floor, service_desk");
    let ran = folder
        .run(&format!("handover {id} --to floor"))
        .succeeds()
        .says("is handed over to Field service");
    let code = ran.out.lines().next().unwrap_or_default().to_owned();
    folder
        .run_with(&format!("take {code} --agent bob"), "no\n")
        .exits(4)
        .says("Is the cable in at both ends?");
}

#[test]
fn in_a_terminal_a_case_that_is_over_is_asked_about() {
    let folder = desk("cases-over-asked");
    folder.run_with("run printer", "no\nyes\n\n").exits(0);
    let id = id(&folder);
    let store = folder.path().join("kept/cases.db").display().to_string();
    let resume = || {
        pty::fixpath(&["resume", id.as_str()])
            .env("FIXPATH_STORE", &store)
            .start(folder.path())
    };
    let mut pty = resume();
    pty.see("is over. Is it not solved after all?")
        .see("Leave it")
        .send("\x1b[B\r");
    let (code, screen) = pty.end();
    assert_eq!(code, 2, "{screen}");
    assert!(screen.contains("cases show"), "{screen}");
    let mut pty = resume();
    pty.see("Is it not solved after all?").send("\r");
    pty.see("Is the cable in at both ends?").send("q");
    pty.see("Stop here?").send("q");
    pty.see("fixpath resume");
    let listed = folder.run("cases --all --format json").succeeds();
    let cases: Vec<Value> = serde_json::from_str(&listed.out).unwrap();
    assert_eq!(cases.len(), 2, "{}", listed.out);
}
