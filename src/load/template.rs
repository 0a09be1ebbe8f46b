//! Reads the template of a hook: a file in the library's own folder, not one that a link leads out to.

use std::fs;
use std::path::Path;

use crate::syntax::Limits;

use super::shown;
use super::text::Text;

/// The path to show, and the text.
///
/// # Errors
/// It lies outside of the library, or cannot be read; the words say which.
pub(super) fn read(
    root: Option<&Path>,
    path: &str,
    limits: &Limits,
) -> Result<(String, Text), String> {
    let root = root.ok_or_else(|| format!("`{path}` cannot be read"))?;
    let file = root.join(path);
    let real = |path: &Path| {
        fs::canonicalize(path).map_err(|why| format!("`{}` cannot be read: {why}", path.display()))
    };
    if !real(&file)?.starts_with(real(root)?) {
        return Err(format!("`{path}` leads out of the library"));
    }
    let text = Text::read(&file, limits).map_err(|why| format!("{why:#}"))?;
    Ok((shown(&file), text))
}
