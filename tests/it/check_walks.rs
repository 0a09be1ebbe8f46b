//! What the checks claim of every walk, held against every walk: small random trees are walked in all ways that there
//! are, by an interpreter of its own that knows nothing of how the checks work.

use std::collections::{BTreeMap, BTreeSet};

use fixpath::diagnostic::Code;
use fixpath::tree::TreeId;

use crate::support::every_walk::{Truth, every_walk};
use crate::support::{Compiled, Files};

/// A small generator of numbers (xorshift64*, Vigna 2016), so that a failing tree has a number to come back to.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const LIBRARY: &str = "
stuck: {escalate: desk, reason: No way on}
facts:
  a: {ask: Is it a?}
  b: {ask: Which is it?, answers: [x, y, z]}
";

/// What kinds of steps a tree is made of.
#[derive(Clone, Copy)]
struct Mix {
    conditions: bool,
    facts: bool,
    calls: bool,
}

struct Maker {
    dice: Dice,
    mix: Mix,
    steps: usize,
    /// The kind of each step, so that conditions and texts can name questions.
    kinds: Vec<usize>,
    ends: Vec<&'static str>,
}

impl Maker {
    fn tree(seed: u64, mix: Mix, called: bool) -> String {
        let mut dice = Dice::new(seed);
        let steps = 2 + dice.below(if called { 2 } else { 4 });
        let kinds = (0..steps)
            .map(|_| {
                loop {
                    let kind = dice.below(11);
                    let allowed = match kind {
                        1..=3 => mix.facts,
                        5 => mix.conditions,
                        6 => mix.calls && !called,
                        _ => true,
                    };
                    if allowed {
                        return kind;
                    }
                }
            })
            .collect();
        let ends = if called {
            vec!["stuck", "{return: r1}", "{return: r2}", "{return: r1}"]
        } else {
            vec![
                "stuck",
                "{fix: Done}",
                "{escalate: desk, reason: R}",
                "{tree: agents}",
            ]
        };
        let mut maker = Self {
            dice,
            mix,
            steps,
            kinds,
            ends,
        };
        let mut text = "title: T\nsteps:\n".to_owned();
        for at in 0..steps {
            maker.step(at, &mut text);
        }
        text
    }

    fn target(&mut self) -> String {
        if self.dice.one_in(4) {
            let at = self.dice.below(self.ends.len());
            return self.ends[at].to_owned();
        }
        let step = self.dice.below(self.steps);
        if self.mix.facts && self.dice.one_in(6) {
            let set = self.dice.pick(&["a: yes", "a: no", "b: x", "b: z"]);
            return format!("{{goto: s{step}, set: {{{set}}}}}");
        }
        format!("s{step}")
    }

    /// An item of a list of `next`.
    fn item(&mut self, when: Option<String>) -> String {
        let when = when.map_or(String::new(), |when| format!("when: '{when}', "));
        let step = self.dice.below(self.steps);
        format!("      - {{{when}goto: s{step}}}\n")
    }

    fn condition(&mut self) -> String {
        let step = self.dice.below(self.steps);
        let own = match self.kinds[step] {
            0 => self
                .dice
                .pick(&["STEP", "not STEP", "known(STEP) and STEP", "known(STEP)"]),
            9 => self.dice.pick(&[
                "STEP < 5",
                "known(STEP) and STEP >= 5",
                "known(STEP) and STEP > 7",
                "not known(STEP)",
            ]),
            _ => "audience == \"agent\"",
        };
        if self.dice.one_in(2) {
            return own.replace("STEP", &format!("s{step}"));
        }
        self.dice
            .pick(&[
                "a",
                "known(a)",
                "known(a) and a",
                "known(a) and not a",
                "not known(b)",
                "known(b) and b == \"x\"",
                "known(b) and b in [\"x\", \"y\"]",
                "b != \"z\"",
                "known(a) and known(b) and (a or b == \"y\")",
                "audience == \"agent\"",
                "audience == \"customer\"",
            ])
            .to_owned()
    }

    fn words(&mut self) -> String {
        let step = self.dice.below(self.steps);
        match self.dice.below(4) {
            0 if matches!(self.kinds[step], 0 | 9) => format!("Show ${{s{step}}}"),
            1 if self.mix.facts => "Show ${a}".to_owned(),
            2 if self.mix.facts => "Show ${b}".to_owned(),
            _ => "Do it".to_owned(),
        }
    }

    fn arms(&mut self, arms: &[&str], text: &mut String) {
        for arm in arms {
            let target = self.target();
            text.push_str(&format!("{arm}: {target}\n"));
        }
    }

    fn step(&mut self, at: usize, text: &mut String) {
        text.push_str(&format!("  s{at}:\n"));
        if self.dice.one_in(6) {
            let (visits, target) = (1 + self.dice.below(2), self.target());
            text.push_str(&format!(
                "    limit: {{visits: {visits}, then: {target}}}\n"
            ));
        }
        let unsure = self.dice.one_in(3);
        match self.kinds[at] {
            0 => {
                text.push_str("    ask: Is it so?\n");
                self.arms(&["    yes", "    no"], text);
            }
            1 => {
                text.push_str("    fact: a\n");
                self.arms(&["    yes", "    no"], text);
            }
            2 => {
                text.push_str("    fact: b\n    answers:\n");
                self.arms(&["      x", "      y", "      z"], text);
            }
            3 => {
                text.push_str("    fact: b\n");
                self.arms(&["    next"], text);
            }
            4 | 10 => {
                let words = self.words();
                text.push_str(&format!("    do: {words}\n"));
                self.arms(&["    next"], text);
                if unsure {
                    self.arms(&["    cannot"], text);
                }
            }
            5 => {
                text.push_str("    next:\n");
                for _ in 0..=self.dice.below(2) {
                    let condition = self.condition();
                    let item = self.item(Some(condition));
                    text.push_str(&item);
                }
                let item = self.item(None);
                text.push_str(&item);
            }
            6 => {
                text.push_str("    call: sub\n    returns:\n");
                self.arms(&["      r1", "      r2"], text);
            }
            7 => {
                let words = self.words();
                text.push_str(&format!("    do: {words}\n"));
                self.arms(&["    no"], text);
            }
            8 => self.remedies(at, text),
            _ => {
                text.push_str("    ask: How much?\n    number: {min: 0, max: 10}\n");
                if self.dice.one_in(2) {
                    text.push_str("    answers:\n");
                    self.arms(&["      below 5", "      5 to 10"], text);
                } else {
                    self.arms(&["    next"], text);
                }
            }
        }
        if unsure && matches!(self.kinds[at], 0..=3 | 9) {
            self.arms(&["    unsure"], text);
        }
    }

    fn remedies(&mut self, at: usize, text: &mut String) {
        text.push_str("    try:\n");
        for remedy in ["p", "q"] {
            let words = self.words();
            text.push_str(&format!("      {remedy}{at}:\n        do: {words}\n"));
            if self.mix.conditions && self.dice.one_in(2) {
                let condition = self.condition();
                text.push_str(&format!("        when: '{condition}'\n"));
            } else if self.dice.one_in(3) {
                text.push_str("        if: Does it fit?\n");
            }
        }
        self.arms(&["    no"], text);
    }
}

/// The findings of one code: the names of the steps in which they stand, with the lines where that matters.
fn reported(compiled: &Compiled, code: Code) -> BTreeSet<(String, u32)> {
    let compilation = &compiled.compilation;
    let id = TreeId(1);
    let script = &compilation.scripts()[id.0 as usize];
    assert_eq!(&*script.name, "example");
    let file = compiled.sources.file(script.file);
    compiled
        .diagnostics()
        .iter()
        .filter(|finding| finding.code == code && finding.primary.place.file == script.file)
        .map(|finding| {
            let span = finding.primary.place.span;
            let mut steps = script.steps.iter();
            let step = steps
                .rfind(|step| step.span.start <= span.start && span.end <= step.span.end)
                .expect("a finding stands in a step");
            (step.name.value.to_string(), file.line_of(span.start))
        })
        .collect()
}

fn names(reported: &BTreeSet<(String, u32)>) -> BTreeSet<String> {
    reported.iter().map(|(step, _)| step.clone()).collect()
}

struct Case {
    text: String,
    compiled: Compiled,
    truth: Truth,
}

fn case(seed: u64, mix: Mix) -> Option<Case> {
    let example = Maker::tree(seed, mix, false);
    let sub = Maker::tree(seed ^ 0xABCD_EF01, mix, true);
    let compiled = Files::new()
        .library(LIBRARY)
        .tree(
            "agents",
            "title: A\naudience: agent\nsteps:\n  one: {end: Over}\n",
        )
        .tree("example", &example)
        .tree("sub", &sub)
        .compile();
    let silent = compiled.codes().contains(&"silent-loop");
    let shape = [
        "unknown-",
        "missing-",
        "bad-",
        "yaml-",
        "conflicting-",
        "wrong-",
    ];
    let bad = compiled
        .findings()
        .into_iter()
        .filter(|line| shape.iter().any(|shape| line.starts_with(shape)))
        .filter(|line| !line.starts_with("unknown-answer"))
        .collect::<Vec<_>>();
    assert!(bad.is_empty(), "{bad:?}\n{example}\n{sub}");
    if silent || compiled.codes().contains(&"unknown-answer") {
        return None;
    }
    let truth = every_walk(&compiled, TreeId(1));
    let text = format!(
        "seed {seed}\n{example}\n# sub\n{sub}\n{:#?}",
        compiled.findings()
    );
    Some(Case {
        text,
        compiled,
        truth,
    })
}

/// Runs the cases of a mix; returns how often a claim could have been made and was not.
fn judge(
    mix: Mix,
    seeds: std::ops::Range<u64>,
    exact: bool,
) -> BTreeMap<&'static str, (usize, usize)> {
    let mut missed: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    for case in seeds.filter_map(|seed| case(seed, mix)) {
        let Case {
            text,
            compiled,
            truth,
        } = case;
        let mut hold =
            |code: &'static str, claimed: &BTreeSet<String>, true_ones: &BTreeSet<String>| {
                let count = missed.entry(code).or_default();
                count.0 += true_ones.len();
                count.1 += true_ones.difference(claimed).count();
            };
        // Errors must not be missed; without conditions and shared facts, none may be made up.
        let unset = names(&reported(&compiled, Code::FactMayBeUnset));
        for step in &truth.unset {
            assert!(
                unset.contains(step),
                "{step} can be reached without its fact\n{text}"
            );
        }
        hold("fact-may-be-unset", &truth.unset, &unset);
        if exact {
            assert_eq!(unset, truth.unset, "\n{text}");
        }
        // Warnings must be true.
        let never = reported(&compiled, Code::NeverTrue);
        for (step, line) in &never {
            assert!(
                !truth.taken.contains(line),
                "line {line} of {step} is taken\n{text}"
            );
        }
        let always = reported(&compiled, Code::AlwaysTrue);
        for (step, line) in &always {
            assert!(
                !truth.refused.contains(line),
                "line {line} of {step} is refused\n{text}"
            );
        }
        let answered = names(&reported(&compiled, Code::AlreadyAnswered));
        for step in &answered {
            assert!(!truth.asked.contains(step), "{step} is asked\n{text}");
        }
        let unreachable = names(&reported(&compiled, Code::UnreachableStep));
        for step in &unreachable {
            assert!(!truth.reached.contains(step), "{step} is reached\n{text}");
        }
        let agents = names(&reported(&compiled, Code::NotForAudience));
        for step in &truth.customers_led {
            assert!(
                agents.contains(step),
                "{step} leads customers to agents\n{text}"
            );
        }
        hold("not-for-audience", &truth.customers_led, &agents);
        let no_way_out = names(&reported(&compiled, Code::NoWayOut));
        for step in &no_way_out {
            assert!(
                !truth.ends_from.contains(step),
                "{step} comes to an end\n{text}"
            );
        }
        if !mix.conditions && !mix.facts && !text.contains("limit:") {
            let trapped: BTreeSet<_> = truth.reached.difference(&truth.ends_from).collect();
            assert!(
                trapped.is_empty() == no_way_out.iter().all(|step| !truth.reached.contains(step)),
                "{trapped:?}\n{text}"
            );
            let cut_off = compiled.compilation.scripts()[1].steps.len() != truth.reached_steps();
            assert_eq!(cut_off, !unreachable.is_empty(), "\n{text}");
        }
    }
    missed
}

/// What is known of one fact is not told apart by what is known of another, so an error could be made up. In these trees
/// none is, and whoever makes the checks coarser sees it here.
fn no_errors_are_made_up(counts: &BTreeMap<&'static str, (usize, usize)>) {
    for code in ["fact-may-be-unset", "not-for-audience"] {
        let (claimed, made_up) = counts[code];
        assert!(
            claimed > 5 && made_up == 0,
            "{code}: {claimed}, {made_up} made up"
        );
    }
}

#[test]
fn claims_about_plain_trees_are_exact() {
    let mix = Mix {
        conditions: false,
        facts: false,
        calls: false,
    };
    judge(mix, 0..150, true);
}

#[test]
fn claims_about_trees_with_facts_are_true() {
    let mix = Mix {
        conditions: false,
        facts: true,
        calls: true,
    };
    no_errors_are_made_up(&judge(mix, 0..100, false));
}

#[test]
fn claims_about_trees_with_conditions_are_true() {
    let mix = Mix {
        conditions: true,
        facts: true,
        calls: true,
    };
    no_errors_are_made_up(&judge(mix, 0..200, false));
}
