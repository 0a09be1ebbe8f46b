//! Both runners on random libraries with random keys and lines: whatever is typed, nothing breaks, nothing drives the
//! terminal, and customers see nothing that is for agents.

use std::cell::Cell;
use std::io::Cursor;
use std::sync::Arc;

use fixpath::handover::PublicNote;
use fixpath::session::{Event, Happening, Moment, Session, Started};
use fixpath::terminal::plain::{self, Options, Reader};
use fixpath::terminal::{Input, Key, Size, Walk, interactive};
use fixpath::tree::{Audience, Channel, Library, TreeId};
use proptest::prelude::{ProptestConfig, any, prop, proptest};

use crate::support::screen::{FakeScreen, START};
use crate::support::{Dice, FOR_AGENTS, library};

const KEYS: [Key; 12] = [
    Key::Enter,
    Key::Escape,
    Key::Up,
    Key::Down,
    Key::Left,
    Key::Home,
    Key::Backspace,
    Key::DeleteWord,
    Key::PageDown,
    Key::Tab,
    Key::EndOfInput,
    Key::Redraw,
];

const LETTERS: &str = "123456789ynbtcuxp+f/vrzq? yn12abc日\u{202e}\u{1b}\u{301}.5-";

const LINES: [&str; 24] = [
    "yes",
    "no",
    "1",
    "2",
    "linux, macos",
    "12",
    "OL",
    "today",
    "done",
    "tried",
    "cannot",
    "unsure",
    "none",
    "person",
    "back",
    "/back 2",
    "note a\u{1b}[31mb",
    "facts",
    "trail",
    "change 1 yes",
    "change os linux",
    "copy note",
    "help",
    "\u{202e}x\u{7}",
];

fn input(dice: &mut Dice<'_>) -> Input {
    match dice.roll(8) {
        0 => Input::Key(KEYS[dice.roll(KEYS.len())]),
        1 if dice.once_in(4) => Input::Paste("a\nb\u{1b}[2J\u{202e}".to_owned()),
        1 => Input::Resize,
        _ => {
            let letters: Vec<char> = LETTERS.chars().collect();
            Input::Key(Key::Char(letters[dice.roll(letters.len())]))
        }
    }
}

/// Walks with the customer's own note.
fn with_walk<R>(
    library: Library,
    customer: bool,
    clock: &Cell<i64>,
    run: impl FnOnce(&mut Walk<'_>) -> R,
) -> R {
    let library = Arc::new(library);
    let trees: Vec<TreeId> = library
        .trees
        .iter()
        .filter_map(|tree| library.find(&tree.name))
        .collect();
    let (audience, channel) = if customer {
        (Audience::Customer, Channel::SelfService)
    } else {
        (Audience::Agent, Channel::Phone)
    };
    let now = || Moment::new(clock.get(), 0).unwrap();
    let started = Started::new("example", audience, channel);
    let event = Event {
        seq: 1,
        at: now(),
        what: Happening::Started(Box::new(started)),
    };
    let mut walk = Walk {
        session: Session::start(library, event).unwrap(),
        find: &|_, _| trees.clone(),
        note: &|session| PublicNote::of(session).text(),
        clock: &now,
        allow_run: false,
        kept: None,
        news: None,
    };
    run(&mut walk)
}

fn judge(text: &str, customer: bool) {
    assert!(
        !text.contains(|one: char| one.is_control() && one != '\n'),
        "{text:?}"
    );
    assert!(!text.contains('\u{202e}'), "{text:?}");
    assert!(!customer || !text.contains(FOR_AGENTS), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_are_taken(
        made in prop::collection::vec(any::<u8>(), 0..150),
        typed in prop::collection::vec(any::<u8>(), 0..300),
        columns in 12_usize..130,
        customer in any::<bool>(),
    ) {
        let library = library(&mut Dice::new(&made)).compile().into_library();
        let mut dice = Dice::new(&typed);
        let mut inputs = Vec::new();
        let mut at = 0;
        while dice.are_left() {
            at += [0, 10, 120, 400, 2000][dice.roll(5)];
            inputs.push((at, input(&mut dice)));
        }
        let clock = Cell::new(START);
        with_walk(library, customer, &clock, |walk| {
            let mut screen = FakeScreen::new(&clock, Size { columns, rows: 24 }, inputs);
            screen.choices = (0..20).collect();
            interactive::run(walk, &mut screen).unwrap();
            judge(&screen.printed, customer);
            for block in &screen.blocks {
                judge(block, customer);
            }
        });
    }

    #[test]
    fn any_lines_are_taken(
        made in prop::collection::vec(any::<u8>(), 0..150),
        typed in prop::collection::vec(any::<u8>(), 0..60),
        customer in any::<bool>(),
    ) {
        let library = library(&mut Dice::new(&made)).compile().into_library();
        let mut dice = Dice::new(&typed);
        let mut lines = String::new();
        while dice.are_left() {
            lines += LINES[dice.roll(LINES.len())];
            lines.push('\n');
        }
        let clock = Cell::new(START);
        with_walk(library, customer, &clock, |walk| {
            let mut out = Vec::new();
            let options = Options { columns: Some(70), echo: true };
            plain::run(walk, &mut Reader(Cursor::new(lines)), &mut out, options).unwrap();
            judge(std::str::from_utf8(&out).unwrap(), customer);
        });
    }
}
