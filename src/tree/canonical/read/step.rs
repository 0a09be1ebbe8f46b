//! Steps and their edges, read.

use std::time::Duration;

use crate::condition::FactRef;
use crate::tree::{
    Arm, Call, ChecklistItem, Edge, EdgeWords, End, Image, Level, Link, Priority, Probe,
    ProbeCommand, Question, QuestionKind, Remedy, Shown, Step, StepId, StepKind, System, Try,
};

use super::super::Damaged;
use super::super::form::{
    ArmForm, CommandForm, EdgeForm, EndForm, LevelForm, RemedyForm, ShownForm, StepForm,
    StepKindForm, SystemForm, TextForm,
};
use super::kind::question_kind;
use super::words::Words;

pub(super) type Edges = Vec<(Edge, StepId)>;

pub(super) fn step(words: Words<'_>, id: StepId, form: StepForm) -> Result<(Step, Edges), Damaged> {
    let StepForm {
        name,
        kind,
        ask,
        instruction,
        shown,
        wait,
        limit,
        edges,
    } = form;
    let mut step = Step::new(name, step_kind(words, id, kind)?);
    step.ask = words.maybe(ask)?;
    step.instruction = words.maybe(instruction)?;
    step.shown = shown
        .map(|form| shown_texts(words, *form).map(Box::new))
        .transpose()?;
    step.wait = wait.map(Duration::from_millis);
    step.limit = limit;
    let edges = edges
        .into_iter()
        .map(|form| edge(words, &step.kind, form))
        .collect::<Result<_, Damaged>>()?;
    Ok((step, edges))
}

fn shown_texts(words: Words<'_>, form: ShownForm) -> Result<Shown, Damaged> {
    let item = |form: TextForm| {
        Ok(ChecklistItem {
            text: words.public(form)?,
        })
    };
    let image = |(src, alt)| {
        Ok(Image {
            src,
            alt: words.maybe(alt)?,
        })
    };
    let link = |(url, label)| {
        Ok(Link {
            url,
            label: words.maybe(label)?,
        })
    };
    Ok(Shown {
        help: words.maybe(form.help)?,
        warn: words.maybe(form.warn)?,
        checklist: form
            .checklist
            .into_iter()
            .map(item)
            .collect::<Result<_, Damaged>>()?,
        image: form.image.map(image).transpose()?,
        link: form.link.map(link).transpose()?,
        say: words.agent(form.say)?,
        note: words.agent(form.note)?,
    })
}

fn step_kind(words: Words<'_>, id: StepId, form: StepKindForm) -> Result<StepKind, Damaged> {
    Ok(match form {
        StepKindForm::Question { fact, kind, probe } => {
            let fact = match fact {
                Some(fact) => FactRef::Shared(words.shared.fact(&fact)?.0),
                None => FactRef::Step(id.index() as u32),
            };
            let probe = if probe.is_empty() {
                None
            } else {
                Some(Box::new(self::probe(words, probe)?))
            };
            let kind = question_kind(words, kind)?;
            StepKind::Question(Box::new(Question { fact, kind, probe }))
        }
        StepKindForm::Instruction => StepKind::Instruction,
        StepKindForm::Remedy(form) => StepKind::Remedy(Box::new(remedy(words, *form)?)),
        StepKindForm::Branch => StepKind::Branch,
        StepKindForm::Call { tree, returns } => {
            let call = Call {
                tree: words.shared.tree(&tree)?,
                returns: returns.into(),
            };
            StepKind::Call(Box::new(call))
        }
        StepKindForm::Try { remedies, ordered } => {
            let remedies = remedies
                .iter()
                .map(|remedy| words.step(remedy))
                .collect::<Result<_, Damaged>>()?;
            StepKind::Try(Box::new(Try { remedies, ordered }))
        }
        StepKindForm::Leave(tree) => StepKind::Leave(words.shared.tree(&tree)?),
        StepKindForm::End(form) => StepKind::End(Box::new(end(words, form)?)),
    })
}

fn probe(words: Words<'_>, forms: Vec<CommandForm>) -> Result<Probe, Damaged> {
    let command = |CommandForm {
                       system,
                       arguments,
                       timeout,
                       yes,
                   }| {
        let arguments = arguments.into_iter().map(|argument| words.text(argument));
        let system = match system {
            SystemForm::Any => System::Any,
            SystemForm::Linux => System::Linux,
            SystemForm::Windows => System::Windows,
            SystemForm::Macos => System::Macos,
        };
        let command = ProbeCommand {
            arguments: arguments.collect::<Result<_, Damaged>>()?,
            timeout: Duration::from_millis(timeout),
            yes: words.probe_condition(&yes)?,
        };
        Ok((system, command))
    };
    Ok(Probe {
        commands: forms
            .into_iter()
            .map(command)
            .collect::<Result<_, Damaged>>()?,
    })
}

fn remedy(words: Words<'_>, form: RemedyForm) -> Result<Remedy, Damaged> {
    Ok(Remedy {
        check: words.maybe(form.check)?,
        label: words.maybe(form.label)?,
        cause: words.maybe(form.cause)?,
        within: words.maybe_step(form.within)?,
        takes: form.takes.map(Duration::from_millis),
        odds: form.odds,
        when: form.when.map(|when| words.condition(&when)).transpose()?,
        condition: words.maybe_step(form.condition)?,
    })
}

fn end(words: Words<'_>, form: EndForm) -> Result<End, Damaged> {
    Ok(match form {
        EndForm::Fix {
            what,
            cause,
            prevent,
            remedy,
        } => End::Fix {
            what: words.public(what)?,
            cause: words.maybe(cause)?,
            prevent: words.maybe(prevent)?,
            remedy,
        },
        EndForm::Escalate {
            team,
            reason,
            priority,
            impact,
            urgency,
            needs,
        } => {
            let priority = match (priority, impact, urgency) {
                (Some(number), _, _) => Priority::Fixed(number),
                (None, None, None) => Priority::Unstated,
                (None, impact, urgency) => Priority::Levels {
                    impact: impact.map(level),
                    urgency: urgency.map(level),
                },
            };
            let needs = needs.iter().map(|need| Ok(words.shared.fact(need)?.0));
            End::Escalate {
                team,
                reason: words.agent(reason)?,
                priority,
                needs: needs.collect::<Result<_, Damaged>>()?,
            }
        }
        EndForm::Information { text } => End::Information {
            text: words.public(text)?,
        },
        EndForm::Return { value } => End::Return { value },
    })
}

fn edge(words: Words<'_>, from: &StepKind, form: EdgeForm) -> Result<(Edge, StepId), Damaged> {
    let EdgeForm {
        arm,
        to,
        label,
        help,
        set,
        made,
    } = form;
    let set = set.into_iter().map(|(name, json)| {
        let (at, fact) = words.shared.fact(&name)?;
        let value = fact.kind.from_json(&json, None);
        value
            .map(|value| (at, value))
            .map_err(|_| Damaged(format!("`{name}` is set to what it cannot be")))
    });
    let about = EdgeWords {
        label: words.maybe(label)?,
        help: words.maybe(help)?,
        set: set.collect::<Result<_, Damaged>>()?,
    };
    let says_nothing = about == EdgeWords::default();
    let edge = Edge {
        arm: read_arm(words, from, arm)?,
        words: (!says_nothing).then(|| Box::new(about)),
        authored: !made,
    };
    Ok((edge, words.step(&to)?))
}

fn read_arm(words: Words<'_>, from: &StepKind, form: ArmForm) -> Result<Arm, Damaged> {
    Ok(match form {
        ArmForm::Yes => Arm::Yes,
        ArmForm::No => Arm::No,
        ArmForm::Unsure => Arm::Unsure,
        ArmForm::Tried => Arm::Tried,
        ArmForm::Cannot => Arm::Cannot,
        ArmForm::Answer(key) => Arm::Answer(answer_place(from, &key)?),
        ArmForm::Next => Arm::Next(None),
        ArmForm::When(source) => Arm::Next(Some(Box::new(words.condition(&source)?))),
        ArmForm::Return(value) => Arm::Return(return_place(from, &value)?),
        ArmForm::Limit => Arm::Limit,
        ArmForm::Skip => Arm::Skip,
    })
}

fn answer_place(from: &StepKind, key: &str) -> Result<u32, Damaged> {
    let place = match from {
        StepKind::Question(question) => match &question.kind {
            QuestionKind::Choice(choices) | QuestionKind::Many(choices) => {
                choices.iter().position(|choice| *choice.key == *key)
            }
            QuestionKind::Number(_, answers) => {
                answers.iter().position(|answer| *answer.key == *key)
            }
            QuestionKind::YesNo | QuestionKind::Text(_) | QuestionKind::Date(_) => None,
        },
        _ => None,
    };
    place
        .map(|at| at as u32)
        .ok_or_else(|| Damaged(format!("there is no answer `{key}`")))
}

fn return_place(from: &StepKind, value: &str) -> Result<u32, Damaged> {
    let place = match from {
        StepKind::Call(call) => call
            .returns
            .iter()
            .position(|returned| **returned == *value),
        _ => None,
    };
    place
        .map(|at| at as u32)
        .ok_or_else(|| Damaged(format!("nothing returns `{value}`")))
}

const fn level(form: LevelForm) -> Level {
    match form {
        LevelForm::High => Level::High,
        LevelForm::Medium => Level::Medium,
        LevelForm::Low => Level::Low,
    }
}
