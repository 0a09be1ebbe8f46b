//! What everybody may see of the prompt that stands: made of public text only, so that it can go to a customer.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::condition::{FactRef, FactValue, Value};
use crate::tree::{ChecklistItem, End, Question, Remedy, Step, StepKind, TreeId};

use super::answers::Answers;
use super::end::EndView;
use super::markdown::PublicMarkdown;
use super::terms::{TermView, terms};
use super::words::Words;
use crate::session::answer::Here;
use crate::session::{At, Offer, Prompt, Session, Source, Suggestion};

/// Asked of every remedy whose tree and step have no check of their own, and of every fix that nobody confirmed.
pub const SOLVED: &str = "Is the problem solved?";

/// From this countdown on, a runner offers to park the case.
const LONG_WAIT: Duration = Duration::from_hours(1);

/// What stands before the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "as the variants of `Prompt`")]
pub enum PromptKind {
    Question,
    Instruction,
    Remedy,
    Need,
    Solved,
    End,
    Parked,
    HandedOver,
    Closed,
}

/// What everybody may see of the prompt that stands. Texts are Markdown.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PublicView {
    /// The number that a reply must name.
    pub seq: u64,
    /// The number of the event by which the prompt came up.
    pub visit: u64,
    /// The tree's name.
    pub tree: Arc<str>,
    /// The tree's title.
    pub title: PublicMarkdown,
    /// The prompt's name, which a reply must give.
    pub step: String,
    /// What it is.
    pub kind: PromptKind,
    /// Danger, to be shown first: the tree's at its start, then the step's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warn: Vec<PublicMarkdown>,
    /// What to call a remedy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<PublicMarkdown>,
    /// What to do.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    pub instruction: Option<PublicMarkdown>,
    /// The question; of a remedy, its check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<PublicMarkdown>,
    /// How to find out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<PublicMarkdown>,
    /// Items to tick.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<PublicMarkdown>,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageView>,
    /// Where to read more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkView>,
    /// What can be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answers>,
    /// The kinds of reply that are taken.
    pub replies: Offer,
    /// A reply to suggest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<SuggestionView>,
    /// A countdown from when the prompt came up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u64>,
    /// Whether the countdown is long enough to park the case.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub offer_to_park: bool,
    /// How long a remedy takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub takes_seconds: Option<u64>,
    /// How the walk ends here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<EndView>,
    /// Words of the texts above that the glossary explains.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermView>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImageView {
    /// Its path in the library.
    pub src: Arc<str>,
    /// What a screen reader says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<PublicMarkdown>,
}

/// Where to read more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkView {
    /// The address.
    pub url: Arc<str>,
    /// What to show instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<PublicMarkdown>,
}

/// A reply to suggest.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SuggestionView {
    /// The kind of reply: `answer`, `done` ….
    pub reply: &'static str,
    /// The answer's value.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<FactValue>)]
    pub value: Option<Value>,
    /// The answer as people read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// Where a value comes from that is known from elsewhere; none for what was replied here before going back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<Source>,
}

impl Session {
    /// What everybody may see of the prompt that stands; `None` while the case is parked, handed over or closed.
    pub fn public_view(&self) -> Option<PublicView> {
        self.prompt().at().map(|_| self.last_view())
    }

    /// What everybody may see of where the walk stands, even while the case is parked, handed over or closed.
    pub fn last_view(&self) -> PublicView {
        let (at, prompt) = self.open_prompt();
        let words = Words::new(&self.library, at.tree, &self.state);
        let mut view = PublicView::bare(words, &at, prompt.kind());
        view.add_step(words, at.step);
        match prompt {
            Prompt::Question(_, question) => view.add_question(words, &at, question, self.today()),
            Prompt::Remedy(_, remedy) => view.add_remedy(words, &at, remedy),
            Prompt::Need(_, fact) => {
                view = PublicView::bare(words, &at, PromptKind::Need);
                view.ask = words
                    .maybe(&fact.ask)
                    .or_else(|| Some(PublicMarkdown(fact.name.to_string())));
                view.help = words.maybe(&fact.help);
                view.answers = Some(Answers::of_declaration(words, fact, self.today()));
            }
            Prompt::Solved(_, end) => {
                view.ask = Some(PublicMarkdown(SOLVED.to_owned()));
                view.answers = Some(Answers::plain_yes_no());
                view.end = EndView::of(words, end, None);
            }
            Prompt::End(_, end, outcome, confirmed) => {
                view.end = EndView::of(words, end, Some((outcome, confirmed)));
            }
            Prompt::Instruction(_)
            | Prompt::Parked(_)
            | Prompt::HandedOver(_)
            | Prompt::Closed(..) => {}
        }
        if self.is_first_of_its_tree() {
            view.warn.splice(0..0, words.maybe(&at.tree.about.warn));
        }
        view.suggestion = at
            .suggestion
            .and_then(|suggestion| suggested(words, at.here(), suggestion));
        view.terms = terms(words, &view);
        view
    }

    /// A tree's title.
    pub fn title(&self, tree: TreeId) -> PublicMarkdown {
        let tree = self.library.tree(tree);
        Words::new(&self.library, tree, &self.state).public(&tree.about.title)
    }

    /// The day of the last event.
    pub(super) fn today(&self) -> Date {
        self.events
            .last()
            .map_or(Date::ZERO, |event| event.at.day())
    }

    /// Whether no earlier prompt of this tree came up since it was entered.
    fn is_first_of_its_tree(&self) -> bool {
        let top = self.state.top();
        let since = self.state.trail.iter().skip(top.entered as usize);
        let mut prompts = since.filter(|visit| visit.is_prompt() && visit.tree == top.tree);
        // A third is not looked for: this must not cost the length of the case.
        prompts.next().is_some() && prompts.next().is_none()
    }
}

impl PublicView {
    fn bare(words: Words<'_>, at: &At<'_>, kind: PromptKind) -> Self {
        Self {
            seq: at.seq,
            visit: at.visit,
            tree: Arc::clone(&at.tree.name),
            title: words.public(&at.tree.about.title),
            step: at.name().into_owned(),
            kind,
            warn: Vec::new(),
            label: None,
            instruction: None,
            ask: None,
            help: None,
            checklist: Vec::new(),
            image: None,
            link: None,
            answers: None,
            replies: at.offer,
            suggestion: None,
            wait_seconds: None,
            offer_to_park: false,
            takes_seconds: None,
            end: None,
            terms: Vec::new(),
        }
    }

    fn add_step(&mut self, words: Words<'_>, step: &Step) {
        self.ask = words.maybe(&step.ask);
        self.instruction = words.maybe(&step.instruction);
        self.wait_seconds = step.wait.map(|wait| wait.as_secs());
        self.offer_to_park = step.wait.is_some_and(|wait| wait >= LONG_WAIT);
        let Some(shown) = &step.shown else { return };
        self.help = words.maybe(&shown.help);
        self.warn = words.maybe(&shown.warn).into_iter().collect();
        let item = |item: &ChecklistItem| words.public(&item.text);
        self.checklist = shown.checklist.iter().map(item).collect();
        self.image = shown.image.as_ref().map(|image| ImageView {
            src: Arc::clone(&image.src),
            alt: words.maybe(&image.alt),
        });
        self.link = shown.link.as_ref().map(|link| LinkView {
            url: Arc::clone(&link.url),
            label: words.maybe(&link.label),
        });
    }

    fn add_question(&mut self, words: Words<'_>, at: &At<'_>, question: &Question, today: Date) {
        if let FactRef::Shared(fact) = question.fact {
            let declared_help = || words.maybe(&words.library.fact(fact).help);
            self.ask = self.ask.take().or_else(|| Some(words.declared_ask(fact)));
            self.help = self.help.take().or_else(declared_help);
        }
        self.answers = Some(Answers::of_question(words, at.id, &question.kind, today));
    }

    fn add_remedy(&mut self, words: Words<'_>, at: &At<'_>, remedy: &Remedy) {
        self.label = words.maybe(&remedy.label);
        self.ask = Some(words.check(remedy));
        self.answers = Some(Answers::yes_no(words, at.id));
        self.takes_seconds = remedy.takes.map(|takes| takes.as_secs());
    }
}

impl Prompt<'_> {
    /// Which kind it is.
    pub const fn kind(&self) -> PromptKind {
        match self {
            Self::Question(..) => PromptKind::Question,
            Self::Instruction(_) => PromptKind::Instruction,
            Self::Remedy(..) => PromptKind::Remedy,
            Self::Need(..) => PromptKind::Need,
            Self::Solved(..) => PromptKind::Solved,
            Self::End(..) => PromptKind::End,
            Self::Parked(_) => PromptKind::Parked,
            Self::HandedOver(_) => PromptKind::HandedOver,
            Self::Closed(..) => PromptKind::Closed,
        }
    }
}

/// The suggestion to show; a secret cannot be suggested.
fn suggested<'s>(
    words: Words<'s>,
    here: Here<'s>,
    suggestion: Suggestion<'s>,
) -> Option<SuggestionView> {
    let (reply, value, known) = match suggestion {
        Suggestion::SetAside(reply) => (reply.name(), reply.value(), None),
        Suggestion::Known(value, source) => ("answer", Some(value), Some(source)),
    };
    if value == Some(&Value::Secret) {
        return None;
    }
    let shown = value.map(|value| words.reply(here, value));
    Some(SuggestionView {
        reply,
        value: value.cloned(),
        shown,
        known,
    })
}

/// The end that a step is.
pub(super) fn end_of(step: &Step) -> Option<&End> {
    match &step.kind {
        StepKind::End(end) => Some(end),
        _ => None,
    }
}
