//! Ends: as steps, written in place, made of a remedy's words, and `stuck`.

use std::sync::Arc;

use crate::condition::{FactType, Text};
use crate::diagnostic::{Code, nearest};
use crate::syntax::{EndKind, EndNode, Level as WrittenLevel, RemedyNode, Word};
use crate::tree::{End, Level, Priority, PublicText, StepId, StepKind};

use super::edges::suggest;
use super::link::Linker;
use super::misdeclared_fact::Blamed;
use super::way::{Way, after_fix};

impl<'a> Linker<'_, 'a> {
    /// An end written in place.
    pub fn end(&mut self, id: StepId, end: &'a EndNode) {
        self.end_kind(id, end);
        if let Some(edge) = after_fix(end) {
            self.way(id, Way::No, edge);
        }
    }

    /// What an end is and shows; its edge is the caller's business.
    pub fn end_kind(&mut self, id: StepId, end: &EndNode) {
        let instruction = self.public(end.instruction.as_ref());
        let shown = self.shown(end.shown.as_deref());
        let kind = self.end_of(&end.kind);
        self.change(id, |node| {
            node.instruction = instruction;
            node.shown = shown;
            node.kind = StepKind::End(Box::new(kind));
        });
    }

    fn end_of(&mut self, end: &EndKind) -> End {
        match end {
            EndKind::Fix {
                what,
                cause,
                prevent,
                no: _,
            } => End::Fix {
                what: PublicText(self.text(what)),
                cause: self.public(cause.as_ref()),
                prevent: self.public(prevent.as_ref()),
                remedy: false,
            },
            EndKind::Escalate {
                team,
                reason,
                impact,
                urgency,
                priority,
                needs,
            } => {
                let levels = (
                    impact.as_ref().map(|level| level_of(level.value)),
                    urgency.as_ref().map(|level| level_of(level.value)),
                );
                self.team(team);
                End::Escalate {
                    team: Arc::clone(&team.value),
                    reason: self.agent(reason.as_ref()),
                    priority: priority_of(priority.as_ref().map(|number| number.value), levels),
                    needs: needs.iter().filter_map(|name| self.need(name)).collect(),
                }
            }
            EndKind::Information { text } => End::Information {
                text: PublicText(self.text(text)),
            },
            EndKind::Return { value } => End::Return {
                value: Arc::clone(&value.value),
            },
        }
    }

    /// A team that the library file does not declare is reported.
    fn team(&mut self, team: &Word) {
        let (word, span) = (&*team.value, team.span);
        let shared = self.shared;
        let Some(teams) = &shared.teams else {
            return;
        };
        if teams.contains(word) || shared.library_may_name(word) {
            return;
        }
        let near = self.guess(teams.len());
        let near = near.and_then(|()| nearest(word, teams.iter().copied()));
        let finding = self.finding(
            Code::UnknownTeam,
            span,
            format!("no team is named `{word}`"),
        );
        let finding = match near {
            None => finding.help("declare it under `teams:` in the library file"),
            near => suggest(finding, span, near),
        };
        self.report(finding);
    }

    /// A fact of `needs:`.
    fn need(&mut self, name: &Word) -> Option<u32> {
        let (at, declaration) = self.shared_fact(name)?;
        if matches!(&declaration.kind, FactType::Text(spec) if spec.secret) {
            let finding = self
                .finding(
                    Code::BadValue,
                    name.span,
                    format!("`{}` is a secret and cannot be handed over", name.value),
                )
                .help("take it out of `needs`");
            self.report(finding);
            return None;
        }
        if declaration.ask.is_none() {
            // It is asked for before the case is handed over; only the declaration can say how.
            let finding = self.finding(Code::MissingKey, name.span, "");
            self.blame(&name.value, &finding, Blamed::Ask);
        }
        Some(at)
    }

    /// The fix of a remedy that does not bring its own: its label, else the first line of its `do`.
    pub fn remedy_fix(&mut self, id: StepId, instruction: Option<&Word>, remedy: &RemedyNode) {
        let what = match (&remedy.label, instruction) {
            (Some(label), _) => self.quietly(&label.value),
            (None, Some(instruction)) => self.quietly(first_line(&instruction.value)),
            (None, None) => Text::literal(""),
        };
        let cause = remedy
            .cause
            .as_ref()
            .map(|cause| PublicText(self.quietly(&cause.value)));
        let end = End::Fix {
            what: PublicText(what),
            cause,
            prevent: None,
            remedy: true,
        };
        self.set_kind(id, StepKind::End(Box::new(end)));
    }

    /// A text whose mistakes are reported elsewhere.
    fn quietly(&mut self, source: &str) -> Text {
        let parsed = Text::parse(source);
        let mut look_up = |name: &str| self.look_up(name);
        parsed
            .resolve(&mut look_up)
            .unwrap_or_else(|_| Text::literal(source))
    }

    /// The exit that every step offers: the tree's, else the library's.
    pub fn stuck(&mut self, id: StepId) {
        let script = self.script;
        if let Some(end) = &script.stuck {
            return self.end(id, end);
        }
        if let Some(stuck) = &self.shared.stuck {
            return self.change(id, |node| {
                node.kind = stuck.kind.clone();
                node.instruction.clone_from(&stuck.instruction);
                node.shown.clone_from(&stuck.shown);
            });
        }
        self.no_stuck();
        let end = End::Escalate {
            team: "?".into(),
            reason: None,
            priority: Priority::Unstated,
            needs: Box::default(),
        };
        self.set_kind(id, StepKind::End(Box::new(end)));
    }

    fn no_stuck(&mut self) {
        let library = self.shared.library_script.map(|library| library.file);
        let mut files = library.into_iter().chain([self.script.file]);
        if files.any(|file| self.shared.gives_stuck(file)) {
            return;
        }
        let title = self.script.title.as_ref().map(|title| title.span);
        if title.is_none() && self.script.steps.is_empty() {
            return; // The file holds no tree, as has been reported.
        }
        let finding = self
            .finding(
                Code::NoStuck,
                title.unwrap_or_default(),
                "nothing says where somebody goes who cannot go on",
            )
            .label("this tree has no `stuck`, nor has the library")
            .help("add `stuck: {escalate: TEAM, reason: …}` to this tree, or to the library file for all trees");
        self.report(finding);
    }
}

/// The first line that says something, without the mark of a list or a heading in front.
fn first_line(text: &str) -> &str {
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty()).unwrap_or_default();
    let Some((mark, rest)) = line.split_once(' ') else {
        return line;
    };
    let is_number =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let is_mark = matches!(mark, "-" | "*" | "+")
        || mark.bytes().all(|byte| byte == b'#')
        || mark.strip_suffix(['.', ')']).is_some_and(is_number);
    if is_mark { rest.trim_start() } else { line }
}

const fn level_of(level: WrittenLevel) -> Level {
    match level {
        WrittenLevel::High => Level::High,
        WrittenLevel::Medium => Level::Medium,
        WrittenLevel::Low => Level::Low,
    }
}

const fn priority_of(number: Option<u8>, levels: (Option<Level>, Option<Level>)) -> Priority {
    match (number, levels) {
        (Some(number), _) => Priority::Fixed(number),
        (None, (None, None)) => Priority::Unstated,
        (None, (impact, urgency)) => Priority::Levels { impact, urgency },
    }
}
