//! Random walks through every tree of an example: each comes to an end.

use std::sync::Arc;

use fixpath::condition::{FactType, Number, Value};
use fixpath::session::{At, Event, Happening, Offer, Prompt, Reply, Session, Source, Started};
use fixpath::tree::{Audience, Channel, Library};
use jiff::civil::date;

use crate::support::minute;

/// Walks of each tree.
const WALKS: u64 = 40;
/// Replies after which no walk through an example goes on.
const REPLIES: usize = 300;

/// Numbers without any pattern that matters here, the same ones at every run.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// What is wrong with the walks through a library.
pub fn fault(library: Option<Arc<Library>>) -> Option<String> {
    let Some(library) = library else {
        return Some("it has errors, so it cannot be walked".to_owned());
    };
    for tree in &library.trees {
        for seed in 0..WALKS {
            if let Err(fault) = walk_once(&library, &tree.name, seed) {
                return Some(format!("walk {seed} of `{}`: {fault}", tree.name));
            }
        }
    }
    None
}

fn walk_once(library: &Arc<Library>, tree: &str, seed: u64) -> Result<(), String> {
    let mut dice = Dice(seed);
    let started = Started::new(tree, Audience::Agent, Channel::Phone);
    let event = Event {
        seq: 1,
        at: minute(0),
        what: Happening::Started(Box::new(started)),
    };
    let mut session =
        Session::start(Arc::clone(library), event).map_err(|error| error.to_string())?;
    for replies in 1..REPLIES {
        let (seq, step, reply) = match session.prompt() {
            Prompt::End(..) => return Ok(()),
            prompt => {
                let at = prompt.at().ok_or("nothing stands")?;
                (
                    at.seq,
                    at.name().into_owned(),
                    reply(&prompt, at, &mut dice)?,
                )
            }
        };
        session
            .reply(seq, &step, reply, Source::Asked, minute(replies as u64))
            .map_err(|error| format!("{step}: {error}"))?;
    }
    Err(format!("no end after {REPLIES} replies"))
}

/// One of the replies that the prompt takes; answers are taken more often than the others.
fn reply(prompt: &Prompt<'_>, at: &At<'_>, dice: &mut Dice) -> Result<Reply, String> {
    let Offer {
        answer,
        done,
        tried,
        cannot,
        unsure,
        none,
        person,
    } = at.offer;
    let others = [
        (tried, Reply::Tried),
        (cannot, Reply::Cannot),
        (unsure, Reply::Unsure),
        (none, Reply::None),
        (person, Reply::Person),
    ];
    let others: Vec<Reply> = others
        .into_iter()
        .filter(|(offered, _)| *offered)
        .map(|(_, reply)| reply)
        .collect();
    if !others.is_empty() && dice.roll(8) == 0 {
        return Ok(others[dice.roll(others.len())].clone());
    }
    if done {
        return Ok(Reply::Done);
    }
    assert!(answer, "{} takes an answer", at.name());
    let kind = match prompt {
        Prompt::Question(_, question) => question.kind.fact_type(),
        Prompt::Need(_, fact) => fact.kind.clone(),
        _ => FactType::YesNo,
    };
    value(&kind, dice).map(Reply::Answer)
}

/// Some value of that type.
fn value(kind: &FactType, dice: &mut Dice) -> Result<Value, String> {
    Ok(match kind {
        FactType::YesNo => Value::YesNo(dice.roll(2) == 0),
        FactType::Choice(keys) => Value::Choice(Arc::clone(&keys[dice.roll(keys.len())])),
        FactType::Many(keys) => {
            let picked: Vec<Arc<str>> =
                keys.iter().filter(|_| dice.roll(2) == 0).cloned().collect();
            Value::Many(picked.into())
        }
        FactType::Number(_, words) if !words.is_empty() && dice.roll(4) == 0 => {
            Value::Choice(Arc::clone(&words[dice.roll(words.len())]))
        }
        FactType::Number(spec, _) => {
            let least = spec.min.map_or(0.0, Number::get);
            let most = spec.max.map_or(100.0, Number::get);
            let number = least + (most - least) * dice.roll(101) as f64 / 100.0;
            Value::Number(Number::new(number.round().clamp(least, most)).unwrap())
        }
        FactType::Text(spec) => {
            let text = spec.example.as_deref().unwrap_or("something");
            kind.read(text, None).map_err(|misfit| misfit.to_string())?
        }
        FactType::Date(_) => Value::Date(date(2026, 11, 21)),
    })
}
