//! Who may come in, and for how long: users, sign-ins, tokens, the waits of those who guess. The same on both stores.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Barrier, LazyLock};
use std::thread;
use std::time::Duration;

use fixpath::store::{
    Bearer, Gate, Keeper, NewToken, NewUser, PasswordHash, Proven, Role, SignedIn, Store,
    StoreError, Token, User, UserChange, UserName,
};

use crate::on_both;
use crate::support::{Place, begin, endless};

on_both!(
    who_has_a_password_comes_in,
    wrong_names_and_passwords_are_one_answer,
    a_sign_in_ends_after_a_while,
    whoever_is_changed_is_out,
    who_was_changed_meanwhile_does_not_come_in,
    one_name_is_one_user,
    who_guesses_waits,
    many_guesses_at_once_are_counted,
    being_right_takes_back_what_was_counted,
    a_token_is_good_until_it_ends,
    all_processes_have_one_secret,
    nothing_in_the_store_opens_it,
    tables_of_the_first_version_are_brought_up,
);

const PASSWORD: &str = "correct horse battery";

/// Hashing is slow on purpose, so it is done once.
static HASH: LazyLock<PasswordHash> =
    LazyLock::new(|| PasswordHash::of(PASSWORD, &name("ada")).unwrap());

const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));

fn name(text: &str) -> UserName {
    text.parse().unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}

fn add(store: &Store, user: &str, roles: &[Role], teams: &[&str]) {
    let new = NewUser {
        name: name(user),
        password: Some(HASH.clone()),
        roles: roles.iter().copied().collect(),
        teams: teams.iter().map(|team| Arc::from(*team)).collect(),
    };
    store.add_user(new).wait().unwrap();
}

fn user(store: &Store, user: &str) -> User {
    store.user(name(user)).wait().unwrap().unwrap()
}

fn gate(store: &Store, user: &str, from: IpAddr) -> Gate {
    store.attempt(user, from).wait().unwrap()
}

/// Who may try now, and is right or not.
fn prove(store: &Store, user: &str, password: &str) -> Option<Proven> {
    match gate(store, user, HOME) {
        Gate::Open(attempt) => attempt.check(password),
        Gate::Wait(wait) => panic!("must wait {wait:?}"),
    }
}

fn sign_in(store: &Store, user: &str) -> Bearer {
    let proven = prove(store, user, PASSWORD).unwrap();
    store.sign_in(proven).wait().unwrap().unwrap()
}

fn who(store: &Store, bearer: &Bearer) -> Option<SignedIn> {
    wait(store.signed_in(bearer.as_str())).unwrap()
}

fn waits(store: &Store, user: &str, from: IpAddr) -> Option<Duration> {
    match gate(store, user, from) {
        Gate::Open(_) => None,
        Gate::Wait(wait) => Some(wait),
    }
}

fn who_has_a_password_comes_in(place: &Place) {
    let store = place.open();
    add(&store, "ada", &[Role::Agent], &["network", "field"]);
    assert_eq!(user(&store, "ada").signed_in_at, None);
    let bearer = sign_in(&store, " ADA ");
    // Another process knows it as well.
    let signed_in = who(&place.open(), &bearer).unwrap();
    assert_eq!(signed_in.user, user(&store, "ada"));
    assert_eq!(signed_in.user.name.as_str(), "ada");
    assert_eq!(&*signed_in.user.teams.join(" "), "network field");
    assert!(signed_in.user.roles.allow(Role::Agent));
    assert!(!signed_in.user.roles.allow(Role::Author));
    assert!(signed_in.user.signed_in_at.is_some());
    let second = sign_in(&store, "ada");
    assert_ne!(second, bearer);
    store.sign_out(bearer.as_str()).wait().unwrap();
    assert!(who(&store, &bearer).is_none());
    assert!(who(&store, &second).is_some(), "the other browser stays");
    store.sign_out("nonsense").wait().unwrap();
}

fn wrong_names_and_passwords_are_one_answer(place: &Place) {
    let store = place.open();
    add(&store, "ada", &[Role::Agent], &[]);
    let without = NewUser {
        name: name("sso"),
        password: None,
        roles: [Role::Agent].into_iter().collect(),
        teams: Vec::new(),
    };
    store.add_user(without).wait().unwrap();
    add(&store, "gone", &[Role::Admin], &[]);
    let out = UserChange {
        enabled: Some(false),
        ..UserChange::default()
    };
    store.change_user(name("gone"), out).wait().unwrap();
    for (who, password) in [
        ("ada", "correct horse batterie"),
        ("ada", ""),
        ("bob", PASSWORD),
        ("no such name!", PASSWORD),
        ("", PASSWORD),
        ("sso", PASSWORD),
        ("sso", ""),
        ("gone", PASSWORD),
    ] {
        assert!(prove(&store, who, password).is_none(), "{who} {password}");
    }
    assert!(wait(store.signed_in("")).unwrap().is_none());
    assert!(wait(store.token("")).unwrap().is_none());
}

fn a_sign_in_ends_after_a_while(place: &Place) {
    let store = place.open();
    add(&store, "ada", &[Role::Agent], &[]);
    let hour = 3_600_000;
    let passes = |column: &str, hours: i64| {
        let span = hours * hour;
        place.run(&format!("UPDATE sign_in SET {column} = {column} - {span}"));
    };
    let seen_at = || place.sql("SELECT seen_at FROM sign_in").parse::<i64>();
    let bearer = sign_in(&store, "ada");
    let at_first = seen_at().unwrap();
    assert!(who(&store, &bearer).is_some());
    assert_eq!(
        seen_at().unwrap(),
        at_first,
        "reading a page writes nothing"
    );
    passes("seen_at", 11);
    assert!(who(&store, &bearer).is_some());
    assert!(seen_at().unwrap() >= at_first, "being seen counts from now");
    passes("seen_at", 12);
    assert!(who(&store, &bearer).is_none(), "idle");

    let bearer = sign_in(&store, "ada");
    assert_eq!(
        place.sql("SELECT count(*) FROM sign_in"),
        "1",
        "the one that ended is gone"
    );
    passes("made_at", 7 * 24 - 1);
    assert!(who(&store, &bearer).is_some());
    passes("made_at", 1);
    assert!(who(&store, &bearer).is_none(), "too long, used or not");
}

fn whoever_is_changed_is_out(place: &Place) {
    let store = place.open();
    add(&store, "ada", &[Role::Agent], &["network"]);
    add(&store, "bob", &[Role::Agent], &[]);
    let bob = sign_in(&store, "bob");
    let changes = [
        UserChange {
            roles: Some([Role::Author].into_iter().collect()),
            ..UserChange::default()
        },
        UserChange {
            password: Some(HASH.clone()),
            ..UserChange::default()
        },
        UserChange {
            teams: Some(vec!["field".into()]),
            ..UserChange::default()
        },
        UserChange {
            enabled: Some(false),
            ..UserChange::default()
        },
    ];
    for change in changes {
        let bearer = sign_in(&store, "ada");
        store
            .change_user(name("ada"), change.clone())
            .wait()
            .unwrap();
        assert!(who(&store, &bearer).is_none(), "{change:?}");
    }
    let ada = user(&store, "ada");
    assert_eq!(ada.roles.to_string(), "author");
    assert_eq!(&*ada.teams.join(" "), "field");
    assert!(ada.disabled_at.is_some());
    let back = UserChange {
        enabled: Some(true),
        ..UserChange::default()
    };
    store.change_user(name("ada"), back).wait().unwrap();
    let bearer = sign_in(&store, "ada");
    store.remove_user(name("ada")).wait().unwrap();
    assert!(who(&store, &bearer).is_none());
    assert_eq!(store.user(name("ada")).wait(), Ok(None));
    let nobody = Err(StoreError::NoSuchUser("ada".to_owned()));
    assert_eq!(store.remove_user(name("ada")).wait(), nobody);
    let change = store.change_user(name("ada"), UserChange::default());
    assert_eq!(change.wait(), nobody);
    assert!(who(&store, &bob).is_some(), "nobody else is");
}

fn who_was_changed_meanwhile_does_not_come_in(place: &Place) {
    let store = place.open();
    add(&store, "ada", &[Role::Agent], &[]);
    let proven = prove(&store, "ada", PASSWORD).unwrap();
    let change = UserChange {
        password: Some(PasswordHash::of("another horse battery", &name("ada")).unwrap()),
        ..UserChange::default()
    };
    store.change_user(name("ada"), change).wait().unwrap();
    assert_eq!(store.sign_in(proven).wait(), Ok(None));
    let proven = prove(&store, "ada", "another horse battery").unwrap();
    store.remove_user(name("ada")).wait().unwrap();
    assert_eq!(store.sign_in(proven).wait(), Ok(None));
}

fn one_name_is_one_user(place: &Place) {
    let store = place.open();
    add(&store, "Ada", &[Role::Admin], &[]);
    let again = NewUser {
        name: name("aDA"),
        password: None,
        roles: [Role::Agent].into_iter().collect(),
        teams: Vec::new(),
    };
    let taken = Err(StoreError::UserExists("ada".to_owned()));
    assert_eq!(store.add_user(again).wait(), taken);
    add(&store, "Zoë", &[Role::Agent], &[]);
    add(&store, "bob", &[Role::Agent], &[]);
    let users = store.users().wait().unwrap();
    let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
    assert_eq!(names, ["ada", "bob", "zoë"]);
    let ada = user(&store, "ada");
    assert!(Role::ALL.into_iter().all(|role| ada.roles.allow(role)));
    assert!(ada.has_password);
}

/// Who must wait now must wait long enough for a slow test.
fn stretch(place: &Place) {
    let hour = 3_600_000;
    place.run(&format!(
        "UPDATE attempt SET free_at = free_at + {hour} WHERE free_at > last_at"
    ));
}

fn who_guesses_waits(place: &Place) {
    let store = place.open();
    let other = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1));
    let longest = || place.sql("SELECT max(free_at - last_at) FROM attempt");
    for _ in 0..5 {
        assert_eq!(longest().parse().unwrap_or(0), 0);
        assert_eq!(waits(&store, "ada", HOME), None);
    }
    assert_eq!(longest(), "1000", "the fifth failed, too");
    stretch(place);
    // Another process makes one wait, wherever the guess comes from and however it is typed.
    let second = place.open();
    for (who, from) in [("ada", HOME), (" ADA", other)] {
        assert!(waits(&second, who, from).is_some());
    }
    assert_eq!(waits(&second, "bob", HOME), None, "others need not wait");
    place.run("UPDATE attempt SET free_at = 0");
    assert_eq!(waits(&store, "ada", other), None);
    assert_eq!(longest(), "2000");
    stretch(place);
    assert!(waits(&store, "ada", other).is_some());

    // From one address with many names: a wait for all of them there, and nowhere else.
    for count in 0..14 {
        assert_eq!(waits(&store, &format!("user{count}"), HOME), None);
    }
    stretch(place);
    assert!(waits(&store, "carol", HOME).is_some());
    assert_eq!(waits(&store, "carol", other), None);

    let day = 24 * 3_600_000 + 1;
    place.run(&format!(
        "UPDATE attempt SET last_at = last_at - {day}, free_at = 0"
    ));
    assert_eq!(waits(&store, "ada", HOME), None);
    let left = place.sql("SELECT count(*) FROM attempt");
    assert_eq!(left, "2", "after a day it is forgotten");
}

fn many_guesses_at_once_are_counted(place: &Place) {
    const THREADS: usize = 8;
    let barrier = Barrier::new(THREADS);
    let open: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let store = place.open();
                    barrier.wait();
                    let open = (0..4).filter(|_| waits(&store, "ada", HOME).is_none());
                    open.count()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum()
    });
    // A wait of a second may end while slow machines still guess; without counting it were all 32.
    assert!((5..12).contains(&open), "{open} of 32 guesses went through");
}

fn being_right_takes_back_what_was_counted(place: &Place) {
    let store = place.open();
    add(&store, "ada", &[Role::Agent], &[]);
    for _ in 0..4 {
        assert!(prove(&store, "ada", "wrong").is_none());
    }
    drop(sign_in(&store, "ada"));
    assert_eq!(
        place.sql("SELECT failures FROM attempt"),
        "4",
        "the name is free; the address has failed as often as it has"
    );
    // A whole house signs in one after the other without a wait.
    for _ in 0..25 {
        let Gate::Open(attempt) = gate(&store, "ada", HOME) else {
            panic!("must wait");
        };
        let proven = attempt.check(PASSWORD).unwrap();
        store.sign_in(proven).wait().unwrap().unwrap();
    }
    assert_eq!(place.sql("SELECT failures FROM attempt"), "4");
}

fn a_token_is_good_until_it_ends(place: &Place) {
    let store = place.open();
    let find = |bearer: &Bearer| -> Option<Token> { wait(store.token(bearer.as_str())).unwrap() };
    let new = |name: &str, expires_at| NewToken {
        name: name.to_owned(),
        roles: [Role::Customer].into_iter().collect(),
        made_by: Some("ada".into()),
        expires_at,
    };
    let ever = store.add_token(new("kiosk", None)).wait().unwrap();
    assert!(ever.as_str().starts_with("fxp_"), "leak scanners know it");
    let token = find(&ever).unwrap();
    assert_eq!(
        (&*token.name, &*token.roles.to_string()),
        ("kiosk", "customer")
    );
    assert_eq!(token.made_by.as_deref(), Some("ada"));
    let used = store.tokens().wait().unwrap();
    assert!(used[0].used_at.is_some());
    let taken = Err(StoreError::TokenExists("kiosk".to_owned()));
    assert_eq!(store.add_token(new("kiosk", None)).wait(), taken);
    let later = jiff::Timestamp::now().as_millisecond() + 60_000;
    let soon = store.add_token(new("bot", Some(later))).wait().unwrap();
    assert!(find(&soon).is_some());
    place.run("UPDATE token SET expires_at = 1 WHERE name = 'bot'");
    assert_eq!(find(&soon), None);
    assert_eq!(
        store.tokens().wait().unwrap().len(),
        2,
        "it is still listed"
    );
    store.remove_token("kiosk").wait().unwrap();
    assert_eq!(find(&ever), None);
    let none = Err(StoreError::NoSuchToken("kiosk".to_owned()));
    assert_eq!(store.remove_token("kiosk").wait(), none);
    assert_eq!(wait(store.token("fxp_guess")), Ok(None));
}

fn all_processes_have_one_secret(place: &Place) {
    let barrier = Barrier::new(6);
    let secrets: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..6)
            .map(|_| {
                scope.spawn(|| {
                    let store = place.open();
                    barrier.wait();
                    store.secret().wait().unwrap()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(secrets.windows(2).all(|pair| pair[0] == pair[1]));
    let (forms, cookies) = (secrets[0].key("forms"), secrets[5].key("cookies"));
    let proof = forms.sign("ada");
    assert!(forms.is_signed("ada", &proof));
    assert!(forms.is_signed("ada", &secrets[5].key("forms").sign("ada")));
    assert!(
        !cookies.is_signed("ada", &proof),
        "each purpose has its own"
    );
    for (message, proof) in [
        ("bob", proof.as_str()),
        ("ada", ""),
        ("ada", &proof[1..]),
        ("ada", &format!("{proof}00")),
        ("ada", &"0".repeat(64)),
        ("ada", &"é".repeat(32)),
    ] {
        assert!(!forms.is_signed(message, proof), "{message} {proof}");
    }
    let debug = format!("{:?} {:?}", secrets[0], forms);
    assert_eq!(debug, "Secret(…) Key(…)");
}

fn nothing_in_the_store_opens_it(place: &Place) {
    let store = place.open();
    add(&store, "ada", &[Role::Agent], &[]);
    let bearer = sign_in(&store, "ada");
    let new = NewToken {
        name: "bot".to_owned(),
        roles: [Role::Agent].into_iter().collect(),
        made_by: None,
        expires_at: None,
    };
    let token = store.add_token(new).wait().unwrap();
    let kept = [
        place.sql("SELECT digest FROM sign_in"),
        place.sql("SELECT digest FROM token"),
        place.sql("SELECT password FROM account"),
        place.sql("SELECT digest FROM attempt"),
    ];
    for kept in kept {
        assert!(!kept.is_empty());
        for told in [bearer.as_str(), token.as_str(), PASSWORD] {
            assert!(!kept.contains(told) && !kept.contains(&told[4..]), "{kept}");
        }
        assert!(wait(store.signed_in(&kept)).unwrap().is_none());
        assert!(wait(store.token(&kept)).unwrap().is_none());
        assert!(wait(store.token(&format!("fxp_{kept}"))).unwrap().is_none());
    }
    assert_eq!(
        format!("{bearer:?} {:?}", *HASH),
        "Bearer(…) PasswordHash(…)"
    );
}

fn tables_of_the_first_version_are_brought_up(place: &Place) {
    let library = endless();
    let keeper = Keeper::begin(&place.open(), &begin(&library, "example"), None).unwrap();
    for table in [
        "setting", "sign_in", "account", "attempt", "token", "sent", "looker",
    ] {
        place.run(&format!("DROP TABLE {table}"));
    }
    place.run("DROP INDEX cases_by_agent");
    place.run("DROP INDEX cases_by_team");
    place.run("DROP INDEX outbox_by_sent");
    place.run("DROP INDEX cases_by_ticket");
    place.set_version(1);
    let store = place.open();
    assert!(place.version() > 1);
    assert!(Keeper::open(&store, keeper.id().as_str(), &library, None).is_ok());
    add(&store, "ada", &[Role::Agent], &[]);
    assert!(who(&store, &sign_in(&store, "ada")).is_some());
}
