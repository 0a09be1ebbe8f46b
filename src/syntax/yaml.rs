//! Layer 1 of reading: YAML text → a compact tree of nodes with spans. Only this module names the YAML parser.
//! It knows nothing of the language: every scalar is a text, whatever it looks like.

mod build;
mod diagnose;
mod edits;
mod faults;
mod line;
mod mend;
mod node;
mod read;
mod retreat;

pub(super) use diagnose::not_indented;
pub(super) use edits::{Edits, read_edited};
pub(super) use line::Line;
pub(super) use node::{Entry, Kind, Node, PropertyKind, Style, Yaml};
