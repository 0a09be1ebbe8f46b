//! Several at one case: one wins, the other is told and sees what the winner did. The same on both stores.

use std::sync::{Arc, Barrier};
use std::thread;

use fixpath::session::Session;
use fixpath::store::{Keeper, Kept, Store, StoreError};
use fixpath::tree::Library;

use crate::on_both;
use crate::support::{Place, begin, endless, say};

on_both!(
    two_writers_of_one_answer_never_both_win,
    eight_threads_on_one_case_lose_nothing,
);

fn kept(store: &Store, library: &Arc<Library>) -> (Keeper, Session) {
    let session = begin(library, "example");
    let keeper = Keeper::begin(store, &session, None).unwrap();
    (keeper, session)
}

fn two_writers_of_one_answer_never_both_win(place: &Place) {
    let library = endless();
    let (one, two) = (place.open(), place.open());
    let (mut first, mut session) = kept(&one, &library);
    let id = first.id().to_string();
    let (mut second, mut other) = Keeper::open(&two, &id, &library, None).unwrap();
    assert!(other.same_state(&session));
    // The very same answer at the same moment, too.
    say(&mut session, "yes");
    say(&mut other, "yes");
    assert_eq!(first.keep(&session, Vec::new()), Ok(Kept::Added));
    assert_eq!(
        second.keep(&other, Vec::new()),
        Err(StoreError::Moved { seq: 2 })
    );
    assert_eq!(second.is_behind(), Ok(true));
    let mut other = second.reload(&library).unwrap();
    assert_eq!(other.events(), session.events());
    assert_eq!(second.is_behind(), Ok(false));
    say(&mut other, "yes");
    assert_eq!(second.keep(&other, Vec::new()), Ok(Kept::Added));
}

fn eight_threads_on_one_case_lose_nothing(place: &Place) {
    const THREADS: usize = 8;
    const EACH: usize = 25;
    let library = endless();
    let (keeper, _) = kept(&place.open(), &library);
    let id = keeper.id().to_string();
    let barrier = Barrier::new(THREADS);
    let (won, lost): (Vec<_>, Vec<_>) = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let store = place.open();
                    let (mut keeper, mut session) =
                        Keeper::open(&store, &id, &library, None).unwrap();
                    barrier.wait();
                    let (mut won, mut lost) = (Vec::new(), 0);
                    while won.len() < EACH {
                        say(&mut session, "yes");
                        match keeper.keep(&session, Vec::new()) {
                            Ok(_) => won.push(session.seq()),
                            Err(StoreError::Moved { .. }) => {
                                lost += 1;
                                session = keeper.reload(&library).unwrap();
                            }
                            Err(why) => panic!("{why}"),
                        }
                    }
                    (won, lost)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .unzip()
    });
    let mut won: Vec<u64> = won.into_iter().flatten().collect();
    won.sort_unstable();
    let all: Vec<u64> = (2..2 + (THREADS * EACH) as u64).collect();
    assert_eq!(won, all, "each number was won once");
    assert!(lost.iter().sum::<usize>() > 0, "they met");
    let (_, session) = Keeper::open(&place.open(), &id, &library, None).unwrap();
    assert_eq!(session.seq(), 1 + (THREADS * EACH) as u64);
}
