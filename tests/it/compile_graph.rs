//! Well-formed trees in, graphs out: every kind of step, every way out of it, in words.

use crate::support::Files;

/// Compiles one tree and compares its graph.
fn check(text: &str, expected: &str) {
    let files = Files::split(text);
    assert_eq!(files.compile().graph().trim(), expected.trim());
}

#[test]
fn the_first_step_is_the_start_and_stuck_is_the_last_node() {
    check(
        "
title: Router
steps:
  power:
    ask: Is any light on?
    yes: {escalate: network, reason: The lights are on}
    no: plug
  plug:
    do: Push the plug in.
    no: stuck
",
        "
power: yes or no
  yes -> power.yes
  no -> plug
power.yes: escalate network 3
plug: remedy
  yes -> plug.yes (made)
  no -> stuck
plug.yes: fix \"Push the plug in.\"
stuck: escalate desk 3
",
    );
}

#[test]
fn what_is_written_in_place_is_named_by_its_path() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  wired: {ask: Is there a cable?}
  os: {ask: Which system?, answers: [windows, macos]}
# file: other.yaml
title: Other
steps:
  wait: {ask: Well?, yes: {return: works}, no: {return: fails}}
# file: example.yaml
title: Every way
stuck: {escalate: network, reason: No way on, impact: high, needs: [os]}
steps:
  place:
    ask: Where?
    answers:
      at home: {fix: Done, no: {end: So be it}, set: {wired: yes}}
      at. work: {tree: other}
      elsewhere: {goto: speed, label: Somewhere else, set: {os: macos, wired: no}}
    unsure: {end: Nobody knows}
    limit: {visits: 3, then: {escalate: desk, reason: Too often}}
  speed:
    ask: How fast?
    number: {min: 0, max: 100}
    answers:
      below 5: {escalate: network, reason: Slow, priority: 1}
      5 to 100: settings
      OL: stuck
  settings:
    do: Open the settings.
    next:
      - when: wired
        end: It has a cable
      - goto: inner
    tried: {end: Tried}
    cannot: {end: Cannot}
  inner:
    call: other
    returns:
      works: {fix: It works}
      fails: stuck
",
        "
place: one of 3
  answer at home -> place.answers.at home, wired = yes
  answer at. work -> place.answers.at. work
  answer elsewhere -> speed, os = macos, wired = no
  unsure -> place.unsure
  limit -> place.limit
place.answers.at home: fix \"Done\"
  no -> place.answers.at home.no
place.answers.at home.no: end \"So be it\"
place.answers.at. work: leave for other
place.unsure: end \"Nobody knows\"
place.limit: escalate desk 3
speed: number
  answer below 5 -> speed.answers.below 5
  answer 5 to 100 -> settings
  answer word OL -> stuck
speed.answers.below 5: escalate network 1
settings: instruction
  next when wired -> settings.next.1
  next -> inner
  tried -> settings.tried
  cannot -> settings.cannot
settings.next.1: end \"It has a cable\"
settings.tried: end \"Tried\"
settings.cannot: end \"Cannot\"
inner: call other
  returns works -> inner.returns.works
  returns fails -> stuck
inner.returns.works: fix \"It works\"
stuck: escalate network 2 needs os
",
    );
}

#[test]
fn a_try_is_a_chain_of_its_remedies() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
# file: example.yaml
title: A try
steps:
  quick:
    try:
      forget:
        do: Forget the network.
        label: Joined again
      private:
        if: Is it a phone?
        do: |

          1. Turn private DNS off.
          2. Wait.
        yes: {fix: Private DNS was on, no: after}
      cable:
        do: Use a cable.
        yes: after
        unsure: {end: Who knows}
    no: {goto: after, set: {os: windows}}
  after:
    do: Restart.
    check: Well?
    yes: {end: It was the restart}
    no: stuck
",
        "
quick: try forget, private, cable
  skip -> forget (made)
  skip -> private.if (made)
  skip -> cable (made)
  no -> after, os = windows
forget: remedy
  yes -> forget.yes (made)
  no -> private.if (made)
forget.yes: fix \"Joined again\"
private.if: yes or no
  yes -> private (made)
  no -> cable (made)
private: remedy
  yes -> private.yes
  no -> cable (made)
private.yes: fix \"Private DNS was on\"
  no -> after
cable: remedy
  yes -> after
  unsure -> cable.unsure
  no -> after, os = windows (made)
cable.unsure: end \"Who knows\"
after: remedy
  yes -> after.yes
  no -> stuck
after.yes: end \"It was the restart\"
stuck: escalate desk 3
",
    );
}

#[test]
fn the_first_line_of_a_do_names_its_fix() {
    check(
        "
title: First lines
steps:
  one:
    do: |
      1. Unplug the router.
      2. Wait.
    no: two
  two:
    do: |

      ## Wait
    no: three
  three:
    do: 2.4 GHz is the network to join.
    no: stuck
",
        "
one: remedy
  yes -> one.yes (made)
  no -> two
one.yes: fix \"Unplug the router.\"
two: remedy
  yes -> two.yes (made)
  no -> three
two.yes: fix \"Wait\"
three: remedy
  yes -> three.yes (made)
  no -> stuck
three.yes: fix \"2.4 GHz is the network to join.\"
stuck: escalate desk 3
",
    );
}

#[test]
fn order_best_takes_the_order_of_least_expected_time() {
    check(
        "
title: Best
steps:
  quick:
    try:
      slow: {do: Reinstall it., takes: 1h, odds: 30%}
      likely: {do: Restart it., takes: 5m, odds: 40%}
      first: {do: Look at it., takes: 1m, odds: 1%}
      quick_but_later: {do: Click on it., takes: 10s, odds: 20%, after: [first]}
    order: best
    no: stuck
",
        "
quick: try first, quick_but_later, likely, slow
  skip -> first (made)
  skip -> quick_but_later (made)
  skip -> likely (made)
  skip -> slow (made)
  no -> stuck
slow: remedy
  yes -> slow.yes (made)
  no -> stuck (made)
slow.yes: fix \"Reinstall it.\"
likely: remedy
  yes -> likely.yes (made)
  no -> slow (made)
likely.yes: fix \"Restart it.\"
first: remedy
  yes -> first.yes (made)
  no -> quick_but_later (made)
first.yes: fix \"Look at it.\"
quick_but_later: remedy
  yes -> quick_but_later.yes (made)
  no -> likely (made)
quick_but_later.yes: fix \"Click on it.\"
stuck: escalate desk 3
",
    );
}

#[test]
fn a_question_with_a_fact_asks_as_declared() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  wired: {ask: Is there a cable?}
  os: {ask: Which system?, answers: [windows, macos]}
  apps: {ask: Which programs?, answers: [mail, vpn], many: true}
  age: {ask: How old is it?, number: {min: 0, max: 99}}
  name: {ask: What is its name?, text: {max: 9}}
  bought: {ask: When was it bought?, date: {max: today}}
# file: example.yaml
title: Facts
steps:
  os: {fact: os, answers: {macos: wired, windows: wired}}
  wired: {fact: wired, yes: apps, no: apps}
  apps: {fact: apps, next: age}
  age: {fact: age, answers: {below 3: name, otherwise: name}}
  name: {fact: name, next: bought}
  bought: {fact: bought, next: os_again}
  os_again: {fact: os, next: stuck}
",
        "
os: one of 2
  answer macos -> wired
  answer windows -> wired
wired: yes or no
  yes -> apps
  no -> apps
apps: any of 2
  next -> age
age: number
  answer below 3 -> name
  answer otherwise -> name
name: text
  next -> bought
bought: date
  next -> os_again
os_again: one of 2
  next -> stuck
stuck: escalate desk 3
",
    );
}

#[test]
fn a_library_that_declares_no_facts_takes_those_that_its_trees_name() {
    let files = Files::split(
        "# file: example.yaml
title: Facts
steps:
  system: {fact: os, ask: Which system?, answers: {macos: wired, windows: wired}}
  wired: {fact: wired, ask: Is there a cable?, yes: report, no: {goto: report, set: {slow: yes, speed: \"5\"}}}
  report:
    next:
      - when: known(slow) and slow and known(speed) and speed < 6
        escalate: network
        reason: Slow
        needs: [customer_number]
      - goto: stuck
",
    );
    let library = files.compile().into_library();
    let facts: Vec<_> = library
        .facts
        .iter()
        .map(|fact| format!("{}: {}", fact.name, fact.kind.expected(None)))
        .collect();
    assert_eq!(
        facts,
        [
            "customer_number: a line of text",
            "os: one of \"macos\", \"windows\"",
            "slow: yes or no",
            "speed: a number",
            "wired: yes or no",
        ]
    );
}

#[test]
fn the_declarations_words_are_asked_where_the_step_has_none() {
    let library = Files::split(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, help: It is on the label., answers: {windows: Windows, macos: macOS}}
# file: example.yaml
title: Facts
steps:
  os: {fact: os, next: again}
  again: {fact: os, ask: And now?, help: Look again., answers: {windows: stuck, macos: {goto: stuck, label: A Mac}}}
",
    )
    .compile()
    .into_library();
    let tree = library.tree(library.find("example").unwrap());
    let shown = |name: &str| {
        let step = tree.step(tree.find(name).unwrap());
        let help = step.shown.as_ref().unwrap().help.as_ref().unwrap();
        let fixpath::tree::StepKind::Question(question) = &step.kind else {
            panic!("no question");
        };
        let fixpath::tree::QuestionKind::Choice(choices) = &question.kind else {
            panic!("no choice");
        };
        let labels: Vec<_> = choices
            .iter()
            .map(|choice| choice.label.as_ref().unwrap().0.source().to_string())
            .collect();
        let ask = step.ask.as_ref().unwrap().0.source();
        format!("{ask} {} {}", help.0.source(), labels.join(", "))
    };
    assert_eq!(
        shown("os"),
        "Which system? It is on the label. Windows, macOS"
    );
    assert_eq!(shown("again"), "And now? Look again. Windows, A Mac");
}

#[test]
fn a_picture_is_named_by_its_path_in_the_library() {
    let library = Files::new()
        .default_library()
        .tree(
            "net/light",
            "
title: Light
steps:
  light: {ask: On?, image: {src: ../img/a.svg, alt: The light}, yes: stuck, no: {end: Off}}
",
        )
        .file("img/a.svg", "<svg/>")
        .compile()
        .into_library();
    let tree = &library.trees[0];
    let shown = tree.step(tree.start()).shown.as_ref().unwrap();
    assert_eq!(&*shown.image.as_ref().unwrap().src, "img/a.svg");
}

#[test]
fn a_step_may_be_named_like_what_stands_for_a_lost_one() {
    let compiled = Files::example(
        "title: T\nsteps:\n  \"?\": {ask: On?, yes: nowhere, no: stuck}\n  \"??\": {ask: Off?, yes: gone, no: stuck}\n",
    )
    .compile();
    assert_eq!(
        compiled.errors(),
        [
            "bad-name 3:3 \"?\"",
            "unknown-step 3:24 nowhere",
            "bad-name 4:3 \"??\"",
            "unknown-step 4:26 gone"
        ]
    );
}
