//! Ways into other trees: `call`, and `{tree: name}` for good.

use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostic::{Code, nearest};
use crate::syntax::{CallNode, StepNode, Word};
use crate::tree::{Arm, Call, StepId, StepKind};

use super::edges::suggest;
use super::link::Linker;

impl Linker<'_, '_> {
    /// `{tree: name}`.
    pub fn leave(&mut self, id: StepId, tree: &Word) {
        match self.tree_named(tree, false) {
            Some(to) => self.set_kind(id, StepKind::Leave(to)),
            None => self.lost_edge(id, Arm::Next(None), tree.span),
        }
    }

    /// What a call calls; its edges are those of its ways.
    pub fn call(&mut self, id: StepId, step: &StepNode, call: &CallNode) {
        let Some(tree) = self.tree_named(&call.tree, true) else {
            return self.lost_edge(id, Arm::Next(None), call.tree.span);
        };
        let named = call.returns.iter().map(|(value, _)| &value.value);
        let kind = Call {
            tree,
            returns: named.map(Arc::clone).collect(),
        };
        self.set_kind(id, StepKind::Call(Box::new(kind)));
        let itself = self.shared.tree(&self.script.name) == Some(tree);
        let Some(returns) = self.shared.returns.get(tree.0 as usize).filter(|_| !itself) else {
            // That a tree calls itself has to be mended first.
            return;
        };
        if !returns.more && returns.values.is_empty() && !call.returns.is_empty() {
            return self.no_returns(call);
        }
        let unknown = !returns.more && self.unknown_returns(call, &returns.values);
        if !unknown && call.next.is_none() {
            self.missing_returns(id, step, call, &returns.values);
        }
    }

    /// Reports that the called tree returns nothing, whatever values are named.
    fn no_returns(&mut self, call: &CallNode) {
        let Some((first, _)) = call.returns.first() else {
            return;
        };
        let finding = self
            .finding(
                Code::UnknownAnswer,
                first.span,
                format!("`{}` never returns", call.tree.value),
            )
            .label("no walk through it comes back here")
            .help("it has no `return` at all: write `next:` instead of `returns:`, or give it ends with `return:`");
        self.report(finding);
    }

    /// Reports the values that the called tree never returns; whether there were any.
    fn unknown_returns(&mut self, call: &CallNode, returned: &[Arc<str>]) -> bool {
        let mut unknown = false;
        let known: HashSet<&str> = returned.iter().map(|value| &**value).collect();
        for (value, _) in &call.returns {
            let (word, span) = (&*value.value, value.span);
            if known.contains(word) {
                continue;
            }
            unknown = true;
            let near = self.guess(returned.len());
            let near = near.and_then(|()| nearest(word, returned.iter().map(|value| &**value)));
            let finding = self.finding(
                Code::UnknownAnswer,
                span,
                format!("`{}` never returns `{word}`", call.tree.value),
            );
            let finding = match near {
                None => finding.help(format!("it returns {}", listed(returned))),
                near => suggest(finding, span, near),
            };
            self.report(finding);
        }
        unknown
    }

    /// Reports the values that the called tree returns and that lead nowhere.
    fn missing_returns(
        &mut self,
        id: StepId,
        step: &StepNode,
        call: &CallNode,
        returned: &[Arc<str>],
    ) {
        let span = call.returns_span.unwrap_or(step.name.span);
        let named = call.returns.iter().map(|(value, _)| &*value.value);
        let named: HashSet<&str> = named.collect();
        for value in returned.iter().filter(|value| !named.contains(&***value)) {
            let finding = self
                .finding(
                    Code::MissingAnswer,
                    span,
                    format!(
                        "`{}` can return `{value}`, which leads nowhere",
                        call.tree.value
                    ),
                )
                .help(format!(
                    "add `{value}:` under `returns:`, or a `next:` for all values that it does not name"
                ));
            self.report_missing(finding);
            self.lost_edge(id, Arm::Next(None), span);
        }
    }
}

/// Names for a message: `a`, `b` and `c`; the first ones of many.
pub(super) fn listed(names: &[Arc<str>]) -> String {
    let mut shown: Vec<String> = names
        .iter()
        .take(8)
        .map(|name| format!("`{name}`"))
        .collect();
    if names.len() > shown.len() {
        shown.push(format!("{} more", names.len() - shown.len()));
    }
    match shown.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
