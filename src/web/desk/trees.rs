//! `GET /desk/trees`: all trees for their authors, how they do, what is wrong with them; the versions that cases are on.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::live::Trouble as Unread;
use crate::source::Sources;
use crate::stats::{Report, Share, TreeReport, numbers};
use crate::store::{Role, Version, moment};
use crate::tree::Tree;
use crate::web::counted::Figures;
use crate::web::markdown::plain;
use crate::web::quoted::quoted;
use crate::web::state::{Today, Web};
use crate::web::trouble::Trouble;

use super::signed_in::SignedIn;
use super::{ago, page};

/// So many errors of the files on the disk are shown.
const MOST_ERRORS: usize = 20;
/// So much of a version's hash tells it from others.
const SHORT: usize = 12;

/// All trees.
pub async fn get(State(web): State<Arc<Web>>, user: SignedIn) -> Result<Response, Trouble> {
    user.must_be(Role::Author)?;
    let today = web.today();
    let figures = web.counted.soon(&today.library).await?;
    let said = web.store.feedback_async(None).await?;
    let mut feedback: HashMap<Arc<str>, usize> = HashMap::new();
    for said in said {
        *feedback.entry(said.tree).or_default() += 1;
    }
    let versions = web.store.versions().await?;
    let main = html! {
        h1 { "Trees" }
        div #trees-now data-refresh="/desk/trees" {
            (banner(&web))
            (counted_when(figures.as_ref()))
            (table(&today, figures.as_ref().map(|figures| &*figures.report), &feedback))
            (in_use(&today, &versions))
        }
    };
    Ok(page(Some(&user), &web, "Trees", main).response(&today, StatusCode::OK))
}

/// How old the figures are.
pub fn counted_when(figures: Option<&Figures>) -> Markup {
    html! {
        p.hint {
            @match figures {
                None => "The cases are being counted for the first time: the figures come here in a moment.",
                Some(figures) => {
                    "Counted " (ago::told(figures.at, moment().milliseconds())) "."
                    @if figures.is_counting { " Being counted anew." }
                },
            }
        }
    }
}

/// Says that the files on the disk are not what is served, and why.
pub fn banner(web: &Web) -> Markup {
    let Some(unread) = web.live.trouble() else {
        return html! {};
    };
    let Unread {
        message,
        findings,
        sources,
    } = &*unread;
    html! {
        section.incident role="status" aria-labelledby="unread" {
            h2 #unread { "The last good trees are served: " (message) }
            p { "Cases go on as before. Mend what is named here; the trees are read again as soon as a file is saved." }
            (list(findings.iter().take(MOST_ERRORS), sources))
            @if findings.len() > MOST_ERRORS { p { "And " (findings.len() - MOST_ERRORS) " more: run " code { "fixpath check" } "." } }
        }
    }
}

/// Findings with file and line, as `fixpath check` names them.
pub fn list<'f>(findings: impl Iterator<Item = &'f Diagnostic>, sources: &Sources) -> Markup {
    html! {
        ul.findings { @for finding in findings {
            @let file = sources.file(finding.primary.place.file);
            @let is_error = finding.severity == Severity::Error;
            li data-severity=(if is_error { "error" } else { "warning" }) {
                code { (file.path()) ":" (file.line_of(finding.primary.place.span.start)) }
                " " strong { (if is_error { "Error" } else { "Warning" }) } " "
                (quoted(&finding.message))
                @if let Some(help) = &finding.help { span.hint { (quoted(help)) } }
                span.hint { code { (finding.code.name()) } }
            }
        } }
    }
}

fn table(today: &Today, report: Option<&Report>, feedback: &HashMap<Arc<str>, usize>) -> Markup {
    html! {
        div.wide role="region" aria-label="Trees" tabindex="0" {
            table {
                thead { tr {
                    th scope="col" { "Tree" }
                    th.number scope="col" { "Cases" }
                    th.number scope="col" { "Solved" }
                    th.number scope="col" { "Handed over" }
                    th.number scope="col" { "Unfinished" }
                    th.number scope="col" { "Feedback" }
                    th.number scope="col" { "Findings" }
                } }
                tbody { @for tree in most_used_first(today, report) {
                    @let counted = report.and_then(|report| report.tree(&tree.name));
                    @let findings = findings_of(today, &tree.name).count();
                    tr {
                        th scope="row" {
                            a href={ "/desk/trees/" (tree.name) } { (plain(tree.about.title.0.source())) }
                            span.hint { (tree.name) }
                        }
                        (counts(counted))
                        td.number { (some(feedback.get(&tree.name).copied().unwrap_or_default() as u64)) }
                        td.number { (some(findings as u64)) }
                    }
                } }
            }
        }
        @if !today.left_out.is_empty() {
            p.warn { "Not served, because they or trees that they lead to have errors: " (today.left_out.join(", ")) "." }
        }
    }
}

/// By how many cases began there, else by name.
fn most_used_first<'t>(today: &'t Today, report: Option<&Report>) -> Vec<&'t Tree> {
    let mut trees: Vec<&Tree> = today.library.trees.iter().map(AsRef::as_ref).collect();
    let counted = |tree: &Tree| report.and_then(|report| report.tree(&tree.name));
    let cases = |tree: &Tree| counted(tree).map_or(0, |tree| tree.totals.cases);
    trees.sort_by_key(|tree| std::cmp::Reverse(cases(tree)));
    trees
}

fn counts(counted: Option<&TreeReport>) -> Markup {
    let Some(totals) = counted.map(|tree| &tree.totals) else {
        return html! { @for _ in 0..4 { td.number { "–" } } };
    };
    let solved = totals.confirmed + totals.claimed;
    let share = Share::of(solved, totals.cases);
    html! {
        td.number { (some(totals.cases)) }
        td.number { @match share {
            Some(share) => span title=(numbers::share(&share)) { (numbers::percent(share.share)) },
            None => (some(solved)),
        } }
        td.number { (some(totals.escalated)) }
        td.number { (some(totals.open + totals.parked)) }
    }
}

/// A number; none is a dash, so that what is there stands out.
pub fn some(number: u64) -> String {
    match number {
        0 => "–".to_owned(),
        number => numbers::count(number),
    }
}

/// The findings of a tree's file.
pub fn findings_of<'t>(
    today: &'t Today,
    tree: &str,
) -> impl Iterator<Item = &'t Diagnostic> + use<'t> {
    let file = today.file(tree);
    let findings = today.findings.iter();
    findings.filter(move |finding| Some(finding.primary.place.file) == file)
}

/// The beginning of a version's hash, and whether it is served.
pub fn version_name(version: &Version, today: &Today) -> Markup {
    html! {
        code title=(version.hash) { (version.hash.get(..SHORT).unwrap_or(&version.hash)) }
        @if version.hash == *today.library.hash() { " " span.count { "served now" } }
    }
}

/// The versions that cases are on.
fn in_use(today: &Today, versions: &[Version]) -> Markup {
    let now = moment().milliseconds();
    html! {
        h2 { "Versions in use" }
        p.hint { "A case is walked on with the trees that it began with, whatever becomes of the files." }
        @if versions.is_empty() { p.hint { "No case has begun yet." } } @else {
            div.wide role="region" aria-label="Versions" tabindex="0" {
                table {
                    thead { tr {
                        th scope="col" { "Version" }
                        th scope="col" { "First used" }
                        th.number scope="col" { "Cases" }
                        th.number scope="col" { "Not closed" }
                    } }
                    tbody { @for version in versions {
                        tr {
                            th scope="row" { (version_name(version, today)) }
                            td { (ago::told(version.kept_at, now)) }
                            td.number { (some(version.cases)) }
                            td.number { (some(version.unfinished)) }
                        }
                    } }
                }
            }
        }
    }
}
