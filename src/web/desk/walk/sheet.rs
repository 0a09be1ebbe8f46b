//! The page of a case, put together: who and what above, the prompt with all that can be done in the middle, what is known
//! at the side; below it where the window is small.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::{Kin, Look, card, correct, ending, tools};
use crate::session::view::AgentIncidentView;
use crate::session::{Prompt, Rejected, Session};
use crate::source::neutralise_line;
use crate::store::CaseId;
use crate::tree::{Audience, Channel};
use crate::web::code::Code;
use crate::web::desk::{SignedIn, case_address, form_field, page, side};
use crate::web::form::Fields;
use crate::web::markdown::{block, inline, plain};
use crate::web::quoted::quoted;
use crate::web::state::Web;

/// What the forms of a page have in common.
pub struct Frame {
    /// Where they go.
    pub action: String,
    /// The fields that each has: its token.
    pub hidden: Vec<(&'static str, String)>,
    /// The number of the event that the page shows.
    pub seq: u64,
}

impl Frame {
    /// The fields that each form has.
    pub fn fields(&self) -> Markup {
        html! {
            input type="hidden" name="seq" value=(self.seq);
            @for (name, value) in &self.hidden { input type="hidden" name=(name) value=(value); }
        }
    }

    /// A button that does one thing with the case, as a form of its own.
    pub fn button(&self, deed: &str, class: &str, key: &str, words: Markup) -> Markup {
        html! {
            form method="post" action=(self.action) {
                (self.fields())
                button class=(class) name="do" value=(deed) data-key=(key) { kbd aria-hidden="true" { (key) } span { (words) } }
            }
        }
    }
}

/// What was sent and does not fit.
pub struct Misfit {
    /// What was typed.
    pub typed: String,
    /// What would fit, as the rest of "please give …"; none where it is not about the answer.
    pub accepted: Option<String>,
    /// Why.
    pub why: String,
}

impl Misfit {
    /// Of what was sent, and why it was refused.
    pub fn of(fields: &Fields, why: &Rejected) -> Self {
        let accepted = match why {
            Rejected::NotAnAnswer { accepted, .. } => Some(accepted.clone()),
            _ => None,
        };
        Self {
            typed: neutralise_line(fields.get("answer").unwrap_or_default()).into_owned(),
            accepted,
            why: why.to_string(),
        }
    }
}

/// A case, to be shown.
pub struct Sheet<'s> {
    /// What all requests share.
    pub web: &'s Web,
    /// The case as it is.
    pub session: &'s Session,
    /// Its name.
    pub case: &'s CaseId,
    /// Who looks.
    pub user: &'s SignedIn,
    /// What its forms have in common.
    pub frame: Frame,
    /// What of it is looked at.
    pub look: Look,
    /// What was sent and does not fit.
    pub misfit: Option<Misfit>,
    /// What to say first.
    pub notice: Option<Markup>,
    /// The code by which somebody else goes on.
    pub code: Option<Code>,
    /// The cases before and behind it.
    pub kin: Kin,
    /// Who else looks.
    pub others: Vec<Arc<str>>,
}

impl<'s> Sheet<'s> {
    /// With nothing to be said.
    pub fn new(web: &'s Web, session: &'s Session, case: &'s CaseId, user: &'s SignedIn) -> Self {
        Self {
            web,
            session,
            case,
            user,
            frame: Frame {
                action: case_address(case),
                hidden: vec![form_field(user, web)],
                seq: session.seq(),
            },
            look: Look::default(),
            misfit: None,
            notice: None,
            code: None,
            kin: Kin::default(),
            others: Vec::new(),
        }
    }

    /// The page.
    pub fn response(&self, status: StatusCode) -> Response {
        let title = plain(self.session.title(self.session.tree()).as_str());
        let main = html! {
            div.sheet data-case=(self.case.as_str()) data-seq=(self.session.seq()) data-events={ (self.frame.action) "/events" }
                data-me=(self.user.name) {
                (self.head())
                @if let Some(notice) = &self.notice { (notice) }
                @if let Some(words) = said(self.look.said.as_deref()) { p.said role="status" { (words) } }
                @if let Some(Misfit { accepted: None, why, .. }) = &self.misfit {
                    p.misfit role="alert" { "That does not fit here: " (quoted(why)) "." }
                }
                div.sides {
                    div.walk { (self.middle()) }
                    (side::draw(self.session, &self.frame))
                }
            }
        };
        page(Some(self.user), self.web, &title, main).response(&self.web.today(), status)
    }

    fn head(&self) -> Markup {
        let session = self.session;
        let ticket = session
            .started()
            .and_then(|started| started.ticket.as_deref());
        html! {
            div.headline {
                p.tree { (inline(session.title(session.tree()).as_str())) }
                p.marks {
                    @if let Some(ticket) = ticket { span.mark { "Ticket " b { (neutralise_line(ticket)) } } }
                    span.mark { (channel_words(session.channel())) }
                    span.mark { "Case " code { (self.case) } }
                    (self.kin.marks())
                    @if session.audience() == Audience::Customer { span.mark.loud { "With the customer" } }
                }
                p.others #others role="status" { (looking(&self.others)) }
            }
        }
    }

    fn middle(&self) -> Markup {
        let session = self.session;
        if let Some(correct) = correct::draw(self) {
            return correct;
        }
        let is_customers = session.audience() == Audience::Customer;
        match session.prompt() {
            Prompt::Parked(until) => ending::parked(self, until),
            Prompt::HandedOver(team) => ending::handed_over(self, team),
            Prompt::Closed(outcome, confirmed) => ending::closed(self, outcome, confirmed),
            _ if is_customers => ending::with_the_customer(self),
            Prompt::End(..) => html! { (ending::reached(self)) (tools::draw(self)) },
            Prompt::Question(..)
            | Prompt::Instruction(_)
            | Prompt::Remedy(..)
            | Prompt::Need(..)
            | Prompt::Solved(..) => html! {
                @if session.seq() == 1 { (incidents(&session.incidents())) }
                (card::draw(self))
                (tools::draw(self))
            },
        }
    }
}

/// Known trouble, with what to say about it.
pub fn incidents(incidents: &[AgentIncidentView]) -> Markup {
    html! {
        @for incident in incidents {
            div.incident role="note" {
                p { strong { "Known trouble: " (inline(incident.public.title.as_str())) } }
                @if let Some(text) = &incident.public.text { (block(text.as_str(), &|_| None)) }
                @if let Some(say) = &incident.say { (card::say(say)) }
            }
        }
    }
}

/// Who else looks, as a sentence.
fn looking(others: &[Arc<str>]) -> String {
    match others {
        [] => String::new(),
        [one] => format!("{one} is looking at this case, too."),
        [first @ .., last] => {
            format!(
                "{} and {last} are looking at this case, too.",
                first.join(", ")
            )
        }
    }
}

/// How one talks.
pub const fn channel_words(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "On the phone",
        Channel::Chat => "In a chat",
        Channel::Email => "By e-mail",
        Channel::InPerson => "In person",
        Channel::SelfService => "By themselves",
    }
}

/// What was just done.
fn said(what: Option<&str>) -> Option<&'static str> {
    match what? {
        "note" => Some("Your note is added."),
        "feedback" => Some("Thank you. The author of the tree will read it."),
        "change" => Some("Corrected. The way from there on was walked again with what was known."),
        _ => None,
    }
}
