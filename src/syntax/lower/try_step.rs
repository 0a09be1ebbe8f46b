//! `try:`: remedies, one after the other.

use crate::diagnostic::Code;
use crate::source::{Span, Spanned};

use super::super::key::Key;
use super::super::shape::{REMEDY, SHOWN};
use super::super::yaml::{Kind, Node};
use super::super::{RemedyStep, TryNode, Word};
use super::fields::Fields;
use super::{Lower, what::What};

/// Remedies up to which the best order is computed.
const MOST_TO_ORDER: usize = 12;

impl<'y> Lower<'y> {
    /// `try:` with its `order` and `no`.
    pub(super) fn try_step(&mut self, fields: &Fields<'y>) -> Option<TryNode> {
        let node = fields.value(Key::Try)?;
        let words = ["author", "best"];
        let order = self.choice(fields, Key::Order, &words, |text| match text {
            "author" => Some(false),
            "best" => Some(true),
            _ => None,
        });
        let best = order.filter(|order| order.value).map(|order| order.span);
        let found_before = self.findings.len();
        let before = self.within_try.replace(fields.key_span(Key::Try));
        let remedies = self.remedies(node);
        self.within_try = before;
        let no = self.edge_of(fields, Key::No);
        self.check_odds(&remedies);
        // Where the file could not be read, nobody can tell what is missing.
        if let Some(best) = best.filter(|_| !node.is_torn()) {
            self.check_best(&remedies, best, found_before);
        }
        Some(TryNode { remedies, best, no })
    }

    fn remedies(&mut self, node: Node<'y>) -> Vec<RemedyStep> {
        if !matches!(node.kind(), Kind::Map { .. }) {
            self.wrong_kind(node, What::Key(Key::Try), "names with a remedy under each");
            self.broken = true;
            return Vec::new();
        }
        self.broken |= node.lacks_entries();
        let mut remedies = Vec::new();
        for entry in node.entries() {
            let Some(name) = self.step_name(entry, "a remedy") else {
                continue;
            };
            let remedy = self.remedy_step(&name, entry.value, entry.span());
            self.broken |= remedy.is_none();
            if self.claim(&name) {
                remedies.extend(remedy);
            }
        }
        if node.entries().next().is_none() && !node.is_torn() {
            self.nothing_within(node, What::Key(Key::Try));
        }
        remedies
    }

    fn remedy_step(&mut self, name: &Word, node: Node<'y>, span: Span) -> Option<RemedyStep> {
        let fields = self.fields(node, &REMEDY, What::Named("remedy", &name.value))?;
        if !fields.has(Key::Do) && !fields.faulty {
            let message = format!("the remedy `{}` does not say what to do", name.value);
            self.missing(name.span, &message, "add `do: …`");
        }
        Some(RemedyStep {
            name: name.clone(),
            span,
            instruction: self.prose_of(&fields, Key::Do),
            shown: self.shown(&fields, SHOWN),
            wait: self.duration(&fields, Key::Wait),
            remedy: self.remedy(&fields),
        })
    }

    /// The odds of one `try` are shares of the same cases.
    fn check_odds(&mut self, remedies: &[RemedyStep]) {
        let mut sum = 0.0;
        for odds in remedies.iter().filter_map(|step| step.remedy.odds.as_ref()) {
            sum += odds.value;
            // Shares like 33.3 % are rounded; what rounding adds is no mistake.
            if sum > 100.0 + 1e-6 {
                self.too_likely(odds, sum);
                return;
            }
        }
    }

    fn too_likely(&mut self, odds: &Spanned<f64>, sum: f64) {
        let finding = self
            .finding(
                Code::BadValue,
                odds.span,
                format!(
                    "the odds of this `try` sum to {}%",
                    (sum * 10.0).round() / 10.0
                ),
            )
            .label("more than 100% with this one")
            .help("each is the share of all cases that the remedy solves; together at most 100%");
        self.report(finding);
    }

    /// `order: best` needs `odds` and `takes` on each remedy, and not too many of them.
    fn check_best(&mut self, remedies: &[RemedyStep], best: Span, found_before: usize) {
        if remedies.len() > MOST_TO_ORDER {
            self.too_many(remedies.len(), best);
            return;
        }
        let unreadable = self.findings.get(found_before..).unwrap_or_default();
        let unreadable: Vec<Span> = unreadable
            .iter()
            .map(|finding| finding.primary.place.span)
            .collect();
        for step in remedies {
            // What is there, but could not be read, is not missing.
            let within = |span: &Span| step.span.start <= span.start && span.end <= step.span.end;
            if unreadable.iter().any(within) {
                continue;
            }
            let missing = match (&step.remedy.odds, &step.remedy.takes) {
                (Some(_), Some(_)) => continue,
                (None, Some(_)) => "`odds`",
                (Some(_), None) => "`takes`",
                (None, None) => "`odds` and `takes`",
            };
            let finding = self
                .finding(
                    Code::MissingKey,
                    step.name.span,
                    format!("the remedy `{}` needs {missing}", step.name.value),
                )
                .label(format!("no {missing}"))
                .also(self.place(best), "the best order is computed from them")
                .help("add what is missing, or leave `order` out");
            self.report(finding);
        }
    }

    fn too_many(&mut self, remedies: usize, best: Span) {
        let finding = self
            .finding(
                Code::BadValue,
                best,
                format!("`order: best` takes at most {MOST_TO_ORDER} remedies"),
            )
            .label(format!("there are {remedies}"))
            .help("leave `order` out, or split the `try`");
        self.report(finding);
    }
}
