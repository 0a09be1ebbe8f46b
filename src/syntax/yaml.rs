//! Layer 1 of reading: YAML text → a compact tree of nodes with spans. Only this module names the YAML parser.
//! It knows nothing of the language: every scalar is a text, whatever it looks like.

mod build;
mod node;
mod read;

pub(super) use node::{Entry, Kind, Node, Property, PropertyKind, Style, Yaml};
pub(super) use read::read;
