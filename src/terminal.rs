//! Floor 7: walks a tree in a terminal, one key an answer, or line by line on any input and output. A runner is a loop:
//! prompt, show, reply, apply. What a walk means is `session`'s business; how the note reads, that of `handover`.
//!
//! | file | holds |
//! | --- | --- |
//! | `walk`, `keeping`, `card`, `explained`, `history`, `answers` | what both runners share: the case, how it is kept, one prompt, lists, reading answers |
//! | `page`, `markdown`, `manual`, `line`, `wrap`, `style`, `time` | texts as styled lines of a width |
//! | `welcome` | which tree to walk, by a caller's own words |
//! | `plain`, `command` | line by line, for pipes and screen readers |
//! | `interactive`, `picker`, `pick`, `tree_picker`, `edit`, `double_press` | one key an answer |
//! | `screen`, `tty`, `unread_keys`, `canvas`, `keys`, `menu` | the terminal behind one small trait |
//! | `unseen` | a password, typed unseen |
//! | `probe` | commands that answer |

mod answers;
mod canvas;
mod card;
mod command;
mod days;
mod double_press;
mod edit;
mod explained;
mod history;
pub mod interactive;
mod keeping;
mod keys;
mod line;
mod manual;
mod markdown;
mod menu;
mod page;
mod pick;
mod picker;
pub mod plain;
mod probe;
mod screen;
mod style;
mod time;
mod tree_picker;
mod tty;
mod unread_keys;
mod unseen;
mod walk;
mod wrap;

use std::env;
use std::io::{self, IsTerminal};

pub use crate::store::moment as now;
pub use keeping::Keeping;
pub use keys::{Input, Key};
pub use line::Line;
pub use manual::manual_page;
pub use picker::Item;
pub use screen::{Screen, Size};
pub use style::{Colors, Role, Style};
pub use walk::{Ending, Walk};

use tty::Tty;

use crate::tree::{Audience, Library, TreeId};

/// Whether one can walk by keys here: standard input and output are a terminal that can move its cursor.
pub fn is_interactive() -> bool {
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    is_terminal() && !is_dumb
}

/// Walks in this terminal, and gives it back as it was.
///
/// # Errors
/// There is no terminal, or it went away.
pub fn run_interactive(walk: &mut Walk<'_>) -> io::Result<Ending> {
    let mut tty = Tty::open(Colors::of(&io::stdout()))?;
    interactive::run(walk, &mut tty)
}

/// Whether somebody may sit there: standard input and output are a terminal, be it one that cannot move its cursor.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks in this terminal what the trouble is, by keys or line by line; gives the tree picked and the words that were typed,
/// or nothing if the person leaves.
///
/// # Errors
/// There is no terminal, or it went away.
pub fn ask_for_tree(
    library: &Library,
    find: &dyn Fn(&str, Audience) -> Vec<TreeId>,
    audience: Audience,
    by_keys: bool,
) -> io::Result<Option<(TreeId, String)>> {
    if !by_keys {
        let mut lines = plain::Reader(io::stdin().lock());
        return plain::ask_for_tree(&mut lines, &mut io::stdout(), library, find, audience);
    }
    let mut tty = Tty::open(Colors::of(&io::stdout()))?;
    tree_picker::ask_for_tree(&mut tty, library, find, audience)
}

/// Asks in this terminal which of some things; gives its place, or nothing if the person leaves.
///
/// # Errors
/// There is no terminal, or it went away.
pub fn pick(title: &str, items: Vec<Item>) -> io::Result<Option<usize>> {
    let mut tty = Tty::open(Colors::of(&io::stdout()))?;
    pick::pick(&mut tty, title, items)
}

/// Asks in this terminal for something that is not shown while it is typed; nothing if the person leaves.
///
/// # Errors
/// There is no terminal, or it went away.
pub fn ask_unseen(question: &str) -> io::Result<Option<String>> {
    let mut tty = Tty::open(Colors::of(&io::stdout()))?;
    unseen::ask(&mut tty, question)
}

/// Walks line by line on standard input and output.
///
/// # Errors
/// The input cannot be read, or the output cannot be written.
pub fn run_plain(walk: &mut Walk<'_>) -> io::Result<Ending> {
    let stdout = io::stdout();
    let columns = if stdout.is_terminal() {
        crossterm::terminal::size().ok()
    } else {
        None
    };
    let options = plain::Options {
        columns: columns.map(|(columns, _)| columns.into()),
        echo: !io::stdin().is_terminal(),
    };
    plain::run(walk, &mut plain::Stdin::new()?, &mut stdout.lock(), options)
}
