//! `GET /desk`: what waits for one person, and the two ways to begin: another tree, another person's code. Authors who are no
//! agents are led to their trees.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::source::neutralise_line;
use crate::store::{CaseId, CaseRow, Filter, Part, Queue, Role, Status, StoreError, moment};
use crate::tree::Audience;
use crate::web::markdown::{inline, plain};
use crate::web::state::{Today, Web};
use crate::web::trouble::Trouble;

use super::signed_in::SignedIn;
use super::{ago, case_address, page, token};

/// So many cases of a kind are shown, and so many trees and cases are offered for some words.
const MOST: u32 = 50;
const MOST_TREES: usize = 8;
const MOST_NAMED: u32 = 8;

/// What is looked for, and what is said above the queue.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    /// Somebody else has taken this case first.
    taken: Option<String>,
    /// This code is good for nothing.
    wrong_code: Option<String>,
}

impl Asked {
    /// The address of the queue that says so of a case.
    pub fn taken_by_others(case: &CaseId) -> String {
        format!("/desk?taken={}", case.as_str())
    }

    /// The address of the queue that says so of a code.
    pub fn with_wrong_code(code: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("wrong_code", code)
            .finish();
        format!("/desk?{query}")
    }

    fn words(&self) -> &str {
        self.q.trim()
    }
}

/// The queue.
pub async fn get(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Asked>,
    user: SignedIn,
) -> Result<Response, Trouble> {
    // Who only writes trees has no queue: this is not where they want to go.
    if !user.roles.allow(Role::Agent) && user.roles.allow(Role::Author) {
        return Ok(Redirect::to("/desk/trees").into_response());
    }
    user.must_be(Role::Agent)?;
    let queue = web.store.queue(&user.name, &user.teams, MOST).await?;
    let named = named(&web, asked.words()).await?;
    let list = List {
        web: &web,
        user: &user,
        today: &web.today(),
        now: moment().milliseconds(),
    };
    let main = html! {
        h1.visually-hidden { "What waits for you" }
        (list.begin(&asked, &named))
        div #queue data-refresh="/desk" { (list.queue(&queue)) }
    };
    Ok(page(Some(&user), &web, "Queue", main).response(list.today, StatusCode::OK))
}

/// The cases that somebody calls so: by the ticket, or by the whole name.
async fn named(web: &Web, words: &str) -> Result<Vec<CaseRow>, Trouble> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let of_ticket = Filter {
        ticket: Some(words.to_owned()),
        readable: true,
        limit: Some(MOST_NAMED),
        ..Filter::default()
    };
    let mut cases = web.store.cases_async(of_ticket).await?;
    if let Ok(case) = words.parse::<CaseId>() {
        match web.store.case_async(case.as_str()).await {
            Ok(case) if !case.is_erased => cases.insert(0, case),
            Ok(_) | Err(StoreError::NoSuchCase(_)) => {}
            Err(why) => return Err(why.into()),
        }
    }
    Ok(cases)
}

/// What the page is drawn from.
struct List<'l> {
    web: &'l Web,
    user: &'l SignedIn,
    today: &'l Today,
    /// In milliseconds since 1970.
    now: i64,
}

impl List<'_> {
    /// The two ways to begin.
    fn begin(&self, asked: &Asked, named: &[CaseRow]) -> Markup {
        let words = asked.words();
        let taken: Option<CaseId> = asked.taken.as_ref().and_then(|case| case.parse().ok());
        html! {
            @if let Some(case) = taken {
                p.notice role="status" { "Somebody else has taken case " code { (case) } " before you." }
            }
            div.begin {
                div {
                    form action="/desk" method="get" role="search" {
                        label.named for="q" { "Start a case" }
                        div.search {
                            input.text #q name="q" value=(words) type="search" placeholder="The trouble, in the caller’s words; or a ticket"
                                autocomplete="off" enterkeyhint="search" maxlength="200" data-find;
                            button.button.main { "Find" }
                        }
                    }
                    div #found aria-live="polite" { @if !words.is_empty() { (self.found(words, named)) } }
                }
                (self.take(asked.wrong_code.as_deref()))
            }
        }
    }

    fn take(&self, wrong: Option<&str>) -> Markup {
        html! {
            form.take action="/desk/take" method="post" {
                (token(self.user, self.web))
                label.named for="code" { "Take a case by its code" }
                div.search {
                    input.text #code name="code" value=[wrong] placeholder="7kx9-m2pq" autocomplete="off"
                        autocapitalize="none" spellcheck="false" maxlength="40" required
                        aria-invalid=[wrong.map(|_| "true")] aria-describedby=[wrong.map(|_| "code-wrong")];
                    button.button { "Take" }
                }
                @if wrong.is_some() {
                    p.misfit #code-wrong role="alert" { "This code is wrong, was used already, or is too old." }
                }
            }
        }
    }

    fn found(&self, words: &str, named: &[CaseRow]) -> Markup {
        let hits = self.today.search.find(words, Audience::Agent);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("q", words)
            .finish();
        html! {
            @if !named.is_empty() {
                ul.cases { @for case in named {
                    li.case { a.open href=(case_address(&case.id)) { (self.case(case)) } }
                } }
            }
            @if hits.is_empty() {
                @if named.is_empty() { p.hint { "Nothing fits these words. Try others." } }
            } @else {
                ul.hits { @for hit in hits.iter().take(MOST_TREES) {
                    @let tree = self.today.library.tree(hit.tree);
                    li { a.button href={ "/desk/t/" (tree.name) "?" (query) } {
                        span.words {
                            span.label { (inline(tree.about.title.0.source())) }
                            @if let Some(summary) = &tree.about.summary { span.hint { (inline(summary.0.source())) } }
                        }
                    } }
                } }
            }
        }
    }

    fn queue(&self, queue: &Queue) -> Markup {
        let is_due = |case: &&CaseRow| case.until.is_some_and(|until| until <= self.now);
        let (due, later): (Vec<&CaseRow>, Vec<&CaseRow>) =
            queue.parked.cases.iter().partition(is_due);
        let rest = queue.parked.total - queue.parked.cases.len() as u64;
        let open: Vec<&CaseRow> = queue.open.cases.iter().collect();
        let is_empty = due.is_empty() && later.is_empty() && open.is_empty();
        html! {
            div.lanes {
                div {
                    @if !due.is_empty() { (self.own("Due now", "due", &due, due.len() as u64)) }
                    @if !open.is_empty() { (self.own("Open", "open", &open, queue.open.total)) }
                    @if !later.is_empty() { (self.own("Parked", "parked", &later, later.len() as u64 + rest)) }
                    @if is_empty { (nothing_of_ones_own()) }
                }
                (self.handed_over(&queue.handed_over))
            }
        }
    }

    fn own(&self, title: &str, name: &str, cases: &[&CaseRow], total: u64) -> Markup {
        html! {
            section.lane aria-labelledby=(name) {
                h2 #(name) { (title) " " span.count { (total) } }
                ul.cases { @for case in cases {
                    li.case { a.open href=(case_address(&case.id)) { (self.case(case)) } }
                } }
                (more(cases.len(), total))
            }
        }
    }

    fn handed_over(&self, part: &Part) -> Markup {
        let names: Vec<String> = self.user.teams.iter().map(|team| self.team(team)).collect();
        html! {
            section.lane aria-labelledby="handed-over" {
                h2 #handed-over { "Handed over " span.count { (part.total) } }
                p.hint { @if names.is_empty() { "To all teams" } @else { "To " (names.join(", ")) } }
                @if part.cases.is_empty() { p { "Nothing waits. Well done." } }
                @else { ul.cases { @for case in &part.cases {
                    li.case {
                        a.open href=(case_address(&case.id)) { (self.case(case)) }
                        form method="post" action={ "/desk/queue/" (case.id.as_str()) "/take" } {
                            (token(self.user, self.web))
                            button.button { "Take" span.visually-hidden { " case " (case.id) } }
                        }
                    }
                } } }
                (more(part.cases.len(), part.total))
            }
        }
    }

    /// A case in a few words.
    fn case(&self, case: &CaseRow) -> Markup {
        html! {
            span.what {
                span.label {
                    @if let Some(priority) = case.priority {
                        span.priority data-priority=(priority) { span.visually-hidden { "Priority " } span aria-hidden="true" { "P" } (priority) } " "
                    }
                    (inline(&self.title(&case.tree)))
                }
                @if let Some(stands) = self.stands(case) { span.hint { (stands) } }
                span.about {
                    code { (case.id) }
                    @if let Some(ticket) = &case.ticket { span { (neutralise_line(ticket)) } }
                    @if let Some(team) = &case.team { span { (self.team(team)) } }
                    (self.when(case))
                }
            }
        }
    }

    fn when(&self, case: &CaseRow) -> Markup {
        let last = ago::told(case.last_at, self.now);
        html! {
            @match (case.status, case.until) {
                (Status::Parked, Some(until)) => span { "due " (ago::told(until, self.now)) },
                (Status::Parked, None) => span { "parked " (last) },
                (Status::HandedOver, _) => span { "handed over " (ago::told(case.waits_since.unwrap_or(case.last_at), self.now)) },
                (Status::Closed, _) => span { "closed " (last) },
                (Status::Open, _) => span { (last) },
            }
        }
    }

    fn title(&self, tree: &str) -> Arc<str> {
        match self.today.library.find(tree) {
            Some(id) => Arc::clone(self.today.library.tree(id).about.title.0.source()),
            None => tree.into(),
        }
    }

    /// What is asked where it stands, if today's tree still asks it.
    fn stands(&self, case: &CaseRow) -> Option<Markup> {
        let (tree, step) = case.stands.as_ref()?;
        let library = &self.today.library;
        let tree = library.tree(library.find(tree)?);
        let step = tree.step(tree.find(step)?);
        let text = step.ask.as_ref()?.0.source();
        // Facts are filled in where the case is open.
        (!text.contains("${")).then(|| inline(text))
    }

    fn team(&self, key: &str) -> String {
        let name = self
            .today
            .library
            .team(key)
            .and_then(|team| team.name.as_ref());
        name.map_or_else(|| key.to_owned(), |name| plain(name.0.source()))
    }
}

fn nothing_of_ones_own() -> Markup {
    html! {
        section.lane {
            h2 { "Yours" }
            p.hint { "You have no open case. Start one above, or take one that was handed over." }
        }
    }
}

fn more(shown: usize, total: u64) -> Markup {
    let rest = total.saturating_sub(shown as u64);
    html! { @if rest > 0 { p.hint { "and " (rest) " more" } } }
}
