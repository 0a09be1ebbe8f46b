//! The section "Meaning" of LANGUAGE.md as a program that is as plain as possible: every state is made anew from the one
//! before, going back is the state that was, and whatever follows from the trail is read off the trail. It shares
//! nothing with `session` but the compiled tree. Where the two walk differently, one of them is wrong.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use fixpath::condition::{FactRef, FactType, Facts, Value};
use fixpath::session::{Offer, Outcome, Reply};
use fixpath::tree::{
    Arm, Audience, Channel, Edge, End, Library, NumberTest, Question, QuestionKind, Remedy, Step,
    StepId, StepKind, Tree, TreeId,
};

use super::TODAY;

/// Which prompt of its step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Step,
    Need(u32),
    Solved,
    End { confirmed: bool },
}

/// What came of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Prompt,
    Silent,
    /// Its limit was used up.
    Limited,
}

/// A reply, and what its prompt's conditions used then.
type SetAside = (Reply, Vec<Option<Value>>);

#[derive(Debug, Clone)]
struct Frame {
    tree: TreeId,
    site: Option<StepId>,
    /// How long the trail was when it was entered.
    entered: usize,
    facts: BTreeMap<u32, Value>,
}

#[derive(Debug, Clone)]
struct State {
    stack: Vec<Frame>,
    step: StepId,
    part: Part,
    shared: BTreeMap<u32, Value>,
    trail: Vec<(TreeId, StepId, Came)>,
    audience: Value,
    channel: Value,
}

/// A walk: all states so far, with the replies between them.
#[derive(Debug, Clone)]
pub struct Meaning {
    library: Arc<Library>,
    now: State,
    past: Vec<(State, Reply)>,
}

impl Facts for State {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        match fact {
            FactRef::Shared(at) => self.shared.get(&at),
            FactRef::Step(at) => self.stack.last()?.facts.get(&at),
            FactRef::Audience => Some(&self.audience),
            FactRef::Channel => Some(&self.channel),
            FactRef::Exit | FactRef::Output => None,
        }
    }
}

impl Meaning {
    /// A case that begins at a tree, with what is known beforehand.
    pub fn begin(
        library: &Arc<Library>,
        tree: &str,
        audience: Audience,
        channel: Channel,
        facts: &BTreeMap<Arc<str>, Value>,
    ) -> Self {
        let id = library.find(tree).unwrap();
        let word = |word: &str| Value::Choice(word.into());
        let mut now = State {
            stack: Vec::new(),
            step: library.tree(id).start(),
            part: Part::Step,
            shared: BTreeMap::new(),
            trail: Vec::new(),
            audience: word(audience.name()),
            channel: word(channel.name()),
        };
        for (name, value) in facts {
            let at = library.find_fact(name).unwrap();
            let value = typed(&library.fact(at).kind, value).unwrap();
            now.shared.insert(at, value);
        }
        let mut walk = Self {
            library: Arc::clone(library),
            now,
            past: Vec::new(),
        };
        walk.open(id, None);
        walk.arrive(library.tree(id).start(), false);
        walk
    }

    /// Replies; `false` where the prompt does not take it.
    pub fn reply(&mut self, reply: &Reply) -> bool {
        let before = self.now.clone();
        if self.apply(reply) {
            self.past.push((before, reply.clone()));
            return true;
        }
        self.now = before;
        false
    }

    /// Goes back so many prompts; `false` where there are not so many.
    pub fn back(&mut self, prompts: usize) -> bool {
        let Some(at) = self.past.len().checked_sub(prompts) else {
            return false;
        };
        if let Some((state, _)) = self.past.get(at) {
            self.now = state.clone();
        }
        self.past.truncate(at);
        true
    }

    /// Gives another answer at the prompt of that place, and what was replied behind it again, as far as it fits.
    pub fn change(&mut self, at: usize, value: Value) -> bool {
        let old = self.clone();
        let mut aside: BTreeMap<_, VecDeque<SetAside>> = BTreeMap::new();
        for (state, reply) in &old.past[at + 1..] {
            let entry = (reply.clone(), old.used(state));
            aside.entry(place(state)).or_default().push_back(entry);
        }
        self.back(old.past.len() - at);
        if !self.reply(&Reply::Answer(value)) {
            *self = old;
            return false;
        }
        while let Some((reply, used)) = aside
            .get_mut(&place(&self.now))
            .and_then(VecDeque::pop_front)
        {
            if used != self.used(&self.now) || !self.reply(&reply) {
                break;
            }
        }
        true
    }

    /// An agent takes the case over.
    pub fn take(&mut self, channel: Channel) {
        self.now.audience = Value::Choice(Audience::Agent.name().into());
        self.now.channel = Value::Choice(channel.name().into());
        if self.outcome() != Some((Outcome::Escalated, false)) {
            return;
        }
        let (end, known) = (self.now.step, self.now.clone());
        let mut asked = Vec::new();
        while let Some((state, _)) = self.past.pop() {
            if let Part::Need(fact) = state.part
                && state.step == end
            {
                asked.push(fact);
                continue;
            }
            self.now = State {
                audience: known.audience.clone(),
                channel: known.channel.clone(),
                ..state
            };
            break;
        }
        for fact in asked {
            if let Some(value) = known.shared.get(&fact) {
                self.now.shared.insert(fact, value.clone());
            }
        }
    }

    /// How many replies there have been.
    pub fn replies(&self) -> usize {
        self.past.len()
    }

    /// The prompt that stands: `tree:step`, `tree:step.needs.fact`, `tree:step.solved`.
    pub fn prompt(&self) -> String {
        let name = format!("{}:{}", self.tree().name, self.step().name);
        match self.now.part {
            Part::Step | Part::End { .. } => name,
            Part::Need(fact) => format!("{name}.needs.{}", self.library.fact(fact).name),
            Part::Solved => format!("{name}.solved"),
        }
    }

    /// Which kinds of reply it takes.
    pub fn offer(&self) -> Offer {
        let takes = |reply: Reply| self.clone().apply(&reply);
        let answers = matches!(
            (self.now.part, &self.step().kind),
            (Part::Step, StepKind::Question(_) | StepKind::Remedy(_))
                | (Part::Need(_) | Part::Solved, _)
        );
        Offer {
            answer: answers,
            done: takes(Reply::Done),
            tried: takes(Reply::Tried),
            cannot: takes(Reply::Cannot),
            unsure: takes(Reply::Unsure),
            none: takes(Reply::None),
            person: takes(Reply::Person),
        }
    }

    /// How the walk ended, and whether somebody confirmed it.
    pub fn outcome(&self) -> Option<(Outcome, bool)> {
        let (Part::End { confirmed }, StepKind::End(end)) = (self.now.part, &self.step().kind)
        else {
            return None;
        };
        Some(match **end {
            End::Fix { .. } | End::Return { .. } => (Outcome::Resolved, confirmed),
            End::Escalate { .. } => (Outcome::Escalated, false),
            End::Information { .. } => (Outcome::Ended, false),
        })
    }

    /// What is known: `name = value`, of a step with its tree.
    pub fn facts(&self) -> Vec<String> {
        let shared = self.now.shared.iter();
        let mut facts: Vec<String> = shared
            .map(|(at, value)| format!("{} = {value}", self.library.fact(*at).name))
            .collect();
        for frame in &self.now.stack {
            let tree = self.library.tree(frame.tree);
            facts.extend(frame.facts.iter().filter_map(|(at, value)| {
                let name = &tree.step(StepId::new(*at as usize)).name;
                (!name.contains('.')).then(|| format!("{}:{name} = {value}", tree.name))
            }));
        }
        facts.sort();
        facts
    }

    /// Where the walk has been; whether somebody was asked there.
    pub fn trail(&self) -> Vec<(TreeId, StepId, bool)> {
        let trail = self.now.trail.iter();
        trail
            .map(|(tree, step, came)| (*tree, *step, *came == Came::Prompt))
            .collect()
    }

    fn top(&self) -> &Frame {
        self.now.stack.last().unwrap()
    }

    fn tree(&self) -> Arc<Tree> {
        Arc::clone(self.library.tree(self.top().tree))
    }

    fn step(&self) -> Step {
        self.tree().step(self.now.step).clone()
    }

    fn open(&mut self, tree: TreeId, site: Option<StepId>) {
        let entered = self.now.trail.len();
        self.now.stack.push(Frame {
            tree,
            site,
            entered,
            facts: BTreeMap::new(),
        });
    }

    fn visit(&mut self, step: StepId, came: Came) {
        self.now.trail.push((self.top().tree, step, came));
    }

    fn stop(&mut self, step: StepId, part: Part) {
        self.visit(step, Came::Prompt);
        (self.now.step, self.now.part) = (step, part);
    }

    /// The visits of a step since its tree was entered.
    fn visits(&self, step: StepId) -> impl Iterator<Item = Came> + '_ {
        let (tree, entered) = (self.top().tree, self.top().entered);
        let since = self.now.trail[entered..].iter();
        since
            .filter(move |visit| (visit.0, visit.1) == (tree, step))
            .map(|visit| visit.2)
    }

    fn find(&self, from: StepId, fits: impl Fn(&Arm) -> bool) -> Option<(Edge, StepId)> {
        let tree = self.tree();
        let mut edges = tree.edges(from);
        let found = edges.find(|(_, edge, _)| fits(&edge.arm));
        found.map(|(_, edge, to)| (edge.clone(), to))
    }

    /// Along the first edge that fits: what it sets counts before its target is looked at. Else to `stuck`.
    fn along(&mut self, from: StepId, fits: impl Fn(&Arm) -> bool) -> StepId {
        let Some((edge, to)) = self.find(from, fits) else {
            return self.tree().stuck();
        };
        for (fact, value) in edge.words.iter().flat_map(|words| &words.set) {
            self.now.shared.insert(*fact, value.clone());
        }
        to
    }

    fn next(&mut self, from: StepId) -> StepId {
        let state = self.now.clone();
        self.along(from, |arm| match arm {
            Arm::Next(when) => when.as_ref().is_none_or(|when| when.holds(&state)),
            _ => false,
        })
    }

    /// Arrives at a step and goes on to the next prompt.
    fn arrive(&mut self, mut at: StepId, mut confirmed: bool) {
        loop {
            let tree = self.tree();
            let step = tree.step(at);
            if at != tree.stuck() {
                if self.now.trail.len() + 1 >= 10_000 {
                    at = tree.stuck();
                    continue;
                }
                if step
                    .limit
                    .is_some_and(|limit| self.visits(at).count() + 1 > limit as usize)
                {
                    self.visit(at, Came::Limited);
                    (at, confirmed) = (self.along(at, |arm| matches!(arm, Arm::Limit)), false);
                    continue;
                }
            }
            let Some(next) = self.pass(at, step, confirmed) else {
                return;
            };
            (at, confirmed) = (next, false);
        }
    }

    fn pass(&mut self, at: StepId, step: &Step, confirmed: bool) -> Option<StepId> {
        match &step.kind {
            StepKind::Branch => {
                self.visit(at, Came::Silent);
                Some(self.next(at))
            }
            StepKind::Call(call) => {
                self.visit(at, Came::Silent);
                self.open(call.tree, Some(at));
                Some(self.tree().start())
            }
            StepKind::Leave(tree) => {
                self.visit(at, Came::Silent);
                self.now.stack.clear();
                self.open(*tree, None);
                Some(self.tree().start())
            }
            StepKind::Try(_) => {
                self.visit(at, Came::Silent);
                Some(self.next_remedy(at, None))
            }
            StepKind::Question(question) => {
                let is_first = self.visits(at).all(|came| came == Came::Limited);
                if let FactRef::Shared(fact) = question.fact
                    && let Some(value) = self.now.shared.get(&fact).cloned()
                    && !step.must_be_shown()
                    && is_first
                {
                    self.visit(at, Came::Silent);
                    return Some(self.answered(at, question, &value));
                }
                self.stop(at, Part::Step);
                None
            }
            StepKind::Instruction | StepKind::Remedy(_) => {
                self.stop(at, Part::Step);
                None
            }
            StepKind::End(end) => self.end(at, end, confirmed),
        }
    }

    fn end(&mut self, at: StepId, end: &End, confirmed: bool) -> Option<StepId> {
        match end {
            End::Return { value } if self.now.stack.len() > 1 => {
                self.visit(at, Came::Silent);
                let site = self.now.stack.pop()?.site?;
                let tree = self.tree();
                let StepKind::Call(call) = &tree.step(site).kind else {
                    panic!("a call");
                };
                let place = call.returns.iter().position(|named| named == value);
                return Some(match place {
                    Some(place) => self.along(
                        site,
                        |arm| matches!(arm, Arm::Return(at) if *at as usize == place),
                    ),
                    None => self.next(site),
                });
            }
            End::Fix { .. } if confirmed => self.stop(at, Part::End { confirmed }),
            End::Fix { .. } | End::Return { .. } => self.stop(at, Part::Solved),
            End::Escalate { needs, .. } => self.next_need(at, needs),
            End::Information { .. } => self.stop(at, Part::End { confirmed: false }),
        }
        None
    }

    fn next_need(&mut self, at: StepId, needs: &[u32]) {
        match needs
            .iter()
            .find(|need| !self.now.shared.contains_key(need))
        {
            Some(need) => self.stop(at, Part::Need(*need)),
            None => self.stop(at, Part::End { confirmed: false }),
        }
    }

    fn next_remedy(&mut self, within: StepId, after: Option<StepId>) -> StepId {
        let tree = self.tree();
        let StepKind::Try(tried) = &tree.step(within).kind else {
            panic!("a try");
        };
        let rest = tried
            .remedies
            .iter()
            .skip_while(|id| after.is_some_and(|after| **id != after));
        for id in rest.skip(usize::from(after.is_some())) {
            let StepKind::Remedy(remedy) = &tree.step(*id).kind else {
                panic!("a remedy");
            };
            let holds = remedy
                .when
                .as_ref()
                .is_none_or(|when| when.holds(&self.now));
            if holds && self.visits(*id).next().is_none() {
                return remedy.condition.unwrap_or(*id);
            }
        }
        self.along(within, |arm| matches!(arm, Arm::No))
    }

    /// Where an answer leads: its own edge, else `next`.
    fn answered(&mut self, at: StepId, question: &Question, value: &Value) -> StepId {
        if *value == Value::YesNo(false)
            && let Some((remedy, within)) = self.remedy_of_if(at)
        {
            return self.next_remedy(within, Some(remedy));
        }
        let place = match (&question.kind, value) {
            (QuestionKind::Choice(choices), Value::Choice(key)) => {
                choices.iter().position(|choice| choice.key == *key)
            }
            (QuestionKind::Number(_, answers), value) => {
                answers
                    .iter()
                    .position(|answer| match (value, &answer.test) {
                        (Value::Number(number), test) => {
                            *test == NumberTest::Otherwise || test.takes(*number)
                        }
                        (Value::Choice(word), test) => {
                            *test == NumberTest::Word && answer.key == *word
                        }
                        _ => false,
                    })
            }
            _ => None,
        };
        let own = |arm: &Arm| match (arm, value) {
            (Arm::Yes, Value::YesNo(yes)) => *yes,
            (Arm::No, Value::YesNo(yes)) => !*yes,
            (Arm::Answer(at), _) => Some(*at as usize) == place,
            _ => false,
        };
        if self.find(at, own).is_some() {
            self.along(at, own)
        } else {
            self.next(at)
        }
    }

    /// The remedy whose `if` this is, and its `try`.
    fn remedy_of_if(&self, at: StepId) -> Option<(StepId, StepId)> {
        let tree = self.tree();
        tree.steps().find_map(|(id, step)| match &step.kind {
            StepKind::Remedy(remedy) if remedy.condition == Some(at) => Some((id, remedy.within?)),
            _ => None,
        })
    }

    fn apply(&mut self, reply: &Reply) -> bool {
        let (at, step) = (self.now.step, self.step());
        let to = match (self.now.part, &step.kind) {
            (Part::End { .. }, _) => return false,
            (Part::Solved, _) => return self.solved(at, reply),
            (Part::Need(fact), StepKind::End(end)) => return self.needed(at, end, fact, reply),
            (_, StepKind::Question(question)) => self.reply_question(at, &step, question, reply),
            (_, StepKind::Remedy(remedy)) => return self.reply_remedy(at, remedy, reply),
            (_, _) if *reply == Reply::Done => Some(self.next(at)),
            (_, _) => self.reply_common(at, true, reply),
        };
        to.map(|to| self.arrive(to, false)).is_some()
    }

    fn reply_question(
        &mut self,
        at: StepId,
        step: &Step,
        question: &Question,
        reply: &Reply,
    ) -> Option<StepId> {
        let has_answers = match &question.kind {
            QuestionKind::Choice(_) | QuestionKind::Many(_) => true,
            QuestionKind::Number(_, answers) => !answers.is_empty(),
            _ => false,
        };
        let value = match reply {
            Reply::Answer(value) => typed(&question.kind.fact_type(), value)?,
            Reply::None if matches!(question.kind, QuestionKind::Many(_)) => Value::Many([].into()),
            Reply::None if has_answers => return Some(self.tree().stuck()),
            Reply::Unsure => {
                self.set(question.fact, None);
                return self.reply_common(at, false, reply);
            }
            other => return self.reply_common(at, step.instruction.is_some(), other),
        };
        if let QuestionKind::Number(_, answers) = &question.kind {
            let taken = answers.iter().any(|answer| match &value {
                Value::Number(number) => {
                    answer.test == NumberTest::Otherwise || answer.test.takes(*number)
                }
                Value::Choice(word) => answer.test == NumberTest::Word && answer.key == *word,
                _ => false,
            });
            if !taken && self.find(at, |arm| matches!(arm, Arm::Next(_))).is_none() {
                return None;
            }
        }
        self.set(question.fact, Some(value.clone()));
        Some(self.answered(at, question, &value))
    }

    /// `unsure` and `person`; where there is something to do, `tried` and `cannot`.
    fn reply_common(&mut self, at: StepId, says_to_do: bool, reply: &Reply) -> Option<StepId> {
        match reply {
            Reply::Unsure => Some(self.along(at, |arm| matches!(arm, Arm::Unsure))),
            Reply::Person => Some(self.tree().stuck()),
            Reply::Cannot if says_to_do => Some(self.along(at, |arm| matches!(arm, Arm::Cannot))),
            Reply::Tried if says_to_do => {
                if self.find(at, |arm| matches!(arm, Arm::Tried)).is_some() {
                    return Some(self.along(at, |arm| matches!(arm, Arm::Tried)));
                }
                self.find(at, |arm| matches!(arm, Arm::Next(_)))?;
                Some(self.next(at))
            }
            _ => None,
        }
    }

    fn reply_remedy(&mut self, at: StepId, remedy: &Remedy, reply: &Reply) -> bool {
        let wanted: fn(&Arm) -> bool = match reply {
            Reply::Answer(value) => match typed(&FactType::YesNo, value) {
                Some(Value::YesNo(true)) => {
                    let to = self.along(at, |arm| matches!(arm, Arm::Yes));
                    self.arrive(to, true);
                    return true;
                }
                Some(_) => |_| false,
                None => return false,
            },
            Reply::Tried => |arm| matches!(arm, Arm::Tried),
            Reply::Cannot => |arm| matches!(arm, Arm::Cannot),
            Reply::Unsure | Reply::Person => {
                let to = self.reply_common(at, true, reply);
                to.into_iter().for_each(|to| self.arrive(to, false));
                return true;
            }
            Reply::Done | Reply::None => return false,
        };
        let to = match (self.find(at, wanted), remedy.within) {
            (Some(_), _) => self.along(at, wanted),
            (None, Some(within)) => self.next_remedy(within, Some(at)),
            (None, None) => self.along(at, |arm| matches!(arm, Arm::No)),
        };
        self.arrive(to, false);
        true
    }

    fn solved(&mut self, at: StepId, reply: &Reply) -> bool {
        match reply {
            Reply::Answer(value) => match typed(&FactType::YesNo, value) {
                Some(Value::YesNo(true)) => self.stop(at, Part::End { confirmed: true }),
                Some(_) => {
                    let to = self.along(at, |arm| matches!(arm, Arm::No));
                    self.arrive(to, false);
                }
                None => return false,
            },
            Reply::Unsure => self.stop(at, Part::End { confirmed: false }),
            Reply::Person => self.arrive(self.tree().stuck(), false),
            _ => return false,
        }
        true
    }

    fn needed(&mut self, at: StepId, end: &End, fact: u32, reply: &Reply) -> bool {
        let End::Escalate { needs, .. } = end else {
            return false;
        };
        match reply {
            Reply::Answer(value) => match typed(&self.library.fact(fact).kind, value) {
                Some(value) => drop(self.now.shared.insert(fact, value)),
                None => return false,
            },
            Reply::Unsure => {}
            Reply::Person if at == self.tree().stuck() => {
                self.stop(at, Part::End { confirmed: false });
                return true;
            }
            Reply::Person => {
                self.arrive(self.tree().stuck(), false);
                return true;
            }
            _ => return false,
        }
        let rest = needs.iter().skip_while(|need| **need != fact).skip(1);
        let rest: Vec<u32> = rest.copied().collect();
        self.next_need(at, &rest);
        true
    }

    fn set(&mut self, fact: FactRef, value: Option<Value>) {
        let (map, at) = match fact {
            FactRef::Shared(at) => (&mut self.now.shared, at),
            FactRef::Step(at) => (&mut self.now.stack.last_mut().unwrap().facts, at),
            _ => return,
        };
        match value {
            Some(value) => map.insert(at, value),
            None => map.remove(&at),
        };
    }

    /// What the prompt's conditions use, as it is in that state; the texts of the dice's trees use nothing that changes.
    fn used(&self, state: &State) -> Vec<Option<Value>> {
        let tree = self.library.tree(state.stack.last().unwrap().tree);
        let StepKind::Remedy(remedy) = &tree.step(state.step).kind else {
            return Vec::new();
        };
        let reads = remedy.when.iter().flat_map(|when| when.reads());
        reads.map(|read| state.value(read.fact).cloned()).collect()
    }
}

fn place(state: &State) -> (TreeId, StepId, Part) {
    (state.stack.last().unwrap().tree, state.step, state.part)
}

fn typed(kind: &FactType, value: &Value) -> Option<Value> {
    kind.from_json(&value.to_json(), Some(TODAY)).ok()
}
