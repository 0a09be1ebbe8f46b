//! What a failed walk says: where it stood, what the test said there, what was expected.

use crate::diagnostic::nearest;
use crate::session::Prompt;
use crate::source::Span;
use crate::syntax::ValueNode;
use crate::tree::{PublicText, Step, StepId, StepKind};

use super::answer_words::{said, takes, words};
use super::ending;
use super::failure::{Ended, Failure, Stands};
use super::walk::{Line, Walk};

type Failed = Box<Failure>;

impl Walk<'_> {
    /// A failure at the place where the walk stands.
    pub(super) fn failure(&self, span: Span, message: impl Into<String>) -> Failed {
        let mut failure = Failure::new(span, message);
        failure.walked.clone_from(&self.walked);
        Box::new(failure)
    }

    fn failure_at(&self, prompt: &Prompt<'_>, span: Span, message: String) -> Failed {
        let mut failure = self.failure(span, message);
        failure.stands = prompt.at().map(|at| Stands {
            step: at.name().into_owned(),
            text: self.asked(at.step),
            span: self.span_of(at.id),
        });
        failure
    }

    /// The prompt is not the one that the test answers next.
    pub(super) fn no_line(&self, prompt: &Prompt<'_>) -> Failed {
        let name = prompt
            .at()
            .map_or_else(String::new, |at| at.name().into_owned());
        let Some((step, value)) = self.left.first().copied() else {
            let message =
                format!("The test gives no reply at `{name}`, and the walk has not ended.");
            let takes = self.takes(prompt);
            let mut failure = self.failure_at(prompt, self.test.ends.span, message);
            failure.help = Some(format!(
                "Add `{name}: …` under `answers`; it takes {takes}."
            ));
            return failure;
        };
        let message = format!(
            "The walk stands at `{name}`, but the test answers `{}: {}`.",
            step.value,
            said(value)
        );
        let mut failure = self.failure_at(prompt, step.span, message);
        failure.help = self.why_not_asked(&step.value);
        failure
    }

    /// Why a step that the test answers was not asked, where that can be told.
    fn why_not_asked(&self, name: &str) -> Option<String> {
        let wanted = self.stage.tree.find(name)?;
        let last = self.session.passages().filter(|passage| !passage.is_prompt);
        let passed = last.map(|passage| passage.step).any(|step| step == wanted);
        if !passed {
            return None;
        }
        Some(match self.stage.alone().step(wanted).kind {
            StepKind::Question(_) => format!(
                "`{name}` was not asked, as its answer is known by then. What is passed silently is left out of `answers`."
            ),
            _ => format!("`{name}` was passed silently. Leave it out of `answers`."),
        })
    }

    /// The prompt does not take what the test says.
    pub(super) fn not_taken(&self, prompt: &Prompt<'_>, line: Line<'_>) -> Failed {
        let (step, value) = line;
        let takes = self.takes(prompt);
        let (span, given) = (value_span(value), said(value));
        let call = prompt.at().is_some_and(|at| self.stage.is_call(at.id));
        let message = if call {
            format!(
                "`{}` is a call that never comes back with `{given}`.",
                step.value
            )
        } else {
            format!("`{}` does not take `{given}`.", step.value)
        };
        let mut failure = self.failure_at(prompt, span, message);
        let words = words(prompt);
        let near = nearest(&given, words.iter().map(String::as_str));
        failure.help = Some(match near {
            Some(near) => format!("Did you mean `{near}`? It takes {takes}."),
            None => format!("It takes {takes}."),
        });
        failure
    }

    /// Whether the walk ended where the test says, with all its replies given.
    pub(super) fn judge(&self) -> Result<(), Failed> {
        let prompt = self.session.prompt();
        let Some(at) = prompt.at() else {
            return Ok(());
        };
        let ended = Ended {
            name: ending::names(self.stage, at.id)
                .into_iter()
                .next()
                .unwrap_or_default(),
            span: Some(self.span_of(at.id)).filter(|span| !span.is_empty()),
        };
        let wrong = !ending::is(self.stage, at.id, &self.test.ends.value);
        let mut failure = match self.left.first() {
            Some((step, value)) => {
                let message = format!(
                    "The walk has ended in `{}`, but the test goes on with `{}: {}`.",
                    ended.name,
                    step.value,
                    said(value)
                );
                let mut failure = self.failure(step.span, message);
                if self
                    .stage
                    .tree
                    .find(&step.value)
                    .and_then(|id| self.within(id))
                    .is_some()
                {
                    failure.help = Some(format!(
                        "`{}` is not reached, as a remedy before it helped. Take the line out.",
                        step.value
                    ));
                } else if matches!(prompt, Prompt::Solved(..)) {
                    failure.help =
                        Some("Write `solved: no` before it if the fix does not hold.".to_owned());
                }
                failure
            }
            None if wrong => {
                let expected = ending::one_line(&self.test.ends.value);
                let message = format!(
                    "The test expects the end `{expected}`, but the walk ended in `{}`.",
                    ended.name
                );
                let mut failure = self.failure(self.test.ends.span, message);
                failure.help = Some(format!("If that is right, write `ends: {}`.", ended.name));
                failure
            }
            None => return Ok(()),
        };
        failure.ended = Some(ended);
        Err(failure)
    }

    /// What fits at the prompt. A call takes nothing but what can come back.
    fn takes(&self, prompt: &Prompt<'_>) -> String {
        match prompt {
            Prompt::Question(at, question) if self.stage.is_call(at.id) => {
                question.kind.fact_type().expected(None)
            }
            _ => takes(prompt, self.today),
        }
    }

    fn span_of(&self, id: StepId) -> Span {
        self.places
            .steps
            .get(id.index())
            .copied()
            .unwrap_or_default()
    }

    /// What a step asks, or says to do, as in the file.
    fn asked(&self, step: &Step) -> String {
        if let Some(called) = self.stage.called(&step.name) {
            return format!("calls {called}");
        }
        let source = |text: &PublicText| text.0.source().to_string();
        let asked = step.ask.as_ref().or(step.instruction.as_ref()).map(source);
        let text = match &step.kind {
            StepKind::Remedy(_) => step.instruction.as_ref().map(source).or(asked),
            _ => asked,
        };
        let text = text.unwrap_or_default();
        text.lines().next().unwrap_or_default().trim().to_owned()
    }
}

/// Where a value of a test stands.
const fn value_span(value: &ValueNode) -> Span {
    match value {
        ValueNode::One(word) => word.span,
        ValueNode::List(_, span) => *span,
    }
}
