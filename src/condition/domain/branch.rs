//! Decides conditions against what their facts can be, by trying them on every combination of cells: exactly, or not
//! at all where there are too many.

use super::super::{Condition, FactRef, Facts, Value};
use super::cells::{Bounds, Cell, Cutting, NOBODYS, cells};
use super::survey::{Surveyed, survey};
use super::{Domain, Values};

/// Most combinations that are tried.
const MAX_COMBINATIONS: usize = 4_096;

/// How a condition turns out at one place of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It always holds.
    Always,
    /// It never holds.
    Never,
    /// It holds for some of the values that are possible, and not for others.
    Either,
    /// There are too many combinations to tell, or the place cannot be reached.
    Unknown,
}

/// How it goes on at one condition of a list, or after all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Whether it is looked at for some possible values: none of those before it held.
    pub arrives: bool,
    /// Whether it then holds for some.
    pub taken: bool,
    /// Whether it then does not hold for some.
    pub passed: bool,
    /// What each fact that the list reads can be where this branch is taken.
    pub domains: Vec<(FactRef, Domain)>,
}

/// How a list of conditions turns out of which the first that holds is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branches {
    /// One for each condition.
    pub arms: Vec<Branch>,
    /// What is left when none holds; it is passed never, and taken whenever something arrives.
    pub rest: Branch,
    /// Values for which none holds, if there are any, to show in a message: `None` for a fact that is not known.
    /// Texts that no condition names are left out.
    pub example: Vec<(FactRef, Option<Value>)>,
}

impl Condition {
    /// How the condition turns out for facts that can be what `domains` says.
    pub fn decide(&self, domains: &dyn Fn(FactRef) -> Domain) -> Verdict {
        let branches = branch(&[self], domains);
        match branches.as_ref().and_then(|branches| branches.arms.first()) {
            Some(Branch {
                taken: true,
                passed: false,
                ..
            }) => Verdict::Always,
            Some(Branch {
                taken: false,
                passed: true,
                ..
            }) => Verdict::Never,
            Some(Branch {
                taken: true,
                passed: true,
                ..
            }) => Verdict::Either,
            _ => Verdict::Unknown,
        }
    }

    /// What each fact that it reads can be where the condition has turned out as `outcome`: never less than is
    /// possible; what it was where there are too many combinations; nothing where that outcome is impossible.
    pub fn narrow(
        &self,
        domains: &dyn Fn(FactRef) -> Domain,
        outcome: bool,
    ) -> Vec<(FactRef, Domain)> {
        let narrowed = branch(&[self], domains).and_then(|branches| {
            if outcome {
                branches.arms.into_iter().next()
            } else {
                Some(branches.rest)
            }
        });
        match narrowed {
            Some(branch) => branch.domains,
            None => survey([self.expression()])
                .iter()
                .map(|read| (read.fact, domains(read.fact)))
                .collect(),
        }
    }
}

/// How a list of conditions turns out of which the first that holds is taken; `None` where there are more than 4,096
/// combinations to try, or a fact of which nothing is known.
pub fn branch(conditions: &[&Condition], domains: &dyn Fn(FactRef) -> Domain) -> Option<Branches> {
    let facts = survey(conditions.iter().map(|condition| condition.expression()));
    let domains: Vec<_> = facts.iter().map(|read| domains(read.fact)).collect();
    let axes: Option<Vec<Axis>> = facts
        .iter()
        .zip(&domains)
        .map(|(read, domain)| axis(read, domain, &facts, &domains))
        .collect();
    let axes = axes?;
    let combinations = axes.iter().try_fold(1_usize, |product, axis| {
        product.checked_mul(axis.samples.len())
    })?;
    if combinations > MAX_COMBINATIONS {
        return None;
    }
    let mut tally = Tally::new(conditions.len(), &axes);
    for combination in 0..combinations {
        tally.add(conditions, &Combination::new(&axes, combination));
    }
    Some(tally.branches(&axes, &domains))
}

/// One fact with its cells, and all samples with the cell of each.
struct Axis {
    fact: FactRef,
    cells: Vec<Cell>,
    samples: Vec<(usize, Option<Value>)>,
}

fn axis(
    read: &Surveyed<'_>,
    domain: &Domain,
    facts: &[Surveyed<'_>],
    domains: &[Domain],
) -> Option<Axis> {
    let group: Vec<_> = facts
        .iter()
        .zip(domains)
        .filter(|(other, _)| other.group == read.group)
        .collect();
    if !have_same_digits(group.iter().map(|(_, domain)| *domain)) {
        return None;
    }
    let mut bounds = Bounds::default();
    group.iter().for_each(|(_, domain)| bounds.add(domain));
    let constants = group
        .iter()
        .flat_map(|(other, _)| other.constants.iter().copied())
        .collect();
    let cutting = Cutting {
        constants,
        parts: read.parts.clone(),
        bounds,
        members: group.len(),
    };
    let cells = cells(domain, &cutting)?;
    let samples = cells
        .iter()
        .enumerate()
        .flat_map(|(at, cell)| cell.samples.iter().map(move |sample| (at, sample.clone())));
    let samples = samples.collect();
    Some(Axis {
        fact: read.fact,
        cells,
        samples,
    })
}

/// Whether all numbers among facts that are compared with one another have as many digits behind the point: only then
/// have they the same samples in the same cell.
fn have_same_digits<'d>(domains: impl IntoIterator<Item = &'d Domain>) -> bool {
    let mut digits = domains
        .into_iter()
        .filter_map(|domain| match &domain.values {
            Values::Number { decimals, .. } => Some(*decimals),
            _ => None,
        });
    let first = digits.next();
    digits.all(|digits| Some(digits) == first)
}

/// One sample of each fact.
struct Combination<'a> {
    /// The fact, the cell of its sample, the sample.
    samples: Vec<(FactRef, usize, Option<&'a Value>)>,
}

impl<'a> Combination<'a> {
    /// The combination of that number; numbers count through the samples of the axes like digits.
    fn new(axes: &'a [Axis], mut number: usize) -> Self {
        let mut samples = Vec::with_capacity(axes.len());
        for axis in axes {
            let count = axis.samples.len().max(1);
            if let Some((cell, sample)) = axis.samples.get(number % count) {
                samples.push((axis.fact, *cell, sample.as_ref()));
            }
            number /= count;
        }
        Self { samples }
    }
}

impl Facts for Combination<'_> {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        self.samples
            .iter()
            .find(|(known, ..)| *known == fact)
            .and_then(|(_, _, sample)| *sample)
    }
}

/// What has come of the combinations so far.
struct Tally {
    arms: Vec<Count>,
    rest: Count,
    example: Vec<(FactRef, Option<Value>)>,
}

/// What has come to one branch.
struct Count {
    arrives: bool,
    taken: bool,
    passed: bool,
    /// Of each fact, which cells it was in where the branch was taken.
    cells: Vec<Vec<bool>>,
}

impl Tally {
    fn new(conditions: usize, axes: &[Axis]) -> Self {
        let count = || Count {
            arrives: false,
            taken: false,
            passed: false,
            cells: axes
                .iter()
                .map(|axis| vec![false; axis.cells.len()])
                .collect(),
        };
        Self {
            arms: (0..conditions).map(|_| count()).collect(),
            rest: count(),
            example: Vec::new(),
        }
    }

    fn add(&mut self, conditions: &[&Condition], combination: &Combination<'_>) {
        for (condition, arm) in conditions.iter().zip(&mut self.arms) {
            arm.arrives = true;
            if condition.holds(combination) {
                return arm.take(combination);
            }
            arm.passed = true;
        }
        if !self.rest.taken {
            let named = combination
                .samples
                .iter()
                .filter(|(.., sample)| !is_nobodys(*sample));
            self.example = named
                .map(|(fact, _, sample)| (*fact, sample.cloned()))
                .collect();
        }
        self.rest.arrives = true;
        self.rest.take(combination);
    }

    fn branches(self, axes: &[Axis], domains: &[Domain]) -> Branches {
        Branches {
            arms: self
                .arms
                .into_iter()
                .map(|arm| arm.branch(axes, domains))
                .collect(),
            rest: self.rest.branch(axes, domains),
            example: self.example,
        }
    }
}

impl Count {
    fn take(&mut self, combination: &Combination<'_>) {
        self.taken = true;
        for (cells, (_, cell, _)) in self.cells.iter_mut().zip(&combination.samples) {
            cells
                .iter_mut()
                .skip(*cell)
                .take(1)
                .for_each(|seen| *seen = true);
        }
    }

    fn branch(self, axes: &[Axis], domains: &[Domain]) -> Branch {
        let narrowed = |((axis, domain), seen): ((&Axis, &Domain), &Vec<bool>)| {
            if seen.iter().all(|seen| *seen) && !seen.is_empty() {
                return (axis.fact, domain.clone());
            }
            let cells = axis
                .cells
                .iter()
                .zip(seen)
                .filter(|(_, seen)| **seen)
                .map(|(cell, _)| &cell.domain);
            (
                axis.fact,
                cells.fold(Domain::nothing(), |joined, cell| joined.join(cell)),
            )
        };
        let domains = axes
            .iter()
            .zip(domains)
            .zip(&self.cells)
            .map(narrowed)
            .collect();
        Branch {
            arrives: self.arrives,
            taken: self.taken,
            passed: self.passed,
            domains,
        }
    }
}

/// Whether the sample stands for texts that no condition names.
fn is_nobodys(sample: Option<&Value>) -> bool {
    matches!(sample, Some(Value::Text(text)) if text.starts_with(NOBODYS))
}
