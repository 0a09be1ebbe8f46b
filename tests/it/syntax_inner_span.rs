//! From a place within a text to its place in the file.

use fixpath::syntax::{Word, inner_span};

use super::support::Reading;

/// What the file holds where a part of a text stands.
#[track_caller]
fn written(reading: &Reading<fixpath::syntax::Script>, word: &Word, part: &str) -> String {
    let start = word.value.find(part).expect("the part is in the text") as u32;
    let span = inner_span(&reading.source, word, start..start + part.len() as u32);
    reading.source.slice(span).to_owned()
}

#[track_caller]
fn stands(text: &str, part: &str, place: &str) {
    let reading = Reading::steps(&format!("  a:\n    do: {text}\n    no: stuck\n"));
    let word = reading.script.steps[0].instruction.clone().unwrap();
    assert_eq!(written(&reading, &word, part), place, "{:?}", word.value);
}

#[test]
fn plain_and_quoted() {
    stands("Go to ${floor} now", "${floor}", "${floor}");
    stands("\"Go to ${floor} now\"", "${floor}", "${floor}");
    stands("'Go to ${floor} now'", "${floor}", "${floor}");
    stands("Größe 📡 ${floor} ü", "${floor}", "${floor}");
}

#[test]
fn behind_escapes() {
    stands("'It''s on ${floor}, isn''t it'", "${floor}", "${floor}");
    stands("'It''s on'", "It's", "It''s");
    stands(
        r#""\u00fc \x41 \U0001F4E1 \"a\" ${floor}!""#,
        "${floor}",
        "${floor}",
    );
    stands(
        r#""say \"${floor}\" now""#,
        "\"${floor}\"",
        r#"\"${floor}\""#,
    );
    stands("\"one\\\n      two ${floor}\"", "${floor}", "${floor}");
}

#[test]
fn over_several_lines() {
    stands(
        "|\n      One.\n\n        Two ${floor}.\n      Three.",
        "${floor}",
        "${floor}",
    );
    stands(
        ">-\n      One\n      two ${floor}\n\n      three.",
        "${floor}",
        "${floor}",
    );
    stands(
        "One\n      two\n\n      three ${floor} four.",
        "${floor}",
        "${floor}",
    );
    stands(
        "\"One\n      two ${floor}\n      four.\"",
        "${floor}",
        "${floor}",
    );
    stands("One\n      two", "One two", "One\n      two");
    stands("| # why\n      One ${floor}", "${floor}", "${floor}");
}

#[test]
fn of_a_text_put_together_after_a_fault_it_is_all_of_it() {
    stands("1. One\n      2. Two", "2. Two", "2. Two");
    stands("Look: ${floor}", "${floor}", "${floor}");
    stands(
        "\"C:\\Users ${floor}\"",
        "${floor}",
        "\"C:\\Users ${floor}\"",
    );
}

#[test]
fn the_empty_range_is_a_place_too() {
    let reading = Reading::steps("  a: {end: Done}\n");
    let name = &reading.script.steps[0].name;
    let span = inner_span(&reading.source, name, 1..1);
    assert_eq!((span.start, span.end), (name.span.end, name.span.end));
    let span = inner_span(&reading.source, name, 0..0);
    assert_eq!((span.start, span.end), (name.span.start, name.span.start));
}
