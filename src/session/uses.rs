//! The facts that a prompt's texts and conditions use: while they stay as they are, a reply set aside still fits.

use crate::condition::{Condition, FactRef, Text};
use crate::tree::{
    Arm, Choice, End, FactDeclaration, Probe, PublicText, QuestionKind, Shown, StepKind,
};

use super::answer::Here;
use super::trail::Part;

/// The facts used at a prompt, each once, in no particular order.
pub(super) fn of(here: Here<'_>) -> Vec<FactRef> {
    let mut uses = Uses(Vec::new());
    match here.part {
        Part::Need(fact) => uses.declaration(here.library.fact(fact)),
        Part::Step | Part::Solved | Part::End => uses.step(here),
    }
    uses.0.sort_unstable();
    uses.0.dedup();
    uses.0
}

struct Uses(Vec<FactRef>);

impl Uses {
    fn step(&mut self, here: Here<'_>) {
        let step = here.step;
        self.public(&step.ask);
        self.public(&step.instruction);
        if let Some(shown) = &step.shown {
            self.shown(shown);
        }
        match &step.kind {
            StepKind::Question(question) => {
                self.kind(&question.kind);
                if let Some(probe) = &question.probe {
                    self.probe(probe);
                }
                if step.ask.is_none()
                    && let FactRef::Shared(fact) = question.fact
                {
                    self.declaration(here.library.fact(fact));
                }
                self.edges(here, Some(question.fact));
            }
            StepKind::Remedy(remedy) => {
                self.public(&remedy.check);
                self.public(&here.tree.about.check);
                self.public(&remedy.label);
                self.public(&remedy.cause);
                self.condition(remedy.when.as_ref());
                self.edges(here, None);
            }
            StepKind::End(end) => self.end(end),
            _ => self.edges(here, None),
        }
    }

    /// The labels and conditions of the ways out. A condition on the answer itself is no reason to ask again.
    fn edges(&mut self, here: Here<'_>, own: Option<FactRef>) {
        for (_, edge, _) in here.tree.edges(here.at) {
            if let Some(words) = &edge.words {
                self.public(&words.label);
                self.public(&words.help);
            }
            if let Arm::Next(Some(condition)) = &edge.arm {
                self.0.extend(
                    condition
                        .reads()
                        .iter()
                        .map(|read| read.fact)
                        .filter(|fact| Some(*fact) != own),
                );
            }
        }
    }

    fn shown(&mut self, shown: &Shown) {
        self.public(&shown.help);
        self.public(&shown.warn);
        shown
            .checklist
            .iter()
            .for_each(|item| self.text(&item.text.0));
        if let Some(image) = &shown.image {
            self.public(&image.alt);
        }
        if let Some(link) = &shown.link {
            self.public(&link.label);
        }
        for text in [&shown.say, &shown.note].into_iter().flatten() {
            self.text(text.for_agents());
        }
    }

    fn kind(&mut self, kind: &QuestionKind) {
        if let QuestionKind::Choice(choices) | QuestionKind::Many(choices) = kind {
            self.choices(choices);
        }
    }

    fn choices(&mut self, choices: &[Choice]) {
        for choice in choices {
            self.public(&choice.label);
            self.public(&choice.help);
        }
    }

    fn declaration(&mut self, fact: &FactDeclaration) {
        self.public(&fact.ask);
        self.public(&fact.help);
        self.choices(&fact.choices);
    }

    fn probe(&mut self, probe: &Probe) {
        for (_, command) in &probe.commands {
            command
                .arguments
                .iter()
                .for_each(|argument| self.text(argument));
            let reads = command.yes.reads().iter().map(|read| read.fact);
            self.0
                .extend(reads.filter(|fact| !matches!(fact, FactRef::Exit | FactRef::Output)));
        }
    }

    fn end(&mut self, end: &End) {
        match end {
            End::Fix {
                what,
                cause,
                prevent,
                ..
            } => {
                self.text(&what.0);
                self.public(cause);
                self.public(prevent);
            }
            End::Escalate { reason, .. } => {
                if let Some(reason) = reason {
                    self.text(reason.for_agents());
                }
            }
            End::Information { text } => self.text(&text.0),
            End::Return { .. } => {}
        }
    }

    fn condition(&mut self, condition: Option<&Condition>) {
        let reads = condition.into_iter().flat_map(Condition::reads);
        self.0.extend(reads.map(|read| read.fact));
    }

    fn public(&mut self, text: &Option<PublicText>) {
        if let Some(text) = text {
            self.text(&text.0);
        }
    }

    fn text(&mut self, text: &Text) {
        self.0.extend(text.reads());
    }
}
