//! Who walks: customers are kept from what is for agents, and find something at every step.

use crate::support::Files;

/// Compiles the steps of `example` beside a tree for agents, and compares the findings.
fn check(steps: &str, expected: &[&str]) {
    let compiled = Files::new()
        .tree("example", &format!("title: T\nsteps:\n{steps}"))
        .tree(
            "agents",
            "title: A\naudience: agent\nsteps:\n  one: {say: Please wait., ask: Is it so?, yes: {return: on}, no: stuck}\n",
        )
        .default_library()
        .compile();
    assert_eq!(compiled.findings(), expected, "{steps}");
}

#[test]
fn customers_are_not_led_to_trees_for_agents() {
    check(
        "  one: {ask: Is it on?, yes: {tree: agents}, no: two}
  two: {call: agents, next: three}
  three: {end: Over}
",
        &[
            "not-for-audience 3:37 agents",
            "not-for-audience 4:15 agents",
        ],
    );
}

#[test]
fn a_condition_on_audience_keeps_them_away() {
    check(
        "  one: {next: [{when: audience == \"agent\", tree: agents}, {goto: two}]}
  two: {next: [{when: audience == \"customer\", goto: three}, {tree: agents}]}
  three: {end: Over}
",
        &["always-true 4:23 audience == \"customer\""],
    );
    // An agent stays one; a customer may be one of those who come to the end of a called tree.
    check(
        "  one: {next: [{when: audience == \"agent\", goto: two}, {goto: three}]}
  two: {do: Wait., next: four}
  three: {do: Wait here., next: four}
  four: {next: [{when: audience != \"customer\", tree: agents}, {goto: five}]}
  five: {end: Over}
",
        &[],
    );
    check(
        "  one: {next: [{when: 'audience == \"agent\" or channel == \"phone\"', tree: agents}, {goto: two}]}
  two: {end: Over}
",
        &["not-for-audience 3:74 agents"],
    );
}

#[test]
fn a_tree_for_agents_may_lead_to_another() {
    let compiled = Files::new()
        .tree("example", "title: T\naudience: agent\nsteps:\n  one: {note: Look it up., do: Wait., next: {tree: agents}}\n")
        .tree("agents", "title: A\naudience: agent\nsteps:\n  one: {end: Over}\n")
        .default_library()
        .compile();
    assert_eq!(compiled.findings(), [""; 0]);
}

#[test]
fn what_a_called_tree_makes_of_the_audience_is_known() {
    let compiled = Files::new()
        .tree(
            "example",
            "title: T\nsteps:\n  one: {call: gate, returns: {agent: {tree: agents}, other: two}}\n  two: {end: Over}\n",
        )
        .tree(
            "gate",
            "title: G\nsteps:\n  one: {next: [{when: audience == \"agent\", return: agent}, {return: other}]}\n",
        )
        .tree("agents", "title: A\naudience: agent\nsteps:\n  one: {end: Over}\n")
        .default_library()
        .compile();
    assert_eq!(compiled.findings(), [""; 0]);
}
