//! Laws of the house style: formatting again changes nothing, what is written is walked as before, and every comment
//! stands at what it stood at. Held on the shipped trees in disarray, on generated ones, on the seeds of the fuzz
//! targets and on spoiled texts.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fixpath::syntax::{FileKind, Limits, NotFormatted, format};
use proptest::prelude::{ProptestConfig, TestCaseError, any, prop};
use proptest::{prop_assert, prop_assert_eq, proptest};

use crate::support::{Dice, Files, library, shipped};

fn tree(text: &str) -> String {
    format(text, FileKind::Tree, &Limits::default())
        .unwrap_or_else(|reason| panic!("{reason}:\n{text}"))
}

/// What a file that can be formatted obeys.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let once = match format(text, FileKind::Tree, &Limits::default()) {
        Ok(once) => once,
        Err(reason) => {
            let torn = Files::example(text)
                .compile()
                .codes()
                .contains(&"split-text");
            prop_assert!(reason != NotFormatted::Changed || torn, "{}", text);
            return Ok(());
        }
    };
    let twice = format(&once, FileKind::Tree, &Limits::default());
    prop_assert_eq!(twice.as_ref(), Ok(&once), "{}", text);
    // Findings stand in the order of the file, so that another order of keys is another one of them.
    let codes = |text: &str| {
        let mut codes = Files::example(text).compile().codes();
        codes.sort_unstable();
        codes
    };
    prop_assert_eq!(codes(text), codes(&once), "{}", text);
    let remarks = |text: &str| text.matches("# own").count();
    prop_assert_eq!(remarks(&once), remarks(text), "{}", text);
    Ok(())
}

/// The same trees with the keys of every step in another order, each behind a comment that names it.
fn shuffled(text: &str, dice: &mut Dice<'_>) -> String {
    let mut out = String::new();
    let mut step: Vec<String> = Vec::new();
    let mut within = false;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        within = if indent == 0 && !line.is_empty() {
            line == "steps:"
        } else {
            within
        };
        if within && indent == 4 && !line.trim_start().starts_with('#') {
            let key = line.trim_start().split(':').next().unwrap();
            step.push(format!("    # at {key}\n{line}\n"));
            continue;
        }
        if let (true, Some(last)) = (indent > 4 || line.is_empty(), step.last_mut()) {
            *last += line;
            *last += "\n";
            continue;
        }
        flush(&mut step, &mut out, dice);
        out += line;
        out += "\n";
    }
    flush(&mut step, &mut out, dice);
    out
}

fn flush(step: &mut Vec<String>, out: &mut String, dice: &mut Dice<'_>) {
    let blank = step
        .last_mut()
        .is_some_and(|last| last.ends_with("\n\n") && last.pop().is_some());
    while !step.is_empty() {
        *out += &step.remove(dice.roll(step.len()));
    }
    if blank {
        out.push('\n');
    }
}

fn without_remarks(text: &str) -> String {
    let lines = text.lines();
    lines
        .filter(|line| !line.trim_start().starts_with("# at "))
        .fold(String::new(), |text, line| text + line + "\n")
}

/// The same tree as somebody else would lay it out: other indentation, quotes, comments, blank lines, line ends.
fn disarranged(text: &str, dice: &mut Dice<'_>) -> String {
    let width = 2 + dice.roll(3);
    let mut out = String::new();
    let mut block: Option<usize> = None;
    for (number, line) in text.lines().enumerate() {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let wide = indent / 2 * width;
        if block.is_some_and(|above| content.is_empty() || indent > above) {
            let blanks = if content.is_empty() { 0 } else { wide };
            writeln!(out, "{}{content}", " ".repeat(blanks)).unwrap();
            continue;
        }
        block = (line.ends_with('|') || line.ends_with("|-")).then_some(indent);
        if number > 0 && dice.once_in(9) {
            writeln!(out, "{}# own line {number}", " ".repeat(dice.roll(7))).unwrap();
        }
        if dice.once_in(12) {
            out += "\n\n";
        }
        let mut content = content.to_owned();
        if let Some(item) = content.strip_prefix("- ") {
            content = format!("-{}{item}", " ".repeat(width - 1));
        }
        if let Some((key, value)) = content.split_once(": ").filter(|(_, value)| is_bare(value))
            && dice.once_in(4)
        {
            content = format!("{key}:   '{}'", value.replace('\'', "''"));
        }
        write!(out, "{}{content}", " ".repeat(wide)).unwrap();
        if !content.is_empty() && !content.starts_with('#') && dice.once_in(6) {
            write!(out, "{}# behind {number}", " ".repeat(1 + dice.roll(8))).unwrap();
        }
        out += "\n";
    }
    if dice.once_in(3) {
        out = out.replace('\n', "\r\n");
    }
    out
}

fn is_bare(value: &str) -> bool {
    !value.starts_with(['[', '{', '"', '\'', '|', '>', '&', '*', '#']) && !value.contains(" #")
}

/// The first line in which two texts differ, of each.
fn difference(left: &str, right: &str) -> Option<(String, String)> {
    let ended = "(the end)".to_owned();
    let lines = |text: &str| {
        let lines = text.split('\n').map(str::to_owned);
        lines.chain([ended.clone()]).collect::<Vec<_>>()
    };
    let mut pairs = lines(left).into_iter().zip(lines(right));
    pairs.find(|(left, right)| left != right)
}

/// Each made-up comment with the first word of the line at which it stands: its own, or the next one with anything on it.
fn remarks(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let word = |line: &str| {
        let line = line.trim_start_matches(['-', ' ', '\'', '"']);
        let end = line.find([':', ' ', ',', '\'']).unwrap_or(line.len());
        line[..end].to_owned()
    };
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some((before, comment)) = line.split_once("# behind ") {
            found.push((format!("behind {comment}"), word(before)));
        } else if line.starts_with("# own line") {
            let next = lines[at..]
                .iter()
                .find(|line| !line.is_empty() && !line.starts_with('#'));
            found.push((
                (*line).to_owned(),
                next.map_or_else(String::new, |next| word(next)),
            ));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::with_cases(3) })]

    #[test]
    fn shuffled_steps_come_back_as_they_were(numbers in prop::collection::vec(any::<u8>(), 4_000)) {
        let mut dice = Dice::new(&numbers);
        for (path, text) in shipped_trees().iter() {
            let messy = shuffled(text, &mut dice);
            let neat = tree(&messy);
            prop_assert_eq!(difference(text, &without_remarks(&neat)), None, "{}", path);
            let mut lines = neat.lines().map(str::trim);
            while let Some(line) = lines.next() {
                let Some(key) = line.strip_prefix("# at ") else { continue };
                prop_assert!(lines.next().unwrap().starts_with(key), "{}: {}", path, key);
            }
            prop_assert_eq!(neat.matches("# at ").count(), messy.matches("# at ").count());
        }
    }

    #[test]
    fn a_disarranged_library_is_walked_as_before(numbers in prop::collection::vec(any::<u8>(), 60_000)) {
        let mut dice = Dice::new(&numbers);
        let (mut laid_out, mut neat) = (shipped(), shipped());
        for (path, text) in shipped_trees().iter() {
            let messy = disarranged(text, &mut dice);
            let after = tree(&messy);
            prop_assert_eq!(difference(&after, &tree(&after)), None, "{}", path);
            for (one, other) in remarks(&messy).into_iter().zip(remarks(&after)) {
                prop_assert_eq!(one, other, "{}", path);
            }
            prop_assert_eq!(remarks(&messy).len(), remarks(&after).len(), "{}", path);
            laid_out = laid_out.replace(path, &messy);
            neat = neat.replace(path, &after);
        }
        let before = laid_out.compile().into_library();
        let after = neat.compile().into_library();
        prop_assert_eq!(before.hash(), after.hash());
    }
}

/// The shipped trees, without the library file.
fn shipped_trees() -> Files {
    shipped()
        .iter()
        .filter(|(path, _)| path.ends_with(".yaml") && *path != "fixpath.yaml")
        .fold(Files::new(), |files, (path, text)| files.file(path, text))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn generated_libraries_are_walked_as_before(numbers in prop::collection::vec(any::<u8>(), 0..400)) {
        let files = library(&mut Dice::new(&numbers));
        let before = files.compile();
        let neat = files.map(tree);
        let after = neat.compile();
        prop_assert_eq!(before.codes(), after.codes());
        let (before, after) = (before.into_library(), after.into_library());
        prop_assert_eq!(before.hash(), after.hash());
        let again = neat.clone().map(tree);
        prop_assert_eq!(again.text("example.yaml"), neat.text("example.yaml"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn any_text_at_any_place_is_kept(text in "[ -~äß📡\t\n#:,\\[\\]{}&*!|>'\"%@`?-]{1,30}", flow in any::<bool>()) {
        let written = serde_json::to_string(&text).unwrap();
        let file = if flow {
            format!("title: T\nsteps:\n  a: {{ask: {written}, yes: {{return: {written}}}, no: stuck}}\ntests: {{x: {{answers: [a: {written}], ends: b}}}}\n")
        } else {
            format!("title: {written}\nsummary: {written}\nsymptoms: [{written}, a]\nglossary:\n  k: {written}\n")
        };
        holds(&file)?;
        // What YAML does with a backslash behind the author's back is a finding, so that it may be refused.
        if !text.contains(['\n', '\t', '\\']) {
            prop_assert!(format(&file, FileKind::Tree, &Limits::default()).is_ok(), "{}", file);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[ a:\\-\n#\\[\\]{}&*!|>'\",?0%@~]{0,60}") {
        holds(&text)?;
    }

    #[test]
    fn spoiled_trees(at in any::<prop::sample::Index>(), taken in 0_usize..6, piece in "([-:{}\\[\\]\"'|>&*!#, \n]|# own \n|\r\n|- |: |\\? ){0,3}") {
        let mut characters: Vec<char> = SPOILED.chars().collect();
        let at = at.index(characters.len());
        let end = (at + taken).min(characters.len());
        characters.splice(at..end, piece.chars());
        holds(&characters.into_iter().collect::<String>())?;
    }
}

#[test]
fn a_key_without_its_colon_over_two_lines_is_left_alone() {
    for broken in ["{goto\r\n? , set:", "{goto\n? , set:", "{goto ? , set:"] {
        let text = SPOILED.replace("{goto: a, set:", broken);
        assert_ne!(text, SPOILED);
        holds(&text).unwrap();
    }
}

/// A bit of everything that YAML has.
const SPOILED: &str = "# own head

title: \"T \\u00fc\"   # own title
symptoms: [a, 'b''s', {c: d}, # own item
  e]
steps:
  # own lead
  a: &a
    ask: >-
      Größe 📡
      of it?
    yes: {fix: One, no: b} # own tail
    no: &out stuck
    unsure: *out
    # own foot
  b:   # own header
    do: |2
        1. One
        2. Two
    no: {goto: a, set: {x: [y, z]}}
    limit: {visits: 3, then: {escalate: t, reason: \"x\"}}
  c: {number: {min: 1, max: 2}, ask: N, answers: {below 1: a, 1 to 2: b}}
  d:
    next:
    - when: x == 1
      goto: a
    # own item
    -
      goto: b
tests:
  t: {answers: [a: yes, b: no], ends: stuck}
# own end
";

#[test]
fn the_text_to_be_spoiled_can_be_formatted() {
    let neat = tree(SPOILED);
    assert_eq!(
        neat.matches("# own").count(),
        SPOILED.matches("# own").count()
    );
}

#[test]
fn seeds_of_the_fuzz_targets_obey_the_laws() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/script");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        holds(&text).unwrap();
        seen += usize::from(format(&text, FileKind::Tree, &Limits::default()).is_ok());
    }
    assert!(seen > 0, "one of them can be formatted");
}
