//! An earlier prompt of a case: looked at by the browser's way back, answered again by a second click or from another tab.

use maud::{Markup, html};

use crate::session::{Event, Happening, Reply, Session};
use crate::store::moment;
use crate::tree::Audience;
use crate::web::form::Fields;
use crate::web::markdown::plain;

/// The case as it would be after going back to the prompt that stood after event `at`; `None` if none can be gone back
/// to.
pub fn gone_back(session: &Session, at: u64) -> Option<(Session, u64)> {
    if session.audience() != Audience::Customer || session.prompt().at().is_none() {
        return None;
    }
    let visits = session.trail();
    let visit = visits
        .iter()
        .rev()
        .filter_map(|visit| visit.visit)
        .find(|visit| *visit <= at)?;
    let mut earlier = session.clone();
    earlier.back(session.seq(), visit, moment()).ok()?;
    Some((earlier, visit))
}

pub fn answered_before(session: &Session, action: &str, is_other: bool) -> Markup {
    let before = session
        .public_view()
        .and_then(|view| view.suggestion)
        .map(|was| {
            was.shown
                .unwrap_or_else(|| reply_words(was.reply).to_owned())
        });
    html! {
        div.notice {
            p {
                @if is_other { "You have answered this before" } @else { "This is an earlier question" }
                @if let Some(before) = &before { ": you said “" (plain(before)) "”" }
                ". Answer again to change it."
            }
            p { a href=(action) { "Go on where you were" } }
        }
    }
}

fn reply_words(reply: &str) -> &'static str {
    match reply {
        "done" => "done",
        "tried" => "I already tried this",
        "cannot" => "I can’t do this",
        "unsure" => "I don’t know",
        "none" => "none of these",
        _ => "talk to a person",
    }
}

/// Where to go after an answer to an older prompt. The same answer once more is a double click: on to where the case
/// stands. Another one was meant to change it: to that prompt, which says so.
pub fn stale(session: &Session, fields: &Fields, action: &str) -> String {
    let is_other = other_answer(session, fields).is_some();
    address(session, fields, action, is_other)
}

/// The address of the older prompt that the fields answer, where another answer is there; else of where the case stands.
pub fn address(session: &Session, fields: &Fields, action: &str, is_other: bool) -> String {
    match fields.prompt() {
        Ok((seq, _)) if is_other => format!("{action}?at={seq}&answered=1"),
        _ => format!("{action}?at={}", session.seq()),
    }
}

/// The case as it would be after going back to the older prompt that the fields answer, where something else was answered
/// there since.
pub fn other_answer(session: &Session, fields: &Fields) -> Option<(Session, u64)> {
    let (seq, step) = fields.prompt().ok()?;
    let answer = session.events().iter().find_map(|event| match event {
        Event {
            seq: at,
            what:
                Happening::Answered {
                    step: answered,
                    reply,
                    ..
                },
            ..
        } if *at > seq && **answered == *step => Some(reply),
        _ => None,
    })?;
    let (earlier, visit) = gone_back(session, seq)?;
    (given(&earlier, fields).as_ref() != Some(answer)).then_some((earlier, visit))
}

fn given(earlier: &Session, fields: &Fields) -> Option<Reply> {
    let mut tried = earlier.clone();
    let name = tried.prompt().at()?.name().into_owned();
    let reply = fields.reply(&tried).ok()?;
    let seq = tried.seq();
    // Applied, so that it is of the question's type.
    let event = tried
        .reply(seq, &name, reply, crate::session::Source::Asked, moment())
        .ok()?;
    match &event.what {
        Happening::Answered { reply, .. } => Some(reply.clone()),
        _ => None,
    }
}
