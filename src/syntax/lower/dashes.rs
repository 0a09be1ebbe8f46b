//! Dashes and brackets around what is no list: one text as a list of one, names with something behind each as a list.

use std::sync::Arc;

use crate::diagnostic::{Code, Edit};
use crate::source::{Span, Spanned};

use super::super::yaml::{Kind, Node};
use super::seen::Seen;
use super::{Lower, what::What};

/// What a mapping takes whose keys are the author's own.
pub(super) const NAMES: &str = "names with something behind each";

/// What a mapping takes whose keys are the language's.
pub(super) const KEYS: &str = "keys with values";

/// What `steps` takes.
pub(super) const A_STEP_EACH: &str = "names with a step under each";

impl<'y> Lower<'y> {
    /// Reports a list of one text where that text is wanted, or a list of names with something behind each where these
    /// are wanted: without its dashes or brackets it is what the place takes.
    pub(super) fn listed(&mut self, node: Node<'y>, what: What<'_>, wanted: &str) -> bool {
        let found = match wanted {
            NAMES | KEYS | A_STEP_EACH => self.before_names(node),
            _ => self.around_one(node),
        };
        let Some((sign, edits)) = found else {
            return false;
        };
        let title = format!("take the {sign} away");
        let finding = self
            .finding(
                Code::WrongType,
                node.span(),
                format!("{what} takes {wanted}, not a list"),
            )
            .label("a list")
            .help(title.clone())
            .fix(title, edits);
        self.report(finding);
        true
    }

    /// The edits that leave the one text of a list.
    fn around_one(&self, node: Node<'y>) -> Option<(&'static str, Vec<Edit>)> {
        let mut items = node.items();
        let item = items.next().filter(|_| items.next().is_none())?;
        let written = self.slice(item.span());
        if written.trim().is_empty() || matches!(item.kind(), Kind::List { .. } | Kind::Empty) {
            return None;
        }
        if node.kind() != (Kind::List { flow: true }) {
            let edit = self.without_dash(item)?;
            return Some(("dash", vec![edit]));
        }
        let edit = Edit {
            span: node.span(),
            text: written.to_owned(),
        };
        (!written.contains('\n')).then(|| ("brackets", vec![edit]))
    }

    /// The edits that leave the entries of a list of names, each with something behind it.
    pub(super) fn before_names(&self, node: Node<'y>) -> Option<(&'static str, Vec<Edit>)> {
        if node.kind() != (Kind::List { flow: false }) || node.is_torn() {
            return None;
        }
        let mut seen = Seen::default();
        let mut edits = Vec::new();
        for item in node.items() {
            let mut entries = item.entries();
            let entry = entries.next().filter(|_| entries.next().is_none())?;
            let name = Spanned::new(Arc::from(entry.key.text()?), entry.key.span());
            if item.kind() != (Kind::Map { flow: false }) || seen.add(&name).is_some() {
                return None;
            }
            edits.push(self.without_dash(item)?);
        }
        (!edits.is_empty()).then_some(("dashes", edits))
    }

    /// The edit that puts a blank in the place of an entry's dash, so that all of the entry stands as deep as before.
    fn without_dash(&self, item: Node<'y>) -> Option<Edit> {
        let start = item.span().start as usize;
        let before = self.yaml.source().get(..start)?;
        let line = before.trim_end_matches(' ');
        let at = line.strip_suffix('-')?.len() as u32;
        let text = " ".to_owned();
        let span = Span::new(at, at + 1);
        Some(Edit { span, text })
    }
}
