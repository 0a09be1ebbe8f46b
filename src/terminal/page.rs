//! A prompt as lines: warnings first, what to do, the question, how to find out, then what is for agents. Both runners
//! show the same lines; how they are answered is the runners' business.

use std::time::Duration;

use crate::session::Outcome;
use crate::session::view::{
    AgentIncidentView, EndView, EscalationView, PromptKind, PublicMarkdown,
};

use super::card::Card;
use super::line::Line;
use super::markdown::{inline, render};
use super::style::{Role, Style};
use super::time::spoken;
use super::wrap::wrap_hanging;

/// How a page is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// How wide its texts may be.
    pub columns: usize,
    /// Whether agents' texts stand behind a bar; in plain text only their name marks them.
    pub bars: bool,
    /// Whether the help is shown.
    pub help: bool,
}

/// Everything that a prompt shows, blocks with an empty line between them.
pub fn page(card: &Card, layout: Layout) -> Vec<Line> {
    let mut page = Page {
        layout,
        lines: Vec::new(),
    };
    for warn in &card.view.warn {
        page.block(warning(warn.as_str(), layout));
    }
    if let Some(end) = &card.view.end {
        page.end(end);
    }
    page.told(card);
    if card.view.kind == PromptKind::Remedy {
        // The help is about what is to be done, and the check comes after it.
        page.aids(card);
        page.asked(card);
    } else {
        page.asked(card);
        page.aids(card);
    }
    page.agent(card);
    page.lines
}

/// What a prompt asks or says to do, and nothing else.
pub fn question(card: &Card, columns: usize) -> Vec<Line> {
    match (&card.view.ask, &card.view.instruction) {
        (Some(text), _) | (None, Some(text)) => render(text.as_str(), Role::Question, columns),
        (None, None) => Vec::new(),
    }
}

/// Known trouble: its title, what everybody may know, and for agents what to say.
pub fn incident(incident: &AgentIncidentView, is_agent: bool, columns: usize) -> Vec<Line> {
    let mut title = Line::of("Known trouble: ", Role::Warning);
    title.extend(&inline(incident.public.title.as_str(), Role::Warning));
    let mut lines = wrap_hanging(&title, columns, 2);
    if let Some(text) = &incident.public.text {
        lines.extend(render(text.as_str(), Role::Body, columns));
    }
    if let (true, Some(say)) = (is_agent, &incident.say) {
        let mut line = Line::of("Say: ", Role::Say);
        line.extend(&inline(say.as_str(), Role::Say));
        lines.extend(wrap_hanging(&line, columns, 2));
    }
    lines
}

struct Page {
    layout: Layout,
    lines: Vec<Line>,
}

impl Page {
    /// Adds lines with an empty one before them.
    fn block(&mut self, block: Vec<Line>) {
        if block.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.lines.extend(block);
    }

    fn text(&mut self, text: Option<&PublicMarkdown>, role: Role) {
        if let Some(text) = text {
            self.block(render(text.as_str(), role, self.layout.columns));
        }
    }

    fn named(&mut self, name: &str, text: Option<&PublicMarkdown>) {
        if let Some(text) = text {
            self.block(named(
                name,
                "",
                text.as_str(),
                Role::Body,
                Layout {
                    bars: false,
                    ..self.layout
                },
            ));
        }
    }

    fn end(&mut self, end: &EndView) {
        if let Some(outcome) = end.outcome {
            let (text, role) = headline(outcome, end);
            self.block(render(&text, role, self.layout.columns));
        } else {
            self.named("Fix", end.fix.as_ref());
        }
        self.named("Cause", end.cause.as_ref());
        self.named("To prevent it", end.prevent.as_ref());
    }

    fn told(&mut self, card: &Card) {
        let view = &card.view;
        if view.kind == PromptKind::Need {
            self.block(vec![Line::of(
                "Needed before the case is handed over:",
                Role::Quiet,
            )]);
        }
        self.text(view.instruction.as_ref(), Role::Body);
        if let Some(seconds) = view.takes_seconds {
            let takes = format!("Takes about {}.", spoken(Duration::from_secs(seconds)));
            self.block(vec![Line::of(&takes, Role::Quiet)]);
        }
        if !view.checklist.is_empty() {
            let items = view.checklist.iter().flat_map(|item| {
                let mut line = Line::of("☐ ", Role::Body);
                line.extend(&inline(item.as_str(), Role::Body));
                wrap_hanging(&line, self.layout.columns, 2)
            });
            self.block(items.collect());
        }
    }

    fn asked(&mut self, card: &Card) {
        self.text(card.view.ask.as_ref(), Role::Question);
    }

    fn aids(&mut self, card: &Card) {
        let view = &card.view;
        if self.layout.help
            && let Some(help) = &view.help
        {
            self.block(render(help.as_str(), Role::Quiet, self.layout.columns));
        }
        let mut aids = Vec::new();
        if let Some(image) = &view.image {
            let alt = image
                .alt
                .as_ref()
                .map(PublicMarkdown::as_str)
                .unwrap_or_default();
            aids.push(address("Picture", alt, &image.src));
        }
        if let Some(link) = &view.link {
            let label = link
                .label
                .as_ref()
                .map(PublicMarkdown::as_str)
                .unwrap_or_default();
            aids.push(address("More", label, &link.url));
        }
        for term in &view.terms {
            let meaning = inline(term.meaning.as_str(), Role::Quiet);
            let mut line = Line::of(&format!("{}: ", term.term), Role::Quiet);
            line.extend(&meaning);
            aids.push(line);
        }
        let aids = aids
            .iter()
            .flat_map(|line| wrap_hanging(line, self.layout.columns, 2))
            .collect();
        self.block(aids);
    }

    fn agent(&mut self, card: &Card) {
        if let Some(say) = &card.say {
            self.block(named("Say", "│ ", say.as_str(), Role::Say, self.layout));
        }
        if let Some(note) = &card.note {
            self.block(named(
                "Internal note",
                "│ ",
                note.as_str(),
                Role::Internal,
                self.layout,
            ));
        }
        if let (true, Some(escalation)) = (card.is_end(), &card.escalation) {
            let text = about(escalation);
            if !text.is_empty() {
                self.block(named(
                    "Internal note",
                    "│ ",
                    &text,
                    Role::Internal,
                    self.layout,
                ));
            }
        }
    }
}

/// What an end says first.
fn headline(outcome: Outcome, end: &EndView) -> (String, Role) {
    let text = |text: &Option<PublicMarkdown>| {
        text.as_ref()
            .map(PublicMarkdown::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    match outcome {
        Outcome::Resolved => {
            let fix = text(&end.fix);
            // The fix may be the first line of what was done, so it is no sentence about the trouble.
            let headline = match (end.confirmed, fix.is_empty()) {
                (true, true) => "**Solved**".to_owned(),
                (true, false) => format!("**Solved.** What helped: {fix}"),
                (false, true) => "**Done**".to_owned(),
                (false, false) => format!("**Done:** {fix}"),
            };
            (headline, Role::Good)
        }
        Outcome::Escalated => (format!("This goes to: {}", text(&end.team)), Role::Question),
        Outcome::Ended => (text(&end.text), Role::Question),
    }
}

/// What an agent needs to know to hand a case over, as Markdown.
fn about(escalation: &EscalationView) -> String {
    let mut parts = vec![format!("- Priority {} of 5", escalation.priority)];
    let mut add = |name: &str, text: Option<&str>| {
        parts.extend(text.map(|text| format!("- {name}: {text}")));
    };
    add(
        "Reason",
        escalation.reason.as_ref().map(|text| text.as_str()),
    );
    add("Tier", escalation.tier.as_ref().map(|text| text.as_str()));
    add(
        "Contact",
        escalation.contact.as_ref().map(|text| text.as_str()),
    );
    add("Hours", escalation.hours.as_ref().map(|text| text.as_str()));
    parts.join("\n")
}

/// Danger, behind a word, and a sign where signs are shown.
fn warning(text: &str, layout: Layout) -> Vec<Line> {
    let name = if layout.bars {
        "! Warning: "
    } else {
        "Warning: "
    };
    let mut lines = render(
        text,
        Role::Warning,
        layout.columns.saturating_sub(name.len()),
    );
    let mut before = name.to_owned();
    for line in &mut lines {
        let mut whole = Line::of(&before, Role::Warning);
        whole.extend(line);
        *line = whole;
        before = if layout.bars {
            " ".repeat(name.len())
        } else {
            String::new()
        };
    }
    lines
}

/// A text with its name in front: behind a bar in colour, or as `Say: …`.
fn named(name: &str, bar: &str, text: &str, role: Role, layout: Layout) -> Vec<Line> {
    if !layout.bars || bar.is_empty() {
        let mut lines = render(text, role, layout.columns.saturating_sub(name.len() + 2));
        if let Some(first) = lines.first_mut() {
            let mut line = Line::of(&format!("{name}: "), role);
            line.extend(first);
            *first = line;
        }
        return lines;
    }
    let strong = Style {
        strong: true,
        ..role.into()
    };
    let mut lines = vec![Line::of(bar, role).with(name, strong)];
    for text in render(text, role, layout.columns.saturating_sub(2)) {
        let mut line = Line::of(bar, role);
        line.extend(&text);
        lines.push(line);
    }
    lines
}

/// A picture or a page: what it is, and where.
fn address(name: &str, label: &str, url: &str) -> Line {
    let mut line = Line::of(&format!("{name}: "), Role::Quiet);
    if label.is_empty() {
        return line.with(url, Role::Link);
    }
    line.extend(&inline(label, Role::Quiet));
    line.with(" (", Role::Quiet)
        .with(url, Role::Link)
        .with(")", Role::Quiet)
}
