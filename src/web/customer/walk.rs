//! `/c/ADDRESS`: a case where it stands, and an answer to it. Every prompt has an address of its own (`?at=SEQ`), so the
//! browser's way back leads to the earlier prompt: answered anew there, the case goes back to it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::earlier::{address, answered_before, gone_back, other_answer};
use super::{again, closing, contact, how_far, page, passed_on, told};
use crate::session::view::{PromptKind, PublicView};
use crate::session::{Moment, Prompt, Rejected, Session};
use crate::store::CaseId;
use crate::tree::Audience;
use crate::web::address::Purpose;
use crate::web::code::Code;
use crate::web::form::{self, Fields};
use crate::web::markdown::{block, inline, plain};
use crate::web::open_cases::Held;
use crate::web::prompt::{self, Around};
use crate::web::state::{Today, Web};
use crate::web::trouble::Trouble;

/// Which prompt of the case is meant, and what to say above it.
#[derive(Debug, Default, Deserialize)]
pub struct Look {
    /// A number, or nothing.
    at: Option<String>,
    /// `1`: something else was answered there before.
    answered: Option<String>,
}

/// What was typed and is no answer.
#[derive(Debug, Clone)]
pub struct Misfit {
    typed: String,
    why: String,
}

impl Misfit {
    /// Of what was sent, and why it was refused.
    pub fn of(fields: &Fields, why: &Rejected) -> Self {
        let why = match why {
            Rejected::NotAnAnswer { accepted, .. } => accepted.clone(),
            _ => "another answer".to_owned(),
        };
        let typed = fields.get("answer").unwrap_or_default().to_owned();
        Self { typed, why }
    }
}

/// A prompt of a case, to be shown.
pub struct Shown<'s> {
    /// The case as it is, or as it would be after going back to the prompt that is shown.
    pub session: &'s Session,
    /// Where answers go.
    pub action: String,
    /// Fields beside those of the prompt.
    pub hidden: Vec<(&'static str, String)>,
    /// What was typed and is no answer.
    pub misfit: Option<Misfit>,
    /// What was typed too late, for an answer is there already.
    pub typed: Option<&'s str>,
    /// What to say first.
    pub notice: Option<Markup>,
    /// The number that the case really has, where an earlier prompt is shown.
    pub earlier: Option<u64>,
    /// The code by which it is taken over.
    pub code: Option<Code>,
}

/// The case of an address.
///
/// # Errors
/// There is none.
pub fn opened(web: &Web, address: &str) -> Result<CaseId, Trouble> {
    web.seals
        .case(address, Purpose::Walk)
        .ok_or(Trouble::NotFound)
}

/// Shows where the case stands, or an earlier prompt of it.
pub async fn get(
    State(web): State<Arc<Web>>,
    Path(address): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let case = opened(&web, &address)?;
    let today = web.today();
    let at: Option<u64> = look.at.and_then(|at| at.parse().ok());
    let held = match at {
        Some(at) => web.cases.hold_after(&case, &today.library, at).await?,
        None => web.hold(&case).await?,
    };
    let action = format!("/c/{address}");
    let earlier = at
        .filter(|at| *at != held.session().seq())
        .and_then(|at| gone_back(held.session(), at));
    if let Some((session, visit)) = &earlier {
        let seq = held.session().seq();
        drop(held);
        let notice = answered_before(session, &action, look.answered.is_some());
        let shown = Shown::earlier(session, *visit, seq, action, notice);
        return Ok(shown.response(&today, StatusCode::OK));
    }
    let code = passed_on::code(&web, &held).await?;
    let session = held.session();
    let shown = Shown {
        session,
        action,
        hidden: Vec::new(),
        misfit: None,
        typed: None,
        notice: again::notice(session),
        earlier: None,
        code,
    };
    Ok(shown.response(&today, StatusCode::OK))
}

/// Takes an answer; shows where the case stands then.
pub async fn post(
    State(web): State<Arc<Web>>,
    Path(address): Path<String>,
    fields: Fields,
) -> Result<Response, Trouble> {
    let case = opened(&web, &address)?;
    let today = web.today();
    let action = format!("/c/{address}");
    if fields.get("do") == Some("again") {
        let held = web.hold(&case).await?;
        return match again::begin(&web, &today, held).await {
            // It is not over, or not the customer's: to where it stands.
            Err(Trouble::Stale) => Ok(Redirect::to(&action).into_response()),
            begun => begun,
        };
    }
    let held = web.cases.hold_as_known(&case, &today.library).await?;
    let known = held.session().seq();
    let mut taken = take(held, &today, &fields).await;
    if matches!(taken, Err(Trouble::Stale)) {
        // It is known here only how the case stood once: another process may have gone on with it.
        let held = web.hold(&case).await?;
        if held.session().seq() != known {
            taken = take(held, &today, &fields).await;
        }
    }
    match taken {
        Ok(held) if held.session().audience() != Audience::Customer => {
            Ok(Redirect::to(&action).into_response())
        }
        Ok(held) => {
            passed_on::offer_code(&web, &held).await?;
            let at = held.session().seq();
            Ok(Redirect::to(&format!("{action}?at={at}")).into_response())
        }
        Err(Trouble::Stale) => {
            let held = web.hold(&case).await?;
            Ok(too_late(held.session(), &fields, action, &today))
        }
        Err(Trouble::Refused(why)) => {
            let held = web.hold(&case).await?;
            let code = passed_on::code(&web, &held).await?;
            let misfit = Misfit::of(&fields, &why);
            Ok(misfitting(
                held.session(),
                &fields,
                misfit,
                action,
                code,
                &today,
            ))
        }
        Err(why) => Err(why),
    }
}

/// Does with the case what the fields say. One that an agent has taken is left as it is.
async fn take(held: Held, today: &Today, fields: &Fields) -> Result<Held, Trouble> {
    if held.session().audience() != Audience::Customer {
        return Ok(held);
    }
    held.change(None, &today.hooks, |session, at| {
        change(session, fields, at)
    })
    .await
}

/// Where an answer leads whose prompt does not stand any more. One that was typed and would change an earlier one stays in
/// its field, for a redirect would lose it.
fn too_late(session: &Session, fields: &Fields, action: String, today: &Today) -> Response {
    let typed = fields.get("answer").filter(|typed| !typed.is_empty());
    match (other_answer(session, fields), typed) {
        (Some((earlier, visit)), Some(typed)) => {
            let notice = answered_before(&earlier, &action, true);
            let mut shown = Shown::earlier(&earlier, visit, session.seq(), action, notice);
            shown.typed = Some(typed);
            shown.response(today, StatusCode::CONFLICT)
        }
        (other, _) => {
            Redirect::to(&address(session, fields, &action, other.is_some())).into_response()
        }
    }
}

/// The prompt that was answered, with what was typed and why it is no answer.
fn misfitting(
    session: &Session,
    fields: &Fields,
    misfit: Misfit,
    action: String,
    code: Option<Code>,
    today: &Today,
) -> Response {
    let visit: Option<u64> = fields.get("visit").and_then(|visit| visit.parse().ok());
    let gone_back = visit.and_then(|visit| gone_back(session, visit));
    let shown = Shown {
        session: gone_back.as_ref().map_or(session, |(earlier, _)| earlier),
        hidden: visit
            .map(|visit| ("visit", visit.to_string()))
            .into_iter()
            .collect(),
        misfit: Some(misfit),
        typed: None,
        notice: None,
        earlier: gone_back.as_ref().map(|_| session.seq()),
        code,
        action,
    };
    shown.response(today, StatusCode::UNPROCESSABLE_ENTITY)
}

/// What somebody does with the case: an answer, or a button beside it.
fn change(session: &mut Session, fields: &Fields, at: Moment) -> Result<(), Trouble> {
    match fields.get("do") {
        Some("back") => {
            let (seq, _) = fields.prompt()?;
            let to = session.previous_prompt().ok_or(Trouble::Stale)?;
            session.back(seq, to, at)?;
        }
        Some("resume") if matches!(session.prompt(), Prompt::Parked(_)) => {
            session.resume(None, at)?;
        }
        Some("close") => {
            if session.seq() != fields.number("seq")? {
                return Err(Trouble::Stale);
            }
            session.close(at)?;
        }
        Some("hand-over") => passed_on::hand_over(session, fields, at)?,
        // What an older page still offers.
        Some(_) => {}
        None => {
            form::apply(fields, session, at)?;
            closing::close_if_confirmed(session, at)?;
        }
    }
    Ok(())
}

impl<'s> Shown<'s> {
    /// An earlier prompt of a case that has come to the event `seq`, gone back to in thought.
    fn earlier(session: &'s Session, visit: u64, seq: u64, action: String, notice: Markup) -> Self {
        Self {
            session,
            action,
            hidden: vec![("visit", visit.to_string())],
            misfit: None,
            typed: None,
            notice: Some(notice),
            earlier: Some(seq),
            code: None,
        }
    }

    /// The page.
    pub fn response(self, today: &Today, status: StatusCode) -> Response {
        let about = plain(self.session.title(self.session.tree()).as_str());
        let is_with_an_agent = self.session.audience() != Audience::Customer;
        let view = self.view().filter(|_| !is_with_an_agent);
        let main = html! {
            @if let Some(notice) = &self.notice { (notice) }
            @if is_with_an_agent { (live(&self.action, &closing::with_an_agent(self.session))) }
            @else if let Some(view) = &view { (self.standing(view, &about, today)) }
            @else { (self.put_away(today)) }
        };
        // What is asked, then about what: the history of the browser tells one page from another.
        let title = match view.and_then(|view| view.ask) {
            Some(ask) => format!("{} · {about}", plain(ask.as_str())),
            None => about,
        };
        page(&title, main).response(today, status)
    }

    /// The prompt that stands, if one does.
    fn view(&self) -> Option<PublicView> {
        let mut view = self.session.public_view()?;
        // The prompt that was gone back to in thought is answered with the case's real number.
        if let Some(seq) = self.earlier {
            view.seq = seq;
        }
        Some(view)
    }

    /// A case in which nothing is asked now.
    fn put_away(&self, today: &Today) -> Markup {
        match self.session.prompt() {
            Prompt::Parked(until) => closing::parked(until, &self.action, self.session.seq()),
            Prompt::HandedOver(team) => {
                let part = passed_on::handed_over(self.session, team, self.code.as_ref());
                html! { (live(&self.action, &part)) (contact::lines(today)) }
            }
            Prompt::Closed(outcome, _) => closing::closed(self.session, outcome, &self.action),
            Prompt::End(..)
            | Prompt::Question(..)
            | Prompt::Instruction(_)
            | Prompt::Remedy(..)
            | Prompt::Need(..)
            | Prompt::Solved(..) => html! {},
        }
    }

    fn standing(&self, view: &PublicView, about: &str, today: &Today) -> Markup {
        let media = super::media(today);
        let misfit = self.misfit.as_ref();
        let around = Around {
            action: &self.action,
            hidden: &self.hidden,
            misfit: misfit.map(|misfit| (misfit.typed.as_str(), misfit.why.as_str())),
            typed: self.typed,
            keys: true,
        };
        html! {
            @if view.seq == 1 { (self.incidents()) }
            (how_far::line(self.session, about))
            section.card tabindex="-1" data-focus aria-labelledby=(prompt::labelled_by(view)) {
                @if view.kind == PromptKind::End {
                    (closing::end(self.session, view, &self.action, self.code.as_ref(), misfit.map(|misfit| misfit.typed.as_str())))
                } @else {
                    @if let Some(end) = &view.end { @if let Some(fix) = &end.fix { div.todo { (block(fix.as_str(), &media)) } } }
                    (prompt::texts(view, &media))
                    (prompt::wait(view, self.session))
                    (prompt::form(view, around))
                }
            }
            div.under {
                (self.back(view))
                @if view.kind != PromptKind::End { (prompt::always(view, around)) }
            }
            (contact::lines(today))
            @if self.earlier.is_none() { (told::link(self.session, &self.action)) }
        }
    }

    fn incidents(&self) -> Markup {
        html! {
            @for incident in self.session.public_incidents() {
                div.incident role="note" {
                    p { strong { "Known trouble: " (inline(incident.title.as_str())) } }
                    @if let Some(text) = &incident.text { (block(text.as_str(), &|_| None)) }
                }
            }
        }
    }

    fn back(&self, view: &PublicView) -> Markup {
        html! {
            @if self.earlier.is_none() && self.session.previous_prompt().is_some() {
                form.always method="post" action=(self.action) {
                    input type="hidden" name="seq" value=(view.seq);
                    input type="hidden" name="step" value=(view.step);
                    button name="do" value="back" { "← Back" }
                }
            }
        }
    }
}

/// A part of the page that agents change: where scripts run, it is looked for now and then.
fn live(address: &str, part: &Markup) -> Markup {
    html! { div #standing data-refresh=(address) { (part) } }
}
