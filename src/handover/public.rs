//! The note for the customer: what was found out and done, and how it goes on. It is made of what everybody may see, of
//! types that cannot hold a text for agents.

use std::fmt::Write;

use serde::Serialize;
use utoipa::ToSchema;

use crate::session::view::{EndView, PassKind, PublicMarkdown, TrailView};
use crate::session::{Outcome, Prompt, Session, Source};

use super::came::{came_bare, came_before, what};
use super::plain::{escaped, line, lines};

/// A note for the customer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PublicNote {
    /// The problem's title.
    pub title: String,
    /// The case's name, where it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The code by which an agent goes on with it, where it waits for one and is known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// How it went; none while it goes on.
    pub outcome: Option<Outcome>,
    /// Whether the customer said that it is solved.
    pub confirmed: bool,
    /// How it went, in a sentence.
    pub summary: String,
    /// What comes next, line by line, while it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// What is to be done or known at the end, line by line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instruction: Option<String>,
    /// How to keep it from coming back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prevent: Option<String>,
    /// Where to read more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What was done together.
    pub steps: Vec<PublicStep>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublicStep {
    /// What.
    pub what: String,
    /// What came of it.
    pub came: String,
}

impl PublicNote {
    /// The note for the customer of a case as it stands.
    pub fn of(session: &Session) -> Self {
        let end = session.end_view();
        let view = Some(session.last_view()).filter(|view| view.end.is_some());
        let markdown = |text: &PublicMarkdown| line(text.as_str());
        let link = view.as_ref().and_then(|view| view.link.as_ref());
        let trail = session.trail();
        Self {
            title: trail
                .first()
                .map(|visit| line(visit.title.as_str()))
                .unwrap_or_default(),
            case: None,
            code: None,
            ticket: session
                .started()
                .and_then(|started| started.ticket.as_deref())
                .map(super::plain::typed),
            outcome: end.as_ref().and_then(|end| end.outcome),
            confirmed: end.as_ref().is_some_and(|end| end.confirmed),
            summary: end
                .as_ref()
                .map_or_else(|| "We are not done yet.".to_owned(), summary),
            next: if end.as_ref().is_some_and(|end| end.outcome.is_some()) {
                None
            } else {
                Some(next(session)).filter(|next| !next.is_empty())
            },
            instruction: view
                .as_ref()
                .and_then(|view| view.instruction.as_ref())
                .map(|text| lines(text.as_str())),
            prevent: end
                .as_ref()
                .and_then(|end| end.prevent.as_ref())
                .map(markdown),
            link: link.map(|link| link.url.to_string()),
            steps: steps(session, &trail),
        }
    }

    /// The note as plain text.
    pub fn text(&self) -> String {
        self.written(|text| text.to_owned())
    }

    /// The note as Markdown.
    pub fn markdown(&self) -> String {
        self.written(escaped)
    }

    fn written(&self, show: fn(&str) -> String) -> String {
        let mut text = String::new();
        let ticket = self.ticket.as_ref().map(|ticket| format!(" ({ticket})"));
        // Writing to a String does not fail.
        let _ = writeln!(
            text,
            "{}\n",
            show(&format!("{}{}", self.title, ticket.unwrap_or_default()))
        );
        let _ = writeln!(text, "{}", show(&self.summary));
        for said in [&self.instruction, &self.prevent].into_iter().flatten() {
            let _ = writeln!(text, "\n{}", paragraphs(said, show));
        }
        if let Some(next) = &self.next {
            let _ = writeln!(text, "\nWhat is next: {}", paragraphs(next, show));
        }
        if let Some(link) = &self.link {
            let _ = writeln!(text, "\nMore about it: {link}");
        }
        if !self.steps.is_empty() {
            let _ = writeln!(text, "\nWhat we have done:\n");
        }
        for step in &self.steps {
            let _ = writeln!(text, "- {}", show(&step.line()));
        }
        if let Some(case) = &self.case {
            let _ = writeln!(text, "\nCase {case}");
        }
        text
    }
}

impl PublicStep {
    /// As one line.
    pub(super) fn line(&self) -> String {
        let what = self.what.trim_end_matches(['.', ':']);
        let between = if what.ends_with('…') { " " } else { ": " };
        format!("{what}{between}{}", self.came)
    }
}

/// Each line as a paragraph of its own.
fn paragraphs(lines: &str, show: fn(&str) -> String) -> String {
    lines.lines().map(show).collect::<Vec<_>>().join("\n\n")
}

/// What comes next in a case that goes on, line by line: when, or what is to be done and asked.
fn next(session: &Session) -> String {
    match session.prompt() {
        Prompt::Parked(Some(until)) => {
            return format!("We go on with it on {}, {}.", until.day(), until.clock());
        }
        Prompt::Parked(None) => return "We go on with it later.".to_owned(),
        Prompt::HandedOver(_) => return "A colleague goes on with it.".to_owned(),
        _ => {}
    }
    let view = session.last_view();
    let fix = view.end.as_ref().and_then(|end| end.fix.as_ref());
    let said = [fix, view.instruction.as_ref(), view.ask.as_ref()];
    let said = said.into_iter().flatten().map(|text| lines(text.as_str()));
    said.collect::<Vec<_>>().join("\n")
}

fn summary(end: &EndView) -> String {
    let said = |text: &Option<PublicMarkdown>| text.as_ref().map(|text| line(text.as_str()));
    let fix = said(&end.fix)
        .map(|fix| format!(" {fix}"))
        .unwrap_or_default();
    match (end.outcome, end.confirmed) {
        (Some(Outcome::Resolved), true) => format!("The problem is solved.{fix}"),
        (Some(Outcome::Resolved), false) => format!("The problem should be solved.{fix}"),
        (Some(Outcome::Escalated), _) => {
            let team = said(&end.team).unwrap_or_else(|| "Another team".to_owned());
            format!("{team} takes over. You will not have to repeat any of this.")
        }
        (Some(Outcome::Ended), _) => said(&end.text).unwrap_or_default(),
        (None, _) => "We are not done yet.".to_owned(),
    }
}

/// What was done, in the case before too; what is only known to have been tried there is told once.
fn steps(session: &Session, trail: &[TrailView]) -> Vec<PublicStep> {
    let before = session.done_in_case_before();
    let before = before.iter().filter_map(|visit| {
        Some(PublicStep {
            what: what(visit),
            came: came_before(visit)?,
        })
    });
    let now = trail
        .iter()
        .filter(|visit| visit.source != Some(Source::Before));
    before.chain(now.filter_map(done)).collect()
}

/// What was done, without the questions in between.
fn done(visit: &TrailView) -> Option<PublicStep> {
    match visit.kind {
        PassKind::Remedy | PassKind::Instruction => Some(PublicStep {
            what: what(visit),
            came: came_bare(visit)?,
        }),
        _ => None,
    }
}
