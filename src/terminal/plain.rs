//! Walks line by line on any input and output: for pipes, screen readers and terminals that can nothing. No colours, no
//! keys, nothing redrawn. A line is a value, an answer's key, its label or its position, or a command word.

mod finding;
mod hints;
mod lines;
mod lists;
mod obeying;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use crate::session::view::PublicMarkdown;
use crate::tree::Audience;

use super::card::Card;
use super::explained::Explained;
use super::line::Line;
use super::markdown::{inline, render};
use super::page::{self, Layout, page};
use super::probe;
use super::style::Role;
use super::walk::{Ending, Walk};

pub use finding::ask_for_tree;
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
        explained: Explained::default(),
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
    /// Words of the glossary that were explained.
    explained: Explained,
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
            let card = self.explained.leave_new(card);
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
            let how = if self.walk.may_run() {
                "Type run to let this computer answer:"
            } else {
                "With --allow-run this computer can answer:"
            };
            self.say(&format!("{how} {}", probe::shown(&command)))?;
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
