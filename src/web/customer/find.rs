//! `GET /`: what is the trouble? Found by one's own words; known trouble stands first.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::page;
use crate::store::moment;
use crate::tree::{Audience, TreeId};
use crate::web::markdown::{block, inline};
use crate::web::state::{Today, Web};

/// So many trees are offered for some words.
const MOST: usize = 8;

/// What is looked for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// The search.
pub async fn get(State(web): State<Arc<Web>>, Query(asked): Query<Asked>) -> Response {
    let today = web.today();
    let words = asked.q.trim();
    let main = html! {
        h1 { "What is the trouble?" }
        form.search action="/" method="get" role="search" {
            label.visually-hidden for="q" { "What is the trouble? In your own words." }
            input.text #q name="q" value=(words) type="search" placeholder="In your own words: no internet in the kitchen"
                autocomplete="off" enterkeyhint="search" maxlength="200" data-find;
            button.button.main { "Find help" }
        }
        (incidents(&today))
        div #found aria-live="polite" {
            @if words.is_empty() { (all(&today)) } @else { (found(&today, words)) }
        }
    };
    let title = if words.is_empty() {
        "What is the trouble?"
    } else {
        words
    };
    page(title, main).response(&today, StatusCode::OK)
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

fn found(today: &Today, words: &str) -> Markup {
    let hits = today.search.find(words, Audience::Customer);
    html! {
        @if hits.is_empty() {
            p { strong { "Nothing fits these words." } " Try others, or pick what comes closest:" }
            (all(today))
        } @else {
            ul.hits { @for hit in hits.iter().take(MOST) { (entry(today, hit.tree, Some(words))) } }
        }
    }
}

/// Everything that there is help for, by the folders of the library.
fn all(today: &Today) -> Markup {
    let mut folders: BTreeMap<&str, Vec<TreeId>> = BTreeMap::new();
    for at in 0..today.library.trees.len() {
        let id = TreeId(at as u32);
        let name = &*today.library.tree(id).name;
        if today.is_public(id) {
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.entry(folder).or_default().push(id);
        }
    }
    html! {
        @for (folder, trees) in folders {
            @if !folder.is_empty() { h2 { (called(folder)) } }
            ul.hits { @for tree in trees { (entry(today, tree, None)) } }
        }
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
        query.push_str(&serde_urlencoded(words));
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
fn serde_urlencoded(words: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("q", words)
        .finish()
}
