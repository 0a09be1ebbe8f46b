//! A case is taken over by a code: the code is used up and the case is taken in one, or neither is. And what async
//! callers use: the same, without keeping a thread waiting.

use std::future::Future;

use fixpath::store::{CaseId, Keeper, Store, StoreError};

use crate::on_both;
use crate::support::{Place, begin, endless, minute, say};

on_both!(
    a_code_is_used_up_with_the_case_taken,
    a_code_is_good_for_its_own_case_alone,
    whoever_loses_the_race_leaves_the_code,
    several_cases_are_looked_at_at_once,
    everything_can_be_awaited,
);

/// Far off, in milliseconds since 1970.
const LATE: i64 = 9_000_000_000_000;

fn case(store: &Store) -> Keeper {
    Keeper::begin(store, &begin(&endless(), "example"), None).unwrap()
}

fn code(store: &Store, keeper: &Keeper) -> String {
    let row = store.case(keeper.id().as_str()).unwrap();
    store.issue_code(&row, LATE).unwrap()
}

/// Whoever has the code opens the case, and takes it.
fn take(store: &Store, code: &str) -> Result<u64, StoreError> {
    let id = store.code_case(code)?;
    let (mut keeper, mut session) = Keeper::open(store, id.as_str(), &endless(), None)?;
    session.take(Some("lee"), None, minute(5)).unwrap();
    keeper.take(&session, code, Vec::new())?;
    Ok(session.seq())
}

fn a_code_is_used_up_with_the_case_taken(place: &Place) {
    let store = place.open();
    let keeper = case(&store);
    let code = code(&store, &keeper);
    assert_eq!(take(&store, &code), Ok(2));
    assert_eq!(take(&store, &code), Err(StoreError::NoSuchCode));
    let used = place.sql("SELECT count(*) FROM code WHERE used_at IS NOT NULL");
    assert_eq!(used, "1");
    // Known to be used up only when it comes to writing: nothing is written.
    let (mut late, mut session) =
        Keeper::open(&store, keeper.id().as_str(), &endless(), None).unwrap();
    session.take(Some("kim"), None, minute(6)).unwrap();
    let said = late.take(&session, &code, Vec::new());
    assert_eq!(said, Err(StoreError::NoSuchCode));
    assert_eq!(store.case(keeper.id().as_str()).unwrap().seq, 2);
}

fn a_code_is_good_for_its_own_case_alone(place: &Place) {
    let store = place.open();
    let (one, other) = (case(&store), case(&store));
    let code = code(&store, &one);
    let (mut wrong, mut session) =
        Keeper::open(&store, other.id().as_str(), &endless(), None).unwrap();
    session.take(Some("lee"), None, minute(5)).unwrap();
    let said = wrong.take(&session, &code, Vec::new());
    assert_eq!(said, Err(StoreError::NoSuchCode));
    assert_eq!(store.case(other.id().as_str()).unwrap().seq, 1);
    assert_eq!(take(&store, &code), Ok(2));
}

fn whoever_loses_the_race_leaves_the_code(place: &Place) {
    let store = place.open();
    let mut keeper = case(&store);
    let code = code(&store, &keeper);
    let (mut late, mut taken) =
        Keeper::open(&store, keeper.id().as_str(), &endless(), None).unwrap();
    taken.take(Some("lee"), None, minute(5)).unwrap();
    let mut session = begin(&endless(), "example");
    say(&mut session, "yes");
    keeper.keep(&session, Vec::new()).unwrap();
    let said = late.take(&taken, &code, Vec::new());
    assert_eq!(said, Err(StoreError::Moved { seq: 2 }));
    assert_eq!(take(&store, &code), Ok(3));
}

fn several_cases_are_looked_at_at_once(place: &Place) {
    let store = place.open();
    let mut keepers: Vec<Keeper> = (0..3).map(|_| case(&store)).collect();
    let mut session = begin(&endless(), "example");
    say(&mut session, "yes");
    keepers[1].keep(&session, Vec::new()).unwrap();
    let mut asked: Vec<CaseId> = keepers.iter().map(|keeper| keeper.id().clone()).collect();
    asked.push(CaseId::random().unwrap());
    let mut found = store.last_seqs(&asked).wait().unwrap();
    found.sort_by_key(|(id, _)| asked.iter().position(|asked| asked == id));
    let expected: Vec<(CaseId, u64)> = asked.into_iter().zip([1, 2, 1]).collect();
    assert_eq!(found, expected);
    assert_eq!(store.last_seqs(&[]).wait(), Ok(Vec::new()));
}

/// What a task of a runtime with several threads may await.
fn sendable<F: Future + Send>(future: F) -> F {
    future
}

fn everything_can_be_awaited(place: &Place) {
    let store = place.open();
    let library = endless();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut session = begin(&library, "example");
        let begun = sendable(Keeper::begin_async(&store, &session, Some("kim".into()))).await;
        let mut keeper = begun.unwrap();
        say(&mut session, "yes");
        sendable(keeper.keep_async(&session, Vec::new()))
            .await
            .unwrap();
        let said = keeper.add_feedback_async(&session, "wrong colour", minute(3));
        sendable(said).await.unwrap();
        let row = store.case_async(keeper.id().as_str()).await.unwrap();
        let code = store.issue_code_async(&row, LATE).await.unwrap();
        let found = store.code_case_async(&code).await.unwrap();
        let opened = sendable(Keeper::open_async(&store, found.as_str(), &library, None)).await;
        let (mut other, mut theirs) = opened.unwrap();
        theirs.take(Some("lee"), None, minute(5)).unwrap();
        sendable(other.take_async(&theirs, &code, Vec::new()))
            .await
            .unwrap();
        assert_eq!(keeper.is_behind_async().await, Ok(true));
        let reloaded = sendable(keeper.reload_async(&library)).await.unwrap();
        assert_eq!(reloaded.events(), theirs.events());
        assert_eq!(store.events_async(&row, 2).await.unwrap().len(), 1);
        let all = store.cases_async(fixpath::store::Filter::default()).await;
        assert_eq!(all.unwrap().len(), 1);
        assert_eq!(store.feedback_async(None).await.unwrap().len(), 1);
    });
}
