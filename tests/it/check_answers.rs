//! Answers: ranges that overlap, labels that read the same or say nothing, answers that make no difference.

use crate::support::Files;

/// Compiles one tree, or several files, and compares the findings.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(Files::split(text).compile().findings(), expected, "{text}");
}

/// A question for a number with these answers.
fn ranges(number: &str, answers: &str) -> String {
    format!(
        "title: T
steps:
  one:
    ask: How much is it?
    number: {{{number}}}
    answers: {{{answers}}}
  two: {{do: Wait., next: stuck}}
"
    )
}

#[test]
fn ranges_may_share_a_boundary_and_no_more() {
    for (number, answers, expected) in [
        ("", "below 5: two, 5 to 20: stuck, above 20: two", &[][..]),
        (
            "",
            "below 5: two, 5 to 20: stuck, 20 to 30: two, otherwise: stuck",
            &[],
        ),
        (
            "",
            "below 6: two, 5 to 20: stuck, otherwise: two",
            &["overlapping-answers 6:29 5 to 20"],
        ),
        // Of whole numbers, both take 5 alone.
        (
            "decimals: 0",
            "below 6: two, 5 to 20: stuck, otherwise: two",
            &[],
        ),
        (
            "decimals: 0",
            "below 7: two, 5 to 20: stuck, otherwise: two",
            &["overlapping-answers 6:29 5 to 20"],
        ),
        // What is beyond the limits is no overlap, nor is one number; but no number is left for such an answer.
        (
            "min: 0, max: 10",
            "0 to 10: two, above 10: stuck",
            &["never-true 6:29 above 10"],
        ),
        (
            "",
            "1 to 10: two, 5: stuck, otherwise: two",
            &["never-true 6:29 5"],
        ),
        ("", "1 to 10: two, OL: stuck, otherwise: two", &[]),
        (
            "",
            "1 to 10: two, 4 to 6: stuck, 5 to 8: two, otherwise: stuck",
            &[
                "overlapping-answers 6:29 4 to 6",
                "overlapping-answers 6:44 5 to 8",
            ],
        ),
    ] {
        check(&ranges(number, answers), expected);
    }
}

#[test]
fn an_overlap_is_told_in_numbers() {
    let text = ranges("min: 0", "below 10: two, above 4: stuck");
    let compiled = Files::split(&text).compile();
    let finding = &compiled.diagnostics()[0];
    assert_eq!(
        finding.message,
        "`above 4` and `below 10` hold the same numbers"
    );
    assert_eq!(
        finding.primary.text,
        "4 to 10 is also in `below 10`, which takes it first"
    );
    assert_eq!(finding.secondary.len(), 1);
}

/// A question with these answers, of which the first leads to a step of its own.
fn choices(answers: &str, more: &str) -> String {
    format!(
        "title: T
steps:
  one:
    ask: What does it show?
{more}    answers:
{answers}  two: {{do: Wait., next: stuck}}
"
    )
}

#[test]
fn labels_are_compared_as_they_are_read() {
    check(
        &choices(
            "      red: two\n      Red light: stuck\n      'red ': stuck\n",
            "",
        ),
        &["duplicate-label 8:7 'red '"],
    );
    check(
        &choices(
            "      a: {goto: two, label: It blinks}\n      it blinks.: stuck\n",
            "",
        ),
        &["duplicate-label 7:7 it blinks."],
    );
    check(
        "title: T
steps:
  one: {ask: On?, yes: {goto: two, label: No}, no: stuck}
  two: {do: Wait., next: stuck}
",
        &["duplicate-label 3:52 stuck"],
    );
    let many: String = (0..20)
        .map(|at| format!("      answer {at}: two\n"))
        .collect();
    check(
        &choices(&format!("{many}      ANSWER 7: stuck\n"), ""),
        &["duplicate-label 26:7 ANSWER 7"],
    );
}

#[test]
fn declared_choices_are_judged_in_the_library_file() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  colour:
    ask: Which colour is it? And how bright?
    answers: {red: It is red, rot: It is red, other: Other}
# file: example.yaml
title: T
steps:
  one: {fact: colour, answers: {red: two, rot: stuck, other: stuck}}
  two: {do: Wait., next: stuck}
",
        &[
            "compound-question fixpath.yaml:4:30 And how bright?",
            "duplicate-label fixpath.yaml:5:36 It is red",
            "vague-answer fixpath.yaml:5:54 Other",
        ],
    );
}

#[test]
fn vague_words_need_a_help() {
    check(
        &choices(
            "      lights: two\n      OK: stuck\n      not sure: stuck\n",
            "",
        ),
        &["vague-answer 7:7 OK", "vague-answer 8:7 not sure"],
    );
    check(
        &choices(
            "      lights: two\n      Other.: stuck\n",
            "    help: Look at the front.\n",
        ),
        &[],
    );
    check(
        &choices(
            "      lights: two\n      other: {goto: stuck, help: It is dark}\n",
            "",
        ),
        &[],
    );
    check(
        &choices(
            "      lights: two\n      ok: {goto: stuck, label: It works}\n",
            "",
        ),
        &[],
    );
    check(
        "title: T
steps:
  one: {ask: On?, yes: {goto: two, label: It depends}, no: stuck}
  two: {do: Wait., next: stuck}
",
        &["vague-answer 3:43 It depends"],
    );
}

#[test]
fn answers_that_lead_to_one_place_make_no_difference() {
    let tree = |question: &str, more: &str| {
        format!(
            "title: T
steps:
  one: {{ask: What is it?, {question}}}
  two: {{do: Wait{more}., next: stuck}}
"
        )
    };
    let one = &["same-target 3:3 one"][..];
    check(&tree("yes: two, no: two", ""), one);
    check(&tree("yes: two, no: two, unsure: stuck", ""), one);
    check(&tree("answers: {a: two, b: two, c: two}", ""), one);
    check(&tree("answers: [a, b], next: two", ""), one);
    check(&tree("many: true, answers: [a, b], next: two", ""), one);
    check(
        &tree("number: {}, answers: {below 5: two, otherwise: two}", ""),
        one,
    );
    for (question, more) in [
        ("yes: two, no: stuck", ""),
        ("yes: two, no: two", " for ${one}"),
        ("answers: [a], next: two", ""),
        ("number: {}, next: two", ""),
        ("text: {}, next: two", ""),
        ("date: {}, next: two", ""),
        (
            "answers: [a, b], next: [{when: one == \"a\", goto: two}, {goto: stuck}]",
            "",
        ),
        ("yes: two, no: {escalate: desk, reason: R}", ""),
        ("yes: {fix: Done}, no: {fix: Done}", ""),
    ] {
        let text = tree(question, more);
        let codes = Files::split(&text).compile().codes();
        assert!(!codes.contains(&"same-target"), "{text}");
    }
}

#[test]
fn what_is_set_makes_a_difference() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  wired: {ask: Is there a cable?}
# file: example.yaml
title: T
steps:
  one: {ask: Is it on?, yes: {goto: two, set: {wired: yes}}, no: two}
  two: {fact: wired, yes: stuck, no: {fix: Done}}
",
        &[],
    );
}

#[test]
fn an_answer_that_no_number_is_left_for() {
    let tree = |number: &str, answers: &str| {
        format!(
            "title: T\nsteps:\n  one: {{ask: How fast?, number: {{{number}}}, answers: {{{answers}}}}}\n  two: {{end: Over}}\n"
        )
    };
    for (number, answers, expected) in [
        (
            "min: 0, max: 10",
            "below 5: two, 5 to 10: stuck, above 10: two",
            "never-true 3:90 above 10",
        ),
        (
            "min: 0",
            "below 5: two, above 5: stuck, 5: stuck, below -1: two",
            "never-true 3:81 below -1",
        ),
        (
            "min: 0, max: 10",
            "below 5: two, 5 to 10: stuck, otherwise: two",
            "never-true 3:90 otherwise",
        ),
        (
            "",
            "5: two, 5 to 5: stuck, otherwise: two",
            "never-true 3:56 5 to 5",
        ),
        (
            "decimals: 0",
            "below 5: two, 5.2 to 5.8: stuck, otherwise: two",
            "never-true 3:74 5.2 to 5.8",
        ),
    ] {
        let compiled = Files::example(&tree(number, answers)).compile();
        let found = compiled.findings();
        let place = |finding: &str| {
            let (code, rest) = finding.split_once(' ').unwrap_or_default();
            let key = rest.split_once(' ').unwrap_or_default().1;
            format!("{code} {key}")
        };
        let found: Vec<String> = found.iter().map(|finding| place(finding)).collect();
        assert_eq!(found, [place(expected)], "{number}: {answers}");
    }
    for (number, answers) in [
        ("", "below 5: two, 5: stuck, above 5: two"),
        ("min: 0, max: 10", "below 5: two, otherwise: stuck"),
        (
            "min: 0, max: 10, decimals: 0",
            "0 to 9: two, 10: stuck, none: two",
        ),
    ] {
        check(&tree(number, answers), &[]);
    }
    // What overlaps is one finding, and a range that could not be read may hold anything.
    let overlapping = tree("", "1 to 9: two, 2 to 3: stuck, otherwise: two");
    assert_eq!(
        Files::example(&overlapping).compile().codes(),
        ["overlapping-answers"]
    );
    let unread = tree("min: 0, max: 9", "0 - 9: two, otherwise: stuck");
    assert_eq!(Files::example(&unread).compile().codes(), ["bad-value"]);
}

#[test]
fn who_is_unsure_may_go_elsewhere() {
    let tree = |unsure: &str| {
        format!(
            "title: T\nsteps:\n  one: {{ask: Is it on?, yes: two, no: two, unsure: {unsure}}}\n  two: {{do: Wait., next: three}}\n  three: {{end: Over}}\n"
        )
    };
    check(&tree("three"), &[]);
    check(&tree("two"), &["same-target 3:3 one"]);
}
