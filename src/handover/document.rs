//! The note as text and as Markdown: the same sections and lines, written in two ways.

use std::fmt::Write;

use crate::session::view::PassKind;
use crate::session::{Moment, Outcome, Source};
use crate::tree::{Audience, Channel};

use super::came::remark;
use super::note::{Known, LogLine, Note, StepNote};
use super::plain::escaped;

/// One section.
struct Section {
    title: &'static str,
    numbered: bool,
    lines: Vec<Line>,
}

/// A line: something, and what it is.
struct Line {
    label: String,
    value: String,
}

fn line(label: impl Into<String>, value: impl Into<String>) -> Line {
    Line {
        label: label.into(),
        value: value.into(),
    }
}

impl Note {
    /// The note as plain text, to be pasted into a ticket.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.headline());
        for line in self.head() {
            let _ = writeln!(text, "{}: {}", line.label, line.value);
        }
        for section in self.sections() {
            let _ = writeln!(text, "\n{}", section.title);
            for (at, line) in section.lines.iter().enumerate() {
                let mark = if section.numbered {
                    format!("{}.", at + 1)
                } else {
                    "-".to_owned()
                };
                let _ = writeln!(text, "{mark} {}", joined(&line.label, &line.value, false));
            }
        }
        text
    }

    /// The note as Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n\n", escaped(&self.headline()));
        for line in self.head() {
            let _ = writeln!(
                text,
                "- **{}:** {}",
                escaped(&line.label),
                escaped(&line.value)
            );
        }
        for section in self.sections() {
            let _ = writeln!(text, "\n## {}\n", section.title);
            for (at, line) in section.lines.iter().enumerate() {
                let mark = if section.numbered {
                    format!("{}.", at + 1)
                } else {
                    "-".to_owned()
                };
                let _ = writeln!(text, "{mark} {}", joined(&line.label, &line.value, true));
            }
        }
        text
    }

    /// The first line: how it went.
    pub fn headline(&self) -> String {
        let outcome = &self.outcome;
        let text = outcome.text.as_deref().unwrap_or(&self.problem.title);
        match outcome.outcome {
            Some(Outcome::Resolved) if outcome.confirmed => format!("Resolved: {text}"),
            Some(Outcome::Resolved) => format!("Resolved, not confirmed: {text}"),
            Some(Outcome::Ended) => format!("Ended without a fix: {text}"),
            Some(Outcome::Escalated) => {
                let team = outcome
                    .team_name
                    .as_deref()
                    .or(outcome.team.as_deref())
                    .unwrap_or("a team");
                let done = if outcome.state == "handed_over" {
                    "Handed over"
                } else {
                    "To hand over"
                };
                format!(
                    "{done} to {team}, priority {}",
                    outcome.priority.unwrap_or(3)
                )
            }
            None if outcome.state == "parked" => match outcome.parked_until {
                Some(until) => format!("Parked until {}", day_and_clock(until)),
                None => "Parked".to_owned(),
            },
            None if outcome.state == "handed_over" => "Handed over before the end".to_owned(),
            None => "Not finished".to_owned(),
        }
    }

    /// The lines below the headline.
    fn head(&self) -> Vec<Line> {
        let (problem, outcome) = (&self.problem, &self.outcome);
        let team = [
            &outcome.team,
            &outcome
                .tier
                .as_deref()
                .map(|tier| format!("tier {tier}").into()),
        ];
        let team: Vec<&str> = team.into_iter().flatten().map(|part| &**part).collect();
        let mut lines = Vec::new();
        let mut add = |label: &str, value: Option<String>| {
            lines.extend(
                value
                    .filter(|value| !value.is_empty())
                    .map(|value| line(label, value)),
            );
        };
        add("Reason", outcome.reason.clone());
        add("Team", Some(team.join(", ")));
        add("Contact", outcome.contact.clone());
        add("Hours", outcome.hours.clone());
        add("Stands at", outcome.stands_at.clone());
        add("Cause", outcome.cause.clone());
        add("To keep it from coming back", outcome.prevent.clone());
        add(
            "Problem",
            Some(format!("{} ({})", problem.title, problem.tree)),
        );
        add("Now in", problem.now_in.as_deref().map(str::to_owned));
        add(
            "Caller's words",
            problem.words.as_ref().map(|words| format!("“{words}”")),
        );
        add("Ticket", problem.ticket.clone());
        add("Case", problem.case.clone());
        add(
            "Goes on with",
            problem.case_before.as_deref().map(str::to_owned),
        );
        add("Walked", Some(self.walked()));
        lines
    }

    /// Who, how, when and for how long.
    fn walked(&self) -> String {
        let who = match (self.problem.audience, &self.problem.by) {
            (Audience::Agent, Some(by)) => format!("by {by}"),
            (Audience::Agent, None) => "by an agent".to_owned(),
            (Audience::Customer, _) => "by the customer".to_owned(),
        };
        let how = match self.problem.channel {
            Channel::Phone => "by phone",
            Channel::Chat => "by chat",
            Channel::Email => "by e-mail",
            Channel::InPerson => "in person",
            Channel::SelfService => "by self-service",
        };
        let when = self
            .times
            .started
            .map(|started| format!(", {}", day_and_clock(started)));
        let waited = match self.times.waited {
            0..60 => String::new(),
            seconds => format!(", and {} put aside", took(seconds)),
        };
        format!(
            "{who}, {how}{}, {}{waited}",
            when.unwrap_or_default(),
            took(self.times.seconds)
        )
    }

    fn sections(&self) -> Vec<Section> {
        let missing = self.missing().map(|needed| line(&needed.ask, "not known"));
        let needed = self
            .needs
            .iter()
            .filter_map(|need| Some(known_line(&need.ask, need.value.as_ref()?, need.source)));
        let facts = self
            .facts
            .iter()
            .filter(|fact| !self.is_told_elsewhere(fact))
            .map(fact_line);
        let all = [
            ("Missing for the next team", false, missing.collect()),
            ("What the next team needs", false, needed.collect()),
            ("Known", false, facts.collect()),
            (
                "Done in the case before, which was not solved after all",
                true,
                self.step_lines(&self.done_in_case_before),
            ),
            ("What was done", true, self.step_lines(&self.steps)),
            (
                "Done before going back",
                false,
                self.step_lines(&self.done_before_going_back),
            ),
            ("Log", false, self.log_lines()),
        ];
        let sections = all
            .into_iter()
            .map(|(title, numbered, lines): (_, _, Vec<Line>)| Section {
                title,
                numbered,
                lines,
            });
        sections
            .filter(|section| !section.lines.is_empty())
            .collect()
    }

    /// The log, without an end of it that only repeats the headline. The day is told where it is not that on which the
    /// case began.
    fn log_lines(&self) -> Vec<Line> {
        let began = self.times.started.map(Moment::day);
        let repeats = |entry: &LogLine| matches!(entry.kind, "closed" | "handed_over" | "parked");
        let told = match self.log.split_last() {
            Some((last, rest)) if repeats(last) => rest,
            _ => &self.log,
        };
        let when = |at: Moment| {
            if began == Some(at.day()) {
                at.clock()
            } else {
                day_and_clock(at)
            }
        };
        told.iter()
            .map(|entry| line(when(entry.at), &*entry.text))
            .collect()
    }

    /// Step facts are the answers among the steps, and what the team needs has its own section.
    fn is_told_elsewhere(&self, fact: &Known) -> bool {
        fact.tree.is_some() || self.needs.iter().any(|need| need.fact == fact.name)
    }

    /// Steps of another tree than that of the line before say so. What was known and what the next team needs is told
    /// above.
    fn step_lines(&self, steps: &[StepNote]) -> Vec<Line> {
        let mut tree = &self.problem.tree;
        let asked = steps
            .iter()
            .filter(|step| !step.was_known() && step.kind != PassKind::Need);
        asked
            .map(|step| {
                let moved = step.tree != *tree;
                tree = &step.tree;
                let label = if moved {
                    format!("[{}] {}", step.title, step.what)
                } else {
                    step.what.clone()
                };
                line(label, &*step.came)
            })
            .collect()
    }
}

fn fact_line(fact: &Known) -> Line {
    known_line(&fact.ask, &fact.value, Some(fact.source))
}

/// What is known, with where it came from if nobody was asked.
fn known_line(ask: &str, value: &str, source: Option<Source>) -> Line {
    let value = match source.and_then(remark) {
        Some(remark) => format!("{value} ({remark})"),
        None => value.to_owned(),
    };
    line(ask, value)
}

/// "Is it on? yes", "Restart it: done". In Markdown the value is what stands out.
fn joined(label: &str, value: &str, markdown: bool) -> String {
    let label = label.trim_end_matches(['.', ':']);
    let between = if label.ends_with(['?', '…', '!']) {
        " "
    } else {
        ": "
    };
    if markdown {
        format!("{}{between}**{}**", escaped(label), escaped(value))
    } else {
        format!("{label}{between}{value}")
    }
}

fn day_and_clock(moment: Moment) -> String {
    format!("{} {}", moment.day(), moment.clock())
}

/// How long something took, in words.
fn took(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, _) => format!("{minutes} min"),
        (hours, minutes, _) if hours < 24 => format!("{hours} h {minutes} min"),
        (hours, _, _) => format!("{} d {} h", hours / 24, hours % 24),
    }
}
