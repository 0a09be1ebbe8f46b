//! What helps, counted over cases that were walked and kept: exact counts and times, the same on both stores.

use std::collections::BTreeMap;
use std::sync::Arc;

use fixpath::session::{Event, Happening, Moment, Session, Source, Started};
use fixpath::stats::{Report, StepReport, TreeReport};
use fixpath::store::{Keeper, Store};
use fixpath::tree::{Audience, Channel, Library};

use crate::on_both;
use crate::support::{Files, Place, reply};

on_both!(
    every_count_is_exact,
    what_was_said_may_be_erased_and_still_counts,
    a_night_in_which_a_case_lay_is_no_time,
    going_back_takes_a_fix_away,
    a_step_counts_for_its_own_tree,
    steps_of_yesterday_are_listed_apart,
    only_cases_since_then_are_counted,
);

/// Where the tests' cases begin, in milliseconds.
const START: i64 = 1_795_298_400_000;
const HOUR: u64 = 3600;

const WIFI: &str = "title: No internet
check: Is the internet back?
stuck:
  escalate: network
  reason: The caller could not go on with the script
steps:
  scope:
    ask: Does it fail on every device?
    yes: restart
    no: this_device
    unsure: names
  restart:
    do: Restart the router.
    no: outage
  outage:
    escalate: network
    reason: No usable line after a restart of the router
  this_device:
    try:
      forget:
        do: Forget the network and join it again.
        odds: 45%
      private_dns:
        do: Turn off private DNS.
        odds: 15%
    no: info
  names:
    call: names
    returns:
      good: info
      bad: stuck
  info:
    end: Bring it in.
";

const NAMES: &str = "title: Names are not found
stuck: {escalate: servers}
steps:
  ping:
    ask: Does a page by its number load?
    yes: good
    no: bad
  good:
    return: good
  bad:
    return: bad
";

fn library() -> Arc<Library> {
    let files = Files::new().tree("wifi", WIFI).tree("names", NAMES);
    Arc::new(files.compile().into_library())
}

/// A case that is kept as it goes on; every reply comes ten seconds after what was before it.
struct Case {
    keeper: Keeper,
    session: Session,
    at: i64,
}

impl Case {
    fn begin(store: &Store, library: &Arc<Library>, tree: &str) -> Self {
        Self::begin_at(store, library, tree, START)
    }

    fn begin_at(store: &Store, library: &Arc<Library>, tree: &str, at: i64) -> Self {
        let mut started = Started::new(tree, Audience::Agent, Channel::Phone);
        started.library = Some(Arc::clone(library.hash()));
        let event = Event {
            seq: 1,
            at: Moment::new(at, 60).unwrap(),
            what: Happening::Started(Box::new(started)),
        };
        let session = Session::start(Arc::clone(library), event).unwrap();
        let keeper = Keeper::begin(store, &session, None).unwrap();
        Self {
            keeper,
            session,
            at,
        }
    }

    /// Lets so many seconds pass.
    fn after(mut self, seconds: u64) -> Self {
        self.at += seconds as i64 * 1000;
        self
    }

    fn happens<E: std::fmt::Debug, T>(
        mut self,
        what: impl FnOnce(&mut Session, u64, Moment) -> Result<T, E>,
    ) -> Self {
        let (seq, at) = (self.session.seq(), Moment::new(self.at, 60).unwrap());
        what(&mut self.session, seq, at).unwrap();
        self.keeper.keep(&self.session, Vec::new()).unwrap();
        self
    }

    /// `step: word, step: word`, each after ten seconds.
    fn says(self, replies: &str) -> Self {
        replies.split(", ").fold(self, |case, said| {
            let (step, word) = said.split_once(": ").unwrap();
            case.after(10).happens(|session, seq, at| {
                session
                    .reply(seq, step, reply(word), Source::Asked, at)
                    .map(drop)
            })
        })
    }

    fn back(self) -> Self {
        self.after(10).happens(|session, seq, at| {
            let to = session.previous_prompt().unwrap();
            session.back(seq, to, at).map(drop)
        })
    }

    fn park(self) -> Self {
        self.happens(|session, _, at| session.park(None, at).map(drop))
    }

    fn resume(self) -> Self {
        self.happens(|session, _, at| session.resume(Some("kim"), at).map(drop))
    }

    fn hand_over(self, team: &str) -> Self {
        self.after(10)
            .happens(|session, _, at| session.hand_over(team, at).map(drop))
    }

    fn take(self) -> Self {
        self.happens(|session, _, at| session.take(Some("lee"), None, at).map(drop))
    }

    fn close(self) -> Self {
        self.happens(|session, _, at| session.close(at).map(drop))
    }
}

fn count(place: &Place, library: &Library) -> Report {
    let store = place.open();
    let fold = store.count(library, None, &|done, total| assert!(done <= total));
    Report::of(&fold.unwrap(), library)
}

/// A dozen cases of every sort.
fn walk_a_dozen(store: &Store, library: &Arc<Library>) {
    let begin = || Case::begin(store, library, "wifi");
    // Two are helped by the restart.
    drop(begin().says("scope: yes, restart: yes").close());
    drop(begin().says("scope: yes, restart: yes").close());
    // One had done it already and is handed over, one could not do it.
    drop(
        begin()
            .says("scope: yes, restart: tried")
            .hand_over("network"),
    );
    drop(
        begin()
            .says("scope: yes, restart: cannot")
            .hand_over("network"),
    );
    // Of those whose device is at fault one is helped by each, one by none.
    drop(begin().says("scope: no, forget: yes").close());
    drop(
        begin()
            .says("scope: no, forget: no, private_dns: yes")
            .close(),
    );
    drop(
        begin()
            .says("scope: no, forget: no, private_dns: no")
            .close(),
    );
    // One wants a person, and is resolved after that.
    let handed = begin()
        .says("scope: no, forget: person")
        .hand_over("network");
    drop(handed.after(10 * HOUR).take().says("forget: yes").close());
    // One goes back and forth before it is left; one is parked; one just stands there.
    drop(
        begin()
            .says("scope: yes")
            .back()
            .says("scope: no")
            .back()
            .says("scope: yes"),
    );
    drop(begin().says("scope: no, forget: no").park());
    drop(begin());
    // One is not sure, which takes it through another tree.
    drop(begin().says("scope: unsure, ping: yes").close());
}

fn step<'r>(tree: &'r TreeReport, name: &str) -> &'r StepReport {
    tree.steps.iter().find(|step| *step.step == *name).unwrap()
}

/// Reached, left here, went back, other tree, unsure, tried, cannot, none, person.
fn counts(step: &StepReport) -> [u64; 9] {
    [
        step.reached,
        step.left_here,
        step.went_back,
        step.switched,
        step.unsure,
        step.tried,
        step.cannot,
        step.none,
        step.person,
    ]
}

fn every_count_is_exact(place: &Place) {
    let library = library();
    walk_a_dozen(&place.open(), &library);
    let report = count(place, &library);
    let wifi = report.tree("wifi").unwrap();
    let all = &report.all;
    assert_eq!(*all, wifi.totals);
    assert_eq!((all.cases, all.confirmed, all.claimed), (12, 5, 0));
    assert_eq!((all.escalated, all.ended), (2, 2));
    assert_eq!((all.open, all.parked, all.unfinished()), (2, 1, 3));
    let found: BTreeMap<&str, [u64; 9]> = wifi
        .steps
        .iter()
        .map(|step| (&*step.step, counts(step)))
        .collect();
    let expected = BTreeMap::from([
        ("scope", [12, 1, 0, 0, 1, 0, 0, 0, 0]),
        ("restart", [5, 1, 1, 0, 0, 1, 1, 0, 0]),
        ("restart.yes", [2, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("outage", [2, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("this_device", [6, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("forget", [6, 0, 1, 0, 0, 0, 0, 0, 1]),
        ("forget.yes", [2, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("private_dns", [3, 1, 0, 0, 0, 0, 0, 0, 0]),
        ("private_dns.yes", [1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("names", [1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("info", [2, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("stuck", [1, 0, 0, 0, 0, 0, 0, 0, 0]),
    ]);
    assert_eq!(found, expected);
    // 10 s from prompt to reply, always.
    let time = step(wifi, "scope").time;
    assert_eq!(
        (time.count, time.p90_s.map(|time| (time + 500) / 1000)),
        (13, Some(10))
    );
    let remedies: Vec<_> = wifi
        .remedies
        .iter()
        .map(|remedy| {
            (
                &*remedy.remedy,
                remedy.reached,
                remedy.carried_out,
                remedy.helped,
            )
        })
        .collect();
    assert_eq!(
        remedies,
        [
            ("restart", 5, 2, 2),
            ("forget", 6, 5, 2),
            ("private_dns", 3, 2, 1)
        ]
    );
    assert!(
        wifi.remedies.iter().all(|remedy| remedy.odds.is_none()),
        "too few"
    );
    let expected = wifi.remedies[2]
        .author
        .unwrap()
        .among_those_who_get_there
        .unwrap();
    assert!((expected - 0.15 / 0.55).abs() < 1e-12);
    let handed: Vec<_> = all
        .handed_over
        .iter()
        .map(|one| {
            (
                one.team.as_deref(),
                &*one.step,
                one.cases,
                one.resolved_since,
            )
        })
        .collect();
    assert_eq!(
        handed,
        [
            (Some("network"), "outage", 2, 0),
            (Some("network"), "stuck", 1, 1)
        ]
    );
    assert!(wifi.gone.is_empty() && wifi.hints.is_empty());
}

fn what_was_said_may_be_erased_and_still_counts(place: &Place) {
    let library = library();
    let store = place.open();
    walk_a_dozen(&store, &library);
    let before = count(place, &library);
    let one = store
        .cases(fixpath::store::Filter::default())
        .unwrap()
        .remove(3);
    store.erase(&one).unwrap();
    assert_eq!(count(place, &library), before);
    assert_eq!(store.purge(START + 365 * 24 * 3_600_000), Ok(11));
    assert_eq!(
        place.sql("SELECT count(*) FROM event WHERE body IS NOT NULL"),
        "0"
    );
    assert_eq!(count(place, &library), before);
}

fn a_night_in_which_a_case_lay_is_no_time(place: &Place) {
    let library = library();
    let store = place.open();
    // 30 s, a night parked, 20 s; then a night handed over, and 10 s more.
    let case = Case::begin(&store, &library, "wifi")
        .says("scope: yes")
        .after(20)
        .park();
    let case = case
        .after(14 * HOUR)
        .resume()
        .says("restart: no")
        .hand_over("network");
    let case = case.after(14 * HOUR).take();
    drop(case.says("restart: yes").close());
    let report = count(place, &library);
    let time = report.all.time;
    assert_eq!(time.count, 1);
    let seconds = time.median_s.unwrap() as f64 / 1000.0;
    assert!(
        (seconds - 60.0).abs() <= 60.0 * fixpath::stats::TIME_ERROR,
        "{seconds}"
    );
    let restart = step(report.tree("wifi").unwrap(), "restart").time;
    assert_eq!(restart.count, 2);
    // Before and after the first night together.
    let longest = restart.p90_s.unwrap() as f64 / 1000.0;
    assert!((longest - 30.0).abs() <= 0.5, "{longest}");
    // Left open for a night without a word: that is no work either, an hour is.
    for (gap, time) in [(14 * HOUR, 20.0), (HOUR, 3630.0)] {
        let case = Case::begin(&store, &library, "names").after(gap);
        drop(case.says("ping: no").close_as_asked());
        let names = count(place, &library);
        let times = names.tree("names").unwrap().totals.time;
        let seconds = times.p90_s.unwrap() as f64 / 1000.0;
        assert!((seconds - time).abs() <= time * 0.01, "{seconds}");
    }
}

impl Case {
    /// A `return` that nobody called for is asked about: not solved.
    fn close_as_asked(self) -> Self {
        self.says("bad.solved: no").hand_over("servers")
    }
}

fn going_back_takes_a_fix_away(place: &Place) {
    let library = library();
    let store = place.open();
    let begin = || Case::begin(&store, &library, "wifi");
    // Yes was a mistake, it did not help; the other one took it for good.
    let case = begin().says("scope: no, forget: yes").back();
    drop(case.says("forget: no, private_dns: yes").close());
    drop(
        begin()
            .says("scope: no, forget: yes")
            .back()
            .back()
            .back_to_start(),
    );
    let report = count(place, &library);
    let remedies = &report.tree("wifi").unwrap().remedies;
    let helped: Vec<_> = remedies
        .iter()
        .map(|remedy| (remedy.reached, remedy.helped))
        .collect();
    assert_eq!(helped, [(0, 0), (2, 0), (1, 1)]);
}

impl Case {
    fn back_to_start(self) -> Self {
        assert_eq!(self.session.previous_prompt(), None);
        self
    }
}

fn a_step_counts_for_its_own_tree(place: &Place) {
    let library = library();
    let store = place.open();
    drop(
        Case::begin(&store, &library, "wifi")
            .says("scope: unsure, ping: yes")
            .close(),
    );
    drop(Case::begin(&store, &library, "names").says("ping: no"));
    let left = Case::begin(&store, &library, "wifi").after(5);
    drop(left.happens(|session, seq, at| session.leave(seq, "names", at).map(drop)));
    let report = count(place, &library);
    let (wifi, names) = (report.tree("wifi").unwrap(), report.tree("names").unwrap());
    assert_eq!((wifi.totals.cases, wifi.from_elsewhere), (2, 0));
    assert_eq!((names.totals.cases, names.from_elsewhere), (1, 2));
    assert_eq!(counts(step(wifi, "scope")), [2, 0, 0, 1, 1, 0, 0, 0, 0]);
    assert_eq!(counts(step(names, "ping")), [3, 1, 0, 0, 0, 0, 0, 0, 0]);
    // Left at the question of an end: at the end.
    assert_eq!(counts(step(names, "bad")), [1, 1, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(counts(step(names, "good"))[0], 1);
}

fn steps_of_yesterday_are_listed_apart(place: &Place) {
    let library = library();
    walk_a_dozen(&place.open(), &library);
    let text = WIFI
        .replace("restart:", "reboot:")
        .replace("yes: restart", "yes: reboot");
    let today = Files::new().tree("wifi", &text).tree("names", NAMES);
    let report = count(place, &today.compile().into_library());
    let wifi = report.tree("wifi").unwrap();
    let gone: Vec<_> = wifi
        .gone
        .iter()
        .map(|step| (&*step.step, step.kind, step.reached, step.helped))
        .collect();
    assert_eq!(
        gone,
        [
            ("restart", "remedy", 5, Some(2)),
            ("restart.yes", "step", 2, None)
        ]
    );
    assert_eq!(step(wifi, "reboot").reached, 0);
    // A tree that is gone altogether is still there with its cases.
    let other = Files::new().tree(
        "other",
        &text
            .replace("call: names", "next: info")
            .replace("    returns:\n      good: info\n      bad: stuck\n", ""),
    );
    let report = count(place, &other.compile().into_library());
    let wifi = report.tree("wifi").unwrap();
    assert_eq!(
        (wifi.title.clone(), wifi.totals.cases, wifi.steps.len()),
        (None, 12, 0)
    );
    assert_eq!(wifi.gone[0].reached, 12);
}

fn only_cases_since_then_are_counted(place: &Place) {
    let library = library();
    let store = place.open();
    for day in 0..5 {
        let at = START + day * 24 * 3_600_000;
        drop(
            Case::begin_at(&store, &library, "wifi", at)
                .says("scope: yes, restart: yes")
                .close(),
        );
    }
    let count = |since: i64| {
        let fold = store.count(&library, Some(since), &|_, _| {}).unwrap();
        Report::of(&fold, &library).all.confirmed
    };
    let days = [-1, 0, 1, 4, 5].map(|day| count(START + day * 24 * 3_600_000));
    assert_eq!(days, [5, 5, 4, 1, 0]);
}
