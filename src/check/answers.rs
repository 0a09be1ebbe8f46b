//! The answers of a question as a caller sees them.

use crate::source::Span;
use crate::syntax::{AnswerNode, EdgeNode, Kind, LibraryScript, QuestionNode, Target, Word};

/// One answer as shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'s> {
    /// The label, else the key, else "Yes" or "No".
    pub words: &'s str,
    /// Where they stand; where they do not, the edge.
    pub span: Span,
    /// Whether they stand in this file at all; else they are those of a declared fact, or "Yes" and "No".
    pub written: bool,
    /// Whether a help explains them.
    pub helped: bool,
}

impl<'s> Shown<'s> {
    /// The answers of a question, in order.
    pub fn all(
        question: &'s QuestionNode,
        library: Option<&'s LibraryScript>,
        shown: &mut Vec<Self>,
    ) {
        shown.clear();
        for (edge, words) in [(&question.yes, "Yes"), (&question.no, "No")] {
            shown.extend(edge.iter().map(|edge| Self::yes_no(edge, words)));
        }
        let fact = question.fact.as_ref();
        let declared = fact.filter(|_| matches!(question.kind, Kind::Declared));
        for answer in &question.answers {
            let label = declared.and_then(|fact| declared_label(library?, fact, &answer.key));
            shown.push(Self::one(answer, label, declared.is_some()));
        }
    }

    fn yes_no(edge: &'s EdgeNode, words: &'s str) -> Self {
        let label = edge
            .extras
            .as_ref()
            .and_then(|extras| extras.label.as_ref());
        Self {
            words: label.map_or(words, |label| &label.value),
            span: label.map_or(edge.span, |label| label.span),
            written: label.is_some(),
            helped: is_helped(edge),
        }
    }

    /// One entry of `answers:`; `declared` where the key and perhaps a label are those of a declared fact.
    pub fn one(answer: &'s AnswerNode, label: Option<&'s Word>, declared: bool) -> Self {
        let edge = answer.edge.as_ref();
        let extras = edge.and_then(|edge| edge.extras.as_ref());
        let own = answer
            .label
            .as_ref()
            .or(extras.and_then(|extras| extras.label.as_ref()));
        let words = own.or(label).unwrap_or(&answer.key);
        Self {
            words: &words.value,
            span: own.unwrap_or(&answer.key).span,
            written: own.is_some() || !declared,
            helped: edge.is_some_and(is_helped),
        }
    }

    /// The words without what makes no difference to a reader: spaces around them and a full stop at the end.
    pub fn plain(&self) -> &'s str {
        let words = self.words.trim();
        words.strip_suffix('.').unwrap_or(words).trim_end()
    }
}

fn declared_label<'s>(library: &'s LibraryScript, fact: &Word, key: &Word) -> Option<&'s Word> {
    let mut facts = library.facts.iter().flatten();
    let fact = facts.find(|declared| declared.name.value == fact.value)?;
    let choice = fact
        .choices
        .iter()
        .find(|choice| choice.key.value == key.value)?;
    choice.label.as_ref()
}

fn is_helped(edge: &EdgeNode) -> bool {
    let own = edge
        .extras
        .as_ref()
        .is_some_and(|extras| extras.help.is_some());
    let end = match &edge.target {
        Target::End(end) => end.shown.as_ref().is_some_and(|shown| shown.help.is_some()),
        _ => false,
    };
    own || end
}
