//! `run:`: one command, or one for each system.

use crate::diagnostic::Code;
use crate::source::Spanned;

use super::super::key::{Key, KeySet};
use super::super::shape::{COMMAND, SYSTEMS, Shape};
use super::super::yaml::Node;
use super::super::{ProbeCommandNode, ProbeNode, System, Word};
use super::fields::Fields;
use super::{Lower, what::What};

/// Both forms of `run:` at once, to tell which one it is.
const EITHER: Shape = Shape {
    what: "`run`",
    keys: COMMAND.keys.or(SYSTEMS.keys),
    may_be_empty: false,
};

impl<'y> Lower<'y> {
    /// `run:`.
    pub(super) fn probe(&mut self, fields: &Fields<'y>) -> Option<Box<ProbeNode>> {
        let node = fields.value(Key::Run)?;
        let inner = self.fields(node, &EITHER, What::Key(Key::Run))?;
        let commands = match inner.first_of(SYSTEMS.keys) {
            None => self.command(&inner, None).into_iter().collect(),
            Some(system) => {
                self.only(&inner, system, SYSTEMS.keys);
                self.system_commands(&inner)
            }
        };
        Some(Box::new(ProbeNode {
            span: node.span(),
            commands,
        }))
    }

    fn system_commands(&mut self, fields: &Fields<'y>) -> Vec<ProbeCommandNode> {
        let mut commands = Vec::new();
        for key in fields.all_of(SYSTEMS.keys) {
            let system = match key {
                Key::Linux => System::Linux,
                Key::Windows => System::Windows,
                _ => System::Macos,
            };
            let inner = fields
                .value(key)
                .and_then(|node| self.fields(node, &COMMAND, What::Key(key)));
            if let Some(inner) = inner {
                commands.extend(self.command(&inner, Some(system)));
            }
        }
        commands
    }

    fn command(&mut self, fields: &Fields<'y>, system: Option<System>) -> Option<ProbeCommandNode> {
        if !fields.faulty && !fields.present.meets(KeySet::of(&[Key::Command])) {
            let help = "add `command: [program, argument]`";
            self.missing(fields.span, "`run` does not say what to run", help);
        }
        if !fields.faulty && !fields.has(Key::Yes) {
            let help = "add a condition like `yes: exit == 0`";
            self.missing(
                fields.span,
                "`run` does not say when the answer is yes",
                help,
            );
        }
        let arguments = match fields.value(Key::Command) {
            Some(node) => self.arguments(node),
            None => Vec::new(),
        };
        let timeout = self.duration(fields, Key::Timeout);
        let yes = self.text_of(fields, Key::Yes);
        if arguments.is_empty() {
            return None;
        }
        Some(ProbeCommandNode {
            system,
            span: fields.span,
            arguments,
            timeout,
            yes: yes?,
        })
    }

    /// An argument may be blank.
    fn argument(&mut self, node: Node<'y>) -> Option<Word> {
        match node.text() {
            Some(text) => Some(Spanned::new(text.into(), node.span())),
            None => self.word(node, What::Entry(Key::Command)),
        }
    }

    /// The program and its arguments. A line as one would type it is no command: there is no shell to split it.
    fn arguments(&mut self, node: Node<'y>) -> Vec<Word> {
        if let Some(line) = node.text() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let list = format!("[{}]", words.join(", "));
            let finding = self
                .finding(
                    Code::WrongType,
                    node.span(),
                    "`command` is a list of the program and its arguments, not a text",
                )
                .label("a text")
                .help(format!("no shell splits it: write `{list}`"));
            self.report(finding);
            return Vec::new();
        }
        self.items(node, What::Key(Key::Command))
            .into_iter()
            .filter_map(|item| self.argument(item))
            .collect()
    }
}
