//! A step whose own name is misspelled: everything that should lead to it calls it otherwise. That is one finding where the
//! step is named, rather than one at each edge. Where an edge alone may be the wrong one, nothing is said here.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{Place, Span};
use crate::syntax::{EdgeNode, Form, Script, Target, Word};
use crate::tree::{Builder, StepId};

use super::edges::suggest;
use super::misnamed_step::is_no_name;
use super::outline::Node;
use super::shared::Shared;
use super::way::{after_fix, each_remedy_way, each_way};

/// Names that no step has, each with the step that is meant.
pub(super) type MisspelledSteps<'a> = HashMap<&'a str, MisspelledStep<'a>>;

/// A step that everything calls otherwise.
#[derive(Debug)]
pub(super) struct MisspelledStep<'a> {
    /// The step.
    pub id: StepId,
    /// Its name as written.
    name: &'a Word,
    /// The edges that lead to the other name.
    edges: Vec<Span>,
}

/// Names that may be compared.
const MOST_COMPARISONS: usize = 1_000_000;

/// Shorter names are near to too many others.
const LEAST_LETTERS: usize = 3;

/// Where a name is used.
#[derive(Debug, Default)]
struct Uses {
    edges: Vec<Span>,
    /// How often `start:` and tests name it.
    others: usize,
}

/// The steps of a tree that everything calls otherwise.
pub(super) fn misspelled_steps<'a>(
    script: &'a Script,
    nodes: &[Node<'a>],
    builder: &Builder,
    shared: &Shared<'_>,
) -> MisspelledSteps<'a> {
    let uses = uses(script);
    let is_unknown = |name: &str, uses: &Uses| {
        !uses.edges.is_empty()
            && uses.edges.len() + uses.others > 1
            && name.len() >= LEAST_LETTERS
            && builder.find(name).is_none()
            && shared.tree(name).is_none()
            && !shared.may_name(script.file, name)
    };
    let unknown: Vec<&str> = uses
        .iter()
        .filter(|(name, uses)| is_unknown(name, uses))
        .map(|(name, _)| *name)
        .collect();
    let names = script.steps.iter().map(|step| &step.name);
    let unused: Vec<&Word> = names
        .filter(|name| name.value.len() >= LEAST_LETTERS && !uses.contains_key(&*name.value))
        .filter(|name| !is_no_name(&name.value))
        .collect();
    if unknown.len().saturating_mul(unused.len()) > MOST_COMPARISONS {
        return MisspelledSteps::new();
    }
    let meant = |wanted: &&'a str| {
        let near = nearest(wanted, unused.iter().map(|name| &*name.value))?;
        let back = nearest(near, unknown.iter().copied())?;
        let id = builder.find(near)?;
        let is_step = matches!(nodes.get(id.index()), Some(Node::Step(_)));
        let name = unused.iter().find(|name| &*name.value == near)?;
        (is_step && back == *wanted).then(|| MisspelledStep {
            id,
            name,
            edges: uses
                .get(wanted)
                .map_or_else(Vec::new, |uses| uses.edges.clone()),
        })
    };
    unknown
        .iter()
        .filter_map(|wanted| Some((*wanted, meant(wanted)?)))
        .collect()
}

/// The findings about them, in the order of the file.
pub(super) fn findings(steps: &MisspelledSteps<'_>, script: &Script) -> Vec<Diagnostic> {
    let mut steps: Vec<_> = steps.iter().collect();
    steps.sort_by_key(|(_, step)| step.name.span);
    let place = |span| Place {
        file: script.file,
        span,
    };
    let finding = |(wanted, step): (&&str, &MisspelledStep<'_>)| {
        let lead = match step.edges.len() {
            1 => "1 edge leads".to_owned(),
            count => format!("{count} edges lead"),
        };
        let message = format!("no step is named `{wanted}`, where {lead}");
        let mut finding = Diagnostic::new(Code::UnknownStep, place(step.name.span), message)
            .label("nothing leads to this name");
        if let Some(edge) = step.edges.first() {
            finding = finding.also(place(*edge), "leads nowhere");
        }
        suggest(finding, step.name.span, Some(wanted))
    };
    steps.into_iter().map(finding).collect()
}

/// The steps that a tree names, and where.
fn uses(script: &Script) -> HashMap<&str, Uses> {
    let mut uses: HashMap<&str, Uses> = HashMap::new();
    for step in &script.steps {
        each_way(step, &mut |(_, edge)| note(edge, &mut uses));
        if let Form::Try(remedies) = &step.form {
            for remedy in &remedies.remedies {
                each_remedy_way(&remedy.remedy, &mut |(_, edge)| note(edge, &mut uses));
            }
        }
    }
    for name in script.start.iter() {
        uses.entry(&name.value).or_default().others += 1;
    }
    for test in &script.tests {
        let named = test.answers.iter().map(|(step, _)| step);
        for name in named.chain([&test.ends]) {
            let step = name.value.split('.').next().unwrap_or_default();
            uses.entry(step).or_default().others += 1;
        }
    }
    uses
}

/// Notes where an edge leads, through the ends written in place.
fn note<'a>(edge: &'a EdgeNode, uses: &mut HashMap<&'a str, Uses>) {
    let mut next = Some(edge);
    while let Some(edge) = next {
        next = match &edge.target {
            Target::Step(name) => {
                uses.entry(&name.value).or_default().edges.push(name.span);
                None
            }
            Target::End(end) => after_fix(end),
            Target::Stuck(_) | Target::Tree(_) | Target::Broken => None,
        };
    }
}
