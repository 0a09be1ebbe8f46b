//! What both runners do with a case: reply, go back, correct, leave, finish. They bring the clock; the session none.

use std::sync::Arc;
use std::time::Duration;

use crate::condition::Value;
use crate::session::{Changing, Moment, Outcome, Prompt, Rejected, Reply, Session, Source};
use crate::tree::{Audience, Channel, TreeId};

use super::card::Card;
use super::keeping::{Keeping, Said};
use super::probe::{self, Outcome as Probed};

/// What is said to one whose answer came too late.
const OVERTAKEN: &str = "Somebody else went on with this case in the meantime: your answer was not taken. This is where it stands now.";

/// A case that is walked, and what the runner may use.
pub struct Walk<'a> {
    /// The case.
    pub session: Session,
    /// The trees that fit some words, best first.
    pub find: &'a dyn Fn(&str, Audience) -> Vec<TreeId>,
    /// The hand-over note, as it is to be printed.
    pub note: &'a dyn Fn(&Session) -> String,
    /// What time it is.
    pub clock: &'a dyn Fn() -> Moment,
    /// Whether commands may be run on this computer: it is the one in trouble, and its person agreed.
    pub allow_run: bool,
    /// How the case is kept; none where it is kept nowhere.
    pub kept: Option<Keeping<'a>>,
    /// What is to be told once: about the store, or what somebody else did.
    pub news: Option<String>,
}

/// How the runner was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The problem is solved, or at least nobody says otherwise.
    Resolved,
    /// Handed over to a team.
    Escalated,
    /// Left before an end.
    Unfinished,
    /// Neither fixed nor handed over.
    Ended,
}

impl Ending {
    /// The exit code that `fixpath run` documents.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Resolved => 0,
            Self::Escalated => 3,
            Self::Unfinished => 4,
            Self::Ended => 5,
        }
    }
}

/// Why something could not be done, in words for the person who tried.
pub type Refusal = String;

impl Walk<'_> {
    /// Whether a command may be offered: on this computer, if it is the one in trouble.
    pub fn may_run(&self) -> bool {
        self.allow_run
            || self.session.audience() == Audience::Customer
            || self.session.channel() == Channel::InPerson
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        (self.clock)()
    }

    /// Adds to the case, and keeps it: what is not kept does not count.
    fn act<T>(
        &mut self,
        act: impl FnOnce(&mut Session, Moment) -> Result<T, Rejected>,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let before = self.session.events().len();
        act(&mut self.session, now).map_err(|rejected| explain(&rejected))?;
        let Some(kept) = &mut self.kept else {
            return Ok(());
        };
        match kept.keep(&self.session) {
            Said::Kept => Ok(()),
            Said::KeptBut(news) => {
                self.news = Some(news);
                Ok(())
            }
            Said::Not(why) => {
                self.take_back(before);
                Err(why)
            }
            Said::Moved(session) => {
                self.session = *session;
                self.news = Some(OVERTAKEN.to_owned());
                Err(OVERTAKEN.to_owned())
            }
        }
    }

    /// Takes back what was added since there were so many events.
    fn take_back(&mut self, events: usize) {
        let kept = self.session.events().get(..events).unwrap_or_default();
        // What was applied once applies again.
        if let Ok(session) = Session::replay(Arc::clone(self.session.library()), kept) {
            self.session = session;
        }
    }

    /// Looks whether somebody else has gone on with the case; `true` if it is another one now.
    pub fn look_for_news(&mut self) -> bool {
        let Some(session) = self.kept.as_mut().and_then(Keeping::news) else {
            return false;
        };
        let news = match session.prompt() {
            Prompt::Parked(_) => {
                "Somebody else has put this case aside, so it waits as it stands now."
            }
            Prompt::HandedOver(_) => {
                "Somebody else has handed this case over: this is how it stands now."
            }
            Prompt::Closed(..) => {
                "Somebody else has brought this case to its end: this is its note."
            }
            _ => "Somebody else went on with this case: this is where it stands now.",
        };
        self.news = Some(news.to_owned());
        self.session = session;
        true
    }

    /// Leaves the case where it stands: one that is kept and goes on is parked, to be found again.
    ///
    /// # Errors
    /// That is not kept; nothing that was said before is lost.
    pub fn leave_off(&mut self) -> Result<(), Refusal> {
        let goes_on = self.session.prompt().at().is_some();
        if self.kept.is_some() && goes_on {
            self.park(None)?;
        }
        Ok(())
    }

    /// Keeps what somebody says about the script at the prompt that stands.
    ///
    /// # Errors
    /// There is no store, or it does not keep it.
    pub fn feedback(&self, words: &str) -> Result<(), Refusal> {
        match &self.kept {
            Some(kept) => kept.feedback(&self.session, words, self.now()),
            None => Err(
                "This walk is kept nowhere (--no-store), so there is nowhere to put it.".to_owned(),
            ),
        }
    }

    /// Replies to the prompt of a card.
    ///
    /// # Errors
    /// The prompt takes no such reply.
    pub fn reply(&mut self, card: &Card, reply: Reply, source: Source) -> Result<(), Refusal> {
        let (seq, step) = (card.view.seq, &card.view.step);
        self.act(|session, now| session.reply(seq, step, reply, source, now).map(drop))
    }

    /// Goes so many prompts back, or as far as there are any.
    ///
    /// # Errors
    /// There is no earlier prompt.
    pub fn back(&mut self, prompts: usize) -> Result<(), Refusal> {
        for done in 0..prompts {
            let Some(to) = self.session.previous_prompt() else {
                return if done == 0 {
                    Err("There is no earlier question.".to_owned())
                } else {
                    Ok(())
                };
            };
            self.back_to(to)?;
        }
        Ok(())
    }

    /// Goes back to an earlier prompt.
    ///
    /// # Errors
    /// There is no such prompt.
    pub fn back_to(&mut self, visit: u64) -> Result<(), Refusal> {
        self.act(|session, now| session.back(session.seq(), visit, now).map(drop))
    }

    /// Corrects an earlier answer or a prefilled fact.
    ///
    /// # Errors
    /// It cannot be changed, or not to this.
    pub fn change(&mut self, what: Changing, value: Value) -> Result<(), Refusal> {
        self.act(|session, now| session.change(session.seq(), what, value, now).map(drop))
    }

    /// Leaves for another tree.
    ///
    /// # Errors
    /// There is no such tree, or it is not for whoever walks.
    pub fn leave(&mut self, tree: &str) -> Result<(), Refusal> {
        self.act(|session, now| session.leave(session.seq(), tree, now).map(drop))
    }

    /// Puts the case aside, for so long if that is known; gives until when.
    ///
    /// # Errors
    /// It cannot be put aside.
    pub fn park(&mut self, time: Option<Duration>) -> Result<Option<Moment>, Refusal> {
        let now = self.now();
        let until = time.and_then(|time| {
            let later = now
                .milliseconds()
                .checked_add(i64::try_from(time.as_millis()).ok()?)?;
            Moment::new(later, now.offset())
        });
        self.act(|session, now| session.park(until, now).map(drop))
            .map(|()| until)
    }

    /// Adds a remark.
    ///
    /// # Errors
    /// The case is closed.
    pub fn remark(&mut self, text: &str) -> Result<(), Refusal> {
        self.act(|session, now| session.note(text, now).map(drop))
    }

    /// The command by which this computer could answer the question that stands.
    pub fn command(&self) -> Option<Vec<String>> {
        self.session
            .probe(probe::system())
            .map(|probe| probe.arguments)
    }

    /// Runs that command and replies with what it says, yes or no.
    ///
    /// # Errors
    /// Why it says nothing: the person must be asked.
    pub fn run_probe(&mut self, card: &Card, stop: impl FnMut() -> bool) -> Result<bool, Refusal> {
        let Some(command) = self.session.probe(probe::system()) else {
            return Err("There is no command for this computer.".to_owned());
        };
        match probe::run(&command.arguments, command.timeout, stop) {
            Probed::Ended { exit, output } => {
                let Some(yes) = self.session.judge_probe(probe::system(), exit, &output) else {
                    return Err("The command says nothing here.".to_owned());
                };
                self.reply(card, Reply::yes(yes), Source::Probed)?;
                Ok(yes)
            }
            Probed::TooLong => Err("The command took too long and was stopped.".to_owned()),
            Probed::Stopped => Err("The command was stopped.".to_owned()),
            Probed::NotStarted(why) => Err(format!("The command could not be started: {why}.")),
        }
    }

    /// Whether the walk stands at an end.
    pub fn is_at_end(&self) -> bool {
        matches!(self.session.prompt(), Prompt::End(..))
    }

    /// Closes the case at the end where it stands, or hands it over; elsewhere it is left where it stands.
    ///
    /// # Errors
    /// That is not kept: the case goes on where it stood.
    pub fn finish(&mut self) -> Result<Ending, Refusal> {
        let team = Card::of(&self.session).and_then(|card| card.team);
        if self.is_at_end() {
            self.act(|session, now| match team {
                Some(team) => session.hand_over(&team, now).map(drop),
                None => session.close(now).map(drop),
            })?;
        } else {
            self.leave_off()?;
        }
        Ok(self.ending())
    }

    /// How the case stands.
    pub fn ending(&self) -> Ending {
        match self.session.prompt() {
            Prompt::Closed(Outcome::Resolved, _) => Ending::Resolved,
            Prompt::Closed(Outcome::Ended, _) => Ending::Ended,
            Prompt::Closed(Outcome::Escalated, _) | Prompt::HandedOver(_) => Ending::Escalated,
            Prompt::Question(..)
            | Prompt::Instruction(_)
            | Prompt::Remedy(..)
            | Prompt::Need(..)
            | Prompt::Solved(..)
            | Prompt::End(..)
            | Prompt::Parked(_) => Ending::Unfinished,
        }
    }
}

/// A refusal as a sentence.
pub fn explain(rejected: &Rejected) -> Refusal {
    match rejected {
        Rejected::NotAnAnswer { accepted, .. } => format!("Please give {accepted}."),
        other => sentence(&other.to_string()),
    }
}

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    format!("{}{}.", first.unwrap_or_default(), characters.as_str())
}
