//! The trees in the binary, so that an installed fixpath works anywhere.

use include_dir::{Dir, include_dir};

/// The shipped library.
static TREES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/trees");

/// Every file of the shipped library: its path in the library, `/` between its parts, and its bytes.
pub fn files() -> Vec<(String, &'static [u8])> {
    let mut found = Vec::new();
    let mut folders = vec![&TREES];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            found.push((
                file.path().to_string_lossy().replace('\\', "/"),
                file.contents(),
            ));
        }
    }
    found.sort_unstable();
    found
}
