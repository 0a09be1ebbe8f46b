//! Well-formed trees in, graphs out: every kind of step, every way out of it, in words.

use crate::support::Files;

/// Compiles one tree and compares its graph.
fn check(text: &str, expected: &str) {
    assert_eq!(
        Files::example(text).compile().graph().trim(),
        expected.trim()
    );
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
