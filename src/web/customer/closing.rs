//! How a walk ends for the person in trouble: solved, told, parked, with an agent.

use maud::{Markup, html};

use super::{again, passed_on};
use crate::handover::PublicNote;
use crate::session::view::PublicView;
use crate::session::{Moment, Outcome, Prompt, Session};
use crate::web::code::Code;
use crate::web::markdown::{block, inline};
use crate::web::trouble::Trouble;

/// Closes the case where the person has said that the problem is solved: they will not come back to say so again.
pub fn close_if_confirmed(session: &mut Session, at: Moment) -> Result<(), Trouble> {
    if matches!(session.prompt(), Prompt::End(_, _, Outcome::Resolved, true)) {
        session.close(at)?;
    }
    Ok(())
}

/// An end that the walk stands at.
pub fn end(
    session: &Session,
    view: &PublicView,
    action: &str,
    code: Option<&Code>,
    typed: Option<&str>,
) -> Markup {
    let Some(end) = &view.end else {
        return html! {};
    };
    match end.outcome {
        Some(Outcome::Escalated) => passed_on::offer(session, view, action, code, typed),
        Some(Outcome::Resolved) => html! {
            h1 #question { "This should be solved." }
            (texts(view))
            (close(view, action, "Yes, it is solved"))
        },
        Some(Outcome::Ended) | None => html! {
            h1 #question { "This is what we can tell you" }
            (texts(view))
            (close(view, action, "Thank you, that is all"))
        },
    }
}

fn close(view: &PublicView, action: &str, words: &str) -> Markup {
    html! {
        form.answers method="post" action=(action) {
            input type="hidden" name="seq" value=(view.seq);
            input type="hidden" name="step" value=(view.step);
            button.answer.main name="do" value="close" { (words) }
        }
    }
}

/// What is to be known at an end.
fn texts(view: &PublicView) -> Markup {
    let none = |_: &str| None;
    html! {
        @if let Some(end) = &view.end {
            @for text in [&end.text, &end.fix].into_iter().flatten() { div.todo { (block(text.as_str(), &none)) } }
            @if let Some(todo) = &view.instruction { (block(todo.as_str(), &none)) }
            @if let Some(prevent) = &end.prevent {
                h2 { "So that it does not come back" } (block(prevent.as_str(), &none))
            }
        }
        @if let Some(link) = &view.link { @if crate::web::markdown::is_safe_address(&link.url) {
            p { a href=(link.url) target="_blank" rel="noopener noreferrer" {
                (link.label.as_ref().map_or(&*link.url, |label| label.as_str()))
            } }
        } }
    }
}

/// A case that is over.
pub fn closed(session: &Session, outcome: Outcome, action: &str) -> Markup {
    let view = session.last_view();
    html! {
        section.card {
            @match outcome {
                Outcome::Resolved => { h1 { "Solved. Good to hear!" } (texts(&view)) }
                Outcome::Escalated | Outcome::Ended => { h1 { "This case is over." } (texts(&view)) }
            }
            div.choices {
                @if again::is_offered(session) {
                    form method="post" action=(action) {
                        button.answer name="do" value="again" { span.words {
                            span.label { "It is not solved after all" }
                            span.hint { "We go on from here, and ask nothing again that you have told us or done already." }
                        } }
                    }
                }
                a.answer href="/" { span.words { span.label { "Something else is wrong" } } }
            }
        }
        (done(session))
    }
}

/// A case that is put aside.
pub fn parked(until: Option<Moment>, action: &str, seq: u64) -> Markup {
    html! {
        section.card {
            h1 { "We have put this aside." }
            @if let Some(until) = until { p { "Until " (until.day()) ", " (until.clock()) "." } }
            p { "Everything that you said is kept. Keep this page's address to come back." }
            form.answers method="post" action=(action) {
                input type="hidden" name="seq" value=(seq);
                button.answer.main name="do" value="resume" { "Go on now" }
            }
        }
    }
}

/// A case that an agent has taken.
pub fn with_an_agent(session: &Session) -> Markup {
    html! {
        section.card {
            h1 { @match session.prompt() {
                Prompt::Closed(Outcome::Resolved, _) => "Your case is solved.",
                Prompt::Closed(..) => "Your case is over.",
                _ => "A person is working on your case.",
            } }
            p { "They see everything that you said and did here. You will not have to repeat any of it." }
        }
        (done(session))
    }
}

/// What was done so far.
pub fn done(session: &Session) -> Markup {
    let note = PublicNote::of(session);
    html! {
        @if !note.steps.is_empty() {
            h2 { "What was done" }
            ul.steps { @for step in &note.steps { li { (inline(&step.what)) span.hint { (step.came) } } } }
        }
    }
}
