//! Limits of numbers, texts and dates: `number: {…}`, `text: {…}`, `date: {…}`.

use std::sync::Arc;

use regex::RegexBuilder;

use crate::condition::{DateSpec, Day, Number, NumberSpec, TextSpec};
use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::Word;
use super::super::key::Key;
use super::super::shape::{DATE, NUMBER, Shape, TEXT};
use super::super::yaml::{Kind, Node};
use super::fields::Fields;
use super::{Lower, what::What};

/// Memory that a compiled pattern may take; people's patterns take some kilobytes.
const PATTERN_BYTES: usize = 1024 * 1024;

/// Longest text that a question can ask for, in characters.
const LONGEST_TEXT: u32 = 2_000;

impl<'y> Lower<'y> {
    /// The fields of a specification; one without any limits is `{}`.
    fn spec(&mut self, node: Node<'y>, shape: &Shape, key: Key) -> Option<Fields<'y>> {
        if node.is_empty() && !node.is_torn() {
            let finding = self
                .finding(
                    Code::BadValue,
                    node.span(),
                    format!("`{}` has nothing behind it", key.name()),
                )
                .label("nothing here")
                .help("write `{}` where any value is fine")
                .replace("write `{}`", node.span(), " {}");
            self.report(finding);
            return None;
        }
        if let Some(text) = node.text() {
            self.limits_as_text(node, key, text);
            return None;
        }
        self.fields(node, shape, What::Key(key))
    }

    /// Reports a text where limits are wanted; two numbers or dates are the least and the most.
    fn limits_as_text(&mut self, node: Node<'y>, key: Key, text: &str) {
        if node.is_doubtful() || node.is_torn() {
            return;
        }
        let limits = match key {
            Key::Text => None,
            _ => least_and_most(text).map(|(min, max)| format!("{{min: {min}, max: {max}}}")),
        };
        let finding = self
            .finding(
                Code::WrongType,
                node.span(),
                format!("`{}` takes keys with values, not a text", key.name()),
            )
            .label("a text");
        let finding = match (limits, text.trim()) {
            (Some(limits), _) => finding.help(format!("write `{limits}`")).replace(
                format!("write `{limits}`"),
                node.span(),
                limits,
            ),
            (None, "yes" | "true" | "any") => finding
                .help("write `{}` where any value is fine")
                .replace("write `{}`", node.span(), "{}"),
            (None, _) if key == Key::Text => {
                finding.help("write `{}` where any text is fine, or limits like `{max: 60}`")
            }
            (None, _) if key == Key::Date => {
                finding.help("write `{}` where any date is fine, or limits like `{max: today}`")
            }
            (None, _) => finding
                .help("write `{}` where any number is fine, or limits like `{min: 0, max: 10}`"),
        };
        self.report(finding);
    }

    /// `number:`.
    pub(super) fn number_spec(&mut self, node: Node<'y>) -> NumberSpec {
        let Some(fields) = self.spec(node, &NUMBER, Key::Number) else {
            return NumberSpec::default();
        };
        let min = self.decimal(&fields, Key::Min);
        let max = self.decimal(&fields, Key::Max);
        let unit = self.text_of(&fields, Key::Unit).map(|unit| unit.value);
        let decimals = self.whole(&fields, Key::Decimals, 0, 9);
        let mut spec = NumberSpec {
            min: min.as_ref().map(|min| min.value),
            max: max.as_ref().map(|max| max.value),
            unit,
            decimals: decimals.map(|decimals| decimals.value as u8),
        };
        if let (Some(min), Some(max)) = (min, max)
            && min.value > max.value
        {
            self.upside_down(min.span, max.span);
            spec.max = None;
        }
        spec
    }

    /// `text:` of a question.
    pub(super) fn text_spec(&mut self, node: Node<'y>) -> TextSpec {
        let Some(fields) = self.spec(node, &TEXT, Key::Text) else {
            return TextSpec::default();
        };
        let pattern = self.word_of(&fields, Key::Pattern);
        let example = self.text_of(&fields, Key::Example);
        let max = self.whole(&fields, Key::Max, 1, LONGEST_TEXT);
        let secret = self.flag(&fields, Key::Secret);
        let spec = TextSpec {
            pattern: pattern.as_ref().and_then(|pattern| self.pattern(pattern)),
            pattern_source: pattern.map(|pattern| pattern.value),
            example: example.as_ref().map(|word| Arc::clone(&word.value)),
            max: max.map(|max| max.value),
            secret: secret.is_some_and(|secret| secret.value),
        };
        // A text that a comma has cut in two has been reported as that.
        let is_flow = matches!(node.kind(), Kind::Map { flow: true });
        let is_split = |word: &Word| {
            let written = self.slice(word.span);
            is_flow && written.contains(", ") && !written.starts_with(['"', '\''])
        };
        if let Some(example) = example.filter(|word| !fields.faulty && !is_split(word)) {
            self.example_fits(&example, &spec);
        }
        spec
    }

    /// An example is shown to who has typed what does not fit: it must be one that fits.
    fn example_fits(&mut self, example: &Word, spec: &TextSpec) {
        let text = example.value.trim();
        let pattern = spec.pattern.as_ref();
        let (why, help) = match spec.max {
            _ if pattern.is_some_and(|pattern| !pattern.is_match(text)) => {
                let source = spec.pattern_source.as_deref().unwrap_or_default();
                let help = "write one that fits, or mend the pattern";
                (format!("the pattern `{source}` does not take it"), help)
            }
            Some(max) if text.chars().count() > max as usize => {
                let help = "write a shorter one, or a larger `max`";
                (format!("it is longer than `max`, {max}"), help)
            }
            _ => return,
        };
        let message = format!("the example `{text}` is no answer to its own question");
        let finding = self.finding(Code::BadValue, example.span, message);
        self.report(finding.label(why).help(help));
    }

    /// Compiles a pattern so that it takes the whole text.
    fn pattern(&mut self, word: &Word) -> Option<regex::Regex> {
        // Alone first: `a)(b` is no pattern, though it would be one between brackets.
        let compiled = RegexBuilder::new(&word.value)
            .size_limit(PATTERN_BYTES)
            .build()
            .and_then(|_| {
                RegexBuilder::new(&format!("^(?:{})$", word.value))
                    .size_limit(PATTERN_BYTES)
                    .build()
            });
        match compiled {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let finding = self
                    .finding(
                        Code::BadValue,
                        word.span,
                        format!("the pattern `{}` cannot be used", word.value),
                    )
                    .label(reason(&error))
                    .help("write a regular expression like `[A-Z]{2}[0-9]{4}`");
                self.report(finding);
                None
            }
        }
    }

    /// `date:`.
    pub(super) fn date_spec(&mut self, node: Node<'y>) -> DateSpec {
        let Some(fields) = self.spec(node, &DATE, Key::Date) else {
            return DateSpec::default();
        };
        let min = self.day(&fields, Key::Min);
        let max = self.day(&fields, Key::Max);
        let mut spec = DateSpec {
            min: min.as_ref().map(|min| min.value),
            max: max.as_ref().map(|max| max.value),
        };
        if let (Some(Day::On(first)), Some(Day::On(last))) = (spec.min, spec.max)
            && first > last
        {
            let span = |key| fields.value(key).map_or(fields.span, |node| node.span());
            self.upside_down(span(Key::Min), span(Key::Max));
            spec.max = None;
        }
        spec
    }

    fn upside_down(&mut self, min: Span, max: Span) {
        let (least, most) = (self.slice(min), self.slice(max));
        let finding = self
            .finding(
                Code::BadValue,
                max,
                format!("`max` {most} is below `min` {least}"),
            )
            .label("the largest value")
            .also(self.place(min), "the smallest value")
            .help("swap the two");
        let edit = |span, text: &str| Edit {
            span,
            text: text.to_owned(),
        };
        let edits = vec![edit(min, most), edit(max, least)];
        self.report(finding.fix("swap the two", edits));
    }

    /// The specification of a text that a question and a fact share.
    pub(super) fn shared_text_spec(&mut self, node: Node<'y>) -> Arc<TextSpec> {
        Arc::new(self.text_spec(node))
    }
}

/// The two words of `0 to 10`, `0-10` or `0..10`, where both are numbers and in order.
fn least_and_most(text: &str) -> Option<(&str, &str)> {
    let mut parted = [" to ", "..", " - ", "\u{2013}", "-"]
        .into_iter()
        .filter_map(|sign| text.split_once(sign));
    let (min, max) = parted.find(|(min, max)| !min.trim().is_empty() && !max.trim().is_empty())?;
    let (min, max) = (min.trim(), max.trim());
    let (least, most) = (Number::parse(min)?, Number::parse(max)?);
    (least <= most).then_some((min, max))
}

/// The last line of a pattern's error: what is wrong, without the drawing above it.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "it takes too much memory".to_owned(),
        error => {
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default();
            last.trim_start_matches("error: ").to_owned()
        }
    }
}
