//! What is opened over a prompt and closed again: remarks, facts and trail, another tree, the note, the keys, a
//! measurement, and the question whether to stop.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::condition::Value;
use crate::session::Reply;
use crate::terminal::edit::Edit;
use crate::terminal::history::{self, Correction, Entry};
use crate::terminal::keys::{Input, Key};
use crate::terminal::line::Line;
use crate::terminal::markdown::render;
use crate::terminal::page;
use crate::terminal::probe;
use crate::terminal::style::Role;
use crate::terminal::tree_picker::{Pick, TreePicker};
use crate::terminal::wrap::wrap_hanging;

use super::answering::{Answering, Pressed};
use super::block::{self, Block, text_columns};
use super::{Flow, Interactive, Standing, shortcuts};

/// How often a running command is looked at.
const PACE: Duration = Duration::from_millis(50);

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    /// The case.
    Case,
    /// The script.
    Script,
}

impl Interactive<'_, '_> {
    /// Types a remark.
    pub(super) fn type_remark(
        &mut self,
        standing: &mut Standing,
        remark: Remark,
    ) -> io::Result<Flow> {
        let label = match remark {
            Remark::Case => "Note: ",
            Remark::Script => "What is wrong here? ",
        };
        let mut edit = Edit::default();
        loop {
            let room = text_columns(self.screen.size()).saturating_sub(label.len() + 1);
            let (shown, column) = edit.window(room);
            let lines = vec![
                Line::of(label, Role::Key).with(&shown, Role::Body),
                Line::of("Enter adds it, Esc does not", Role::Quiet),
            ];
            self.draw_below(standing, lines, Some((0, label.len() + column)))?;
            match self.wait_for_input()? {
                Input::Interrupt => return Ok(Flow::Leave),
                Input::Resize => {}
                Input::Paste(text) => edit.insert(&text),
                Input::Key(Key::Escape | Key::EndOfInput) => return Ok(Flow::Stay),
                Input::Key(Key::Enter) if edit.text().trim().is_empty() => return Ok(Flow::Stay),
                Input::Key(Key::Enter) => {
                    let (kept, thanks) = match remark {
                        Remark::Case => (self.walk.remark(edit.text().trim()), "Noted."),
                        Remark::Script => (
                            self.walk.feedback(edit.text().trim()),
                            "Thank you: whoever keeps this script will read it.",
                        ),
                    };
                    if let (Err(why), true) = (&kept, self.walk.news.is_some()) {
                        return Ok(self.refused(standing, why));
                    }
                    standing.message = Some(told(kept, thanks));
                    self.refresh(standing);
                    return Ok(Flow::Stay);
                }
                Input::Key(key) => {
                    edit.press(key);
                }
            }
        }
    }

    /// A remark is an event: the prompt stands, but its number is another one.
    fn refresh(&self, standing: &mut Standing) {
        if let Some(card) = crate::terminal::card::Card::of(&self.walk.session) {
            standing.card = card;
        }
    }

    /// Lists facts and trail; the one picked is corrected, or gone back to.
    pub(super) fn look_back(&mut self, standing: &mut Standing) -> io::Result<Flow> {
        let entries = entries(
            history::facts(&self.walk.session),
            history::trail(&self.walk.session),
        );
        if entries.is_empty() {
            standing.message = Some(Line::of("Nothing was answered yet.", Role::Quiet));
            return Ok(Flow::Stay);
        }
        let items: Vec<String> = entries
            .iter()
            .map(|entry| format!("{} → {}", entry.what, entry.came))
            .collect();
        let last = items.len() - 1;
        let chosen = self
            .screen
            .choose("Correct which answer? (Esc: none)", &items, last)?;
        let Some(entry) = chosen.and_then(|at| entries.into_iter().nth(at)) else {
            return Ok(Flow::Stay);
        };
        let correction = entry
            .change
            .as_ref()
            .and_then(|what| history::correction(&self.walk.session, what));
        match (correction, entry.visit) {
            (Some(correction), _) => self.correct(standing, &entry, correction),
            (None, Some(visit)) => {
                let went = self.walk.back_to(visit);
                self.moved(standing, went, &format!("Back to: {}", entry.what))
            }
            (None, None) => {
                let why = "That follows from another answer: correct that one.";
                standing.message = Some(Line::of(why, Role::Bad));
                Ok(Flow::Stay)
            }
        }
    }

    /// Asks an earlier question once more.
    fn correct(
        &mut self,
        standing: &mut Standing,
        entry: &Entry,
        correction: Correction,
    ) -> io::Result<Flow> {
        let typed = correction.was.as_ref().map(ToString::to_string);
        let mut answering = Answering::new(
            correction.takes,
            correction.choices,
            correction.was.map(Reply::Answer),
            &typed.unwrap_or_default(),
        );
        let mut wrong = None;
        loop {
            let (size, today) = (self.screen.size(), self.walk.now().day());
            let columns = text_columns(size);
            let mut block = Block::default();
            block.gap();
            block.set_in(
                vec![Line::of(
                    &format!("Correct: {} → {}", entry.what, entry.came),
                    Role::Quiet,
                )],
                None,
            );
            block.gap();
            block.set_in(render(&correction.ask, Role::Question, columns), None);
            block.gap();
            let (lines, cursor) = answering.lines(columns, size.rows.saturating_sub(8), today);
            block.set_in(lines, cursor);
            block.gap();
            let below: Line = wrong
                .take()
                .unwrap_or_else(|| Line::of("Esc leaves it as it is", Role::Quiet));
            block.set_in(wrap_hanging(&below, columns, 0), None);
            self.draw_block(block)?;
            let pressed = match self.wait_for_input()? {
                Input::Interrupt => return Ok(Flow::Leave),
                Input::Resize => continue,
                Input::Paste(text) => {
                    answering.paste(&text);
                    continue;
                }
                Input::Key(Key::Escape | Key::EndOfInput) => return Ok(Flow::Stay),
                Input::Key(key) => answering.press(key, today),
            };
            match pressed {
                Pressed::Reply(Reply::Answer(value)) => {
                    return self.apply_correction(standing, entry, &correction.what, value);
                }
                Pressed::Wrong(why) => wrong = Some(Line::of(&why, Role::Bad)),
                Pressed::Reply(_) | Pressed::Looked | Pressed::Escape | Pressed::Other => {}
            }
        }
    }

    fn apply_correction(
        &mut self,
        standing: &mut Standing,
        entry: &Entry,
        what: &crate::session::Changing,
        value: Value,
    ) -> io::Result<Flow> {
        let is_secret = value == Value::Secret;
        let shown = if is_secret {
            "••••••".to_owned()
        } else {
            value.to_string()
        };
        let changed = self.walk.change(what.clone(), value);
        self.moved(
            standing,
            changed,
            &format!(
                "Corrected: {} → {shown}; what still fits was kept",
                entry.what
            ),
        )
    }

    /// Finds another tree and leaves for it.
    pub(super) fn pick_tree(&mut self, standing: &mut Standing) -> io::Result<Flow> {
        let audience = self.walk.session.audience();
        let library = Arc::clone(self.walk.session.library());
        let mut picker = TreePicker::new(&library, self.walk.find, audience);
        loop {
            let size = self.screen.size();
            let rows = size.rows.saturating_sub(8).clamp(5, 14);
            let (mut lines, (row, column)) = picker.lines(text_columns(size), rows);
            lines.insert(
                0,
                Line::of("Another tree: what is the trouble?", Role::Question),
            );
            lines.push(Line::default());
            lines.push(Line::of("Enter walks it, Esc stays here", Role::Quiet));
            self.draw_over(standing, lines, Some((row + 1, column)))?;
            match self.wait_for_input()? {
                Input::Interrupt => return Ok(Flow::Leave),
                Input::Resize => {}
                Input::Paste(text) => picker.paste(&text),
                Input::Key(key) => match picker.press(key) {
                    Pick::Tree(tree) => {
                        let left = self.walk.leave(&library.tree(tree).name);
                        return self.moved(standing, left, "Left for another tree");
                    }
                    Pick::Closed => return Ok(Flow::Stay),
                    Pick::Looked => {}
                },
            }
        }
    }

    /// Shows the note so far and puts it on the clipboard.
    pub(super) fn copy_note(&mut self, standing: &mut Standing) -> io::Result<Flow> {
        let note = (self.walk.note)(&self.walk.session);
        self.print_note()?;
        self.screen.copy(&note)?;
        standing.message = Some(Line::of(
            "The note so far is above, and on the clipboard if this terminal allows it.",
            Role::Good,
        ));
        Ok(Flow::Stay)
    }

    pub(super) fn print_note(&mut self) -> io::Result<()> {
        let note = (self.walk.note)(&self.walk.session);
        let mut lines = vec![Line::default()];
        lines.extend(note.lines().map(|line| Line::of(line, Role::Body)));
        self.screen.print(&lines)
    }

    /// Lets this computer answer.
    pub(super) fn measure(&mut self, standing: &mut Standing) -> io::Result<Flow> {
        let command = probe::shown(&self.walk.command().unwrap_or_default());
        let running = Line::of("Running: ", Role::Key).with(&command, Role::Body);
        let lines = vec![running, Line::of("Esc stops it", Role::Quiet)];
        self.draw_below(standing, lines, None)?;
        let mut early = Vec::new();
        let screen = &mut *self.screen;
        let measured = self
            .walk
            .run_probe(&standing.card, || match screen.input(Some(PACE)) {
                Ok(Some(Input::Key(Key::Escape) | Input::Interrupt)) | Err(_) => true,
                Ok(Some(input)) => {
                    early.push(input);
                    false
                }
                Ok(None) => false,
            });
        self.pending.extend(early);
        match measured {
            Ok(_) => Ok(Flow::On),
            Err(why) => {
                standing.offered.run = self.walk.command().is_some();
                standing.message = Some(Line::of(
                    &format!("{why} Please answer yourself."),
                    Role::Bad,
                ));
                Ok(Flow::Stay)
            }
        }
    }

    pub(super) fn park(&mut self, standing: &mut Standing) -> io::Result<Flow> {
        let left = block::left(&standing.card, self.walk.now()).filter(|left| !left.is_zero());
        match self.walk.park(left) {
            Ok(_) => Ok(Flow::Leave),
            Err(why) => Ok(self.refused(standing, &why)),
        }
    }

    /// Lists the keys; the next key is one of them or closes the list.
    pub(super) fn list_keys(&mut self, standing: &mut Standing) -> io::Result<Flow> {
        let offered = standing.offered;
        let lines = block::all_keys(offered, text_columns(self.screen.size()));
        self.draw_over(standing, lines, None)?;
        match self.wait_for_input()? {
            Input::Interrupt => Ok(Flow::Leave),
            Input::Key(key)
                if shortcuts::of(key)
                    .is_some_and(|shortcut| shortcut != shortcuts::Shortcut::Keys) =>
            {
                self.pending.push_front(Input::Key(key));
                standing.escaped = standing.answering.takes_letters();
                Ok(Flow::Stay)
            }
            Input::Key(_) | Input::Paste(_) | Input::Resize => Ok(Flow::Stay),
        }
    }

    /// Leaves; once something was answered, only if that is pressed twice.
    pub(super) fn quit(&mut self, standing: &mut Standing) -> io::Result<Flow> {
        if standing.card.is_end() || self.walk.session.previous_prompt().is_none() {
            return Ok(Flow::Leave);
        }
        let what = if self.walk.kept.is_some() {
            " puts the case aside and prints the note so far, any other key goes on"
        } else {
            " stops and prints the note so far, any other key goes on"
        };
        let line = Line::of("Stop here?  ", Role::Question)
            .with("q", Role::Key)
            .with(what, Role::Quiet);
        let lines = wrap_hanging(&line, text_columns(self.screen.size()), 0);
        self.draw_below(standing, lines, None)?;
        match self.wait_for_input()? {
            Input::Interrupt | Input::Key(Key::Char('q' | 'Q' | 'y' | 'Y') | Key::EndOfInput) => {
                Ok(Flow::Leave)
            }
            Input::Key(_) | Input::Paste(_) | Input::Resize => Ok(Flow::Stay),
        }
    }

    /// Draws the prompt with something in place of the line of keys.
    fn draw_below(
        &mut self,
        standing: &Standing,
        lines: Vec<Line>,
        cursor: Option<(usize, usize)>,
    ) -> io::Result<()> {
        let size = self.screen.size();
        let mut block = block::prompt(self.walk, &standing.card, &standing.answering, false, size);
        block.gap();
        block.cursor = None;
        block.set_in(lines, cursor);
        self.draw_block(block)
    }

    /// Draws something in place of the prompt, under what it asks.
    fn draw_over(
        &mut self,
        standing: &Standing,
        lines: Vec<Line>,
        cursor: Option<(usize, usize)>,
    ) -> io::Result<()> {
        let columns = text_columns(self.screen.size());
        let mut block = Block::default();
        block.gap();
        block.set_in(page::question(&standing.card, columns), None);
        block.gap();
        block.set_in(lines, cursor);
        self.draw_block(block)
    }
}

/// Facts that no entry of the trail tells, then the trail.
fn entries(facts: Vec<Entry>, trail: Vec<Entry>) -> Vec<Entry> {
    let is_told = |fact: &Entry| {
        fact.change.is_some() && trail.iter().any(|entry| entry.change == fact.change)
    };
    let mut entries: Vec<Entry> = facts.into_iter().filter(|fact| !is_told(fact)).collect();
    entries.extend(trail);
    entries
}

fn told(done: Result<(), String>, success: &str) -> Line {
    match done {
        Ok(()) => Line::of(success, Role::Good),
        Err(why) => Line::of(&why, Role::Bad),
    }
}
