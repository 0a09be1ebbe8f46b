//! Where a tree uses facts: every condition, and every text in which something is filled in.

use crate::condition::{Condition, FactRef, Text};
use crate::tree::{
    Arm, Edge, EdgeId, End, PublicText, QuestionKind, Remedy, Shown, Step, StepId, StepKind, Tree,
};

/// One use of facts.
#[derive(Debug, Clone, Copy)]
pub struct Use<'t> {
    /// The step that shows the text or decides by the condition.
    pub step: StepId,
    /// How.
    pub by: By<'t>,
}

/// How facts are used.
#[derive(Debug, Clone, Copy)]
pub enum By<'t> {
    /// A text: every fact in it must be known.
    Text(&'t Text),
    /// A text of an end, which says "not known" for a fact that is not.
    EndText(&'t Text),
    /// The condition of an edge in a list of `next`.
    Next(EdgeId, &'t Condition),
    /// The `when` of a remedy.
    When(&'t Condition),
    /// A shared fact that an escalation asks for.
    Need(u32),
}

impl<'t> Use<'t> {
    /// All uses in a tree, step by step.
    pub fn all(tree: &'t Tree) -> Vec<Self> {
        let mut found = Vec::new();
        let about = &tree.about;
        let mut finder = Finder {
            found: &mut found,
            step: tree.start(),
            end: false,
        };
        let texts = [about.summary.as_ref(), about.warn.as_ref()];
        finder.public(Some(&about.title));
        texts.into_iter().for_each(|text| finder.public(text));
        for (id, step) in tree.steps() {
            finder.step = id;
            finder.end = matches!(step.kind, StepKind::End(_));
            finder.step(tree, step);
        }
        found
    }

    /// The facts used, repeated ones included.
    pub fn facts(self) -> impl Iterator<Item = FactRef> + use<'t> {
        let (texts, conditions, need) = match self.by {
            By::Text(text) | By::EndText(text) => (Some(text), None, None),
            By::Next(_, condition) | By::When(condition) => (None, Some(condition), None),
            By::Need(fact) => (None, None, Some(FactRef::Shared(fact))),
        };
        let reads = conditions.into_iter().flat_map(Condition::reads);
        let shown = texts.into_iter().flat_map(Text::reads);
        shown.chain(reads.map(|read| read.fact)).chain(need)
    }
}

/// Goes through one step after the other.
struct Finder<'t, 'f> {
    found: &'f mut Vec<Use<'t>>,
    step: StepId,
    end: bool,
}

impl<'t> Finder<'t, '_> {
    fn step(&mut self, tree: &'t Tree, step: &'t Step) {
        self.public(step.ask.as_ref());
        self.public(step.instruction.as_ref());
        if let Some(shown) = &step.shown {
            self.shown(shown);
        }
        match &step.kind {
            StepKind::Question(question) => {
                if let QuestionKind::Choice(choices) | QuestionKind::Many(choices) = &question.kind
                {
                    for choice in choices {
                        self.public(choice.label.as_ref());
                        self.public(choice.help.as_ref());
                    }
                }
                let commands = question.probe.iter().flat_map(|probe| &probe.commands);
                let arguments = commands.flat_map(|(_, command)| &command.arguments);
                arguments.for_each(|argument| self.text(argument));
            }
            StepKind::Remedy(remedy) => self.remedy(tree, remedy),
            StepKind::End(end) => self.end(end),
            _ => {}
        }
        for (id, edge, _) in tree.edges(self.step) {
            self.edge(id, edge);
        }
    }

    fn remedy(&mut self, tree: &'t Tree, remedy: &'t Remedy) {
        let check = remedy.check.as_ref().or(tree.about.check.as_ref());
        self.public(check);
        self.public(remedy.label.as_ref());
        self.public(remedy.cause.as_ref());
        if let Some(when) = &remedy.when {
            self.add(By::When(when));
        }
    }

    fn end(&mut self, end: &'t End) {
        match end {
            End::Fix {
                what,
                cause,
                prevent,
                ..
            } => {
                let texts = [Some(what), cause.as_ref(), prevent.as_ref()];
                texts.into_iter().for_each(|text| self.public(text));
            }
            End::Escalate { reason, needs, .. } => {
                reason
                    .iter()
                    .for_each(|reason| self.text(reason.for_agents()));
                needs.iter().for_each(|need| self.add(By::Need(*need)));
            }
            End::Information { text } => self.public(Some(text)),
            End::Return { .. } => {}
        }
    }

    fn edge(&mut self, id: EdgeId, edge: &'t Edge) {
        if let Arm::Next(Some(condition)) = &edge.arm {
            self.add(By::Next(id, condition));
        }
        if let Some(words) = &edge.words {
            self.public(words.label.as_ref());
            self.public(words.help.as_ref());
        }
    }

    fn shown(&mut self, shown: &'t Shown) {
        let items = shown.checklist.iter().map(|item| &item.text);
        let alt = shown.image.iter().filter_map(|image| image.alt.as_ref());
        let label = shown.link.iter().filter_map(|link| link.label.as_ref());
        let public = shown.help.iter().chain(&shown.warn).chain(items);
        public
            .chain(alt)
            .chain(label)
            .for_each(|text| self.public(Some(text)));
        let internal = shown.say.iter().chain(&shown.note);
        internal.for_each(|text| self.text(text.for_agents()));
    }

    fn public(&mut self, text: Option<&'t PublicText>) {
        if let Some(text) = text {
            self.text(&text.0);
        }
    }

    fn text(&mut self, text: &'t Text) {
        if !text.holes().is_empty() {
            self.add(if self.end {
                By::EndText(text)
            } else {
                By::Text(text)
            });
        }
    }

    fn add(&mut self, by: By<'t>) {
        self.found.push(Use {
            step: self.step,
            by,
        });
    }
}
