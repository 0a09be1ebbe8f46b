//! Walks line by line on any input and output: for pipes, screen readers and terminals that can nothing. No colours, no
//! keys, nothing redrawn. A line is a value, an answer's key, its label or its position, or a command word.

mod hints;
mod lines;
mod lists;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use crate::condition::FactType;
use crate::session::view::PublicMarkdown;
use crate::session::{Reply, Source};
use crate::tree::Audience;

use super::answers::{self, Takes};
use super::card::Card;
use super::command::{self, Command, Parsed};
use super::line::Line;
use super::markdown::{inline, render};
use super::page::{self, Layout, page};
use super::probe;
use super::style::Role;
use super::walk::{Ending, Walk};

pub use lines::{Lines, Reader, Stdin};

/// Looking whether a command should be stopped: nobody can ask for it here, this only sets the pace.
const PACE: Duration = Duration::from_millis(20);

/// How the plain runner shows things.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How wide lines may be; not broken at all without it.
    pub columns: Option<usize>,
    /// Whether lines read are shown: where no terminal has echoed them.
    pub echo: bool,
}

/// Walks until an end, until somebody leaves, or until there are no more lines.
///
/// # Errors
/// The input cannot be read, or the output cannot be written.
pub fn run(
    walk: &mut Walk<'_>,
    lines: &mut dyn Lines,
    out: &mut dyn Write,
    options: Options,
) -> io::Result<Ending> {
    let plain = Plain {
        walk,
        lines,
        out,
        columns: options.columns.unwrap_or(usize::MAX / 4),
        echo: options.echo,
        opened: None,
        title: None,
        measured: BTreeSet::new(),
        told: BTreeSet::new(),
    };
    plain.run()
}

/// The runner at work.
struct Plain<'r, 'w> {
    walk: &'r mut Walk<'w>,
    lines: &'r mut dyn Lines,
    out: &'r mut dyn Write,
    columns: usize,
    echo: bool,
    /// The visit whose help was shown.
    opened: Option<u64>,
    /// The title of the tree shown last.
    title: Option<PublicMarkdown>,
    /// Visits at which this computer has answered or could not: it is not asked again after going back.
    measured: BTreeSet<u64>,
    /// Titles of known trouble that was told.
    told: BTreeSet<String>,
}

/// What a line did.
enum Step {
    /// Another prompt stands, or the same one is to be shown again.
    Show,
    /// The same prompt stands; it is not shown again.
    Ask,
    /// Somebody leaves.
    Leave,
}

impl Plain<'_, '_> {
    fn run(mut self) -> io::Result<Ending> {
        while let Some(card) = Card::of(&self.walk.session) {
            self.tell_news()?;
            self.introduce(&card)?;
            if self.measure(&card)? {
                continue;
            }
            self.show(&card)?;
            if self.take_answer(&card)? {
                break;
            }
        }
        let finished = self.walk.finish();
        self.tell_news()?;
        let ending = match finished {
            Ok(ending) => ending,
            Err(why) => {
                self.say(&why)?;
                self.walk.ending()
            }
        };
        self.say("")?;
        self.print_note()?;
        self.out.flush()?;
        Ok(ending)
    }

    /// Tells what happened to the case from elsewhere.
    fn tell_news(&mut self) -> io::Result<()> {
        match self.walk.news.take() {
            Some(news) => {
                self.say("")?;
                self.say(&news)
            }
            None => Ok(()),
        }
    }

    /// Says which tree begins, and what is known to be broken.
    fn introduce(&mut self, card: &Card) -> io::Result<()> {
        if self.title.as_ref() == Some(&card.view.title) {
            return Ok(());
        }
        self.title = Some(card.view.title.clone());
        let title = inline(card.view.title.as_str(), Role::Body).text();
        self.say("")?;
        self.say(&format!("== {title} =="))?;
        let is_agent = self.walk.session.audience() == Audience::Agent;
        for incident in self.walk.session.incidents() {
            let title = inline(incident.public.title.as_str(), Role::Body).text();
            if self.told.insert(title) {
                self.say("")?;
                self.write(&page::incident(&incident, is_agent, self.columns))?;
            }
        }
        Ok(())
    }

    /// Lets this computer answer, where that is allowed and it has not been asked here before.
    fn measure(&mut self, card: &Card) -> io::Result<bool> {
        if !self.walk.allow_run
            || self.walk.command().is_none()
            || !self.measured.insert(card.view.visit)
        {
            return Ok(false);
        }
        self.say("")?;
        if let Some(ask) = &card.view.ask {
            self.write(&render(ask.as_str(), Role::Body, self.columns))?;
        }
        self.run_command(card)
    }

    /// Shows the command, runs it, and says what it answers.
    fn run_command(&mut self, card: &Card) -> io::Result<bool> {
        let command = self.walk.command().unwrap_or_default();
        self.say(&format!("This computer runs: {}", probe::shown(&command)))?;
        self.out.flush()?;
        let measured = self.walk.run_probe(card, || {
            thread::sleep(PACE);
            false
        });
        match &measured {
            Ok(yes) => self.say(if *yes {
                "It answers: yes"
            } else {
                "It answers: no"
            })?,
            Err(why) => self.say(&format!("{why} Please answer yourself."))?,
        }
        Ok(measured.is_ok())
    }

    fn show(&mut self, card: &Card) -> io::Result<()> {
        let layout = Layout {
            columns: self.columns,
            bars: false,
            help: self.opened == Some(card.view.visit),
        };
        self.say("")?;
        self.write(&page(card, layout))?;
        if let Some(seconds) = card.view.wait_seconds {
            self.say(&hints::wait(card, seconds, self.walk.now()))?;
        }
        if let (false, Some(command)) = (self.walk.allow_run, self.walk.command()) {
            self.say(&format!(
                "With --allow-run this computer can answer: {}",
                probe::shown(&command)
            ))?;
        }
        for line in hints::choices(card, self.columns) {
            self.write(&[line])?;
        }
        if let Some(suggestion) = hints::suggestion(card) {
            self.say(&suggestion)?;
        }
        self.say(&hints::what_to_type(card))
    }

    /// Reads lines until one leads on; `true` if somebody leaves.
    fn take_answer(&mut self, card: &Card) -> io::Result<bool> {
        let mut card = card.clone();
        loop {
            write!(self.out, "> ")?;
            self.out.flush()?;
            let Some(line) = self.lines.next_line()? else {
                self.say("")?;
                return Ok(true);
            };
            if self.echo {
                self.say(if card.is_secret() && !line.starts_with('/') {
                    "•••"
                } else {
                    &line
                })?;
            }
            match self.take_line(&card, &line)? {
                Step::Show => return Ok(false),
                // A remark is an event: the same prompt stands, but its number is another one.
                Step::Ask => card = Card::of(&self.walk.session).unwrap_or(card),
                Step::Leave => return Ok(true),
            }
        }
    }

    fn take_line(&mut self, card: &Card, line: &str) -> io::Result<Step> {
        let is_text = matches!(card.takes, Takes::Value(FactType::Text(_)));
        if card.is_end() && (line.trim().is_empty() || line.trim().eq_ignore_ascii_case("done")) {
            return Ok(Step::Leave);
        }
        if is_text && let Some(step) = self.take_command(card, line, false)? {
            return Ok(step);
        }
        let expected = match answers::read(&card.takes, &card.choices, line, self.walk.now().day())
        {
            Ok(reply) => return self.reply(card, reply),
            Err(expected) => expected,
        };
        if let Some(step) = self.take_command(card, line, !is_text)? {
            return Ok(step);
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
        } else if !self.walk.allow_run {
            self.say("Commands are only run where the walk was started with --allow-run.")?;
        } else if self.run_command(card)? {
            return Ok(Step::Show);
        }
        Ok(Step::Ask)
    }

    /// On to the next prompt, or the reason why not.
    fn outcome(&mut self, done: Result<(), String>) -> io::Result<Step> {
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

    /// Writes one line of plain text.
    fn say(&mut self, text: &str) -> io::Result<()> {
        let line = Line::of(text, Role::Body);
        let lines = super::wrap::wrap(&line, self.columns);
        self.write(&lines)
    }

    fn write(&mut self, lines: &[Line]) -> io::Result<()> {
        for line in lines {
            writeln!(self.out, "{}", line.text())?;
        }
        Ok(())
    }
}
