//! What the names of a library's files say of it: trees that nobody could name by hand, and library files in a place where
//! none is looked for.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Place, Span};
use crate::syntax::Script;

/// The findings about the names of trees, by name and file.
pub fn findings(trees: &[(String, FileId)], scripts: &[Script]) -> Vec<Diagnostic> {
    let found = trees.iter().filter_map(|(name, file)| {
        if is_library_file(name, *file, scripts) {
            return Some(misplaced(name, *file));
        }
        (!is_name(name)).then(|| {
            at(*file, format!("`{name}` is no name for a tree")).help(
                "name the file and its folders by letters, digits, spaces, `_`, `-` and `.`: it stands in files, addresses and reports",
            )
        })
    });
    found.collect()
}

/// Whether a file is named like the library file and holds no tree.
pub fn is_library_file(name: &str, file: FileId, scripts: &[Script]) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    let mut scripts = scripts.iter();
    last.eq_ignore_ascii_case("fixpath")
        && scripts.any(|script| script.file == file && script.steps.is_empty())
}

fn misplaced(name: &str, file: FileId) -> Diagnostic {
    let message = if name.contains('/') {
        "a library file counts only in the library's top folder"
    } else {
        "the library file is named `fixpath.yaml`"
    };
    at(file, message).help(
        "move what it declares into the `fixpath.yaml` of the library; if it is a tree, give it another name",
    )
}

fn at(file: FileId, message: impl Into<String>) -> Diagnostic {
    let place = Place {
        file,
        span: Span::default(),
    };
    Diagnostic::new(Code::BadName, place, message)
}

/// Whether every part of a tree's name has letters of some script and what stands between words, and no sign that means
/// something in conditions, addresses or shells.
fn is_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '_' | '-' | '.');
    name.split('/')
        .all(|part| !part.is_empty() && part.chars().all(fits))
}
