//! What is known and the way so far, as lists to look at and to correct. Public texts only.

use crate::condition::Value;
use crate::session::view::{CameView, FactView, PassKind, PublicMarkdown, TrailView};
use crate::session::{Changing, Session, Source};

use super::answers::{Choice, Takes};
use super::card;
use super::markdown::inline;
use super::style::Role;

/// One line of a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The title of the tree in which it was; of a fact, none.
    pub title: String,
    /// What it was: the question, what was done, the fact.
    pub what: String,
    /// What came of it.
    pub came: String,
    /// The number to go back to.
    pub visit: Option<u64>,
    /// Whether somebody replied there.
    pub replied: bool,
    /// How to correct it.
    pub change: Option<Changing>,
    /// The names by which it can be meant: of the step, of the fact.
    pub name: String,
}

/// A question to be answered once more.
#[derive(Debug, Clone)]
pub struct Correction {
    /// What is changed.
    pub what: Changing,
    /// The question.
    pub ask: String,
    /// What answers it.
    pub takes: Takes,
    /// The answers that can be chosen.
    pub choices: Vec<Choice>,
    /// What was answered; of a secret, nothing.
    pub was: Option<Value>,
}

/// What is known.
pub fn facts(session: &Session) -> Vec<Entry> {
    session.facts().iter().map(fact).collect()
}

fn fact(fact: &FactView) -> Entry {
    let what = match &fact.ask {
        Some(ask) if fact.tree.is_some() => plain(ask),
        _ => fact.name.replace('_', " "),
    };
    Entry {
        title: String::new(),
        what,
        came: format!("{}{}", fact.shown, origin(Some(fact.source))),
        visit: None,
        replied: false,
        change: fact.change.clone(),
        name: fact.name.to_string(),
    }
}

/// The way so far, without what passed silently and without the prompt that stands.
pub fn trail(session: &Session) -> Vec<Entry> {
    let trail = session.trail();
    let was_seen = |view: &&TrailView| {
        !matches!(
            view.came,
            CameView::Open | CameView::Passed | CameView::Ended { .. }
        )
    };
    trail.iter().filter(was_seen).map(entry).collect()
}

/// A visit as an entry.
pub fn entry(view: &TrailView) -> Entry {
    Entry {
        title: plain(&view.title),
        what: name(view),
        came: format!("{}{}", came(view), origin(view.source)),
        visit: view.visit,
        replied: view.replied_at.is_some(),
        change: view.change.clone(),
        name: view.step.clone(),
    }
}

/// The question to answer once more where something is corrected.
pub fn correction(session: &Session, what: &Changing) -> Option<Correction> {
    let past = session.past_question(what)?;
    Some(Correction {
        what: what.clone(),
        ask: past
            .ask
            .as_ref()
            .map(|ask| ask.as_str().to_owned())
            .unwrap_or_default(),
        choices: card::choices(&past.answers),
        takes: Takes::Value(past.kind),
        was: value(session, what).filter(|value| *value != Value::Secret),
    })
}

/// The value that can be corrected.
fn value(session: &Session, what: &Changing) -> Option<Value> {
    match what {
        Changing::Visit(seq) => {
            let trail = session.trail();
            let visit = trail.into_iter().find(|view| view.visit == Some(*seq))?;
            match visit.came {
                CameView::Answered { value, .. } => Some(value),
                _ => None,
            }
        }
        Changing::Fact(name) => {
            let facts = session.facts();
            let fact = facts
                .into_iter()
                .find(|fact| fact.name == *name && fact.tree.is_none());
            Some(fact?.value)
        }
    }
}

/// What a visit was about: what was done, else what was asked.
fn name(view: &TrailView) -> String {
    let done = matches!(view.kind, PassKind::Remedy | PassKind::Instruction);
    let first_line = |text: &PublicMarkdown| {
        let text = text.as_str().trim();
        inline(text.lines().next().unwrap_or(text), Role::Body).text()
    };
    let label = view.label.as_ref().map(plain);
    let instruction = view.instruction.as_ref().map(first_line);
    let ask = view.ask.as_ref().map(plain);
    let told = if done {
        label.or(instruction).or(ask)
    } else {
        ask.or(label).or(instruction)
    };
    told.unwrap_or_else(|| view.step.clone())
}

fn plain(text: &PublicMarkdown) -> String {
    inline(text.as_str(), Role::Body).text()
}

/// What came of a visit, in a few words.
fn came(view: &TrailView) -> String {
    let is_remedy = view.kind == PassKind::Remedy;
    match &view.came {
        CameView::Answered { shown, .. } if is_remedy && shown == "yes" => {
            "that solved it".to_owned()
        }
        CameView::Answered { shown, .. } if is_remedy && shown == "no" => "did not help".to_owned(),
        CameView::Answered { shown, .. } | CameView::Known { shown, .. } => shown.clone(),
        CameView::Done => "done".to_owned(),
        CameView::Tried => "already tried".to_owned(),
        CameView::Cannot => "could not be done".to_owned(),
        CameView::Unsure => "not known".to_owned(),
        CameView::None => "none of these".to_owned(),
        CameView::Person => "asked for a person".to_owned(),
        CameView::Abandoned => "left for another tree".to_owned(),
        CameView::Limited => "not shown again".to_owned(),
        CameView::Open | CameView::Passed | CameView::Ended { .. } => String::new(),
    }
}

/// Where something came from, unless a person was asked.
const fn origin(source: Option<Source>) -> &'static str {
    match source {
        None | Some(Source::Asked) => "",
        Some(Source::Prefilled) => " (known before)",
        Some(Source::Claimed) => " (not checked)",
        Some(Source::Probed) => " (measured)",
        Some(Source::Set) => " (follows from an answer)",
        Some(Source::Before) => " (in the case before)",
    }
}
