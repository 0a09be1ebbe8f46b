//! Cases page by page, the newest first, and the versions that they are on. The same on both stores.

use fixpath::store::{CaseId, Filter, Keeper, Order, Store};

use crate::on_both;
use crate::support::{Place, begin, endless, minute, say};

on_both!(pages_follow_each_other, versions_say_who_is_on_them);

fn case(store: &Store) -> String {
    let session = begin(&endless(), "example");
    let keeper = Keeper::begin(store, &session, None).unwrap();
    keeper.id().to_string()
}

fn page(store: &Store, behind: Option<&str>) -> Vec<String> {
    let behind: Option<CaseId> = behind.map(|case| case.parse().unwrap());
    let filter = Filter {
        order: Order::Newest,
        behind,
        limit: Some(2),
        ..Filter::default()
    };
    let cases = store.cases(filter).unwrap();
    cases.iter().map(|case| case.id.to_string()).collect()
}

fn pages_follow_each_other(place: &Place) {
    let store = place.open();
    let begun: Vec<String> = (0..5).map(|_| case(&store)).collect();
    let first = page(&store, None);
    assert_eq!(first, [begun[4].clone(), begun[3].clone()]);
    case(&store);
    let second = page(&store, Some(&first[1]));
    assert_eq!(second, [begun[2].clone(), begun[1].clone()]);
    assert_eq!(page(&store, Some(&second[1])), [begun[0].clone()]);
    assert!(page(&store, Some(&begun[0])).is_empty());
    // Behind a case that is not there comes nothing.
    assert!(page(&store, Some("0000-0000-0000")).is_empty());
}

fn versions_say_who_is_on_them(place: &Place) {
    let store = place.open();
    assert!(store.versions().wait().unwrap().is_empty());
    case(&store);
    let mut session = begin(&endless(), "example");
    let mut keeper = Keeper::begin(&store, &session, None).unwrap();
    say(&mut session, "no");
    say(&mut session, "yes");
    session.close(minute(3)).unwrap();
    keeper.keep(&session, Vec::new()).unwrap();
    let versions = store.versions().wait().unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!(versions[0].hash, *session.library().hash());
    assert_eq!((versions[0].cases, versions[0].unfinished), (2, 1));
}
