//! The words that every prompt takes besides its answers, as the plain runner reads them: `back 2`, `note …`,
//! everywhere also with a leading `/`. It knows no prompts: whether a word is an answer there is judged before.

use std::time::Duration;

/// A command, with what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// So many prompts back.
    Back(usize),
    /// Done.
    Done,
    /// Already tried.
    Tried,
    /// Cannot be done.
    Cannot,
    /// Not known.
    Unsure,
    /// None of the answers.
    None,
    /// Hand over to a person.
    Person,
    /// A remark.
    Note(String),
    /// What is wrong with the script here.
    Feedback(String),
    /// Put aside, for so long if it says so.
    Park(Option<Duration>),
    /// Show what is known.
    Facts,
    /// Show the way so far.
    Trail,
    /// Correct an earlier answer: its number in the trail or a name, and the new answer.
    Change {
        /// Which.
        which: String,
        /// The new answer; may be missing.
        answer: String,
    },
    /// Show the note so far.
    CopyNote,
    /// Walk another tree, found by these words.
    Tree(String),
    /// Let this computer answer.
    Run,
    /// Leave.
    Quit,
    /// Explain the prompt and the commands.
    Help,
}

/// What a line that looks like a command is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parsed {
    /// A command.
    Command(Command),
    /// Its first word is a command, but what follows is wrong; what to type instead.
    Wrong(&'static str),
    /// No command at all.
    Other,
}

/// Reads a line. Command words may be written in any case and with `/` in front; unless `bare`, only with it.
pub fn parse(line: &str, bare: bool) -> Parsed {
    let line = line.trim();
    let (text, slash) = match line.strip_prefix('/') {
        Some(text) => (text, true),
        None => (line, false),
    };
    if !slash && !bare {
        return Parsed::Other;
    }
    // The key for it where there are keys.
    if let Some(words) = text.strip_prefix('!') {
        return read("feedback", words.trim());
    }
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    read(&word.to_lowercase(), rest.trim())
}

fn read(word: &str, rest: &str) -> Parsed {
    let alone = |command: Command| {
        if rest.is_empty() {
            Parsed::Command(command)
        } else {
            Parsed::Other
        }
    };
    match word {
        "back" => back(rest),
        "done" => alone(Command::Done),
        "tried" => alone(Command::Tried),
        "cannot" => alone(Command::Cannot),
        "unsure" => alone(Command::Unsure),
        "none" => alone(Command::None),
        "person" => alone(Command::Person),
        "note" if rest.is_empty() => {
            Parsed::Wrong("write the remark behind it: note The caller is in a hurry")
        }
        "note" => Parsed::Command(Command::Note(rest.to_owned())),
        "feedback" if rest.is_empty() => Parsed::Wrong(
            "write what is wrong here behind it: feedback The menu is called Settings",
        ),
        "feedback" => Parsed::Command(Command::Feedback(rest.to_owned())),
        "park" => park(rest),
        "facts" => alone(Command::Facts),
        "trail" => alone(Command::Trail),
        "change" => change(rest),
        "copy" if matches!(rest, "" | "note") => Parsed::Command(Command::CopyNote),
        "tree" if rest.is_empty() => {
            Parsed::Wrong("write a tree's name or a few words behind it: tree no internet")
        }
        "tree" => Parsed::Command(Command::Tree(rest.to_owned())),
        "run" => alone(Command::Run),
        "quit" | "exit" => alone(Command::Quit),
        "help" | "?" => alone(Command::Help),
        _ => Parsed::Other,
    }
}

fn back(rest: &str) -> Parsed {
    match rest {
        "" => Parsed::Command(Command::Back(1)),
        _ => match rest.parse() {
            Ok(steps @ 1..) => Parsed::Command(Command::Back(steps)),
            Ok(0) | Err(_) => Parsed::Wrong("write how many prompts behind it: back 2"),
        },
    }
}

fn park(rest: &str) -> Parsed {
    if rest.is_empty() {
        return Parsed::Command(Command::Park(None));
    }
    match duration(rest) {
        Some(time) => Parsed::Command(Command::Park(Some(time))),
        None => Parsed::Wrong("write for how long behind it, like 30m, 2h or 1d: park 2h"),
    }
}

fn change(rest: &str) -> Parsed {
    let (which, answer) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if which.is_empty() {
        return Parsed::Wrong(
            "write which answer and the new one: change 2 yes (`trail` shows the numbers)",
        );
    }
    Parsed::Command(Command::Change {
        which: which.to_owned(),
        answer: answer.trim().to_owned(),
    })
}

/// Reads `30s`, `2m`, `1h`, `1d`.
pub fn duration(text: &str) -> Option<Duration> {
    let unit = text.chars().next_back()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return None,
    };
    let count: u64 = text.strip_suffix(unit)?.trim().parse().ok()?;
    Some(Duration::from_secs(count.checked_mul(seconds)?))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Command, Parsed, parse};

    #[test]
    fn a_slash_makes_a_command_of_what_may_be_text() {
        assert_eq!(parse("back", true), Parsed::Command(Command::Back(1)));
        assert_eq!(parse(" /BACK 3 ", false), Parsed::Command(Command::Back(3)));
        assert_eq!(parse("back", false), Parsed::Other);
        assert_eq!(parse("/etc/hosts", false), Parsed::Other);
        assert_eq!(parse("help me please", true), Parsed::Other);
        assert!(matches!(parse("back soon", true), Parsed::Wrong(_)));
        assert!(matches!(parse("/note", true), Parsed::Wrong(_)));
    }

    #[test]
    fn what_follows_a_word_is_read() {
        assert_eq!(
            parse("note  a  b ", true),
            Parsed::Command(Command::Note("a  b".into()))
        );
        assert_eq!(
            parse("park 2h", true),
            Parsed::Command(Command::Park(Some(Duration::from_secs(7200))))
        );
        assert!(matches!(parse("park soon", true), Parsed::Wrong(_)));
        let wrong = Parsed::Command(Command::Feedback("It is blue".into()));
        assert_eq!(parse("feedback It is blue", true), wrong);
        assert_eq!(parse("!It is blue", true), wrong);
        assert_eq!(parse("! it is", false), Parsed::Other);
        let change = Command::Change {
            which: "os".into(),
            answer: "windows 11".into(),
        };
        assert_eq!(parse("change os windows 11", true), Parsed::Command(change));
    }
}
