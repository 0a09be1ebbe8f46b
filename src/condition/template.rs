//! Finds the `${fact}` places of a text and resolves them. In Markdown, code is left alone: what stands between
//! backticks or in a code block is shown as written, as the parser that renders it (pulldown-cmark) sees it.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::parsed::slice;
use super::resolve::is_secret;
use super::token::is_name;
use super::{ConditionError, Hole, Lookup, NameUse, Problem, Text};

/// The Markdown of an author's texts, the same wherever it is read: CommonMark with tables.
pub const MARKDOWN: Options = Options::ENABLE_TABLES;

/// How far from `${` its `}` is looked for, in bytes, so that a text full of `${` is still read in one pass.
const MAX_HOLE: usize = 500;

/// Mistakes after which a text is not read on.
const MAX_ERRORS: usize = 100;

/// A text whose `${…}` places are found, their names not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedText {
    source: Arc<str>,
    holes: Vec<NamedHole>,
    errors: Vec<ConditionError>,
}

/// Where something else is shown, and where the name stands in it; no name for `$${`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct NamedHole {
    range: Range<u32>,
    name: Option<Range<u32>>,
}

impl Text {
    /// Finds the `${…}` of a Markdown text. A text without any costs one scan and no allocation.
    pub fn parse(source: impl Into<Arc<str>>) -> ParsedText {
        ParsedText::new(source.into(), true)
    }

    /// Finds the `${…}` of a text that is not Markdown: an argument of a command.
    pub fn parse_plain(source: impl Into<Arc<str>>) -> ParsedText {
        ParsedText::new(source.into(), false)
    }
}

impl ParsedText {
    fn new(source: Arc<str>, markdown: bool) -> Self {
        let mut text = Self {
            source,
            holes: Vec::new(),
            errors: Vec::new(),
        };
        if text.source.contains("${") {
            let code = if markdown {
                code_ranges(&text.source)
            } else {
                Vec::new()
            };
            text.scan(&code);
        }
        text
    }

    /// The text as the author wrote it.
    pub const fn source(&self) -> &Arc<str> {
        &self.source
    }

    /// Every name in the order in which it is written, repeated ones included.
    pub fn names(&self) -> impl Iterator<Item = NameUse<'_>> {
        self.holes
            .iter()
            .filter_map(|hole| hole.name.clone())
            .map(|range| NameUse {
                name: slice(&self.source, &range),
                range,
                known: false,
            })
    }

    /// Resolves the names.
    ///
    /// # Errors
    /// Everything that is wrong with the text, in the order of places, what did not parse included; at least one.
    pub fn resolve(self, lookup: &mut Lookup<'_>) -> Result<Text, Vec<ConditionError>> {
        let mut errors = self.errors;
        let mut holes = Vec::with_capacity(self.holes.len());
        for NamedHole { range, name } in self.holes {
            let Some(name_range) = name else {
                holes.push(Hole { range, fact: None });
                continue;
            };
            let name = slice(&self.source, &name_range);
            match lookup(name) {
                Some((_, kind)) if is_secret(&kind) => {
                    let error = bad(
                        name_range,
                        format!("`{name}` is a secret and is never shown"),
                    );
                    errors.push(error.help("take it out of the text"));
                }
                Some((fact, _)) => holes.push(Hole {
                    range,
                    fact: Some(fact),
                }),
                None => {
                    let problem = Problem::UnknownFact {
                        name: name.to_owned(),
                    };
                    let message = format!("nothing here is called `{name}`");
                    errors.push(ConditionError::new(name_range, problem, message));
                }
            }
        }
        errors.sort_by_key(|error| error.range.start);
        if errors.is_empty() {
            Ok(Text {
                source: self.source,
                holes: holes.into(),
            })
        } else {
            Err(errors)
        }
    }

    /// Finds the holes outside of code, in one pass.
    fn scan(&mut self, code: &[Range<usize>]) {
        let source = self.source.clone();
        let mut code = code.iter().peekable();
        let mut from = 0;
        while let Some(at) = source
            .get(from..)
            .and_then(|rest| rest.find("${"))
            .map(|at| from + at)
        {
            from = at + 2;
            while code.next_if(|code| code.end <= at).is_some() {}
            if let Some(code) = code.peek().filter(|code| code.contains(&at)) {
                from = code.end;
                continue;
            }
            let escaped = at
                .checked_sub(1)
                .is_some_and(|before| source.as_bytes().get(before) == Some(&b'$'));
            if escaped {
                self.holes.push(NamedHole {
                    range: at as u32 - 1..from as u32,
                    name: None,
                });
                continue;
            }
            match hole(&source, at) {
                Ok(hole) => {
                    from = hole.range.end as usize;
                    self.holes.push(hole);
                }
                Err(error) => {
                    from = error.range.end as usize;
                    self.errors.push(error);
                    if self.errors.len() >= MAX_ERRORS {
                        return;
                    }
                }
            }
        }
    }
}

/// The hole that begins at `at`, or what is wrong with it.
fn hole(source: &str, at: usize) -> Result<NamedHole, ConditionError> {
    let inside = source.get(at + 2..).unwrap_or("");
    let end = inside
        .bytes()
        .take(MAX_HOLE)
        .position(|byte| matches!(byte, b'}' | b'\n'));
    let Some(content) = end
        .filter(|end| inside.as_bytes().get(*end) == Some(&b'}'))
        .and_then(|end| inside.get(..end))
    else {
        let range = at as u32..at as u32 + 2;
        let error = bad(range, "`${` is never closed");
        return Err(error.help("close it with `}`, or write `$${` where `${` itself is meant"));
    };
    let range = at as u32..(at + 2 + content.len() + 1) as u32;
    let name = content.trim();
    if name.is_empty() {
        return Err(bad(range, "`${}` names no fact")
            .help("put a fact's name between the braces, as in `${os}`"));
    }
    if !is_name(name) {
        let error = bad(range, format!("`{name}` is not a fact's name"));
        let help =
            "`${…}` shows one fact: write its name alone; where `${` itself is meant, write `$${`";
        return Err(error.help(help));
    }
    let start = (at + 2 + content.len() - content.trim_start().len()) as u32;
    Ok(NamedHole {
        range,
        name: Some(start..start + name.len() as u32),
    })
}

fn bad(range: Range<u32>, message: impl Into<String>) -> ConditionError {
    ConditionError::new(range, Problem::BadTemplate, message)
}

/// The bytes of Markdown code, in order. Where nothing can be code, the Markdown parser is not asked.
fn code_ranges(source: &str) -> Vec<Range<usize>> {
    if !source.contains(['`', '\t']) && !source.contains("~~~") && !source.contains("    ") {
        return Vec::new();
    }
    Parser::new_ext(source, MARKDOWN)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect()
}
