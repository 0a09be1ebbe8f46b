//! Edges: where they lead, what they show and set.

use crate::condition::Condition;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{Place, Span};
use crate::syntax::{EdgeExtras, EdgeNode, Form, NextNode, Script, StepNode, Target, Word};
use crate::tree::{Arm, Edge, EdgeId, EdgeWords, StepId, TreeId};

use super::link::{Link, Linker};
use super::misnamed_step::{is_no_name, misnamed_step};
use super::misspelled_step::misspelled_steps;
use super::outline::Node;
use super::way::{Way, nodes_in_place};

impl<'a> Linker<'_, 'a> {
    /// Adds the edge that the author wrote for a way out of a node.
    pub fn way(&mut self, from: StepId, way: Way<'a>, edge: &'a EdgeNode) {
        let arm = match way {
            Way::Yes => Arm::Yes,
            Way::No => Arm::No,
            Way::Answer(at, _) => Arm::Answer(at as u32),
            Way::Next(at, _) => match self.next_condition(at, edge) {
                Ok(condition) => Arm::Next(condition),
                // Taken or not. `Skip` has no meaning here, so no check draws conclusions about the edges after it.
                Err(()) => Arm::Skip,
            },
            Way::Return(at, _) => Arm::Return(at as u32),
            Way::Unsure => Arm::Unsure,
            Way::Tried => Arm::Tried,
            Way::Cannot => Arm::Cannot,
            Way::Limit => Arm::Limit,
        };
        let unclear = matches!(way, Way::Next(..)) && self.unclear_list;
        self.unclear_set |= unclear;
        self.written_edge(from, arm, edge);
    }

    /// Adds an edge that the author wrote, and returns where it leads and what it shows and sets.
    pub fn written_edge(
        &mut self,
        from: StepId,
        arm: Arm,
        edge: &'a EdgeNode,
    ) -> (StepId, Option<Box<EdgeWords>>) {
        let to = self.target(edge);
        let words = self.edge_words(edge.extras.as_deref());
        if std::mem::take(&mut self.unclear_set) {
            let id = EdgeId::new(self.places.edges.len());
            self.places.unclear.insert(id);
        }
        let made = Edge {
            arm,
            words: words.clone(),
            authored: true,
        };
        self.add_edge(from, made, to, edge.span);
        (to, words)
    }

    /// Where an edge leads.
    fn target(&mut self, edge: &EdgeNode) -> StepId {
        match &edge.target {
            Target::Step(name) => self.step_named(name),
            Target::Stuck(_) => self.stuck_id(),
            Target::Tree(_) | Target::End(_) => {
                let id = StepId::new(self.in_place);
                self.in_place += nodes_in_place(edge);
                id
            }
            Target::Broken => {
                self.places.reads_unknown = true;
                self.unresolved(edge.span)
            }
        }
    }

    /// The step of that name; `?` where there is none, which is reported.
    pub fn step_named(&mut self, name: &Word) -> StepId {
        let mut found = self.builder.find(&name.value);
        if found.is_none() {
            found = self.step_misnamed(&name.value);
        }
        if found.is_none() {
            found = self.step_misspelled(&name.value);
        }
        let node = found.and_then(|id| self.nodes.get(id.index()));
        match (found, node) {
            (Some(id), Some(Node::Step(_))) => id,
            (_, node) => {
                let remedy = matches!(node, Some(Node::Remedy(_)));
                self.unknown_step(name, remedy);
                self.unresolved(name.span)
            }
        }
    }

    /// The step that is meant although its name is written against the rules for names, which has been reported there.
    fn step_misnamed(&mut self, word: &str) -> Option<StepId> {
        self.guess(self.script.steps.len())?;
        let step = misnamed_step(self.script, word)?;
        self.builder.find(&step.name.value)
    }

    /// The step that is meant although its own name is misspelled, which is reported there.
    fn step_misspelled(&self, word: &str) -> Option<StepId> {
        let steps = self
            .misspelled
            .get_or_init(|| misspelled_steps(self.script, &self.nodes, &self.builder, self.shared));
        steps.get(word).map(|step| step.id)
    }

    fn unknown_step(&mut self, name: &Word, remedy: bool) {
        let (word, span) = (&*name.value, name.span);
        if self.shared.may_name(self.script.file, word) {
            return;
        }
        let mut finding = self
            .finding(
                Code::UnknownStep,
                span,
                format!("no step is named `{word}`"),
            )
            .label("leads nowhere");
        if remedy {
            finding = self
                .finding(
                    Code::UnknownStep,
                    span,
                    format!("`{word}` is a remedy, not a step"),
                )
                .label("a walk cannot jump into a `try`")
                .help("lead to the step that holds it");
        } else if self.shared.tree(word).is_some() {
            let text = format!("{{tree: {word}}}");
            finding = finding.help(format!("for the tree of that name write `{text}`"));
            finding = match self.goto_before(span) {
                Some(key) => finding.replace("write `tree`", key, "tree"),
                None => finding.replace(format!("write `{text}`"), span, text),
            };
        } else if self.guess(self.script.steps.len()).is_some() {
            let steps = self.script.steps.iter().map(|step| &*step.name.value);
            let near = nearest(word, steps.chain(["stuck"]));
            let near = near.or_else(|| self.only_step_within(word));
            if near.is_none() {
                let help = match is_no_name(word) {
                    true => {
                        "write the name of one step here, as it stands below `steps:`, or `stuck`; \
                        what else an edge says stands in braces, as in `{end: Done}`"
                            .to_owned()
                    }
                    false => format!(
                        "write a step `{word}:` below `steps:`, or lead to one that is there"
                    ),
                };
                let finding = finding.help(help);
                return self.missing.add(word, finding, &mut self.findings);
            }
            finding = suggest(finding, span, near);
            return self.missing.add(word, finding, &mut self.findings);
        }
        self.report(finding);
    }

    /// The `goto` whose value begins there.
    fn goto_before(&self, span: Span) -> Option<Span> {
        let text = self.shared.sources.file(self.script.file).text();
        let before = text.get(..span.start as usize)?.trim_end_matches(' ');
        let key = before.strip_suffix("goto:")?.len() as u32;
        Some(Span::new(key, key + "goto".len() as u32))
    }

    /// The only step that is named within a text that can be no name: `-> cable`, `goto cable`.
    fn only_step_within(&self, word: &str) -> Option<&'a str> {
        if !is_no_name(word) {
            return None;
        }
        let is_sign = |sign: char| !sign.is_ascii_alphanumeric() && sign != '_';
        let words = word.split(is_sign).filter(|word| !word.is_empty());
        let mut words = words.filter(|word| !matches!(*word, "goto" | "next" | "step" | "to"));
        let (only, more) = (words.next()?, words.next());
        let mut steps = self.script.steps.iter().map(|step| &*step.name.value);
        let found = steps.find(|step| *step == only);
        found
            .or((only == "stuck").then_some("stuck"))
            .filter(|_| more.is_none())
    }

    /// The tree of that name, noted as one that this one leads into; `None` where there is none, which is reported.
    pub fn tree_named(&mut self, name: &Word, call: bool) -> Option<TreeId> {
        let found = self.shared.tree(&name.value);
        match found {
            Some(to) => self.links.push(Link {
                to,
                span: name.span,
                call,
            }),
            None => self.unknown_tree(name),
        }
        found
    }

    fn unknown_tree(&mut self, name: &Word) {
        let trees = self.guess(self.shared.scripts.len());
        let scripts = if trees.is_some() {
            self.shared.scripts
        } else {
            &[]
        };
        let finding = unknown_tree(self.place(name.span), &name.value, scripts);
        self.report(finding);
    }

    /// What an edge shows and sets; most have none of it.
    pub fn edge_words(&mut self, extras: Option<&EdgeExtras>) -> Option<Box<EdgeWords>> {
        let extras = extras?;
        let words = EdgeWords {
            label: self.public(extras.label.as_ref()),
            help: self.public(extras.help.as_ref()),
            set: extras
                .set
                .iter()
                .filter_map(|(name, value)| self.set(name, value))
                .collect(),
        };
        (words != EdgeWords::default()).then(|| Box::new(words))
    }

    /// The condition of an edge of `next`; an error where it has mistakes. From there on it is not known when the edges
    /// of the list are taken. An entry without a condition before others lacks it, which has been reported.
    fn next_condition(&mut self, at: usize, edge: &EdgeNode) -> Result<Option<Box<Condition>>, ()> {
        self.unclear_list &= at > 0;
        let Some(when) = edge.extras.as_ref().and_then(|extras| extras.when.as_ref()) else {
            self.unclear_list |= at + 1 < self.entries || self.has_lost_its_when(edge);
            return Ok(None);
        };
        let condition = self.condition(when);
        self.unclear_list |= condition.is_none();
        condition
            .map(|condition| Some(Box::new(condition)))
            .ok_or(())
    }

    /// Whether an edge has the key `when:` all the same, so that its condition could not be read.
    fn has_lost_its_when(&self, edge: &EdgeNode) -> bool {
        let source = self.shared.sources.file(self.script.file);
        let text = source.slice(edge.span);
        let mut keys = text.match_indices("when:").map(|(at, _)| at);
        keys.any(|at| {
            let before = text.get(..at).unwrap_or_default().trim_end_matches(' ');
            before.is_empty() || before.ends_with(['{', ',', '-', '\n'])
        })
    }

    /// A list of conditions ends with an edge that has none.
    pub fn next_default(&mut self, from: StepId, step: &'a StepNode) {
        let edges = entries(step);
        let when = |edge: &'a EdgeNode| edge.extras.as_ref()?.when.as_ref();
        // An entry without `when` further up has been reported.
        let default = edges.is_some_and(|edges| edges.iter().any(|edge| when(edge).is_none()));
        let last = edges.and_then(|edges| edges.last());
        if let Some(when) = last.filter(|_| !default).and_then(when) {
            let finding = self
                .finding(
                    Code::MissingDefault,
                    when.span,
                    format!("`{}` has no way for all other cases", step.name.value),
                )
                .label("where this does not hold, the walk has nowhere to go")
                .help("add a last line without `when`, such as `- goto: stuck`");
            self.report_missing(finding);
            self.lost_edge(from, Arm::Next(None), when.span);
        }
    }
}

/// The edges of a step's `next:`.
pub(super) fn entries(step: &StepNode) -> Option<&NextNode> {
    match &step.form {
        Form::Question(question) => question.next.as_ref(),
        Form::Instruction(instruction) => Some(&instruction.next),
        Form::Branch(edges) => Some(edges),
        Form::Call(call) => call.next.as_ref(),
        _ => None,
    }
}

/// A finding about a tree that the library does not have, with the nearest of these.
pub(super) fn unknown_tree(place: Place, name: &str, scripts: &[Script]) -> Diagnostic {
    let finding = Diagnostic::new(
        Code::UnknownTree,
        place,
        format!("the library has no tree `{name}`"),
    );
    let names = || scripts.iter().map(|script| &*script.name);
    // Somebody who moved a file, or left its folder away, means the one tree of that last name.
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let mut same_last = names().filter(|tree| last(tree) == last(name));
    let near = match (same_last.next(), same_last.next()) {
        (Some(only), None) => Some(only),
        _ => nearest(name, names()),
    };
    match near {
        None => finding.help(
            "a tree's name is its path in the library without the ending, as in `network/wifi`",
        ),
        near => suggest(finding, place.span, near),
    }
}

/// Adds "did you mean".
pub(super) fn suggest(finding: Diagnostic, span: Span, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")).replace(
            format!("write `{near}`"),
            span,
            near,
        ),
        None => finding,
    }
}
