//! One test, walked through the real session. What a failure says is in `blame`.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::check::Places;
use crate::session::{Prompt, Reply, Session, Source};
use crate::syntax::{TestNode, ValueNode, Word};
use crate::tree::{EdgeId, StepId, StepKind};

use super::answer_words::{reply, said};
use super::failure::Failure;
use super::names::{self, SOLVED};
use super::stage::Stage;

/// Walks a test: the edges that it takes, else why it fails.
pub(super) fn walk(
    stage: &Stage<'_>,
    places: &Places,
    test: &TestNode,
    today: Date,
) -> Result<BTreeSet<EdgeId>, Vec<Failure>> {
    let started = names::start(stage, test, today)?;
    let session = stage.start(started).map_err(|rejected| {
        let message = format!("The walk cannot begin: {rejected}.");
        vec![Failure::new(test.name.span, message)]
    })?;
    let mut walk = Walk {
        stage,
        places,
        test,
        today,
        session,
        left: test.answers.iter().collect(),
        walked: Vec::new(),
    };
    walk.go()
        .map(|()| taken(&walk.session))
        .map_err(|failure| vec![*failure])
}

/// The edges that a walk took.
pub(super) fn taken(session: &Session) -> BTreeSet<EdgeId> {
    let edges = session.passages().filter_map(|passage| passage.edge);
    edges.map(|(_, edge)| edge).collect()
}

/// A reply as the test has it: step and reply.
pub(super) type Line<'w> = &'w (Word, ValueNode);

/// A walk under way.
pub(super) struct Walk<'w> {
    pub(super) stage: &'w Stage<'w>,
    pub(super) places: &'w Places,
    pub(super) test: &'w TestNode,
    pub(super) today: Date,
    pub(super) session: Session,
    /// The replies of the test that are not given yet.
    pub(super) left: Vec<Line<'w>>,
    /// Those that were.
    pub(super) walked: Vec<String>,
}

impl<'w> Walk<'w> {
    fn go(&mut self) -> Result<(), Box<Failure>> {
        while !self.is_over() {
            self.step()?;
        }
        self.judge()
    }

    /// Whether the walk stands at its end: at an unconfirmed fix only if the test does not go on.
    fn is_over(&self) -> bool {
        match self.session.prompt() {
            Prompt::Solved(..) => !self.left.first().is_some_and(|line| self.is_solved(line)),
            Prompt::Question(..)
            | Prompt::Instruction(_)
            | Prompt::Remedy(..)
            | Prompt::Need(..) => false,
            Prompt::End(..) | Prompt::Parked(_) | Prompt::HandedOver(_) | Prompt::Closed(..) => {
                true
            }
        }
    }

    /// Whether a line answers "Is the problem solved?" at the end where the walk stands.
    fn is_solved(&self, (step, _): Line<'w>) -> bool {
        let prompt = self.session.prompt();
        let name = prompt.at().map(|at| at.name());
        *step.value == *SOLVED || name.is_some_and(|name| *step.value == *name)
    }

    /// Gives the next reply.
    fn step(&mut self) -> Result<(), Box<Failure>> {
        let prompt = self.session.prompt();
        let Some(at) = prompt.at() else {
            return Ok(());
        };
        let (seq, name, id) = (at.seq, at.name().into_owned(), at.id);
        if self.implies_yes(&name, id) {
            self.walked.push(format!("{name}: yes"));
            return self.give(seq, &name, Reply::yes(true), None);
        }
        let place = self.place_of(&name, id);
        let Some((place, line)) = place.and_then(|at| Some((at, *self.left.get(at)?))) else {
            return Err(self.no_line(&prompt));
        };
        let fits = |reply: &Reply| matches!(reply, Reply::Answer(_)) || !self.stage.is_call(id);
        let Some(given) = reply(&prompt, &line.1, self.today).filter(fits) else {
            return Err(self.not_taken(&prompt, line));
        };
        self.left.remove(place);
        self.give(seq, &name, given, Some(line))?;
        self.walked
            .push(format!("{}: {}", line.0.value, said(&line.1)));
        Ok(())
    }

    fn give(
        &mut self,
        seq: u64,
        name: &str,
        given: Reply,
        line: Option<Line<'w>>,
    ) -> Result<(), Box<Failure>> {
        let now = self.stage.now();
        match self.session.reply(seq, name, given, Source::Asked, now) {
            Ok(_) => Ok(()),
            Err(rejected) => Err(match line {
                Some(line) => self.not_taken(&self.session.prompt(), line),
                None => self.failure(
                    self.test.name.span,
                    format!("The walk cannot go on: {rejected}."),
                ),
            }),
        }
    }

    /// The place of the line for the prompt of that name. Remedies of one `try` may stand in any order.
    fn place_of(&self, name: &str, id: StepId) -> Option<usize> {
        match self.within(id) {
            Some(within) => self
                .group(within)
                .position(|(step, _)| *step.value == *name),
            None => {
                let first = *self.left.first()?;
                let solved = name.ends_with(".solved") && self.is_solved(first);
                (*first.0.value == *name || solved).then_some(0)
            }
        }
    }

    /// The lines that follow and belong to a `try`.
    fn group(&self, within: StepId) -> impl Iterator<Item = Line<'w>> {
        let belongs = move |(step, _): &Line<'w>| {
            let id = self.stage.tree.find(&step.value);
            id.and_then(|id| self.within(id)) == Some(within)
        };
        self.left.iter().copied().take_while(belongs)
    }

    /// The `try` to which a remedy, or the `if` of one, belongs.
    pub(super) fn within(&self, id: StepId) -> Option<StepId> {
        let step = self.stage.tree.step(id);
        let remedy = match &step.kind {
            StepKind::Question(_) => self.stage.tree.find(step.name.strip_suffix(".if")?)?,
            _ => id,
        };
        match &self.stage.tree.step(remedy).kind {
            StepKind::Remedy(remedy) => remedy.within,
            _ => None,
        }
    }

    /// Whether the prompt is the `if` of a remedy that the test answers without mentioning the `if`: then it is yes.
    fn implies_yes(&self, name: &str, id: StepId) -> bool {
        let (Some(remedy), Some(within)) = (name.strip_suffix(".if"), self.within(id)) else {
            return false;
        };
        let mentions = |wanted: &str| self.group(within).any(|(step, _)| *step.value == *wanted);
        !mentions(name) && mentions(remedy)
    }
}
