//! Canonical form → library, through the same builder that the compiler uses. Nothing is checked but what is needed to
//! walk without surprise: every name is there, every value has its fact's type, and `stuck` is an escalation.

mod kind;
mod step;
mod words;

use std::sync::Arc;

use crate::tree::{
    About, Builder, End, FactDeclaration, Library, Matrix, Step, StepId, StepKind, Team, Tree,
    TreeId,
};

use super::form::{FactForm, HeadForm, LibraryForm, TeamForm, TreeForm};
use super::{Damaged, FORMAT};
use kind::fact_type;
use words::{Steps, Words};

fn damaged<T>(what: impl Into<String>) -> Result<T, Damaged> {
    Err(Damaged(what.into()))
}

pub(super) fn library(bytes: &[u8]) -> Result<Library, Damaged> {
    let form: LibraryForm =
        serde_json::from_slice(bytes).map_err(|error| Damaged(error.to_string()))?;
    if form.format != FORMAT {
        return damaged(format!(
            "it has format {}, and this fixpath reads format {FORMAT}",
            form.format
        ));
    }
    let mut shared = Shared {
        trees: tree_names(&form.trees)?,
        facts: Vec::new(),
    };
    shared.read_facts(form.facts)?;
    let teams = form.teams.into_iter().map(|form| team(&shared, form));
    let teams: Vec<Team> = teams.collect::<Result<_, Damaged>>()?;
    if !teams.is_sorted_by(|left, right| left.key < right.key) {
        return damaged("the teams are out of order");
    }
    let trees = form
        .trees
        .into_iter()
        .map(|form| Ok(Arc::new(tree(&shared, form)?)));
    Ok(Library {
        trees: trees.collect::<Result<_, Damaged>>()?,
        facts: shared.facts,
        teams,
        matrix: Matrix(form.matrix),
        ..Library::default()
    })
}

fn tree_names(forms: &[TreeForm]) -> Result<Vec<Arc<str>>, Damaged> {
    let names: Vec<Arc<str>> = forms
        .iter()
        .map(|form| Arc::clone(&form.head.name))
        .collect();
    if names.is_sorted_by(|left, right| left < right) {
        Ok(names)
    } else {
        damaged("the trees are out of order")
    }
}

fn team(shared: &Shared, form: TeamForm) -> Result<Team, Damaged> {
    Ok(Team {
        key: form.key,
        name: shared.whole_library().maybe(form.name)?,
        tier: None,
        contact: None,
        hours: None,
    })
}

/// What all trees share.
struct Shared {
    trees: Vec<Arc<str>>,
    facts: Vec<FactDeclaration>,
}

impl Shared {
    /// Types first, so that the texts of the declarations can name each other's facts.
    fn read_facts(&mut self, forms: Vec<FactForm>) -> Result<(), Damaged> {
        let mut texts = Vec::with_capacity(forms.len());
        for FactForm {
            name,
            kind,
            ask,
            help,
            choices,
        } in forms
        {
            if self.facts.last().is_some_and(|last| last.name >= name) {
                return damaged(format!("the fact `{name}` is out of order"));
            }
            let kind = fact_type(kind)?;
            self.facts.push(FactDeclaration {
                name,
                kind,
                ask: None,
                help: None,
                choices: Box::default(),
            });
            texts.push((ask, help, choices));
        }
        let mut read = Vec::with_capacity(texts.len());
        for (ask, help, choices) in texts {
            let words = self.whole_library();
            read.push((
                words.maybe(ask)?,
                words.maybe(help)?,
                words.choices(choices)?,
            ));
        }
        for (fact, (ask, help, choices)) in self.facts.iter_mut().zip(read) {
            (fact.ask, fact.help, fact.choices) = (ask, help, choices);
        }
        Ok(())
    }

    const fn whole_library(&self) -> Words<'_> {
        Words {
            shared: self,
            steps: None,
        }
    }

    fn tree(&self, name: &str) -> Result<TreeId, Damaged> {
        match self.trees.binary_search_by(|tree| (**tree).cmp(name)) {
            Ok(at) => Ok(TreeId(at as u32)),
            Err(_) => damaged(format!("there is no tree `{name}`")),
        }
    }

    fn find_fact(&self, name: &str) -> Option<u32> {
        self.facts
            .binary_search_by(|fact| (*fact.name).cmp(name))
            .ok()
            .map(|at| at as u32)
    }

    fn fact(&self, name: &str) -> Result<(u32, &FactDeclaration), Damaged> {
        let found = self
            .find_fact(name)
            .and_then(|at| Some((at, self.facts.get(at as usize)?)));
        found.ok_or_else(|| Damaged(format!("there is no fact `{name}`")))
    }
}

fn tree(shared: &Shared, form: TreeForm) -> Result<Tree, Damaged> {
    let steps = Steps::of(&form.steps)?;
    let words = Words {
        shared,
        steps: Some(&steps),
    };
    let HeadForm {
        name,
        title,
        summary,
        warn,
        check,
        audience,
        start,
        stuck,
    } = form.head;
    let about = About {
        title: words.public(title)?,
        summary: words.maybe(summary)?,
        symptoms: Vec::new(),
        tags: Vec::new(),
        owner: None,
        review_by: None,
        warn: words.maybe(warn)?,
        check: words.maybe(check)?,
        audience,
    };
    let (start, stuck) = (steps.find(&start)?, steps.find(&stuck)?);
    let mut builder = Builder::with_capacity(form.steps.len());
    for (at, form) in form.steps.into_iter().enumerate() {
        let id = StepId::new(at);
        let (step, edges) = step::step(words, id, form)?;
        if id == stuck && !escalates(&step) {
            return damaged(format!("`stuck` of `{name}` is no escalation"));
        }
        builder
            .step(step)
            .map_err(|error| Damaged(error.to_string()))?;
        for (edge, to) in edges {
            builder.edge(id, edge, to);
        }
    }
    builder
        .finish(name, about, start, stuck)
        .map_err(|error| Damaged(error.to_string()))
}

fn escalates(step: &Step) -> bool {
    matches!(&step.kind, StepKind::End(end) if matches!(**end, End::Escalate { .. }))
}
