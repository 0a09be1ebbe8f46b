//! What a key, a paste or a signal does to the prompt that stands.

use std::io;

use crate::session::{Reply, Source};

use super::super::double_press::{REPEAT_GAP, Verdict};
use super::super::history;
use super::super::keys::{Input, Key};
use super::super::line::Line;
use super::super::style::Role;
use super::super::wrap::wrap_hanging;
use super::answering::Pressed;
use super::block::{indented, text_columns};
use super::menus::Remark;
use super::shortcuts::{self, Shortcut};
use super::{Flow, Interactive, Standing};

impl Interactive<'_, '_> {
    pub(super) fn take(&mut self, standing: &mut Standing, input: Input) -> io::Result<Flow> {
        standing.message = None;
        match input {
            Input::Interrupt => Ok(Flow::Leave),
            Input::Resize => Ok(Flow::Stay),
            Input::Paste(text) => {
                if !standing.answering.paste(&text) {
                    standing.message =
                        Some(Line::of("A pasted text answers nothing here.", Role::Quiet));
                }
                Ok(Flow::Stay)
            }
            Input::Key(Key::Redraw) => Ok(Flow::Stay),
            Input::Key(Key::EndOfInput) => self.quit(standing),
            Input::Key(key) => {
                standing.counting = false;
                self.press(standing, key)
            }
        }
    }

    fn press(&mut self, standing: &mut Standing, key: Key) -> io::Result<Flow> {
        let key = match key {
            Key::Alt(letter) => match standing.answering.moves_by_words(letter) {
                Some(moved) => moved,
                None => {
                    standing.escaped = standing.answering.takes_letters();
                    Key::Char(letter)
                }
            },
            key => key,
        };
        if standing.escaped {
            standing.escaped = false;
            match shortcuts::of(key) {
                Some(shortcut) => return self.shortcut(standing, shortcut, key),
                None if key == Key::Escape => return Ok(Flow::Stay),
                // No key: somebody types on.
                None => {}
            }
        }
        if standing.card.is_end() && key == Key::Enter {
            return Ok(Flow::Leave);
        }
        match standing.answering.press(key, self.walk.now().day()) {
            Pressed::Reply(reply) if standing.answering.is_typed() => {
                self.last_key.pressed(key, self.walk.now());
                self.reply(standing, reply)
            }
            Pressed::Reply(reply) => self.reply_by_key(standing, key, reply),
            Pressed::Looked => Ok(Flow::Stay),
            Pressed::Wrong(why) => {
                standing.message = Some(Line::of(&why, Role::Bad));
                Ok(Flow::Stay)
            }
            Pressed::Escape => {
                standing.escaped = true;
                Ok(Flow::Stay)
            }
            Pressed::Other if standing.answering.takes_letters() => Ok(Flow::Stay),
            Pressed::Other => match shortcuts::of(key) {
                Some(shortcut) => self.shortcut(standing, shortcut, key),
                None => Ok(Flow::Stay),
            },
        }
    }

    /// Replies, unless the key was pressed twice by accident.
    fn reply_by_key(
        &mut self,
        standing: &mut Standing,
        key: Key,
        reply: Reply,
    ) -> io::Result<Flow> {
        if self.is_meant(key)? {
            return self.reply(standing, reply);
        }
        standing.message = Some(Line::of("Pressed twice: counted once.", Role::Quiet));
        Ok(Flow::Stay)
    }

    fn is_meant(&mut self, key: Key) -> io::Result<bool> {
        let now = self.walk.now();
        let meant = match self.last_key.judge(key, now) {
            Verdict::Take => true,
            Verdict::Drop => return Ok(false),
            Verdict::Wait => match self.screen.input(Some(REPEAT_GAP))? {
                Some(Input::Key(again)) if again == key => false,
                Some(other) => {
                    self.pending.push_back(other);
                    true
                }
                None => true,
            },
        };
        self.last_key.pressed(key, self.walk.now());
        Ok(meant)
    }

    pub(super) fn reply(&mut self, standing: &mut Standing, reply: Reply) -> io::Result<Flow> {
        match self.walk.reply(&standing.card, reply, Source::Asked) {
            Ok(()) => Ok(Flow::On),
            Err(why) => Ok(self.refused(standing, &why)),
        }
    }

    /// Says below the answers why not; where somebody else was quicker another prompt stands.
    pub(super) fn refused(&self, standing: &mut Standing, why: &str) -> Flow {
        if self.walk.news.is_some() {
            return Flow::On;
        }
        standing.message = Some(Line::of(why, Role::Bad));
        Flow::Stay
    }

    fn shortcut(
        &mut self,
        standing: &mut Standing,
        shortcut: Shortcut,
        key: Key,
    ) -> io::Result<Flow> {
        if !standing.offered.has(shortcut) {
            return Ok(Flow::Stay);
        }
        match shortcut {
            Shortcut::Back => self.back(standing),
            Shortcut::Tried => self.reply_by_key(standing, key, Reply::Tried),
            Shortcut::Cannot => self.reply_by_key(standing, key, Reply::Cannot),
            Shortcut::Unsure => self.reply_by_key(standing, key, Reply::Unsure),
            Shortcut::None => self.reply_by_key(standing, key, Reply::None),
            Shortcut::Person => self.reply_by_key(standing, key, Reply::Person),
            Shortcut::Note => self.type_remark(standing, Remark::Case),
            Shortcut::Feedback => self.type_remark(standing, Remark::Script),
            Shortcut::History => self.look_back(standing),
            Shortcut::OtherTree => self.pick_tree(standing),
            Shortcut::Copy => self.copy_note(standing),
            Shortcut::Run => self.measure(standing),
            Shortcut::Park => self.park(standing),
            Shortcut::Keys => self.list_keys(standing),
            Shortcut::Quit => self.quit(standing),
        }
    }

    fn back(&mut self, standing: &mut Standing) -> io::Result<Flow> {
        let went = self.walk.back(1);
        self.moved(standing, went, "Back")
    }

    /// On from where a correction or a step back led; what is printed above says so.
    pub(super) fn moved(
        &mut self,
        standing: &mut Standing,
        done: Result<(), String>,
        how: &str,
    ) -> io::Result<Flow> {
        if let Err(why) = done {
            return Ok(self.refused(standing, &why));
        }
        self.printed = history::trail(&self.walk.session).len();
        let columns = text_columns(self.screen.size());
        let line = Line::of(&format!("← {how}"), Role::Quiet);
        let lines = wrap_hanging(&line, columns, 2);
        self.screen
            .print(&lines.iter().map(indented).collect::<Vec<_>>())?;
        Ok(Flow::On)
    }
}
