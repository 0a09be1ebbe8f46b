//! A walk in a test, in an author's words: YAML in, prompts out.
//! `Walk::tree("…").reply("restart", "no").stands("line")`.

use std::sync::Arc;

use fixpath::condition::Value;
use fixpath::session::{
    Changing, Event, Happening, Moment, Outcome, Prompt, Reply, Session, Source, Started,
    Suggestion,
};
use fixpath::tree::{Audience, Channel, Library};

use super::Files;

/// A case, a minute for every event; it begins at 23:00 on the day of the tests.
#[derive(Debug, Clone)]
pub struct Walk {
    pub session: Session,
}

/// How a walk begins.
#[derive(Debug, Clone)]
pub struct Start {
    library: Arc<Library>,
    started: Started,
}

/// The moment so many minutes after the case began.
pub fn minute(minute: u64) -> Moment {
    Moment::new(1_795_298_400_000 + minute as i64 * 60_000, 60).expect("a moment")
}

/// The value that somebody may have meant by a word: `a|b` is several keys. The question gives the type.
pub fn value(word: &str) -> Value {
    if word.contains('|') {
        let keys = word.split('|').filter(|key| !key.is_empty());
        return Value::Many(keys.map(Arc::from).collect());
    }
    Value::Text(word.into())
}

/// A reply by its word: `done`, `tried`, `cannot`, `unsure`, `none`, `person`, else an answer.
pub fn reply(word: &str) -> Reply {
    match word {
        "done" => Reply::Done,
        "tried" => Reply::Tried,
        "cannot" => Reply::Cannot,
        "unsure" => Reply::Unsure,
        "none" => Reply::None,
        "person" => Reply::Person,
        answer => Reply::Answer(value(answer)),
    }
}

impl Start {
    /// At a tree of a library.
    pub fn of(files: &Files, tree: &str) -> Self {
        let library = files.clone().default_library().compile().into_library();
        Self::in_library(Arc::new(library), tree)
    }

    /// At a tree of a compiled library.
    pub fn in_library(library: Arc<Library>, tree: &str) -> Self {
        let started = Started::new(tree, Audience::Agent, Channel::Phone);
        Self { library, started }
    }

    /// With a fact known beforehand.
    #[must_use]
    pub fn fact(mut self, name: &str, word: &str) -> Self {
        self.started.facts.insert(name.into(), value(word));
        self
    }

    /// Pinned to the library of that hash.
    #[must_use]
    pub fn pinned(mut self, hash: &str) -> Self {
        self.started.library = Some(hash.into());
        self
    }

    /// By a customer alone.
    #[must_use]
    pub fn customer(mut self) -> Self {
        self.started.audience = Audience::Customer;
        self.started.channel = Channel::SelfService;
        self
    }

    /// With a ticket and the caller's words.
    #[must_use]
    pub fn ticket(mut self, ticket: &str, words: &str) -> Self {
        self.started.ticket = Some(ticket.into());
        self.started.words = Some(words.into());
        self
    }

    /// Begins, or says why not.
    pub fn try_begin(self) -> Result<Walk, String> {
        let what = Happening::Started(Box::new(self.started));
        let at = minute(0);
        let session = Session::start(self.library, Event { seq: 1, at, what });
        session
            .map(|session| Walk { session })
            .map_err(|why| why.to_string())
    }

    /// Begins.
    #[track_caller]
    pub fn begin(self) -> Walk {
        self.try_begin().expect("the walk begins")
    }
}

impl Walk {
    /// At a tree named `example` in a library that gives a plain `stuck`.
    pub fn tree(text: &str) -> Self {
        Start::of(&Files::new().tree("example", text), "example").begin()
    }

    /// At the tree `example` among several files, as [`Files::split`] takes them.
    pub fn files(text: &str) -> Self {
        Start::of(&Files::split(text), "example").begin()
    }

    /// The prompt that stands: `step`, or `tree:step` in another tree than `example`.
    pub fn prompt(&self) -> String {
        match self.session.prompt() {
            Prompt::Parked(_) => "parked".into(),
            Prompt::HandedOver(to) => format!("handed over to {to}"),
            Prompt::Closed(outcome, confirmed) => closed(outcome, confirmed),
            prompt => {
                let at = prompt.at().expect("an open prompt stands somewhere");
                match &*at.tree.name {
                    "example" => at.name().into_owned(),
                    tree => format!("{tree}:{}", at.name()),
                }
            }
        }
    }

    /// Replies to the prompt of that name, or says why it is refused; what is refused changes nothing.
    pub fn try_reply(&mut self, step: &str, word: &str) -> Result<(), String> {
        self.try_reply_from(step, word, Source::Asked)
    }

    /// As [`Walk::try_reply`], from another source.
    pub fn try_reply_from(&mut self, step: &str, word: &str, source: Source) -> Result<(), String> {
        let seq = self.session.seq();
        let step = step.split_once(':').map_or(step, |(_, step)| step);
        let before = self.session.clone();
        match self
            .session
            .reply(seq, step, reply(word), source, minute(seq))
        {
            Ok(_) => Ok(()),
            Err(why) => {
                assert!(
                    self.session.same_state(&before),
                    "what is refused changes nothing"
                );
                assert_eq!(self.session.events(), before.events());
                Err(why.to_string())
            }
        }
    }

    /// Replies to the prompt of that name.
    #[track_caller]
    pub fn reply(mut self, step: &str, word: &str) -> Self {
        if let Err(why) = self.try_reply(step, word) {
            panic!("`{step}: {word}` is refused: {why}");
        }
        self
    }

    /// Replies from another source than a person.
    #[track_caller]
    pub fn reply_from(mut self, step: &str, word: &str, source: Source) -> Self {
        if let Err(why) = self.try_reply_from(step, word, source) {
            panic!("`{step}: {word}` is refused: {why}");
        }
        self
    }

    /// Replies as in a test of a tree: `scope: every device, lights: no`.
    #[track_caller]
    pub fn replies(self, replies: &str) -> Self {
        replies.split(", ").fold(self, |walk, reply| {
            let (step, word) = reply.rsplit_once(": ").expect("step: reply");
            walk.reply(step, word)
        })
    }

    /// The reply is refused with this message.
    #[track_caller]
    pub fn refuses(mut self, step: &str, word: &str, message: &str) -> Self {
        assert_eq!(self.try_reply(step, word), Err(message.to_owned()));
        self
    }

    /// This prompt stands.
    #[track_caller]
    pub fn stands(self, prompt: &str) -> Self {
        assert_eq!(self.prompt(), prompt);
        self
    }

    /// The walk stands at an end with this outcome: `resolved`, `resolved, confirmed`, `escalated`, `ended`.
    #[track_caller]
    pub fn ends(self, outcome: &str) -> Self {
        let reached = self
            .session
            .outcome()
            .map(|(outcome, confirmed)| closed(outcome, confirmed));
        assert_eq!(reached.as_deref(), Some(outcome), "at {}", self.prompt());
        self
    }

    /// Goes back so many prompts.
    #[track_caller]
    pub fn back(mut self, prompts: usize) -> Self {
        for _ in 0..prompts {
            let (seq, to) = (self.session.seq(), self.session.previous_prompt());
            self.session
                .back(seq, to.expect("an earlier prompt"), minute(seq))
                .expect("going back");
        }
        self
    }

    /// Goes back to the prompt of that name (the last visit of it).
    #[track_caller]
    pub fn back_to(mut self, step: &str) -> Self {
        let seq = self.session.seq();
        self.session
            .back(seq, self.visit(step), minute(seq))
            .expect("going back");
        self
    }

    /// The number of the last visit of a prompt.
    #[track_caller]
    pub fn visit(&self, step: &str) -> u64 {
        let trail = self.session.trail();
        let visit = trail
            .iter()
            .rev()
            .find(|visit| visit.step == step && visit.visit.is_some());
        visit
            .and_then(|visit| visit.visit)
            .unwrap_or_else(|| panic!("no prompt `{step}` in the trail"))
    }

    /// Gives the answer to a prompt (the last visit of it), or a prefilled fact, another value.
    #[track_caller]
    pub fn change(mut self, name: &str, word: &str) -> Self {
        if let Err(why) = self.try_change(name, word) {
            panic!("`{name}` cannot be changed to `{word}`: {why}");
        }
        self
    }

    /// As [`Walk::change`], or why it is refused.
    pub fn try_change(&mut self, name: &str, word: &str) -> Result<(), String> {
        let seq = self.session.seq();
        let is_fact = self.session.library().find_fact(name).is_some();
        let what = if is_fact {
            Changing::Fact(name.into())
        } else {
            Changing::Visit(self.visit(name))
        };
        let changed = self.session.change(seq, what, value(word), minute(seq));
        changed.map(|_| ()).map_err(|why| why.to_string())
    }

    /// What is suggested at the prompt that stands: `reply`, or `value (known: source)`.
    pub fn suggestion(&self) -> Option<String> {
        Some(match self.session.prompt().at()?.suggestion? {
            Suggestion::SetAside(Reply::Answer(value)) => value.to_string(),
            Suggestion::SetAside(reply) => reply.name().to_owned(),
            Suggestion::Known(value, source) => format!("{value} (known: {})", source.name()),
        })
    }

    /// This is suggested.
    #[track_caller]
    pub fn suggests(self, suggestion: &str) -> Self {
        assert_eq!(
            self.suggestion().as_deref(),
            Some(suggestion),
            "at {}",
            self.prompt()
        );
        self
    }

    /// The facts that are known: `name: value (source)`; those of a step with its tree, where it is not `example`.
    pub fn facts(&self) -> Vec<String> {
        let facts = self.session.facts().into_iter();
        facts
            .map(|fact| {
                let tree = fact.tree.filter(|tree| **tree != *"example");
                let tree = tree.map(|tree| format!("{tree}:")).unwrap_or_default();
                format!(
                    "{tree}{}: {} ({})",
                    fact.name,
                    fact.shown,
                    fact.source.name()
                )
            })
            .collect()
    }

    /// The trail: `step: reply`, `~step` for what was passed silently, with what is known behind it.
    pub fn trail(&self) -> Vec<String> {
        let line = |visit: &fixpath::session::view::TrailView| {
            use fixpath::session::view::CameView;
            let tree = match &*visit.tree {
                "example" => String::new(),
                tree => format!("{tree}:"),
            };
            let silent = if visit.visit.is_some() { "" } else { "~" };
            let came = match &visit.came {
                CameView::Answered { shown, .. } => format!(": {shown}"),
                CameView::Known { shown, .. } => {
                    let source = visit.source.map_or("", Source::name);
                    format!(": {shown} ({source})")
                }
                CameView::Ended { outcome, confirmed } => {
                    format!(": {}", closed(*outcome, *confirmed))
                }
                CameView::Passed => String::new(),
                other => format!(": {}", format!("{other:?}").to_lowercase()),
            };
            format!("{silent}{tree}{}{came}", visit.step)
        };
        self.session.trail().iter().map(line).collect()
    }

    /// Every event again, through JSON: the state must be the same.
    #[track_caller]
    pub fn replayed(self) -> Self {
        let json = serde_json::to_string(self.session.events()).expect("events are written");
        let events: Vec<Event> = serde_json::from_str(&json).expect("events are read");
        let library = Arc::clone(self.session.library());
        let again = Session::replay(library, &events).expect("events fit");
        assert!(again.same_state(&self.session), "{}\n{json}", self.prompt());
        assert_eq!(again.events(), self.session.events());
        Self { session: again }
    }
}

fn closed(outcome: Outcome, confirmed: bool) -> String {
    let outcome = match outcome {
        Outcome::Resolved => "resolved",
        Outcome::Escalated => "escalated",
        Outcome::Ended => "ended",
    };
    let confirmed = if confirmed { ", confirmed" } else { "" };
    format!("{outcome}{confirmed}")
}
