//! The library file, `fixpath.yaml`, as its author wrote it.

use jiff::civil::Date;

use crate::diagnostic::Code;
use crate::source::{FileId, Place, Span, Spanned};

use super::{AnswerNode, EndNode, Kind, Word};

/// Stands for the name of a team or a fact whose line is not there.
pub(super) const LOST_NAME: &str = "a_name_that_is_missing";

/// The library file. `None` where the author wrote nothing: names are then not held against declarations.
#[derive(Debug, Clone)]
pub struct LibraryScript {
    /// Its file.
    pub file: FileId,
    /// Whether teams, facts, terms or `stuck` may be missing here that the file has: names that are not found must not be
    /// blamed.
    pub broken: bool,
    /// `name:`.
    pub name: Option<Word>,
    /// `locale:`.
    pub locale: Option<Word>,
    /// `allow:`.
    pub allow: Vec<Spanned<Code>>,
    /// `stuck:` for all trees.
    pub stuck: Option<EndNode>,
    /// `teams:`.
    pub teams: Option<Vec<TeamNode>>,
    /// `facts:`.
    pub facts: Option<Vec<FactNode>>,
    /// `priority:`: rows impact high, medium, low; columns urgency in the same order; with its span.
    pub priority: Option<Spanned<[[u8; 3]; 3]>>,
    /// `glossary:`, term → plain words.
    pub glossary: Vec<(Word, Word)>,
    /// `incidents:`.
    pub incidents: Vec<IncidentNode>,
    /// `hooks:`.
    pub hooks: Vec<HookNode>,
    /// All of `hooks:`, its key included.
    pub hooks_span: Option<Span>,
    /// The files of the hooks' templates, filled in by who reads them.
    pub template_files: Vec<FileId>,
    /// `theme:`.
    pub theme: Option<ThemeNode>,
}

impl LibraryScript {
    /// Whether what is found there is about hooks alone: nothing else in the library depends on it.
    pub fn is_about_hooks(&self, place: Place) -> bool {
        let within = |whole: Span| whole.start <= place.span.start && place.span.end <= whole.end;
        self.template_files.contains(&place.file)
            || place.file == self.file && self.hooks_span.is_some_and(within)
    }

    /// Whether the line with the name of a team or a fact is missing, so that any name may be the one.
    pub fn lost_a_name(&self) -> bool {
        let teams = self.teams.iter().flatten().map(|team| &team.key);
        let facts = self.facts.iter().flatten().map(|fact| &fact.name);
        teams.chain(facts).any(|name| *name.value == *LOST_NAME)
    }

    /// A library file of which nothing is known yet.
    pub(super) const fn empty(file: FileId) -> Self {
        Self {
            file,
            broken: false,
            name: None,
            locale: None,
            allow: Vec::new(),
            stuck: None,
            teams: None,
            facts: None,
            priority: None,
            glossary: Vec::new(),
            incidents: Vec::new(),
            hooks: Vec::new(),
            hooks_span: None,
            template_files: Vec::new(),
            theme: None,
        }
    }
}

/// One team.
#[derive(Debug, Clone)]
pub struct TeamNode {
    /// Its key.
    pub key: Word,
    /// `name:`.
    pub name: Option<Word>,
    /// `tier:`.
    pub tier: Option<Word>,
    /// `contact:`.
    pub contact: Option<Word>,
    /// `hours:`.
    pub hours: Option<Word>,
}

/// One shared fact.
#[derive(Debug, Clone)]
pub struct FactNode {
    /// Its name.
    pub name: Word,
    /// `ask:`.
    pub ask: Option<Word>,
    /// `help:`.
    pub help: Option<Word>,
    /// What values it takes; never `Declared`.
    pub kind: Kind,
    /// The key that says what values it takes, else its name.
    pub kind_span: Span,
    /// `answers:`, keys with labels, without edges.
    pub choices: Vec<AnswerNode>,
}

/// One incident.
#[derive(Debug, Clone)]
pub struct IncidentNode {
    /// All of it.
    pub span: Span,
    /// `title:`.
    pub title: Word,
    /// `text:`.
    pub text: Option<Word>,
    /// `say:`.
    pub say: Option<Word>,
    /// `trees:`.
    pub trees: Vec<Word>,
    /// `until:`.
    pub until: Option<Spanned<Date>>,
}

/// One hook: where to post what.
#[derive(Debug, Clone)]
pub struct HookNode {
    /// All of it.
    pub span: Span,
    /// The name that it stands under, if it has one.
    pub name: Option<Word>,
    /// `url:`, http or https, or with `${NAME}` for what stands in the environment; none where it cannot be read.
    pub url: Option<Word>,
    /// `on:` `handover`, `close`; both where it is empty.
    pub on: Vec<Word>,
    /// `template:`, a file beside the library file.
    pub template: Option<Word>,
    /// `secret:`, the name of an environment variable.
    pub secret: Option<Word>,
    /// `headers:`, name → value.
    pub headers: Vec<(Word, Word)>,
}

/// How pages look, and whom they name.
#[derive(Debug, Clone)]
pub struct ThemeNode {
    /// All of it.
    pub span: Span,
    /// `name:`.
    pub name: Option<Word>,
    /// `logo:`.
    pub logo: Option<Word>,
    /// `color:`.
    pub color: Option<Word>,
    /// `contact:`, `phone:`.
    pub phone: Option<Word>,
    /// `contact:`, `email:`.
    pub email: Option<Word>,
    /// `contact:`, `hours:`.
    pub hours: Option<Word>,
    /// `embed:`.
    pub embed: Vec<Word>,
}
