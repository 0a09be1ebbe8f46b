//! What an author sees: a condition in, its meaning or its mistakes out.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use super::parsed::slice;
use super::{
    Condition, DateSpec, FactRef, FactType, Facts, Number, NumberSpec, Problem, TextSpec, Value,
    parse,
};

fn keys(keys: &[&str]) -> Arc<[Arc<str>]> {
    keys.iter().map(|key| Arc::from(*key)).collect()
}

/// The facts of every test here, by name.
pub(super) fn lookup(name: &str) -> Option<(FactRef, FactType)> {
    let secret = TextSpec {
        secret: true,
        ..TextSpec::default()
    };
    let kinds = [
        ("is_admin", FactType::YesNo),
        ("os", FactType::Choice(keys(&["windows", "macos", "linux"]))),
        (
            "speed",
            FactType::Number(NumberSpec::default(), keys(&["OL"])),
        ),
        ("age", FactType::Number(NumberSpec::default(), keys(&[]))),
        ("apps", FactType::Many(keys(&["vpn", "mail"]))),
        ("name", FactType::Text(Arc::default())),
        ("since", FactType::Date(DateSpec::default())),
        ("pin", FactType::Text(Arc::new(secret))),
        (
            "scope",
            FactType::Choice(keys(&["every device", "only this one", "5", "yes"])),
        ),
        ("on_vpn", FactType::YesNo),
        ("host", FactType::Choice(keys(&["linux", "bsd"]))),
    ];
    let probe = [
        (
            "exit",
            FactRef::Exit,
            FactType::Number(NumberSpec::default(), keys(&[])),
        ),
        ("output", FactRef::Output, FactType::Text(Arc::default())),
    ];
    let shared = kinds
        .into_iter()
        .enumerate()
        .map(|(at, (name, kind))| (name, FactRef::Shared(at as u32), kind));
    shared
        .chain(probe)
        .find(|(known, ..)| *known == name)
        .map(|(_, fact, kind)| (fact, kind))
}

/// Facts by their place in `lookup`.
#[derive(Default)]
pub(super) struct Case(pub HashMap<FactRef, Value>);

impl Facts for Case {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        self.0.get(&fact)
    }
}

fn case(facts: &[(&str, Value)]) -> Case {
    Case(
        facts
            .iter()
            .map(|(name, value)| (lookup(name).unwrap().0, value.clone()))
            .collect(),
    )
}

pub(super) fn condition(text: &str) -> Condition {
    parse(text).unwrap().resolve(&mut lookup).unwrap()
}

/// Each mistake as `what stands there: message; help => mended condition`.
fn mistakes(text: &str) -> String {
    let errors = match parse(text) {
        Ok(parsed) => parsed.resolve(&mut lookup).map(|_| ()).unwrap_err(),
        Err(errors) => errors,
    };
    let mut shown = String::new();
    for error in errors {
        let range = error.range.start as usize..error.range.end as usize;
        write!(shown, "{}: {}", slice(text, &error.range), error.message).unwrap();
        if let Some(help) = error.help {
            write!(shown, "; {help}").unwrap();
        }
        if let Some(replace) = error.replace {
            let mut mended = text.to_owned();
            mended.replace_range(range, &replace);
            write!(shown, " => {mended}").unwrap();
        }
        shown.push('\n');
    }
    shown.trim_end().to_owned()
}

fn choice(key: &str) -> Value {
    Value::Choice(key.into())
}

fn number(value: f64) -> Value {
    Value::Number(Number::new(value).unwrap())
}

#[test]
fn conditions_mean_what_they_say() {
    let facts = case(&[
        ("is_admin", Value::YesNo(true)),
        ("os", choice("linux")),
        ("speed", number(4.5)),
        ("apps", Value::Many(keys(&["vpn"]))),
        ("name", Value::Text("Bob \"B\" \\".into())),
        ("since", Value::Date("2026-01-31".parse().unwrap())),
        ("pin", Value::Secret),
        ("host", choice("linux")),
        ("exit", number(0.0)),
        ("output", Value::Text("64 bytes from 1.1.1.1".into())),
    ]);
    for (text, expected) in [
        ("is_admin", true),
        ("not is_admin", false),
        ("is_admin == no", false),
        ("speed < 5 and os != \"linux\"", false),
        ("speed < 5 or os != \"linux\"", true),
        ("not speed < 5 or os == \"linux\" and is_admin", true),
        ("not (speed < 5 or os == \"linux\") and is_admin", false),
        ("5 > speed", true),
        ("speed in [4.5, \"OL\"]", true),
        ("speed <= -4.5", false),
        ("os in [\"windows\", \"macos\"]", false),
        ("os not in [\"windows\", \"macos\"]", true),
        ("apps has \"vpn\" and not apps has \"mail\"", true),
        ("name == \"Bob \\\"B\\\" \\\\\"", true),
        ("since < \"2026-02-01\" and since == \"2026-01-31\"", true),
        ("known(pin) and not known(age)", true),
        ("age == 5 or age != 5 or age < 5 or age in [5]", false),
        ("os == host", true),
        ("exit == 0 and output has \"bytes from\"", true),
        ("yes and not no", true),
    ] {
        assert_eq!(condition(text).holds(&facts), expected, "{text}");
    }
}

#[test]
fn a_word_instead_of_a_number_has_no_order() {
    let facts = case(&[("speed", choice("OL"))]);
    for (text, expected) in [
        ("speed == \"OL\"", true),
        ("speed < 5", false),
        ("speed >= 5", false),
        ("speed != 5", true),
    ] {
        assert_eq!(condition(text).holds(&facts), expected, "{text}");
    }
}

#[test]
fn habits_from_elsewhere_are_mended() {
    for (text, expected) in [
        (
            "os = \"linux\"",
            "=: `=` alone does not compare; write `==` => os == \"linux\"",
        ),
        (
            "is_admin&&on_vpn",
            "&&: `&&` is written `and`; write `and` => is_admin and on_vpn",
        ),
        (
            "is_admin || on_vpn",
            "||: `||` is written `or`; write `or` => is_admin or on_vpn",
        ),
        (
            "!is_admin",
            "!: `!` is written `not`; write `not` => not is_admin",
        ),
        (
            "is_admin == True",
            "True: `True` is written `yes`; write `yes` => is_admin == yes",
        ),
        (
            "os == 'linux'",
            "'linux': a text stands in plain double quotes; write `\"linux\"` => os == \"linux\"",
        ),
        (
            "os == “linux”",
            "“linux”: a text stands in plain double quotes; write `\"linux\"` => os == \"linux\"",
        ),
        (
            "speed <> 5",
            "<>: `<>` is written `!=`; write `!=` => speed != 5",
        ),
        (
            "speed =< 5",
            "=<: `=<` is written `<=`; write `<=` => speed <= 5",
        ),
        (
            "speed ≥ 5",
            "≥: `≥` is written `>=`; write `>=` => speed >= 5",
        ),
        (
            "is_admin AND on_vpn",
            "AND: `AND` is written in small letters; write `and` => is_admin and on_vpn",
        ),
        (
            "os is not \"linux\"",
            "is not: `is not` is written `!=`; write `!=` => os != \"linux\"",
        ),
        (
            "apps contains \"vpn\"",
            "contains: `contains` is written `has`; write `has` => apps has \"vpn\"",
        ),
        (
            "${os} == \"linux\"",
            "${os}: `${…}` is for texts: a condition names the fact alone; write `os` => os == \"linux\"",
        ),
        (
            "since < 2026-01-31",
            "2026-01-31: the date 2026-01-31 stands without quotes; write `\"2026-01-31\"` => since < \"2026-01-31\"",
        ),
        (
            "1 < speed <= 5",
            "1 < speed <= 5: two comparisons are run together; write `1 < speed and speed <= 5` => 1 < speed and speed <= 5",
        ),
        (
            "scope == every device",
            "every device: the text \"every device\" stands without quotes; write `\"every device\"` => scope == \"every device\"",
        ),
        (
            "os in [linux]",
            "linux: the text \"linux\" stands without quotes; write `\"linux\"` => os in [\"linux\"]",
        ),
        (
            "os == linux",
            "linux: the text \"linux\" stands without quotes; write `\"linux\"` => os == \"linux\"",
        ),
        (
            "known os",
            "known os: `known` takes a fact's name, without quotes, in brackets; write `known(os)` => known(os)",
        ),
        (
            "scope == 5",
            "5: the answer \"5\" stands without quotes; write `\"5\"` => scope == \"5\"",
        ),
        (
            "speed < \"5\"",
            "\"5\": the number 5 stands in quotes; write `5` => speed < 5",
        ),
        (
            "is_admin == \"yes\"",
            "\"yes\": `is_admin` is a yes/no answer and cannot be compared with \"yes\"; write `yes` and `no` without quotes => is_admin == yes",
        ),
    ] {
        assert_eq!(mistakes(text), expected);
    }
}

#[test]
fn every_mistake_of_a_condition_is_reported_at_once() {
    assert_eq!(
        mistakes("ös = 'linux' && spd < 5 +"),
        "=: `=` alone does not compare; write `==` => ös == 'linux' && spd < 5 +\n\
         'linux': a text stands in plain double quotes; write `\"linux\"` => ös = \"linux\" && spd < 5 +\n\
         &&: `&&` is written `and`; write `and` => ös = 'linux' and spd < 5 +\n\
         +: `+` cannot stand here: a condition compares, it does not calculate; compare a fact with one value, as in \
         `speed < 5`; in names, write `_` for a dash"
    );
    assert_eq!(
        mistakes("(oss == \"linux\" or spd < 5) and os == \"lynux\""),
        "oss: nothing here is called `oss`\n\
         spd: nothing here is called `spd`\n\
         \"lynux\": `os` has no answer \"lynux\"; did you mean \"linux\"? => (oss == \"linux\" or spd < 5) and os == \"linux\""
    );
}

#[test]
fn what_cannot_be_made_out_is_said_in_plain_words() {
    for (text, expected) in [
        ("", ": the condition is empty"),
        ("os ==", "==: the condition ends after `==`"),
        ("(is_admin", "(: this bracket is never closed"),
        ("is_admin)", "): `)` closes a bracket that was not opened"),
        (
            "speed < 5 Mbit",
            "Mbit: `Mbit` cannot follow what stands before it",
        ),
        (
            "speed < 1,5",
            ",: a comma stands only between the values of a list",
        ),
        ("5 and is_admin", "5: `5` is compared with nothing"),
        (
            "is_admin on_vpn",
            "on_vpn: `on_vpn` cannot follow what stands before it",
        ),
        ("and is_admin", "and: `and` joins nothing"),
        ("os == \"linux", "\"linux: a text is not closed"),
        ("os in \"linux\"", "in \"linux\": after `in` stands a list"),
        ("len(os)", "(: a bracket cannot open here"),
        ("os.name == 1", ".: `.` means nothing in a condition"),
        (
            "os",
            "os: `os` alone is no condition: it is one of several answers",
        ),
        (
            "os < \"linux\"",
            "os < \"linux\": `os` is one of several answers, which has no order",
        ),
        (
            "speed < \"OL\"",
            "speed < \"OL\": `speed` is compared by `<` with a word",
        ),
        (
            "speed < \"fast\"",
            "\"fast\": `speed` has no answer \"fast\"",
        ),
        (
            "age < \"fast\"",
            "\"fast\": `age` is a number and cannot be compared with \"fast\"",
        ),
        (
            "name < \"b\"",
            "name < \"b\": `name` is a text, which has no order",
        ),
        (
            "name has \"b\"",
            "name has \"b\": `has` looks into several answers, but `name` is a text",
        ),
        (
            "apps == \"vpn\"",
            "apps == \"vpn\": `apps` takes several answers and cannot be compared as a whole",
        ),
        (
            "pin == \"1\"",
            "pin: `pin` is a secret and cannot be compared",
        ),
        (
            "os == speed",
            "os == speed: `os` is one of several answers and `speed` is a number: they cannot be compared",
        ),
        (
            "since == \"31.1.2026\"",
            "\"31.1.2026\": `since` is a date and cannot be compared with \"31.1.2026\"",
        ),
        (
            "5 < 6",
            "5 < 6: two fixed values are compared: this never changes",
        ),
    ] {
        let found = mistakes(text);
        assert!(found.starts_with(expected), "{found}");
        assert!(
            found.len() > expected.len() + 5 && found.lines().count() == 1,
            "{found}"
        );
    }
}

#[test]
fn problems_tell_unknown_names_and_answers_apart() {
    let problem = |text: &str| {
        parse(text)
            .unwrap()
            .resolve(&mut lookup)
            .unwrap_err()
            .remove(0)
            .problem
    };
    assert_eq!(
        problem("known(disk)"),
        Problem::UnknownFact {
            name: "disk".to_owned()
        }
    );
    let wanted = Problem::UnknownAnswer {
        value: "bsd".to_owned(),
        fact: "os".into(),
    };
    assert_eq!(problem("os in [\"linux\", \"bsd\"]"), wanted);
    assert_eq!(problem("os == 5"), Problem::Misfit { fact: "os".into() });
    assert_eq!(problem("os == speed"), Problem::BadCondition);
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = format!("{}is_admin{}", "(".repeat(1_900), ")".repeat(1_900));
    assert!(mistakes(&deep).contains("more than 64 deep"));
    assert!(mistakes(&"not ".repeat(900)).contains("more than 64 deep"));
    assert!(mistakes(&"is_admin or ".repeat(1_000)).contains("longer than"));
    let long = format!("{}on_vpn", "is_admin or ".repeat(300));
    assert!(!condition(&long).holds(&case(&[])));
    assert_eq!(parse(&long).unwrap().to_string(), long);
}

#[test]
fn a_printed_condition_needs_no_more_brackets_than_it_has_meaning() {
    for (text, expected) in [
        ("((is_admin))or(on_vpn)", "is_admin or on_vpn"),
        (
            "(is_admin or on_vpn) and known( os )",
            "(is_admin or on_vpn) and known(os)",
        ),
        (
            "is_admin and (on_vpn and os==\"linux\")",
            "is_admin and on_vpn and os == \"linux\"",
        ),
        (
            "not(not is_admin and on_vpn)",
            "not (not is_admin and on_vpn)",
        ),
        (
            "os not in [\"linux\",\"macos\"]",
            "not os in [\"linux\", \"macos\"]",
        ),
        ("speed<-1.50", "speed < -1.5"),
    ] {
        assert_eq!(parse(text).unwrap().to_string(), expected);
    }
}

#[test]
fn reads_know_the_short_circuit() {
    let unsure = |text: &str| -> String {
        let reads = condition(text).unsure_reads(&|fact| fact == FactRef::Exit);
        reads
            .iter()
            .map(|read| slice(text, &read.range))
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (text, expected) in [
        ("known(speed) and speed > 5", ""),
        ("not known(speed) or speed > 5", ""),
        ("known(speed) or speed > 5", "speed"),
        ("speed > 5 and known(speed)", "speed"),
        ("speed > 5 or speed < 3", "speed"),
        ("exit == 0", ""),
        (
            "not (known(os) and known(age)) or os == \"linux\" and age > 1",
            "",
        ),
        ("(known(os) or known(age)) and os == \"linux\"", "os"),
        (
            "(known(os) and is_admin or known(os) and on_vpn) and os == host",
            "is_admin on_vpn host",
        ),
    ] {
        assert_eq!(unsure(text), expected, "{text}");
    }
    let os = lookup("os").unwrap().0;
    assert_eq!(
        condition("known(os) and is_admin").known_after(true),
        [os, lookup("is_admin").unwrap().0]
    );
    assert_eq!(
        condition("not known(os) or is_admin").known_after(false),
        [os]
    );
}

#[test]
fn names_are_listed_with_their_places() {
    let parsed = parse("known(os) and os == \"linux\" or x < y").unwrap();
    let names: Vec<_> = parsed
        .names()
        .map(|name| (name.name, name.range.start, name.known))
        .collect();
    assert_eq!(
        names,
        [
            ("os", 6, true),
            ("os", 14, false),
            ("x", 31, false),
            ("y", 35, false)
        ]
    );
}
