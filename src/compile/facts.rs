//! The shared facts: those that the library file declares. A library that declares none takes those that its trees ask
//! for, set or need, each of the type that the first of these uses tells.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::condition::{FactType, Number, NumberSpec, TextSpec};
use crate::source::Sources;
use crate::syntax::{
    EdgeNode, EndKind, EndNode, FactNode, Form, Kind, LibraryScript, QuestionNode, Script,
    ValueNode, Word,
};
use crate::tree::{Choice, FactDeclaration, NumberTest, PublicText};

use super::literal::literal;
use super::outline::{Node, Outline};
use super::ranges;
use super::scope::fact_type;
use super::shared::Findings;
use super::way::{after_fix, each_remedy_way, each_way};

/// All shared facts, sorted by name.
pub(super) fn facts(
    sources: &Sources,
    library: Option<&LibraryScript>,
    scripts: &[Script],
    outlines: &[Outline<'_>],
    findings: &mut Findings,
) -> Vec<FactDeclaration> {
    let declared = library.and_then(|library| Some((library, library.facts.as_ref()?)));
    let Some((library, nodes)) = declared else {
        return implied(library, scripts, outlines);
    };
    let mut facts: Vec<_> = nodes
        .iter()
        .map(|node| declaration(sources, library, node, findings))
        .collect();
    facts.sort_by(|left, right| left.name.cmp(&right.name));
    facts.dedup_by(|left, right| left.name == right.name);
    facts
}

/// A fact as the library file declares it.
fn declaration(
    sources: &Sources,
    library: &LibraryScript,
    node: &FactNode,
    findings: &mut Findings,
) -> FactDeclaration {
    let mut text = |word: &Option<Word>| {
        let word = word.as_ref()?;
        Some(PublicText(literal(sources, library.file, word, findings)))
    };
    FactDeclaration {
        name: Arc::clone(&node.name.value),
        kind: fact_type(&node.kind, &node.choices),
        ask: text(&node.ask),
        help: text(&node.help),
        choices: node
            .choices
            .iter()
            .map(|choice| Choice {
                key: Arc::clone(&choice.key.value),
                label: text(&choice.label),
                help: None,
            })
            .collect(),
    }
}

/// What is known of a fact that nobody declares.
#[derive(Default)]
struct Uses<'a> {
    asked: Vec<&'a QuestionNode>,
    set: Vec<&'a ValueNode>,
}

/// The facts that trees and `stuck` name, where none are declared.
fn implied(
    library: Option<&LibraryScript>,
    scripts: &[Script],
    outlines: &[Outline<'_>],
) -> Vec<FactDeclaration> {
    let mut uses: BTreeMap<&Arc<str>, Uses<'_>> = BTreeMap::new();
    for node in outlines.iter().flat_map(|outline| &outline.nodes) {
        match node {
            Node::Step(step) => {
                if let Form::Question(question) = &step.form
                    && let Some(fact) = &question.fact
                {
                    uses.entry(&fact.value).or_default().asked.push(question);
                }
                if let Form::End(end) = &step.form {
                    needed(end, &mut uses);
                }
                each_way(step, &mut |(_, edge)| given(edge, &mut uses));
            }
            Node::Remedy(step) => {
                each_remedy_way(&step.remedy, &mut |(_, edge)| given(edge, &mut uses));
            }
            Node::End(end) => {
                needed(end, &mut uses);
                if let Some(edge) = after_fix(end) {
                    given(edge, &mut uses);
                }
            }
            Node::If(_) | Node::RemedyFix { .. } | Node::Leave(_) | Node::Stuck => {}
        }
    }
    let stuck = scripts.iter().filter_map(|script| script.stuck.as_ref());
    for end in stuck.chain(library.and_then(|library| library.stuck.as_ref())) {
        needed(end, &mut uses);
    }
    uses.into_iter()
        .map(|(name, uses)| uses.declaration(name))
        .collect()
}

fn needed<'a>(end: &'a EndNode, uses: &mut BTreeMap<&'a Arc<str>, Uses<'a>>) {
    if let EndKind::Escalate { needs, .. } = &end.kind {
        for name in needs {
            uses.entry(&name.value).or_default();
        }
    }
}

fn given<'a>(edge: &'a EdgeNode, uses: &mut BTreeMap<&'a Arc<str>, Uses<'a>>) {
    for (name, value) in edge.extras.iter().flat_map(|extras| &extras.set) {
        uses.entry(&name.value).or_default().set.push(value);
    }
}

impl Uses<'_> {
    fn declaration(&self, name: &Arc<str>) -> FactDeclaration {
        let kind = self
            .asked
            .first()
            .map_or_else(|| self.type_set(), |first| self.type_asked(first));
        let choices = match &kind {
            FactType::Choice(keys) | FactType::Many(keys) => keys
                .iter()
                .map(|key| Choice {
                    key: Arc::clone(key),
                    label: None,
                    help: None,
                })
                .collect(),
            _ => Box::default(),
        };
        FactDeclaration {
            name: Arc::clone(name),
            kind,
            ask: None,
            help: None,
            choices,
        }
    }

    /// The type that questions tell: the first one's, with the answers of all.
    fn type_asked(&self, first: &QuestionNode) -> FactType {
        if !matches!(first.kind, Kind::Declared) {
            return fact_type(&first.kind, &first.answers);
        }
        if first.yes.is_some() || first.no.is_some() {
            return FactType::YesNo;
        }
        let mut keys: Vec<Arc<str>> = Vec::new();
        for answer in self.asked.iter().flat_map(|question| &question.answers) {
            if !keys.contains(&answer.key.value) {
                keys.push(Arc::clone(&answer.key.value));
            }
        }
        let spec = NumberSpec::default();
        let range = |key: &Arc<str>| !matches!(ranges::read(key, &spec), Ok(NumberTest::Word));
        if keys.is_empty() {
            any_text()
        } else if keys.iter().all(range) {
            FactType::Number(spec, Arc::default())
        } else {
            FactType::Choice(keys.into())
        }
    }

    /// The type that the values tell which are set: yes or no, numbers, else texts.
    fn type_set(&self) -> FactType {
        let every = |fits: fn(&str) -> bool| {
            !self.set.is_empty()
                && self.set.iter().all(|value| match value {
                    ValueNode::One(word) => fits(&word.value),
                    ValueNode::List(..) => false,
                })
        };
        if every(|word| matches!(word, "yes" | "no" | "true" | "false")) {
            FactType::YesNo
        } else if every(|word| Number::parse(word).is_some()) {
            FactType::Number(NumberSpec::default(), Arc::default())
        } else {
            any_text()
        }
    }
}

fn any_text() -> FactType {
    FactType::Text(Arc::new(TextSpec::default()))
}
