//! The messages for a case that was just handed over or closed: what is in them, and what they are called. They are for
//! agents; secrets are masked as in every note.

use serde_json::{Value, json};

use crate::handover::Note;
use crate::hooks::{Hook, Hooks, Occasion};
use crate::session::{Event, Happening, Outcome, Session};

use super::super::case_id::CaseId;
use super::super::head::outcome_name;
use super::Outgoing;

impl Outgoing {
    /// What is to be told of the last event of a case: one message for each hook that waits for it; none for other
    /// events. Messages are called by case, event and hook, so the same event never makes another one.
    pub fn of(hooks: &Hooks, session: &Session, case: &CaseId) -> Vec<Self> {
        let Some((occasion, event)) = occasion(session) else {
            return Vec::new();
        };
        let waiting: Vec<&Hook> = hooks
            .iter()
            .filter(|hook| hook.on.contains(&occasion))
            .collect();
        if waiting.is_empty() {
            return Vec::new();
        }
        let mut message = message(occasion, event, session, case);
        let made = waiting.into_iter().map(|hook| {
            let id = id(case, event, hook);
            if let Some(named) = message.pointer_mut("/data/id") {
                *named = Value::String(id.clone());
            }
            // What cannot be filled in now is kept as it is, and filled in when it is sent.
            let (body, content_type) = match hook.body(&message) {
                Ok((body, content_type)) if !hook.is_mistaken => (body, content_type.to_owned()),
                Ok(_) | Err(_) => (message.to_string(), String::new()),
            };
            Self {
                id,
                hook: hook.name.to_string(),
                url: hook.url.source().to_owned(),
                body,
                content_type,
                made_at: event.at.milliseconds(),
            }
        });
        made.collect()
    }
}

/// What the last event is an occasion for.
fn occasion(session: &Session) -> Option<(Occasion, &Event)> {
    let event = session.events().last()?;
    match &event.what {
        Happening::HandedOver { .. } => Some((Occasion::Handover, event)),
        Happening::Closed { .. } => Some((Occasion::Close, event)),
        _ => None,
    }
}

/// `msg_CASE_EVENT_HOOK`: letters, digits and `_` only, as a signed id may not hold a full stop.
fn id(case: &CaseId, event: &Event, hook: &Hook) -> String {
    use sha2::{Digest as _, Sha256};
    let digest = Sha256::digest(hook.name.as_bytes());
    let short: String = digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("msg_{}_{}_{short}", case.as_str(), event.seq)
}

/// The message, in the form that the Standard Webhooks specification recommends: type, moment, data.
fn message(occasion: Occasion, event: &Event, session: &Session, case: &CaseId) -> Value {
    let mut note = Note::of(session);
    note.problem.case = Some(case.to_string());
    let (outcome, to) = match &event.what {
        Happening::Closed { outcome, .. } => (outcome_name(*outcome), None),
        Happening::HandedOver { to } => (outcome_name(Outcome::Escalated), Some(to)),
        _ => (outcome_name(Outcome::Ended), None),
    };
    let team_name = to.and_then(|to| session.library().team(to)?.name.as_ref());
    json!({
        "type": occasion.kind(),
        "timestamp": event.at,
        "data": {
            "id": "",
            "case": case.to_string(),
            "event": event.seq,
            "summary": note.headline(),
            "tree": note.problem.tree,
            "title": note.problem.title,
            "outcome": outcome,
            "confirmed": note.outcome.confirmed,
            "team": to,
            "team_name": team_name.map(|name| name.0.source().to_string()),
            "priority": session.priority(),
            "reason": note.outcome.reason,
            "audience": session.audience().name(),
            "channel": session.channel().name(),
            "ticket": note.problem.ticket,
            "agent": note.problem.by,
            "words": note.problem.words,
            "text": note.text(),
            "markdown": note.markdown(),
            "note": note,
        },
    })
}
