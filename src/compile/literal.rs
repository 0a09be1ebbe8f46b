//! Texts that are shown outside of a walk, or at any place of any tree: nothing can be filled in in them.

use crate::condition::{Problem, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Place, Sources};
use crate::syntax::{Word, inner_span};
use crate::tree::{AgentText, PublicText};

use super::link::Linker;
use super::shared::Findings;

/// Reads such a text; a `${…}` in it is reported.
pub(super) fn literal(
    sources: &Sources,
    file: FileId,
    word: &Word,
    findings: &mut Findings,
) -> Text {
    let source = &word.value;
    if !source.contains("${") {
        return Text::literal(source.clone());
    }
    match Text::parse(source.clone()).resolve(&mut |_| None) {
        Ok(text) => text,
        Err(errors) => {
            for error in errors {
                let span = inner_span(sources.file(file), word, error.range.clone());
                let message = match error.problem {
                    Problem::UnknownFact { name } => {
                        format!("`{name}` cannot be filled in here")
                    }
                    _ => error.message,
                };
                let finding = Diagnostic::new(Code::BadTemplate, Place { file, span }, message)
                    .label("this text is shown where no answer is known")
                    .help("write it without `${…}`, or `$${` for the letters `${` themselves");
                findings.push(finding);
            }
            Text::literal(source.clone())
        }
    }
}

impl Linker<'_, '_> {
    /// A text of the tree itself that everybody may see.
    pub fn public_literal(&mut self, word: Option<&Word>) -> Option<PublicText> {
        word.map(|word| PublicText(self.literal(word)))
    }

    /// A text of the tree itself for agents.
    pub fn agent_literal(&mut self, word: Option<&Word>) -> Option<AgentText> {
        word.map(|word| AgentText::new(self.literal(word)))
    }

    fn literal(&mut self, word: &Word) -> Text {
        literal(
            self.shared.sources,
            self.script.file,
            word,
            &mut self.findings,
        )
    }
}
