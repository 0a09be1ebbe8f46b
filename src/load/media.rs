//! The pictures that trees and the theme name, for pages: by their path in the library, never by a path on the disk.
//! A file that nothing names is not served, whatever it is called.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};

use crate::tree::{Library, Tree};

use super::{Files, builtin};

/// A picture that is larger than this is not served, in bytes.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// Pictures by their paths in the library.
#[derive(Debug, Default)]
pub struct Media {
    pictures: BTreeMap<Arc<str>, Picture>,
}

/// A picture; its bytes are read when they are first asked for.
#[derive(Debug)]
pub struct Picture {
    /// What it is, as browsers are told.
    pub content_type: &'static str,
    place: Place,
    read: OnceLock<Option<Content>>,
}

/// What is in a picture's file.
#[derive(Debug, Clone)]
pub struct Content {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Tells it from what the file held at other times, in hexadecimal.
    pub mark: Arc<str>,
}

#[derive(Debug)]
enum Place {
    BuiltIn,
    File { root: PathBuf },
}

impl Media {
    /// The pictures that this library names.
    pub fn of(library: &Library, files: &Files) -> Self {
        let logo = library.theme.logo.iter();
        let shown = library.trees.iter().flat_map(|tree| images(tree));
        let mut pictures = BTreeMap::new();
        for path in logo.chain(shown) {
            let known = files
                .others
                .binary_search_by(|other| other.as_str().cmp(path));
            if let (Ok(_), Some(content_type)) = (known, content_type(path)) {
                let place = match &files.root {
                    Some(root) => Place::File { root: root.clone() },
                    None => Place::BuiltIn,
                };
                let read = OnceLock::new();
                let picture = Picture {
                    content_type,
                    place,
                    read,
                };
                pictures.insert(Arc::clone(path), picture);
            }
        }
        Self { pictures }
    }

    /// Whether there is such a picture.
    pub fn has(&self, path: &str) -> bool {
        self.pictures.contains_key(path)
    }

    /// The picture of that path and what is in it; `None` where nothing names it, or it is gone, too large, or a link out
    /// of the library. Reads a file the first time.
    pub fn get(&self, path: &str) -> Option<(&Picture, &Content)> {
        let picture = self.pictures.get(path)?;
        let content = picture.read.get_or_init(|| picture.place.read(path));
        Some((picture, content.as_ref()?))
    }
}

/// The paths of a tree's pictures.
fn images(tree: &Tree) -> impl Iterator<Item = &Arc<str>> {
    let shown = tree.steps().filter_map(|(_, step)| step.shown.as_ref());
    shown.filter_map(|shown| Some(&shown.image.as_ref()?.src))
}

impl Place {
    fn read(&self, path: &str) -> Option<Content> {
        let bytes = match self {
            Self::BuiltIn => {
                let files = builtin::files();
                let (_, bytes) = files.into_iter().find(|(name, _)| name == path)?;
                bytes.to_vec()
            }
            Self::File { root } => read_within(root, path)?,
        };
        let digest = Sha256::digest(&bytes);
        let mut mark = String::with_capacity(16);
        for byte in digest.iter().take(8) {
            // Writing to a String does not fail.
            let _ = write!(mark, "{byte:02x}");
        }
        Some(Content {
            bytes: bytes.into(),
            mark: mark.into(),
        })
    }
}

/// A file below a folder; `None` where a link leads out of it, or the file is no file or too large.
fn read_within(root: &Path, path: &str) -> Option<Vec<u8>> {
    let real = fs::canonicalize(root.join(path)).ok()?;
    if !real.starts_with(fs::canonicalize(root).ok()?) || !real.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    let file = File::open(real).ok()?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LARGEST).then_some(bytes)
}

/// What a file is by its ending; `None` for what is no picture that browsers show.
fn content_type(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    Some(match &*ending.to_ascii_lowercase() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        _ => return None,
    })
}
