//! What YAML does to a text behind the author's back, found and undone.

use std::borrow::Cow;

use super::super::yaml::Node;
use super::Lower;

impl<'y> Lower<'y> {
    /// The text as its author meant it; what YAML did to it is reported.
    pub(super) fn as_meant(&mut self, _node: Node<'y>, text: &'y str) -> Cow<'y, str> {
        Cow::Borrowed(text)
    }
}
