//! What the library file says beside its facts: teams, `stuck`, matrix, glossary, incidents; the theme is in `theme`.

use std::sync::Arc;

use crate::condition::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use crate::syntax::{IncidentNode, LibraryScript, TeamNode, Word};
use crate::tree::{AgentText, Incident, Matrix, PublicText, Team, Term, Theme, TreeId};

use super::edges::unknown_tree;
use super::literal::literal;
use super::shared::{Findings, Shared};
use super::theme::theme;

/// The parts of a library that its file gives.
#[derive(Default)]
pub(super) struct Desk {
    pub name: Option<PublicText>,
    pub locale: Option<Arc<str>>,
    pub teams: Vec<Team>,
    pub matrix: Matrix,
    pub glossary: Vec<Term>,
    pub incidents: Vec<Incident>,
    pub theme: Theme,
}

/// Reads them; an empty desk where there is no library file.
pub(super) fn desk(shared: &Shared<'_>, findings: &mut Findings) -> Desk {
    let Some(script) = shared.library_script else {
        return Desk::default();
    };
    let mut reader = Reader {
        shared,
        script,
        findings,
    };
    let mut teams: Vec<_> = script
        .teams
        .iter()
        .flatten()
        .map(|team| reader.team(team))
        .collect();
    teams.sort_by(|left, right| left.key.cmp(&right.key));
    let mut glossary: Vec<_> = script
        .glossary
        .iter()
        .map(|(term, meaning)| Term {
            term: Arc::clone(&term.value),
            meaning: PublicText(reader.text(meaning)),
        })
        .collect();
    glossary.sort_by(|left, right| left.term.cmp(&right.term));
    let incidents = script.incidents.iter();
    let incidents = incidents.filter_map(|incident| reader.incident(incident));
    let incidents = incidents.collect();
    reader.templates();
    let node = script.theme.as_ref();
    let theme = node.map_or_else(Theme::default, |node| theme(shared, node, reader.findings));
    Desk {
        name: reader.public(&script.name),
        locale: reader.locale(),
        teams,
        matrix: script
            .priority
            .as_ref()
            .map_or_else(Matrix::default, |matrix| Matrix(matrix.value)),
        glossary,
        incidents,
        theme,
    }
}

/// Languages by what people call them.
const TAGS: [(&str, &str); 14] = [
    ("english", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("polish", "pl"),
];

fn suggest_tag(finding: Diagnostic, word: &Word, tag: Option<&str>) -> Diagnostic {
    match tag {
        Some(tag) => {
            let write = format!("write `{tag}`");
            finding.help(write.clone()).replace(write, word.span, tag)
        }
        None => finding.help(
            "write the short tag of the language, like `en` or `de`, or with a country `de-CH`",
        ),
    }
}

/// Whether a text is a language tag: two or three letters, then parts of letters and digits (BCP 47, in outline).
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    let fits = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(fits)
}

struct Reader<'r, 'a> {
    shared: &'r Shared<'a>,
    script: &'a LibraryScript,
    findings: &'r mut Findings,
}

impl Reader<'_, '_> {
    fn text(&mut self, word: &Word) -> Text {
        literal(self.shared.sources, self.script.file, word, self.findings)
    }

    fn public(&mut self, word: &Option<Word>) -> Option<PublicText> {
        word.as_ref().map(|word| PublicText(self.text(word)))
    }

    /// The language of the trees. One that is not written as a tag is kept, so that its texts are not taken for English.
    fn locale(&mut self) -> Option<Arc<str>> {
        let word = self.script.locale.as_ref()?;
        if !is_language_tag(&word.value) {
            let message = format!("`{}` is not how a language is written", word.value);
            let finding = Diagnostic::new(Code::BadValue, self.place(word), message);
            let tag = TAGS
                .iter()
                .find(|(name, _)| *name == word.value.to_lowercase());
            self.findings
                .push(suggest_tag(finding, word, tag.map(|(_, tag)| *tag)));
        }
        Some(Arc::clone(&word.value))
    }

    fn agent(&mut self, word: &Option<Word>) -> Option<AgentText> {
        word.as_ref().map(|word| AgentText::new(self.text(word)))
    }

    fn team(&mut self, team: &TeamNode) -> Team {
        Team {
            key: Arc::clone(&team.key.value),
            name: self.public(&team.name),
            tier: self.agent(&team.tier),
            contact: self.agent(&team.contact),
            hours: self.agent(&team.hours),
        }
    }

    /// An incident; `None` where it names trees and the library has none of them, so that it is not shown in all.
    fn incident(&mut self, incident: &IncidentNode) -> Option<Incident> {
        let trees: Vec<TreeId> = incident
            .trees
            .iter()
            .filter_map(|name| self.tree(name))
            .collect();
        if trees.is_empty() && !incident.trees.is_empty() {
            return None;
        }
        Some(Incident {
            title: PublicText(self.text(&incident.title)),
            text: self.public(&incident.text),
            say: self.agent(&incident.say),
            trees,
            until: incident.until.as_ref().map(|until| until.value),
        })
    }

    fn tree(&mut self, name: &Word) -> Option<TreeId> {
        let found = self.shared.tree(&name.value);
        if found.is_none() {
            let finding = unknown_tree(self.place(name), &name.value, self.shared.scripts);
            self.findings.push(finding);
        }
        found
    }

    /// The templates of hooks lie in the library.
    fn templates(&mut self) {
        for template in self
            .script
            .hooks
            .iter()
            .filter_map(|hook| hook.template.as_ref())
        {
            let path = &*template.value;
            if !(self.shared.has_file)(path) {
                let message = format!("there is no file `{path}`");
                let finding = Diagnostic::new(Code::MissingFile, self.place(template), message)
                    .help("write the path from the folder of the library file");
                self.findings.push(finding);
            }
        }
    }

    fn place(&self, word: &Word) -> Place {
        Place {
            file: self.script.file,
            span: word.span,
        }
    }
}
