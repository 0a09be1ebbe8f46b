//! What a step shows. Texts for agents are a type of their own, so that what is built for customers cannot hold them.

use crate::condition::Text;

use super::{ChecklistItem, Image, Link};

/// A text that everybody may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicText(pub Text);

/// A text that only agents may see. There is no way from here to a [`PublicText`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentText(Text);

impl AgentText {
    /// A text for agents.
    pub const fn new(text: Text) -> Self {
        Self(text)
    }

    /// The text, for something that agents alone see, or for what is no output to anybody: the canonical form.
    pub const fn for_agents(&self) -> &Text {
        &self.0
    }
}

/// Everything that a step shows besides what it asks (`ask`) and says to do (`do`): most steps have little of it, so it
/// is boxed as a whole in [`super::Step`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// How to find out.
    pub help: Option<PublicText>,
    /// Danger, shown first.
    pub warn: Option<PublicText>,
    /// Items to tick.
    pub checklist: Vec<ChecklistItem>,
    /// A picture.
    pub image: Option<Image>,
    /// Where to read more.
    pub link: Option<Link>,
    /// Words to read aloud.
    pub say: Option<AgentText>,
    /// Internal remark.
    pub note: Option<AgentText>,
}
