//! "It is not solved after all": the same tree from its start in a case of its own, with everything that was said filled
//! in, and a note for the agent that this is the second time.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::response::{IntoResponse, Redirect, Response};

use crate::condition::FactType;
use crate::session::{Prompt, Session, Source, Started};
use crate::store::{CaseId, moment};
use crate::tree::{Audience, Channel};
use crate::web::address::Purpose;
use crate::web::form::Fields;
use crate::web::open_cases::Held;
use crate::web::state::{Today, Web};
use crate::web::trouble::Trouble;

/// The name that the next case will have, so that a second click begins it once; `None` where this one is not over.
pub fn name(web: &Web, session: &Session) -> Result<Option<String>, Trouble> {
    if !is_over(session) {
        return Ok(None);
    }
    let case = CaseId::random()?;
    Ok(Some(web.seals.address(&case, Purpose::Begin)))
}

fn is_over(session: &Session) -> bool {
    matches!(session.prompt(), Prompt::Closed(..)) && session.audience() == Audience::Customer
}

/// Begins anew; shows the first prompt.
pub async fn begin(
    web: &Web,
    today: &Today,
    before: &Held,
    fields: &Fields,
) -> Result<Response, Trouble> {
    let new = fields.get("new").unwrap_or_default();
    let case = web.seals.case(new, Purpose::Begin);
    let case = case.ok_or(Trouble::NotFound)?;
    if !is_over(before.session()) {
        return Err(Trouble::Stale);
    }
    let started = as_before(before.session(), today)?;
    let plain = Started {
        facts: BTreeMap::new(),
        ..started.clone()
    };
    // What was said may no longer be an answer in the library of today.
    let mut session = today.start(started).or_else(|_| today.start(plain))?;
    let name = before.case().keeper.id().as_str();
    session.note(
        &format!("It was not solved after all: the case before this one is {name}."),
        moment(),
    )?;
    let held = web
        .cases
        .begin(&case, session, None, &today.hooks, &today.library)
        .await?;
    let address = web.seals.address(&case, Purpose::Walk);
    let at = held.session().seq();
    Ok(Redirect::to(&format!("/c/{address}?at={at}")).into_response())
}

/// What the case before began with, and what was said in it since. Facts that the library of today does not know, and
/// secrets, are left out.
fn as_before(before: &Session, today: &Today) -> Result<Started, Trouble> {
    let was = before.started().ok_or(Trouble::NotFound)?;
    today.public_tree(&was.tree)?;
    let mut started = Started::new(
        Arc::clone(&was.tree),
        Audience::Customer,
        Channel::SelfService,
    );
    started.words.clone_from(&was.words);
    started.ticket.clone_from(&was.ticket);
    let said = before.facts().into_iter().filter(|fact| {
        fact.tree.is_none() && matches!(fact.source, Source::Asked | Source::Prefilled)
    });
    for fact in said {
        let declared = today.library.find_fact(&fact.name);
        let kind = declared.map(|at| &today.library.fact(at).kind);
        let fits = match kind {
            None => false,
            Some(FactType::Text(spec)) => !spec.secret,
            Some(_) => true,
        };
        if fits {
            started.facts.insert(fact.name, fact.value);
        }
    }
    Ok(started)
}
