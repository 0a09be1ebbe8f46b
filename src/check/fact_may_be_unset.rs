//! `fact-may-be-unset`: a condition or text uses a fact that some walk to this place has not got.

use std::collections::HashSet;
use std::ops::Range;

use crate::condition::{Condition, FactRef, Read, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use crate::tree::{Arm, EdgeId, StepId, StepKind};

use super::flow::{Flow, Origins, Witness};
use super::reading;
use super::study::is_named;
use super::uses::{By, Use};

/// Judges every use of a fact. Texts of ends may use what is not known.
pub fn check(flow: &Flow<'_>, found: &mut Vec<Diagnostic>) {
    if flow.study.subject.script.broken {
        return;
    }
    let mut judge = Judge {
        flow,
        origins: None,
        told: HashSet::new(),
        found,
    };
    // One fact after the other: what was found out about it serves for all its uses.
    let mut texts = Vec::new();
    for used in &flow.study.uses {
        match used.by {
            By::Text(text) => texts.extend(holes(used.step, text)),
            By::Next(edge, condition) => judge.next(used, edge, condition),
            By::When(condition) => judge.when(used, condition),
            By::EndText(_) | By::Need(_) => {}
        }
    }
    texts.sort_by_key(|(fact, ..)| *fact);
    for (fact, step, text, range) in texts {
        judge.text(fact, step, text, range);
    }
}

fn holes(step: StepId, text: &Text) -> impl Iterator<Item = (FactRef, StepId, &Text, Range<u32>)> {
    let holes = text.holes().iter();
    holes.filter_map(move |hole| Some((hole.fact?, step, text, hole.range.clone())))
}

struct Judge<'f, 'a> {
    flow: &'f Flow<'a>,
    origins: Option<Origins<'f, 'a>>,
    told: HashSet<(Place, FactRef)>,
    found: &'f mut Vec<Diagnostic>,
}

impl<'f, 'a> Judge<'f, 'a> {
    fn text(&mut self, fact: FactRef, step: StepId, text: &Text, range: Range<u32>) {
        if self.flow.reaches(step) && !self.is_sure(fact, step) {
            let place = reading::in_text(self.flow.study, step, text, range);
            self.report(fact, step, place, false);
        }
    }

    /// A condition in a list: those before it have not held, and the step's own answer is known.
    fn next(&mut self, used: &Use<'_>, edge: EdgeId, condition: &Condition) {
        let Some(at) = self.flow.at_list(used.step) else {
            return;
        };
        // What a condition above it makes known is not known where that one has mistakes.
        if self.flow.study.subject.places.unclear.contains(&edge) {
            return;
        }
        let mut earlier = Vec::new();
        for (_, edge, _) in self.flow.study.subject.tree.edges(used.step) {
            match &edge.arm {
                Arm::Next(Some(other)) if std::ptr::eq(&**other, condition) => break,
                Arm::Next(Some(other)) => earlier.extend(other.known_after(false)),
                _ => {}
            }
        }
        let known = |judge: &mut Self, fact: FactRef| {
            earlier.contains(&fact)
                || if judge.flow.follows(fact) {
                    at(fact).is_sure()
                } else {
                    judge.is_own_answer(used.step, fact) || judge.is_sure(fact, used.step)
                }
        };
        for read in self.unsure(condition, known) {
            let place = reading::in_next(self.flow.study, used.step, edge, read.range);
            self.report(read.fact, used.step, place, true);
        }
    }

    /// A condition before a remedy.
    fn when(&mut self, used: &Use<'_>, condition: &Condition) {
        let Some(at) = self.flow.at_gate(used.step) else {
            return;
        };
        let known = |judge: &mut Self, fact| {
            if judge.flow.follows(fact) {
                at(fact).is_sure()
            } else {
                judge.is_sure(fact, used.step)
            }
        };
        for read in self.unsure(condition, known) {
            let place = reading::in_when(self.flow.study, used.step, read.range);
            self.report(read.fact, used.step, place, true);
        }
    }

    /// The first use of each fact in a condition that may not be known when its turn comes.
    fn unsure(
        &mut self,
        condition: &Condition,
        known: impl Fn(&mut Self, FactRef) -> bool,
    ) -> Vec<Read> {
        let mut facts: Vec<_> = condition.reads().iter().map(|read| read.fact).collect();
        facts.sort_unstable();
        facts.dedup();
        facts.retain(|fact| known(self, *fact));
        condition.unsure_reads(&|fact| facts.contains(&fact))
    }

    /// Whether a question is always left with its answer given; what is asked without `do` cannot be skipped.
    fn is_own_answer(&self, step: StepId, fact: FactRef) -> bool {
        let step = self.flow.study.subject.tree.step(step);
        matches!(&step.kind, StepKind::Question(question) if question.fact == fact)
            && step.instruction.is_none()
    }

    fn is_sure(&mut self, fact: FactRef, step: StepId) -> bool {
        match fact {
            FactRef::Audience | FactRef::Channel | FactRef::Exit | FactRef::Output => true,
            _ if self.flow.follows(fact) => self.flow.at(step, fact).is_sure(),
            FactRef::Shared(_) => false,
            FactRef::Step(_) => self.origins().is_sure(fact, step),
        }
    }

    fn origins(&mut self) -> &mut Origins<'f, 'a> {
        self.origins.get_or_insert_with(|| Origins::of(self.flow))
    }

    fn report(&mut self, fact: FactRef, step: StepId, place: Place, in_condition: bool) {
        let study = self.flow.study;
        let Some(name) = study.fact_name(fact) else {
            return;
        };
        if !self.told.insert((place, fact)) {
            return;
        }
        let witness = self.origins().witness(fact, step);
        let label = match &witness {
            None => format!("a walk can come here without `{name}`"),
            Some(witness) => self.label(name, witness),
        };
        let message = format!("`{name}` may not be known here");
        let mut finding = Diagnostic::new(Code::FactMayBeUnset, place, message).label(label);
        if let Some(unsure) = witness.and_then(|witness| witness.unsure) {
            let place = study.subject.step_place(unsure);
            finding = finding.also(place, format!("\"unsure\" here leaves `{name}` unset"));
        }
        self.found
            .push(finding.help(help(name, fact, in_condition)));
    }

    /// How somebody comes to the place without the fact.
    fn label(&self, name: &str, witness: &Witness) -> String {
        let tree = self.flow.study.subject.tree;
        let steps = witness.way.iter().map(|step| &*tree.step(*step).name);
        let steps: Vec<_> = steps.filter(|name| is_named(name)).collect();
        let way = way(&steps);
        match (witness.unsure, steps.len()) {
            (Some(_), _) => format!("who is unsure and goes {way} comes here without it"),
            (None, 0 | 1) => format!("the walk begins here, without `{name}`"),
            (None, _) => format!("who goes {way} comes here without it"),
        }
    }
}

/// "`a` → `b` → … → `z`".
fn way(steps: &[&str]) -> String {
    let name = |step: &&str| format!("`{step}`");
    match steps {
        [first, second, .., last] if steps.len() > 4 => {
            format!("{} → {} → … → {}", name(first), name(second), name(last))
        }
        steps => steps.iter().map(name).collect::<Vec<_>>().join(" → "),
    }
}

fn help(name: &str, fact: FactRef, in_condition: bool) -> String {
    let ask = match fact {
        FactRef::Shared(_) => format!("ask for it on every way here (`fact: {name}`)"),
        _ => format!("lead every way through `{name}`"),
    };
    if in_condition {
        format!("write `known({name}) and …`, or {ask}")
    } else {
        format!("{ask}, or put a branch with `when: known({name})` before this step")
    }
}
