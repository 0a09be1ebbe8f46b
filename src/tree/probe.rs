//! What the machine in trouble can be asked itself. Data only: nothing here runs a command.

use std::sync::Arc;
use std::time::Duration;

use crate::condition::{Condition, Text};

/// A system that a probe's command is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum System {
    Any,
    Linux,
    Windows,
    Macos,
}

/// The commands that can answer a yes/no question, at most one a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// In the author's order.
    pub commands: Vec<(System, ProbeCommand)>,
}

/// A command and what its outcome means. It is run without a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeCommand {
    /// The program and its arguments; a `${fact}` in an argument never splits it.
    pub arguments: Vec<Text>,
    /// How long it may take.
    pub timeout: Duration,
    /// The answer is yes where this holds; it reads `exit` and `output`.
    pub yes: Condition,
}

impl Probe {
    /// The command for a system: its own, else the one for any.
    pub fn command(&self, system: System) -> Option<&ProbeCommand> {
        let find = |wanted| {
            self.commands
                .iter()
                .find(|(of, _)| *of == wanted)
                .map(|(_, command)| command)
        };
        find(system).or_else(|| find(System::Any))
    }

    /// The words of `linux`, `windows`, `macos`.
    pub fn system_name(system: System) -> Arc<str> {
        match system {
            System::Any => "any",
            System::Linux => "linux",
            System::Windows => "windows",
            System::Macos => "macos",
        }
        .into()
    }
}
