//! A set of texts: some, or all but some.

use std::collections::BTreeSet;
use std::sync::Arc;

/// Texts beyond which a set is not told apart any more.
const MAX: usize = 64;

/// A finite set of texts, or what a finite set leaves.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextSet {
    /// These alone.
    Only(Arc<BTreeSet<Arc<str>>>),
    /// Every text but these.
    Except(Arc<BTreeSet<Arc<str>>>),
}

impl TextSet {
    /// Every text.
    pub fn all() -> Self {
        Self::Except(Arc::default())
    }

    /// No text.
    pub fn none() -> Self {
        Self::Only(Arc::default())
    }

    /// One text.
    pub fn only(text: Arc<str>) -> Self {
        Self::Only(Arc::new(BTreeSet::from([text])))
    }

    /// Whether no text is in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Only(texts) if texts.is_empty())
    }

    /// Whether the text is in it.
    pub fn contains(&self, text: &str) -> bool {
        match self {
            Self::Only(texts) => texts.contains(text),
            Self::Except(texts) => !texts.contains(text),
        }
    }

    /// What is in one of them; with too many texts to tell apart, every text.
    pub fn union(&self, other: &Self) -> Self {
        let union = match (self, other) {
            (Self::Only(left), Self::Only(right)) => {
                Self::Only(Arc::new(left.as_ref() | right.as_ref()))
            }
            (Self::Except(left), Self::Except(right)) => {
                Self::Except(Arc::new(left.as_ref() & right.as_ref()))
            }
            (Self::Only(only), Self::Except(except)) | (Self::Except(except), Self::Only(only)) => {
                Self::Except(Arc::new(except.as_ref() - only.as_ref()))
            }
        };
        match &union {
            Self::Only(texts) if texts.len() > MAX => Self::all(),
            _ => union,
        }
    }

    /// What is in both; with too many texts to tell apart, what is in this.
    pub fn intersection(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Only(left), Self::Only(right)) => {
                Self::Only(Arc::new(left.as_ref() & right.as_ref()))
            }
            (Self::Except(left), Self::Except(right)) if left.len() + right.len() > MAX => {
                self.clone()
            }
            (Self::Except(left), Self::Except(right)) => {
                Self::Except(Arc::new(left.as_ref() | right.as_ref()))
            }
            (Self::Only(only), Self::Except(except)) | (Self::Except(except), Self::Only(only)) => {
                Self::Only(Arc::new(only.as_ref() - except.as_ref()))
            }
        }
    }

    /// What is in this and not in the other.
    pub fn minus(&self, other: &Self) -> Self {
        self.intersection(&match other {
            Self::Only(texts) => Self::Except(texts.clone()),
            Self::Except(texts) => Self::Only(texts.clone()),
        })
    }
}
