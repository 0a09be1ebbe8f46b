//! Anchors, aliases and tags. An alias is a reference: nothing is copied, and what it stands for is counted.

use crate::source::Span;

use super::super::node::{Kind, Property, PropertyKind, RawKind, Style, VERBATIM};
use super::{Build, Problem};

/// What an alias may refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) node: u32,
    /// Values in it, aliases written out; `None` while it is not closed.
    pub(super) values: Option<usize>,
    pub(super) height: usize,
    /// Its place among the properties.
    property: Option<usize>,
}

impl Build<'_, '_> {
    /// Notes what stands before the latest node. Before nothing, it was meant as the text itself.
    pub(super) fn property(&mut self, span: Span, kind: PropertyKind) {
        if let Some(raw) = self.yaml.nodes.last_mut()
            && raw.tag == RawKind::Node(Kind::Empty)
            && !span.is_empty()
        {
            (raw.start, raw.end) = (span.start, span.end);
            raw.tag = RawKind::Node(Kind::Scalar(Style::Plain));
            self.yaml.doubtful.push(self.yaml.nodes.len() as u32 - 1);
            self.fault(Problem::LostWord, span);
            return;
        }
        if let Some(node) = (self.yaml.nodes.len() as u32).checked_sub(1) {
            self.yaml.properties.push(Property { node, span, kind });
        }
    }

    pub(super) fn name(&mut self, anchor: usize, node: u32, values: Option<usize>) {
        self.targets.insert(
            anchor,
            Target {
                node,
                values,
                height: 0,
                property: None,
            },
        );
    }

    pub(super) fn anchor(&mut self, id: usize, place: Span) {
        let at = self.yaml.properties.len();
        self.property(place, PropertyKind::Anchor { used: false });
        if let Some(target) = self.targets.get_mut(&id) {
            target.property = Some(at);
        }
    }

    pub(super) fn alias(&mut self, id: usize, place: Span) -> bool {
        self.end = place.end;
        let Some(target) = self.targets.get(&id).copied() else {
            self.unknown_alias(place);
            return true;
        };
        let property = target
            .property
            .and_then(|at| self.yaml.properties.get_mut(at));
        if let Some(property) = property {
            property.kind = PropertyKind::Anchor { used: true };
        }
        let Some(values) = target.values else {
            self.fault(Problem::AliasOfItself, place);
            self.push(place, VERBATIM, RawKind::Node(Kind::Broken));
            return true;
        };
        self.push(place, target.node, RawKind::Alias);
        self.aliased = self.aliased.saturating_add(values);
        self.reach(target.height);
        if self.aliased > self.limits.aliases {
            return self.stop(Problem::TooManyAliases, place);
        }
        if self.open.len() + target.height > self.limits.depth {
            return self.stop(Problem::TooDeep, place);
        }
        true
    }

    /// A text that begins with a star, most likely: it is read as one.
    pub(super) fn unknown_alias(&mut self, place: Span) {
        self.fault(Problem::UnknownAlias, place);
        let node = self.push(place, VERBATIM, RawKind::Node(Kind::Scalar(Style::Plain)));
        self.yaml.doubtful.push(node);
        self.end = place.end;
    }
}
