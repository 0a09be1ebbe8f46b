//! `run:`: the commands that can answer a question, with the conditions that read what they said.

use std::time::Duration;

use crate::syntax::{ProbeCommandNode, ProbeNode, System as WrittenSystem};
use crate::tree::{Probe, ProbeCommand, System};

use super::link::Linker;

/// How long a command may take that says nothing else.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

impl Linker<'_, '_> {
    /// All commands, or none where one of them has a mistake.
    pub fn probe(&mut self, probe: &ProbeNode) -> Option<Box<Probe>> {
        let commands: Vec<_> = probe
            .commands
            .iter()
            .map(|command| self.command(command))
            .collect();
        let commands: Option<Vec<_>> = commands.into_iter().collect();
        Some(Box::new(Probe {
            commands: commands?,
        }))
    }

    fn command(&mut self, command: &ProbeCommandNode) -> Option<(System, ProbeCommand)> {
        let arguments = command
            .arguments
            .iter()
            .map(|argument| self.plain_text(argument))
            .collect();
        let timeout = command.timeout.as_ref();
        let yes = self.probe_condition(&command.yes)?;
        let compiled = ProbeCommand {
            arguments,
            timeout: timeout.map_or(DEFAULT_TIMEOUT, |timeout| timeout.value),
            yes,
        };
        Some((system_of(command.system), compiled))
    }
}

const fn system_of(system: Option<WrittenSystem>) -> System {
    match system {
        None => System::Any,
        Some(WrittenSystem::Linux) => System::Linux,
        Some(WrittenSystem::Windows) => System::Windows,
        Some(WrittenSystem::Macos) => System::Macos,
    }
}
