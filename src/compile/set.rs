//! Shared facts by their names, and the values that edges set them to.

use crate::condition::{FactRef, FactType, Value};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;
use crate::syntax::{ValueNode, Word};
use crate::tree::FactDeclaration;

use super::edges::suggest;
use super::link::Linker;
use super::misdeclared_fact::Blamed;

impl<'s> Linker<'s, '_> {
    /// `set: {name: value}`, the value typed as the fact is.
    pub fn set(&mut self, name: &Word, value: &ValueNode) -> Option<(u32, Value)> {
        let Some((at, declaration)) = self.shared_fact(name) else {
            self.unclear_set = true;
            return None;
        };
        match self.fact_value(&name.value, &declaration.kind, value) {
            Ok(value) => Some((at, value)),
            Err(finding) => {
                // What cannot be set is not missed by any reader.
                self.places.reads_unknown = true;
                self.unclear_set = true;
                if let (FactType::YesNo | FactType::Choice(_), ValueNode::One(word)) =
                    (&declaration.kind, value)
                {
                    let what = match &declaration.kind {
                        FactType::YesNo => Blamed::Kind,
                        _ => Blamed::Answer((&*word.value).into()),
                    };
                    self.blame(&name.value, &finding, what);
                }
                self.report(*finding);
                None
            }
        }
    }

    /// A value as written, typed.
    fn fact_value(
        &self,
        name: &str,
        kind: &FactType,
        value: &ValueNode,
    ) -> Result<Value, Box<Diagnostic>> {
        let (span, read) = match value {
            ValueNode::One(word) => (word.span, kind.read(&word.value, None)),
            ValueNode::List(words, span) => {
                let picked: Vec<&str> = words.iter().map(|word| &*word.value).collect();
                (*span, kind.read_many(&picked))
            }
        };
        if matches!(kind, FactType::Text(spec) if spec.secret) {
            let finding = self
                .finding(
                    Code::BadValue,
                    span,
                    format!("`{name}` is a secret and cannot be set"),
                )
                .help("take it out of `set`: only the person can give it");
            return Err(Box::new(finding));
        }
        read.map_err(|misfit| Box::new(self.misfit(name, kind, value, span, misfit.expected())))
    }

    /// A finding about a value that its fact cannot have.
    fn misfit(
        &self,
        name: &str,
        kind: &FactType,
        value: &ValueNode,
        span: Span,
        expected: &str,
    ) -> Diagnostic {
        let word = match (kind, value) {
            (FactType::Choice(keys) | FactType::Many(keys), ValueNode::List(words, _)) => words
                .iter()
                .find(|word| !keys.contains(&word.value))
                .map(|word| (word, keys)),
            (FactType::Choice(keys) | FactType::Many(keys), ValueNode::One(word)) => {
                Some((word, keys))
            }
            _ => None,
        };
        let help = format!("`{name}` takes {expected}");
        match word {
            Some((word, keys)) => {
                let message = format!("`{name}` cannot be `{}`", word.value);
                let near = nearest(&word.value, keys.iter().map(|key| &**key));
                let finding = self
                    .finding(Code::UnknownAnswer, word.span, message)
                    .help(help);
                suggest(finding, word.span, near)
            }
            None => self
                .finding(
                    Code::BadValue,
                    span,
                    format!("this is no value for `{name}`"),
                )
                .help(help),
        }
    }

    /// The place of a shared fact with its declaration. An unknown one is reported, and taken for the nearest that there
    /// is, so that nothing is found wrong that only follows from it.
    pub fn shared_fact(&mut self, name: &Word) -> Option<(u32, &'s FactDeclaration)> {
        let (word, span) = (&*name.value, name.span);
        let shared = self.shared;
        let a_step = self.is_read_as_a_step(word);
        if let (Some(found), false) = (shared.fact(word), a_step) {
            return Some(found);
        }
        self.places.reads_unknown = true;
        if shared.library_may_name(word) {
            return None;
        }
        let facts = shared.facts.iter().map(|fact| &*fact.name);
        let near = self.guess(shared.facts.len());
        let near = near.and_then(|()| nearest(word, facts));
        let finding = self.finding(
            Code::UnknownFact,
            span,
            format!("no shared fact is named `{word}`"),
        );
        let finding = match near {
            _ if a_step => finding.help(format!(
                "`{word}` is a step; declare the fact under `facts:` in the library file"
            )),
            None => finding
                .help("declare it under `facts:` in the library file, or name one from there"),
            near => suggest(finding, span, near),
        };
        self.report(finding);
        near.and_then(|near| shared.fact(near))
    }

    /// Whether conditions of this tree read a step's answer under this name, although other trees have such a fact that
    /// nobody declares.
    fn is_read_as_a_step(&mut self, name: &str) -> bool {
        let read = self.look_up(name);
        matches!(read, Some((FactRef::Step(_), _)))
    }

    /// A step or remedy must not have the name of a shared fact.
    pub fn not_a_fact(&mut self, name: &Word) {
        let (word, span) = (&*name.value, name.span);
        if self.shared.fact(word).is_none() || !self.shared.facts_are_declared() {
            return;
        }
        let finding = self
            .finding(
                Code::BadName,
                span,
                format!("`{word}` is already the name of a shared fact"),
            )
            .label("a condition could not tell them apart")
            .help(format!(
                "rename the step, or let it ask for that fact: `fact: {word}`"
            ));
        self.report(finding);
    }
}
