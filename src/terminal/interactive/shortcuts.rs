//! The keys that mean the same at every prompt.

use crate::session::Offer;
use crate::terminal::keys::Key;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Shortcut {
    Back,
    Tried,
    Cannot,
    Unsure,
    None,
    Person,
    Note,
    Feedback,
    History,
    OtherTree,
    Copy,
    Run,
    Park,
    Keys,
    Quit,
}

/// One row of the list of keys.
pub struct Row {
    /// The key.
    pub key: char,
    /// What it asks for.
    pub shortcut: Shortcut,
    /// In a few words, for the line below the answers.
    pub short: &'static str,
    /// In a sentence, for the list of keys.
    pub long: &'static str,
}

/// All of them, the most used first.
pub const ROWS: &[Row] = &[
    row(
        'b',
        Shortcut::Back,
        "back",
        "Back to the question before; press it as often as you like",
    ),
    row('u', Shortcut::Unsure, "don't know", "I don't know"),
    row(
        'x',
        Shortcut::None,
        "none of these",
        "None of these answers fits",
    ),
    row(
        't',
        Shortcut::Tried,
        "already tried",
        "That was done before",
    ),
    row('c', Shortcut::Cannot, "can't", "This cannot be done"),
    row(
        'p',
        Shortcut::Person,
        "a person",
        "Stop here and hand over to a person",
    ),
    row(
        'r',
        Shortcut::Run,
        "measure",
        "Let this computer answer, by the command shown",
    ),
    row(
        '+',
        Shortcut::Note,
        "note",
        "Add a remark for whoever reads the note",
    ),
    row(
        '!',
        Shortcut::Feedback,
        "script is wrong",
        "Say what is wrong here with the script; its author reads it",
    ),
    row(
        'f',
        Shortcut::History,
        "facts and trail",
        "What is known and the way so far; correct an earlier answer",
    ),
    row(
        '/',
        Shortcut::OtherTree,
        "another tree",
        "Walk another tree",
    ),
    row(
        'v',
        Shortcut::Copy,
        "copy note",
        "Show the note for the ticket so far and copy it",
    ),
    row('z', Shortcut::Park, "park", "Put the case aside and leave"),
    row(
        'q',
        Shortcut::Quit,
        "stop",
        "Stop here; the note so far is printed",
    ),
    row('?', Shortcut::Keys, "keys", "This list"),
];

const fn row(key: char, shortcut: Shortcut, short: &'static str, long: &'static str) -> Row {
    Row {
        key,
        shortcut,
        short,
        long,
    }
}

/// What a key asks for, if anything.
pub fn of(key: Key) -> Option<Shortcut> {
    let Key::Char(letter) = key else {
        return None;
    };
    let letter = letter.to_ascii_lowercase();
    ROWS.iter()
        .find(|row| row.key == letter)
        .map(|row| row.shortcut)
}

/// What the prompt that stands offers, besides what every prompt does.
#[derive(Debug, Clone, Copy)]
pub struct Offered {
    /// The kinds of reply.
    pub replies: Offer,
    /// Whether there is an earlier prompt.
    pub back: bool,
    /// Whether there is a command to run.
    pub run: bool,
    /// Whether the case may be parked.
    pub park: bool,
    /// Whether the walk stands at an end.
    pub end: bool,
}

impl Offered {
    /// Whether it means something there.
    pub const fn has(self, shortcut: Shortcut) -> bool {
        match shortcut {
            Shortcut::Tried => self.replies.tried,
            Shortcut::Cannot => self.replies.cannot,
            Shortcut::Unsure => self.replies.unsure,
            Shortcut::None => self.replies.none,
            Shortcut::Person => self.replies.person,
            Shortcut::Run => self.run,
            Shortcut::Back => self.back,
            Shortcut::Note
            | Shortcut::Feedback
            | Shortcut::History
            | Shortcut::OtherTree
            | Shortcut::Copy
            | Shortcut::Park
            | Shortcut::Keys
            | Shortcut::Quit => true,
        }
    }

    /// Whether it is worth a place in the line below the answers.
    pub const fn is_named(self, shortcut: Shortcut) -> bool {
        match shortcut {
            Shortcut::Note | Shortcut::Copy => self.end,
            Shortcut::Feedback
            | Shortcut::History
            | Shortcut::OtherTree
            | Shortcut::Quit
            | Shortcut::Run => false,
            Shortcut::Park => self.park,
            Shortcut::Back
            | Shortcut::Tried
            | Shortcut::Cannot
            | Shortcut::Unsure
            | Shortcut::None
            | Shortcut::Person
            | Shortcut::Keys => self.has(shortcut),
        }
    }
}
