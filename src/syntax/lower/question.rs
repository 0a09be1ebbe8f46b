//! Questions: which kind, by the keys that say how they are answered.

use crate::diagnostic::{Edit, Severity};
use crate::source::Span;

use super::super::key::{Key, KeySet};
use super::super::shape::SHOWN;
use super::super::yaml::{Entry, Kind as NodeKind, Node};
use super::super::{AnswerNode, Form, Kind, QuestionNode, Word};
use super::Lower;
use super::fields::Fields;

/// What a question may have.
const OF_QUESTION: KeySet = KeySet::of(&[
    Key::Ask,
    Key::Do,
    Key::Fact,
    Key::Yes,
    Key::No,
    Key::Answers,
    Key::Many,
    Key::Number,
    Key::Text,
    Key::Date,
    Key::Unsure,
    Key::Tried,
    Key::Cannot,
    Key::Next,
    Key::Run,
    Key::Wait,
    Key::Limit,
])
.or(SHOWN);

/// The keys that say what an answer is, where the declaration of a fact does not.
const KINDS: KeySet = KeySet::of(&[Key::Number, Key::Text, Key::Date, Key::Many]);

/// The keys of a yes/no question's arms.
const ARMS: KeySet = KeySet::of(&[Key::Yes, Key::No]);

impl<'y> Lower<'y> {
    /// A question. What excludes itself, or does not say where it goes, is broken.
    pub(super) fn question(&mut self, fields: &Fields<'y>, name: &Word) -> Form {
        let kind_key = if fields.has(Key::Ask) {
            Key::Ask
        } else {
            Key::Fact
        };
        let mut sound = self.only(fields, self.written(fields, kind_key), OF_QUESTION);
        sound &= self.kinds_agree(fields);
        sound &= self.has_what_it_needs(fields, name);
        let found_before = self.findings.len();
        let question = self.question_node(fields, name);
        sound &= !self.found_about(fields.entry(Key::Number), found_before);
        let arms = question.answers.is_empty()
            && question.next.is_none()
            && (question.yes.is_none() || question.no.is_none());
        sound &= question.next.is_some() || !fields.has(Key::Next);
        sound &= !question.answers.is_empty() || !fields.has(Key::Answers);
        // Where a key could not be told, an arm may only seem to be missing.
        if !sound || fields.faulty && arms {
            return Form::Broken;
        }
        Form::Question(Box::new(question))
    }

    /// Whether one of the newer findings is an error within an entry: what values there are is not known.
    fn found_about(&self, entry: Option<Entry<'y>>, found_before: usize) -> bool {
        let Some(entry) = entry else {
            return false;
        };
        let (key, value) = (entry.key.span(), entry.value.span());
        let mut found = self.findings.iter().skip(found_before);
        found.any(|finding| {
            let at = finding.primary.place.span.start;
            finding.severity == Severity::Error && key.start <= at && at <= value.end.max(key.end)
        })
    }

    /// The key, or the first of the step where that one is absent.
    fn written(&self, fields: &Fields<'y>, key: Key) -> Key {
        if fields.has(key) {
            key
        } else {
            fields.first_of(fields.present).unwrap_or(key)
        }
    }

    fn question_node(&mut self, fields: &Fields<'y>, name: &Word) -> QuestionNode {
        let fact = self.word_of(fields, Key::Fact);
        let many = self.is_many(fields);
        let (kind, kind_span) = self.question_kind(fields, name, fact.is_some(), many);
        let next = self.next_of(fields);
        let answers = self.answers(fields, many || next.is_some() || fields.has(Key::Next));
        QuestionNode {
            fact,
            kind,
            kind_span,
            yes: self.edge_of(fields, Key::Yes),
            no: self.edge_of(fields, Key::No),
            answers,
            answers_span: fields.entry(Key::Answers).map(|entry| entry.key.span()),
            unsure: self.edge_of(fields, Key::Unsure),
            tried: self.edge_of(fields, Key::Tried),
            cannot: self.edge_of(fields, Key::Cannot),
            next,
            probe: self.probe(fields),
        }
    }

    /// `many:`; one that could not be read was meant to be true.
    pub(super) fn is_many(&mut self, fields: &Fields<'y>) -> bool {
        let written = fields.has(Key::Many);
        let flag = self.flag(fields, Key::Many);
        flag.map_or(written, |many| many.value)
    }

    fn answers(&mut self, fields: &Fields<'y>, labels: bool) -> Vec<AnswerNode> {
        match fields.value(Key::Answers) {
            None => Vec::new(),
            // A list that leads nowhere has been reported as the `next` that is missing.
            Some(node) if labels || is_list(node) => self.answers_with_labels(node),
            Some(node) => self.answers_with_edges(node),
        }
    }

    fn question_kind(
        &mut self,
        fields: &Fields<'y>,
        name: &Word,
        fact: bool,
        many: bool,
    ) -> (Kind, Span) {
        let span = |key| fields.entry(key).map_or(name.span, |entry| entry.span());
        if let Some(node) = fields.value(Key::Number) {
            let found_before = self.findings.len();
            let spec = self.number_spec(node);
            if fields.has(Key::Answers) {
                self.not_any_number(found_before);
            }
            return (Kind::Number(spec), span(Key::Number));
        }
        if let Some(node) = fields.value(Key::Text) {
            return (Kind::Text(self.shared_text_spec(node)), span(Key::Text));
        }
        if let Some(node) = fields.value(Key::Date) {
            return (Kind::Date(self.date_spec(node)), span(Key::Date));
        }
        if many {
            return (Kind::Many, span(Key::Many));
        }
        if fact || fields.has(Key::Fact) {
            return (Kind::Declared, span(Key::Fact));
        }
        match fields.has(Key::Answers) {
            true => (Kind::Choice, fields.key_span(Key::Answers)),
            false => (Kind::YesNo, name.span),
        }
    }

    /// Takes the mend back that any number is fine: the answers of a question need not take every number.
    fn not_any_number(&mut self, found_before: usize) {
        for finding in self.findings.iter_mut().skip(found_before) {
            let any = |edit: &Edit| edit.text.trim() == "{}";
            finding.fix.take_if(|fix| fix.edits.iter().all(any));
        }
    }

    /// Reports keys that say different things about how the question is answered.
    fn kinds_agree(&mut self, fields: &Fields<'y>) -> bool {
        let kinds = fields.all_of(KINDS);
        let arm = fields.first_of(ARMS);
        let before = self.findings.len();
        if fields.has(Key::Fact) {
            for kind in &kinds {
                let why = "stands in the fact's declaration alone";
                self.conflict(fields, Key::Fact, *kind, why);
            }
        } else if let Some((first, others)) = kinds.split_first() {
            for other in others {
                self.conflict(fields, *first, *other, "a question is answered in one way");
            }
        }
        let one_way = "a question is answered in one way";
        if let Some(arm) = arm {
            for key in fields.all_of(KINDS.or(KeySet::of(&[Key::Answers]))) {
                self.conflict(fields, arm, key, one_way);
            }
            if fields.has(Key::Next) {
                let why = "`yes` and `no` say where it goes";
                self.conflict(fields, arm, Key::Next, why);
            }
        }
        for kind in [Key::Text, Key::Date] {
            if fields.has(kind) && fields.has(Key::Answers) {
                self.conflict(fields, kind, Key::Answers, one_way);
            }
        }
        for kind in [Key::Number, Key::Fact] {
            if fields.has(kind) && fields.has(Key::Answers) && fields.has(Key::Next) {
                let why = "the answers say where it goes";
                self.conflict(fields, Key::Answers, Key::Next, why);
            }
        }
        if fields.has(Key::Run) {
            for key in fields.all_of(KINDS.or(KeySet::of(&[Key::Answers]))) {
                self.conflict(fields, Key::Run, key, "`run` answers a yes/no question");
            }
        }
        self.findings.len() == before
    }

    /// Reports what the question's kind cannot do without. Arms of yes/no questions are looked at when the tree is
    /// compiled: a declared fact may have more of them.
    fn has_what_it_needs(&mut self, fields: &Fields<'y>, name: &Word) -> bool {
        if fields.faulty {
            return true;
        }
        let step = &name.value;
        let before = self.findings.len();
        if !fields.has(Key::Ask) && !fields.has(Key::Fact) {
            let message = format!("the step `{step}` does not say what to ask");
            self.missing(name.span, &message, "add `ask: …`");
        }
        for key in [Key::Tried, Key::Cannot] {
            if fields.has(key) && !fields.has(Key::Do) {
                let message = format!("`{}` goes with a `do`, and there is none", key.name());
                let help = "add what is to be done with `do: …`, or delete the key";
                self.missing(fields.key_span(key), &message, help);
            }
        }
        if let Some(what) = needs_next(fields) {
            let message = format!("the step `{step}` does not say where it goes: {what}");
            self.missing(name.span, &message, "add `next: step`");
        }
        if fields.has(Key::Many) && !fields.has(Key::Answers) && !fields.has(Key::Fact) {
            let message = format!("the step `{step}` does not say what can be picked");
            self.missing(name.span, &message, "add `answers:` with a list");
        }
        self.findings.len() == before
    }
}

fn is_list(node: Node<'_>) -> bool {
    matches!(node.kind(), NodeKind::List { .. })
}

/// Whether a list holds nothing but words; what has something behind each has its own finding.
fn is_list_of_words(node: Node<'_>) -> bool {
    is_list(node) && node.items().all(|item| item.entries().next().is_none())
}

/// Why a question cannot do without `next`, where it has none.
fn needs_next(fields: &Fields<'_>) -> Option<&'static str> {
    // `yes` or `no` beside a kind has been reported: which of the two is meant decides what is missing.
    let unclear = fields.present.meets(ARMS) && fields.present.meets(KINDS);
    if fields.has(Key::Next) || unclear {
        return None;
    }
    if fields.has(Key::Text) {
        Some("a question for a text needs `next`")
    } else if fields.has(Key::Date) {
        Some("a question for a date needs `next`")
    } else if fields.has(Key::Number) && !fields.has(Key::Answers) {
        Some("a question for a number needs `next` or `answers`")
    } else if fields.has(Key::Many) {
        Some("several answers at once need one `next`")
    } else if fields.value(Key::Answers).is_some_and(is_list_of_words) {
        Some("a list of answers needs `next`")
    } else if fields.has(Key::Fact) && !fields.present.meets(ARMS.or(KeySet::of(&[Key::Answers]))) {
        Some("a question with `fact` needs `yes` and `no`, `answers` or `next`")
    } else {
        None
    }
}
