//! Pictures: their paths, written from the folder of the tree's file, as paths in the library.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
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
            let finding = self.no_picture(src);
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

    /// Why what is written is no picture that a library can have.
    fn no_picture(&self, src: &Word) -> Diagnostic {
        let written = &*src.value;
        let finding = |message| self.finding(Code::MissingFile, src.span, message);
        let small = written.to_ascii_lowercase();
        let address = ["http://", "https://", "//", "www."]
            .iter()
            .find(|start| small.starts_with(**start));
        if let Some(start) = address {
            let rest = written.get(start.len()..).unwrap_or_default();
            let host = if *start == "www." { written } else { rest };
            let right = format!("https://{host}");
            return finding(format!(
                "the address of a picture begins with `https://`, not `{}`",
                written.get(..start.len()).unwrap_or_default()
            ))
            .help(format!(
                "write `{right}` if it can be had there, or put the picture beside the tree's file"
            ))
            .replace(format!("write `{right}`"), src.span, right);
        }
        if has_scheme(written) {
            return finding(format!("`{written}` is no picture that everybody can load")).help(
                "put the picture beside the tree's file and write its name, or an address that begins with `https://`",
            );
        }
        finding(format!("`{written}` lies outside of the library"))
            .help("put the picture beside the tree's file, or in a folder of the library")
    }
}

/// Whether a text begins like an address: `data:`, `ftp:`. A single letter before the colon is a drive.
fn has_scheme(written: &str) -> bool {
    written.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Joins a path to the folder of a tree; `None` where it leads out of the library or is absolute.
pub(super) fn in_library(tree: &str, written: &str) -> Option<String> {
    if written.starts_with(['/', '\\']) || written.contains(':') || is_page(written) {
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

/// `www.example.org/a.png`: nobody names a folder so.
fn is_page(written: &str) -> bool {
    written
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."))
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
