//! Which files a library's folder holds.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files of a library by their path in it, `/` between its parts; hidden files and folders and the top `locale/` are left
/// out. A link to a folder is followed once for each real folder, so that rings end.
///
/// # Errors
/// A folder cannot be listed; the error names it.
pub fn files(root: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut seen = Vec::new();
    let mut folders = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let real = fs::canonicalize(&folder).map_err(|error| naming(&folder, &error))?;
        if seen.contains(&real) {
            continue;
        }
        seen.push(real);
        for entry in fs::read_dir(&folder).map_err(|error| naming(&folder, &error))? {
            let entry = entry.map_err(|error| naming(&folder, &error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            if name.starts_with('.') || (prefix.is_empty() && name == "locale") {
                continue;
            }
            if path.is_dir() {
                folders.push((path, format!("{prefix}{name}/")));
            } else {
                found.insert(format!("{prefix}{name}"), path);
            }
        }
    }
    Ok(found)
}

/// The error with the path that it is about.
fn naming(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// The tree's name of a file's path in the library; `None` for files that are no trees. Endings in capitals count: some
/// systems write them so.
pub fn tree_name(path: &str) -> Option<&str> {
    [".yaml", ".yml"].iter().find_map(|ending| {
        let at = path.len().checked_sub(ending.len())?;
        let (name, end) = path.split_at_checked(at)?;
        end.eq_ignore_ascii_case(ending).then_some(name)
    })
}
