//! Any text with `${fact}` in it: read and filled in without a panic, and what is filled in stays plain text.
#![no_main]

use std::borrow::Cow;

use fixpath::condition::{FactRef, FactType, Text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = Text::parse(text);
    let Ok(text) = parsed.resolve(&mut |_| Some((FactRef::Shared(0), FactType::YesNo))) else { return };
    let filled = text.fill(|_| Some(Cow::Borrowed("<b>*x*</b>")), true);
    let places = text.reads().count();
    assert!(filled.matches("<b>*x*</b>").count() <= text.source().matches("<b>*x*</b>").count(), "{places} places");
});
