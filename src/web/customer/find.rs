//! `GET /`: what is the trouble? Found by one's own words; known trouble stands first.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::contact;
use crate::store::{CaseId, moment};
use crate::tree::{Audience, TreeId};
use crate::web::address::Purpose;
use crate::web::markdown::{block, inline};
use crate::web::state::{Today, Web};
use crate::web::trouble::Trouble;

/// So many trees are offered for some words.
const MOST: usize = 8;
/// So much of what is typed is looked for, in characters.
const LONGEST: usize = 200;
/// What fits this much less than the best is left out.
const FAR_WEAKER: f64 = 0.4;

/// What is looked for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// The search.
pub async fn get(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let today = web.today();
    let words: String = asked.q.trim().chars().take(LONGEST).collect();
    let main = html! {
        section.ask {
            h1 { "What is the trouble?" }
            form.search action="/" method="get" role="search" {
                label.hint for="q" { "Say it in your own words, like “no internet in the kitchen”." }
                div.field {
                    input.text #q name="q" value=(words) type="search" autocomplete="off" enterkeyhint="search" maxlength="200" data-find;
                    button.button.main { "Find help" }
                }
            }
        }
        (incidents(&today))
        div #found {
            @if words.is_empty() { (all(&today, "Or pick what it is about")) } @else { (found(&web, &today, &words)?) }
        }
    };
    let title = if words.is_empty() {
        "What is the trouble?".to_owned()
    } else {
        format!("{words} – What is the trouble?")
    };
    Ok(super::bare_page(&title, main).response(&today, StatusCode::OK))
}

/// Known trouble that concerns everybody.
fn incidents(today: &Today) -> Markup {
    let day = moment().day();
    let known = today.library.incidents.iter();
    let known = known.filter(|incident| incident.until.is_none_or(|until| day <= until));
    html! {
        @for incident in known {
            div.incident role="note" {
                p { strong { "Known trouble: " (inline(incident.title.0.source())) } }
                @if let Some(text) = &incident.text { (block(text.0.source(), &|_| None)) }
            }
        }
    }
}

fn found(web: &Web, today: &Today, words: &str) -> Result<Markup, Trouble> {
    let hits = today.search.find(words, Audience::Customer);
    let best = hits.first().map_or(0.0, |hit| hit.score);
    let near = hits.iter().filter(|hit| hit.score >= best * FAR_WEAKER);
    let near: Vec<TreeId> = near.take(MOST).map(|hit| hit.tree).collect();
    Ok(html! {
        p.hint role="status" { @match near.len() {
            0 => "Nothing fits these words.",
            1 => "One thing fits.",
            many => { (many) " things fit, the best first." }
        } }
        @if let Some(first) = near.first() {
            ul.hits { @for tree in &near { (entry(today, *tree, Some(words))) } }
            (to_a_person(web, today, *first, words)?)
        } @else {
            div.card {
                p { "Please try other words: what you see, or what you wanted to do." }
                (contact::lines(today))
            }
            (all(today, "Or pick what comes closest"))
        }
    })
}

/// Where nothing fits: the tree that comes closest begins, and hands over at once with the words that were typed.
fn to_a_person(web: &Web, today: &Today, tree: TreeId, words: &str) -> Result<Markup, Trouble> {
    let session = today.begin(&today.library.tree(tree).name, None)?;
    let view = session.last_view();
    let case = CaseId::random()?;
    Ok(html! {
        section.card.none {
            h2 { "Is it none of these?" }
            p { "Try other words, or let a person help you. What you typed goes with you." }
            form action={ "/t/" (view.tree) } method="post" {
                input type="hidden" name="new" value=(web.seals.address(&case, Purpose::Begin));
                input type="hidden" name="seq" value=(view.seq);
                input type="hidden" name="step" value=(view.step);
                input type="hidden" name="q" value=(words);
                button.button name="reply" value="person" { "Talk to a person" }
            }
            (contact::lines(today))
        }
    })
}

/// Everything that there is help for, by the folders of the library.
fn all(today: &Today, heading: &str) -> Markup {
    let mut folders: BTreeMap<&str, Vec<TreeId>> = BTreeMap::new();
    for at in 0..today.library.trees.len() {
        let id = TreeId(at as u32);
        let name = &*today.library.tree(id).name;
        if today.is_public(id) {
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.entry(folder).or_default().push(id);
        }
    }
    let is_short = folders.values().map(Vec::len).sum::<usize>() <= MOST;
    html! {
        h2 { (heading) }
        div.topics[!is_short] { @for (folder, trees) in folders {
            @let list = html! { ul.hits { @for tree in &trees { (entry(today, *tree, None)) } } };
            @if folder.is_empty() || is_short { (list) } @else {
                details.topic {
                    summary { span { (called(folder)) } span.hint { (trees.len()) span.visually-hidden { " topics" } } }
                    (list)
                }
            }
        } }
    }
}

/// A folder's name as people write it.
fn called(folder: &str) -> String {
    let words = folder.replace(['/', '_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn entry(today: &Today, tree: TreeId, words: Option<&str>) -> Markup {
    let tree = today.library.tree(tree);
    let query = words.map(|words| {
        let mut query = String::from("?");
        query.push_str(&encoded(words));
        query
    });
    html! {
        li { a.button href={ "/t/" (tree.name) (query.unwrap_or_default()) } {
            span.words {
                span.label { (inline(tree.about.title.0.source())) }
                @if let Some(summary) = &tree.about.summary { span.hint { (inline(summary.0.source())) } }
            }
        } }
    }
}

/// `q=WORDS` for a link.
fn encoded(words: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("q", words)
        .finish()
}
