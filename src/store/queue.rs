//! What waits for one person at the desk. It lists; what is done with a case is somebody else's business.

use std::sync::Arc;

use super::Store;
use super::cases::{self, CaseRow, Filter, Order};
use super::connection::Connection;
use super::error::Result;
use super::head::Status;
use super::ticket::Ticket;

/// What waits for somebody.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Theirs that go on, the one with which something happened last first.
    pub open: Part,
    /// Theirs that are put aside, those first that are due first.
    pub parked: Part,
    /// Handed over to their teams and not taken yet: by priority, then the one that waits longest first.
    pub handed_over: Part,
}

/// One part of a queue.
#[derive(Debug, Clone)]
pub struct Part {
    /// The first of them.
    pub cases: Vec<CaseRow>,
    /// How many there are.
    pub total: u64,
}

impl Store {
    /// What waits for an agent of these teams (all teams where none is named), so many at most of each part.
    pub fn queue(&self, agent: &str, teams: &[Arc<str>], limit: u32) -> Ticket<Queue> {
        let own = |status, order| Filter {
            status: vec![status],
            agent: Some(agent.to_owned()),
            readable: true,
            order,
            limit: Some(limit),
            ..Filter::default()
        };
        let open = own(Status::Open, Order::Latest);
        let parked = own(Status::Parked, Order::Due);
        let handed_over = Filter {
            agent: None,
            teams: teams.iter().map(ToString::to_string).collect(),
            ..own(Status::HandedOver, Order::Urgent)
        };
        self.reader().run(move |desk| {
            let connection = desk.connection.as_mut();
            Ok(Queue {
                open: part(connection, &open)?,
                parked: part(connection, &parked)?,
                handed_over: part(connection, &handed_over)?,
            })
        })
    }
}

fn part(connection: &mut dyn Connection, filter: &Filter) -> Result<Part> {
    let cases = cases::list(connection, filter)?;
    let listed = u64::try_from(cases.len()).unwrap_or(u64::MAX);
    let is_cut = filter.limit.is_some_and(|limit| u64::from(limit) <= listed);
    let total = if is_cut {
        cases::count(connection, filter)?
    } else {
        listed
    };
    Ok(Part { cases, total })
}
