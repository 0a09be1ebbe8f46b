//! Library → canonical form. One step at a time is turned into its form, so that writing takes no copy of the library.

mod kind;

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::condition::{Condition, FactRef, FactType, Text};
use crate::tree::{
    Arm, Choice, Edge, End, FactDeclaration, Level, Library, Priority, Probe, PublicText, Question,
    QuestionKind, Remedy, Shown, Step, StepId, StepKind, System, Tree,
};

use super::FORMAT;
use super::form::{
    ArmForm, ChoiceForm, CommandForm, EdgeForm, EndForm, FactForm, HeadForm, KindForm, LevelForm,
    RemedyForm, ShownForm, StepForm, StepKindForm, SystemForm, TeamForm, TextForm,
};
use kind::{date_kind, number, number_answer, text_kind, word};

/// The whole form.
#[allow(
    clippy::expect_used,
    reason = "writing to memory does not fail, and no key of a map is anything but a string"
)]
pub(super) fn library(library: &Library) -> Vec<u8> {
    serde_json::to_vec(&Whole(library)).expect("a library can be written")
}

struct Whole<'l>(&'l Library);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let library = self.0;
        let team = |team: &crate::tree::Team| TeamForm {
            key: Arc::clone(&team.key),
            name: Names::of(library).maybe(&team.name),
        };
        let facts: Vec<FactForm> = library
            .facts
            .iter()
            .map(|fact| Names::of(library).fact(fact))
            .collect();
        let teams: Vec<TeamForm> = library.teams.iter().map(team).collect();
        let mut whole = serializer.serialize_struct("Library", 5)?;
        whole.serialize_field("format", &FORMAT)?;
        whole.serialize_field("facts", &facts)?;
        whole.serialize_field("teams", &teams)?;
        whole.serialize_field("matrix", &library.matrix.0)?;
        whole.serialize_field("trees", &Trees(library))?;
        whole.end()
    }
}

struct Trees<'l>(&'l Library);

impl Serialize for Trees<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let library = self.0;
        let tree = |tree| {
            OneTree(
                Names {
                    library,
                    tree: Some(tree),
                },
                tree,
            )
        };
        serializer.collect_seq(library.trees.iter().map(|one| tree(one)))
    }
}

struct OneTree<'l>(Names<'l>, &'l Tree);

impl Serialize for OneTree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(names, tree) = self;
        let mut whole = serializer.serialize_struct("Tree", 2)?;
        whole.serialize_field("head", &names.head(tree))?;
        whole.serialize_field("steps", &Steps(*names, tree))?;
        whole.end()
    }
}

struct Steps<'l>(Names<'l>, &'l Tree);

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(names, tree) = self;
        serializer.collect_seq(tree.steps().map(|(id, step)| names.step(tree, id, step)))
    }
}

/// Gives names for indices.
#[derive(Clone, Copy)]
struct Names<'l> {
    library: &'l Library,
    tree: Option<&'l Tree>,
}

impl<'l> Names<'l> {
    const fn of(library: &'l Library) -> Self {
        Self {
            library,
            tree: None,
        }
    }

    fn head(self, tree: &Tree) -> HeadForm {
        HeadForm {
            name: Arc::clone(&tree.name),
            title: self.text(&tree.about.title.0),
            summary: self.maybe(&tree.about.summary),
            warn: self.maybe(&tree.about.warn),
            check: self.maybe(&tree.about.check),
            audience: tree.about.audience,
            start: Arc::clone(&tree.step(tree.start()).name),
            stuck: Arc::clone(&tree.step(tree.stuck()).name),
        }
    }

    fn step(self, tree: &Tree, id: StepId, step: &Step) -> StepForm {
        let edges = tree
            .edges(id)
            .map(|(_, edge, to)| self.edge(tree, step, edge, to));
        StepForm {
            name: Arc::clone(&step.name),
            kind: self.step_kind(tree, &step.kind),
            ask: self.maybe(&step.ask),
            instruction: self.maybe(&step.instruction),
            shown: step.shown.as_ref().map(|shown| Box::new(self.shown(shown))),
            wait: step.wait.map(milliseconds),
            limit: step.limit,
            edges: edges.collect(),
        }
    }

    fn shown(self, shown: &Shown) -> ShownForm {
        let agent = |text: &Option<crate::tree::AgentText>| {
            text.as_ref().map(|text| self.text(text.for_agents()))
        };
        let image = shown.image.as_ref();
        let link = shown.link.as_ref();
        ShownForm {
            help: self.maybe(&shown.help),
            warn: self.maybe(&shown.warn),
            checklist: shown
                .checklist
                .iter()
                .map(|item| self.text(&item.text.0))
                .collect(),
            image: image.map(|image| (Arc::clone(&image.src), self.maybe(&image.alt))),
            link: link.map(|link| (Arc::clone(&link.url), self.maybe(&link.label))),
            say: agent(&shown.say),
            note: agent(&shown.note),
        }
    }

    fn step_kind(self, tree: &Tree, kind: &StepKind) -> StepKindForm {
        match kind {
            StepKind::Question(question) => self.question(question),
            StepKind::Instruction => StepKindForm::Instruction,
            StepKind::Remedy(remedy) => StepKindForm::Remedy(Box::new(self.remedy(tree, remedy))),
            StepKind::Branch => StepKindForm::Branch,
            StepKind::Call(call) => StepKindForm::Call {
                tree: Arc::clone(&self.library.tree(call.tree).name),
                returns: call.returns.to_vec(),
            },
            StepKind::Try(remedies) => StepKindForm::Try {
                remedies: remedies
                    .remedies
                    .iter()
                    .map(|remedy| name(tree, *remedy))
                    .collect(),
                ordered: remedies.ordered,
            },
            StepKind::Leave(to) => StepKindForm::Leave(Arc::clone(&self.library.tree(*to).name)),
            StepKind::End(end) => StepKindForm::End(self.end(end)),
        }
    }

    fn question(self, question: &Question) -> StepKindForm {
        let fact = match question.fact {
            FactRef::Shared(fact) => Some(Arc::clone(&self.library.fact(fact).name)),
            _ => None,
        };
        let kind = match &question.kind {
            QuestionKind::YesNo => KindForm::YesNo,
            QuestionKind::Choice(choices) => KindForm::Choice(self.choices(choices)),
            QuestionKind::Many(choices) => KindForm::Many(self.choices(choices)),
            QuestionKind::Number(spec, answers) => {
                number(spec, answers.iter().map(number_answer).collect())
            }
            QuestionKind::Text(spec) => text_kind(spec),
            QuestionKind::Date(spec) => date_kind(*spec),
        };
        let probe = question
            .probe
            .as_ref()
            .map(|probe| self.probe(probe))
            .unwrap_or_default();
        StepKindForm::Question { fact, kind, probe }
    }

    fn probe(self, probe: &Probe) -> Vec<CommandForm> {
        let command = |(system, command): &(System, crate::tree::ProbeCommand)| CommandForm {
            system: match system {
                System::Any => SystemForm::Any,
                System::Linux => SystemForm::Linux,
                System::Windows => SystemForm::Windows,
                System::Macos => SystemForm::Macos,
            },
            arguments: command
                .arguments
                .iter()
                .map(|argument| self.text(argument))
                .collect(),
            timeout: milliseconds(command.timeout),
            yes: Arc::clone(command.yes.source()),
        };
        probe.commands.iter().map(command).collect()
    }

    fn remedy(self, tree: &Tree, remedy: &Remedy) -> RemedyForm {
        RemedyForm {
            check: self.maybe(&remedy.check),
            label: self.maybe(&remedy.label),
            cause: self.maybe(&remedy.cause),
            within: remedy.within.map(|within| name(tree, within)),
            takes: remedy.takes.map(milliseconds),
            odds: remedy.odds,
            when: remedy.when.as_ref().map(|when| Arc::clone(when.source())),
            condition: remedy.condition.map(|condition| name(tree, condition)),
        }
    }

    fn end(self, end: &End) -> EndForm {
        match end {
            End::Fix {
                what,
                cause,
                prevent,
                remedy,
            } => EndForm::Fix {
                what: self.text(&what.0),
                cause: self.maybe(cause),
                prevent: self.maybe(prevent),
                remedy: *remedy,
            },
            End::Escalate {
                team,
                reason,
                priority,
                needs,
            } => {
                let (number, impact, urgency) = match *priority {
                    Priority::Unstated => (None, None, None),
                    Priority::Fixed(number) => (Some(number), None, None),
                    Priority::Levels { impact, urgency } => {
                        (None, impact.map(level), urgency.map(level))
                    }
                };
                EndForm::Escalate {
                    team: Arc::clone(team),
                    reason: reason.as_ref().map(|reason| self.text(reason.for_agents())),
                    priority: number,
                    impact,
                    urgency,
                    needs: needs
                        .iter()
                        .map(|fact| Arc::clone(&self.library.fact(*fact).name))
                        .collect(),
                }
            }
            End::Information { text } => EndForm::Information {
                text: self.text(&text.0),
            },
            End::Return { value } => EndForm::Return {
                value: Arc::clone(value),
            },
        }
    }

    fn edge(self, tree: &Tree, from: &Step, edge: &Edge, to: StepId) -> EdgeForm {
        let words = edge.words.as_deref();
        let set = words.into_iter().flat_map(|words| &words.set);
        let named = |(fact, value): &(u32, crate::condition::Value)| {
            (Arc::clone(&self.library.fact(*fact).name), value.to_json())
        };
        EdgeForm {
            arm: arm(from, &edge.arm),
            to: name(tree, to),
            label: words.and_then(|words| self.maybe(&words.label)),
            help: words.and_then(|words| self.maybe(&words.help)),
            set: set.map(named).collect(),
            made: !edge.authored,
        }
    }

    fn fact(self, fact: &FactDeclaration) -> FactForm {
        let kind = match &fact.kind {
            FactType::YesNo => KindForm::YesNo,
            FactType::Choice(keys) => KindForm::Keys(keys.to_vec()),
            FactType::Many(keys) => KindForm::ManyKeys(keys.to_vec()),
            FactType::Number(spec, words) => number(spec, words.iter().map(word).collect()),
            FactType::Text(spec) => text_kind(spec),
            FactType::Date(spec) => date_kind(*spec),
        };
        FactForm {
            name: Arc::clone(&fact.name),
            kind,
            ask: self.maybe(&fact.ask),
            help: self.maybe(&fact.help),
            choices: self.choices(&fact.choices),
        }
    }

    fn choices(self, choices: &[Choice]) -> Vec<ChoiceForm> {
        let choice = |choice: &Choice| ChoiceForm {
            key: Arc::clone(&choice.key),
            label: self.maybe(&choice.label),
            help: self.maybe(&choice.help),
        };
        choices.iter().map(choice).collect()
    }

    fn maybe(self, text: &Option<PublicText>) -> Option<TextForm> {
        text.as_ref().map(|text| self.text(&text.0))
    }

    fn text(self, text: &Text) -> TextForm {
        let source = Arc::clone(text.source());
        if text.holes().is_empty() {
            return TextForm::Plain(source);
        }
        let holes = text.holes().iter();
        let facts = holes.map(|hole| {
            (
                hole.range.start,
                hole.range.end,
                hole.fact.map(|fact| self.fact_name(fact)),
            )
        });
        TextForm::Filled {
            text: source,
            facts: facts.collect(),
        }
    }

    fn fact_name(self, fact: FactRef) -> Arc<str> {
        let step = |at: u32| self.tree?.graph().node_weight(StepId::new(at as usize));
        match fact {
            FactRef::Shared(at) => Arc::clone(&self.library.fact(at).name),
            FactRef::Step(at) => step(at).map_or_else(|| "".into(), |step| Arc::clone(&step.name)),
            FactRef::Audience => "audience".into(),
            FactRef::Channel => "channel".into(),
            FactRef::Exit => "exit".into(),
            FactRef::Output => "output".into(),
        }
    }
}

fn name(tree: &Tree, step: StepId) -> Arc<str> {
    Arc::clone(&tree.step(step).name)
}

fn arm(from: &Step, arm: &Arm) -> ArmForm {
    match arm {
        Arm::Yes => ArmForm::Yes,
        Arm::No => ArmForm::No,
        Arm::Unsure => ArmForm::Unsure,
        Arm::Tried => ArmForm::Tried,
        Arm::Cannot => ArmForm::Cannot,
        Arm::Answer(at) => ArmForm::Answer(answer_key(from, *at)),
        Arm::Next(None) => ArmForm::Next,
        Arm::Next(Some(condition)) => ArmForm::When(Arc::clone(Condition::source(condition))),
        Arm::Return(at) => ArmForm::Return(returned(from, *at)),
        Arm::Limit => ArmForm::Limit,
        Arm::Skip => ArmForm::Skip,
    }
}

fn answer_key(from: &Step, at: u32) -> Arc<str> {
    let StepKind::Question(question) = &from.kind else {
        return "".into();
    };
    let at = at as usize;
    let key = match &question.kind {
        QuestionKind::Choice(choices) | QuestionKind::Many(choices) => {
            choices.get(at).map(|choice| &choice.key)
        }
        QuestionKind::Number(_, answers) => answers.get(at).map(|answer| &answer.key),
        QuestionKind::YesNo | QuestionKind::Text(_) | QuestionKind::Date(_) => None,
    };
    key.cloned().unwrap_or_else(|| "".into())
}

fn returned(from: &Step, at: u32) -> Arc<str> {
    match &from.kind {
        StepKind::Call(call) => call
            .returns
            .get(at as usize)
            .cloned()
            .unwrap_or_else(|| "".into()),
        _ => "".into(),
    }
}

const fn level(level: Level) -> LevelForm {
    match level {
        Level::High => LevelForm::High,
        Level::Medium => LevelForm::Medium,
        Level::Low => LevelForm::Low,
    }
}

/// Authors write whole seconds.
fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
