//! From a customer's tab to an agent's: the code that one reads out and the other types, and what each of them sees then.

use serde_json::json;

use crate::support::browser::{ENTER, PHONE, SCREEN};
use crate::support::desk::LIBRARY;
use crate::support::{Browser, Folder, Site};

/// How the customer is reached, and how they reach somebody.
const REACHED: &str = "  phone: {ask: On which number can we reach you?, text: {max: 40}}
theme: {contact: {phone: 555 0142}}
";

const LAMP: &str = "
title: The lamp stays dark
stuck: {escalate: field, reason: Nothing helped, needs: [phone]}
start: plugged
steps:
  plugged:
    say: Please look at the cable for me.
    ask: Is the lamp plugged in?
    yes: bulb
    no: plug_it_in
  plug_it_in:
    do: Plug the lamp in.
    no: bulb
  bulb:
    ask: Is the bulb black?
    yes: {fix: Take another bulb.}
    no: stuck
";

fn desk(name: &str) -> Site {
    let library = format!("{LIBRARY}{REACHED}");
    let folder = Folder::of_desk(name, &library, &[("lamp", LAMP)]);
    Site::of_desk(folder.letting_in("maria"))
}

/// The customer tries something, is stuck at a question, and asks for a person.
fn asks_for_a_person(customer: &Browser, site: &Site) -> String {
    customer.open(&format!("{}/t/lamp?q=no+light", site.origin()));
    customer.button("No").click();
    customer.asks("Is the problem solved?");
    customer.button("No").click();
    customer.asks("Is the bulb black?");
    customer.button("Talk to a person").click();
    customer.asks("On which number can we reach you?");
    customer.sees("A person will help you. First they need to know:");
    customer.find("[name=answer]").write("ext. 9");
    customer.button("Go on").click();
    customer.asks("A person will help you: Field service");
    customer
        .sees("Plug the lamp in.")
        .sees("Call 555 0142")
        .fits();
    customer.field("Anything else").write("It smells burnt");
    let code = customer.find(".code").text();
    customer.button("Pass it on").click();
    customer.asks("Your case is with Field service.");
    customer.sees(&code).sees("Call 555 0142");
    code
}

/// The agent types the code and stands where the customer stood, with all that was tried.
fn takes(agent: &Browser, site: &Site, code: &str) {
    site.sign_in(agent, "maria", "/desk");
    agent.field("Take a case by its code").write("nonsense");
    agent.find(".take button").click();
    agent.sees("This code is wrong, was used already, or is too old.");
    let field = agent.field("Take a case by its code");
    field
        .clear()
        .write(&format!("{}{ENTER}", code.to_uppercase()));
    agent.asks("Is the bulb black?");
    for told in [
        "In the caller’s words no light",
        "Is the lamp plugged in? no",
        "Plug the lamp in. done, did not help",
        "ext. 9",
        "It smells burnt",
    ] {
        agent.sees(told);
    }
    assert!(!agent.words().contains("With the customer"));
}

/// Both to the end; `look_again` is how the customer's page comes to know.
fn from_tab_to_tab(customer: &Browser, agent: &Browser, site: &Site, look_again: fn(&Browser)) {
    let code = asks_for_a_person(customer, site);
    takes(agent, site, &code);
    look_again(customer);
    customer.asks("A person is working on your case.").fits();
    assert!(!customer.words().contains(&code), "the code is used up");
    agent.find("[value=yes]").click();
    agent.asks("Is the problem solved?");
    agent.find("[value=yes]").click();
    agent.button("Close the case").click();
    agent.asks("Solved, and confirmed");
    look_again(customer);
    customer.asks("Your case is solved.");
    // Good once.
    agent.open(&format!("{}/desk", site.origin()));
    agent.field("Take a case by its code").write(&code);
    agent.find(".take button").click();
    agent.sees("This code is wrong, was used already, or is too old.");
}

#[test]
fn a_customer_is_handed_over_to_an_agent_without_a_script() {
    let (Some(customer), Some(agent)) = (
        Browser::without_scripts(PHONE),
        Browser::without_scripts(SCREEN),
    ) else {
        return;
    };
    let site = desk("browser-handover-plain");
    from_tab_to_tab(&customer, &agent, &site, Browser::reload);
}

#[test]
fn a_customer_is_handed_over_to_an_agent_with_scripts() {
    let (Some(customer), Some(agent)) = (Browser::start(PHONE), Browser::start(SCREEN)) else {
        return;
    };
    let site = desk("browser-handover");
    // Back at the telephone, the page sees by itself what became of the case.
    from_tab_to_tab(&customer, &agent, &site, |customer| {
        customer.run("document.dispatchEvent(new Event('visibilitychange'))");
    });
}

#[test]
fn an_agent_sees_what_a_customer_answers_and_takes_the_case() {
    let (Some(customer), Some(agent)) = (Browser::start(PHONE), Browser::start(SCREEN)) else {
        return;
    };
    let site = desk("browser-handover-live");
    customer.open(&format!("{}/t/lamp", site.origin()));
    customer.button("No").click();
    customer.asks("Is the problem solved?");
    let case = the_case(&site);
    site.sign_in(&agent, "maria", &format!("/desk/c/{case}"));
    agent
        .sees("With the customer")
        .sees("It stands at: Is the problem solved?");
    customer.button("No").click();
    customer.asks("Is the bulb black?");
    agent.sees("It stands at: Is the bulb black?");
    agent.button("Take the case").click();
    agent.asks("Is the bulb black?");
    // What the customer presses now comes too late, and nothing of it is lost on the agent's side.
    customer.button("Yes").click();
    customer.asks("A person is working on your case.");
    agent.reload();
    agent.asks("Is the bulb black?");
}

/// The only case that there is.
fn the_case(site: &Site) -> String {
    let cases = site.folder.run("cases export --all").succeeds().out;
    let case: serde_json::Value = serde_json::from_str(cases.lines().next().unwrap()).unwrap();
    case["case"].as_str().unwrap().to_owned()
}

#[test]
fn a_case_that_was_put_aside_goes_on_where_it_stood() {
    let (Some(plain), Some(browser)) = (Browser::without_scripts(PHONE), Browser::start(PHONE))
    else {
        return;
    };
    let site = desk("browser-parked");
    let token = site.token("desk", "agent");
    plain.open(&format!("{}/t/lamp", site.origin()));
    plain.button("No").click();
    plain.asks("Is the problem solved?");
    let address = plain.address();
    let address = address.split('?').next().unwrap();
    for browser in [&plain, &browser] {
        browser.open(address).asks("Is the problem solved?");
        let case = the_case(&site);
        let seq = site.call(&token, &format!("GET /api/v1/cases/{case}"), None);
        let parked = json!({"seq": seq.at("/seq"), "until": null});
        let park = format!("POST /api/v1/cases/{case}/park");
        site.call(&token, &park, Some(&parked)).is(200);
        // An answer on the page that stood there is not taken, and the page says why.
        browser.button("No").click();
        browser.asks("We have put this aside.").fits();
        browser.reload();
        browser.button("Go on now").click();
        browser.asks("Is the problem solved?");
    }
}
