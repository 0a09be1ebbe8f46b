//! The hand-over of a customer's case: what is passed on, how they can be reached, and a short code by which an agent
//! lands on the same step.

use std::time::Duration;

use maud::{Markup, html};

use super::closing;
use crate::session::view::PublicView;
use crate::session::{Changing, Moment, Outcome, Prompt, Session};
use crate::tree::Audience;
use crate::web::code::{self, Code};
use crate::web::form::Fields;
use crate::web::markdown::{block, inline};
use crate::web::open_cases::Held;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// How long a customer's code is good.
const GOOD_FOR: Duration = Duration::from_hours(7 * 24);

/// Whether a code is shown where the case stands.
fn is_due(session: &Session) -> bool {
    session.audience() == Audience::Customer
        && matches!(
            session.prompt(),
            Prompt::End(_, _, Outcome::Escalated, _) | Prompt::HandedOver(_)
        )
}

/// Gives the case a code where it has come to a person and has none yet.
pub async fn offer_code(web: &Web, held: &Held) -> Result<(), Trouble> {
    if is_due(held.session()) {
        code::offer(web, &held.case().keeper, GOOD_FOR).await?;
    }
    Ok(())
}

/// The case's code, where it is shown.
pub async fn code(web: &Web, held: &Held) -> Result<Option<Code>, Trouble> {
    if !is_due(held.session()) {
        return Ok(None);
    }
    code::open(web, &held.case().keeper).await
}

/// Passes the case on, with what the customer adds.
pub fn hand_over(session: &mut Session, fields: &Fields, at: Moment) -> Result<(), Trouble> {
    if session.seq() != fields.number("seq")? {
        return Err(Trouble::Stale);
    }
    let team = match session.prompt() {
        Prompt::End(_, crate::tree::End::Escalate { team, .. }, ..) => team.to_string(),
        _ => return Err(Trouble::Stale),
    };
    for (field, called) in [
        ("reach", "To be reached: "),
        ("more", "The customer adds: "),
    ] {
        if let Some(text) = fields.text(field)? {
            session.note(&format!("{called}{text}"), at)?;
        }
    }
    session.hand_over(&team, at)?;
    Ok(())
}

/// At an escalation: what will be passed on, and how the customer is reached.
pub fn offer(
    session: &Session,
    view: &PublicView,
    action: &str,
    code: Option<&Code>,
    typed: Option<&str>,
) -> Markup {
    let end = view.end.as_ref();
    html! {
        h1 #question { @match end.and_then(|end| end.team.as_ref()) {
            Some(team) => { "A person will help you: " (inline(team.as_str())) }
            None => "A person will help you",
        } }
        @if let Some(todo) = &view.instruction { div.todo { (block(todo.as_str(), &|_| None)) } }
        p { "They get all that you have told us, so you will not have to say any of it again." }
        form.answers method="post" action=(action) {
            input type="hidden" name="seq" value=(view.seq);
            input type="hidden" name="step" value=(view.step);
            label.named for="reach" { "How can we reach you?" }
            input.text #reach name="reach" autocomplete="tel" maxlength="200" value=[typed] aria-describedby="reach-hint";
            p.hint #reach-hint { "A phone number or an e-mail address, if you have not told us yet. Leave it empty if you call us yourself." }
            label.named for="more" { "Anything else that we should know?" }
            textarea.text #more name="more" maxlength="2000" {}
            button.answer.main name="do" value="hand-over" { "Pass it on" }
        }
        (code_words(code))
        h2 { "This is what we pass on" }
        (facts(session, action))
    }
}

fn code_words(code: Option<&Code>) -> Markup {
    html! {
        @if let Some(code) = code {
            h2 { "If you call us, say this code" }
            p.code { (code.shown()) }
            p.hint { "Whoever answers sees at once where you are. It is good until " (code.last_day()) "." }
        }
    }
}

/// After it was passed on.
pub fn handed_over(session: &Session, team: &str, code: Option<&Code>) -> Markup {
    let view = session.last_view();
    let name = view.end.as_ref().and_then(|end| end.team.as_ref());
    html! {
        section.card {
            h1 { "Your case is with " @match name { Some(name) => (inline(name.as_str())), None => (team) } "." }
            p { "They see everything that you said and did here." }
            (code_words(code))
        }
        (closing::done(session))
    }
}

/// What is known, each with a way to change it, and what was done.
pub fn facts(session: &Session, action: &str) -> Markup {
    let facts = session.facts();
    html! {
        dl.facts { @for fact in &facts {
            dt { @match &fact.ask { Some(ask) => (inline(ask.as_str())), None => (fact.name) } }
            dd {
                span { (fact.shown) }
                @if let Some(Changing::Visit(visit)) = &fact.change {
                    a href={ (action) "?at=" (visit) } { "Change" span.visually-hidden { ": " (fact.name) } }
                }
            }
        } }
        (closing::done(session))
    }
}
