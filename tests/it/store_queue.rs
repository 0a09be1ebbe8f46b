//! What waits for an agent: their own cases, and what was handed over to their teams. The same on both stores.

use std::sync::Arc;

use fixpath::store::{Keeper, Part, Store};

use crate::on_both;
use crate::support::{Place, begin, endless, minute, say};

on_both!(
    an_agent_sees_what_waits,
    a_part_is_cut_and_says_how_many_there_are,
);

/// What happens to a case after its beginning.
enum Then {
    Nothing,
    Noted(u64),
    Parked(Option<u64>),
    /// To a team at a minute.
    HandedOver(&'static str, u64),
    Closed,
}

fn case(store: &Store, agent: &str, then: &Then) -> String {
    let mut session = begin(&endless(), "example");
    let mut keeper = Keeper::begin(store, &session, Some(agent.into())).unwrap();
    let happened = match then {
        Then::Nothing => None,
        Then::Noted(at) => Some(session.note("a remark", minute(*at)).map(drop)),
        Then::Parked(until) => Some(session.park(until.map(minute), minute(1)).map(drop)),
        Then::HandedOver(team, at) => Some(session.hand_over(team, minute(*at)).map(drop)),
        Then::Closed => {
            say(&mut session, "no");
            say(&mut session, "yes");
            Some(session.close(minute(3)).map(drop))
        }
    };
    happened.transpose().unwrap();
    keeper.keep(&session, Vec::new()).unwrap();
    keeper.id().to_string()
}

fn ids(part: &Part) -> Vec<String> {
    part.cases.iter().map(|case| case.id.to_string()).collect()
}

fn teams(names: &[&str]) -> Vec<Arc<str>> {
    names.iter().map(|name| Arc::from(*name)).collect()
}

fn an_agent_sees_what_waits(place: &Place) {
    use Then::{Closed, HandedOver, Noted, Nothing, Parked};
    let store = place.open();
    let first = case(&store, "ada", &Noted(5));
    let second = case(&store, "ada", &Nothing);
    let busy = case(&store, "ada", &Noted(9));
    case(&store, "bob", &Nothing);
    case(&store, "ada", &Closed);
    let late = case(&store, "ada", &Parked(Some(500)));
    let some_day = case(&store, "ada", &Parked(None));
    let due = case(&store, "ada", &Parked(Some(20)));
    let old = case(&store, "bob", &HandedOver("network", 10));
    let new = case(&store, "ada", &HandedOver("network", 30));
    let urgent = case(&store, "bob", &HandedOver("field", 40));
    let other = case(&store, "bob", &HandedOver("desk", 1));
    // A remark that is added meanwhile costs nobody the place.
    let (mut keeper, mut session) = Keeper::open(&store, &old, &endless(), None).unwrap();
    session.note("still waits", minute(35)).unwrap();
    keeper.keep(&session, Vec::new()).unwrap();
    let urge = |case: &str, priority: u8| {
        let id = case.replace('-', "");
        place.run(&format!(
            "UPDATE cases SET priority = {priority} WHERE id = '{id}'"
        ));
    };
    urge(&urgent, 1);

    let queue = store.queue("ada", &teams(&["network", "field"]), 50);
    let queue = queue.wait().unwrap();
    assert_eq!(ids(&queue.open), [busy, first, second]);
    assert_eq!(ids(&queue.parked), [due, late, some_day]);
    let handed_over = [urgent, old, new];
    assert_eq!(ids(&queue.handed_over), handed_over);
    let of_all = store.queue("carol", &[], 50).wait().unwrap();
    let [urgent, old, new] = handed_over;
    // What no script has rated counts as 3; of equals the one that waits longest is first.
    assert_eq!(ids(&of_all.handed_over), [urgent, other, old, new]);
    assert!(of_all.open.cases.is_empty() && of_all.parked.cases.is_empty());
    let erased = store.case(&ids(&queue.open)[0]).unwrap();
    store.erase(&erased).unwrap();
    let queue = store.queue("ada", &teams(&["nobody"]), 50).wait().unwrap();
    assert_eq!(queue.open.total, 2, "what was erased is nobody's");
    assert_eq!(queue.handed_over.total, 0);
}

fn a_part_is_cut_and_says_how_many_there_are(place: &Place) {
    let store = place.open();
    for at in 0..5 {
        case(&store, "ada", &Then::Noted(at));
        case(&store, "ada", &Then::HandedOver("network", at));
    }
    let totals = |limit: u32| {
        let queue = store.queue("ada", &teams(&["network"]), limit);
        let queue = queue.wait().unwrap();
        let part = |part: &Part| (part.cases.len(), part.total);
        [&queue.open, &queue.parked, &queue.handed_over].map(part)
    };
    assert_eq!(totals(3), [(3, 5), (0, 0), (3, 5)]);
    assert_eq!(totals(5), [(5, 5), (0, 0), (5, 5)]);
    assert_eq!(totals(6), [(5, 5), (0, 0), (5, 5)]);
}
