//! Texts and conditions of a tree: their names resolved, what is wrong with them reported at the exact letters.

use crate::condition::{self, Condition, ConditionError, FactRef, FactType, Problem, Text};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;
use crate::syntax::{Form, ImageNode, Kind, LinkNode, ShownNode, Word, inner_span};
use crate::tree::{AgentText, ChecklistItem, Image, Link, PublicText, Shown};

use super::link::Linker;
use super::misdeclared_fact::Blamed;
use super::outline::Node;
use super::scope::{Scope, question};

impl<'a> Linker<'_, 'a> {
    /// A text that everybody may see.
    pub fn public(&mut self, word: Option<&Word>) -> Option<PublicText> {
        word.map(|word| PublicText(self.text(word)))
    }

    /// A text for agents.
    pub fn agent(&mut self, word: Option<&Word>) -> Option<AgentText> {
        word.map(|word| AgentText::new(self.text(word)))
    }

    /// A Markdown text. One with mistakes is taken literally; they are reported.
    pub fn text(&mut self, word: &Word) -> Text {
        if !word.value.contains("${") {
            return Text::literal(word.value.clone());
        }
        self.resolve_text(Text::parse(word.value.clone()), word)
    }

    /// An argument of a command: not Markdown.
    pub fn plain_text(&mut self, word: &Word) -> Text {
        self.resolve_text(Text::parse_plain(word.value.clone()), word)
    }

    fn resolve_text(&mut self, parsed: condition::ParsedText, word: &Word) -> Text {
        let resolved = self.scoped(false, |scope| {
            parsed.resolve(&mut |name: &str| scope.look_up(name))
        });
        match resolved {
            Ok(text) => text,
            Err(errors) => {
                self.report_errors(word, errors, false);
                Text::literal(word.value.clone())
            }
        }
    }

    /// A condition; `None` where it has mistakes, which are reported.
    pub fn condition(&mut self, word: &Word) -> Option<Condition> {
        self.condition_in(word, false)
    }

    /// The condition of a probe, which reads `exit` and `output` alone.
    pub fn probe_condition(&mut self, word: &Word) -> Option<Condition> {
        self.condition_in(word, true)
    }

    fn condition_in(&mut self, word: &Word, probe: bool) -> Option<Condition> {
        let resolved = condition::parse(&word.value).and_then(|parsed| {
            self.scoped(probe, |scope| {
                parsed.resolve(&mut |name: &str| scope.look_up(name))
            })
        });
        match resolved {
            Ok(condition) => Some(condition),
            Err(errors) => {
                let errors = self.told_by_types(word, errors, probe);
                self.report_errors(word, errors, probe);
                None
            }
        }
    }

    /// Whether a text is a condition on facts that can be read here.
    pub fn reads_facts(&mut self, word: &Word) -> bool {
        let Ok(parsed) = condition::parse(&word.value) else {
            return false;
        };
        let resolved = self.scoped(false, |scope| {
            parsed.resolve(&mut |name: &str| scope.look_up(name))
        });
        resolved.is_ok_and(|condition| !condition.reads().is_empty())
    }

    /// What is wrong with a condition; where a sign or word for comparing is wrong and the right one would not go with
    /// the fact either, what goes with it is said instead.
    fn told_by_types(
        &mut self,
        word: &Word,
        mut errors: Vec<ConditionError>,
        probe: bool,
    ) -> Vec<ConditionError> {
        let Some(parsed) = condition::as_meant(&word.value) else {
            return errors;
        };
        let resolved = self.scoped(probe, |scope| {
            parsed.resolve(&mut |name: &str| scope.look_up(name))
        });
        let about_types = resolved.err().unwrap_or_default();
        for told in about_types {
            // What is said of a comparison is said of the whole of it.
            let wrong = |error: &ConditionError| {
                told.problem == Problem::BadCondition
                    && told.range.start < error.range.start
                    && error.range.end < told.range.end
            };
            if errors.iter().any(wrong) {
                errors.retain(|error| !wrong(error));
                errors.push(told);
            }
        }
        errors.sort_by_key(|error| error.range.start);
        errors
    }

    /// Does something with the names that can be read here.
    fn scoped<T>(&mut self, probe: bool, work: impl FnOnce(&mut Scope<'_, 'a>) -> T) -> T {
        work(&mut Scope {
            shared: self.shared,
            nodes: &self.nodes,
            builder: &self.builder,
            step_types: &mut self.step_types,
            script: self.script,
            misspelled: &self.misspelled,
            probe,
        })
    }

    /// What a fact's name means in this tree.
    pub fn look_up(&mut self, name: &str) -> Option<(FactRef, FactType)> {
        self.scoped(false, |scope| scope.look_up(name))
    }

    /// Makes findings of what is wrong with a condition or a text.
    fn report_errors(&mut self, word: &Word, errors: Vec<ConditionError>, probe: bool) {
        self.places.reads_unknown = true;
        for error in errors {
            let source = self.shared.sources.file(self.script.file);
            let span = inner_span(source, word, error.range.clone());
            let finding = match &error.problem {
                Problem::UnknownFact { name } => self.unknown_name(span, name, &error, probe),
                Problem::Misfit { .. } if self.shared.facts_are_unread() => None,
                Problem::BadCondition | Problem::Misfit { .. } => {
                    Some(self.described(Code::BadCondition, span, &error))
                }
                Problem::BadTemplate => Some(self.described(Code::BadTemplate, span, &error)),
                Problem::UnknownAnswer { .. } => {
                    Some(self.described(Code::UnknownAnswer, span, &error))
                }
            };
            if let (Some(_), Problem::UnknownFact { name }) = (&finding, &error.problem) {
                self.missing.note_fact(name, self.findings.len());
            }
            if let Some(finding) = &finding {
                match &error.problem {
                    Problem::UnknownAnswer { value, fact } => {
                        self.blame(fact, finding, Blamed::Answer(value.as_str().into()));
                    }
                    Problem::Misfit { fact } => self.blame(fact, finding, Blamed::Kind),
                    _ => {}
                }
            }
            self.findings.extend(finding);
        }
    }

    /// A finding with the words of the condition's own error.
    fn described(&self, code: Code, span: Span, error: &ConditionError) -> Diagnostic {
        let mut finding = self.finding(code, span, error.message.clone());
        finding.help.clone_from(&error.help);
        if let Some(text) = &error.replace {
            finding = finding.replace(format!("write `{text}`"), span, text.clone());
        }
        finding
    }

    /// A finding about a name that means nothing here; none where the name may stand in what could not be read.
    fn unknown_name(
        &mut self,
        span: Span,
        name: &str,
        error: &ConditionError,
        probe: bool,
    ) -> Option<Diagnostic> {
        if probe {
            let finding = self.finding(Code::UnknownFact, span, error.message.clone());
            return Some(finding.help("the condition of a `run` reads `exit` and `output` only"));
        }
        if self.shared.library_may_name(name) || self.shared.may_name(self.script.file, name) {
            self.unresolved(span);
            return None;
        }
        let node = self
            .builder
            .find(name)
            .and_then(|id| self.nodes.get(id.index()));
        if node.is_some_and(is_unreadable) {
            return None;
        }
        let finding = self.described(Code::UnknownFact, span, error);
        if finding.fix.is_some() {
            return Some(finding);
        }
        if let Some(node) = node {
            return Some(named_like_a_step(finding, span, name, node));
        }
        let near = self.nearest_fact(name);
        let declared = self.shared.facts_are_declared();
        Some(match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")).replace(
                format!("write `{near}`"),
                span,
                near,
            ),
            None if finding.help.is_some() || !declared => finding,
            None => finding.help(
                "name a step of this tree that asks without `fact:`, or a fact of the library file",
            ),
        })
    }

    /// The nearest name of a fact that can be read in this tree.
    fn nearest_fact(&mut self, name: &str) -> Option<String> {
        self.guess(self.nodes.len() + self.shared.facts.len())?;
        let asked = self.script.steps.iter().filter_map(|step| {
            let question = question(&Node::Step(step))?;
            question.fact.is_none().then_some(&*step.name.value)
        });
        let shared = self.shared.facts.iter().map(|fact| &*fact.name);
        let built_in = ["audience", "channel"];
        nearest(name, asked.chain(shared).chain(built_in)).map(str::to_owned)
    }

    /// Takes so many comparisons from what may still be spent on guessing; `None` where too little is left.
    pub fn guess(&mut self, comparisons: usize) -> Option<()> {
        self.guesses = self.guesses.checked_sub(comparisons)?;
        Some(())
    }

    /// What a step shows beside `ask` and `do`.
    pub fn shown(&mut self, shown: Option<&ShownNode>) -> Option<Box<Shown>> {
        let shown = shown?;
        let checklist = shown.checklist.iter().map(|word| ChecklistItem {
            text: PublicText(self.text(word)),
        });
        let checklist = checklist.collect();
        Some(Box::new(Shown {
            help: self.public(shown.help.as_ref()),
            warn: self.public(shown.warn.as_ref()),
            checklist,
            image: shown.image.as_ref().map(|image| self.image(image)),
            link: shown.link.as_ref().map(|link| self.web_link(link)),
            say: self.agent(shown.say.as_ref()),
            note: self.agent(shown.note.as_ref()),
        }))
    }

    fn image(&mut self, image: &ImageNode) -> Image {
        Image {
            src: self.image_path(&image.src),
            alt: self.public(image.alt.as_ref()),
        }
    }

    fn web_link(&mut self, link: &LinkNode) -> Link {
        Link {
            url: link.url.value.clone(),
            label: self.public(link.label.as_ref()),
        }
    }
}

/// Whether a step could not be read, so that it may well ask for something.
fn is_unreadable(node: &Node<'_>) -> bool {
    match node {
        Node::Step(step) => match &step.form {
            Form::Broken => true,
            Form::Question(question) => {
                matches!(question.kind, Kind::Declared) && question.fact.is_none()
            }
            _ => false,
        },
        _ => false,
    }
}

/// Says why a step's name is no fact.
fn named_like_a_step(finding: Diagnostic, span: Span, name: &str, node: &Node<'_>) -> Diagnostic {
    match question(node).and_then(|question| question.fact.as_ref()) {
        Some(fact) => {
            let fact = &fact.value;
            finding
                .help(format!("the answer of `{name}` is kept as `{fact}`"))
                .replace(format!("write `{fact}`"), span, &**fact)
        }
        None => finding.help(format!("`{name}` asks for nothing that could be read")),
    }
}
