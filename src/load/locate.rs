//! Where the library is: `--library`, else the environment, else the nearest upward from here, else the built-in trees.

use std::path::{Path, PathBuf};

/// The name of the library file.
pub const LIBRARY_FILE: &str = "fixpath.yaml";

/// The folder in which trees are kept.
const TREES: &str = "trees";

/// Where a library comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A folder, with or without a library file in it.
    Folder(PathBuf),
    /// The trees in the binary.
    BuiltIn,
}

/// The library of a folder that somebody named: its `trees/fixpath.yaml` or `fixpath.yaml`, else its `trees/`, else
/// the folder as it is.
pub fn named(folder: &Path) -> PathBuf {
    if folder.join(LIBRARY_FILE).is_file() {
        return folder.to_owned();
    }
    let trees = folder.join(TREES);
    if trees.is_dir() {
        trees
    } else {
        folder.to_owned()
    }
}

/// The library in which a place lies: the folder of the nearest `trees/fixpath.yaml` or `fixpath.yaml` upward, else the
/// nearest `trees/` upward (the place's own folder, if that is one).
pub fn nearest(place: &Path) -> Option<PathBuf> {
    with_library_file(place).or_else(|| place.ancestors().find_map(trees_folder))
}

/// The nearest folder upward with a library file, in itself or in its `trees/`.
fn with_library_file(place: &Path) -> Option<PathBuf> {
    place.ancestors().find_map(|folder| {
        let trees = folder.join(TREES);
        [trees.as_path(), folder]
            .into_iter()
            .find(|folder| folder.join(LIBRARY_FILE).is_file())
            .map(Path::to_owned)
    })
}

/// The folder itself if it is named `trees`, or its `trees/`.
fn trees_folder(folder: &Path) -> Option<PathBuf> {
    if folder.file_name().is_some_and(|name| name == TREES) && folder.is_dir() {
        return Some(folder.to_owned());
    }
    let trees = folder.join(TREES);
    trees.is_dir().then_some(trees)
}
