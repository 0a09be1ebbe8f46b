//! Messages reach the other system: signed, once each, in order, whatever it does in between, and whoever dies.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use base64::Engine as _;
use fixpath::delivery::{Report, World, deliver_due};
use fixpath::hooks::{Hook, Hooks, Occasion, Template, Written};
use fixpath::session::Session;
use fixpath::store::{CaseId, Keeper, Outgoing, Settled, Store, StoreError};
use sha2::{Digest as _, Sha256};

use crate::on_both;
use crate::support::receiver::{Answer, Posted, Receiver};
use crate::support::{Files, Place, Start, Walk, minute};

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;

/// When the first message is sent; the cases are older.
const NOW: i64 = 1_795_400_000_000;

const GOOD: Answer = Answer::Status(204, "", "");

on_both!(
    a_message_is_posted_signed_and_then_forgotten,
    what_goes_wrong_is_said_and_tried_again_under_the_same_id,
    it_is_taken_when_it_says_so_even_if_it_hangs_then,
    one_that_was_away_gets_all_when_it_is_back,
    a_host_that_is_nowhere_is_named,
    after_a_week_it_is_given_up_and_tried_again_when_somebody_says_so,
    one_that_is_gone_for_good_gets_no_more_of_it,
    what_was_on_its_way_when_the_sender_died_is_sent_under_the_same_id,
    two_senders_never_send_the_same,
    the_messages_of_a_case_arrive_in_order,
    a_message_that_the_other_side_stumbles_over_does_not_keep_the_others_back,
    without_its_token_a_message_is_held_and_not_counted_as_tried,
    a_token_goes_to_no_other_address_than_its_own,
    what_the_other_side_repeats_of_a_token_is_not_kept,
    an_erased_case_is_told_to_nobody,
    a_template_that_cannot_be_filled_in_loses_no_message,
    what_was_sent_is_forgotten_after_a_month_and_stays_counted,
);

/// A store with a hook, and a clock that is put forward by hand.
struct Desk {
    store: Store,
    hooks: Hooks,
    clock: AtomicI64,
    variables: Vec<(&'static str, &'static str)>,
}

fn hook(name: &str, url: &str) -> Hook {
    Hook {
        name: name.into(),
        url: Written::parse(url).unwrap(),
        on: Occasion::ALL.to_vec(),
        template: None,
        secret: None,
        headers: Vec::new(),
        is_mistaken: false,
    }
}

impl Desk {
    fn new(place: &Place, hook: Hook) -> Self {
        Self {
            store: place.open(),
            hooks: Hooks::new(vec![hook]),
            clock: AtomicI64::new(NOW),
            variables: Vec::new(),
        }
    }

    fn to(place: &Place, url: &str) -> Self {
        Self::new(place, hook("desk", url))
    }

    /// A case that is handed over, and its keeper.
    fn handed_over(&self) -> (Keeper, Session) {
        let tree = "title: T\nsteps:\n  a: {ask: Is it on?, yes: stuck, no: {end: Goodbye}}\n";
        let files = Files::new().tree("example", tree);
        let library = Arc::new(files.default_library().compile().into_library());
        let hash = library.hash().to_string();
        let Walk { session } = Start::in_library(library, "example").pinned(&hash).begin();
        let mut keeper = Keeper::begin(&self.store, &session, None).unwrap();
        let mut session = session;
        session.hand_over("desk", minute(1)).unwrap();
        self.keep(&mut keeper, &session);
        (keeper, session)
    }

    /// So many cases that are handed over.
    fn cases(&self, count: usize) -> Vec<CaseId> {
        let case = |_| self.handed_over().0.id().clone();
        (0..count).map(case).collect()
    }

    fn keep(&self, keeper: &mut Keeper, session: &Session) {
        let outgoing = Outgoing::of(&self.hooks, session, keeper.id());
        keeper.keep(session, outgoing).unwrap();
    }

    fn deliver(&self) -> Report {
        self.deliver_from(&self.store)
    }

    fn deliver_from(&self, store: &Store) -> Report {
        let clock = || self.clock.load(Ordering::SeqCst);
        let variable = |name: &str| {
            let found = self.variables.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        };
        let world = World {
            clock: &clock,
            variable: &variable,
            patience: Duration::from_millis(250),
        };
        deliver_due(store, &self.hooks, world).unwrap()
    }

    /// Delivers once, and says what came of the one message.
    fn tries(&self) -> (i64, String) {
        match self.deliver().tried.as_slice() {
            [(_, Settled::Sent)] => (0, "sent".to_owned()),
            [(_, Settled::Later { at, problem })] => (at - self.now(), problem.clone()),
            [(_, Settled::GivenUp { problem })] => (-1, problem.clone()),
            other => panic!("not one message: {other:?}"),
        }
    }

    fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// Puts the clock forward to when the next message is due.
    fn wait(&self) {
        let waiting = self.store.waiting().unwrap();
        let later = waiting.iter().filter_map(|one| one.next_at);
        let next = later.filter(|next| *next > self.now()).min();
        self.clock.store(next.unwrap(), Ordering::SeqCst);
    }
}

/// Waits of about that long: up to a fifth more.
#[track_caller]
fn about(wait: i64, expected: i64) {
    assert!(
        (expected..=expected * 6 / 5).contains(&wait),
        "{wait} is not about {expected}"
    );
}

/// The signature of the specification, reckoned step by step (RFC 2104).
fn signed(key: &[u8], posted: &Posted) -> String {
    let id = posted.header("webhook-id");
    let moment = posted.header("webhook-timestamp");
    let text = format!("{id}.{moment}.{}", posted.body);
    let padded = |with: u8| {
        let mut block = [with; 64];
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        block
    };
    let inner = Sha256::new()
        .chain_update(padded(0x36))
        .chain_update(text)
        .finalize();
    let outer = Sha256::new()
        .chain_update(padded(0x5c))
        .chain_update(inner)
        .finalize();
    format!(
        "v1,{}",
        base64::engine::general_purpose::STANDARD.encode(outer)
    )
}

fn a_message_is_posted_signed_and_then_forgotten(place: &Place) {
    let receiver = Receiver::good();
    let mut hook = hook("desk", &receiver.url("/in?q=1"));
    hook.secret = Some("DESK_SECRET".into());
    hook.headers = vec![("X-Token".into(), Written::parse("t ${DESK_TOKEN}").unwrap())];
    let mut desk = Desk::new(place, hook);
    desk.variables = vec![
        (
            "DESK_SECRET",
            "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        ),
        ("DESK_TOKEN", "hunter22"),
    ];
    let case = desk.cases(1).pop().unwrap();
    assert_eq!(desk.tries(), (0, "sent".to_owned()));
    assert_eq!(desk.store.waiting().unwrap(), []);
    assert_eq!(desk.deliver(), Report::default(), "nothing is sent twice");
    let posted = receiver.posted();
    let [posted] = posted.as_slice() else {
        panic!("{posted:?}");
    };
    assert_eq!(posted.path, "/in?q=1");
    assert_eq!(posted.header("content-type"), "application/json");
    assert_eq!(posted.header("x-token"), "t hunter22");
    assert_eq!(
        posted.header("webhook-timestamp"),
        (NOW / SECOND).to_string()
    );
    let key = b"01234567890123456789012345678901";
    assert_eq!(posted.header("webhook-signature"), signed(key, posted));
    let message = posted.json();
    assert_eq!(message["type"], "case.handed_over");
    assert_eq!(message["data"]["id"], posted.header("webhook-id"));
    assert_eq!(message["data"]["case"], case.to_string());
    assert_eq!(message["data"]["note"]["problem"]["title"], "T");
    for file in ["cases.db", "cases.db-wal"] {
        let Some(path) = place.address().file() else {
            continue;
        };
        let bytes = std::fs::read(path.with_file_name(file)).unwrap();
        for secret in ["hunter22", "whsec_", "0123456789012345"] {
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} is in {file}");
        }
    }
}

fn what_goes_wrong_is_said_and_tried_again_under_the_same_id(place: &Place) {
    use Answer::{HangUp, HangUpWithin, Stall, Status};
    let other = Receiver::good();
    let moved: &'static str = format!("Location: {}\r\n", other.url("/else")).leak();
    let receiver = Receiver::new(&[
        Status(500, "", "boom\r\n\u{1b}[31m twice"),
        HangUp,
        HangUpWithin,
        Stall,
        Status(301, moved, ""),
        Status(400, "", "{\"error\": \"no project\"}"),
        Status(429, "Retry-After: 90000\r\n", ""),
        GOOD,
    ]);
    let desk = Desk::to(place, &receiver.url("/"));
    desk.cases(1);
    let host = receiver.address().to_string();
    for (wait, problem) in [
        (
            5 * SECOND,
            "answered 500 Internal Server Error: boom [31m twice".to_owned(),
        ),
        (30 * SECOND, format!("no answer from {host}")),
        (120 * SECOND, format!("no answer from {host}")),
        (600 * SECOND, format!("no answer from {host} in 0 s")),
        (
            HOUR,
            format!(
                "answered 301 Moved Permanently, moved to {}",
                other.url("/else")
            ),
        ),
        (
            3 * HOUR,
            "answered 400 Bad Request: {\"error\": \"no project\"}".to_owned(),
        ),
    ] {
        let (waited, said) = desk.tries();
        about(waited, wait);
        assert!(said.starts_with(&problem), "{said}");
        assert_eq!(desk.deliver(), Report::default(), "not before it is due");
        let waiting = desk.store.waiting().unwrap();
        assert_eq!(waiting[0].problem.as_ref(), Some(&said));
        desk.wait();
    }
    let (waited, said) = desk.tries();
    assert_eq!(
        (waited, said.as_str()),
        (25 * HOUR, "answered 429 Too Many Requests")
    );
    desk.wait();
    assert_eq!(desk.tries().1, "sent");
    let ids = receiver.ids();
    assert_eq!(ids.len(), 8);
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(other.posted().len(), 0, "redirects are not followed");
}

fn it_is_taken_when_it_says_so_even_if_it_hangs_then(place: &Place) {
    let receiver = Receiver::new(&[Answer::StallWithin]);
    let desk = Desk::to(place, &receiver.url("/"));
    desk.cases(1);
    assert_eq!(desk.tries().1, "sent");
}

fn one_that_was_away_gets_all_when_it_is_back(place: &Place) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let desk = Desk::to(place, &format!("http://{address}/"));
    desk.cases(3);
    let (waited, said) = desk.tries();
    about(waited, 5 * SECOND);
    assert_eq!(said, format!("nobody listens at {address}"));
    assert_eq!(
        desk.deliver(),
        Report::default(),
        "the others are put off with it"
    );
    desk.wait();
    let receiver = Receiver::back(address, &[GOOD]);
    assert_eq!(desk.deliver().sent(), 3);
    let mut ids = receiver.ids();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

fn a_host_that_is_nowhere_is_named(place: &Place) {
    let desk = Desk::to(place, "http://nowhere.invalid/secret/path");
    desk.cases(1);
    let (_, said) = desk.tries();
    assert!(said.contains("nowhere.invalid"), "{said}");
    assert!(!said.contains("secret"), "{said}");
}

fn after_a_week_it_is_given_up_and_tried_again_when_somebody_says_so(place: &Place) {
    let receiver = Receiver::new(&[Answer::Status(400, "", "")]);
    let desk = Desk::to(place, &receiver.url("/"));
    let case = desk.cases(1).pop().unwrap();
    let mut last = 0;
    for _ in 0..13 {
        let (waited, _) = desk.tries();
        assert!(waited >= last, "waits grow: {last}, then {waited}");
        last = waited * 5 / 6;
        desk.wait();
    }
    let days = (desk.now() - NOW) / (24 * HOUR);
    assert!((5..=8).contains(&days), "{days} days");
    assert_eq!(desk.tries().0, -1);
    let waiting = desk.store.waiting().unwrap();
    assert_eq!((waiting.len(), waiting[0].next_at), (1, None));
    assert_eq!(desk.deliver(), Report::default());
    for which in [Some(waiting[0].id.clone()), Some(case.to_string()), None] {
        assert_eq!(desk.store.retry(which.as_deref(), desk.now()), Ok(1));
        about(desk.tries().0, 5 * SECOND);
    }
    let unknown = desk.store.retry(Some("msg_none"), 0);
    assert_eq!(
        unknown,
        Err(StoreError::NoSuchMessage("msg_none".to_owned()))
    );
    assert_eq!(desk.store.drop_waiting(Some(&waiting[0].id)), Ok(1));
    assert_eq!(desk.store.waiting().unwrap(), []);
}

fn one_that_is_gone_for_good_gets_no_more_of_it(place: &Place) {
    let receiver = Receiver::new(&[Answer::Status(410, "", "")]);
    let desk = Desk::to(place, &receiver.url("/"));
    desk.cases(1);
    assert_eq!(desk.tries(), (-1, "answered 410 Gone".to_owned()));
    assert_eq!(desk.deliver(), Report::default());
}

fn what_was_on_its_way_when_the_sender_died_is_sent_under_the_same_id(place: &Place) {
    let receiver = Receiver::good();
    let desk = Desk::to(place, &receiver.url("/"));
    desk.cases(1);
    let due = desk.store.due(NOW, &desk.hooks.senders(), 10).unwrap();
    let claimed = desk.store.claim(&due[0], NOW, NOW + 60 * SECOND).unwrap();
    assert_eq!(desk.store.claim(&due[0], NOW, NOW + 60 * SECOND), Ok(None));
    assert_eq!(
        desk.deliver(),
        Report::default(),
        "somebody may be sending it"
    );
    desk.wait();
    assert_eq!(desk.tries().1, "sent");
    assert_eq!(receiver.ids(), [claimed.unwrap().waiting.id]);
}

fn two_senders_never_send_the_same(place: &Place) {
    let receiver = Receiver::good();
    let desk = Desk::to(place, &receiver.url("/"));
    desk.cases(40);
    let second = Store::open(desk.store.address()).unwrap();
    let (one, two) = std::thread::scope(|scope| {
        let one = scope.spawn(|| desk.deliver());
        let two = scope.spawn(|| desk.deliver_from(&second));
        (one.join().unwrap(), two.join().unwrap())
    });
    assert_eq!(one.sent() + two.sent(), 40);
    let mut ids = receiver.ids();
    assert_eq!(ids.len(), 40);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 40);
}

fn the_messages_of_a_case_arrive_in_order(place: &Place) {
    let receiver = Receiver::new(&[Answer::Status(400, "", ""), GOOD]);
    let desk = Desk::to(place, &receiver.url("/"));
    let (mut keeper, mut session) = desk.handed_over();
    session.take(None, None, minute(2)).unwrap();
    desk.keep(&mut keeper, &session);
    session
        .reply(
            3,
            "a",
            crate::support::reply("no"),
            fixpath::session::Source::Asked,
            minute(3),
        )
        .unwrap();
    session.close(minute(4)).unwrap();
    desk.keep(&mut keeper, &session);
    about(desk.tries().0, 5 * SECOND);
    assert_eq!(
        desk.deliver(),
        Report::default(),
        "the end waits behind the hand-over"
    );
    desk.wait();
    assert_eq!(desk.deliver().sent(), 2);
    let posted = receiver.posted();
    let kinds: Vec<_> = posted
        .iter()
        .map(|one| one.json()["type"].clone())
        .collect();
    assert_eq!(
        kinds,
        ["case.handed_over", "case.handed_over", "case.closed"]
    );
}

fn a_message_that_the_other_side_stumbles_over_does_not_keep_the_others_back(place: &Place) {
    let receiver = Receiver::new(&[Answer::Status(500, "", ""), GOOD, GOOD, GOOD]);
    let desk = Desk::to(place, &receiver.url("/"));
    desk.cases(3);
    desk.deliver();
    desk.wait();
    assert_eq!(desk.deliver().sent(), 3);
    let ids = receiver.ids();
    assert_eq!(ids[0], ids[3], "the one that failed comes last");
}

fn without_its_token_a_message_is_held_and_not_counted_as_tried(place: &Place) {
    let receiver = Receiver::good();
    let mut hook = hook("desk", &format!("{}/${{PLACE}}", receiver.url("")));
    hook.secret = Some("DESK_SECRET".into());
    let mut desk = Desk::new(place, hook);
    desk.cases(1);
    let held = |desk: &Desk| {
        let report = desk.deliver();
        assert_eq!(report.tried, []);
        report.held[0].1.clone()
    };
    assert_eq!(held(&desk), "the environment variable PLACE is not set");
    desk.variables.push(("PLACE", "in/T0/s3cret"));
    assert_eq!(
        held(&desk),
        "the environment variable DESK_SECRET is not set"
    );
    desk.variables.push(("DESK_SECRET", "hunter2"));
    assert!(held(&desk).contains("DESK_SECRET holds no secret"));
    assert_eq!(desk.store.waiting().unwrap()[0].attempts, 0);
    desk.variables.pop();
    desk.variables.push((
        "DESK_SECRET",
        "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n",
    ));
    assert_eq!(desk.tries().1, "sent");
    assert_eq!(receiver.posted()[0].path, "/in/T0/s3cret");
}

fn a_token_goes_to_no_other_address_than_its_own(place: &Place) {
    let receiver = Receiver::good();
    let desk = Desk::to(place, &receiver.url("/old"));
    desk.cases(1);
    let mut moved = hook("desk", &receiver.url("/new"));
    moved.headers = vec![("X-Token".into(), Written::parse("${T}").unwrap())];
    let desk = Desk {
        hooks: Hooks::new(vec![moved]),
        ..desk
    };
    assert_eq!(desk.deliver(), Report::default());
    assert_eq!(receiver.posted().len(), 0);
}

fn what_the_other_side_repeats_of_a_token_is_not_kept(place: &Place) {
    let receiver = Receiver::new(&[Answer::Status(401, "", "bad token hunter22")]);
    let mut hook = hook("desk", &receiver.url("/"));
    hook.headers = vec![("X-Token".into(), Written::parse("Bearer ${T}").unwrap())];
    let mut desk = Desk::new(place, hook);
    desk.variables.push(("T", "hunter22"));
    desk.cases(1);
    assert_eq!(desk.tries().1, "answered 401 Unauthorized: bad token •••");
}

fn an_erased_case_is_told_to_nobody(place: &Place) {
    let receiver = Receiver::good();
    let desk = Desk::to(place, &receiver.url("/"));
    let case = desk.cases(1).pop().unwrap();
    let row = desk.store.case(case.as_str()).unwrap();
    desk.store.erase(&row).unwrap();
    assert_eq!(desk.store.waiting().unwrap(), []);
    assert_eq!(desk.deliver(), Report::default());
}

fn a_template_that_cannot_be_filled_in_loses_no_message(place: &Place) {
    let receiver = Receiver::good();
    let with = |text: &str| Hook {
        template: Some(Arc::new(Template::new("t.json.j2", text).unwrap())),
        ..hook("desk", &receiver.url("/"))
    };
    let desk = Desk::new(
        place,
        with("[{{ data.case }}, {{ data.note.facts[0].value }}]"),
    );
    let case = desk.cases(1).pop().unwrap();
    let (waited, said) = desk.tries();
    about(waited, 5 * SECOND);
    let expected = "the template t.json.j2 cannot be filled in: line 1: a message has no";
    assert!(said.starts_with(expected), "{said}");
    desk.wait();
    let mended = Desk {
        hooks: Hooks::new(vec![with("[{{ data.case }}]")]),
        ..desk
    };
    assert_eq!(mended.tries().1, "sent");
    assert_eq!(receiver.posted()[0].json()[0], case.to_string());
}

#[test]
fn a_store_that_is_deleted_in_between_loses_no_message() {
    let place = &Place::sqlite();
    let path = place.address().file().unwrap();
    let receiver = Receiver::good();
    let desk = Desk::to(place, &receiver.url("/"));
    let (mut keeper, mut session) = desk.handed_over();
    session.take(None, None, minute(2)).unwrap();
    desk.keep(&mut keeper, &session);
    for file in ["cases.db", "cases.db-wal", "cases.db-shm"] {
        let _ = std::fs::remove_file(path.with_file_name(file));
    }
    session.hand_over("desk", minute(3)).unwrap();
    desk.keep(&mut keeper, &session);
    let store = Store::open(desk.store.address()).unwrap();
    assert_eq!(desk.deliver_from(&store).sent(), 1);
}

fn what_was_sent_is_forgotten_after_a_month_and_stays_counted(place: &Place) {
    let receiver = Receiver::good();
    let desk = Desk::to(place, &receiver.url("/"));
    let left = || place.sql("SELECT count(*) FROM outbox");
    let later = |hours| desk.clock.store(NOW + hours * HOUR, Ordering::SeqCst);
    desk.cases(3);
    assert_eq!(desk.deliver().sent(), 3);
    later(29 * 24);
    desk.cases(1);
    assert_eq!(desk.deliver().sent(), 1);
    assert_eq!(left(), "4");
    later(31 * 24);
    desk.deliver();
    assert_eq!(left(), "1");
    assert_eq!(desk.store.sent().unwrap(), [("desk".to_owned(), 4)]);
    later(60 * 24);
    desk.deliver();
    assert_eq!(left(), "0");
    assert_eq!(desk.store.sent().unwrap(), [("desk".to_owned(), 4)]);
}
