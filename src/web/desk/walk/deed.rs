//! What a form does with a case: an answer, or what its field `do` says.
//!
//! | `do` | and these fields |
//! | --- | --- |
//! | none, `answer` | as [`form`] says |
//! | `back` | one prompt back |
//! | `goto` | `visit`: back to that prompt |
//! | `change` | `what`: `visit:7` or `fact:os`; `choice` or `answer`: the value |
//! | `leave` | `tree`: another one, for good |
//! | `note` | `text`; it may come late, for it belongs to no prompt |
//! | `park` | `for`: `30m`, `2h`, `1d`, `tomorrow`, or `until`: `2026-11-22T14:00` |
//! | `resume`, `take` | the case is this agent's |
//! | `close`, `hand-over` | the end |

use std::sync::Arc;

use jiff::civil::{DateTime, time};
use jiff::tz::TimeZone;

use crate::session::{Changing, Happening, Moment, Prompt, Session};
use crate::store::moment;
use crate::tree::{Channel, End};
use crate::web::desk::SignedIn;
use crate::web::form::{self, Fields};
use crate::web::trouble::Trouble;

/// Does it.
///
/// # Errors
/// The case has moved on, or it does not fit.
pub fn apply(
    session: &mut Session,
    fields: &Fields,
    user: &SignedIn,
    at: Moment,
) -> Result<(), Trouble> {
    let given = fields.number("seq")?;
    let what = fields.get("do").unwrap_or("answer");
    if what == "note" {
        return note(session, fields, given, at);
    }
    if session.seq() != given {
        return Err(Trouble::Stale);
    }
    match what {
        "answer" => form::apply(fields, session, at)?,
        "back" => {
            let to = session.previous_prompt().ok_or(Trouble::Stale)?;
            session.back(given, to, at)?;
        }
        "goto" => {
            session.back(given, fields.number("visit")?, at)?;
        }
        "change" => change(session, fields, given, at)?,
        "leave" => {
            let tree = fields.get("tree").unwrap_or_default();
            session.leave(given, tree, at)?;
        }
        "park" => {
            session.park(until(fields, at)?, at)?;
        }
        "resume" => {
            session.resume(Some(&user.name), at)?;
        }
        "take" => {
            session.take(Some(&user.name), channel(fields), at)?;
        }
        "close" => {
            session.close(at)?;
        }
        "hand-over" => hand_over(session, at)?,
        other => {
            return Err(Trouble::BadRequest(format!("`do` cannot be `{other}`")));
        }
    }
    Ok(())
}

/// What is to be said after it, where the page does not show it by itself.
pub fn said(fields: &Fields) -> Option<&'static str> {
    match fields.get("do") {
        Some("note") => Some("note"),
        Some("change") => Some("change"),
        _ => None,
    }
}

/// The channel that a form names.
pub fn channel(fields: &Fields) -> Option<Channel> {
    Channel::from_name(fields.get("channel")?)
}

/// Sent twice from one page it is added once.
fn note(session: &mut Session, fields: &Fields, given: u64, at: Moment) -> Result<(), Trouble> {
    let Some(text) = fields.text("text")? else {
        return Ok(());
    };
    let since = session.events().iter().filter(|event| event.seq > given);
    let is_there = since
        .into_iter()
        .any(|event| matches!(&event.what, Happening::Noted { text: kept } if **kept == *text));
    if !is_there {
        session.note(text, at)?;
    }
    Ok(())
}

/// What a form corrects.
pub fn changing(what: &str) -> Option<Changing> {
    match what.split_once(':')? {
        ("visit", seq) => seq.parse().ok().map(Changing::Visit),
        ("fact", name) => Some(Changing::Fact(Arc::from(name))),
        _ => None,
    }
}

fn change(session: &mut Session, fields: &Fields, given: u64, at: Moment) -> Result<(), Trouble> {
    let what = changing(fields.get("what").unwrap_or_default())
        .ok_or_else(|| Trouble::BadRequest("`what` must say what to correct".to_owned()))?;
    let past = session.past_question(&what).ok_or(Trouble::Stale)?;
    let typed: Vec<&str> = match fields.get("choice") {
        Some(key) => vec![key],
        None => fields.all("answer").collect(),
    };
    let value = form::typed_value(&past.kind, &typed).ok_or_else(|| {
        Trouble::Refused(crate::session::Rejected::NotAnAnswer {
            step: String::new(),
            accepted: past.kind.expected(Some(at.day())),
        })
    })?;
    session.change(given, what, value, at)?;
    Ok(())
}

/// Until when a case is parked; nothing said is no end.
fn until(fields: &Fields, at: Moment) -> Result<Option<Moment>, Trouble> {
    let wrong = || Trouble::BadRequest("that is no time to park until".to_owned());
    if let Some(text) = fields.text("until")? {
        let on: DateTime = text.parse().map_err(|_| wrong())?;
        return local(on).map(Some).ok_or_else(wrong);
    }
    let hours = match fields.get("for").unwrap_or_default() {
        "" => return Ok(None),
        "tomorrow" => {
            let day = at.day().tomorrow().map_err(|_| wrong())?;
            return local(day.to_datetime(time(8, 0, 0, 0)))
                .map(Some)
                .ok_or_else(wrong);
        }
        "30m" => 0.5,
        "1h" => 1.0,
        "2h" => 2.0,
        "4h" => 4.0,
        "1d" => 24.0,
        "3d" => 72.0,
        "7d" => 168.0,
        _ => return Err(wrong()),
    };
    // Whole minutes, far from what would not fit.
    let later = (hours * 3_600_000.0) as i64;
    Ok(Moment::new(
        at.milliseconds().saturating_add(later),
        at.offset(),
    ))
}

/// A time on the clocks where the process runs.
fn local(on: DateTime) -> Option<Moment> {
    Moment::of(&on.to_zoned(TimeZone::system()).ok()?)
}

fn hand_over(session: &mut Session, at: Moment) -> Result<(), Trouble> {
    let team = match session.prompt() {
        Prompt::End(_, End::Escalate { team, .. }, ..) => team.to_string(),
        _ => return Err(Trouble::Stale),
    };
    session.hand_over(&team, at)?;
    Ok(())
}

/// Whether what a form would have done where its page stood is what was done there: it was sent twice.
pub fn is_done(session: &Session, fields: &Fields, user: &SignedIn) -> bool {
    let Some((before, since)) = fields
        .number("seq")
        .ok()
        .and_then(|seq| usize::try_from(seq).ok())
        .and_then(|seq| session.events().split_at_checked(seq))
    else {
        return false;
    };
    let Ok(mut then) = Session::replay(Arc::clone(session.library()), before) else {
        return false;
    };
    if apply(&mut then, fields, user, moment()).is_err() {
        return false;
    }
    let added = then.events().iter().skip(before.len());
    let mut pairs = added.zip(since);
    pairs.all(|(one, other)| same(&one.what, &other.what))
}

/// Whether two happenings are the same but for the time.
fn same(one: &Happening, other: &Happening) -> bool {
    match (one, other) {
        (Happening::Parked { .. }, Happening::Parked { .. }) => true,
        (one, other) => one == other,
    }
}
