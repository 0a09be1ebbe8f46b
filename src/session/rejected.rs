//! Why an event was refused. What is refused changes nothing; the runner says so and asks again.

use std::fmt;
use std::sync::Arc;

/// Why an event was refused, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejected {
    /// The reply answers an older prompt, or comes twice.
    Stale {
        /// The number that it names.
        given: u64,
        /// The number that it should name.
        expected: u64,
    },
    /// The reply is for another prompt.
    WrongStep {
        /// The prompt that it names.
        given: String,
        /// The prompt that stands.
        expected: String,
    },
    /// The answer is none of this question.
    NotAnAnswer {
        /// The prompt.
        step: String,
        /// What is an answer here.
        accepted: String,
    },
    /// This kind of reply is not taken here.
    NotOffered {
        /// The prompt.
        step: String,
        /// The kind of reply.
        reply: &'static str,
        /// The kinds that are taken.
        offered: String,
    },
    /// The reply says that the machine answered, but nothing can be measured at this step.
    NotProbed {
        /// The prompt.
        step: String,
    },
    /// Nobody's reply comes from there.
    NotASource {
        /// Where it is said to come from.
        source: &'static str,
    },
    /// No tree of the library has this name.
    UnknownTree {
        /// The name.
        tree: Arc<str>,
    },
    /// The tree is for agents.
    NotForCustomers {
        /// Its name.
        tree: Arc<str>,
    },
    /// Some facts known beforehand cannot be used.
    Misfits(Vec<Misfit>),
    /// No shared fact has this name, or it has no value that could be changed.
    UnknownFact {
        /// The name.
        fact: Arc<str>,
        /// The facts that could be meant.
        known: Vec<Arc<str>>,
    },
    /// The fact was set by an answer's edge: that answer is to be changed.
    SetByEdge {
        /// The fact.
        fact: Arc<str>,
        /// The step whose answer set it.
        step: String,
    },
    /// No prompt of the walk came up by that event.
    NoSuchPrompt {
        /// The number given.
        seq: u64,
    },
    /// There is no answer at that prompt which could be changed.
    NothingToChange {
        /// The prompt.
        step: String,
    },
    /// Only an end can be closed, and an escalation is handed over instead.
    NotAtAnEnd {
        /// Where the walk stands.
        step: String,
    },
    /// The end says otherwise.
    NotThatOutcome,
    /// The case is parked.
    Parked,
    /// The case is not parked.
    NotParked,
    /// The case was handed over and nobody has taken it yet.
    HandedOver {
        /// To whom.
        to: Arc<str>,
    },
    /// The case was not handed over.
    NotHandedOver,
    /// The case is over.
    Closed,
    /// A case begins with one start, number 1.
    NotAStart,
    /// The case began long ago.
    AlreadyStarted,
    /// The case is pinned to another library.
    OtherLibrary,
}

/// A fact known beforehand that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Its name.
    pub fact: Arc<str>,
    /// What it could be; `None`: no shared fact has this name.
    pub accepted: Option<String>,
    /// The shared facts that there are, for an unknown name.
    pub known: Vec<Arc<str>>,
}

impl fmt::Display for Rejected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale { given, expected } => write!(
                out,
                "this answers prompt {given}, but the case has moved on to {expected}; look at it again"
            ),
            Self::WrongStep { given, expected } => {
                write!(
                    out,
                    "this answers `{given}`, but the case stands at `{expected}`; look at it again"
                )
            }
            Self::NotAnAnswer { step, accepted } => {
                write!(out, "that is no answer to `{step}`; give {accepted}")
            }
            Self::NotOffered {
                step,
                reply,
                offered,
            } => {
                write!(out, "`{step}` does not take `{reply}`; it takes {offered}")
            }
            Self::NotProbed { step } => write!(
                out,
                "the machine cannot answer `{step}` by itself; ask the person"
            ),
            Self::NotASource { source } => write!(
                out,
                "a reply cannot be `{source}`; it is asked, claimed or probed"
            ),
            Self::UnknownTree { tree } => write!(out, "there is no tree named `{tree}`"),
            Self::NotForCustomers { tree } => write!(out, "the tree `{tree}` is for agents only"),
            Self::Misfits(misfits) => write_misfits(misfits, out),
            Self::UnknownFact { fact, known } => write_unknown(fact, known, out),
            Self::SetByEdge { fact, step } => {
                write!(
                    out,
                    "`{fact}` follows from the answer to `{step}`; change that answer instead"
                )
            }
            Self::NoSuchPrompt { seq } => {
                write!(out, "the walk has no earlier prompt with number {seq}")
            }
            Self::NothingToChange { step } => {
                write!(out, "`{step}` has no answer that could be changed")
            }
            Self::NotAtAnEnd { step } => write!(
                out,
                "the case stands at `{step}`; only a fix or another end can be closed, and an escalation is handed over"
            ),
            Self::NotThatOutcome => out.write_str("the end that the case stands at says otherwise"),
            Self::Parked => out.write_str("the case is parked; resume it first"),
            Self::NotParked => out.write_str("the case is not parked"),
            Self::HandedOver { to } => write!(
                out,
                "the case was handed over to {to}; somebody has to take it first"
            ),
            Self::NotHandedOver => out.write_str("the case was not handed over"),
            Self::Closed => out.write_str("the case is closed"),
            Self::NotAStart => out.write_str("a case begins with its start, which has number 1"),
            Self::AlreadyStarted => out.write_str("the case was started already"),
            Self::OtherLibrary => {
                out.write_str("the case was started with another version of the library")
            }
        }
    }
}

impl std::error::Error for Rejected {}

fn write_misfits(misfits: &[Misfit], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, misfit) in misfits.iter().enumerate() {
        if at > 0 {
            out.write_str("; ")?;
        }
        match &misfit.accepted {
            Some(accepted) => write!(out, "`{}` cannot be that; give {accepted}", misfit.fact)?,
            None => write_unknown(&misfit.fact, &misfit.known, out)?,
        }
    }
    Ok(())
}

fn write_unknown(fact: &str, known: &[Arc<str>], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(out, "there is no fact `{fact}` to set")?;
    match known {
        [] => Ok(()),
        known => write!(out, "; there are {}", known.join(", ")),
    }
}

/// Why a replay stopped.
#[derive(Debug)]
pub struct Stopped {
    /// The number of the first event that does not fit.
    pub seq: u64,
    /// Why not.
    pub why: Rejected,
    /// The case up to there; none if it could not even start.
    pub session: Option<Box<super::Session>>,
}

impl fmt::Display for Stopped {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "event {} does not fit: {}", self.seq, self.why)
    }
}

impl std::error::Error for Stopped {}
