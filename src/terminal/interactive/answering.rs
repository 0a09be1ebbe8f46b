//! How one answers: by one key, by typing, or by finding in a long list. It draws its part of the block and turns keys
//! into replies; what other keys mean is decided above it.

mod shown;

use std::sync::Arc;

use jiff::civil::Date;

use crate::condition::{FactType, Value};
use crate::session::Reply;
use crate::terminal::answers::{self, Choice, Takes};
use crate::terminal::edit::Edit;
use crate::terminal::keys::Key;
use crate::terminal::line::{Line, width};
use crate::terminal::markdown::inline;
use crate::terminal::picker::{self, Item, Picker};
use crate::terminal::style::Role;

/// Up to so many answers have a key each; more are found by typing.
const KEYS: usize = 9;

/// Said behind the answer that was given before.
const KEEPS: &str = "Enter keeps this";

/// What a key did.
#[derive(Debug)]
pub enum Pressed {
    /// It answered.
    Reply(Reply),
    /// It changed what is typed, marked or ticked.
    Looked,
    /// What was typed is no answer: what would be.
    Wrong(String),
    /// It leads away from typing.
    Escape,
    /// It means nothing here.
    Other,
}

/// An answer in the making.
#[derive(Debug)]
pub struct Answering {
    takes: Takes,
    choices: Vec<Choice>,
    ticks: Vec<bool>,
    suggestion: Option<Reply>,
    secret: bool,
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// One key; arrows may mark an answer first.
    Keys { marked: Option<usize> },
    /// A line of text.
    Typing(Edit),
    /// A long list.
    Picking(Picker),
}

impl Answering {
    /// Begins to answer; `typed` is what a line of text begins with.
    pub fn new(takes: Takes, choices: Vec<Choice>, suggestion: Option<Reply>, typed: &str) -> Self {
        let secret = matches!(&takes, Takes::Value(FactType::Text(spec)) if spec.secret);
        let way = match &takes {
            Takes::Value(FactType::Text(_) | FactType::Number(..) | FactType::Date(_)) => {
                Way::Typing(Edit::new(if secret { "" } else { typed }))
            }
            Takes::Value(FactType::Choice(_) | FactType::Many(_)) if choices.len() > KEYS => {
                let suggested = suggested(&choices, suggestion.as_ref());
                let mut items: Vec<Item> = choices.iter().map(item).collect();
                if let Some(item) = suggested.and_then(|at| items.get_mut(at)) {
                    item.detail = KEEPS.to_owned();
                }
                Way::Picking(Picker::new(items).marking(suggested.unwrap_or(0)))
            }
            Takes::Value(FactType::YesNo | FactType::Choice(_) | FactType::Many(_))
            | Takes::Done
            | Takes::Nothing => Way::Keys { marked: None },
        };
        Self {
            ticks: ticked(&choices, suggestion.as_ref()),
            takes,
            choices,
            suggestion,
            secret,
            way,
        }
    }

    /// Whether one types here, so that letters cannot be keys.
    pub const fn is_typed(&self) -> bool {
        matches!(self.way, Way::Typing(_) | Way::Picking(_))
    }

    /// Whether a letter pressed now would be typed. No number begins with one, so there it is a key.
    pub fn takes_letters(&self) -> bool {
        match &self.way {
            Way::Typing(edit) => !(self.is_plain_number() && edit.text().is_empty()),
            Way::Picking(_) => true,
            Way::Keys { .. } => false,
        }
    }

    /// Whether a search is begun, which Escape clears first.
    pub fn is_searching(&self) -> bool {
        matches!(self.way, Way::Picking(_)) && !self.line().is_empty()
    }

    /// What this letter does with Alt where something is typed, as in shells.
    pub fn moves_by_words(&self, letter: char) -> Option<Key> {
        match letter {
            _ if self.line().is_empty() => None,
            'b' => Some(Key::WordLeft),
            'f' => Some(Key::WordRight),
            _ => None,
        }
    }

    /// What is typed so far.
    fn line(&self) -> &str {
        match &self.way {
            Way::Typing(edit) => edit.text(),
            Way::Picking(picker) => picker.typed(),
            Way::Keys { .. } => "",
        }
    }

    fn is_plain_number(&self) -> bool {
        matches!(&self.takes, Takes::Value(FactType::Number(_, words)) if words.is_empty())
    }

    /// Puts a pasted text where one can type; `false` elsewhere.
    pub fn paste(&mut self, text: &str) -> bool {
        let rank = rank(&self.choices);
        match &mut self.way {
            Way::Typing(edit) => edit.insert(text),
            Way::Picking(picker) => picker.paste(text, &rank),
            Way::Keys { .. } => return false,
        }
        true
    }

    /// Applies a key.
    pub fn press(&mut self, key: Key, today: Date) -> Pressed {
        let is_many = self.is_many();
        let rank = rank(&self.choices);
        let begins_no_number =
            matches!(key, Key::Char(sign) if !sign.is_ascii_digit() && !"-.,".contains(sign));
        if begins_no_number && self.is_typed() && !self.takes_letters() {
            return Pressed::Other;
        }
        match &mut self.way {
            Way::Typing(edit) => match key {
                Key::Enter => {
                    let line = edit.text().to_owned();
                    self.read(&line, today)
                }
                Key::Escape => Pressed::Escape,
                key if edit.press(key) => Pressed::Looked,
                _ => Pressed::Other,
            },
            Way::Picking(picker) if is_many => match key {
                Key::Char(' ') => {
                    if let Some(at) = picker.marked() {
                        picker.clear();
                        self.tick(at);
                    }
                    Pressed::Looked
                }
                Key::Enter => self.ticked_reply(),
                key => match picker.press(key, &rank) {
                    picker::Press::Closed => Pressed::Escape,
                    picker::Press::Picked(_) | picker::Press::Looked => Pressed::Looked,
                },
            },
            Way::Picking(picker) => match picker.press(key, &rank) {
                picker::Press::Picked(at) => self.choose(at),
                picker::Press::Closed => Pressed::Escape,
                picker::Press::Looked => Pressed::Looked,
            },
            Way::Keys { .. } => self.press_key(key),
        }
    }

    fn press_key(&mut self, key: Key) -> Pressed {
        match key {
            Key::Char(digit @ '1'..='9') => {
                let at = (digit as usize).saturating_sub('1' as usize);
                if at < self.choices.len() {
                    self.choose(at)
                } else {
                    Pressed::Other
                }
            }
            Key::Char('y' | 'Y') if self.is_yes_no() => self.choose(0),
            Key::Char('n' | 'N') if self.is_yes_no() => self.choose(1),
            Key::Char('d' | 'D') | Key::Enter if matches!(self.takes, Takes::Done) => {
                Pressed::Reply(Reply::Done)
            }
            Key::Char(' ') if self.is_many() => match self.marked() {
                Some(at) => self.choose(at),
                None => Pressed::Other,
            },
            Key::Enter if self.is_many() => self.ticked_reply(),
            Key::Enter => match (self.marked(), &self.suggestion) {
                (Some(at), _) => self.choose(at),
                (None, Some(reply)) if self.is_shown(reply) => Pressed::Reply(reply.clone()),
                (None, _) => Pressed::Other,
            },
            Key::Up | Key::Down if !self.choices.is_empty() => {
                self.mark(key == Key::Down);
                Pressed::Looked
            }
            _ => Pressed::Other,
        }
    }

    const fn marked(&self) -> Option<usize> {
        match self.way {
            Way::Keys { marked } => marked,
            Way::Typing(_) | Way::Picking(_) => None,
        }
    }

    fn mark(&mut self, down: bool) {
        let last = self.choices.len().saturating_sub(1);
        let next = match (self.marked(), down) {
            (None, true) => 0,
            (None, false) | (Some(0), false) => last,
            (Some(at), true) => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            (Some(at), false) => at - 1,
        };
        self.way = Way::Keys { marked: Some(next) };
    }

    /// Chooses an answer, or ticks it where several can be chosen.
    fn choose(&mut self, at: usize) -> Pressed {
        if self.is_many() {
            self.tick(at);
            return Pressed::Looked;
        }
        let Some(choice) = self.choices.get(at) else {
            return Pressed::Other;
        };
        Pressed::Reply(if self.is_yes_no() {
            Reply::yes(at == 0)
        } else {
            Reply::Answer(Value::Choice(Arc::clone(&choice.key)))
        })
    }

    fn tick(&mut self, at: usize) {
        if let Some(tick) = self.ticks.get_mut(at) {
            *tick = !*tick;
        }
    }

    fn ticked_reply(&self) -> Pressed {
        let ticked = self
            .choices
            .iter()
            .zip(&self.ticks)
            .filter(|(_, ticked)| **ticked);
        let keys: Vec<Arc<str>> = ticked.map(|(choice, _)| Arc::clone(&choice.key)).collect();
        if keys.is_empty() {
            return Pressed::Wrong(
                "Tick what fits first, or say that none of these does.".to_owned(),
            );
        }
        Pressed::Reply(Reply::Answer(Value::Many(keys.into())))
    }

    fn read(&self, line: &str, today: Date) -> Pressed {
        match answers::read(&self.takes, &self.choices, line, today) {
            Ok(reply) => Pressed::Reply(reply),
            Err(expected) => Pressed::Wrong(format!("Please give {expected}.")),
        }
    }

    const fn is_many(&self) -> bool {
        matches!(self.takes, Takes::Value(FactType::Many(_)))
    }

    const fn is_yes_no(&self) -> bool {
        matches!(self.takes, Takes::Value(FactType::YesNo))
    }

    /// Whether the suggested reply stands among the answers, so that Enter can keep it.
    fn is_shown(&self, reply: &Reply) -> bool {
        matches!(reply, Reply::Answer(_)) && self.suggested().is_some()
    }

    /// Which answer is suggested.
    fn suggested(&self) -> Option<usize> {
        suggested(&self.choices, self.suggestion.as_ref())
    }
}

/// How many columns a key takes with what stands around it.
pub const KEY_WIDTH: usize = 5;

/// A key with what it does.
pub fn key_line(key: &str, what: &str, marked: bool) -> Line {
    let gap = " ".repeat(KEY_WIDTH.saturating_sub(2 + width(key)).max(2));
    Line::of(if marked { "▸ " } else { "  " }, Role::Key)
        .with(key, Role::Key)
        .with(&gap, Role::Body)
        .with(what, Role::Body)
}

fn item(choice: &Choice) -> Item {
    Item {
        label: choice.plain.clone(),
        detail: choice
            .help
            .as_ref()
            .map(|help| inline(help, Role::Quiet).text())
            .unwrap_or_default(),
    }
}

/// Which one answer a reply gives.
fn suggested(choices: &[Choice], reply: Option<&Reply>) -> Option<usize> {
    let key: &str = match reply? {
        Reply::Answer(Value::YesNo(true)) => "yes",
        Reply::Answer(Value::YesNo(false)) => "no",
        Reply::Answer(Value::Choice(key)) => key,
        _ => return None,
    };
    choices.iter().position(|choice| *choice.key == *key)
}

fn ticked(choices: &[Choice], suggestion: Option<&Reply>) -> Vec<bool> {
    let keys: &[Arc<str>] = match suggestion {
        Some(Reply::Answer(Value::Many(keys))) => keys,
        _ => &[],
    };
    choices
        .iter()
        .map(|choice| keys.contains(&choice.key))
        .collect()
}

fn rank(choices: &[Choice]) -> impl Fn(&str) -> Vec<usize> + use<> {
    let texts: Vec<String> = choices
        .iter()
        .map(|choice| format!("{} {}", choice.plain, choice.key))
        .collect();
    move |typed: &str| picker::rank(&texts, typed)
}
