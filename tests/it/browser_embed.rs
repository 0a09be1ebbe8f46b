//! Help in a frame of another site: a button, a dialog that keeps the focus; only where that site is named.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use crate::support::browser::{ENTER, ESCAPE, SCREEN, TAB};
use crate::support::{Browser, Folder, Site};

const TREE: &str = "
title: The lamp stays dark
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  plugged: {ask: Is the lamp plugged in?, yes: {end: Fine.}, no: {escalate: facilities, reason: No power}}
";

/// Another site with one page, on a port of its own; it serves until the test program ends.
fn other_site(page: impl Fn(u16) -> String) -> (u16, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let page = page(port);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let length = page.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
            );
            let _ = write!(stream, "{head}{page}");
        }
    });
    (port, format!("http://127.0.0.1:{port}"))
}

/// A port for a site that is named before it is there.
fn embedded(name: &str, is_named: bool) -> Option<(Browser, Site, String)> {
    let browser = Browser::start(SCREEN)?;
    let held = std::sync::Mutex::new(String::new());
    let (send, told) = std::sync::mpsc::channel();
    let (_, origin) = other_site(|port| {
        let folder = Folder::new(name).keeping().file("help/lamp.yaml", TREE);
        let named = if is_named {
            format!("--embed-origin http://127.0.0.1:{port}")
        } else {
            "--embed-origin https://intranet.example".to_owned()
        };
        let site = Site::of(folder, &format!("--library . --rate 0 --log none {named}"));
        let host = site.origin();
        send.send(site).unwrap();
        *held.lock().unwrap() = host.clone();
        format!(
            "<!doctype html><html lang=en><title>Intranet</title><main><h1>Intranet</h1><a href='#x'>A link</a></main>\
             <script src='{host}/embed.js' data-tree='help/lamp' data-label='Get help' defer></script>"
        )
    });
    Some((browser, told.recv().unwrap(), origin))
}

#[test]
fn a_site_that_is_named_shows_help_in_a_frame() {
    let Some((browser, _site, origin)) = embedded("embed-named", true) else {
        return;
    };
    browser.open(&origin);
    let open = browser.button("Get help");
    open.click();
    browser.enter_frame("iframe");
    browser.asks("Is the lamp plugged in?");
    assert_eq!(browser.run("return document.cookie"), "");
    browser.button("Yes").click();
    browser.sees("Fine.");
    // Escape in the frame closes the dialog around it, and the focus is back on the button.
    browser.find("button").click();
    browser.sees("This case is over.");
    browser.keys(&ESCAPE.to_string());
    browser.leave_frames();
    browser.is_true("!document.querySelector('dialog').open");
    browser.is_true("document.activeElement.textContent === 'Get help'");
    // Opened again it stands where it stood; the focus goes round in the dialog.
    browser.keys(&ENTER.to_string());
    browser.is_true("document.querySelector('dialog').open");
    for _ in 0..12 {
        browser.keys(&TAB.to_string());
        browser.is_true("['IFRAME', 'BUTTON', 'BODY', 'DIALOG'].includes(document.activeElement.tagName) && document.activeElement.textContent !== 'Get help' && document.activeElement.tagName !== 'A'");
    }
    browser.enter_frame("iframe");
    browser.sees("This case is over.");
    browser.leave_frames();
    assert_eq!(browser.axe(), Vec::<String>::new());
}

#[test]
fn a_site_that_is_not_named_is_refused_the_frame() {
    let Some((browser, site, origin)) = embedded("embed-refused", false) else {
        return;
    };
    browser.open(&origin);
    browser.button("Get help").click();
    browser.find("iframe");
    // The browser says so in its console, and shows nothing of the page.
    browser.refused_a_frame();
    browser.enter_frame("iframe");
    assert!(!browser.words().contains("Is the lamp plugged in?"));
    let page = site.get("/t/help/lamp");
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.ends_with("frame-ancestors https://intranet.example"),
        "{policy}"
    );
    assert_eq!(page.header("x-frame-options"), None);
}

#[test]
fn nobody_frames_a_page_unless_somebody_is_named() {
    let site = Site::of(
        Folder::new("embed-none").keeping().file("lamp.yaml", TREE),
        "--library . --log none",
    );
    let page = site.get("/t/lamp");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(page.header("x-frame-options"), Some("DENY"));
    assert_eq!(page.header("set-cookie"), None, "no cookie");
    let script = site.get("/embed.js");
    assert_eq!(script.status, 200);
    for wrong in [
        "intranet.example",
        "https://a.example/path",
        "*",
        "https://a;script-src *",
    ] {
        let folder = Folder::new("embed-wrong").keeping();
        let folder = folder.file("lamp.yaml", TREE);
        folder
            .run(&format!(
                "serve --library . --listen 127.0.0.1:0 --embed-origin {}",
                wrong.replace(' ', "%20")
            ))
            .exits(2)
            .says("like https://intranet.example.org");
    }
}
