//! Pictures: their paths, written from the folder of the tree's file, as paths in the library.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::syntax::Word;

use super::link::Linker;

impl Linker<'_, '_> {
    /// The path in the library; a file that is not there is reported.
    pub fn image_path(&mut self, src: &Word) -> Arc<str> {
        let written = &*src.value;
        if written.starts_with("https://") {
            return Arc::clone(&src.value);
        }
        let Some(path) = in_library(&self.script.name, written) else {
            let finding = self
                .finding(
                    Code::MissingFile,
                    src.span,
                    format!("`{written}` lies outside of the library"),
                )
                .help("put the picture beside the tree's file, or in a folder of the library");
            self.report(finding);
            return Arc::clone(&src.value);
        };
        if !(self.shared.has_file)(&path) {
            let finding = self
                .finding(
                    Code::MissingFile,
                    src.span,
                    format!("there is no file `{written}`"),
                )
                .label(format!("looked for `{path}` in the library"))
                .help("write the path from the folder of this file, capitals included");
            self.report(finding);
        }
        path.into()
    }
}

/// Joins a path to the folder of a tree; `None` where it leads out of the library or is absolute.
pub(super) fn in_library(tree: &str, written: &str) -> Option<String> {
    if written.starts_with(['/', '\\']) || written.contains(':') {
        return None;
    }
    let folder = tree.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::in_library;

    #[test]
    fn paths_start_at_the_folder_of_the_tree() {
        for (tree, written, expected) in [
            ("network/wifi", "router.svg", Some("network/router.svg")),
            (
                "network/wifi",
                "./img/../router.svg",
                Some("network/router.svg"),
            ),
            ("network/wifi", "../img/a.png", Some("img/a.png")),
            ("wifi", "a.png", Some("a.png")),
            ("wifi", "../a.png", None),
            ("wifi", "/etc/passwd", None),
            ("wifi", "C:/a.png", None),
        ] {
            assert_eq!(in_library(tree, written).as_deref(), expected, "{written}");
        }
    }
}
