//! Walks in a terminal: one key an answer, the prompt redrawn in place, what was answered left above it to scroll back
//! to. Everything that it needs of a terminal is behind [`Screen`].
//!
//! Keys typed early are kept and count for the prompt that comes up; the same key twice is judged by
//! `double_press`. A paste is text where text is asked for and nothing elsewhere.

mod answering;
mod block;
mod menus;
mod place;
mod pressing;
mod shortcuts;

use std::collections::{BTreeSet, VecDeque};
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::tree::Audience;

use super::card::Card;
use super::double_press::DoublePress;
use super::explained::Explained;
use super::history;
use super::keys::Input;
use super::line::Line;
use super::markdown::inline;
use super::page;
use super::screen::Screen;
use super::style::Role;
use super::walk::{Ending, Walk};
use super::wrap::wrap_hanging;

use answering::Answering;
use block::{Block, Reach, indented, text_columns};
use shortcuts::Offered;

/// How often a countdown moves.
const TICK: Duration = Duration::from_millis(500);

/// How often one looks whether somebody else has gone on with the case.
const LOOK: Duration = Duration::from_secs(2);

/// Walks until an end or until somebody leaves; then prints the note.
///
/// # Errors
/// The terminal is gone.
pub fn run(walk: &mut Walk<'_>, screen: &mut dyn Screen) -> io::Result<Ending> {
    let mut runner = Interactive {
        walk,
        screen,
        pending: VecDeque::new(),
        last_key: DoublePress::default(),
        tree: None,
        title: String::new(),
        told: BTreeSet::new(),
        explained: Explained::default(),
        printed: 0,
    };
    runner.run()
}

/// The runner at work.
struct Interactive<'r, 'w> {
    walk: &'r mut Walk<'w>,
    screen: &'r mut dyn Screen,
    /// Inputs that were looked at early.
    pending: VecDeque<Input>,
    last_key: DoublePress,
    /// The name of the tree shown last.
    tree: Option<Arc<str>>,
    /// The title that stands above the answers printed last.
    title: String,
    /// Titles of known trouble that was told.
    told: BTreeSet<String>,
    /// Words of the glossary that were explained.
    explained: Explained,
    /// How many entries of the trail were printed.
    printed: usize,
}

/// The prompt that stands, and how far somebody is with answering it.
struct Standing {
    card: Card,
    answering: Answering,
    offered: Offered,
    /// Whether the countdown is shown.
    counting: bool,
    /// Whether the end of the countdown was announced.
    rung: bool,
    /// Escape was pressed while typing: the next key is a shortcut.
    escaped: bool,
    /// What to say once, below the answers.
    message: Option<Line>,
}

/// What an input did.
enum Flow {
    /// The prompt stands.
    Stay,
    /// Another prompt stands.
    On,
    /// Somebody leaves.
    Leave,
}

impl Interactive<'_, '_> {
    fn run(&mut self) -> io::Result<Ending> {
        while let Some(card) = Card::of(&self.walk.session) {
            let card = self.explained.leave_new(card);
            self.tell_news()?;
            self.introduce(&card)?;
            let mut standing = self.stand(card);
            match self.answer(&mut standing)? {
                Flow::Stay | Flow::On => self.print_trail()?,
                Flow::Leave => break,
            }
        }
        let finished = self.walk.finish();
        self.tell_news()?;
        let ending = match finished {
            Ok(ending) => ending,
            Err(why) => {
                self.tell(&why)?;
                self.walk.ending()
            }
        };
        self.print_note()?;
        Ok(ending)
    }

    /// Tells what happened to the case from elsewhere, above the prompt.
    fn tell_news(&mut self) -> io::Result<()> {
        match self.walk.news.take() {
            Some(news) => self.tell(&news),
            None => Ok(()),
        }
    }

    fn tell(&mut self, text: &str) -> io::Result<()> {
        let columns = text_columns(self.screen.size());
        let mut lines = vec![Line::default()];
        lines.extend(
            wrap_hanging(&Line::of(text, Role::Warning), columns, 0)
                .iter()
                .map(indented),
        );
        lines.push(Line::default());
        self.screen.print(&lines)
    }

    fn stand(&self, card: Card) -> Standing {
        let typed = card
            .view
            .suggestion
            .as_ref()
            .and_then(|suggestion| suggestion.shown.clone());
        let replies = card.view.replies;
        Standing {
            answering: Answering::new(
                card.takes.clone(),
                card.choices.clone(),
                card.suggestion.clone(),
                typed.as_deref().unwrap_or_default(),
            ),
            offered: Offered {
                replies,
                back: card.can_go_back,
                run: self.walk.may_run() && self.walk.command().is_some(),
                park: card.view.offer_to_park,
                end: card.is_end(),
            },
            counting: card.view.wait_seconds.is_some(),
            rung: block::left(&card, self.walk.now()).is_none_or(|left| left.is_zero()),
            escaped: false,
            message: None,
            card,
        }
    }

    /// Says what is known to be broken in the tree that begins.
    fn introduce(&mut self, card: &Card) -> io::Result<()> {
        if self.tree.as_ref() == Some(&card.view.tree) {
            return Ok(());
        }
        self.tree = Some(Arc::clone(&card.view.tree));
        let columns = text_columns(self.screen.size());
        let is_agent = self.walk.session.audience() == Audience::Agent;
        let mut lines = Vec::new();
        for incident in self.walk.session.incidents() {
            let title = inline(incident.public.title.as_str(), Role::Warning).text();
            if self.told.insert(title) {
                lines.extend(
                    page::incident(&incident, is_agent, columns)
                        .iter()
                        .map(indented),
                );
                lines.push(Line::default());
            }
        }
        self.screen.print(&lines)
    }

    /// Takes inputs until one leads on.
    fn answer(&mut self, standing: &mut Standing) -> io::Result<Flow> {
        loop {
            self.draw(standing)?;
            let Some(input) = self.next_input(standing)? else {
                self.tick(standing)?;
                if self.walk.look_for_news() {
                    return Ok(Flow::On);
                }
                continue;
            };
            match self.take(standing, input)? {
                Flow::Stay => {}
                flow => return Ok(flow),
            }
        }
    }

    fn draw(&mut self, standing: &Standing) -> io::Result<()> {
        let size = self.screen.size();
        let mut block = block::prompt(
            self.walk,
            &standing.card,
            &standing.answering,
            standing.counting,
            size,
        );
        block.gap();
        let columns = text_columns(size);
        let reach = match (standing.answering.takes_letters(), standing.escaped) {
            (_, true) => Reach::Now,
            (true, false) if standing.answering.is_searching() => Reach::AfterSearch,
            (true, false) => Reach::AfterEscape,
            (false, false) => Reach::AtOnce,
        };
        match &standing.message {
            Some(message) => block.set_in(wrap_hanging(message, columns, 0), None),
            None => block.set_in(block::keys_line(standing.offered, reach, columns), None),
        }
        if standing.escaped {
            block.cursor = None;
        }
        self.draw_block(block)
    }

    fn draw_block(&mut self, block: Block) -> io::Result<()> {
        let block = block.fit(self.screen.size().columns.saturating_sub(1));
        self.screen.draw(&block.lines, block.cursor)
    }

    /// The next input; `None` when the countdown is to be redrawn.
    fn next_input(&mut self, standing: &Standing) -> io::Result<Option<Input>> {
        if let Some(input) = self.pending.pop_front() {
            return Ok(Some(input));
        }
        let runs = standing.counting && !standing.rung;
        let pace = if runs {
            Some(TICK)
        } else {
            self.walk.kept.as_ref().map(|_| LOOK)
        };
        self.screen.input(pace)
    }

    /// The next input of something that does not count down.
    fn wait_for_input(&mut self) -> io::Result<Input> {
        loop {
            if let Some(input) = self.pending.pop_front() {
                return Ok(input);
            }
            if let Some(input) = self.screen.input(None)? {
                return Ok(input);
            }
        }
    }

    /// Rings once when the countdown is over.
    fn tick(&mut self, standing: &mut Standing) -> io::Result<()> {
        let over = block::left(&standing.card, self.walk.now()).is_some_and(|left| left.is_zero());
        if over && !standing.rung {
            standing.rung = true;
            self.screen.ring()?;
        }
        Ok(())
    }

    /// Prints what was answered since the last time, above the block, under the title of its tree.
    fn print_trail(&mut self) -> io::Result<()> {
        let trail = history::trail(&self.walk.session);
        let columns = text_columns(self.screen.size());
        let mut lines = Vec::new();
        for entry in trail.iter().skip(self.printed) {
            if self.title != entry.title {
                self.title.clone_from(&entry.title);
                lines.push(Line::of(&entry.title, Role::Key));
            }
            let line = Line::of(&entry.what, Role::Quiet)
                .with("  → ", Role::Quiet)
                .with(&entry.came, Role::Good);
            lines.extend(wrap_hanging(&line, columns, 4).iter().map(indented));
        }
        self.printed = trail.len();
        self.screen.print(&lines)
    }
}
