//! Cases in lists.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::store::{CaseRow, Status};
use crate::terminal::Item;

use super::super::age::shown;
use super::super::{output, workspace};

/// The names of teams by their keys.
pub type TeamNames = HashMap<Arc<str>, String>;

/// The names of the teams that these cases wait for. The library is not read where they wait for none.
pub fn team_names(cases: &[CaseRow], library: Option<&Path>) -> TeamNames {
    if cases.iter().any(|case| case.status == Status::HandedOver) {
        workspace::team_names(library)
    } else {
        TeamNames::new()
    }
}

/// As columns.
pub fn table(cases: &[CaseRow], teams: &TeamNames) -> String {
    let head = [
        "CASE",
        "STATUS",
        "WHERE IT STANDS",
        "TICKET",
        "AGENT",
        "LAST",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(cases.iter().map(|case| {
        vec![
            case.id.to_string(),
            status(case, teams),
            stands(case),
            case.ticket.as_deref().unwrap_or("-").to_owned(),
            case.agent.as_deref().unwrap_or("-").to_owned(),
            shown(case.last_at),
        ]
    }));
    output::table(&rows)
}

/// As something to pick.
pub fn item(case: &CaseRow, teams: &TeamNames) -> Item {
    let mut label = format!("{}  {}", case.id, stands(case));
    if let Some(ticket) = &case.ticket {
        label = format!("{label}  {ticket}");
    }
    let agent = case
        .agent
        .as_deref()
        .map_or(String::new(), |agent| format!(", {agent}"));
    Item {
        label,
        detail: format!("{}, {}{agent}", status(case, teams), shown(case.last_at)),
    }
}

/// As JSON; moments are RFC 3339 in UTC.
pub fn json(case: &CaseRow) -> Value {
    let (tree, step) = case.stands.clone().unzip();
    json!({
        "case": case.id.to_string(),
        "status": case.status,
        "parked_until": case.until.map(moment),
        "tree": case.tree,
        "stands": {"tree": tree, "step": step},
        "outcome": case.outcome,
        "confirmed": case.confirmed,
        "team": case.team,
        "priority": case.priority,
        "agent": case.agent,
        "ticket": case.ticket,
        "audience": case.audience,
        "channel": case.channel,
        "library": case.version,
        "started": moment(case.started_at),
        "last": moment(case.last_at),
        "events": case.seq,
        "erased": case.is_erased,
    })
}

/// A moment in RFC 3339, UTC.
pub fn moment(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_string()
}

fn stands(case: &CaseRow) -> String {
    match &case.stands {
        Some((tree, step)) => format!("{tree}: {step}"),
        None => Arc::clone(&case.tree).to_string(),
    }
}

fn status(case: &CaseRow, teams: &TeamNames) -> String {
    let word = match (case.status, case.outcome.as_deref()) {
        (Status::Closed, Some("resolved")) if case.confirmed => "resolved, confirmed".to_owned(),
        (Status::Closed, Some(outcome)) => outcome.to_owned(),
        (Status::Closed, None) => "closed".to_owned(),
        (Status::HandedOver, _) => {
            let key = case.team.as_deref();
            let name = key.and_then(|key| teams.get(key));
            let team = name.map(String::as_str).or(key).unwrap_or("a team");
            match case.priority {
                Some(priority) => format!("handed over to {team}, priority {priority}"),
                None => format!("handed over to {team}"),
            }
        }
        (Status::Parked, _) => match case.until {
            Some(until) => format!("parked until {}", shown(until)),
            None => "parked".to_owned(),
        },
        (Status::Open, _) => "open".to_owned(),
    };
    if case.is_erased {
        format!("{word}, erased")
    } else {
        word
    }
}
