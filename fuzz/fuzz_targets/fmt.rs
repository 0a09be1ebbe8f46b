//! Any text in the house style: where it can be written, formatting again changes nothing, and it means the same as
//! before: sound or not as before, with the same canonical hash.
#![no_main]

use fixpath::compile::Options;
use fixpath::load::{Files, Loaded};
use fixpath::syntax::{FileKind, Limits, NotFormatted, format};
use libfuzzer_sys::fuzz_target;

fn compiled(text: &str) -> Loaded {
    let mut files = Files::empty(Limits::default());
    files.replace("example", "example.yaml", text.as_bytes().to_vec());
    files.compile(&Options::new(jiff::civil::date(2026, 11, 21)))
}

fn twice_is_once(text: &str, kind: FileKind) -> Result<String, NotFormatted> {
    let limits = Limits::default();
    let once = format(text, kind, &limits)?;
    assert_eq!(format(&once, kind, &limits).as_ref(), Ok(&once), "formatted again");
    Ok(once)
}

fuzz_target!(|text: &str| {
    let _ = twice_is_once(text, FileKind::Library);
    let formatted = match twice_is_once(text, FileKind::Tree) {
        Ok(formatted) => formatted,
        Err(_) => return,
    };
    let (before, after) = (compiled(text).compilation, compiled(&formatted).compilation);
    match (before.into_library(), after.into_library()) {
        (Ok(before), Ok(after)) => assert_eq!(before.hash(), after.hash(), "another hash"),
        (Err(_), Err(_)) => {}
        (before, after) => panic!("sound before: {}, after: {}", before.is_ok(), after.is_ok()),
    }
});
