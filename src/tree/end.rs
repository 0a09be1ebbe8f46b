//! How a walk ends, and how urgent it is.

use std::sync::Arc;

use super::{AgentText, PublicText};

/// How a walk ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The trouble is gone.
    Fix {
        /// What solved it.
        what: PublicText,
        /// What was wrong.
        cause: Option<PublicText>,
        /// How to keep it from coming back.
        prevent: Option<PublicText>,
        /// Whether the compiler made this end of a remedy's own words.
        remedy: bool,
    },
    /// Handed over to a team.
    Escalate {
        /// The team's name.
        team: Arc<str>,
        /// Why, for the team.
        reason: Option<AgentText>,
        /// How urgent.
        priority: Priority,
        /// Shared facts (by the place of their declaration) to be asked for first, in order.
        needs: Box<[u32]>,
    },
    /// Neither fixed nor handed over.
    Information {
        /// What to tell.
        text: PublicText,
    },
    /// Back to the tree that called.
    Return {
        /// The value.
        value: Arc<str>,
    },
}

impl End {
    /// Whether a person's yes to a check that leads straight to this end confirms it, so that nothing more is asked.
    pub const fn is_confirmed_by_yes(&self) -> bool {
        matches!(self, Self::Fix { .. })
    }
}

/// High, medium or low.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Level {
    High,
    Medium,
    Low,
}

/// How urgent an escalation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Priority {
    /// Nothing said: 3.
    #[default]
    Unstated,
    /// 1 (first) to 5.
    Fixed(u8),
    /// By the library's matrix; one alone takes medium for the other.
    Levels {
        /// How much is hit.
        impact: Option<Level>,
        /// How soon it hurts.
        urgency: Option<Level>,
    },
}

/// Impact × urgency → priority (1 first, 5 last); rows are impact high, medium, low, columns urgency in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matrix(pub [[u8; 3]; 3]);

impl Default for Matrix {
    /// The ITIL-style matrix that LANGUAGE.md gives.
    fn default() -> Self {
        Self([[1, 2, 3], [2, 3, 4], [3, 4, 5]])
    }
}

impl Matrix {
    /// The number, 1 to 5, of a priority.
    pub fn number(&self, priority: Priority) -> u8 {
        match priority {
            Priority::Unstated => 3,
            Priority::Fixed(number) => number,
            Priority::Levels {
                impact: None,
                urgency: None,
            } => 3,
            Priority::Levels { impact, urgency } => {
                let row = impact.unwrap_or(Level::Medium) as usize;
                let column = urgency.unwrap_or(Level::Medium) as usize;
                self.0
                    .get(row)
                    .and_then(|row| row.get(column))
                    .copied()
                    .unwrap_or(3)
            }
        }
    }
}
