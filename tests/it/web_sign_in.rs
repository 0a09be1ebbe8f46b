//! The door of the desk over real HTTP: who comes in, who does not, and what a browser is given.

use crate::support::{Folder, Page, Site};

const LIBRARY: &str = "\
name: Our desk
stuck: {escalate: network, reason: The caller could not go on}
teams: {network: {name: Network}, field: {name: Field service}}
";

const TREE: &str = "title: It does not work\nsteps:\n  a:\n    ask: Is it on?\n    yes: {fix: Well then}\n    no: stuck\n";

const PASSWORD: &str = "correct horse battery";

fn folder(name: &str) -> Folder {
    Folder::new(name)
        .file("trees/fixpath.yaml", LIBRARY)
        .file("trees/it.yaml", TREE)
        .keeping()
}

fn add(folder: &Folder, arguments: &str) {
    folder
        .run_with(
            &format!("user add --password-stdin {arguments}"),
            &format!("{PASSWORD}\n"),
        )
        .succeeds();
}

fn site(name: &str, arguments: &str) -> Site {
    let folder = folder(name);
    add(&folder, "ada");
    Site::of(folder, arguments)
}

/// The cookie that an answer sets, without what is said about it.
fn cookie(page: &Page) -> String {
    let set = page.header("set-cookie").unwrap();
    set.split(';').next().unwrap().to_owned()
}

fn sign_in(site: &Site, name: &str, password: &str, to: &str, headers: &[(&str, &str)]) -> Page {
    let fields = [("name", name), ("password", password), ("to", to)];
    site.send_once(Some(()), "/desk/sign-in", &fields, headers)
}

fn signed_in(site: &Site, name: &str) -> String {
    let page = sign_in(site, name, PASSWORD, "", &[]);
    assert_eq!(page.status, 303, "{}", page.words());
    cookie(&page)
}

fn desk(site: &Site, cookie: &str) -> Page {
    site.send_once(None, "/desk", &[], &[("cookie", cookie)])
}

#[test]
fn who_is_not_signed_in_is_led_to_the_door_and_on_from_there() {
    let site = site("web-door", "");
    for (path, door) in [
        ("/desk", "/desk/sign-in"),
        (
            "/desk?q=no+light",
            "/desk/sign-in?to=%2Fdesk%3Fq%3Dno%2Blight",
        ),
        ("/desk/nothing", "/desk/nothing"),
    ] {
        let page = site.send_once(None, path, &[], &[]);
        if path == door {
            assert_eq!(page.status, 404);
        } else {
            assert_eq!(
                (page.status, page.header("location")),
                (303, Some(door)),
                "{path}"
            );
        }
    }
    let posted = site.send_once(Some(()), "/desk/take", &[("code", "7kx9-m2pq")], &[]);
    assert_eq!(
        (posted.status, posted.header("location")),
        (303, Some("/desk/sign-in"))
    );
    let door = site.get("/desk?q=no+light");
    assert_eq!(door.heading(), "Sign in to the desk");
    let (action, hidden) = door.form_with("password");
    assert_eq!(action, "/desk/sign-in");
    assert_eq!(hidden, [("to".to_owned(), "/desk?q=no+light".to_owned())]);
    let page = sign_in(&site, " ADA ", PASSWORD, &hidden[0].1, &[]);
    assert_eq!(page.header("location"), Some("/desk?q=no+light"));
    let cookie = cookie(&page);
    let queue = desk(&site, &cookie);
    assert_eq!(queue.status, 200);
    assert!(
        queue.words().contains("Our desk Queue ada Sign out"),
        "{}",
        queue.words()
    );
    // Who is in already goes on.
    let again = site.send_once(
        None,
        "/desk/sign-in?to=/desk?q=x",
        &[],
        &[("cookie", &cookie)],
    );
    assert_eq!(
        (again.status, again.header("location")),
        (303, Some("/desk?q=x"))
    );
}

#[test]
fn it_leads_to_no_other_site() {
    let site = site("web-redirect", "");
    for to in [
        "//evil.example",
        "https://evil.example/desk",
        "/\\evil.example",
        "/",
        "/desk/\r\nX: y",
    ] {
        let page = sign_in(&site, "ada", PASSWORD, to, &[]);
        assert_eq!(page.header("location"), Some("/desk"), "{to}");
    }
}

#[test]
fn a_wrong_name_and_a_wrong_password_are_one_answer() {
    let site = site("web-wrong", "");
    let wrong = sign_in(&site, "ada", "correct horse batterie", "/desk?q=x", &[]);
    let nobody = sign_in(&site, "bob", PASSWORD, "/desk?q=x", &[]);
    let neither = sign_in(&site, "<b>\"", "", "/desk?q=x", &[]);
    for page in [&wrong, &nobody, &neither] {
        assert_eq!(page.status, 422);
        assert_eq!(page.header("set-cookie"), None);
        assert!(
            page.words()
                .contains("This name and password don’t go together.")
        );
        assert!(
            page.text.contains("value=\"/desk?q=x\""),
            "where one wanted to go is kept"
        );
        assert!(!page.text.contains(PASSWORD) && !page.text.contains("<b>\""));
    }
    assert_eq!(wrong.text.replace("\"ada\"", "\"bob\""), nobody.text);
}

#[test]
fn who_guesses_waits_whichever_process_is_asked() {
    let one = site("web-guess", "");
    let store = one
        .folder
        .path()
        .join("kept/cases.db")
        .display()
        .to_string();
    let other = Site::of(folder("web-guess-other").keeping_in(&store), "");
    for guess in 0..5 {
        let at = if guess % 2 == 0 { &one } else { &other };
        assert_eq!(sign_in(at, "ada", "wrong", "", &[]).status, 422);
    }
    // Long enough for a slow test.
    let connection = rusqlite::Connection::open(&store).unwrap();
    connection
        .execute(
            "UPDATE attempt SET free_at = free_at + 30000 WHERE free_at > last_at",
            (),
        )
        .unwrap();
    for at in [&one, &other] {
        let page = sign_in(at, "ada", PASSWORD, "", &[]);
        assert_eq!(page.status, 429, "{}", page.words());
        let seconds: u64 = page.header("retry-after").unwrap().parse().unwrap();
        assert!(seconds <= 31);
        assert!(
            page.words()
                .contains(&format!("Please wait {seconds} seconds"))
        );
    }
    // Another name need not wait, and may be one that there is not.
    assert_eq!(sign_in(&one, "bob", PASSWORD, "", &[]).status, 422);
}

#[test]
fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let site = site("web-cookie", "--trust-proxy 127.0.0.1");
    let set = |headers: &[(&str, &str)]| {
        let page = sign_in(&site, "ada", PASSWORD, "", headers);
        page.header("set-cookie").unwrap().to_owned()
    };
    let plain = set(&[]);
    assert!(plain.starts_with("fixpath="), "{plain}");
    for word in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(plain.contains(word), "{plain}");
    }
    assert!(
        !plain.contains("Secure") && !plain.contains("Domain"),
        "{plain}"
    );
    for headers in [
        [("x-forwarded-proto", "https")],
        [("origin", "https://desk.example")],
    ] {
        let mut headers = headers.to_vec();
        headers.push(("x-forwarded-host", "desk.example"));
        let secure = set(&headers);
        assert!(secure.starts_with("__Host-fixpath="), "{secure}");
        assert!(
            secure.contains("; Secure") && !secure.contains("Domain"),
            "{secure}"
        );
        let cookie = secure.split(';').next().unwrap();
        assert_eq!(desk(&site, cookie).status, 200);
        // Another site of the same domain may set the plain name, but not this one.
        let https = ("x-forwarded-proto", "https");
        let as_plain = cookie.replace("__Host-", "");
        for (cookie, status) in [(cookie, 200), (as_plain.as_str(), 303)] {
            let page = site.send_once(None, "/desk", &[], &[("cookie", cookie), https]);
            assert_eq!(page.status, status, "{cookie}");
        }
    }
}

#[test]
fn signing_out_ends_it_here_and_nowhere_else() {
    let site = site("web-out", "");
    let (here, there) = (signed_in(&site, "ada"), signed_in(&site, "ada"));
    assert_ne!(here, there);
    let (action, hidden) = {
        let text = desk(&site, &here).text;
        let form = text.split("action=\"/desk/sign-out\"").nth(1).unwrap();
        let token = form
            .split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        ("/desk/sign-out", token.to_owned())
    };
    let out = |cookie: &str, token: &str| {
        site.send_once(Some(()), action, &[("token", token)], &[("cookie", cookie)])
    };
    // Another's token, or none, does nothing.
    assert_eq!(out(&there, &hidden).status, 403);
    assert_eq!(out(&here, "").status, 403);
    assert_eq!(desk(&site, &here).status, 200);
    let page = out(&here, &hidden);
    assert_eq!(
        (page.status, page.header("location")),
        (303, Some("/desk/sign-in"))
    );
    let forgotten = page.headers.iter().filter(|(name, _)| name == "set-cookie");
    assert_eq!(
        forgotten
            .filter(|(_, set)| set.contains("Max-Age=0"))
            .count(),
        2
    );
    assert_eq!(desk(&site, &here).status, 303);
    assert_eq!(desk(&site, &there).status, 200);
}

#[test]
fn what_is_changed_counts_at_once() {
    let site = site("web-changed", "");
    let cookie = signed_in(&site, "ada");
    site.folder.run("user set ada --role author").succeeds();
    assert_eq!(desk(&site, &cookie).status, 303, "signed out");
    let cookie = signed_in(&site, "ada");
    // An author has no queue, and no cases.
    let led = desk(&site, &cookie);
    let to = (led.status, led.header("location"));
    assert_eq!(to, (303, Some("/desk/trees")));
    let page = site.send_once(None, "/desk/t/none", &[], &[("cookie", &cookie)]);
    assert_eq!(page.status, 403);
    assert!(
        page.words().contains("Only who has the role \"agent\""),
        "{}",
        page.words()
    );
    site.folder.run("user remove ada").succeeds();
    assert_eq!(desk(&site, &cookie).status, 303);
    assert_eq!(sign_in(&site, "ada", PASSWORD, "", &[]).status, 422);
}

#[test]
fn where_nobody_may_sign_in_it_says_how() {
    let folder = folder("web-first");
    let site = Site::of(folder, "");
    let page = site.get("/desk");
    assert!(
        page.words().contains("Nobody may sign in yet."),
        "{}",
        page.words()
    );
    assert!(page.words().contains("fixpath user add NAME --role admin"));
    add(&site.folder, "ada --role admin");
    let page = site.get("/desk");
    assert!(!page.words().contains("Nobody may sign in yet."));
    assert_eq!(desk(&site, &signed_in(&site, "ada")).status, 200);
}

#[test]
fn a_header_counts_only_from_a_proxy_that_is_trusted() {
    let arguments = "--trust-proxy 127.0.0.1 --trust-header X-Remote-User";
    let site = site("web-sso", arguments);
    let by =
        |site: &Site, name: &str| site.send_once(None, "/desk", &[], &[("x-remote-user", name)]);
    let page = by(&site, "Ada");
    assert_eq!(page.status, 200);
    assert!(
        page.words().contains("Queue ada") && !page.words().contains("Sign out"),
        "{}",
        page.words()
    );
    assert_eq!(by(&site, "bob").status, 403, "bob has no account");
    assert_eq!(by(&site, "<script>").status, 403);
    assert_eq!(by(&site, "").status, 303, "nobody");
    site.folder.run("user set ada --disable").succeeds();
    assert_eq!(by(&site, "ada").status, 403);
    let twice = [("x-remote-user", "ada"), ("x-remote-user", "bob")];
    assert_eq!(site.send_once(None, "/desk", &[], &twice).status, 403);

    let elsewhere = "--trust-proxy 10.0.0.1 --trust-header X-Remote-User";
    let other = Site::of(folder("web-sso-other"), elsewhere);
    assert_eq!(by(&other, "ada").status, 303, "we are no proxy of theirs");
    let plain = Site::of(folder("web-sso-plain"), "--trust-proxy 127.0.0.1");
    assert_eq!(by(&plain, "ada").status, 303, "no header was named");
}

#[test]
fn who_has_no_account_may_get_roles_by_single_sign_on() {
    let arguments = "--trust-proxy 127.0.0.1 --trust-header X-Remote-User --trust-roles agent";
    let site = Site::of(folder("web-sso-roles"), arguments);
    let page = site.send_once(
        None,
        "/desk",
        &[],
        &[("x-remote-user", "carol@example.org")],
    );
    assert_eq!(page.status, 200);
    // A form of theirs is bound to them.
    let (_, hidden) = page.form_with("code");
    let fields = [("token", hidden[0].1.as_str()), ("code", "7kx9-m2pq")];
    let send =
        |name: &str| site.send_once(Some(()), "/desk/take", &fields, &[("x-remote-user", name)]);
    let wrong = send("carol@example.org");
    let told = Some("/desk?wrong_code=7kx9-m2pq");
    assert_eq!(wrong.header("location"), told, "there is no such code");
    assert_eq!(send("dave").status, 403);
    let folder = folder("web-sso-usage");
    folder
        .run("serve --trust-header X-User")
        .exits(2)
        .says("--trust-proxy");
    folder
        .run("serve --trust-proxy 127.0.0.1 --trust-roles agent")
        .exits(2)
        .says("--trust-header");
}
