//! A library made of texts. `Files::new().tree("network/dns", "…").library("…").compile()` is what a test says.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use fixpath::compile::{Compilation, Options, compile};
use fixpath::diagnostic::{Code, Diagnostic, Severity};
use fixpath::source::{FileId, SourceFile, Sources};
use fixpath::syntax::{Limits, parse_library, parse_script};
use fixpath::tree::Library;
use jiff::civil::{Date, date};

use super::graph_words::graph_words;

/// The day on which tests run.
pub const TODAY: Date = date(2026, 11, 21);

/// The files of a library.
#[derive(Debug, Clone)]
pub struct Files {
    /// Path and text, in the order of adding.
    files: Vec<(String, String)>,
    limits: Limits,
    options: Options,
}

impl Files {
    /// No files; nothing is allowed, nothing strict; it is [`TODAY`].
    pub fn new() -> Self {
        Self {
            files: Vec::new(),
            limits: Limits::default(),
            options: Options::new(TODAY),
        }
    }

    /// One tree named `example` in a library that gives a plain `stuck`.
    pub fn example(text: &str) -> Self {
        Self::new().tree("example", text).default_library()
    }

    /// Several files in one text, each after a line `# file: PATH`; without such a line, one tree named `example`.
    /// Where no `fixpath.yaml` is among them, the library gives a plain `stuck`. A first line like
    /// `# limits: steps=3 bytes=100` sets limits.
    pub fn split(text: &str) -> Self {
        let mut files = Self::new();
        let text = files.take_limits(text);
        if !text.lines().any(|line| line.starts_with("# file: ")) {
            return files.tree("example", text).default_library();
        }
        for part in text.split("# file: ").skip(1) {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            files = files.file(path.trim(), text);
        }
        files.default_library()
    }

    fn take_limits<'t>(&mut self, text: &'t str) -> &'t str {
        let Some(rest) = text.strip_prefix("# limits:") else {
            return text;
        };
        let (line, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        for limit in line.split_whitespace() {
            let (name, value) = limit.split_once('=').expect("a limit is name=number");
            let value = value.parse().expect("a limit is a number");
            match name {
                "bytes" => self.limits.bytes = value,
                "depth" => self.limits.depth = value,
                "aliases" => self.limits.aliases = value,
                "steps" => self.limits.steps = value,
                _ => panic!("no limit is named `{name}`"),
            }
        }
        rest
    }

    /// Adds a tree by its name.
    #[must_use]
    pub fn tree(self, name: &str, text: &str) -> Self {
        self.file(&format!("{name}.yaml"), text)
    }

    /// Adds the library file.
    #[must_use]
    pub fn library(self, text: &str) -> Self {
        self.file("fixpath.yaml", text)
    }

    /// Adds a library file that only gives `stuck`, if there is none yet.
    #[must_use]
    pub fn default_library(self) -> Self {
        if self.files.iter().any(|(path, _)| path == "fixpath.yaml") {
            return self;
        }
        self.library("stuck: {escalate: desk, reason: The script did not help}\n")
    }

    /// Adds any file by its path in the library.
    #[must_use]
    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.files.push((path.to_owned(), text.to_owned()));
        self
    }

    /// Puts another text in a file's place.
    #[must_use]
    pub fn replace(mut self, path: &str, text: &str) -> Self {
        self.files.retain(|(known, _)| known != path);
        self.file(path, text)
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> &str {
        let file = self.files.iter().find(|(known, _)| known == path);
        &file.expect("there is such a file").1
    }

    /// Paths and texts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (&**path, &**text))
    }

    /// Changes the text of every tree.
    #[must_use]
    pub fn map(mut self, change: impl Fn(&str) -> String) -> Self {
        for (path, text) in &mut self.files {
            if path != "fixpath.yaml" && tree_name(path).is_some() {
                *text = change(text);
            }
        }
        self
    }

    /// Silences a code, like `--allow`.
    #[must_use]
    pub fn allow(mut self, code: Code) -> Self {
        self.options.allow.push(code);
        self
    }

    /// Warnings count as errors, like `--strict`.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.options.strict = true;
        self
    }

    /// Sets limits on what is read.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads and compiles all files.
    pub fn compile(&self) -> Compiled {
        let mut sources = Sources::default();
        let mut findings = Vec::new();
        let mut scripts = Vec::new();
        let mut library = None;
        let paths: BTreeSet<&str> = self.files.iter().map(|(path, _)| &**path).collect();
        for (path, text) in &self.files {
            let file = sources.add(SourceFile::new(path.as_str(), text.as_str()));
            if path == "fixpath.yaml" {
                let source = sources.file(file);
                library = Some(parse_library(file, source, &self.limits, &mut findings));
            } else if let Some(name) = tree_name(path) {
                let source = sources.file(file);
                let script = parse_script(file, name, source, &self.limits, &mut findings);
                scripts.push(script);
            }
        }
        if let Some(library) = &library {
            let of_path = |(id, file): (FileId, &SourceFile)| (file.path().to_owned(), id);
            let files = sources.iter().map(of_path).collect();
            fixpath::hooks::compile(&sources, library, &files, &mut findings);
        }
        let compilation = compile(
            &sources,
            library,
            scripts,
            &|path| paths.contains(path),
            &self.options,
            findings,
        );
        Compiled {
            sources,
            compilation,
        }
    }
}

/// The name of the tree that a file holds.
fn tree_name(path: &str) -> Option<Arc<str>> {
    let ending = Path::new(path).extension()?;
    (ending == "yaml" || ending == "yml").then(|| {
        let length = path.len() - ending.len() - 1;
        path[..length].into()
    })
}

/// What came of compiling.
#[derive(Debug)]
pub struct Compiled {
    /// All files.
    pub sources: Sources,
    /// The result.
    pub compilation: Compilation,
}

impl Compiled {
    /// All findings.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.compilation.diagnostics
    }

    /// The findings without those of `no-tests` and `untested-branch`.
    fn judged(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics()
            .iter()
            .filter(|finding| !matches!(finding.code, Code::NoTests | Code::UntestedBranch))
    }

    /// One line a finding, `code line:column text`: the text is the first line of what the finding points at. The path
    /// stands in front of the line where it is not `example.yaml`. Missing tests are left out.
    pub fn findings(&self) -> Vec<String> {
        self.judged().map(|finding| self.line(finding)).collect()
    }

    /// As [`Compiled::findings`], errors alone.
    pub fn errors(&self) -> Vec<String> {
        self.judged()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| self.line(finding))
            .collect()
    }

    fn line(&self, finding: &Diagnostic) -> String {
        let place = finding.primary.place;
        let file = self.sources.file(place.file);
        let at = file.position(place.span.start);
        let path = match file.path() {
            "example.yaml" => String::new(),
            path => format!("{path}:"),
        };
        let text = file.slice(place.span).lines().next().unwrap_or("");
        let (code, line, column) = (finding.code.name(), at.line, at.column);
        format!("{code} {path}{line}:{column} {text}")
            .trim_end()
            .to_owned()
    }

    /// The codes of the findings, in order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.judged().map(|finding| finding.code.name()).collect()
    }

    /// One line a finding: message, and help after an arrow.
    pub fn messages(&self) -> Vec<String> {
        let line = |finding: &Diagnostic| match &finding.help {
            Some(help) => format!("{} -> {help}", finding.message),
            None => finding.message.clone(),
        };
        self.judged().map(line).collect()
    }

    /// The text of a file after the fixes of all its findings.
    pub fn mended(&self, path: &str) -> String {
        let (id, file) = self
            .sources
            .iter()
            .find(|(_, file)| file.path() == path)
            .expect("there is such a file");
        let mut edits: Vec<_> = self
            .diagnostics()
            .iter()
            .filter(|finding| finding.primary.place.file == id)
            .filter_map(|finding| finding.fix.as_ref())
            .flat_map(|fix| &fix.edits)
            .collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        edits.dedup();
        let mut text = file.text().to_owned();
        for edit in edits {
            let range = edit.span.start as usize..edit.span.end as usize;
            text.replace_range(range, &edit.text);
        }
        text
    }

    /// The library; the test fails where there are errors.
    pub fn into_library(self) -> Library {
        let findings = self.findings();
        match self.compilation.into_library() {
            Ok(library) => library,
            Err(_) => panic!("the library has errors: {findings:#?}"),
        }
    }

    /// The graph of the tree `example` in words; see [`graph_words`]. The test fails where there are errors.
    pub fn graph(self) -> String {
        let library = self.into_library();
        let tree = library.find("example").expect("a tree named `example`");
        graph_words(&library, library.tree(tree))
    }
}
