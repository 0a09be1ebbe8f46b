//! All trees of a desk and what they share.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::condition::FactType;

use super::{AgentText, Choice, Matrix, Outlook, PublicText, Theme, Tree};

/// Names a tree inside the process: its place in [`Library::trees`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TreeId(pub u32);

/// Who walks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// A Tier 1 agent, for a caller.
    Agent,
    /// The person in trouble, alone.
    Customer,
}

impl Audience {
    /// The word that conditions compare with.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Customer => "customer",
        }
    }

    /// Both, as conditions name them.
    pub const NAMES: [&'static str; 2] = ["agent", "customer"];
}

/// How one talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Channel {
    Phone,
    Chat,
    Email,
    InPerson,
    SelfService,
}

impl Channel {
    /// The word that conditions compare with.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Chat => "chat",
            Self::Email => "email",
            Self::InPerson => "in_person",
            Self::SelfService => "self_service",
        }
    }

    /// The channel that conditions call so.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::Phone,
            Self::Chat,
            Self::Email,
            Self::InPerson,
            Self::SelfService,
        ];
        all.into_iter().find(|channel| channel.name() == name)
    }

    /// All, as conditions name them.
    pub const NAMES: [&'static str; 5] = ["phone", "chat", "email", "in_person", "self_service"];
}

/// A fact that all trees share and that lives as long as the case.
#[derive(Debug, Clone)]
pub struct FactDeclaration {
    /// Its name.
    pub name: Arc<str>,
    /// What values it takes.
    pub kind: FactType,
    /// How it is asked for where a step or `needs` brings no words of its own.
    pub ask: Option<PublicText>,
    /// How to find out.
    pub help: Option<PublicText>,
    /// Keys with their labels, where the kind has choices.
    pub choices: Box<[Choice]>,
}

/// Who takes cases over. Tier, contact and hours are for agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The name that `escalate:` uses.
    pub key: Arc<str>,
    /// How people call it.
    pub name: Option<PublicText>,
    /// 1, 2, 3 …
    pub tier: Option<AgentText>,
    /// How it is reached.
    pub contact: Option<AgentText>,
    /// When it is there.
    pub hours: Option<AgentText>,
}

/// A word that callers don't know, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub term: Arc<str>,
    /// What it means.
    pub meaning: PublicText,
}

/// Known trouble, shown before the first question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// A few words.
    pub title: PublicText,
    /// What everybody may know.
    pub text: Option<PublicText>,
    /// Words to read aloud.
    pub say: Option<AgentText>,
    /// The trees where it is shown; every tree where none is named.
    pub trees: Vec<TreeId>,
    /// The last day on which it is shown.
    pub until: Option<Date>,
}

/// A compiled library. Whoever has one may walk every tree in it: it comes from a compilation without errors or from the
/// canonical form of one.
#[derive(Debug, Default)]
pub struct Library {
    /// How the desk calls it.
    pub name: Option<PublicText>,
    /// The language of the texts (`en`, `de` …).
    pub locale: Option<Arc<str>>,
    /// All trees, sorted by name.
    pub trees: Vec<Arc<Tree>>,
    /// Shared facts, sorted by name.
    pub facts: Vec<FactDeclaration>,
    /// Teams, sorted by key.
    pub teams: Vec<Team>,
    /// Impact × urgency → priority.
    pub matrix: Matrix,
    /// Words explained, sorted.
    pub glossary: Vec<Term>,
    /// Known trouble.
    pub incidents: Vec<Incident>,
    /// How pages look.
    pub theme: Theme,
    /// Filled by [`Library::hash`] when it is first asked for; empty until then.
    pub hash: OnceLock<Arc<str>>,
    /// Filled by [`Library::steps_left`] when it is first asked for; empty until then.
    pub outlook: Outlook,
}

impl Library {
    /// The tree of that name.
    pub fn find(&self, name: &str) -> Option<TreeId> {
        let at = self
            .trees
            .binary_search_by(|tree| (*tree.name).cmp(name))
            .ok()?;
        Some(TreeId(at as u32))
    }

    /// The tree. Ids of another library may panic.
    #[allow(
        clippy::indexing_slicing,
        reason = "a TreeId is only made for a tree of this library"
    )]
    pub fn tree(&self, id: TreeId) -> &Arc<Tree> {
        &self.trees[id.0 as usize]
    }

    /// The place of a shared fact's declaration.
    pub fn find_fact(&self, name: &str) -> Option<u32> {
        self.facts
            .binary_search_by(|fact| (*fact.name).cmp(name))
            .ok()
            .map(|at| at as u32)
    }

    /// A shared fact's declaration. Places of another library may panic.
    #[allow(
        clippy::indexing_slicing,
        reason = "places are only made for declarations of this library"
    )]
    pub fn fact(&self, at: u32) -> &FactDeclaration {
        &self.facts[at as usize]
    }

    /// The team of that key, if it is declared.
    pub fn team(&self, key: &str) -> Option<&Team> {
        self.teams
            .binary_search_by(|team| (*team.key).cmp(key))
            .ok()
            .and_then(|at| self.teams.get(at))
    }
}
