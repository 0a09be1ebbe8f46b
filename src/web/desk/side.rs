//! What stands at the side of an agent's walk: what is known and where it came from, the way so far with what came of each
//! step, what was noted, the picture of the tree. All of it can be corrected or gone back to.

pub mod picture;

use maud::{Markup, html};

use super::walk::Frame;
use crate::handover::{LogLine, Note, StepNote, remark};
use crate::session::view::{FactView, PassKind, TrailView};
use crate::session::{Changing, Session};
use crate::source::neutralise;
use crate::tree::Audience;
use crate::web::markdown::inline;

/// All of it.
pub fn draw(session: &Session, frame: &Frame) -> Markup {
    let note = Note::of(session);
    // What a customer walks, they correct.
    let may_change = session.prompt().at().is_some() && session.audience() == Audience::Agent;
    html! {
        aside.side aria-label="What is known of the case" {
            @if let Some(words) = &note.problem.words {
                section { h2 { "In the caller’s words" } blockquote { (words) } }
            }
            (facts(session, frame, may_change))
            (trail(session, frame, may_change))
            (log(&note.log))
            (picture_of(session, frame))
        }
    }
}

fn facts(session: &Session, frame: &Frame, may_change: bool) -> Markup {
    let facts = session.facts();
    html! {
        section #facts tabindex="-1" {
            h2 { a.jump href="#facts" data-key="f" { kbd aria-hidden="true" { "f" } "What is known" } }
            @if facts.is_empty() { p.hint { "Nothing yet." } }
            dl.known { @for fact in &facts {
                dt title=(fact.name) { (named(fact)) }
                dd {
                    span.value { (neutralise(&fact.shown)) }
                    @if let Some(from) = remark(fact.source) { span.from { (from) } }
                    @if let Some(change) = fact.change.as_ref().filter(|_| may_change) {
                        a href={ (frame.action) "?change=" (change_address(change)) } { "Correct" span.visually-hidden { ": " (named(fact)) } }
                    }
                }
            } }
        }
    }
}

fn named(fact: &FactView) -> Markup {
    html! {
        @match &fact.ask {
            Some(ask) if fact.tree.is_some() => (inline(ask.as_str())),
            _ => (fact.name.replace('_', " ")),
        }
    }
}

/// What is corrected, as an address has it.
fn change_address(change: &Changing) -> String {
    match change {
        Changing::Visit(seq) => format!("visit:{seq}"),
        Changing::Fact(name) => format!("fact:{name}"),
    }
}

fn trail(session: &Session, frame: &Frame, may_change: bool) -> Markup {
    let trail = session.trail();
    let steps: Vec<(&TrailView, StepNote)> = trail
        .iter()
        .filter_map(|visit| Some((visit, StepNote::of(visit)?)))
        .collect();
    html! {
        section #trail {
            h2 { "The way so far" }
            @if steps.is_empty() { p.hint { "Nothing has been answered yet." } }
            form method="post" action=(frame.action) {
                (frame.fields())
                input type="hidden" name="do" value="goto";
                ol.trail { @for (at, (visit, step)) in steps.iter().enumerate() {
                    @if at.checked_sub(1).and_then(|at| steps.get(at)).is_some_and(|(_, before)| before.tree != step.tree) {
                        li.tree { (step.title) }
                    }
                    li.quiet[step.was_known()].done[visit.kind == PassKind::Remedy] {
                        span.step { (step.what) }
                        span.came { (step.came) }
                        span.then {
                            time datetime=(step.at) { (step.at.clock()) }
                            @if may_change {
                                @if let Some(change) = &visit.change {
                                    a href={ (frame.action) "?change=" (change_address(change)) } { "Correct" span.visually-hidden { ": " (step.what) } }
                                }
                                @if let Some(number) = visit.visit {
                                    button name="visit" value=(number) { "Go back" span.visually-hidden { " to: " (step.what) } }
                                }
                            }
                        }
                    }
                } }
            }
        }
    }
}

/// What was noted, and what happened to the case itself.
fn log(log: &[LogLine]) -> Markup {
    html! {
        @if !log.is_empty() { section {
            h2 { "Notes" }
            ul.log { @for line in log {
                li { time datetime=(line.at) { (line.at.clock()) } " " (line.text) }
            } }
        } }
    }
}

/// The picture is drawn only when it is looked at.
fn picture_of(session: &Session, frame: &Frame) -> Markup {
    let address = format!("{}/picture.svg?at={}", frame.action, session.seq());
    html! {
        details.map {
            summary { "The picture of the tree" }
            a href=(address) target="_blank" {
                img src=(address) loading="lazy"
                    alt="The tree as a picture, with the way so far lit up; the same as the list above. Opens in a window of its own.";
            }
        }
    }
}
