//! What the machine in trouble can be asked, and what its outcome means. Nothing here runs a command.

use std::time::Duration;

use crate::condition::{FactRef, Facts, Number, Value};
use crate::tree::{ProbeCommand, System};

use super::words::Words;
use crate::session::state::State;
use crate::session::{Prompt, Session};

/// A command that can answer the question that stands. It is run without a shell, and only where the person allows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeView {
    /// The program and its arguments, facts filled in.
    pub arguments: Vec<String>,
    /// How long it may take.
    pub timeout: Duration,
}

/// The facts of the walk, and how the command went.
struct Outcome<'s> {
    state: &'s State,
    exit: Value,
    output: Value,
}

impl Facts for Outcome<'_> {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        match fact {
            FactRef::Exit => Some(&self.exit),
            FactRef::Output => Some(&self.output),
            other => self.state.value(other),
        }
    }
}

impl Session {
    /// The command by which a machine of that system can answer the question that stands.
    pub fn probe(&self, system: System) -> Option<ProbeView> {
        let prompt = self.prompt();
        let command = probe_command(&prompt, system)?;
        let words = Words::new(&self.library, prompt.at()?.tree, &self.state);
        Some(ProbeView {
            arguments: command
                .arguments
                .iter()
                .map(|argument| words.plain(argument))
                .collect(),
            timeout: command.timeout,
        })
    }

    /// What the command's exit status and output answer: yes or no.
    pub fn judge_probe(&self, system: System, exit: i32, output: &str) -> Option<bool> {
        let prompt = self.prompt();
        let command = probe_command(&prompt, system)?;
        let outcome = Outcome {
            state: &self.state,
            exit: Value::Number(Number::new(f64::from(exit))?),
            output: Value::Text(output.into()),
        };
        Some(command.yes.holds(&outcome))
    }
}

fn probe_command<'s>(prompt: &Prompt<'s>, system: System) -> Option<&'s ProbeCommand> {
    match prompt {
        Prompt::Question(_, question) => question.probe.as_ref()?.command(system),
        _ => None,
    }
}
