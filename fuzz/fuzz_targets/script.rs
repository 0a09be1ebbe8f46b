//! Any text as a tree: it is read, compiled, checked and its findings are rendered without a panic; a tree without errors
//! survives its canonical form.
#![no_main]

use fixpath::compile::Options;
use fixpath::diagnostic::render::{Format, render};
use fixpath::load::Files;
use fixpath::syntax::Limits;
use fixpath::tree::Library;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut files = Files::empty(Limits::default());
    files.replace("example", "example.yaml", bytes.to_vec());
    let loaded = files.compile(&Options::new(jiff::civil::date(2026, 11, 21)));
    for format in [Format::Concise, Format::Json, Format::Terminal { colour: true, width: 80 }] {
        let mut out = Vec::new();
        render(format, &loaded.sources, &loaded.compilation.diagnostics, &mut out).expect("a Vec takes everything");
    }
    if let Ok(library) = loaded.compilation.into_library() {
        let again = Library::from_canonical(&library.canonical()).expect("its own canonical form");
        assert_eq!(library.hash(), again.hash());
    }
});
