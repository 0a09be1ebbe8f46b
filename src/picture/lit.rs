//! The way of a case, put on the picture of the tree in which it stands: the steps and lines that were walked, and where it
//! stands now. Colour is never the only sign: what was walked is thicker, what stands now has a ring, and both are said in
//! words.

use std::collections::HashSet;
use std::sync::Arc;

use crate::session::Session;
use crate::tree::TreeId;

use super::Sketch;

/// Whether a case came to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Walked {
    /// It did not, or nobody asked.
    #[default]
    No,
    /// It did.
    Passed,
    /// It stands there.
    Here,
}

/// Styles of a lit picture. Within a page its accent is taken.
pub(super) const STYLE: &str = "\
svg{--lit:var(--accent,#1d4ed8)}@media(prefers-color-scheme:dark){svg{--lit:var(--accent,#8ab4ff)}}\
.lit .s.walked>:first-child,.lit .s.here>:first-child{stroke:var(--lit);stroke-width:3.4}\
.lit .s:not(.walked):not(.here)>:first-child{fill-opacity:.4;stroke-opacity:.55}\
.lit .wire.walked{stroke:var(--lit);stroke-width:3.6}.tip-lit{fill:var(--lit)}\
.ring{fill:none;stroke:var(--lit);stroke-width:2.2;stroke-dasharray:7 4}";

impl Walked {
    /// Its class.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Passed => " walked",
            Self::Here => " here",
        }
    }
}

impl Sketch {
    /// The sketch of the tree in which a case stands, with its way on it. What was walked in other trees in between is not
    /// drawn: of a `call` the way on from it is.
    #[must_use]
    pub fn lit(mut self, session: &Session) -> Self {
        let tree = session.tree();
        let steps = steps(session, tree);
        let ways: HashSet<(&str, &str)> = steps
            .windows(2)
            .filter_map(|pair| match pair {
                [from, to] => Some((&**from, &**to)),
                _ => None,
            })
            .collect();
        let passed: HashSet<&str> = steps.iter().map(|step| &**step).collect();
        let here = steps.last().map(|step| &**step);
        // `stuck` stands beside each step that leads there: only the one by which it was come to is lit.
        let beside = |name: &str| {
            let from = name.strip_suffix(".stuck")?;
            ways.contains(&(from, "stuck")).then_some("stuck")
        };
        for sign in &mut self.signs {
            let name = match sign.name.strip_suffix(".stuck") {
                Some(_) => beside(&sign.name).unwrap_or_default(),
                None => sign.name.as_str(),
            };
            sign.walked = match passed.contains(name) {
                true if here == Some(name) => Walked::Here,
                true => Walked::Passed,
                false => Walked::No,
            };
        }
        for line in &mut self.lines {
            let (from, to) = (self.signs.get(line.from), self.signs.get(line.to));
            line.is_walked = from.zip(to).is_some_and(|(from, to)| {
                let to = if to.name == format!("{}.stuck", from.name) {
                    "stuck"
                } else {
                    &to.name
                };
                ways.contains(&(from.name.as_str(), to))
            });
        }
        self.way = Some(words(&steps));
        self
    }
}

/// The steps of one tree that the case came to, in order.
fn steps(session: &Session, tree: TreeId) -> Vec<Arc<str>> {
    let library = session.library();
    let passages = session.passages().filter(|passage| passage.tree == tree);
    let mut steps: Vec<_> = passages
        .map(|passage| library.tree(tree).step(passage.step).name.clone())
        .collect();
    // Several prompts of one step are one place.
    steps.dedup();
    steps
}

/// The way in words.
fn words(steps: &[Arc<str>]) -> String {
    match steps.split_last() {
        None => String::new(),
        Some((here, [])) => format!("Now at: {here}."),
        Some((here, before)) => format!("Walked: {}. Now at: {here}.", before.join(", ")),
    }
}
