//! The part of a recorded case in its first tree as a test of that tree: its replies are given again, one after the other,
//! as far as the tree of today takes them. What people typed does not go into a test: the question's example stands for it.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::compile::SoundPart;
use crate::condition::{FactType, Value};
use crate::session::{Prompt, Reply, Session, Source, Started};
use crate::tree::{End, StepKind};

use super::super::ending;
use super::super::stage::Stage;
use super::cover::Whole;
use super::{Generated, GeneratedTest, Given, naming};

/// What stands for a text that somebody typed, where its question gives no example.
const SOME_TEXT: &str = "text";

/// A recorded case as a test.
#[derive(Debug, Clone)]
pub struct FromCase {
    /// One test; where the case stops before an end, it has none.
    pub generated: Generated,
    /// Where and why it stops before an end.
    pub stops: Option<String>,
}

/// A recorded case as a test of the tree in which it began, called `name` where it comes to no end. `None` if that tree is
/// not there today or has errors.
pub fn from_case(part: &SoundPart, case: &Session, name: &str, today: Date) -> Option<FromCase> {
    let started = case.started()?;
    let id = part.library.find(&started.tree)?;
    let script = part.scripts.get(id.0 as usize)?;
    let stage = Stage::of(&part.library, id, today)?;
    let start = Started {
        facts: started.facts.clone(),
        ..Started::new(Arc::clone(&started.tree), started.audience, started.channel)
    };
    let mut generated = Generated {
        tree: Arc::clone(&script.name),
        has_tests: !script.tests.is_empty(),
        tests: Vec::new(),
        unreached: Vec::new(),
        exhausted: true,
        unanswered: Vec::new(),
        left: 0,
    };
    let session = match stage.start(start.clone()) {
        Ok(session) => session,
        Err(rejected) => {
            return Some(FromCase {
                generated,
                stops: Some(format!("it cannot begin: {rejected}")),
            });
        }
    };
    let mut retelling = Retelling {
        stage: &stage,
        session,
        told: told(case),
        given: Vec::new(),
    };
    let stops = retelling.retell().err();
    let whole = Whole::of(start, retelling.given, retelling.session);
    generated.tests = match stops {
        None => {
            let used = script.tests.iter().map(|test| test.name.value.to_string());
            naming::tests(&stage, vec![whole], used.collect::<HashSet<_>>())
        }
        Some(_) => vec![GeneratedTest {
            name: name.to_owned(),
            facts: naming::facts(&whole.start, today),
            answers: whole
                .replies
                .iter()
                .map(|given| naming::answer(given, today))
                .collect(),
            ends: String::new(),
        }],
    };
    Some(FromCase { generated, stops })
}

/// What was replied at a prompt of the first tree, or came back from a tree that it called.
struct Told {
    step: String,
    /// None at the prompt where the case stands.
    reply: Option<Reply>,
}

/// The replies of the first tree, in order.
fn told(case: &Session) -> Vec<Told> {
    let first = case.passages().next().map(|passage| passage.tree);
    let mut told = Vec::new();
    let mut passages = case.passages().enumerate().peekable();
    while let Some((place, passage)) = passages.next() {
        if Some(passage.tree) != first {
            // A call is over when its own tree stands again.
            let last =
                std::iter::from_fn(|| passages.next_if(|(_, passage)| Some(passage.tree) != first))
                    .last()
                    .map_or(passage, |(_, passage)| passage);
            let tree = case.library().tree(last.tree);
            let returned = match &tree.step(last.step).kind {
                StepKind::End(end) => match &**end {
                    End::Return { value } => Some(Arc::clone(value)),
                    End::Fix { .. } | End::Escalate { .. } | End::Information { .. } => None,
                },
                _ => None,
            };
            if let Some(call) = told.last_mut()
                && passages.peek().is_some()
            {
                let call: &mut Told = call;
                call.reply = returned.map(|value| Reply::Answer(Value::Choice(value)));
            }
            continue;
        }
        let step = &case.library().tree(passage.tree).step(passage.step);
        if matches!(step.kind, StepKind::Call(_)) {
            told.push(Told {
                step: step.name.to_string(),
                reply: None,
            });
        } else if let Some((name, reply)) = case.replied(place) {
            told.push(Told {
                step: name,
                reply: reply.cloned(),
            });
        }
    }
    told
}

/// A case that is told again.
struct Retelling<'s> {
    stage: &'s Stage<'s>,
    session: Session,
    told: Vec<Told>,
    given: Vec<Given>,
}

impl Retelling<'_> {
    /// Gives the replies again until an end; else says where it stops and why.
    fn retell(&mut self) -> Result<(), String> {
        let mut next = 0;
        loop {
            let prompt = self.session.prompt();
            let Some(at) = prompt.at() else { return Ok(()) };
            if matches!(prompt, Prompt::End(..)) && !ending::names(self.stage, at.id).is_empty() {
                return Ok(());
            }
            let (seq, name) = (at.seq, at.name().into_owned());
            let found = (next..self.told.len())
                .find(|place| self.told.get(*place).is_some_and(|told| told.step == name));
            let reply = match found.and_then(|place| self.told.get(place)) {
                Some(told) => {
                    next = found.map_or(next, |place| place + 1);
                    told.reply.clone()
                }
                None if matches!(prompt, Prompt::Solved(..)) => return Ok(()),
                None => return Err(format!("`{name}`: the case did not come there")),
            };
            let Some(reply) = reply else {
                return if matches!(prompt, Prompt::Solved(..)) {
                    Ok(())
                } else {
                    Err(format!("`{name}`: the case went no further in this tree"))
                };
            };
            // What ends a walk at an unconfirmed fix is no line of a test.
            if matches!(prompt, Prompt::Solved(..)) && reply != Reply::yes(false) {
                return Ok(());
            }
            let reply = impersonal(&prompt, reply);
            let now = self.stage.now();
            self.session
                .reply(seq, &name, reply.clone(), Source::Asked, now)
                .map_err(|rejected| format!("`{name}`: {rejected}"))?;
            self.given.push(Given { step: name, reply });
        }
    }
}

/// A reply without what only this caller said.
fn impersonal(prompt: &Prompt<'_>, reply: Reply) -> Reply {
    let Prompt::Question(_, question) = prompt else {
        return reply;
    };
    match (question.kind.fact_type(), &reply) {
        (FactType::Text(spec), Reply::Answer(_)) => {
            let example = spec.example.clone().unwrap_or_else(|| SOME_TEXT.into());
            Reply::Answer(Value::Text(example))
        }
        _ => reply,
    }
}

impl FromCase {
    /// The test as YAML to paste; where it stops before an end, that stands in a remark.
    pub fn yaml(&self) -> String {
        let Some(stops) = &self.stops else {
            return self.generated.yaml();
        };
        let text: String = self
            .generated
            .yaml()
            .lines()
            .filter(|line| line.trim() != "ends: \"\"" && line.trim() != "ends:")
            .map(|line| format!("{line}\n"))
            .collect();
        format!("{text}    # It stops at {stops}.\n    # ends: \n")
    }
}
