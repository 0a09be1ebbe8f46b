//! What can be answered, to be shown.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::condition::{DateSpec, Day, FactType, NumberSpec, TextSpec};
use crate::tree::{
    Arm, Choice, EdgeWords, FactDeclaration, NumberAnswer, NumberTest, QuestionKind, StepId,
};

use super::markdown::PublicMarkdown;
use super::words::Words;

/// What can be answered.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Answers {
    /// Yes or no, in this order.
    YesNo {
        /// `yes` and `no`.
        choices: Vec<ChoiceView>,
    },
    /// One of these.
    Choice {
        /// In the author's order.
        choices: Vec<ChoiceView>,
    },
    /// Any of these.
    Many {
        /// In the author's order.
        choices: Vec<ChoiceView>,
    },
    /// A number.
    Number {
        /// Smallest.
        min: Option<f64>,
        /// Largest.
        max: Option<f64>,
        /// Shown after the number.
        unit: Option<Arc<str>>,
        /// Digits behind the point.
        decimals: Option<u8>,
        /// Words for what is no number.
        words: Vec<ChoiceView>,
        /// The ranges that the author tells apart.
        ranges: Vec<ChoiceView>,
    },
    /// A line of text.
    Text {
        /// The whole text must match.
        pattern: Option<Arc<str>>,
        /// What a good answer looks like.
        example: Option<Arc<str>>,
        /// Longest, in characters.
        max: Option<u32>,
        /// Not to be shown while it is typed, and kept nowhere.
        secret: bool,
    },
    /// A day.
    Date {
        /// First.
        #[serde(serialize_with = "iso")]
        #[schema(value_type = Option<String>, format = Date)]
        min: Option<Date>,
        /// Last.
        #[serde(serialize_with = "iso")]
        #[schema(value_type = Option<String>, format = Date)]
        max: Option<Date>,
    },
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChoiceView {
    /// The author's key, which a reply gives.
    pub key: Arc<str>,
    /// Shown instead of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<PublicMarkdown>,
    /// How to tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<PublicMarkdown>,
}

fn iso<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

impl Answers {
    /// What answers a step's question.
    pub(super) fn of_question(
        words: Words<'_>,
        at: StepId,
        kind: &QuestionKind,
        today: Date,
    ) -> Self {
        match kind {
            QuestionKind::YesNo => Self::yes_no(words, at),
            QuestionKind::Choice(choices) => Self::Choice {
                choices: choice_views(words, Some(at), choices),
            },
            QuestionKind::Many(choices) => Self::Many {
                choices: choice_views(words, None, choices),
            },
            QuestionKind::Number(spec, answers) => number(words, at, spec, answers),
            QuestionKind::Text(spec) => text(spec),
            QuestionKind::Date(spec) => date(*spec, today),
        }
    }

    /// What answers the question of a shared fact's declaration.
    pub(super) fn of_declaration(words: Words<'_>, fact: &FactDeclaration, today: Date) -> Self {
        let choices = || choice_views(words, None, &fact.choices);
        match &fact.kind {
            FactType::YesNo => Self::plain_yes_no(),
            FactType::Choice(keys) if fact.choices.is_empty() => Self::Choice {
                choices: keys.iter().map(bare).collect(),
            },
            FactType::Many(keys) if fact.choices.is_empty() => Self::Many {
                choices: keys.iter().map(bare).collect(),
            },
            FactType::Choice(_) => Self::Choice { choices: choices() },
            FactType::Many(_) => Self::Many { choices: choices() },
            FactType::Number(spec, words) => {
                number_view(spec, words.iter().map(bare).collect(), Vec::new())
            }
            FactType::Text(spec) => text(spec),
            FactType::Date(spec) => date(*spec, today),
        }
    }

    /// Yes or no, with the labels of a step's edges.
    pub(super) fn yes_no(words: Words<'_>, at: StepId) -> Self {
        let yes = words.tree.edge(at, |arm| matches!(arm, Arm::Yes));
        let no = words.tree.edge(at, |arm| matches!(arm, Arm::No));
        let view =
            |key: &str, found: Option<&EdgeWords>| with_edge(words, bare(&key.into()), found);
        let edge_words = |found: Option<(&'_ crate::tree::Edge, StepId)>| {
            found.and_then(|(edge, _)| edge.words.clone())
        };
        Self::YesNo {
            choices: vec![
                view("yes", edge_words(yes).as_deref()),
                view("no", edge_words(no).as_deref()),
            ],
        }
    }

    pub(super) fn plain_yes_no() -> Self {
        Self::YesNo {
            choices: vec![bare(&"yes".into()), bare(&"no".into())],
        }
    }
}

fn bare(key: &Arc<str>) -> ChoiceView {
    ChoiceView {
        key: Arc::clone(key),
        label: None,
        help: None,
    }
}

/// The choice with what its edge says where it says nothing itself.
fn with_edge(words: Words<'_>, choice: ChoiceView, edge: Option<&EdgeWords>) -> ChoiceView {
    let ChoiceView { key, label, help } = choice;
    let label = label.or_else(|| words.maybe(&edge?.label));
    let help = help.or_else(|| words.maybe(&edge?.help));
    ChoiceView { key, label, help }
}

fn choice_views(words: Words<'_>, at: Option<StepId>, choices: &[Choice]) -> Vec<ChoiceView> {
    let mut views: Vec<ChoiceView> = choices
        .iter()
        .map(|choice| ChoiceView {
            key: Arc::clone(&choice.key),
            label: words.maybe(&choice.label),
            help: words.maybe(&choice.help),
        })
        .collect();
    if let Some(at) = at {
        add_edges(words, at, &mut views);
    }
    views
}

/// Adds what the edges of the answers say, in one pass over them.
fn add_edges(words: Words<'_>, at: StepId, views: &mut [ChoiceView]) {
    for (_, edge, _) in words.tree.edges(at) {
        if let (Arm::Answer(place), Some(said)) = (&edge.arm, &edge.words)
            && let Some(view) = views.get_mut(*place as usize)
        {
            *view = with_edge(words, view.clone(), Some(said));
        }
    }
}

fn number(words: Words<'_>, at: StepId, spec: &NumberSpec, answers: &[NumberAnswer]) -> Answers {
    let mut views: Vec<ChoiceView> = answers.iter().map(|answer| bare(&answer.key)).collect();
    add_edges(words, at, &mut views);
    let all = views.into_iter().zip(answers);
    let (named, ranges): (Vec<_>, Vec<_>) =
        all.partition(|(_, answer)| answer.test == NumberTest::Word);
    let views =
        |part: Vec<(ChoiceView, &NumberAnswer)>| part.into_iter().map(|(view, _)| view).collect();
    number_view(spec, views(named), views(ranges))
}

fn number_view(spec: &NumberSpec, words: Vec<ChoiceView>, ranges: Vec<ChoiceView>) -> Answers {
    Answers::Number {
        min: spec.min.map(crate::condition::Number::get),
        max: spec.max.map(crate::condition::Number::get),
        unit: spec.unit.clone(),
        decimals: spec.decimals,
        words,
        ranges,
    }
}

fn text(spec: &TextSpec) -> Answers {
    Answers::Text {
        pattern: spec.pattern_source.clone(),
        example: spec.example.clone(),
        max: spec.max,
        secret: spec.secret,
    }
}

fn date(spec: DateSpec, today: Date) -> Answers {
    let on = |day: Day| match day {
        Day::On(date) => date,
        Day::Today => today,
    };
    Answers::Date {
        min: spec.min.map(on),
        max: spec.max.map(on),
    }
}
