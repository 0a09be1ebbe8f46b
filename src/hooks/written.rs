//! A text of the library file with `${NAME}` in the place of what stands in the environment, so that tokens are written in
//! no file and kept in no store. `$${` stands for `${`. It looks at no environment itself.

use std::sync::Arc;

/// Such a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    source: Arc<str>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable(String),
}

/// Environment variables that are not set, or blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfilled(pub Vec<String>);

impl std::fmt::Display for Unfilled {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.as_slice() {
            [one] => write!(out, "the environment variable {one} is not set"),
            several => write!(
                out,
                "the environment variables {} are not set",
                several.join(" and ")
            ),
        }
    }
}

impl Written {
    /// Reads a text.
    ///
    /// # Errors
    /// A `${` that is not closed, or holds no name; the words say what to write.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut rest = source;
        while let Some((before, after)) = rest.split_once("${") {
            if let Some(before) = before.strip_suffix('$') {
                text.push_str(before);
                text.push_str("${");
                rest = after;
                continue;
            }
            text.push_str(before);
            let closed = after
                .split_once('}')
                .filter(|(name, _)| is_name(name.trim()));
            let Some((name, behind)) = closed else {
                return Err("write the name of an environment variable between `${` and `}`, like `${JIRA_TOKEN}`".to_owned());
            };
            parts.push(Part::Text(std::mem::take(&mut text)));
            parts.push(Part::Variable(name.trim().to_owned()));
            rest = behind;
        }
        text.push_str(rest);
        parts.push(Part::Text(text));
        parts.retain(|part| !matches!(part, Part::Text(text) if text.is_empty()));
        Ok(Self {
            source: source.into(),
            parts,
        })
    }

    /// As it stands in the file.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The text before the first variable.
    pub fn beginning(&self) -> &str {
        match self.parts.first() {
            Some(Part::Text(text)) => text,
            Some(Part::Variable(_)) | None => "",
        }
    }

    /// Whether anything of it stands in the environment.
    pub fn has_variables(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, Part::Variable(_)))
    }

    /// The text with what the variables hold.
    ///
    /// # Errors
    /// Those that hold nothing.
    pub fn fill(&self, variable: &dyn Fn(&str) -> Option<String>) -> Result<String, Unfilled> {
        let mut text = String::new();
        let mut missing = Vec::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Variable(name) => match variable(name) {
                    Some(value) => text.push_str(&value),
                    None => missing.push(name.clone()),
                },
            }
        }
        if missing.is_empty() {
            Ok(text)
        } else {
            missing.dedup();
            Err(Unfilled(missing))
        }
    }
}

/// Whether an environment variable can be called so everywhere.
pub(super) fn is_name(text: &str) -> bool {
    let sign = |one: char| one.is_ascii_alphanumeric() || one == '_';
    !text.is_empty()
        && text.chars().all(sign)
        && !text.starts_with(|one: char| one.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Unfilled, Written};

    fn fill(text: &str) -> Result<String, String> {
        let variable = |name: &str| (name == "TOKEN").then(|| "s3cret".to_owned());
        let written = Written::parse(text)?;
        let said = written.fill(&variable);
        said.map_err(|Unfilled(names)| names.join(","))
    }

    #[test]
    fn variables_are_filled_in() {
        assert_eq!(fill("Bearer ${TOKEN}").as_deref(), Ok("Bearer s3cret"));
        assert_eq!(fill("${ TOKEN }/${TOKEN}").as_deref(), Ok("s3cret/s3cret"));
        assert_eq!(fill("a $${TOKEN} $5").as_deref(), Ok("a ${TOKEN} $5"));
        assert_eq!(fill("${A}${TOKEN}${B}"), Err("A,B".to_owned()));
        for wrong in ["${", "${}", "${a b}", "${1A}", "x ${TOKEN", "${${TOKEN}}"] {
            assert!(Written::parse(wrong).is_err(), "{wrong}");
        }
    }
}
