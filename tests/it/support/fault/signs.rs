//! Faults of single signs: colons, quotes, brackets, dashes.

use super::{Fault, Page, TEXTS, What};

impl<'t> Page<'t> {
    pub(super) fn without_colon(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        self.replaced(at, ":", "")
    }

    pub(super) fn tight_colon(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.key(at)?;
        if value.is_empty() {
            return None;
        }
        self.replaced(at, ": ", ":")
    }

    pub(super) fn other_colon(&self, at: usize, sign: &str) -> Option<Fault> {
        self.key(at)?;
        self.replaced(at, ":", sign)
    }

    pub(super) fn without_opening_quote(&self, at: usize) -> Option<Fault> {
        self.replaced(at, self.quoted(at)?, &self.quoted(at)?[1..])
    }

    pub(super) fn without_closing_quote(&self, at: usize) -> Option<Fault> {
        let quoted = self.quoted(at)?;
        self.replaced(at, quoted, &quoted[..quoted.len() - 1])
    }

    pub(super) fn smart_quotes(&self, at: usize) -> Option<Fault> {
        let quoted = self.quoted(at)?;
        let inner = &quoted[1..quoted.len() - 1];
        self.replaced(at, quoted, &format!("\u{201c}{inner}\u{201d}"))
    }

    /// The first text in double quotes on a line, where quotes mean something.
    pub(super) fn quoted(&self, at: usize) -> Option<&'t str> {
        let line = self.lines[at];
        let start = line.find('"')?;
        let end = start + 1 + line[start + 1..].find('"')? + 1;
        let opens = line[..start].ends_with([' ', '[', '{']);
        let is_text = self.key(at).is_some_and(|(key, value)| {
            TEXTS.contains(&key) && !value.starts_with(['"', '{', '['])
        });
        let meant = !matches!(self.whats[at], What::Text | What::Nothing) && !is_text;
        (opens && meant).then(|| &line[start..end])
    }

    pub(super) fn stray_quote(&self, at: usize) -> Option<Fault> {
        let (key, value) = self.plain_text(at)?;
        self.replaced(at, &format!("{key}: {value}"), &format!("{key}: \"{value}"))
    }

    pub(super) fn without_last(&self, at: usize, signs: &[char]) -> Option<Fault> {
        self.flow(at)?;
        let place = self.lines[at].rfind(signs)?;
        self.without(at, place)
    }

    pub(super) fn without_first(&self, at: usize, signs: &[char]) -> Option<Fault> {
        let value = self.flow(at)?;
        let place = self.lines[at].len() - value.len() + value.find(signs)?;
        self.without(at, place)
    }

    pub(super) fn without(&self, at: usize, place: usize) -> Option<Fault> {
        let line = self.lines[at];
        self.fault(at, line[..place].to_owned() + &line[place + 1..])
    }

    /// The value of a line in brackets.
    pub(super) fn flow(&self, at: usize) -> Option<&'t str> {
        let value = match self.whats[at] {
            What::Key(_, value) | What::Item(value) => value,
            _ => return None,
        };
        value.starts_with(['{', '[']).then_some(value)
    }

    /// Something instead of the second blank of a text.
    pub(super) fn in_text(&self, at: usize, sign: &str) -> Option<Fault> {
        let (_, value) = self.plain_text(at)?;
        let (first, rest) = value.split_once(' ')?;
        let (second, rest) = rest.split_once(' ')?;
        self.replaced(at, value, &format!("{first} {second}{sign}{rest}"))
    }

    pub(super) fn without_dash(&self, at: usize) -> Option<Fault> {
        self.other_dash(at, "")
    }

    pub(super) fn other_dash(&self, at: usize, sign: &str) -> Option<Fault> {
        let What::Item(_) = self.whats[at] else {
            return None;
        };
        self.replaced(at, "- ", sign)
    }

    pub(super) fn dash_before_key(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.replaced(at, key, &format!("- {key}"))
    }

    pub(super) fn without_bar(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.key(at)?;
        let fault = (value == "|").then(|| self.lines[at].trim_end_matches([' ', '|']));
        let mut fault = self.fault(at, fault?)?;
        fault.lines = at.max(1)..=self.end(at) + 1;
        Some(fault)
    }

    pub(super) fn single_equals(&self, at: usize) -> Option<Fault> {
        (self.whats[at] != What::Text).then_some(())?;
        self.replaced(at, " == ", " = ")
    }

    pub(super) fn doubled_last(&self, at: usize, signs: &[char]) -> Option<Fault> {
        self.flow(at)?;
        self.doubled_sign(at, self.lines[at].rfind(signs)?)
    }

    pub(super) fn doubled_first(&self, at: usize, signs: &[char]) -> Option<Fault> {
        let value = self.flow(at)?;
        let place = self.lines[at].len() - value.len() + value.find(signs)?;
        self.doubled_sign(at, place)
    }

    fn doubled_sign(&self, at: usize, place: usize) -> Option<Fault> {
        let line = self.lines[at];
        self.fault(at, line[..=place].to_owned() + &line[place..])
    }

    /// A closing bracket of the other kind.
    pub(super) fn other_last(&self, at: usize) -> Option<Fault> {
        self.flow(at)?;
        let line = self.lines[at];
        let place = line.rfind(['}', ']'])?;
        let other = if line[place..].starts_with('}') {
            "]"
        } else {
            "}"
        };
        self.fault(at, line[..place].to_owned() + other + &line[place + 1..])
    }

    pub(super) fn round(&self, at: usize) -> Option<Fault> {
        let value = self.flow(at)?;
        let round = value.replace(['[', '{'], "(").replace([']', '}'], ")");
        self.replaced(at, value, &round)
    }

    pub(super) fn semicolons(&self, at: usize) -> Option<Fault> {
        let value = self.flow(at)?;
        self.replaced(at, value, &value.replace(", ", "; "))
    }

    pub(super) fn before_text(&self, at: usize, sign: &str) -> Option<Fault> {
        let (key, value) = self.plain_text(at)?;
        self.replaced(
            at,
            &format!("{key}: {value}"),
            &format!("{key}: {sign}{value}"),
        )
    }

    pub(super) fn behind_text(&self, at: usize, sign: &str) -> Option<Fault> {
        self.plain_text(at)?;
        self.fault(at, format!("{}{sign}", self.lines[at]))
    }

    pub(super) fn in_single_quotes(&self, at: usize) -> Option<Fault> {
        let (key, value) = self.plain_text(at)?;
        value.contains('\'').then_some(())?;
        self.replaced(at, &format!("{key}: {value}"), &format!("{key}: '{value}'"))
    }

    /// A text in double quotes that ends with what cannot stand there so.
    pub(super) fn in_double_quotes(&self, at: usize, more: &str) -> Option<Fault> {
        let (key, value) = self.plain_text(at)?;
        if value.contains('"') {
            return None;
        }
        self.replaced(
            at,
            &format!("{key}: {value}"),
            &format!("{key}: \"{value} {more}\""),
        )
    }

    /// Something instead of the first blank of an entry of a list.
    pub(super) fn in_item(&self, at: usize, sign: &str) -> Option<Fault> {
        let What::Item(item) = self.whats[at] else {
            return None;
        };
        let (first, rest) = item.split_once(' ')?;
        if item.starts_with(['{', '[', '"']) || first.ends_with(':') {
            return None;
        }
        self.replaced(at, item, &format!("{first}{sign}{rest}"))
    }
}
