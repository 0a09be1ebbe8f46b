//! Walks a tree in every way that there is, and notes what happens where: an interpreter of LANGUAGE.md's "Meaning" that is
//! as plain as possible and shares nothing with the one in `session` or with the checks.

use std::collections::{BTreeMap, BTreeSet};

use fixpath::compile::Options;
use fixpath::condition::{Condition, FactRef, Facts, Text, Value};
use fixpath::tree::{
    Arm, Audience, Edge, End, Library, QuestionKind, StepId, StepKind, Tree, TreeId,
};

use super::{Compiled, TODAY};

/// What happens on some walk.
#[derive(Debug, Default)]
pub struct Truth {
    /// Steps that are come to.
    pub reached: BTreeSet<String>,
    /// Steps in which a text or condition uses a fact that is not known then.
    pub unset: BTreeSet<String>,
    /// Questions that are asked.
    pub asked: BTreeSet<String>,
    /// Lines of conditions that are the first to hold.
    pub taken: BTreeSet<u32>,
    /// Lines of conditions that do not hold for something that comes to their list.
    pub refused: BTreeSet<u32>,
    /// Steps in which customers are led to a tree for agents.
    pub customers_led: BTreeSet<String>,
    /// Steps from which some walk comes to an end by edges that the author wrote.
    pub ends_from: BTreeSet<String>,
}

impl Truth {
    /// How many of the tree's own steps are come to.
    pub fn reached_steps(&self) -> usize {
        let own = |step: &&String| step.starts_with('s') && !step.contains('.') && *step != "stuck";
        self.reached.iter().filter(own).count()
    }
}

/// Where a walk is, and all that its future depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    below: Option<(u32, Frame)>,
    tree: u32,
    step: u32,
    frame: Frame,
    shared: BTreeMap<u32, Value>,
    agent: bool,
}

/// What is forgotten when a tree is left.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Frame {
    facts: BTreeMap<u32, Value>,
    answered: BTreeSet<u32>,
    arrivals: BTreeMap<u32, u32>,
}

struct Known<'s> {
    state: &'s State,
    audience: Value,
}

impl Facts for Known<'_> {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        match fact {
            FactRef::Shared(at) => self.state.shared.get(&at),
            FactRef::Step(at) => self.state.frame.facts.get(&at),
            FactRef::Audience => Some(&self.audience),
            FactRef::Channel | FactRef::Exit | FactRef::Output => None,
        }
    }
}

impl State {
    fn known(&self) -> Known<'_> {
        let word = |word: &str| Value::Choice(word.into());
        Known {
            state: self,
            audience: word(if self.agent { "agent" } else { "customer" }),
        }
    }

    fn set(&mut self, fact: FactRef, value: Option<Value>) {
        let (map, at) = match fact {
            FactRef::Shared(at) => (&mut self.shared, at),
            FactRef::Step(at) => (&mut self.frame.facts, at),
            _ => return,
        };
        match value {
            Some(value) => map.insert(at, value),
            None => map.remove(&at),
        };
    }
}

/// Walks the tree of that id in every way.
pub fn every_walk(compiled: &Compiled, id: TreeId) -> Truth {
    let options = Options::new(TODAY);
    let subject = compiled
        .compilation
        .subject(&compiled.sources, id, &options)
        .expect("there is such a tree");
    let mut walker = Walker {
        library: subject.library,
        main: id.0,
        line: Box::new(move |edge| {
            let file = subject.sources.file(subject.script.file);
            file.line_of(subject.places.edges[edge].start)
        }),
        when_line: Box::new(move |remedy| {
            let file = subject.sources.file(subject.script.file);
            let tries = subject
                .script
                .steps
                .iter()
                .filter_map(|step| match &step.form {
                    fixpath::syntax::Form::Try(tried) => Some(&tried.remedies),
                    _ => None,
                });
            let mut remedies = tries.flatten();
            let remedy = remedies.find(|node| *node.name.value == *remedy).unwrap();
            file.line_of(remedy.remedy.when.as_ref().unwrap().span.start)
        }),
        truth: Truth::default(),
        seen: BTreeMap::new(),
        states: Vec::new(),
        back: Vec::new(),
        ends: Vec::new(),
    };
    walker.run(subject.tree);
    walker.truth
}

struct Walker<'l> {
    library: &'l Library,
    main: u32,
    line: Box<dyn Fn(usize) -> u32 + 'l>,
    when_line: Box<dyn Fn(&str) -> u32 + 'l>,
    truth: Truth,
    seen: BTreeMap<State, usize>,
    states: Vec<State>,
    /// For each state, those that lead to it.
    back: Vec<Vec<usize>>,
    /// States at which a walk ends by an edge that the author wrote.
    ends: Vec<usize>,
}

impl<'l> Walker<'l> {
    fn run(&mut self, tree: &Tree) {
        let yes_no = [None, Some(Value::YesNo(true)), Some(Value::YesNo(false))];
        let keys = [None, Some("x"), Some("y"), Some("z")];
        for (a, b) in yes_no.iter().flat_map(|a| keys.iter().map(move |b| (a, b))) {
            for agent in [true, false] {
                let mut state = State {
                    below: None,
                    tree: self.main,
                    step: tree.start().index() as u32,
                    frame: Frame::default(),
                    shared: BTreeMap::new(),
                    agent,
                };
                state.set(FactRef::Shared(0), a.clone());
                state.set(FactRef::Shared(1), b.map(|b| Value::Choice(b.into())));
                self.add(state);
            }
        }
        let mut at = 0;
        while at < self.states.len() {
            let state = self.states[at].clone();
            for next in self.arrive(at, state) {
                let next = self.add(next);
                self.back[next].push(at);
            }
            at += 1;
            assert!(at < 400_000, "too many states");
        }
        self.mark_ends();
    }

    fn mark_ends(&mut self) {
        let mut open = self.ends.clone();
        let mut seen: BTreeSet<usize> = open.iter().copied().collect();
        while let Some(at) = open.pop() {
            let state = &self.states[at];
            if state.tree == self.main {
                let name = self
                    .tree(state)
                    .step(StepId::new(state.step as usize))
                    .name
                    .to_string();
                self.truth.ends_from.insert(name);
            }
            open.extend(self.back[at].iter().filter(|at| seen.insert(**at)));
        }
    }

    fn add(&mut self, state: State) -> usize {
        let next = self.states.len();
        let at = *self.seen.entry(state.clone()).or_insert(next);
        if at == next {
            self.states.push(state);
            self.back.push(Vec::new());
        }
        at
    }

    fn tree(&self, state: &State) -> &'l Tree {
        self.library.tree(TreeId(state.tree))
    }

    /// Everything that can follow on arriving at a step.
    fn arrive(&mut self, at: usize, mut state: State) -> Vec<State> {
        let tree = self.tree(&state);
        let id = StepId::new(state.step as usize);
        let step = tree.step(id);
        let main = state.tree == self.main;
        if main {
            self.truth.reached.insert(step.name.to_string());
        }
        if let Some(limit) = step.limit {
            let arrivals = state.frame.arrivals.entry(state.step).or_default();
            *arrivals = (*arrivals + 1).min(limit + 1);
            if *arrivals > limit {
                return self.along(&state, |arm| matches!(arm, Arm::Limit));
            }
        }
        match &step.kind {
            StepKind::Branch => self.next(&state),
            StepKind::Leave(other) => {
                let agents = self.library.tree(*other).about.audience == Some(Audience::Agent);
                if main && agents && !state.agent {
                    self.note(&state, |truth| &mut truth.customers_led);
                }
                self.ends.push(at);
                Vec::new()
            }
            StepKind::Call(call) => {
                let frame = std::mem::take(&mut state.frame);
                let tree = self.library.tree(call.tree);
                vec![State {
                    below: Some((state.step, frame)),
                    tree: call.tree.0,
                    step: tree.start().index() as u32,
                    ..state
                }]
            }
            StepKind::Try(_) => self.next_remedy(&state, state.step, None),
            StepKind::End(end) => self.end(at, &state, end),
            StepKind::Question(question) => {
                let value = state.known().value(question.fact).cloned();
                if let (FactRef::Shared(_), Some(value)) = (question.fact, value)
                    && !state.frame.answered.contains(&state.step)
                    && step.instruction.is_none()
                {
                    state.frame.answered.insert(state.step);
                    return self.answered(&state, &question.kind, &value);
                }
                self.note(&state, |truth| &mut truth.asked);
                self.prompt(&state)
            }
            StepKind::Instruction | StepKind::Remedy(_) => self.prompt(&state),
        }
    }

    /// Everything that can be replied, by whoever walks by then. What leads to `stuck` by itself is left out.
    fn prompt(&mut self, state: &State) -> Vec<State> {
        self.texts(state);
        let mut after = Vec::new();
        for agent in BTreeSet::from([true, state.agent]) {
            let mut state = state.clone();
            state.agent = agent;
            state.frame.answered.insert(state.step);
            after.extend(self.replies(&state));
        }
        after
    }

    fn replies(&mut self, state: &State) -> Vec<State> {
        let tree = self.tree(state);
        let step = tree.step(StepId::new(state.step as usize));
        let mut after = Vec::new();
        match &step.kind {
            StepKind::Question(question) => {
                for value in values(&question.kind) {
                    let mut state = state.clone();
                    state.set(question.fact, Some(value.clone()));
                    after.extend(self.answered(&state, &question.kind, &value));
                }
                let mut unsure = state.clone();
                unsure.set(question.fact, None);
                after.extend(self.along(&unsure, |arm| matches!(arm, Arm::Unsure)));
            }
            StepKind::Remedy(remedy) => {
                after.extend(self.along(state, |arm| matches!(arm, Arm::Yes | Arm::Unsure)));
                match remedy.within {
                    Some(within) => {
                        after.extend(self.next_remedy(
                            state,
                            within.index() as u32,
                            Some(state.step),
                        ));
                    }
                    None => after.extend(self.along(state, |arm| {
                        matches!(arm, Arm::No | Arm::Tried | Arm::Cannot)
                    })),
                }
            }
            _ => {
                after.extend(self.next(state));
                after.extend(self.along(state, |arm| {
                    matches!(arm, Arm::Tried | Arm::Cannot | Arm::Unsure)
                }));
            }
        }
        after
    }

    fn answered(&mut self, state: &State, kind: &QuestionKind, value: &Value) -> Vec<State> {
        let place = match (kind, value) {
            (QuestionKind::YesNo, Value::YesNo(yes)) => {
                let tree = self.tree(state);
                let id = StepId::new(state.step as usize);
                if !yes && let Some((remedy, within)) = if_of(tree, id) {
                    return self.next_remedy(state, within, Some(remedy));
                }
                let arms = self.along(state, |arm| match arm {
                    Arm::Yes => *yes,
                    Arm::No => !*yes,
                    _ => false,
                });
                if !arms.is_empty() {
                    return arms;
                }
                None
            }
            (QuestionKind::Choice(choices), Value::Choice(key)) => {
                choices.iter().position(|choice| choice.key == *key)
            }
            (QuestionKind::Number(_, answers), Value::Number(number)) => {
                answers.iter().position(|answer| answer.test.takes(*number))
            }
            _ => None,
        };
        let arms = self.along(
            state,
            |arm| matches!(arm, Arm::Answer(at) if Some(*at as usize) == place),
        );
        if arms.is_empty() {
            self.next(state)
        } else {
            arms
        }
    }

    fn end(&mut self, at: usize, state: &State, end: &End) -> Vec<State> {
        if let (End::Return { value }, Some((site, frame))) = (end, &state.below) {
            let mut state = State {
                below: None,
                tree: self.main,
                step: *site,
                frame: frame.clone(),
                ..state.clone()
            };
            let site = StepId::new(*site as usize);
            let StepKind::Call(call) = &self.tree(&state).step(site).kind else {
                panic!("a call");
            };
            let place = call.returns.iter().position(|named| named == value);
            state.frame = frame.clone();
            return self.along(
                &state,
                |arm| matches!(arm, Arm::Return(at) if Some(*at as usize) == place),
            );
        }
        self.ends.push(at);
        self.along(state, |arm| matches!(arm, Arm::No))
    }

    fn next_remedy(&mut self, state: &State, within: u32, after: Option<u32>) -> Vec<State> {
        let tree = self.tree(state);
        let within = StepId::new(within as usize);
        let StepKind::Try(tried) = &tree.step(within).kind else {
            panic!("a try");
        };
        let ids = tried.remedies.iter().map(|remedy| remedy.index() as u32);
        let ids: Vec<u32> = ids.collect();
        let from = after.map_or(0, |after| {
            ids.iter().position(|id| *id == after).unwrap() + 1
        });
        for id in &ids[from..] {
            let step = tree.step(StepId::new(*id as usize));
            let StepKind::Remedy(remedy) = &step.kind else {
                panic!("a remedy");
            };
            if state.frame.answered.contains(id) {
                continue;
            }
            let holds = remedy.when.as_ref().is_none_or(|when| {
                let name = step.name.to_string();
                let holds = when.holds(&state.known());
                if state.tree == self.main {
                    let line = (self.when_line)(&name);
                    self.uses(state, when, tree.step(within).name.to_string());
                    self.note_condition(line, holds, holds);
                }
                holds
            });
            if holds {
                let mut state = state.clone();
                state.step = remedy
                    .condition
                    .map_or(*id, |condition| condition.index() as u32);
                return vec![state];
            }
        }
        let mut state = state.clone();
        state.step = within.index() as u32;
        self.along(&state, |arm| matches!(arm, Arm::No))
    }

    /// Along the first `next` whose condition holds.
    fn next(&mut self, state: &State) -> Vec<State> {
        let tree = self.tree(state);
        let id = StepId::new(state.step as usize);
        let mut taken = None;
        for (edge_id, edge, to) in tree.edges(id) {
            let Arm::Next(condition) = &edge.arm else {
                continue;
            };
            let holds = condition
                .as_ref()
                .is_none_or(|condition| condition.holds(&state.known()));
            if let (Some(condition), true) = (condition, state.tree == self.main) {
                let line = (self.line)(edge_id.index());
                let first = holds && taken.is_none();
                if taken.is_none() {
                    self.uses(state, condition, tree.step(id).name.to_string());
                }
                self.note_condition(line, first, holds);
            }
            if holds && taken.is_none() {
                taken = Some((edge, to));
            }
        }
        taken
            .map(|(edge, to)| go(state, edge, to))
            .into_iter()
            .collect()
    }

    fn note_condition(&mut self, line: u32, first: bool, holds: bool) {
        if first {
            self.truth.taken.insert(line);
        }
        if !holds {
            self.truth.refused.insert(line);
        }
    }

    fn uses(&mut self, state: &State, condition: &Condition, step: String) {
        let known = state.known();
        if !condition
            .unsure_reads(&|fact| known.value(fact).is_some())
            .is_empty()
        {
            self.truth.unset.insert(step);
        }
    }

    fn texts(&mut self, state: &State) {
        let tree = self.tree(state);
        let step = tree.step(StepId::new(state.step as usize));
        let texts = step.instruction.iter().map(|text| &text.0);
        let known = state.known();
        let unset = |text: &Text| text.reads().any(|fact| known.value(fact).is_none());
        if texts.into_iter().any(unset) {
            self.note(state, |truth| &mut truth.unset);
        }
    }

    /// Notes the step, of a remedy the `try` in which it stands.
    fn note(&mut self, state: &State, set: impl Fn(&mut Truth) -> &mut BTreeSet<String>) {
        if state.tree != self.main {
            return;
        }
        let tree = self.tree(state);
        let step = tree.step(StepId::new(state.step as usize));
        let name = match &step.kind {
            StepKind::Remedy(remedy) => remedy.within.map_or(&step.name, |id| &tree.step(id).name),
            _ => &step.name,
        };
        let name = name.split('.').next().unwrap().to_owned();
        set(&mut self.truth).insert(name);
    }

    /// Along every edge whose arm fits.
    fn along(&self, state: &State, fits: impl Fn(&Arm) -> bool) -> Vec<State> {
        let tree = self.tree(state);
        let edges = tree.edges(StepId::new(state.step as usize));
        let edges = edges.filter(|(_, edge, _)| fits(&edge.arm));
        edges.map(|(_, edge, to)| go(state, edge, to)).collect()
    }
}

fn go(state: &State, edge: &Edge, to: StepId) -> State {
    let mut state = state.clone();
    for (fact, value) in edge.words.iter().flat_map(|words| &words.set) {
        state.set(FactRef::Shared(*fact), Some(value.clone()));
    }
    state.step = to.index() as u32;
    state
}

/// The remedy of which a step is the `if`, and its `try`.
fn if_of(tree: &Tree, id: StepId) -> Option<(u32, u32)> {
    tree.steps().find_map(|(remedy, step)| match &step.kind {
        StepKind::Remedy(about) if about.condition == Some(id) => {
            Some((remedy.index() as u32, about.within?.index() as u32))
        }
        _ => None,
    })
}

/// Enough values of a question to take every way that values can tell apart.
fn values(kind: &QuestionKind) -> Vec<Value> {
    match kind {
        QuestionKind::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        QuestionKind::Choice(choices) => {
            let keys = choices
                .iter()
                .map(|choice| Value::Choice(choice.key.clone()));
            keys.collect()
        }
        QuestionKind::Number(..) => [0.0, 3.0, 5.0, 6.0, 7.0, 8.0]
            .into_iter()
            .map(|number| Value::Number(fixpath::condition::Number::new(number).unwrap()))
            .collect(),
        _ => Vec::new(),
    }
}
