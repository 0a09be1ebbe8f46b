//! Where nothing is asked: an end, a case that is parked, handed over, closed, or still with the customer.

use maud::{Markup, html};

use super::card::say;
use super::sheet::Sheet;
use super::{kin, tools};
use crate::handover::Note;
use crate::session::view::EscalationView;
use crate::session::{Moment, Outcome, Prompt};
use crate::store::CaseId;
use crate::web::code::Code;
use crate::web::desk::case_address;
use crate::web::markdown::{block, inline};

/// The end at which the walk stands.
pub fn reached(sheet: &Sheet<'_>) -> Markup {
    let Some(view) = sheet.session.agent_view() else {
        return html! {};
    };
    let end = view.public.end.as_ref();
    let outcome = end.and_then(|end| end.outcome);
    let is_confirmed = end.is_some_and(|end| end.confirmed);
    html! {
        section.card.prompt aria-labelledby="question" {
            @match outcome {
                Some(Outcome::Escalated) => {
                    p.kicker { "This goes to" }
                    h1 #question { (inline(end.and_then(|end| end.team.as_ref()).map_or("", |team| team.as_str()))) }
                }
                Some(Outcome::Resolved) => {
                    p.kicker.good { @if is_confirmed { "Solved" } @else { "Done; nobody has confirmed it yet" } }
                    h1 #question { (inline(end.and_then(|end| end.fix.as_ref()).map_or("This should be solved", |fix| fix.as_str()))) }
                }
                Some(Outcome::Ended) | None => {
                    p.kicker { "What to tell" }
                    h1 #question { (inline(end.and_then(|end| end.text.as_ref()).map_or("The end", |text| text.as_str()))) }
                }
            }
            @if let Some(aloud) = &view.say { (say(aloud)) }
            @if let Some(todo) = &view.public.instruction { div.todo { (block(todo.as_str(), &|_| None)) } }
            @if let Some(end) = end {
                @if let Some(cause) = &end.cause { p { strong { "Cause: " } (inline(cause.as_str())) } }
                @if let Some(prevent) = &end.prevent { p { strong { "So that it does not come back: " } (inline(prevent.as_str())) } }
            }
            @if let Some(note) = &view.note {
                div.internal role="note" aria-label="Internal note" { span.tag { "Internal" } div { (block(note.as_str(), &|_| None)) } }
            }
            @if let Some(escalation) = &view.escalation { (team(escalation)) }
            (conclude(sheet, outcome, &view.public.step))
        }
        (texts(sheet))
    }
}

fn conclude(sheet: &Sheet<'_>, outcome: Option<Outcome>, step: &str) -> Markup {
    let (deed, words) = match outcome {
        Some(Outcome::Escalated) => ("hand-over", "Hand it over"),
        _ => ("close", "Close the case"),
    };
    html! {
        form.answers method="post" action=(sheet.frame.action) {
            (sheet.frame.fields())
            input type="hidden" name="step" value=(step);
            button.answer.main name="do" value=(deed) data-key="1" { kbd aria-hidden="true" { "1" } (words) }
        }
        form.always method="post" action=(sheet.frame.action) {
            (sheet.frame.fields())
            @if sheet.session.previous_prompt().is_some() {
                button name="do" value="back" data-key="b" { kbd aria-hidden="true" { "b" } "Back" }
            }
        }
    }
}

/// To whom it goes, why, and what they need.
fn team(escalation: &EscalationView) -> Markup {
    let rows = [
        ("Reason", &escalation.reason),
        ("Tier", &escalation.tier),
        ("Contact", &escalation.contact),
        ("Hours", &escalation.hours),
    ];
    let missing = escalation.needs.iter().filter(|need| need.value.is_none());
    html! {
        dl.team {
            dt { "Priority" } dd { (priority(escalation.priority)) }
            @for (name, text) in rows { @if let Some(text) = text { dt { (name) } dd { (inline(text.as_str())) } } }
            @for need in missing {
                dt.bad { "Missing" } dd { @match &need.ask { Some(ask) => (inline(ask.as_str())), None => (need.fact) } }
            }
        }
    }
}

/// A priority, first to last.
pub fn priority(priority: u8) -> Markup {
    html! { span.priority data-priority=(priority) { (priority) } " of 5" @if priority == 1 { ", the most urgent" } }
}

/// The note for the ticket, and where its other forms are.
pub fn texts(sheet: &Sheet<'_>) -> Markup {
    let mut note = Note::of(sheet.session);
    note.problem.case = Some(sheet.case.to_string());
    html! {
        section.card.texts aria-labelledby="note-heading" {
            h2 #note-heading { "The hand-over note" }
            pre #note-now tabindex="0" aria-label="The note as text" { (linked(&note)) }
            p.tools {
                button.small.script type="button" data-copy="note-now" { "Copy" }
                @for (form, words) in super::note::FORMS {
                    a.small href={ (sheet.frame.action) "/note?as=" (form) } { (words) }
                }
            }
        }
    }
}

/// The note as text, with a link where it names the case before.
fn linked(note: &Note) -> Markup {
    let text = note.text();
    let before = note.problem.case_before.as_deref();
    let before = before.and_then(|name| Some((name, name.parse::<CaseId>().ok()?)));
    let found = before.and_then(|(name, case)| {
        let start = text.find(&format!("\nGoes on with: {name}\n"))? + "\nGoes on with: ".len();
        let (above, rest) = text.split_at_checked(start)?;
        Some((above, name, case_address(&case), rest.strip_prefix(name)?))
    });
    html! {
        @match found {
            Some((above, name, address, below)) => { (above) a href=(address) { (name) } (below) }
            None => (text),
        }
    }
}

/// Put aside.
pub fn parked(sheet: &Sheet<'_>, until: Option<Moment>) -> Markup {
    html! {
        section.card.prompt {
            p.kicker { "Parked" }
            h1 #question { @match until {
                Some(until) => { "Until " (until.day()) ", " (until.clock()) },
                None => "No time is set",
            } }
            (stood(sheet))
            (sheet.frame.button("resume", "answer main", "1", html! { "Go on with it" }))
        }
        div.tools { (tools::note(sheet)) (tools::copy(sheet)) }
        (texts(sheet))
    }
}

/// With a team, and nobody has taken it.
pub fn handed_over(sheet: &Sheet<'_>, team: &str) -> Markup {
    let named = sheet.session.escalation_view().and_then(|view| view.name);
    html! {
        section.card.prompt {
            p.kicker { "Handed over to" }
            h1 #question { @match &named { Some(name) => (inline(name.as_str())), None => (team) } }
            p { "Priority " (priority(sheet.session.waiting_priority())) }
            @if let Some(code) = &sheet.code { (code_words(code)) }
            (sheet.frame.button("take", "answer", "1", html! { "Take it myself" }))
        }
        div.tools { (tools::note(sheet)) (tools::copy(sheet)) }
        (texts(sheet))
    }
}

fn code_words(code: &Code) -> Markup {
    html! {
        p { "Whoever goes on with it types this code at the desk, or in a terminal:" }
        p.code #code { (code.shown()) }
        p.hint { "Good once, until " (code.last_day()) ". " button.small.script type="button" data-copy="code" { "Copy" } }
    }
}

/// Over.
pub fn closed(sheet: &Sheet<'_>, outcome: Outcome, is_confirmed: bool) -> Markup {
    html! {
        section.card.prompt {
            p.kicker { "Closed" }
            h1 #question { @match outcome {
                Outcome::Resolved if is_confirmed => "Solved, and confirmed",
                Outcome::Resolved => "Solved, not confirmed",
                // An escalation is handed over, never closed.
                Outcome::Escalated | Outcome::Ended => "Ended without a fix",
            } }
            p { a.button href="/desk" data-key="1" { kbd aria-hidden="true" { "1" } "To the queue" } }
            @match sheet.kin.next() {
                Some(next) => p { "It was not solved after all, and goes on in case " (kin::link(next)) "." },
                None => {
                    p.hint { "If it is not solved after all: a new case knows what was said and done in this one, and goes on behind it." }
                    (sheet.frame.button("again", "answer", "2", html! { "It is not solved after all" }))
                }
            }
        }
        div.tools { (tools::copy(sheet)) }
        (texts(sheet))
    }
}

/// A customer walks it by themselves.
pub fn with_the_customer(sheet: &Sheet<'_>) -> Markup {
    html! {
        section.card.prompt {
            h1 #question { "The customer is walking this case by themselves" }
            (stood(sheet))
            p { "You see here what they answer, as they answer it. Take the case to go on with it yourself: they see that a person works on it." }
            form.answers method="post" action=(sheet.frame.action) {
                (sheet.frame.fields())
                fieldset.row { legend { "You talk" }
                    @for (name, words) in super::begin::CHANNELS { @if name != "self_service" {
                        label { input type="radio" name="channel" value=(name) checked[name == "phone"]; (words) }
                    } }
                }
                button.answer.main name="do" value="take" data-key="1" { kbd aria-hidden="true" { "1" } "Take the case" }
            }
        }
        div.tools { (tools::note(sheet)) (tools::copy(sheet)) }
    }
}

/// What stands before whoever goes on.
fn stood(sheet: &Sheet<'_>) -> Markup {
    let view = sheet.session.last_view();
    let end = matches!(sheet.session.standing_prompt(), Prompt::End(..));
    let text = view.ask.as_ref().or(view.instruction.as_ref());
    html! {
        @if let Some(text) = text { p.stands { "It stands at: " b { (inline(text.as_str())) } } }
        @else if end { p.stands { "It stands at its end." } }
    }
}
