//! LANGUAGE.md, "Meaning": replies that every prompt takes, remedies and `try`.

use crate::support::Walk;
use fixpath::session::Source;

#[test]
fn unsure_takes_its_edge_else_stuck_on_every_kind_of_question() {
    let kinds = [
        ("yes: over\n    no: over", "yes"),
        ("answers: {a: over, b: over}", "a"),
        ("many: true\n    answers: [a, b]\n    next: over", "a|b"),
        ("number: {}\n    next: over", "1"),
        (
            "number: {}\n    answers: {below 5: over, otherwise: over}",
            "7",
        ),
        ("text: {}\n    next: over", "words"),
        ("date: {}\n    next: over", "2026-01-01"),
    ];
    for (kind, answer) in kinds {
        let tree = |unsure: &str| {
            Walk::tree(&format!(
                "title: T\nsteps:\n  a:\n    ask: A?\n    {kind}{unsure}\n  over: {{end: E}}\n  other: {{end: F}}\n"
            ))
        };
        tree("").reply("a", "unsure").stands("stuck").replayed();
        tree("").reply("a", "person").stands("stuck").replayed();
        tree("\n    unsure: other")
            .reply("a", "unsure")
            .stands("other")
            .replayed();
        tree("").reply("a", answer).stands("over").replayed();
    }
}

#[test]
fn none_is_the_empty_pick_or_leads_to_stuck() {
    let tree = |kind: &str| {
        Walk::tree(&format!(
            "title: T\nsteps:\n  a:\n    ask: A?\n    {kind}\n  over: {{end: E}}\n"
        ))
    };
    let many = tree("many: true\n    answers: [a, b]\n    next: over")
        .reply("a", "none")
        .stands("over");
    assert_eq!(many.facts(), ["a: none (asked)"]);
    tree("answers: {a: over, b: over}")
        .reply("a", "none")
        .stands("stuck")
        .replayed();
    tree("yes: over\n    no: over").refuses(
        "a",
        "none",
        "`a` does not take `none`; it takes answer, unsure, person",
    );
    tree("text: {}\n    next: over").refuses(
        "a",
        "none",
        "`a` does not take `none`; it takes answer, unsure, person",
    );
}

#[test]
fn person_leads_to_the_stuck_of_the_tree_in_which_one_stands() {
    let walk = Walk::files(
        "# file: example.yaml\ntitle: T\nstuck: {escalate: caller, reason: R}\nsteps:\n  c: {call: own, next: d}\n  d: {call: plain, next: over}\n  over: {end: E}\n# file: own.yaml\ntitle: O\nstuck: {escalate: own, reason: R}\nsteps:\n  a: {ask: A?, yes: b, no: b}\n  b: {return: ok}\n# file: plain.yaml\ntitle: P\nsteps:\n  a: {ask: A?, yes: b, no: b}\n  b: {return: ok}\n# file: fixpath.yaml\nstuck: {escalate: library, reason: R}\n",
    );
    let team = |walk: Walk| walk.session.escalation_view().unwrap().team.to_string();
    assert_eq!(
        team(walk.clone().reply("own:a", "person").stands("own:stuck")),
        "own"
    );
    // The callers' are not looked at: the library's is taken.
    assert_eq!(team(walk.replies("own:a: yes, plain:a: person")), "library");
}

#[test]
fn tried_and_cannot_on_a_do_that_is_no_remedy() {
    let tree = |more: &str| {
        Walk::tree(&format!(
            "title: T\nsteps:\n  a:\n    do: Do it.\n    {more}\n  b: {{end: B}}\n  c: {{end: C}}\n  d: {{end: D}}\n"
        ))
    };
    tree("next: b").reply("a", "tried").stands("b");
    tree("next: b").reply("a", "cannot").stands("stuck");
    tree("next: b").reply("a", "unsure").stands("stuck");
    tree("next: b\n    tried: c\n    cannot: d")
        .reply("a", "tried")
        .stands("c");
    tree("next: b\n    tried: c\n    cannot: d")
        .reply("a", "cannot")
        .stands("d")
        .replayed();
    // A question with `do`: without a `next`, there is no way for "already done".
    let question = tree("ask: A?\n    yes: b\n    no: c");
    let question = question.refuses(
        "a",
        "tried",
        "`a` does not take `tried`; it takes answer, cannot, unsure, person",
    );
    question.reply("a", "cannot").stands("stuck");
    tree("ask: A?\n    text: {}\n    next: b")
        .reply("a", "tried")
        .stands("b");
    tree("ask: A?\n    yes: b\n    no: c\n    tried: d")
        .reply("a", "tried")
        .stands("d")
        .replayed();
}

#[test]
fn tried_and_cannot_are_claimed_and_not_done() {
    let walk = Walk::tree(
        "title: T\nsteps:\n  a: {do: Do it., no: b}\n  b: {do: Do that., no: c, tried: d, cannot: e}\n  c: {end: C}\n  d: {end: D}\n  e: {end: E}\n",
    );
    let tried = walk.clone().reply("a", "tried").stands("b");
    assert_eq!(tried.session.trail()[0].source, Some(Source::Claimed));
    assert_eq!(tried.trail(), ["a: tried", "b: open"]);
    tried.clone().reply("b", "tried").stands("d");
    tried.clone().reply("b", "no").stands("c");
    walk.reply("a", "cannot")
        .reply("b", "cannot")
        .stands("e")
        .replayed();
    // Set aside, they are not listed as done.
    assert_eq!(tried.back(1).session.done_before(), []);
}

#[test]
fn a_remedy_that_helps_is_confirmed_with_the_authors_words() {
    let fixed = |step: &str| {
        let walk = Walk::tree(&format!(
            "title: T\nsteps:\n  a:\n    {step}\n    no: over\n  over: {{end: E}}\n  named: {{fix: Named}}\n"
        ));
        let walk = walk
            .reply("a", "yes")
            .ends("resolved, confirmed")
            .replayed();
        let prompt = walk.prompt();
        let fix = walk.session.end_view().unwrap().fix.unwrap();
        format!("{prompt}: {fix}")
    };
    assert_eq!(
        fixed("do: |\n      Restart **it**.\n      Then wait."),
        "a.yes: Restart **it**."
    );
    assert_eq!(
        fixed("do: Restart it.\n    label: A restart"),
        "a.yes: A restart"
    );
    assert_eq!(
        fixed("do: Restart it.\n    yes: {fix: Other words}"),
        "a.yes: Other words"
    );
    assert_eq!(fixed("do: Restart it.\n    yes: named"), "named: Named");
}

#[test]
fn a_yes_that_leads_elsewhere_confirms_nothing() {
    let walk = Walk::tree(
        "title: T\nsteps:\n  a: {do: Do it., yes: hop, no: over}\n  hop:\n    next: fixed\n  fixed: {fix: F}\n  over: {end: E}\n",
    );
    walk.reply("a", "yes")
        .stands("fixed.solved")
        .reply("fixed.solved", "yes")
        .ends("resolved, confirmed");
    // A question that leads to a fix is no check.
    let asked = Walk::tree(
        "title: T\nsteps:\n  a: {ask: Is it on?, yes: {fix: F}, no: over}\n  over: {end: E}\n",
    );
    asked.reply("a", "yes").stands("a.yes.solved");
}

#[test]
fn the_check_is_the_steps_else_the_trees_else_whether_it_is_solved() {
    let asked = |tree: &str, step: &str| {
        let walk = Walk::tree(&format!(
            "title: T\n{tree}steps:\n  a: {{do: Do it., no: over{step}}}\n  over: {{end: E}}\n"
        ));
        walk.session.public_view().unwrap().ask.unwrap().to_string()
    };
    assert_eq!(
        asked("check: Is it back?\n", ", check: Does it print?"),
        "Does it print?"
    );
    assert_eq!(asked("check: Is it back?\n", ""), "Is it back?");
    assert_eq!(asked("", ""), "Is the problem solved?");
}

const TRY: &str = r#"title: T
steps:
  kind: {ask: Which kind?, answers: {phone: fixes, laptop: fixes}}
  fixes:
    try:
      forget: {do: Forget the network.}
      private:
        if: Is private DNS on?
        do: Turn it off.
      lid:
        when: kind == "laptop"
        do: Open the lid.
      reset: {do: Reset it.}
    no: again
  again: {ask: Once more?, yes: fixes, no: over}
  over: {end: E}
"#;

#[test]
fn a_try_goes_on_after_no_tried_cannot_and_what_is_left_out() {
    let walk = Walk::tree(TRY).reply("kind", "phone").stands("forget");
    let walk = walk
        .reply("forget", "no")
        .stands("private.if")
        .reply("private.if", "no");
    // No laptop: the lid is left out.
    let walk = walk
        .stands("reset")
        .reply("reset", "cannot")
        .stands("again")
        .replayed();
    assert_eq!(walk.facts(), ["kind: phone (asked)"]);
    Walk::tree(TRY)
        .replies("kind: laptop, forget: tried, private.if: yes, private: no")
        .stands("lid")
        .reply("lid", "yes")
        .stands("lid.yes")
        .ends("resolved, confirmed");
}

#[test]
fn coming_again_to_a_try_leaves_out_what_was_answered() {
    let walk = Walk::tree(TRY)
        .replies("kind: laptop, forget: no, private.if: no, lid: tried, reset: no, again: yes");
    // Only what an `if` kept from being shown is left.
    let walk = walk
        .stands("private.if")
        .reply("private.if", "yes")
        .reply("private", "no")
        .stands("again");
    let walk = walk.reply("again", "yes").stands("again").replayed();
    assert_eq!(
        walk.trail()[7..],
        [
            "~fixes",
            "private.if: yes",
            "private: no",
            "again: yes",
            "~fixes",
            "again: open"
        ]
    );
}

#[test]
fn unsure_and_person_at_a_remedy_lead_to_stuck() {
    for word in ["unsure", "person"] {
        Walk::tree(TRY)
            .replies(&format!("kind: phone, forget: {word}"))
            .stands("stuck")
            .replayed();
    }
    let refused = "`forget` does not take `done`; it takes answer, tried, cannot, unsure, person";
    Walk::tree(TRY)
        .reply("kind", "phone")
        .refuses("forget", "done", refused);
}

#[test]
fn only_what_can_be_measured_is_probed() {
    let walk = Walk::tree(
        "title: T\nsteps:\n  a:\n    ask: Is it up?\n    run: {command: [ping], yes: exit == 0}\n    yes: b\n    no: b\n  b: {do: Do it., no: over}\n  over: {end: E}\n",
    );
    let mut walk = walk.reply_from("a", "yes", Source::Probed).stands("b");
    assert_eq!(walk.facts(), ["a: yes (probed)"]);
    let refused = walk.try_reply_from("b", "yes", Source::Probed).unwrap_err();
    assert_eq!(
        refused,
        "the machine cannot answer `b` by itself; ask the person"
    );
    let refused = walk
        .try_reply_from("b", "yes", Source::Prefilled)
        .unwrap_err();
    assert_eq!(
        refused,
        "a reply cannot be `prefilled`; it is asked, claimed or probed"
    );
    walk.replayed();
}
