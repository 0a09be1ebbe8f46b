//! What stands between the network and the pages: heads that could be read in two ways, methods that are made up, who may
//! read the counts, and what the process says of itself.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::support::{Folder, Page, Site};

const TREE: &str = "
title: The lamp stays dark
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  plugged:
    ask: Is the lamp plugged in?
    yes: {fix: It shines.}
    no: stuck
";

fn lamp(name: &str, arguments: &str) -> Site {
    let folder = Folder::new(name).keeping().file("lamp.yaml", TREE);
    Site::of(folder, &format!("--library . {arguments}"))
}

/// What is answered to these bytes until the connection is closed: the statuses, and all of it.
fn raw(site: &Site, sent: &str) -> (Vec<u16>, String) {
    let address = site.origin().replace("http://", "");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(sent.as_bytes()).unwrap();
    let mut answered = Vec::new();
    // A connection that is reset is closed, too.
    let _ = stream.read_to_end(&mut answered);
    let text = String::from_utf8_lossy(&answered).into_owned();
    let heads = text.split("HTTP/1.").skip(1);
    let statuses = heads.map(|head| head[2..5].parse().unwrap());
    (statuses.collect(), text)
}

#[test]
fn a_head_that_can_be_read_in_two_ways_is_refused() {
    let site = lamp("guard-heads", "--rate 0 --log none");
    let post =
        "POST /c/x HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let wrong = [
        "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(),
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n".to_owned(),
        "GET /healthz HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n".to_owned(),
        format!("{post}Content-Length: 3\r\nContent-Length: 4\r\n\r\na=bc"),
        format!("{post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Content-Length: +3\r\n\r\na=b"),
    ];
    for head in wrong {
        let (statuses, text) = raw(&site, &head);
        assert_eq!(statuses, [400], "{head}{text}");
    }
    let (statuses, _) = raw(&site, "GET /healthz HTTP/1.0\r\n\r\n");
    assert_eq!(statuses, [200], "HTTP/1.0 knows no host");
    let large = format!(
        "GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n",
        "a".repeat(40_000)
    );
    assert_eq!(raw(&site, &large).0, [431]);
    let (statuses, _) = raw(
        &site,
        &format!("{post}Content-Length: 70000\r\nConnection: close\r\n\r\n"),
    );
    assert_eq!(statuses, [413]);
}

#[test]
fn the_counts_are_text_for_prometheus_without_what_senders_make_up() {
    let site = lamp("guard-counts", "--rate 0 --log none");
    let case = site.press(&site.get("/t/lamp"), "choice=yes");
    for at in 0..50 {
        let made_up =
            format!("MADE{at} /t/made-up-{at} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        raw(&site, &made_up);
    }
    let counts = site.get("/metrics");
    let kind = counts.header("content-type").unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    assert!(!counts.text.contains("made-up"), "{}", counts.text);
    assert!(!counts.text.contains("MADE"), "{}", counts.text);
    let made_up = "fixpath_requests_total{method=\"other\",route=\"/t/{*tree}\",status=\"405\"} 50";
    assert!(counts.text.contains(made_up), "{}", counts.text);
    let name = case.path.split(['/', '-']).nth(2).unwrap();
    assert!(!counts.text.contains(name), "{}", counts.text);
    assert!(counts.text.ends_with("# EOF\n"));
    for line in counts.text.lines().filter(|line| !line.starts_with('#')) {
        let (named, value) = line.rsplit_once(' ').unwrap();
        assert!(value.parse::<f64>().is_ok(), "{line}");
        let name = named.split('{').next().unwrap();
        assert!(name.starts_with("fixpath_"), "{line}");
        assert!(named == name || named.ends_with('}'), "{line}");
    }
}

fn counts(site: &Site, headers: &[(&str, &str)]) -> u16 {
    site.send_once(None, "/metrics", &[], headers).status
}

#[test]
fn the_counts_are_for_this_computer_alone() {
    let outside = [("x-forwarded-for", "198.51.100.7")];
    let site = lamp("guard-watch", "--log none");
    assert_eq!(counts(&site, &[]), 200);
    // A proxy on this computer that nobody named: what it brings comes from anybody.
    assert_eq!(counts(&site, &outside), 404);
    assert_eq!(counts(&site, &[("x-forwarded-for", "127.0.0.1")]), 404);
    assert_eq!(counts(&site, &[("forwarded", "for=198.51.100.7")]), 404);
    let named = "--log none --trust-proxy 127.0.0.1 --metrics-for 192.0.2.0/24";
    let site = lamp("guard-watched", named);
    assert_eq!(counts(&site, &outside), 404);
    assert_eq!(counts(&site, &[("x-forwarded-for", "192.0.2.9")]), 200);
}

#[test]
fn a_process_whose_store_is_gone_is_not_ready() {
    let site = lamp("guard-ready", "--rate 0 --log none");
    let status = |path: &str| site.get(path).status;
    let folder = site.folder.path();
    assert_eq!((status("/healthz"), status("/readyz")), (200, 200));
    std::fs::rename(folder.join("kept"), folder.join("elsewhere")).unwrap();
    // Something is in the way of making it anew.
    std::fs::write(folder.join("kept"), "").unwrap();
    assert_eq!((status("/healthz"), status("/readyz")), (200, 503));
    // Nothing is said to be kept that is not.
    let first = site.get("/t/lamp");
    assert_eq!(site.press(&first, "choice=yes").status, 503);
    std::fs::remove_file(folder.join("kept")).unwrap();
    std::fs::rename(folder.join("elsewhere"), folder.join("kept")).unwrap();
    assert_eq!(status("/readyz"), 200);
    let fixed = site.press(&first, "choice=yes");
    assert_eq!(fixed.heading(), "Is the problem solved?");
}

#[test]
fn a_process_whose_store_was_deleted_is_not_ready() {
    let site = lamp("guard-deleted", "--rate 0 --log none");
    let ready = || {
        let page = site.get("/readyz");
        (page.status, page.text)
    };
    let first = site.get("/t/lamp");
    assert_eq!(ready().0, 200);
    let kept = site.folder.path().join("kept");
    let copy = site.folder.path().join("copy.db");
    let backup = format!("VACUUM INTO '{}'", copy.display());
    let open = || rusqlite::Connection::open(kept.join("cases.db")).unwrap();
    open().execute_batch(&backup).unwrap();
    let remove = || {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(kept.join(format!("cases.db{ending}")));
        }
    };
    remove();
    // To ask is not to make it anew.
    for _ in 0..2 {
        let (status, said) = ready();
        assert_eq!(status, 503);
        assert!(
            said.contains("the store was deleted") && said.contains("backup"),
            "{said}"
        );
        assert!(!kept.join("cases.db").exists());
    }
    // An answer does; the new one lacks what the old one held.
    assert_eq!(site.press(&first, "choice=yes").status, 200);
    assert!(kept.join("cases.db").exists());
    let (status, said) = ready();
    assert_eq!(status, 503);
    assert!(said.contains("replaced by another"), "{said}");
    remove();
    std::fs::copy(&copy, kept.join("cases.db")).unwrap();
    assert_eq!(ready(), (200, "ready\n".to_owned()));
}

#[test]
fn every_answer_has_the_headers_that_guard_it() {
    let site = lamp("guard-headers", "--rate 0 --log none");
    let case = site.press(&site.get("/t/lamp"), "choice=yes");
    let is_guarded = |page: &Page| {
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.contains("default-src 'none'"),
            "{}: {policy}",
            page.path
        );
        assert!(!policy.contains("unsafe-eval"), "{}: {policy}", page.path);
        let is_page = page
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        if is_page {
            assert!(
                policy.contains("script-src 'self';"),
                "{}: {policy}",
                page.path
            );
            assert!(!page.text.contains("style=\""), "{}", page.path);
            assert!(!page.text.contains("<style"), "{}", page.path);
            assert!(!page.text.contains(" onclick"), "{}", page.path);
            for script in page.text.split("<script").skip(1) {
                assert!(script.contains("src=\"/assets/"), "{}", page.path);
                assert!(script.contains("></script>"), "{}", page.path);
            }
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(page.header(name), Some(value), "{}", page.path);
        }
        assert_eq!(
            page.header("x-frame-options"),
            Some("DENY"),
            "{}",
            page.path
        );
    };
    for path in [
        "/",
        "/?q=lamp",
        "/t/lamp",
        "/t/none",
        &case.path,
        "/c/none",
        "/none",
        "/desk",
        "/desk/sign-in",
        "/desk/trees",
        "/api/v1/openapi.json",
        "/api/v1/trees",
        "/api/v1/none",
        "/healthz",
        "/readyz",
        "/metrics",
        "/theme.css",
        "/media/none.svg",
        "/assets/x/base.css",
        "/embed.js",
    ] {
        is_guarded(&site.get(path));
    }
}
