//! A folder of its own for each test, and the real binary run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder that belongs to one test.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Where cases are kept: nowhere, unless a test asks for it.
    store: Option<String>,
    /// Environment variables for the program.
    variables: Vec<(String, String)>,
}

/// What a command did.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Folder {
    /// An empty folder; the name must be the test's own.
    pub fn new(name: &str) -> Self {
        // Not below the repository: its own library would be found from there.
        let path = std::env::temp_dir().join(format!("fixpath-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self {
            path,
            store: None,
            variables: Vec::new(),
        }
    }

    /// Adds a file.
    #[must_use]
    pub fn file(self, name: &str, text: &str) -> Self {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Keeps cases in a file of the folder.
    #[must_use]
    pub fn keeping(self) -> Self {
        let file = self.path.join("kept/cases.db");
        self.keeping_in(&file.display().to_string())
    }

    /// Keeps cases in a store.
    #[must_use]
    pub fn keeping_in(mut self, store: &str) -> Self {
        self.store = Some(store.to_owned());
        self
    }

    /// Sets an environment variable for the program.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What a file holds.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path.join(name)).unwrap()
    }

    /// Whether there is such a file.
    pub fn has(&self, name: &str) -> bool {
        self.path.join(name).exists()
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `fixpath` in it; the arguments are words between spaces.
    pub fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, "")
    }

    /// As [`Folder::run`], with arguments that may hold spaces.
    pub fn run_words(&self, arguments: &[&str]) -> Ran {
        Self::finish(self.start_words(arguments), "")
    }

    /// Starts `fixpath` in it, with pipes to it.
    pub fn start(&self, arguments: &str) -> Child {
        let words: Vec<&str> = arguments.split_whitespace().collect();
        self.start_words(&words)
    }

    fn start_words(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_fixpath"))
            .args(arguments)
            .current_dir(&self.path)
            .env_remove("FIXPATH_LIBRARY")
            .env("FIXPATH_STORE", self.store.as_deref().unwrap_or("none"))
            .env("FIXPATH_AGENT", "ada")
            .env("NO_COLOR", "1")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// As [`Folder::run`], with something on standard input.
    pub fn run_with(&self, arguments: &str, input: &str) -> Ran {
        Self::finish(self.start(arguments), input)
    }

    fn finish(mut child: Child, input: &str) -> Ran {
        // A command that reads no input may be gone by now.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// It ended with this exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }

    /// It ended well.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// One of its outputs says this.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(
            self.out.contains(text) || self.err.contains(text),
            "{text:?} is not said:\n{}{}",
            self.out,
            self.err
        );
        self
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}
