//! A library with everything that runners need beside it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::{fs, time::SystemTime};

use crate::compile::{Options, SoundPart};
use crate::diagnostic::{Diagnostic, Severity};
use crate::hooks::Hooks;
use crate::load::media::Media;
use crate::load::search::SearchIndex;
use crate::load::walkable::NOTHING;
use crate::load::{Files, Loaded};
use crate::source::{FileId, Sources};
use crate::tree::Library;

use super::Trouble;

/// A library that is served.
#[derive(Debug)]
pub struct Today {
    /// The trees.
    pub library: Arc<Library>,
    /// Their search.
    pub search: SearchIndex,
    /// What is told to other systems.
    pub hooks: Hooks,
    /// Whether there are mistakes in them, so that something is not sent.
    pub hooks_are_wrong: bool,
    /// Their pictures.
    pub media: Media,
    /// Trees with errors, and trees that lead to them: they are not in the library.
    pub left_out: Vec<Arc<str>>,
    /// All findings.
    pub findings: Arc<[Diagnostic]>,
    /// The texts that the findings are about.
    pub sources: Sources,
    /// Which file each tree is in, sorted by name.
    pub files: Vec<(String, FileId)>,
}

impl Today {
    /// What can be walked of these files.
    ///
    /// # Errors
    /// The library file has errors, or no tree is left.
    pub fn of(files: &Files, options: &Options) -> anyhow::Result<Self> {
        Self::of_loaded(files.compile(options), files)
    }

    pub(super) fn of_loaded(loaded: Loaded, files: &Files) -> anyhow::Result<Self> {
        let Loaded {
            sources,
            compilation,
            trees,
            hooks,
        } = loaded;
        let hooks_are_wrong = compilation.hooks_are_wrong();
        let Ok(SoundPart {
            library,
            left_out,
            diagnostics,
            ..
        }) = compilation.into_sound_part()
        else {
            anyhow::bail!(NOTHING);
        };
        Ok(Self {
            search: SearchIndex::new(&library),
            media: Media::of(&library, files),
            library,
            hooks,
            hooks_are_wrong,
            left_out,
            findings: diagnostics.into(),
            sources,
            files: trees,
        })
    }

    /// The file of a tree.
    pub fn file(&self, tree: &str) -> Option<FileId> {
        let mut files = self.files.iter();
        files.find(|(name, _)| name == tree).map(|(_, file)| *file)
    }

    /// What is wrong with the files although a part of them is served.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        let has_errors = self
            .findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        has_errors.then(|| Trouble::of_findings(self.findings.to_vec(), self.sources.clone()))
    }
}

impl Files {
    /// Tells these files from what they are at other times, within this process: the texts, and of the others (pictures,
    /// templates) size and time.
    pub(super) fn mark(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        if let Some((path, text)) = &self.library {
            (path, text.as_str()).hash(&mut hasher);
        }
        for tree in &self.trees {
            (&tree.path, tree.text.as_str()).hash(&mut hasher);
        }
        for path in &self.others {
            path.hash(&mut hasher);
            let file = self.root.as_ref().map(|root| root.join(path));
            if let Some(about) = file.and_then(|file| fs::metadata(file).ok()) {
                (
                    about.len(),
                    about.modified().unwrap_or(SystemTime::UNIX_EPOCH),
                )
                    .hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}
