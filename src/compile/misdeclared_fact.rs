//! A shared fact whose declaration lacks something that trees rely on: its question, an answer, what it can be. Every tree
//! that uses it is right. That is one finding where it is declared, or none where the declaration has one already,
//! rather than one at each use. Where a single place disagrees with the declaration, that place keeps its finding.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Severity, nearest};
use crate::source::{Place, Sources, Span};
use crate::syntax::{FactNode, Form, Kind, LibraryScript, QuestionNode, Script};
use crate::tree::FactDeclaration;

use super::edges::suggest;

/// The most places that one finding shows beside its own.
const MOST_PLACES: usize = 9;

/// Answers that are looked for in a declaration; who names more of them that are not there means something else.
const MOST_WORDS: usize = 100;

/// Something in a tree that does not go with the declaration of a fact.
#[derive(Debug)]
pub(super) struct Blame {
    /// The place of the declaration among all.
    pub fact: u32,
    /// The code of the finding about it, which may have been left out.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What does not go with it.
    pub what: Blamed,
}

/// What a declaration may lack.
#[derive(Debug)]
pub(super) enum Blamed {
    /// The question.
    Ask,
    /// That it is more than yes or no.
    Kind,
    /// This answer.
    Answer(Box<str>),
}

/// Makes one finding of several that have the same cause. Returns the facts whose declaration is in doubt: what they can be
/// is not known.
pub(super) fn settle(
    sources: &Sources,
    library: Option<&LibraryScript>,
    scripts: &[Script],
    facts: &[FactDeclaration],
    blames: &[Blame],
    findings: &mut Vec<Diagnostic>,
) -> Vec<Arc<str>> {
    let Some((library, nodes)) =
        library.and_then(|library| Some((library, library.facts.as_ref()?)))
    else {
        return Vec::new();
    };
    let mut doubtful = Vec::new();
    let mut by_fact: BTreeMap<u32, Vec<&Blame>> = BTreeMap::new();
    for blame in blames {
        by_fact.entry(blame.fact).or_default().push(blame);
    }
    let is_error = |finding: &&Diagnostic| {
        finding.severity == Severity::Error && finding.primary.place.file == library.file
    };
    let errors = findings.iter().filter(is_error);
    let errors: Vec<u32> = errors
        .map(|finding| finding.primary.place.span.start)
        .collect();
    let mut dropped: HashSet<(Code, Place)> = HashSet::new();
    let mut found = Vec::new();
    for node in nodes {
        let declared = Declared {
            sources,
            library,
            scripts,
            node,
        };
        let at = facts.binary_search_by(|fact| fact.name.cmp(&node.name.value));
        let blames = at.ok().and_then(|at| by_fact.remove(&(at as u32)));
        if declared.has_error(&errors) {
            let follow = blames.into_iter().flatten();
            dropped.extend(follow.map(|blame| (blame.code, blame.place)));
        } else if let Some(blames) = blames {
            for (finding, causes) in declared.causes(&blames) {
                dropped.extend(causes.iter().map(|blame| (blame.code, blame.place)));
                found.push(finding);
            }
        } else {
            continue;
        }
        doubtful.push(Arc::clone(&node.name.value));
    }
    findings.retain(|finding| !dropped.contains(&(finding.code, finding.primary.place)));
    findings.append(&mut found);
    doubtful
}

/// Whether a finding may only follow from what a declaration lacks: it says how a condition on one of these facts turns out.
pub(super) fn is_in_doubt(sources: &Sources, finding: &Diagnostic, doubtful: &[Arc<str>]) -> bool {
    let Place { file, span } = finding.primary.place;
    let condition = sources.file(file).slice(span);
    matches!(finding.code, Code::AlwaysTrue | Code::NeverTrue)
        && doubtful.iter().any(|fact| condition.contains(&**fact))
}

/// A declaration, and who uses it.
struct Declared<'d> {
    sources: &'d Sources,
    library: &'d LibraryScript,
    scripts: &'d [Script],
    node: &'d FactNode,
}

impl<'d> Declared<'d> {
    /// The findings about the declaration, each with what follows from it.
    fn causes<'b>(&self, blames: &[&'b Blame]) -> Vec<(Diagnostic, Vec<&'b Blame>)> {
        let (mut asks, mut kinds) = (Vec::new(), Vec::new());
        let mut answers: BTreeMap<&str, Vec<&Blame>> = BTreeMap::new();
        for blame in blames {
            match &blame.what {
                Blamed::Ask => asks.push(*blame),
                Blamed::Kind => kinds.push(*blame),
                Blamed::Answer(word) => answers.entry(word).or_default().push(blame),
            }
        }
        let mut causes = Vec::new();
        if !asks.is_empty() {
            causes.push((self.without_ask(&asks), asks));
        }
        let yes_no = matches!(self.node.kind, Kind::YesNo);
        if kinds.len() > 1 && yes_no && !self.is_asked_as_yes_no() {
            causes.push((self.of_another_kind(&kinds), kinds));
        }
        if answers.len() > MOST_WORDS {
            return causes;
        }
        let words: Vec<&str> = answers.keys().copied().collect();
        if let Some(finding) = self.joined(&words) {
            causes.push((finding, answers.into_values().flatten().collect()));
            return causes;
        }
        for (word, places) in answers {
            if places.len() > 1
                && let Some(finding) = self.answer(word, &places, &words)
            {
                causes.push((finding, places));
            }
        }
        causes
    }

    fn without_ask(&self, places: &[&Blame]) -> Diagnostic {
        let name = &self.node.name.value;
        let message = format!("nothing says how `{name}` is asked for");
        let finding = self
            .finding(Code::MissingKey, self.node.name.span, message)
            .label("has no `ask:`")
            .help("add `ask:` with the question");
        also(finding, places, "asked for here")
    }

    fn of_another_kind(&self, places: &[&Blame]) -> Diagnostic {
        let name = &self.node.name.value;
        let count = places.len();
        let message =
            format!("`{name}` is declared as a yes/no fact, and {count} places use it otherwise");
        let finding = self
            .finding(Code::MissingKey, self.node.name.span, message)
            .label("does not say what it can be")
            .help("add `answers:` with all that it can be, or `number:`, `text:` or `date:`");
        also(finding, places, "used otherwise")
    }

    /// An answer that several places name and that is not declared: misspelled in the declaration, or left out there.
    fn answer(&self, word: &str, places: &[&Blame], words: &[&str]) -> Option<Diagnostic> {
        let (name, count) = (&self.node.name.value, places.len());
        let keys = || self.node.choices.iter().map(|choice| &choice.key);
        let message = format!("`{name}` has no answer `{word}`, as {count} places call it");
        let Some(near) = nearest(word, keys().map(|key| &*key.value)) else {
            // One tree that names what no other does may mean something else; the other trees can be walked.
            let first = places.first()?.place.file;
            if places.iter().all(|blame| blame.place.file == first) {
                return None;
            }
            let finding = self
                .finding(Code::UnknownAnswer, self.node.kind_span, message)
                .label("declared without it")
                .help(format!("add `{word}` to its `answers`"));
            return Some(also(finding, places, "named here"));
        };
        let back = nearest(near, words.iter().copied())?;
        let key = keys().find(|key| *key.value == *near)?;
        if back != word || self.is_used(near) {
            return None;
        }
        let finding = self
            .finding(Code::UnknownAnswer, key.span, message)
            .label("nothing calls it so");
        Some(suggest(
            also(finding, places, "named here"),
            key.span,
            Some(word),
        ))
    }

    /// An answer that is two of those that are missing, with no comma between them.
    fn joined(&self, words: &[&str]) -> Option<Diagnostic> {
        self.node.choices.iter().find_map(|choice| {
            let key = &choice.key;
            let (first, second) = words.iter().find_map(|first| {
                let rest = key.value.strip_prefix(first)?.strip_prefix(' ')?;
                words.contains(&rest).then_some((first, rest))
            })?;
            let name = &self.node.name.value;
            let message = format!(
                "`{name}` has no answers `{first}` and `{second}`, as several places call them"
            );
            let finding = self
                .finding(Code::UnknownAnswer, key.span, message)
                .label("two answers without a comma between them")
                .help("put a comma between the two");
            Some(finding.replace(
                "put a comma between the two",
                key.span,
                format!("{first}, {second}"),
            ))
        })
    }

    fn finding(&self, code: Code, span: Span, message: String) -> Diagnostic {
        let file = self.library.file;
        Diagnostic::new(code, Place { file, span }, message)
    }

    /// The questions that ask for the fact.
    fn questions(&self) -> impl Iterator<Item = &'d QuestionNode> {
        let name = &self.node.name.value;
        let steps = self.scripts.iter().flat_map(|script| &script.steps);
        steps.filter_map(move |step| match &step.form {
            Form::Question(question) => {
                let fact = question.fact.as_ref()?;
                (fact.value == *name).then_some(&**question)
            }
            _ => None,
        })
    }

    fn is_asked_as_yes_no(&self) -> bool {
        self.questions()
            .any(|question| question.yes.is_some() || question.no.is_some())
    }

    /// Whether some tree names an answer as it is declared: in a question, in quotes as conditions do, or as a value.
    fn is_used(&self, answer: &str) -> bool {
        let asked = |question: &QuestionNode| {
            let mut answers = question.answers.iter();
            answers.any(|other| *other.key.value == *answer)
        };
        let quoted = format!("\"{answer}\"");
        let value = format!("{}: {answer}", self.node.name.value);
        let is_end =
            |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
        self.questions().any(asked)
            || self.scripts.iter().any(|script| {
                let text = self.sources.file(script.file).text();
                text.contains(&quoted)
                    || text
                        .match_indices(&value)
                        .any(|(at, value)| text.get(at + value.len()..).is_some_and(is_end))
            })
    }

    /// Whether one of the errors of the library file stands in the declaration.
    fn has_error(&self, errors: &[u32]) -> bool {
        if errors.is_empty() {
            return false;
        }
        let (from, to) = self.extent();
        errors.iter().any(|at| (from..to).contains(at))
    }

    /// From its name to the first line that is no deeper.
    fn extent(&self) -> (u32, u32) {
        let source = self.sources.file(self.library.file);
        let first = source.line_of(self.node.name.span.start);
        let depth = |line: u32| {
            let text = source.slice(source.line_span(line));
            let content = text.trim_start();
            let says = !content.trim_end().is_empty() && !content.starts_with('#');
            says.then(|| text.len() - content.len())
        };
        let own = depth(first).unwrap_or_default();
        let end = (first + 1..=source.line_count())
            .find(|line| depth(*line).is_some_and(|depth| depth <= own));
        let to = end.map_or(u32::MAX, |line| source.line_start(line));
        (self.node.name.span.start, to)
    }
}

/// Adds the places that rely on what is missing.
fn also(mut finding: Diagnostic, places: &[&Blame], text: &str) -> Diagnostic {
    for blame in places.iter().take(MOST_PLACES) {
        finding = finding.also(blame.place, text);
    }
    finding
}
