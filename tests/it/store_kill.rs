//! The kill test: a process takes answers as fast as it can and says of each when it is kept; it is killed at a random
//! moment. Everything that it had said is there, nothing twice, nothing missing in between, and each case stands where it
//! must. Twenty times here, and as often as `FIXPATH_KILLS` says (`tests/kill.sh`).

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;

use fixpath::store::{Address, Keeper, Store, StoreError};

use crate::on_both;
use crate::support::{Place, begin, endless, say};

on_both!(what_was_acknowledged_survives_a_kill);

/// Cases that the process works on at once.
const CASES: usize = 4;

/// A case is not walked further than that, so that taking one up stays quick.
const LONG: u64 = 400;

/// In the environment of the process that is killed: where it keeps, and which cases it goes on with.
const STORE: &str = "FIXPATH_KILL_STORE";
const GO_ON: &str = "FIXPATH_KILL_CASES";

/// How far each case was said to be kept.
type Said = BTreeMap<String, u64>;

fn what_was_acknowledged_survives_a_kill(place: &Place) {
    let kills = std::env::var("FIXPATH_KILLS").map_or(20, |kills| kills.parse().unwrap());
    let mut said = Said::new();
    let mut cases: Vec<String> = Vec::new();
    let (mut answers, mut unsaid) = (0, 0);
    for round in 0..kills {
        // Some go on with cases of which the last process died.
        let go_on = if round % 3 == 0 { Vec::new() } else { cases };
        let now = killed(place.address(), &go_on, moment(round));
        assert!(now.len() >= go_on.len(), "all are taken up: {now:?}");
        answers +=
            now.values().sum::<u64>() - go_on.iter().filter_map(|id| said.get(id)).sum::<u64>();
        said.extend(now.clone());
        // One that was begun, but not said to be, is no case that anybody knows of.
        let store = place.open();
        for (id, acknowledged) in &now {
            let there = judge(&store, id, *acknowledged);
            unsaid += there - acknowledged;
        }
        cases = now.into_keys().filter(|id| said[id] < LONG).collect();
    }
    let store = place.open();
    for (id, acknowledged) in &said {
        judge(&store, id, *acknowledged);
    }
    let report = format!(
        "{place}: {kills} kills, {} cases, {answers} answers acknowledged, {unsaid} kept before it was said; none lost, none twice\n",
        said.len()
    );
    // Past the test's captured output.
    let _ = std::io::stderr().write_all(report.as_bytes());
}

/// So many lines are read before the kill, and then so many turns are waited: another moment each round.
fn moment(round: u64) -> (usize, u32) {
    let mixed = (round + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 40) as usize % 150, (mixed >> 20) as u32 % 20_000)
}

/// Starts a process, kills it, and gives what it had said by then.
fn killed(address: &Address, go_on: &[String], (lines, turns): (usize, u32)) -> Said {
    let mut child = start(address, go_on);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = Said::new();
    let (mut line, mut read) = (String::new(), 0);
    // All cases are taken up before it is killed.
    while said.len() < CASES.max(go_on.len()) || read < lines {
        line.clear();
        assert!(
            out.read_line(&mut line).unwrap() > 0,
            "it works until it is killed: {said:?}"
        );
        note(&mut said, &line);
        read += 1;
    }
    (0..turns).for_each(|_| std::hint::spin_loop());
    child.kill().unwrap();
    child.wait().unwrap();
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    // A line that was cut off was not said.
    let whole = rest.rfind('\n').map_or(0, |end| end + 1);
    rest[..whole].lines().for_each(|line| note(&mut said, line));
    said
}

fn note(said: &mut Said, line: &str) {
    if let Some((id, seq)) = line
        .trim()
        .strip_prefix("kept ")
        .and_then(|line| line.split_once(' '))
    {
        let seq = seq.parse().unwrap();
        let before = said.insert(id.to_owned(), seq);
        assert!(before.is_none_or(|before| before + 1 == seq), "{line}");
    }
}

/// A case is whole: every number once up to its last, at least what was acknowledged and at most one more, at the prompt
/// that follows from it. Gives how far it is.
fn judge(store: &Store, id: &str, acknowledged: u64) -> u64 {
    let library = endless();
    let (_, session) = Keeper::open(store, id, &library, None).unwrap();
    let last = session.seq();
    assert!(
        last == acknowledged || last == acknowledged + 1,
        "{id}: {acknowledged} acknowledged, {last} there"
    );
    let numbers: Vec<u64> = session.events().iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (1..=last).collect::<Vec<u64>>());
    let stands = if last % 2 == 1 { "a" } else { "b" };
    assert_eq!(&*session.standing().1, stands);
    last
}

/// A disk with room for so much and no more, which needs no rights: no file may grow past 300 kB.
#[test]
fn a_full_disk_takes_nothing_that_was_acknowledged() {
    let place = Place::sqlite();
    let mut full = Command::new("/bin/sh");
    full.args(["-c", r#"trap "" XFSZ; ulimit -f 600; exec "$0" "$@""#]);
    full.arg(std::env::current_exe().unwrap());
    let output = into_the_store(&mut full, place.address(), &[])
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    let (out, err) = (output.stdout, String::from_utf8(output.stderr).unwrap());
    assert!(err.contains("the store") && err.contains("disk"), "{err}");
    let mut said = Said::new();
    let out = String::from_utf8(out).unwrap();
    out.lines().for_each(|line| note(&mut said, line));
    assert!(
        said.values().sum::<u64>() > 50,
        "it worked for a while: {said:?}"
    );
    let store = place.open();
    for (id, acknowledged) in &said {
        judge(&store, id, *acknowledged);
        // There is room again.
        let (mut keeper, mut session) = Keeper::open(&store, id, &endless(), None).unwrap();
        say(&mut session, "yes");
        keeper.keep(&session, Vec::new()).unwrap();
    }
}

fn start(address: &Address, go_on: &[String]) -> Child {
    into_the_store(
        &mut Command::new(std::env::current_exe().unwrap()),
        address,
        go_on,
    )
    .stderr(Stdio::inherit())
    .spawn()
    .unwrap()
}

/// What [`the_process_that_is_killed`] is told.
fn into_the_store<'c>(
    command: &'c mut Command,
    address: &Address,
    go_on: &[String],
) -> &'c mut Command {
    let address = match address {
        Address::File(path) => path.display().to_string(),
        Address::Postgres(url) => url.clone(),
    };
    command
        .args([
            "--exact",
            "store_kill::the_process_that_is_killed",
            "--nocapture",
        ])
        .env(STORE, address)
        .env(GO_ON, go_on.join(" "))
        .stdout(Stdio::piped())
}

/// Not a test of its own: what [`into_the_store`] runs.
#[test]
fn the_process_that_is_killed() {
    let Ok(address) = std::env::var(STORE) else {
        return;
    };
    let store = Store::open(&Address::parse(&address).unwrap()).unwrap();
    let cases = std::env::var(GO_ON).unwrap();
    let cases: Vec<String> = cases.split_whitespace().map(str::to_owned).collect();
    let count = CASES.max(cases.len());
    let out = Mutex::new(std::io::stdout());
    thread::scope(|scope| {
        for at in 0..count {
            let (store, out, given) = (&store, &out, cases.get(at));
            scope.spawn(move || {
                let library = endless();
                let (mut keeper, mut session) = match given {
                    Some(id) => Keeper::open(store, id, &library, None).unwrap(),
                    None => {
                        let session = begin(&library, "example");
                        (Keeper::begin(store, &session, None).unwrap(), session)
                    }
                };
                loop {
                    writeln!(
                        out.lock().unwrap(),
                        "kept {} {}",
                        keeper.id().as_str(),
                        session.seq()
                    )
                    .unwrap();
                    say(&mut session, "yes");
                    match keeper.keep(&session, Vec::new()) {
                        Ok(_) => {}
                        // A server may finish what its client was killed over.
                        Err(StoreError::Moved { .. }) => {
                            session = keeper.reload(&library).unwrap();
                        }
                        Err(why) => panic!("{why}"),
                    }
                }
            });
        }
    });
}
