//! Domains against brute force: every value of small domains, one after the other.

use std::sync::Arc;

use proptest::prelude::*;

use super::super::tests::Case;
use super::super::{Condition, DateSpec, Day, FactRef, FactType, Number, NumberSpec, Value, parse};
use super::{Branches, Cut, Domain, Ranges, TextSet, Values, Verdict, branch};

fn keys(keys: &[&str]) -> Arc<[Arc<str>]> {
    keys.iter().map(|key| Arc::from(*key)).collect()
}

fn number(value: f64) -> Number {
    Number::new(value).unwrap()
}

const NAMES: [&str; 10] = [
    "a", "b", "os", "host", "speed", "limit", "ratio", "apps", "name", "since",
];

fn spec(min: f64, max: f64, decimals: Option<u8>) -> NumberSpec {
    NumberSpec {
        min: Some(number(min)),
        max: Some(number(max)),
        unit: None,
        decimals,
    }
}

fn day(text: &str) -> Option<Day> {
    Some(Day::On(text.parse().unwrap()))
}

fn kind(name: &str) -> FactType {
    match name {
        "a" | "b" => FactType::YesNo,
        "os" => FactType::Choice(keys(&["windows", "macos", "linux", "other"])),
        "host" => FactType::Choice(keys(&["linux", "bsd"])),
        "speed" => FactType::Number(spec(0.0, 4.0, Some(0)), keys(&["OL", "none"])),
        "limit" => FactType::Number(spec(2.0, 6.0, Some(0)), keys(&["OL"])),
        "ratio" => FactType::Number(spec(0.0, 2.0, None), keys(&[])),
        "apps" => FactType::Many(keys(&["vpn", "mail", "fax"])),
        "since" => FactType::Date(DateSpec {
            min: day("2026-01-30"),
            max: day("2026-02-02"),
        }),
        _ => FactType::Text(Arc::default()),
    }
}

fn fact(name: &str) -> FactRef {
    FactRef::Shared(NAMES.iter().position(|known| *known == name).unwrap() as u32)
}

fn name(fact: FactRef) -> &'static str {
    match fact {
        FactRef::Shared(at) => NAMES[at as usize],
        _ => unreachable!(),
    }
}

fn condition(text: &str) -> Condition {
    let mut lookup = |name: &str| Some((fact(name), kind(name)));
    parse(text).unwrap().resolve(&mut lookup).unwrap()
}

/// Every value of a fact, of a finite part where they are endless.
fn universe(name: &str) -> Vec<Value> {
    let choices = |list: &[Arc<str>]| list.iter().cloned().map(Value::Choice).collect::<Vec<_>>();
    match kind(name) {
        FactType::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        FactType::Choice(list) => choices(&list),
        FactType::Many(list) => (0..8)
            .map(|bits| {
                list.iter()
                    .enumerate()
                    .filter(|(at, _)| bits >> at & 1 == 1)
                    .map(|(_, key)| key.clone())
                    .collect()
            })
            .map(Value::Many)
            .collect(),
        FactType::Number(spec, words) => {
            let (min, max) = (
                spec.min.unwrap().get() as i32,
                spec.max.unwrap().get() as i32,
            );
            let step = if spec.decimals.is_none() { 8 } else { 1 };
            let numbers = (min * step..=max * step)
                .map(|at| Value::Number(number(f64::from(at) / f64::from(step))));
            numbers.chain(choices(&words)).collect()
        }
        FactType::Text(_) => ["bob", "eve", "mallory", "ann"]
            .map(|text| Value::Text(text.into()))
            .into(),
        FactType::Date(_) => ["2026-01-30", "2026-01-31", "2026-02-01", "2026-02-02"]
            .map(|day| Value::Date(day.parse().unwrap()))
            .into(),
    }
}

/// A domain and, of the universe, what is in it.
fn domain(name: &'static str) -> impl Strategy<Value = (Domain, Vec<Option<Value>>)> {
    let values = universe(name);
    (
        any::<bool>(),
        any::<bool>(),
        prop::collection::vec(any::<bool>(), values.len()),
    )
        .prop_map(move |(unset, full, picked)| {
            let start = if unset {
                Domain::unset()
            } else {
                Domain::nothing()
            };
            let picked = values
                .iter()
                .zip(&picked)
                .filter(|(_, picked)| full || **picked)
                .map(|(value, _)| value);
            let domain = if full {
                start.join(&Domain::of(&kind(name)))
            } else {
                picked.clone().fold(start, |domain, value| {
                    domain.join(&Domain::only(&kind(name), value))
                })
            };
            let mut values: Vec<_> = values.iter().cloned().map(Some).chain([None]).collect();
            values.retain(|value| domain.allows(value.as_ref()));
            (domain, values)
        })
}

fn atom() -> impl Strategy<Value = String> {
    let comparison = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let equality = prop::sample::select(vec!["==", "!="]);
    prop_oneof![
        prop::sample::select(NAMES.to_vec()).prop_map(|name| format!("known({name})")),
        prop::sample::select(vec![
            "a",
            "b",
            "yes",
            "a == b",
            "b == no",
            "os == host",
            "os in [\"windows\", \"linux\"]",
            "os not in [\"other\"]",
            "host == \"bsd\"",
            "speed == \"OL\"",
            "speed == limit",
            "apps has \"vpn\"",
            "apps has \"mail\"",
            "name == \"bob\"",
            "name in [\"eve\", \"bob\"]",
            "since in [\"2026-02-01\", \"2026-01-31\"]",
        ])
        .prop_map(str::to_owned),
        (equality, prop::sample::select(vec!["windows", "macos"]))
            .prop_map(|(sign, key)| format!("os {sign} \"{key}\"")),
        (
            prop::sample::select(vec!["speed", "limit", "ratio"]),
            comparison.clone(),
            -1..8
        )
            .prop_map(|(name, sign, value)| format!("{name} {sign} {value}")),
        (
            comparison.clone(),
            prop::sample::select(vec!["0.5", "1.25"])
        )
            .prop_map(|(sign, value)| format!("ratio {sign} {value}")),
        comparison
            .clone()
            .prop_map(|sign| format!("speed {sign} limit")),
        (
            comparison,
            prop::sample::select(vec!["2026-01-29", "2026-01-31", "2026-02-02"])
        )
            .prop_map(|(sign, day)| format!("since {sign} \"{day}\"")),
    ]
}

fn expression() -> impl Strategy<Value = String> {
    atom().prop_recursive(3, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone())
                .prop_map(|(left, right)| format!("({left} and {right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} or {right})")),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
}

/// The facts that the conditions read, each once.
fn read(conditions: &[Condition]) -> Vec<FactRef> {
    let mut facts: Vec<_> = conditions
        .iter()
        .flat_map(|condition| condition.reads())
        .map(|read| read.fact)
        .collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// Calls `seen` with every combination of what the facts can be.
fn each_case(
    facts: &[FactRef],
    values: &dyn Fn(FactRef) -> Vec<Option<Value>>,
    seen: &mut dyn FnMut(&Case),
) {
    let mut cases = vec![Case::default()];
    for fact in facts {
        let mut longer = Vec::new();
        for case in &cases {
            for value in values(*fact) {
                let mut case = case.0.clone();
                if let Some(value) = value {
                    case.insert(*fact, value);
                }
                longer.push(Case(case));
            }
        }
        cases = longer;
        assert!(cases.len() < 200_000);
    }
    cases.iter().for_each(seen);
}

fn all_domains() -> impl Strategy<Value = Vec<(Domain, Vec<Option<Value>>)>> {
    NAMES
        .map(|name| domain(name).boxed())
        .into_iter()
        .collect::<Vec<_>>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn branches_are_what_brute_force_finds(texts in prop::collection::vec(expression(), 1..4), domains in all_domains()) {
        let conditions: Vec<_> = texts.iter().map(|text| condition(text)).collect();
        let facts = read(&conditions);
        if facts.len() > 4 {
            return Ok(());
        }
        let at = |fact: FactRef| NAMES.iter().position(|known| *known == name(fact)).unwrap();
        let of = |fact: FactRef| domains[at(fact)].0.clone();
        let found = branch(&conditions.iter().collect::<Vec<_>>(), &of);
        let Some(Branches { arms, rest, .. }) = found else { return Ok(()) };
        let mut arrived = vec![(false, false, false); arms.len() + 1];
        let mut failed = None;
        each_case(&facts, &|fact| domains[at(fact)].1.clone(), &mut |case| {
            let taken = conditions.iter().position(|condition| condition.holds(case)).unwrap_or(arms.len());
            for (at, (arrives, takes, passes)) in arrived.iter_mut().enumerate().take(taken + 1) {
                *arrives = true;
                *takes |= at == taken;
                *passes |= at < taken;
            }
            let branch = arms.get(taken).unwrap_or(&rest);
            let out = branch.domains.iter().find(|(fact, domain)| !domain.allows(case.0.get(fact)));
            failed = failed.take().or(out.cloned());
        });
        let shown: Vec<_> = arms.iter().chain([&rest]).map(|arm| (arm.arrives, arm.taken, arm.passed)).collect();
        prop_assert_eq!(shown, arrived);
        prop_assert_eq!(failed, None);
    }

    #[test]
    fn a_printed_condition_means_the_same(text in expression(), domains in all_domains()) {
        let printed = parse(&text).unwrap().to_string();
        let (before, after) = (condition(&text), condition(&printed));
        prop_assert_eq!(&parse(&printed).unwrap().to_string(), &printed);
        let of = |fact: FactRef| NAMES.iter().position(|known| *known == name(fact)).map(|at| domains[at].0.clone()).unwrap();
        prop_assert_eq!(before.decide(&of), after.decide(&of));
        prop_assert_eq!(before.reads().len(), after.reads().len());
        let case = Case(domains.iter().zip(NAMES).filter_map(|((_, values), name)| Some((fact(name), values.first()?.clone()?))).collect());
        prop_assert_eq!(before.holds(&case), after.holds(&case));
    }

    #[test]
    fn nothing_makes_the_parser_panic(text in "[a-z0-9_ \"'()\\[\\],=<>!&|+$ü“”.{}\\-\\\\]{0,60}") {
        let errors = match parse(&text) {
            Ok(parsed) => parsed.resolve(&mut |_| None).err(),
            Err(errors) => Some(errors),
        };
        for error in errors.iter().flatten() {
            prop_assert!(text.get(error.range.start as usize..error.range.end as usize).is_some(), "{:?}", error);
        }
    }

    #[test]
    fn joins_meets_and_differences_are_sound(
        (at, left, right) in (0..NAMES.len()).prop_flat_map(|at| (Just(at), domain(NAMES[at]), domain(NAMES[at])))
    ) {
        let (left, right) = (left.0, right.0);
        let exact = NAMES[at] != "apps";
        for value in universe(NAMES[at]).into_iter().map(Some).chain([None]) {
            let value = value.as_ref();
            let (here, there) = (left.allows(value), right.allows(value));
            for (found, wanted) in [
                (left.join(&right), here || there),
                (left.meet(&right), here && there),
                (left.minus(&right), here && !there),
            ] {
                prop_assert!(!wanted || found.allows(value), "{:?} lost {:?}", found, value);
                prop_assert!(!exact || wanted == found.allows(value), "{:?} kept {:?}", found, value);
                prop_assert!(!found.is_empty() || !wanted);
            }
        }
        prop_assert_eq!(left.join(&left), left.clone());
        prop_assert_eq!(left.join(&right).join(&right), left.join(&right));
    }
}

/// The verdict where every fact is known and can be anything, but those given.
fn verdict(text: &str, given: &[(&str, Domain)]) -> Verdict {
    condition(text).decide(&|fact| {
        let given = given
            .iter()
            .find(|(given, _)| *given == name(fact))
            .map(|(_, domain)| domain.clone());
        given.unwrap_or_else(|| Domain::of(&kind(name(fact))))
    })
}

#[test]
fn limits_and_digits_decide() {
    for (text, expected) in [
        ("speed >= 0 or speed in [\"OL\", \"none\"]", Verdict::Always),
        ("speed > 1 and speed < 2", Verdict::Never),
        ("ratio > 1 and ratio < 2", Verdict::Either),
        ("speed > 4", Verdict::Never),
        ("speed == limit and speed < 2", Verdict::Never),
        ("speed > limit and speed <= 2", Verdict::Never),
        ("os == host and os != \"linux\"", Verdict::Never),
        (
            "since > \"2026-01-30\" and since < \"2026-01-31\"",
            Verdict::Never,
        ),
        ("name == \"bob\" and name != \"bob\"", Verdict::Never),
        ("name == \"bob\" or name != \"bob\"", Verdict::Always),
        ("known(name)", Verdict::Always),
        ("apps has \"vpn\" or not apps has \"vpn\"", Verdict::Always),
        ("a == b and a and not b", Verdict::Never),
    ] {
        assert_eq!(verdict(text, &[]), expected, "{text}");
    }
    assert_eq!(
        verdict("speed < limit", &[("limit", Domain::unset())]),
        Verdict::Never
    );
    assert_eq!(
        verdict("speed < 5", &[("speed", Domain::nothing())]),
        Verdict::Unknown
    );
    assert_eq!(
        verdict("speed < 5", &[("speed", Domain::unknown())]),
        Verdict::Unknown
    );
}

#[test]
fn what_falls_through_is_shown_by_a_plain_example() {
    let conditions = [
        "speed < 1",
        "speed > 1",
        "known(speed) and speed in [\"OL\", \"none\"]",
    ]
    .map(condition);
    let domains = |fact| Domain::of(&kind(name(fact)));
    let branches = branch(&conditions.iter().collect::<Vec<_>>(), &domains).unwrap();
    assert_eq!(
        branches.example,
        [(fact("speed"), Some(Value::Number(number(1.0))))]
    );
    assert!(branches.rest.taken);
    let left = Domain::of(&kind("ratio"));
    let FactType::Number(spec, words) = kind("ratio") else {
        unreachable!()
    };
    let below = Domain::between(&spec, &words, Cut::Lowest, Cut::Before(number(0.5)));
    let above = Domain::between(&spec, &words, Cut::Before(number(0.75)), Cut::Highest);
    let gap = left.minus(&below).minus(&above);
    assert_eq!(gap.example(), Some(Value::Number(number(0.5))));
    assert!(left.minus(&below).minus(&above.join(&gap)).is_empty());
}

#[test]
fn what_a_probe_prints_is_decided_by_what_it_holds() {
    let mut lookup = |name: &str| match name {
        "output" => Some((FactRef::Output, FactType::Text(Arc::default()))),
        _ => Some((
            FactRef::Exit,
            FactType::Number(NumberSpec::default(), keys(&[])),
        )),
    };
    let mut decide = |text: &str| {
        let condition = parse(text).unwrap().resolve(&mut lookup).unwrap();
        condition.decide(&|fact| match fact {
            FactRef::Output => Domain {
                unset: false,
                values: Values::Text(TextSet::all()),
            },
            _ => Domain::of(&FactType::Number(NumberSpec::default(), keys(&[]))),
        })
    };
    assert_eq!(
        decide("exit == 0 and output has \"bytes\""),
        Verdict::Either
    );
    assert_eq!(
        decide("output has \"bytes from\" and not output has \"bytes\""),
        Verdict::Never
    );
    assert_eq!(
        decide("output == \"ok\" and output has \"k\""),
        Verdict::Either
    );
    assert_eq!(
        decide("output == \"ok\" and output has \"x\""),
        Verdict::Never
    );
    assert_eq!(decide("exit == 0 and exit != 0"), Verdict::Never);
}

#[test]
fn too_many_combinations_are_not_guessed_at() {
    let text = (0..200)
        .map(|at| format!("ratio == {}", f64::from(at) / 100.0))
        .collect::<Vec<_>>()
        .join(" or ");
    let text = format!("({text}) and (ratio == 0.001 or speed == 1 or limit == 3 or a)");
    assert_eq!(verdict(&text, &[]), Verdict::Unknown);
    let narrowed = condition(&text).narrow(&|fact| Domain::of(&kind(name(fact))), true);
    assert!(
        narrowed
            .iter()
            .all(|(fact, domain)| *domain == Domain::of(&kind(name(*fact))))
    );
}

#[test]
fn narrowing_keeps_what_is_possible() {
    let domains = |fact| Domain::anything(&kind(name(fact)));
    let narrowed = |text: &str, outcome| condition(text).narrow(&domains, outcome).remove(0).1;
    let known = narrowed("known(os)", true);
    assert!(known.is_sure() && known.values == Domain::of(&kind("os")).values);
    assert_eq!(narrowed("known(os)", false), Domain::unset());
    let not_windows = narrowed("os == \"windows\"", false);
    assert!(
        not_windows.unset
            && !not_windows
                .values
                .contains(&Value::Choice("windows".into()))
    );
    let between = narrowed("speed > 1 and speed <= 3", true);
    let Values::Number { ranges, .. } = &between.values else {
        unreachable!()
    };
    assert_eq!(
        *ranges,
        Ranges::between(Cut::After(number(1.0)), Cut::After(number(3.0)))
    );
    assert!(narrowed("os == \"windows\" and os == \"linux\"", true).is_empty());
}

#[test]
fn domains_read_as_english() {
    let all = |fact: FactRef| Domain::of(&kind(name(fact)));
    let described = |text: &str, outcome| {
        condition(text)
            .narrow(&all, outcome)
            .remove(0)
            .1
            .to_string()
    };
    for (text, outcome, expected) in [
        ("known(a)", true, "yes or no"),
        ("known(os)", false, "impossible"),
        (
            "os == \"windows\"",
            false,
            "\"macos\", \"linux\" or \"other\"",
        ),
        ("speed > 1 and speed <= 3", true, "above 1 and at most 3"),
        (
            "speed < 1 or speed == \"OL\" or speed >= 3",
            true,
            "at least 0 and below 1, from 3 to 4 or \"OL\"",
        ),
        ("name == \"bob\"", false, "any text but \"bob\""),
        (
            "apps has \"vpn\"",
            true,
            "\"vpn\" and any of \"mail\", \"fax\"",
        ),
        ("since == \"2026-01-31\"", true, "2026-01-31"),
    ] {
        assert_eq!(described(text, outcome), expected);
    }
    assert_eq!(
        Domain::anything(&kind("ratio")).to_string(),
        "from 0 to 2 or not known"
    );
}
