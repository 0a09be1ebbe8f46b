//! "It is not solved after all": nobody does again what was done, whoever goes on, and the desk sees that it came back.

use serde_json::{Value, json};

use crate::support::{Answer, Desk, Folder, Page, Site};

const WIFI: &str = "
title: No internet
check: Is the internet back?
stuck: {escalate: network, reason: Nothing helped}
steps:
  scope:
    ask: Does it fail on every device?
    yes: floor
    no: told
  floor:
    fact: floor
    ask: On which floor are you?
    next: restart
  restart:
    do: Restart the router.
    no: rest
  rest:
    try:
      forget:
        do: Forget the network and join it again.
      cable:
        do: Use a cable.
      dns:
        do: Turn off private DNS.
        if: Is it a phone?
    no: outage
  outage:
    escalate: network
    reason: No usable line
  told:
    end: Ask the maker of the device.
";

const LAMP: &str = "
title: The lamp stays dark
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  bulb:
    do: Change the bulb.
    yes: {fix: There is a new bulb., no: socket}
    no: stuck
  socket:
    do: Try another socket.
    no: stuck
";

const LIBRARY: &str = "
facts:
  floor: {ask: On which floor are you?, number: {min: 0, max: 9}}
";

fn site(name: &str) -> Site {
    let folder = Folder::new(name).keeping();
    let folder = folder.file("fixpath.yaml", LIBRARY);
    let folder = folder.file("wifi.yaml", WIFI).file("lamp.yaml", LAMP);
    Site::of(folder, "--library .")
}

/// A customer for whom the second remedy helped.
fn solved(site: &Site) -> Page {
    let floor = site.press(&site.get("/t/wifi"), "choice=yes");
    let restart = site.press(&floor, "answer=3");
    assert_eq!(restart.heading(), "Is the internet back?");
    let forget = site.press(&restart, "choice=no");
    let solved = site.press(&forget, "choice=yes");
    assert_eq!(solved.heading(), "Solved. Good to hear!");
    solved
}

fn name(page: &Page) -> &str {
    let path = page.path.split('?').next().unwrap();
    path.strip_prefix("/c/").unwrap().split('-').next().unwrap()
}

fn case(site: &Site, token: &str, name: &str) -> Answer {
    site.call(token, &format!("GET /api/v1/cases/{name}"), None)
        .is(200)
}

#[test]
fn a_customer_goes_on_behind_what_was_done() {
    let site = site("again-customer");
    let solved = solved(&site);
    let on = site.press(&solved, "do=again");
    // Neither the questions nor the two remedies again: the third.
    assert!(on.words().contains("Use a cable."), "{}", on.words());
    assert!(on.words().contains("We go on where you were."));
    assert_ne!(name(&on), name(&solved));
    // Pressed again, in another tab, after a reload: the same case.
    assert_eq!(site.press(&solved, "do=again").path, on.path);
    // One that is not over stays as it is, whatever an old page sends.
    let address = on.path.split('?').next().unwrap();
    let open = site.post(address, &[("do", "again")]);
    assert_eq!((open.status, open.heading()), (200, on.heading()));
    let answered = site.press(&on, "choice=no");
    assert!(!answered.words().contains("We go on where you were."));
    assert_eq!(name(&site.press(&solved, "do=again")), name(&on));
    assert_eq!(site.get(&solved.path).heading(), "Solved. Good to hear!");
    // What was said can still be corrected, one by one.
    let back = site.press(&site.press(&answered, "do=back"), "do=back");
    assert!(
        back.words().contains("Forget the network"),
        "{}",
        back.words()
    );
    assert!(
        back.words()
            .contains("I already tried this , as you said before")
    );
}

#[test]
fn the_note_tells_what_was_done_in_the_case_before() {
    let site = site("again-note");
    let solved = solved(&site);
    let on = site.press(&solved, "do=again");
    let handed = site.press(&on, "reply=person");
    let done = "What was done Restart the router. done, did not help Forget the network and join it again. done, it helped at first";
    assert!(handed.words().contains(done), "{}", handed.words());
    let handed = site.press(&handed, "do=hand-over");
    let desk = site.token("desk", "agent");
    let note = format!("GET /api/v1/cases/{}/note?format=text", name(&handed));
    let note = site.call(&desk, &note, None).is(200).text;
    let before: fixpath::store::CaseId = name(&solved).parse().unwrap();
    assert!(
        note.contains(&format!("Goes on with: {before}\n")),
        "{note}"
    );
    let done = "Done in the case before, which was not solved after all\n1. Restart the router: done, did not help\n2. Forget the network and join it again: done, it helped at first\n";
    assert!(note.contains(done), "{note}");
    assert!(
        note.contains("Does it fail on every device? yes (in the case before)\n"),
        "{note}"
    );
    assert!(
        note.contains("On which floor are you? 3 (known beforehand)\n"),
        "{note}"
    );
    let public = format!("GET /api/v1/cases/{}/public-note", name(&handed));
    let public = site.call(&desk, &public, None).is(200);
    assert_eq!(public.at("/steps/1/came"), "done, it helped at first");
    // Once, not once more as tried.
    assert_eq!(public.at("/steps/2/what"), "Use a cable.");
}

#[test]
fn a_fix_that_did_not_last_goes_where_its_author_says() {
    let site = site("again-fix");
    let solved = site.press(&site.get("/t/lamp"), "choice=yes");
    assert_eq!(solved.heading(), "Solved. Good to hear!");
    let on = site.press(&solved, "do=again");
    assert!(on.words().contains("Try another socket."), "{}", on.words());
}

#[test]
fn information_that_was_not_enough_is_not_told_once_more() {
    let site = site("again-told");
    let told = site.press(&site.get("/t/wifi"), "choice=no");
    assert_eq!(told.heading(), "This is what we can tell you");
    let over = site.press(&told, "do=close");
    let on = site.press(&over, "do=again");
    assert_eq!(on.heading(), "Does it fail on every device?");
    assert!(
        on.words().contains("No Your answer before"),
        "{}",
        on.words()
    );
    let floor = site.press(&on, "choice=yes");
    assert_eq!(floor.heading(), "On which floor are you?");
}

#[test]
fn what_the_library_of_today_asks_anew_is_asked_and_the_rest_is_offered() {
    let site = site("again-changed");
    let solved = solved(&site);
    let asked = WIFI.replace("Does it fail on every device?", "Is it every device?");
    let asked = asked.replace("yes: floor\n", "yes: light\n").replace(
        "  restart:\n",
        "  light:\n    ask: Is the light green?\n    yes: floor\n    no: outage\n  restart:\n",
    );
    std::fs::write(site.folder.path().join("wifi.yaml"), asked).unwrap();
    // It is read again soon.
    while site.get("/t/wifi").heading() != "Is it every device?" {}
    let on = site.press(&solved, "do=again");
    assert_eq!(on.heading(), "Is the light green?");
    let restart = site.press(&on, "choice=yes");
    assert!(
        restart.words().contains("Restart the router."),
        "{}",
        restart.words()
    );
    let tried = "I already tried this , as you said before";
    assert!(restart.words().contains(tried), "{}", restart.words());
    let forget = site.press(&restart, "reply=tried");
    assert!(forget.words().contains(tried), "{}", forget.words());
    assert!(
        site.press(&forget, "reply=tried")
            .words()
            .contains("Use a cable.")
    );
}

#[test]
fn an_agent_goes_on_at_the_desk_and_over_the_api_in_the_same_case() {
    let site = site("again-agent");
    let desk = site.token("desk", "agent");
    let solved = solved(&site);
    let again = |body: Value| {
        let request = format!("POST /api/v1/cases/{}/again", name(&solved));
        site.call(&desk, &request, Some(&body))
    };
    let seq = case(&site, &desk, name(&solved)).at("/seq");
    assert_eq!(
        again(json!({"seq": 1})).is(409).at("/type"),
        "urn:fixpath:problem:moved"
    );
    let on = again(json!({"seq": seq, "by": "ada"})).is(201);
    assert_eq!(on.at("/prompt/step"), "cable");
    assert_eq!(on.at("/audience"), "agent");
    assert_eq!(on.at("/channel"), "phone");
    let same = again(json!({"seq": seq, "by": "bob"})).is(200);
    assert_eq!(same.at("/case"), on.at("/case"));
    // An open case goes on in itself.
    let open = format!("POST /api/v1/cases/{}/again", on.text_at("/case"));
    let refused = site
        .call(&desk, &open, Some(&json!({"seq": on.at("/seq")})))
        .is(422);
    assert_eq!(refused.at("/type"), "urn:fixpath:problem:refused");
    // The customer who presses the button comes to the agent's case.
    let customer = site.press(&solved, "do=again");
    assert_eq!(customer.heading(), "A person is working on your case.");
}

#[test]
fn a_token_for_customers_goes_on_with_cases_of_customers() {
    let site = site("again-bot");
    let bot = site.token("bot", "customer");
    let begun = site
        .call(&bot, "POST /api/v1/cases", Some(&json!({"tree": "lamp"})))
        .is(201);
    let at = |act: &str| format!("POST /api/v1/cases/{}/{act}", begun.text_at("/case"));
    let yes = json!({"seq": 1, "step": "bulb", "reply": {"answer": true}});
    site.call(&bot, &at("reply"), Some(&yes)).is(200);
    let refused = site
        .call(&bot, &at("again"), Some(&json!({"seq": 2})))
        .is(422);
    assert_eq!(refused.at("/status"), 422);
    site.call(&bot, &at("close"), Some(&json!({"seq": 2})))
        .is(200);
    let on = site
        .call(&bot, &at("again"), Some(&json!({"seq": 3})))
        .is(201);
    assert_eq!(on.at("/prompt/step"), "socket");
    assert_eq!(on.at("/view"), "customer");
    // Nobody says by himself that something was so in a case before.
    let fresh = site
        .call(&bot, "POST /api/v1/cases", Some(&json!({"tree": "lamp"})))
        .is(201);
    let said = json!({"seq": 1, "step": "bulb", "reply": "tried", "source": "before"});
    let reply = format!("POST /api/v1/cases/{}/reply", fresh.text_at("/case"));
    site.call(&bot, &reply, Some(&said)).is(422);
}

#[test]
fn the_statistics_tell_what_came_back() {
    let site = site("again-stats");
    let solved = solved(&site);
    site.press(&solved, "do=again");
    let stats = site.folder.run("stats wifi").succeeds().out;
    assert!(
        stats.contains("(of all 1 go on with a case that was not solved after all)"),
        "{stats}"
    );
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let stats: Vec<String> = stats.lines().map(words).collect();
    let has = |line: &str| {
        assert!(
            stats.iter().any(|one| one.starts_with(line)),
            "{line}: {stats:#?}"
        )
    };
    has("REMEDY GOT THERE CARRIED OUT HELPED CAME BACK ODDS");
    // Shown and done once, and once only.
    has("restart 1 1 0 0 ");
    has("forget 1 1 1 1 ");
    has("cable 1 0 0 0 ");
}

#[test]
fn an_agents_closed_case_goes_on_at_the_desk() {
    let folder = Folder::of_desk("again-desk", LIBRARY, &[("lamp", LAMP)]);
    let desk = Desk::of(folder);
    let press = |page: &Page, button: &str| desk.press("ada", page, button, &[]);
    let address = |page: &Page| page.path.split('?').next().unwrap().to_owned();
    let name = |page: &Page| {
        let (_, name) = page.path.rsplit_once('/').unwrap();
        name.parse::<fixpath::store::CaseId>().unwrap()
    };
    let link = |page: &Page| {
        format!(
            "<a href=\"{}\"><code>{}</code></a>",
            address(page),
            name(page)
        )
    };
    let first = desk.get("ada", "/desk/t/lamp");
    let bulb = press(&first, "channel=chat");
    assert!(!bulb.words().contains("Goes on"), "{}", bulb.words());
    // One that is not over stays as it is, whatever an old page sends.
    let open = press(&bulb, "do=again");
    let stands = (open.status, address(&open), open.heading());
    assert_eq!(stands, (200, address(&bulb), bulb.heading()));
    let fixed = press(&bulb, "choice=yes");
    let closed = press(&fixed, "do=close");
    assert_eq!(closed.heading(), "Solved, and confirmed");
    assert!(!closed.words().contains("oes on in"), "{}", closed.words());
    let on = press(&closed, "do=again");
    assert_ne!(on.path, closed.path);
    assert!(on.words().contains("Try another socket."), "{}", on.words());
    // Each leads to the other, also from the note.
    let before = format!("Goes on with {}", link(&closed));
    let behind = format!("Goes on in {}", link(&on));
    for (page, link) in [(&on, &before), (&closed, &behind)] {
        for path in [address(page), format!("{}/note", address(page))] {
            let page = desk.get("ada", &path);
            assert!(page.text.contains(link), "{path}: {}", page.text);
        }
    }
    let closed_now = desk.get("ada", &address(&closed));
    assert!(
        closed_now
            .words()
            .contains("It was not solved after all, and goes on in case"),
        "{}",
        closed_now.words()
    );
    let over = press(&on, "reply=person");
    assert!(over.words().contains("Goes on with: "), "{}", over.words());
    let done = "1. Change the bulb: done, it helped at first";
    assert!(over.words().contains(done), "{}", over.words());
    let link = format!("Goes on with: <a href=\"{}\">", address(&closed));
    assert!(over.text.contains(&link), "{}", over.text);
    assert_eq!(press(&closed, "do=again").path, on.path);
}
