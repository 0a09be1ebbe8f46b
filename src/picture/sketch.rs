//! What is drawn of a tree: which nodes, with which words, joined by which lines. The ways that the compiler made are
//! drawn as an author thinks of them: the remedies of a `try` as a chain, a remedy's own fix as a small tick.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Walked, Warmth};
use crate::tree::{Arm, Edge, End, Library, QuestionKind, Step, StepId, StepKind, Tree};

/// Kinds of nodes, told apart by shape and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Shape {
    Question,
    Instruction,
    Remedy,
    Branch,
    Try,
    Call,
    Leave,
    Fix,
    /// A remedy's own fix: nothing but a tick.
    Tick,
    Escalation,
    Information,
    Return,
}

impl Shape {
    /// The word for it, in JSON and in class names.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Instruction => "instruction",
            Self::Remedy => "remedy",
            Self::Branch => "branch",
            Self::Try => "try",
            Self::Call => "call",
            Self::Leave => "leave",
            Self::Fix => "fix",
            Self::Tick => "fixed",
            Self::Escalation => "escalation",
            Self::Information => "information",
            Self::Return => "return",
        }
    }
}

/// One node of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// The step's name; of a `stuck` drawn at each place that leads there, `STEP.stuck`.
    pub name: String,
    /// Its kind.
    pub shape: Shape,
    /// Shown small above the words: a name that the author gave.
    pub heading: Option<String>,
    /// The words.
    pub text: String,
    /// Those of them that stand in the sign: of what is to be done in several steps, the first line.
    pub brief: String,
    /// What was counted here, if that is drawn.
    pub heat: Option<Warmth>,
    /// Whether a case came here, if that is drawn.
    pub walked: Walked,
}

/// One line of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Index of the sign where it begins.
    pub from: usize,
    /// Index of the sign where it ends.
    pub to: usize,
    /// What takes it; several ways to one place are one line, their words in order.
    pub labels: Vec<String>,
    /// How many cases went this way, if that is drawn and known.
    pub cases: Option<u64>,
    /// How wide that is drawn: 0 where nobody went, then 1 to 4.
    pub level: usize,
    /// Whether a case went this way, if that is drawn.
    pub is_walked: bool,
}

/// A tree reduced to what is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The tree's name.
    pub tree: String,
    /// Its title.
    pub title: String,
    /// The nodes; the first is the start.
    pub signs: Vec<Sign>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Which cases were counted, if that is drawn.
    pub caption: Option<String>,
    /// The way of a case in words, if it is drawn.
    pub way: Option<String>,
}

impl Sketch {
    /// Draws every node but `stuck`, which stands only where the author led to it.
    pub fn of(library: &Library, tree: &Tree) -> Self {
        let mut drawing = Drawing {
            library,
            tree,
            places: HashMap::new(),
            signs: Vec::new(),
            lines: Vec::new(),
        };
        drawing.place(tree.start());
        let steps = || {
            tree.steps()
                .map(|(id, _)| id)
                .filter(|id| *id != tree.stuck())
        };
        for id in steps() {
            drawing.place(id);
        }
        for id in steps() {
            drawing.draw_edges(id);
        }
        Self {
            tree: tree.name.to_string(),
            title: tree.about.title.0.source().to_string(),
            signs: drawing.signs,
            lines: drawing.lines,
            caption: None,
            way: None,
        }
    }
}

/// A picture under construction.
struct Drawing<'a> {
    library: &'a Library,
    tree: &'a Tree,
    places: HashMap<StepId, usize>,
    signs: Vec<Sign>,
    lines: Vec<Line>,
}

impl Sign {
    /// What was counted here, as lines.
    pub(super) fn counts(&self) -> &[String] {
        self.heat.as_ref().map_or(&[], |heat| &heat.words)
    }
}

impl Line {
    /// The words on it: what takes it, and how many went.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words = self.labels.clone();
        if let Some(cases) = self.cases {
            match words.last_mut() {
                Some(last) => last.push_str(&format!(" ({cases})")),
                None => words.push(format!("({cases})")),
            }
        }
        words
    }
}

impl Drawing<'_> {
    /// The sign of a step, drawn when first asked for.
    fn place(&mut self, id: StepId) -> usize {
        if let Some(place) = self.places.get(&id) {
            return *place;
        }
        let sign = self.sign(self.tree.step(id));
        self.signs.push(sign);
        self.places.insert(id, self.signs.len() - 1);
        self.signs.len() - 1
    }

    /// The lines out of a step. Of a `try`'s ways to its remedies only the first is drawn: the others lead around what
    /// is left out.
    fn draw_edges(&mut self, id: StepId) {
        let from = self.place(id);
        let step = self.tree.step(id);
        let has_conditions = self
            .tree
            .edges(id)
            .any(|(_, edge, _)| matches!(edge.arm, Arm::Next(Some(_))));
        let edges = self.tree.edges(id).enumerate();
        let drawn = edges.filter(|(at, (_, edge, _))| *at == 0 || !matches!(edge.arm, Arm::Skip));
        let drawn: Vec<(StepId, String)> = drawn
            .map(|(_, (_, edge, to))| (to, label(step, edge, has_conditions)))
            .collect();
        let mut stuck = None;
        for (to, label) in drawn {
            let to = if to == self.tree.stuck() {
                *stuck.get_or_insert_with(|| self.stuck_beside(from))
            } else {
                self.place(to)
            };
            self.draw_line(from, to, label);
        }
    }

    /// `stuck` is drawn beside each step that leads there: one sign for all would draw lines across the whole picture.
    fn stuck_beside(&mut self, from: usize) -> usize {
        let name = self
            .signs
            .get(from)
            .map(|sign| format!("{}.stuck", sign.name))
            .unwrap_or_default();
        let sign = self.sign(self.tree.step(self.tree.stuck()));
        self.signs.push(Sign {
            name,
            heading: Some("stuck".to_owned()),
            ..sign
        });
        self.signs.len() - 1
    }

    fn draw_line(&mut self, from: usize, to: usize, label: String) {
        // A step's lines are drawn one after the other, so its earlier ones are the last.
        let own = self
            .lines
            .iter_mut()
            .rev()
            .take_while(|line| line.from == from);
        let label = (!label.is_empty()).then_some(label);
        match own.into_iter().find(|line| line.to == to) {
            Some(line) => line.labels.extend(label),
            None => self.lines.push(Line {
                from,
                to,
                labels: label.into_iter().collect(),
                cases: None,
                level: 1,
                is_walked: false,
            }),
        }
    }

    fn sign(&self, step: &Step) -> Sign {
        let (shape, text) = self.shape_and_text(step);
        let named = !step.name.contains('.') || step.name.ends_with(".if");
        let heading = named.then(|| step.name.to_string());
        Sign {
            name: step.name.to_string(),
            shape,
            heading,
            text: one_line(&text),
            brief: brief(&text),
            heat: None,
            walked: Walked::No,
        }
    }

    fn shape_and_text<'s>(&'s self, step: &'s Step) -> (Shape, Cow<'s, str>) {
        let ask = step.ask.as_ref().map(|text| &**text.0.source());
        let instruction = step.instruction.as_ref().map(|text| &**text.0.source());
        let tree_name = |id| Cow::Owned(format!("→ {}", self.library.tree(id).name));
        match &step.kind {
            StepKind::Question(_) => (
                Shape::Question,
                ask.or(instruction).unwrap_or_default().into(),
            ),
            StepKind::Instruction => (Shape::Instruction, instruction.unwrap_or_default().into()),
            StepKind::Remedy(remedy) => {
                let label = remedy.label.as_ref().map(|text| &**text.0.source());
                (
                    Shape::Remedy,
                    label.or(instruction).unwrap_or_default().into(),
                )
            }
            StepKind::Branch => (Shape::Branch, "".into()),
            StepKind::Try(_) => (Shape::Try, "one after the other".into()),
            StepKind::Call(call) => (Shape::Call, tree_name(call.tree)),
            StepKind::Leave(tree) => (Shape::Leave, tree_name(*tree)),
            StepKind::End(end) => self.end(end),
        }
    }

    fn end<'s>(&'s self, end: &'s End) -> (Shape, Cow<'s, str>) {
        match end {
            End::Fix { remedy: true, .. } => (Shape::Tick, "✓".into()),
            End::Fix { what, .. } => (Shape::Fix, (&**what.0.source()).into()),
            End::Escalate { team, .. } => {
                let name = self.library.team(team).and_then(|team| team.name.as_ref());
                (
                    Shape::Escalation,
                    name.map_or(&**team, |name| name.0.source()).into(),
                )
            }
            End::Information { text } => (Shape::Information, (&**text.0.source()).into()),
            End::Return { value } => (Shape::Return, format!("return {value}").into()),
        }
    }
}

/// What takes an edge, in a few words.
fn label(step: &Step, edge: &Edge, has_conditions: bool) -> String {
    if let Some(label) = edge.words.as_ref().and_then(|words| words.label.as_ref()) {
        return one_line(label.0.source());
    }
    match &edge.arm {
        Arm::Yes => "yes".to_owned(),
        Arm::No if matches!(step.kind, StepKind::Try(_)) => "none helped".to_owned(),
        Arm::No => "no".to_owned(),
        Arm::Unsure => "unsure".to_owned(),
        Arm::Tried => "tried".to_owned(),
        Arm::Cannot => "cannot".to_owned(),
        Arm::Limit => format!("after {} visits", step.limit.unwrap_or_default()),
        Arm::Next(Some(condition)) => condition.source().to_string(),
        Arm::Next(None) if has_conditions => "else".to_owned(),
        Arm::Next(None) | Arm::Skip => String::new(),
        Arm::Return(at) => match &step.kind {
            StepKind::Call(call) => call
                .returns
                .get(*at as usize)
                .map(|value| value.to_string())
                .unwrap_or_default(),
            _ => String::new(),
        },
        Arm::Answer(at) => answer(step, *at as usize),
    }
}

/// The words of an answer.
fn answer(step: &Step, at: usize) -> String {
    let StepKind::Question(question) = &step.kind else {
        return String::new();
    };
    match &question.kind {
        QuestionKind::Choice(choices) | QuestionKind::Many(choices) => choices
            .get(at)
            .map(|choice| {
                one_line(
                    choice
                        .label
                        .as_ref()
                        .map_or(&choice.key, |label| label.0.source()),
                )
            })
            .unwrap_or_default(),
        QuestionKind::Number(_, answers) => answers
            .get(at)
            .map(|answer| answer.key.to_string())
            .unwrap_or_default(),
        QuestionKind::YesNo | QuestionKind::Text(_) | QuestionKind::Date(_) => String::new(),
    }
}

/// Markdown as one line of plain text, near enough for a picture.
/// The first line, with a sign that more follows.
fn brief(text: &str) -> String {
    let text = text.trim();
    match text.split_once('\n') {
        Some((first, _)) => {
            let first = one_line(first);
            format!("{} …", unlisted(&first).trim_end_matches(['.', ':']))
        }
        None => one_line(text),
    }
}

/// A line without the number or dash of a list.
fn unlisted(line: &str) -> &str {
    let rest = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let numbered = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "));
    match numbered {
        Some(text) if rest.len() < line.len() => text,
        _ => line.strip_prefix("- ").unwrap_or(line),
    }
}

fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|character| !matches!(character, '*' | '`' | '#'))
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
