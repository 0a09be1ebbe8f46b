//! `GET /desk/trees/TREE`: one tree for its author: its picture with what was counted on it, where people leave, go back
//! or are unsure, what they said about it, what is wrong with its file.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::picture::{Sketch, svg};
use crate::stats::{StepReport, TreeReport, numbers};
use crate::store::{Feedback, Role, Version, moment};
use crate::tree::{Tree, TreeId};
use crate::web::counted::Figures;
use crate::web::heat;
use crate::web::markdown::plain;
use crate::web::state::{Today, Web};
use crate::web::trouble::Trouble;

use super::signed_in::SignedIn;
use super::trees::{banner, counted_when, findings_of, list, some, version_name};
use super::{ago, page};

/// The picture brings its own style; it can do nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Which tree's picture.
#[derive(Debug, Deserialize)]
pub struct Which {
    tree: String,
}

/// One tree.
pub async fn get(
    State(web): State<Arc<Web>>,
    Path(name): Path<String>,
    user: SignedIn,
) -> Result<Response, Trouble> {
    user.must_be(Role::Author)?;
    let today = web.today();
    let id = today.library.find(&name).ok_or(Trouble::NotFound)?;
    let tree = today.library.tree(id);
    let figures = web.counted.soon(&today.library).await?;
    let report = figures.as_ref().map(|figures| &figures.report);
    let counted = report.and_then(|report| report.tree(&name));
    let feedback = web.store.feedback_async(Some(&name)).await?;
    let versions = web.store.versions_of(&name).await?;
    let title = plain(tree.about.title.0.source());
    // Drawn anew until the figures are there.
    let again = figures.is_none().then(|| format!("/desk/trees/{name}"));
    let main = html! {
        (banner(&web))
        p.hint { a href="/desk/trees" { "All trees" } }
        h1 { (title) }
        (about(&today, id))
        div #tree-now data-refresh=[again] {
            (counted_when(figures.as_ref()))
            @if let Some(counted) = counted { (totals(counted)) }
            (wrong(&today, &name))
            (said(&feedback))
            (drawn(tree, figures.as_ref()))
            @if let Some(counted) = counted { (steps(tree, counted)) }
            (in_use(&today, &versions))
        }
    };
    Ok(page(Some(&user), &web, &title, main).response(&today, StatusCode::OK))
}

/// The versions on which its open cases are.
fn in_use(today: &Today, versions: &[Version]) -> Markup {
    let now = moment().milliseconds();
    html! {
        h2 { "Versions in use" }
        @if versions.is_empty() { p.hint { "No open case began here." } } @else {
            ul.findings { @for version in versions {
                li {
                    (version_name(version, today))
                    span.hint {
                        (numbers::count(version.unfinished)) " not closed, first used " (ago::told(version.kept_at, now))
                    }
                }
            } }
        }
    }
}

/// The picture with what was counted on it.
pub async fn picture(
    State(web): State<Arc<Web>>,
    Query(which): Query<Which>,
    user: SignedIn,
) -> Result<Response, Trouble> {
    user.must_be(Role::Author)?;
    let today = web.today();
    let id = today.library.find(&which.tree).ok_or(Trouble::NotFound)?;
    let figures = web.counted.soon(&today.library).await?;
    // A large tree takes its time.
    let drawn = tokio::task::spawn_blocking(move || {
        let sketch = Sketch::of(&today.library, today.library.tree(id));
        // Before anything is counted, nobody can say that nobody came.
        let Some(figures) = figures else {
            return svg(&sketch);
        };
        let counted = figures.report.tree(&which.tree);
        let heat = counted.map(|counted| heat(counted, None));
        svg(&sketch.warmed(&heat.unwrap_or_default()))
    });
    let drawn = drawn
        .await
        .map_err(|why| Trouble::Internal(why.to_string()))?;
    let picture = drawn.map_err(|_| Trouble::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "private, max-age=60"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, picture).into_response())
}

fn about(today: &Today, id: TreeId) -> Markup {
    let tree = today.library.tree(id);
    let left = today.library.steps_left(id, tree.start());
    let file = today.file(&tree.name).map(|file| today.sources.file(file));
    html! {
        @if let Some(summary) = &tree.about.summary { p { (plain(summary.0.source())) } }
        p.about {
            code { (tree.name) }
            @if let Some(file) = file { span { (file.path()) } }
            @if let Some(owner) = &tree.about.owner { span { "kept by " (owner.for_agents().source()) } }
            @if let Some(day) = tree.about.review_by { span { "to be looked at by " (day) } }
            span { (left.fewest) " to " (left.most) " prompts" }
            @if tree.about.audience.is_some() { span { "for agents alone" } }
        }
    }
}

fn totals(counted: &TreeReport) -> Markup {
    let totals = &counted.totals;
    let part = |what: &str, number: u64| {
        html! { div { dt { (what) } dd { (numbers::count(number)) } } }
    };
    html! {
        dl.totals {
            (part("Cases", totals.cases))
            (part("Solved, confirmed", totals.confirmed))
            (part("Solved, claimed", totals.claimed))
            (part("Handed over", totals.escalated))
            (part("Ended otherwise", totals.ended))
            (part("Unfinished", totals.open + totals.parked))
            (part("Came from other trees", counted.from_elsewhere))
            @if let Some(median) = totals.time.median_s { div { dt { "Time worked, median" } dd { (numbers::time(median)) } } }
        }
    }
}

fn wrong(today: &Today, name: &str) -> Markup {
    let findings: Vec<_> = findings_of(today, name).collect();
    html! {
        h2 { "Findings " span.count { (findings.len()) } }
        @if findings.is_empty() { p.hint { "Nothing is wrong with it that can be told from the text." } }
        @else { (list(findings.into_iter(), &today.sources)) }
    }
}

fn said(feedback: &[Feedback]) -> Markup {
    let now = moment().milliseconds();
    html! {
        h2 { "Feedback " span.count { (feedback.len()) } }
        @if feedback.is_empty() { p.hint { "Nobody has said anything about it." } }
        @else { ul.findings { @for said in feedback {
            li {
                code { (said.step) } " "
                (said.words.as_deref().unwrap_or("(erased)"))
                span.hint {
                    (ago::told(said.at, now))
                    @if let Some(agent) = &said.agent { ", " (agent) }
                    @if let Some(case) = &said.case { ", case " (case) }
                }
            }
        } } }
    }
}

/// The picture; one that was drawn before anything was counted is not shown for one with figures.
fn drawn(tree: &Tree, figures: Option<&Figures>) -> Markup {
    let counted = figures.map_or_else(|| "not-yet".to_owned(), |figures| figures.at.to_string());
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("tree", &tree.name)
        .append_pair("counted", &counted)
        .finish();
    let address = format!("/desk/tree.svg?{query}");
    html! {
        h2 { "Where people go" }
        div.wide.drawn role="region" aria-label="The picture of the tree" tabindex="0" {
            a href=(address) {
                img src=(address) loading="lazy"
                    alt="The tree as a picture, with how many came to each step and where they stayed; the same as the table below. Opens by itself.";
            }
        }
    }
}

/// Where people leave, go back or do not know.
fn steps(tree: &Tree, counted: &TreeReport) -> Markup {
    let reached: Vec<&StepReport> = counted
        .steps
        .iter()
        .filter(|step| step.reached > 0)
        .collect();
    html! {
        h2 { "Steps" }
        @if reached.is_empty() { p.hint { "Nobody has come here yet." } } @else {
            div.wide role="region" aria-label="Steps" tabindex="0" {
                table {
                    thead { tr {
                        th scope="col" { "Step" }
                        @for head in ["Came here", "Left here", "Went back", "Not sure", "None fits", "Cannot", "Wanted a person"] {
                            th.number scope="col" { (head) }
                        }
                        th.number scope="col" { "Time, median" }
                    } }
                    tbody { @for step in reached { tr {
                        th scope="row" { @if let Some(asked) = asked(tree, &step.step) { (asked) } code.hint { (step.step) } }
                        td.number { (some(step.reached)) }
                        (telling(step.left_here, step.reached))
                        (telling(step.went_back, step.reached))
                        (telling(step.unsure, step.reached))
                        (telling(step.none, step.reached))
                        (telling(step.cannot, step.reached))
                        (telling(step.person, step.reached))
                        td.number { @match step.time.median_s {
                            Some(median) => (numbers::time(median)),
                            None => "–",
                        } }
                    } } }
                }
            }
        }
    }
}

/// What a step asks or tells to do, in a paragraph, so that nobody has to know its name.
fn asked(tree: &Tree, step: &str) -> Option<String> {
    let step = tree.step(tree.find(step)?);
    let text = step.ask.as_ref().or(step.instruction.as_ref())?;
    let first = text.0.source().trim().split("\n\n").next();
    Some(plain(first.unwrap_or_default()))
}

/// A count that stands out where it is a tenth of those who came, or more.
fn telling(number: u64, of: u64) -> Markup {
    let is_much = number * 10 >= of && number > 1;
    html! {
        td.number.much[is_much] {
            (some(number))
            @if is_much { span.hint { (numbers::percent(number as f64 / of.max(1) as f64)) } }
        }
    }
}
