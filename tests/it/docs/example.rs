//! An example of a page as a library that can be compiled. What a fragment leaves out is made up around it.

use std::sync::Arc;

use fixpath::diagnostic::Code;
use fixpath::tree::{Library, TreeId};
use fixpath::treetest;

use crate::support::{Compiled, Files, TODAY};

use super::block::Block;

/// More made-up steps than any fragment needs.
const MOST_MADE_UP: usize = 30;

/// The path of the tree that is no other.
const EXAMPLE: &str = "example.yaml";
/// The path of the library file.
const LIBRARY: &str = "fixpath.yaml";

/// What is made up around a library or the head of a tree.
const STEPS: &str = "steps:\n  plug:\n    do: Push the plug in firmly.\n    no: stuck\n";

/// An example of a page.
#[derive(Debug)]
pub struct Example {
    /// The line of its fence.
    pub line: usize,
    /// The codes that it yields; none for a good example.
    pub fails: Vec<String>,
    /// Path and text of each file.
    files: Vec<(String, String)>,
    /// Whether steps and trees that are not shown are made up.
    is_fragment: bool,
}

impl Example {
    /// The example of a block; `base` is the library file of the page, `others` are the trees that it has shown as files.
    pub fn new(block: &Block, base: Option<&str>, others: &[(String, String)]) -> Self {
        let is_fragment = ["steps", "head", "library"]
            .iter()
            .any(|kind| block.has(kind));
        let text = if block.has("steps") {
            format!("title: An example\nsteps:\n{}", indented(&block.text))
        } else if block.has("head") {
            format!("{}{STEPS}", block.text)
        } else if block.has("library") {
            format!("title: An example\n{STEPS}")
        } else {
            block.text.clone()
        };
        let own = block
            .file_in_library()
            .filter(|_| !is_fragment)
            .unwrap_or(EXAMPLE);
        let mut files = split(own, &text);
        for (path, text) in others {
            if !files.iter().any(|(known, _)| known == path) {
                files.push((path.clone(), text.clone()));
            }
        }
        let library = match base {
            _ if block.has("library") => with_stuck(&block.text),
            Some(base) => base.to_owned(),
            None => with_stuck(""),
        };
        if !files.iter().any(|(path, _)| path == LIBRARY) {
            files.push((LIBRARY.to_owned(), library));
        }
        Self {
            line: block.line,
            fails: block.fails(),
            files,
            is_fragment,
        }
    }

    /// Compiled, with what it leaves out.
    fn compile(&self) -> Compiled {
        let mut files = self.files.clone();
        for _ in 0..MOST_MADE_UP {
            let compiled = compile(&files);
            match missing(&compiled) {
                Some(Missing::Step(step)) if self.may_lack(Code::UnknownStep) => {
                    make_up_step(&mut files, &step);
                }
                Some(Missing::Tree(tree)) if self.may_lack(Code::UnknownTree) => {
                    files.push((format!("{tree}.yaml"), format!("title: Made up\n{STEPS}")));
                }
                _ => return compiled,
            }
        }
        compile(&files)
    }

    /// Whether what this code reports is made up.
    fn may_lack(&self, code: Code) -> bool {
        self.is_fragment && !self.fails.iter().any(|fails| fails == code.name())
    }

    /// What is found in an example that should have no finding.
    pub fn finding(&self) -> Option<String> {
        let compiled = self.compile();
        let shown: Vec<String> = compiled
            .findings()
            .into_iter()
            .zip(compiled.messages())
            .map(|(finding, message)| format!("{finding}: {message}"))
            .collect();
        (!shown.is_empty()).then(|| shown.join("\n  "))
    }

    /// What a counter-example yields instead of its codes.
    pub fn other_finding(&self) -> Option<String> {
        let compiled = self.compile();
        let found = compiled.codes();
        let holds = found
            .iter()
            .all(|code| self.fails.iter().any(|fails| fails == code))
            && self.fails.iter().all(|fails| found.contains(&&**fails));
        (!holds).then(|| {
            let shown = compiled.findings().join(", ");
            format!("wanted {}, found {shown}", self.fails.join(" "))
        })
    }

    /// A test of the example's trees that fails.
    pub fn failed_test(&self) -> Option<String> {
        let part = self.compile().compilation.into_sound_part().ok()?;
        let trees = 0..part.library.trees.len();
        trees.into_iter().find_map(|at| {
            let report = treetest::run(&part, TreeId(at as u32), TODAY)?;
            let failed = report.tests.iter().find(|test| !test.failures.is_empty())?;
            Some(format!("test `{}`: {:#?}", failed.name, failed.failures))
        })
    }

    /// The library of a good example; `None` where it has errors.
    pub fn library(&self) -> Option<Arc<Library>> {
        let compiled = self.compile();
        compiled.compilation.into_library().ok().map(Arc::new)
    }
}

/// The files of an example: those after lines `# file: PATH`, or one tree at that path.
fn split(path: &str, text: &str) -> Vec<(String, String)> {
    if !text.lines().any(|line| line.starts_with("# file: ")) {
        return vec![(path.to_owned(), text.to_owned())];
    }
    let parts = text.split("# file: ").skip(1);
    let part = |part: &str| {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        (path.trim().to_owned(), text.to_owned())
    };
    parts.map(part).collect()
}

fn compile(files: &[(String, String)]) -> Compiled {
    let add = |files: Files, (path, text): &(String, String)| files.file(path, text);
    files.iter().fold(Files::new().strict(), add).compile()
}

/// Adds a step to the example.
fn make_up_step(files: &mut [(String, String)], step: &str) {
    let (_, text) = files.iter_mut().find(|(path, _)| path == EXAMPLE).unwrap();
    text.push_str(&format!(
        "  {step}:\n    ask: Does it work here?\n    yes: {{end: All is well}}\n    no: stuck\n"
    ));
}

/// Something that a fragment names and does not show.
enum Missing {
    Step(String),
    Tree(String),
}

fn missing(compiled: &Compiled) -> Option<Missing> {
    compiled.diagnostics().iter().find_map(|finding| {
        let place = finding.primary.place;
        let name = compiled
            .sources
            .file(place.file)
            .slice(place.span)
            .to_owned();
        match finding.code {
            Code::UnknownStep => Some(Missing::Step(name)),
            Code::UnknownTree => Some(Missing::Tree(name)),
            _ => None,
        }
    })
}

/// A library file with a `stuck` of its own.
fn with_stuck(library: &str) -> String {
    if library.lines().any(|line| line.starts_with("stuck:")) {
        library.to_owned()
    } else {
        format!("stuck: {{escalate: desk, reason: The script did not help}}\n{library}")
    }
}

fn indented(text: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("  {line}\n")
        }
    };
    text.lines().map(line).collect()
}
