//! Floor 4: what can be proved of a compiled tree, one file a check. A check reads a [`Subject`] and reports; it never
//! changes a tree, and never enumerates paths.

mod subject;

pub use subject::{Places, Subject};
