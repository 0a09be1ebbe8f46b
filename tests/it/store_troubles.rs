//! When something is in the way: a clear word, nothing half kept, nothing lost that was acknowledged, and on it goes when
//! it can.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::thread;

use fixpath::session::Session;
use fixpath::store::{Address, Keeper, Kept, Store, StoreError};

use crate::support::{Folder, Place, Server, begin, endless, say};

fn kept(store: &Store) -> (Keeper, Session) {
    let session = begin(&endless(), "example");
    let keeper = Keeper::begin(store, &session, None).unwrap();
    (keeper, session)
}

fn path(place: &Place) -> PathBuf {
    place.address().file().unwrap().to_owned()
}

/// Removes a store with its log.
fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", path.display()));
    }
}

/// Puts a copy of a store in another place, whole.
fn copy(place: &Place, to: &Path) {
    place.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    fs::copy(path(place), to).unwrap();
}

fn events(place: &Place, keeper: &Keeper) -> u64 {
    let store = place.open();
    store.case(keeper.id().as_str()).unwrap().seq
}

#[test]
fn a_store_deleted_while_it_is_in_use_is_made_anew() {
    let place = Place::sqlite();
    let store = place.open();
    let (mut one, mut first) = kept(&store);
    let (mut two, mut second) = kept(&store);
    say(&mut first, "yes");
    one.keep(&first, Vec::new()).unwrap();
    remove(&path(&place));
    // In another order than before: numbers of cases mean nothing in the new one.
    say(&mut second, "yes");
    assert_eq!(two.keep(&second, Vec::new()), Ok(Kept::Anew));
    say(&mut first, "yes");
    assert_eq!(one.keep(&first, Vec::new()), Ok(Kept::Anew));
    say(&mut second, "yes");
    assert_eq!(two.keep(&second, Vec::new()), Ok(Kept::Added));
    assert_eq!((events(&place, &one), events(&place, &two)), (3, 3));
    for (keeper, session) in [(&one, &first), (&two, &second)] {
        let (_, back) =
            Keeper::open(&place.open(), keeper.id().as_str(), &endless(), None).unwrap();
        assert_eq!(back.events(), session.events());
    }
    // Reading notices it, too.
    remove(&path(&place));
    assert!(matches!(
        store.case(one.id().as_str()),
        Err(StoreError::NoSuchCase(_))
    ));
}

#[test]
fn a_store_put_back_from_a_backup_gets_what_it_lacks() {
    let place = Place::sqlite();
    let store = place.open();
    let (mut keeper, mut session) = kept(&store);
    say(&mut session, "yes");
    keeper.keep(&session, Vec::new()).unwrap();
    let backup = path(&place).with_extension("backup");
    copy(&place, &backup);
    for _ in 0..3 {
        say(&mut session, "yes");
        keeper.keep(&session, Vec::new()).unwrap();
    }
    remove(&path(&place));
    fs::copy(&backup, path(&place)).unwrap();
    say(&mut session, "yes");
    assert_eq!(keeper.keep(&session, Vec::new()), Ok(Kept::Anew));
    let (_, back) = Keeper::open(&place.open(), keeper.id().as_str(), &endless(), None).unwrap();
    assert_eq!(back.events(), session.events());

    // Where somebody went on in the backup, he is not written over.
    remove(&path(&place));
    fs::copy(&backup, path(&place)).unwrap();
    let other = place.open();
    let (mut theirs, mut other) =
        Keeper::open(&other, keeper.id().as_str(), &endless(), None).unwrap();
    say(&mut other, "no");
    theirs.keep(&other, Vec::new()).unwrap();
    say(&mut session, "yes");
    let said = keeper.keep(&session, Vec::new());
    assert!(matches!(said, Err(StoreError::Moved { .. })), "{said:?}");
    assert_eq!(events(&place, &keeper), other.seq());
}

#[test]
fn what_is_no_store_is_left_alone() {
    let folder =
        Folder::new("no-store").file("notes.txt", &"Not a database, but a text. ".repeat(200));
    let notes = Address::File(folder.path().join("notes.txt"));
    let said = Store::open(&notes).unwrap_err();
    assert!(matches!(said, StoreError::Damaged { .. }), "{said}");
    assert!(said.to_string().contains("notes.txt"), "{said}");
    assert!(folder.read("notes.txt").starts_with("Not a database"));

    let foreign = folder.path().join("photos.db");
    let connection = rusqlite::Connection::open(&foreign).unwrap();
    connection
        .execute_batch("CREATE TABLE photos (name TEXT); PRAGMA user_version = 1;")
        .unwrap();
    let said = Store::open(&Address::File(foreign)).unwrap_err();
    assert!(
        said.to_string().contains("belongs to another program"),
        "{said}"
    );
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))
        .unwrap();
    assert_eq!(tables, 1);

    let said = Store::open(&Address::File(folder.path().to_owned())).unwrap_err();
    assert!(said.to_string().contains("cannot be opened"), "{said}");
    let below = Address::File(folder.path().join("notes.txt/cases.db"));
    let said = Store::open(&below).unwrap_err();
    assert!(said.to_string().contains("cannot be made"), "{said}");
}

#[test]
fn a_damaged_file_is_an_error_and_no_panic() {
    let place = Place::sqlite();
    let store = place.open();
    let (mut keeper, mut session) = kept(&store);
    for _ in 0..400 {
        say(&mut session, "yes");
    }
    keeper.keep(&session, Vec::new()).unwrap();
    drop(store);
    let whole = path(&place).with_extension("whole");
    copy(&place, &whole);
    let bytes = fs::read(&whole).unwrap();
    let mut refused = 0;
    for damage in 0..40_usize {
        let mut broken = bytes.clone();
        let at = (damage * 7_919 * 13) % bytes.len();
        let end = (at + 3_000).min(bytes.len());
        broken[at..end].fill(damage as u8 ^ 0xa5);
        if damage % 4 == 0 {
            broken.truncate(at.max(1));
        }
        let file = path(&place).with_extension(format!("broken{damage}"));
        fs::write(&file, &broken).unwrap();
        let open = || -> Result<(), StoreError> {
            let store = Store::open(&Address::File(file.clone()))?;
            let (mut keeper, mut session) =
                Keeper::open(&store, keeper.id().as_str(), &endless(), None)?;
            say(&mut session, "yes");
            keeper.keep(&session, Vec::new())?;
            drop(store.cases(fixpath::store::Filter::default())?);
            Ok(())
        };
        refused += usize::from(open().is_err());
    }
    assert!(refused > 20, "{refused} of 40 are noticed");
}

#[test]
fn a_locked_file_is_waited_for() {
    let place = Place::sqlite();
    let store = place.open();
    let (mut keeper, mut session) = kept(&store);
    let other = rusqlite::Connection::open(path(&place)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            sender.send(()).unwrap();
            say(&mut session, "yes");
            assert_eq!(keeper.keep(&session, Vec::new()), Ok(Kept::Added));
        });
        receiver.recv().unwrap();
        other.execute_batch("COMMIT").unwrap();
    });
}

/// A copy of the program that anybody may run, in a folder that anybody may enter.
fn for_anybody(folder: &Folder) -> PathBuf {
    let program = folder.path().join("fixpath");
    fs::copy(env!("CARGO_BIN_EXE_fixpath"), &program).unwrap();
    program
}

/// Runs as somebody without rights: root may write everything.
fn as_nobody(program: &Path, store: &Path) -> (Option<i32>, String) {
    use std::os::unix::process::CommandExt as _;
    let mut command = Command::new(program);
    command
        .args(["cases", "--store"])
        .arg(store)
        .current_dir("/");
    command.env("NO_COLOR", "1");
    if rustix::process::geteuid().is_root() {
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn a_file_or_folder_that_one_may_not_write_is_said_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("read-only");
    let program = for_anybody(&folder);
    let below = folder.path().join("data");
    fs::create_dir(&below).unwrap();
    let file = below.join("cases.db");
    drop(Store::open(&Address::File(file.clone())).unwrap());
    let mode =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&file, 0o444);
    mode(&below, 0o555);
    let (code, said) = as_nobody(&program, &file);
    assert_ne!(code, Some(0), "{said}");
    assert!(
        said.contains("cases.db") && said.contains("--store"),
        "{said}"
    );
    let (code, said) = as_nobody(&program, &below.join("new.db"));
    assert_ne!(code, Some(0), "{said}");
    assert!(
        said.contains("new.db") && said.contains("may write"),
        "{said}"
    );
    let (code, said) = as_nobody(&program, &below.join("deeper/new.db"));
    assert_ne!(code, Some(0), "{said}");
    assert!(said.contains("cannot be made"), "{said}");
    mode(&below, 0o755);
}

#[test]
fn a_server_that_refuses_says_why() {
    let Some(server) = Server::shared() else {
        return;
    };
    let database = server.database();
    drop(Store::open(&server.tcp_address(&database, crate::support::PASSWORD)).unwrap());
    let refused = |address: &Address, word: &str| {
        let said = Store::open(address).unwrap_err().to_string();
        assert!(said.contains(word), "{said}");
        assert!(!said.contains("wr0ng"), "{said}");
        said
    };
    refused(
        &server.tcp_address(&database, "wr0ng"),
        "does not let you in",
    );
    let said = refused(&server.address("nowhere"), "createdb");
    assert!(said.contains("\"nowhere\" does not exist"), "{said}");
    let nobody = Address::parse("postgres://desk:wr0ng@127.0.0.1:1/x").unwrap();
    refused(&nobody, "no server answers there");
    let odd = Address::parse("postgres://desk:wr0ng@127.0.0.1/x?sslmode=maybe").unwrap();
    refused(&odd, "cannot be read as an address");

    // A copy that is only read, and somebody who may do nothing.
    server.sql(
        &database,
        &format!("ALTER DATABASE {database} SET default_transaction_read_only = on"),
    );
    let store = Store::open(&server.address(&database)).unwrap();
    assert!(
        Keeper::begin(&store, &begin(&endless(), "example"), None).is_ok(),
        "a default is overruled"
    );
    let empty = server.database();
    server.sql(&empty, "CREATE ROLE guest LOGIN");
    let guest = match server.address(&empty) {
        Address::Postgres(url) => Address::Postgres(url.replace("desk@", "guest@")),
        file => file,
    };
    refused(&guest, "right to create a schema");
}

#[test]
fn a_server_stopped_in_the_middle_loses_nothing() {
    let Some(server) = Server::start("stopped") else {
        return;
    };
    let address = server.address(&server.database());
    let store = Store::open(&address).unwrap();
    let (mut keeper, mut session) = kept(&store);
    let id = keeper.id().to_string();
    for how in ["fast", "immediate"] {
        // In the middle of many answers.
        let (sender, acknowledged) = mpsc::channel();
        thread::scope(|scope| {
            let worker = scope.spawn(|| {
                loop {
                    let before = session.clone();
                    say(&mut session, "yes");
                    match keeper.keep(&session, Vec::new()) {
                        Ok(Kept::Added) => sender.send(session.seq()).unwrap(),
                        Ok(Kept::Anew) => panic!("it is the same store"),
                        Err(why) => {
                            session = before;
                            break why;
                        }
                    }
                }
            });
            assert_eq!(acknowledged.iter().take(20).count(), 20);
            server.stop(how);
            let why = worker.join().unwrap();
            let said = why.to_string();
            assert!(why.is_passing(), "{said}");
            let words = ["no server answers there", "being stopped", "broke off"];
            assert!(words.iter().any(|word| said.contains(word)), "{said}");
        });
        let last = acknowledged.try_iter().last().unwrap_or(session.seq());
        // It stays a clear word while the server is away.
        say(&mut session, "yes");
        assert!(keeper.keep(&session, Vec::new()).unwrap_err().is_passing());
        server.go();
        let (_, there) = Keeper::open(&store, &id, &endless(), None).unwrap();
        assert!(
            (last..=last + 1).contains(&there.seq()),
            "{last} acknowledged, {} there",
            there.seq()
        );
        session = keeper.reload(&endless()).unwrap();
        say(&mut session, "yes");
        assert_eq!(keeper.keep(&session, Vec::new()), Ok(Kept::Added));
    }
}
