//! The kinds of files that authors write.

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A tree.
    Tree,
    /// The library file.
    Library,
}
