//! The prompt that stands, for speed: danger first, then the words to read aloud, the question, how to find out, what is
//! for agents alone, and the answers with their keys.

use maud::{Markup, html};

use super::sheet::{Misfit, Sheet};
use crate::session::view::{AgentMarkdown, AgentView, PromptKind, PublicMarkdown, PublicView};
use crate::session::{Offer, Session};
use crate::tree::{StepsLeft, System};
use crate::web::markdown::{Media, block, inline, is_safe_address};
use crate::web::media;
use crate::web::prompt::{self, Around};

/// Words to read aloud.
pub fn say(say: &AgentMarkdown) -> Markup {
    html! { div.say role="note" aria-label="Say" { span.tag { "Say" } div { (block(say.as_str(), &|_| None)) } } }
}

/// What is for agents alone.
fn internal(note: &AgentMarkdown) -> Markup {
    html! { div.internal role="note" aria-label="Internal note" { span.tag { "Internal" } div { (block(note.as_str(), &|_| None)) } } }
}

/// The prompt with its answers.
pub fn draw(sheet: &Sheet<'_>) -> Markup {
    let Some(AgentView {
        public: view,
        say: aloud,
        note,
        ..
    }) = sheet.session.agent_view()
    else {
        return html! {};
    };
    let today = sheet.web.today();
    let media: Media<'_> = &|path| media::address(&today, path);
    let misfit = sheet.misfit.as_ref().and_then(answer_misfit);
    let around = Around {
        action: &sheet.frame.action,
        hidden: &sheet.frame.hidden,
        misfit,
        typed: None,
        keys: true,
    };
    html! {
        section.card.prompt aria-labelledby="question" {
            (left(sheet.session.steps_left()))
            @for warn in &view.warn { div.warn role="note" { strong.kicker { "Take care" } (block(warn.as_str(), media)) } }
            @if let Some(fix) = view.end.as_ref().and_then(|end| end.fix.as_ref()) {
                div.todo { (block(fix.as_str(), media)) }
            }
            @if view.kind == PromptKind::Need { p.kicker { "Needed before the case is handed over" } }
            @if let Some(label) = &view.label { p.kicker { "Try this: " (inline(label.as_str())) } }
            @if let Some(aloud) = &aloud { (say(aloud)) }
            (asked(&view, media))
            @if let Some(note) = &note { (internal(note)) }
            (aids(&view, media))
            (measure(sheet.session))
            (prompt::wait(&view, sheet.session))
            (prompt::form(&view, around))
            (replies(&view, sheet))
        }
    }
}

/// What was typed and is no answer, and what would be.
pub fn answer_misfit(misfit: &Misfit) -> Option<(&str, &str)> {
    let accepted = misfit.accepted.as_deref()?;
    Some((&misfit.typed, accepted))
}

/// How far it still is.
fn left(left: StepsLeft) -> Markup {
    html! {
        p.left {
            @match (left.fewest, left.most) {
                (_, 0) => {}
                (_, 1) => "The last question",
                (fewest, most) if fewest == most => { (fewest) " questions to go" },
                (fewest, most) => { (fewest) "–" (most) " questions to go" },
            }
        }
    }
}

/// What is to be done and asked; one of them is the heading.
fn asked(view: &PublicView, media: Media<'_>) -> Markup {
    let todo = |todo: &PublicMarkdown| html! { div.todo { (block(todo.as_str(), media)) } };
    html! {
        @match (&view.ask, &view.instruction) {
            (Some(ask), before) => {
                @if let Some(before) = before { (todo(before)) }
                h1 #question { (inline(ask.as_str())) }
            }
            (None, Some(short)) if is_short(short) => h1 #question { (inline(short.as_str())) },
            (None, long) => {
                h1.quiet #question { "Do this, or have it done" }
                @if let Some(long) = long { (todo(long)) }
            }
        }
    }
}

/// Whether a text can be a heading: one paragraph of a few words.
fn is_short(text: &PublicMarkdown) -> bool {
    let text = text.as_str().trim();
    !text.contains('\n') && text.chars().count() <= 120
}

/// What helps to answer, open.
fn aids(view: &PublicView, media: Media<'_>) -> Markup {
    html! {
        @if !view.checklist.is_empty() {
            ul.checklist { @for item in &view.checklist {
                li { label { input type="checkbox" autocomplete="off"; span { (inline(item.as_str())) } } }
            } }
        }
        @if let Some(image) = &view.image { (prompt::picture(image, media)) }
        @if let Some(help) = &view.help {
            details.help open { summary { "How to find out" } (block(help.as_str(), media)) }
        }
        @if !view.terms.is_empty() { dl.terms { @for term in &view.terms {
            dt { (term.term) } dd { (inline(term.meaning.as_str())) }
        } } }
        @if let Some(link) = &view.link { @if is_safe_address(&link.url) {
            p.link { a href=(link.url) target="_blank" rel="noopener noreferrer" {
                (link.label.as_ref().map_or(&*link.url, PublicMarkdown::as_str))
            } }
        } }
    }
}

/// Commands that answer the question on the caller's machine: to be copied, for a browser runs none.
fn measure(session: &Session) -> Markup {
    let systems = [
        (System::Windows, "Windows"),
        (System::Linux, "Linux"),
        (System::Macos, "macOS"),
    ];
    let probes: Vec<(&str, String)> = systems
        .into_iter()
        .filter_map(|(system, name)| {
            let probe = session.probe(system)?;
            Some((name, probe.arguments.join(" ")))
        })
        .collect();
    let is_for_all = probes.len() == systems.len()
        && probes
            .windows(2)
            .all(|two| matches!(two, [(_, one), (_, other)] if one == other));
    let probes = match probes.as_slice() {
        [(_, command), ..] if is_for_all => vec![("Any computer", command.clone())],
        _ => probes,
    };
    html! {
        @if !probes.is_empty() { details.measure {
            summary data-key="r" { kbd aria-hidden="true" { "r" } " Measure it on their computer" }
            @for (system, command) in &probes {
                p.command { span.tag { (system) } code { (command) } " "
                    button.small type="button" data-copy-text=(command) { "Copy" } }
            }
        } }
    }
}

/// The replies that are there at every prompt, with the keys and words of the terminal.
fn replies(view: &PublicView, sheet: &Sheet<'_>) -> Markup {
    let Offer {
        tried,
        cannot,
        unsure,
        none,
        person,
        ..
    } = view.replies;
    let all = [
        (unsure, "unsure", "Don’t know", "u"),
        (none, "none", "None of these", "x"),
        (tried, "tried", "Already tried", "t"),
        (cannot, "cannot", "Can’t do it", "c"),
        (person, "person", "A person", "p"),
    ];
    html! {
        form.always method="post" action=(sheet.frame.action) {
            (sheet.frame.fields())
            input type="hidden" name="step" value=(view.step);
            @if sheet.session.previous_prompt().is_some() {
                button name="do" value="back" data-key="b" { kbd aria-hidden="true" { "b" } "Back" }
            }
            @for (offered, reply, words, key) in all { @if offered {
                @let is_suggested = view.suggestion.as_ref().is_some_and(|was| was.reply == reply);
                button .was[is_suggested] name="reply" value=(reply) data-key=(key) {
                    kbd aria-hidden="true" { (key) } (words) @if is_suggested { span.hint { ", as said before" } }
                }
            } }
        }
    }
}
