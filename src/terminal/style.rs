//! What a piece of shown text is, and how that looks: bold, dim and the terminal's own sixteen colours, so that every
//! colour scheme stays readable. No meaning hangs on colour alone: words and signs carry it too.

use std::env;
use std::io::IsTerminal;

/// What a piece of text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Body,
    /// The question, or the heading of what to do.
    Question,
    /// Help, hints, the trail: what steps back.
    Quiet,
    /// Danger.
    Warning,
    /// Words to read aloud.
    Say,
    /// Internal remarks.
    Internal,
    /// A key to press.
    Key,
    /// What is chosen or went well.
    Good,
    /// What was refused or went wrong.
    Bad,
    /// An address.
    Link,
}

/// How a piece of text looks: what it is, and what Markdown adds to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// What it is.
    pub role: Role,
    /// `**strong**`.
    pub strong: bool,
    /// `*emphasis*`.
    pub emphasis: bool,
    /// `` `code` ``.
    pub code: bool,
}

impl From<Role> for Style {
    fn from(role: Role) -> Self {
        Self {
            role,
            ..Self::default()
        }
    }
}

/// Which escape sequences may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colors {
    /// None at all: pipes, dumb terminals.
    Off,
    /// Bold, dim and underline, but no colour (`NO_COLOR`).
    Attributes,
    /// The sixteen colours too.
    On,
}

impl Colors {
    /// What the environment and the output allow: none for pipes and `TERM=dumb`, no colour with a non-empty
    /// `NO_COLOR`.
    pub fn of(output: &impl IsTerminal) -> Self {
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colorless = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match (output.is_terminal() && !dumb, colorless) {
            (false, _) => Self::Off,
            (true, true) => Self::Attributes,
            (true, false) => Self::On,
        }
    }

    /// Appends a text in its style.
    pub fn paint(self, text: &str, style: Style, out: &mut String) {
        let codes = self.codes(style);
        if codes.is_empty() {
            out.push_str(text);
        } else {
            out.push_str("\x1b[");
            out.push_str(&codes.join(";"));
            out.push('m');
            out.push_str(text);
            out.push_str("\x1b[0m");
        }
    }

    /// The SGR parameters of a style.
    fn codes(self, style: Style) -> Vec<&'static str> {
        if self == Self::Off {
            return Vec::new();
        }
        let (attribute, color) = look(style.role);
        // What is strong is not dim as well.
        let attribute = match (style.strong, attribute) {
            (true, "" | "2") => "1",
            (_, attribute) => attribute,
        };
        let mut codes = Vec::new();
        codes.extend((!attribute.is_empty()).then_some(attribute));
        codes.extend(style.emphasis.then_some("3"));
        if self == Self::On {
            let color = if style.code && color.is_empty() {
                "36"
            } else {
                color
            };
            codes.extend((!color.is_empty()).then_some(color));
        }
        codes
    }
}

/// A role's attribute and colour, as SGR parameters.
const fn look(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Body => ("", ""),
        Role::Question => ("1", ""),
        Role::Quiet => ("2", ""),
        Role::Warning => ("1", "33"),
        Role::Say => ("", "36"),
        Role::Internal => ("", "35"),
        Role::Key => ("1", "36"),
        Role::Good => ("", "32"),
        Role::Bad => ("", "31"),
        Role::Link => ("4", ""),
    }
}
