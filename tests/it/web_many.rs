//! Several servers on one store behind a balancer that knows nothing: clients walk cases through all of them while one
//! after the other is killed. No answer is lost or counted twice, and trying again mends every error. Ten seconds here,
//! and as long as `FIXPATH_MANY_SECONDS` says (`tests/many.sh`).

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use fixpath::store::{Address, Store};

use crate::support::{Folder, Page, Place, Site};

/// Servers, and people who walk.
const SERVERS: usize = 3;
const PEOPLE: usize = 12;

/// Between two kills.
const PAUSE: Duration = Duration::from_secs(2);

/// Goes round for ever.
const ROUND: &str = "title: Round and round
stuck: {escalate: desk, reason: Nothing helped}
steps:
  a:
    ask: Again?
    yes: b
    no: over
  b:
    ask: And again?
    yes: a
    no: over
  over:
    fix: It is over
";

/// The servers, and whoever is asked next.
struct Balancer {
    sites: Vec<RwLock<Site>>,
    turn: AtomicUsize,
    errors: AtomicU64,
}

impl Balancer {
    /// A request to the next server; what fails is tried at the others, as a person presses again.
    fn ask(&self, post: Option<()>, path: &str, fields: &[(&str, &str)]) -> Page {
        for _ in 0..60 {
            let at = self.turn.fetch_add(1, Ordering::Relaxed) % self.sites.len();
            let answered = {
                let site = self.sites[at].read().unwrap();
                site.try_once(post, path, fields)
            };
            match answered {
                Some(page) if page.status < 500 => return page,
                _ => {
                    self.errors.fetch_add(1, Ordering::Relaxed);
                    thread::sleep(Duration::from_millis(20));
                }
            }
        }
        panic!("{path}: no server answers");
    }

    /// Presses "yes", and gives the next page: from whichever server comes next.
    fn yes(&self, page: &Page) -> Page {
        let (action, hidden) = page.form_with("choice");
        let mut fields: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.push(("choice", "yes"));
        let answered = self.ask(Some(()), &action, &fields);
        assert_eq!(answered.status, 303, "{}", answered.words());
        let next = self.ask(None, answered.header("location").unwrap(), &[]);
        assert_eq!(next.status, 200, "{}", next.words());
        next
    }
}

fn server(place: &Place) -> Site {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("many-{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let store = match place.address() {
        Address::File(path) => path.display().to_string(),
        Address::Postgres(url) => url.clone(),
    };
    let folder = Folder::new(&name)
        .file("round.yaml", ROUND)
        .keeping_in(&store);
    Site::of(folder, "--library . --rate 0 --log none")
}

/// Walks until it is time; gives the case's address and how many answers were acknowledged.
fn walk(balancer: &Balancer, is_over: &AtomicBool) -> (String, u64) {
    let mut page = balancer.ask(None, "/t/round", &[]);
    let mut answers = 0;
    while !is_over.load(Ordering::Relaxed) {
        let asked = if answers % 2 == 0 {
            "Again?"
        } else {
            "And again?"
        };
        assert_eq!(
            page.heading(),
            asked,
            "after {answers} answers: {}",
            page.path
        );
        page = balancer.yes(&page);
        answers += 1;
        assert!(
            page.path.ends_with(&format!("?at={}", answers + 1)),
            "{answers} answers, and then {}",
            page.path
        );
    }
    let (case, _) = page.path.split_once('?').unwrap();
    (case.trim_start_matches("/c/").to_owned(), answers)
}

#[test]
fn servers_that_are_killed_lose_no_answer_and_count_none_twice() {
    let Some(place) = Place::postgres() else {
        return;
    };
    let seconds = std::env::var("FIXPATH_MANY_SECONDS").map_or(10, |text| text.parse().unwrap());
    let balancer = Balancer {
        sites: (0..SERVERS).map(|_| RwLock::new(server(&place))).collect(),
        turn: AtomicUsize::new(0),
        errors: AtomicU64::new(0),
    };
    let is_over = AtomicBool::new(false);
    let walked = Mutex::new(Vec::new());
    let mut kills = 0;
    thread::scope(|scope| {
        for _ in 0..PEOPLE {
            scope.spawn(|| {
                let one = walk(&balancer, &is_over);
                walked.lock().unwrap().push(one);
            });
        }
        let end = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < end {
            thread::sleep(PAUSE);
            let at = kills % SERVERS;
            balancer.sites[at].read().unwrap().kill();
            *balancer.sites[at].write().unwrap() = server(&place);
            kills += 1;
        }
        is_over.store(true, Ordering::Relaxed);
    });
    let walked = walked.into_inner().unwrap();
    assert_eq!(walked.len(), PEOPLE, "nobody gave up");
    let store = Store::open(place.address()).unwrap();
    let mut answers = 0;
    for (address, acknowledged) in &walked {
        let name = address.split_once('-').unwrap().0;
        let events = store.events(&store.case(name).unwrap(), 0).unwrap();
        let numbers: Vec<u64> = events.iter().map(|event| event.seq).collect();
        // The start, and each answer once.
        assert_eq!(
            numbers,
            (1..=acknowledged + 1).collect::<Vec<u64>>(),
            "{name}"
        );
        answers += acknowledged;
    }
    let report = format!(
        "{SERVERS} servers, {kills} killed in {seconds} s, {PEOPLE} walkers, {answers} answers, {} requests tried again; none lost, none twice\n",
        balancer.errors.load(Ordering::Relaxed)
    );
    // Past the test's captured output.
    let _ = std::io::stderr().write_all(report.as_bytes());
}
