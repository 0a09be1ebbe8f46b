//! Any stream of events over the shipped trees: nothing panics, what is refused changes nothing, and replaying what was
//! taken gives the same case.
#![no_main]

use std::sync::{Arc, OnceLock};

use fixpath::compile::Options;
use fixpath::condition::{Number, Value};
use fixpath::load::Files;
use fixpath::load::locate::Origin;
use fixpath::session::{Changing, Event, Happening, Moment, Reply, Session, Source, Started};
use fixpath::syntax::Limits;
use fixpath::tree::{Audience, Channel, Library, QuestionKind, StepKind, TreeId};
use libfuzzer_sys::fuzz_target;

static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();

fn library() -> &'static Arc<Library> {
    LIBRARY.get_or_init(|| {
        let files = Files::read(&Origin::BuiltIn, &Limits::default()).expect("built in");
        let loaded = files.compile(&Options::new(jiff::civil::date(2026, 11, 21)));
        Arc::new(loaded.compilation.into_library().expect("no errors"))
    })
}

fn moment(seq: u64) -> Moment {
    Moment::new(1_800_000_000_000 + seq as i64 * 1000, 0).expect("a moment")
}

/// A reply made of a byte: mostly something that could fit.
fn reply(session: &Session, byte: u8) -> Reply {
    match byte % 12 {
        0 => Reply::Done,
        1 => Reply::Tried,
        2 => Reply::Cannot,
        3 => Reply::Unsure,
        4 => Reply::None,
        5 => Reply::Person,
        6 | 7 => Reply::Answer(Value::YesNo(byte.is_multiple_of(2))),
        8 => Reply::Answer(Value::Number(Number::new(f64::from(byte) - 100.0).expect("finite"))),
        9 => Reply::Answer(Value::Text("AB-1234".into())),
        _ => Reply::Answer(Value::Choice(choice(session, byte))),
    }
}

/// A key of the question that stands, if it has any.
fn choice(session: &Session, byte: u8) -> Arc<str> {
    use fixpath::session::Prompt;
    let Prompt::Question(at, _) = session.prompt() else { return "x".into() };
    let StepKind::Question(question) = &at.step.kind else { return "x".into() };
    match &question.kind {
        QuestionKind::Choice(choices) if !choices.is_empty() => {
            Arc::clone(&choices[usize::from(byte) / 12 % choices.len()].key)
        }
        _ => "x".into(),
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let library = library();
    let tree = library.tree(TreeId(u32::from(*first) % library.trees.len() as u32));
    let audience = if first.is_multiple_of(2) { Audience::Agent } else { Audience::Customer };
    let started = Started::new(Arc::clone(&tree.name), audience, Channel::Phone);
    let event = Event { seq: 1, at: moment(1), what: Happening::Started(Box::new(started)) };
    let Ok(mut session) = Session::start(Arc::clone(library), event) else { return };
    for pair in rest.chunks_exact(2).take(200) {
        let before = session.clone();
        let seq = session.events().len() as u64 + 1;
        let what = happening(&session, pair[0], pair[1]);
        if session.apply(Event { seq, at: moment(seq), what }).is_err() {
            assert!(session.same_state(&before), "what is refused changes nothing");
        }
    }
    let again = Session::replay(Arc::clone(library), session.events()).expect("it was all taken");
    assert!(again.same_state(&session));
});

fn happening(session: &Session, kind: u8, byte: u8) -> Happening {
    use fixpath::session::Prompt;
    let library = session.library();
    let name = |byte: u8| Arc::clone(&library.tree(TreeId(u32::from(byte) % library.trees.len() as u32)).name);
    match kind % 16 {
        0 => Happening::WentBack { to: u64::from(byte) },
        1 => Happening::Changed { what: Changing::Visit(u64::from(byte)), value: Value::YesNo(kind > 127) },
        2 => Happening::Left { tree: name(byte) },
        3 => Happening::Noted { text: "x".into() },
        4 => Happening::Parked { until: None },
        5 | 6 => Happening::Resumed { by: None },
        7 => Happening::HandedOver { to: "network".into() },
        8 => Happening::Taken { by: None, channel: None },
        _ => {
            let (tree, step): (Arc<str>, Arc<str>) = match session.prompt() {
                Prompt::Question(at, _) | Prompt::Remedy(at, _) | Prompt::Need(at, _) => names(&at),
                Prompt::Instruction(at) | Prompt::Solved(at, _) | Prompt::End(at, ..) => names(&at),
                Prompt::Parked(_) | Prompt::HandedOver(_) | Prompt::Closed(..) => (name(byte), "x".into()),
            };
            Happening::Answered { tree, step, reply: reply(session, byte), source: Source::Asked }
        }
    }
}

fn names(at: &fixpath::session::At<'_>) -> (Arc<str>, Arc<str>) {
    (Arc::clone(&at.tree.name), at.name().as_ref().into())
}
