//! This project.

use std::sync::Arc;

use fixpath::compile::Options;
use fixpath::condition::Value;
use fixpath::load::Files;
use fixpath::session::{Event, Happening, Moment, Prompt, Reply, Session, Source, Started};
use fixpath::syntax::Limits;
use fixpath::tree::{Audience, Channel, Library, QuestionKind};

use super::Walk;

/// A case being walked.
pub struct Walked {
    library: Arc<Library>,
    session: Session,
}

/// Compiles with all checks, and starts.
pub fn start(text: &str) -> Walked {
    let limits = Limits { bytes: 64 << 20, steps: 1_000_000, ..Limits::default() };
    let mut files = Files::empty(limits);
    files.replace("made_up", "made_up.yaml", text.as_bytes().to_vec());
    let loaded = files.compile(&Options::new(jiff::civil::date(2026, 11, 21)));
    let library = Arc::new(loaded.compilation.into_library().expect("no errors"));
    let session = begin(&library);
    Walked { library, session }
}

fn moment() -> Moment {
    Moment::new(1_800_000_000_000, 0).expect("a moment")
}

fn begin(library: &Arc<Library>) -> Session {
    let started = Box::new(Started::new("made_up", Audience::Agent, Channel::Phone));
    let event = Event { seq: 1, at: moment(), what: Happening::Started(started) };
    Session::start(Arc::clone(library), event).expect("starts")
}

impl Walk for Walked {
    fn answer(&mut self, pick: usize) -> bool {
        let Prompt::Question(at, question) = self.session.prompt() else { return false };
        let QuestionKind::Choice(choices) = &question.kind else { return false };
        let reply = Reply::Answer(Value::Choice(Arc::clone(&choices[pick].key)));
        let (seq, name) = (at.seq, Arc::clone(&at.step.name));
        self.session.reply(seq, &name, reply, Source::Asked, moment()).expect("fits");
        matches!(self.session.prompt(), Prompt::Question(..))
    }

    fn restart(&mut self) {
        self.session = begin(&self.library);
    }
}
