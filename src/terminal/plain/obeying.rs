//! What a line does: it answers, it is a command, or it is neither and what was expected is said.

use std::io;
use std::time::Duration;

use crate::condition::FactType;
use crate::session::{Reply, Source};

use super::super::answers::{self, Takes};
use super::super::card::Card;
use super::super::command::{self, Command, Parsed};
use super::super::markdown::render;
use super::super::style::Role;
use super::{Plain, Step, hints};

impl Plain<'_, '_> {
    pub(super) fn take_line(&mut self, card: &Card, line: &str) -> io::Result<Step> {
        let is_text = matches!(card.takes, Takes::Value(FactType::Text(_)));
        if card.is_end() && (line.trim().is_empty() || line.trim().eq_ignore_ascii_case("done")) {
            return Ok(Step::Leave);
        }
        if is_text && let Some(step) = self.take_command(card, line, false)? {
            return Ok(step);
        }
        if line.trim().is_empty()
            && let Some(reply) = hints::kept(card)
        {
            return self.reply(card, reply);
        }
        let expected = match answers::read(&card.takes, &card.choices, line, self.walk.now().day())
        {
            Ok(reply) => return self.reply(card, reply),
            Err(expected) => expected,
        };
        if let Some(step) = self.take_command(card, line, !is_text)? {
            return Ok(step);
        }
        if card.is_end() {
            self.say(&hints::what_to_type(card))?;
            return Ok(Step::Ask);
        }
        let help = hints::help_word(card);
        self.say(&format!(
            "Please give {expected}; {help} lists what else you can type."
        ))?;
        Ok(Step::Ask)
    }

    /// Does what a command says; `None` for a line that is none.
    fn take_command(&mut self, card: &Card, line: &str, bare: bool) -> io::Result<Option<Step>> {
        match command::parse(line, bare) {
            Parsed::Command(command) => self.obey(card, command).map(Some),
            Parsed::Wrong(what) => {
                self.say(&format!("Please {what}"))?;
                Ok(Some(Step::Ask))
            }
            Parsed::Other => Ok(None),
        }
    }

    fn obey(&mut self, card: &Card, command: Command) -> io::Result<Step> {
        match command {
            Command::Back(prompts) => {
                let went = self.walk.back(prompts);
                self.outcome(went)
            }
            Command::Done => self.reply(card, Reply::Done),
            Command::Tried => self.reply(card, Reply::Tried),
            Command::Cannot => self.reply(card, Reply::Cannot),
            Command::Unsure => self.unsure(card),
            Command::None => self.reply(card, Reply::None),
            Command::Person => self.reply(card, Reply::Person),
            Command::Note(text) => {
                let noted = self.walk.remark(&text);
                self.tell(noted, "Noted.")
            }
            Command::Feedback(words) => {
                let kept = self.walk.feedback(&words);
                self.tell(kept, "Thank you: whoever keeps this script will read it.")
            }
            Command::Park(time) => self.park(time),
            Command::Facts => self.list_facts(),
            Command::Trail => self.list_trail(),
            Command::Change { which, answer } => self.change(&which, &answer),
            Command::CopyNote => self.print_note(),
            Command::Tree(words) => self.other_tree(&words),
            Command::Run => self.run_now(card),
            Command::Quit => Ok(Step::Leave),
            Command::Help => self.help(card),
        }
    }

    /// Replies. What the prompt does not take is refused with what it takes.
    fn reply(&mut self, card: &Card, reply: Reply) -> io::Result<Step> {
        if !hints::offers(card.view.replies, &reply) {
            let typed = hints::what_to_type(card);
            self.say(&format!("\"{}\" does not fit here. {typed}", reply.name()))?;
            return Ok(Step::Ask);
        }
        let replied = self.walk.reply(card, reply, Source::Asked);
        self.outcome(replied)
    }

    /// Shows an unopened help first: that may settle it.
    fn unsure(&mut self, card: &Card) -> io::Result<Step> {
        let Some(help) = card
            .view
            .help
            .as_ref()
            .filter(|_| self.opened != Some(card.view.visit))
        else {
            return self.reply(card, Reply::Unsure);
        };
        self.opened = Some(card.view.visit);
        self.write(&render(help.as_str(), Role::Body, self.columns))?;
        let word = if card.is_typed() { "/unsure" } else { "unsure" };
        self.say(&format!("If that does not settle it, type {word} again."))?;
        Ok(Step::Ask)
    }

    fn help(&mut self, card: &Card) -> io::Result<Step> {
        if let Some(help) = &card.view.help {
            self.opened = Some(card.view.visit);
            self.write(&render(help.as_str(), Role::Body, self.columns))?;
            self.say("")?;
        }
        for line in hints::COMMANDS {
            self.say(line)?;
        }
        self.say(&hints::what_to_type(card))?;
        Ok(Step::Ask)
    }

    fn park(&mut self, time: Option<Duration>) -> io::Result<Step> {
        match self.walk.park(time) {
            Ok(Some(until)) => {
                self.say(&format!("Parked until {}, {}.", until.day(), until.clock()))?
            }
            Ok(None) => self.say("Parked.")?,
            Err(why) => {
                self.say(&why)?;
                return Ok(Step::Ask);
            }
        }
        Ok(Step::Leave)
    }

    fn run_now(&mut self, card: &Card) -> io::Result<Step> {
        if self.walk.command().is_none() {
            self.say("There is nothing that this computer could measure here.")?;
        } else if !self.walk.may_run() {
            self.say("Commands are only run where the walk was started with --allow-run.")?;
        } else if self.run_command(card)? {
            return Ok(Step::Show);
        }
        Ok(Step::Ask)
    }

    /// On to the next prompt, or the reason why not.
    pub(super) fn outcome(&mut self, done: Result<(), String>) -> io::Result<Step> {
        match done {
            Ok(()) => Ok(Step::Show),
            // What somebody else did is told before the prompt that stands now.
            Err(_) if self.walk.news.is_some() => Ok(Step::Show),
            Err(why) => {
                self.say(&why)?;
                Ok(Step::Ask)
            }
        }
    }

    fn tell(&mut self, done: Result<(), String>, success: &str) -> io::Result<Step> {
        match done {
            Ok(()) => self.say(success)?,
            Err(_) if self.walk.news.is_some() => return Ok(Step::Show),
            Err(why) => self.say(&why)?,
        }
        Ok(Step::Ask)
    }
}
