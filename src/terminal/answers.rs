//! From what somebody typed to the reply of a prompt: a value, an answer's key, its label or its position, in this
//! order. It knows neither prompts nor commands.

use std::sync::Arc;

use jiff::civil::Date;

use crate::condition::{FactType, Value};
use crate::session::Reply;

use super::days;

/// One answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The author's key; `yes` and `no` for the answers of a yes/no question.
    pub key: Arc<str>,
    /// How it is shown, Markdown.
    pub label: String,
    /// The label as plain text.
    pub plain: String,
    /// How to tell, Markdown.
    pub help: Option<String>,
}

/// What a prompt takes as its answer.
#[derive(Debug, Clone)]
pub enum Takes {
    /// A value of this type; the choices of yes/no, one or several of several.
    Value(FactType),
    /// "Done".
    Done,
    /// No answer: the walk stands at an end.
    Nothing,
}

/// Reads an answer. A label and a key may be typed in any case where that leaves no doubt.
///
/// # Errors
/// What would fit, as the rest of "Please give …".
pub fn read(takes: &Takes, choices: &[Choice], line: &str, today: Date) -> Result<Reply, String> {
    match takes {
        Takes::Value(kind) => read_value(kind, choices, line, today)
            .map(Reply::Answer)
            .ok_or_else(|| expected(kind, choices, today)),
        Takes::Done if line.trim().eq_ignore_ascii_case("done") || line.trim() == "1" => {
            Ok(Reply::Done)
        }
        Takes::Done => Err("\"done\"".to_owned()),
        Takes::Nothing => Err("Enter to finish".to_owned()),
    }
}

fn read_value(kind: &FactType, choices: &[Choice], line: &str, today: Date) -> Option<Value> {
    if let Ok(value) = kind.read(line, Some(today))
        && !(line.trim().is_empty() && matches!(kind, FactType::Many(_)))
    {
        return Some(value);
    }
    match kind {
        FactType::YesNo => match line.trim() {
            "y" | "Y" => Some(Value::YesNo(true)),
            "n" | "N" => Some(Value::YesNo(false)),
            other => find(choices, other).map(|key| Value::YesNo(&**key == "yes")),
        },
        FactType::Choice(_) => find(choices, line).map(|key| Value::Choice(Arc::clone(key))),
        FactType::Many(_) => {
            let parts = line
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            let keys: Vec<&str> = parts
                .map(|part| find(choices, part).map(|key| &**key))
                .collect::<Option<_>>()?;
            if keys.is_empty() {
                None
            } else {
                kind.read_many(&keys).ok()
            }
        }
        FactType::Number(_, words) => {
            let word = words
                .iter()
                .find(|word| word.to_lowercase() == line.trim().to_lowercase())?;
            Some(Value::Choice(Arc::clone(word)))
        }
        FactType::Date(_) => days::said(line, today)
            .iter()
            .find_map(|day| kind.read(&day.to_string(), Some(today)).ok()),
        FactType::Text(_) => None,
    }
}

/// The key that a text stands for.
fn find<'c>(choices: &'c [Choice], text: &str) -> Option<&'c Arc<str>> {
    let text = text.trim();
    let folded = text.to_lowercase();
    let first = |fits: &dyn Fn(&Choice) -> bool| choices.iter().find(|choice| fits(choice));
    let position = || choices.get(text.parse::<usize>().ok()?.checked_sub(1)?);
    first(&|choice| *choice.key == *text)
        .or_else(|| first(&|choice| choice.plain == text))
        .or_else(|| first(&|choice| choice.key.to_lowercase() == folded))
        .or_else(|| first(&|choice| choice.plain.to_lowercase() == folded))
        .or_else(position)
        .map(|choice| &choice.key)
}

/// What fits, as the rest of "Please give …": the choices as they are shown, by their positions.
pub fn expected(kind: &FactType, choices: &[Choice], today: Date) -> String {
    let listed = || {
        let listed: Vec<String> = choices
            .iter()
            .enumerate()
            .map(|(at, choice)| format!("{} {}", at + 1, choice.plain))
            .collect();
        listed.join(", ")
    };
    match kind {
        FactType::YesNo => "yes or no".to_owned(),
        FactType::Choice(_) => format!("one of {}", listed()),
        FactType::Many(_) => format!("any of {}, with commas between them", listed()),
        FactType::Number(..) | FactType::Text(_) | FactType::Date(_) => kind.expected(Some(today)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::{Choice, Takes, read};
    use crate::condition::FactType;
    use crate::session::Reply;

    fn reply(kind: FactType, line: &str) -> String {
        let choice = |key: &str, label: &str| Choice {
            key: key.into(),
            label: label.into(),
            plain: label.into(),
            help: None,
        };
        let choices = match &kind {
            FactType::YesNo => vec![choice("yes", "It works"), choice("no", "No, still broken")],
            _ => vec![
                choice("2", "Two or more"),
                choice("one", "Just one"),
                choice("Ä", "Ärger"),
            ],
        };
        match read(
            &Takes::Value(kind.clone()),
            &choices,
            line,
            date(2026, 11, 21),
        ) {
            Ok(Reply::Answer(value)) => kind.show(&value).into_owned(),
            Ok(other) => other.name().to_owned(),
            Err(expected) => format!("give {expected}"),
        }
    }

    #[test]
    fn a_key_comes_before_a_label_and_a_label_before_a_position() {
        let keys: Arc<[Arc<str>]> = ["2", "one", "Ä"].map(Arc::from).into();
        let choice = |line| reply(FactType::Choice(Arc::clone(&keys)), line);
        assert_eq!(choice("2"), "2");
        assert_eq!(choice("1"), "2");
        assert_eq!(choice("3"), "Ä");
        assert_eq!(choice(" just ONE "), "one");
        assert_eq!(choice("ärger"), "Ä");
        assert_eq!(
            choice("4"),
            "give one of 1 Two or more, 2 Just one, 3 Ärger"
        );
        let many = |line| reply(FactType::Many(Arc::clone(&keys)), line);
        assert_eq!(many("3, one"), "one, Ä");
        assert_eq!(
            many("one, four"),
            "give any of 1 Two or more, 2 Just one, 3 Ärger, with commas between them"
        );
        assert!(many("").starts_with("give any of"));
    }

    #[test]
    fn yes_and_no_have_many_names() {
        for line in ["y", "YES", "true", "1", "it works"] {
            assert_eq!(reply(FactType::YesNo, line), "yes", "{line}");
        }
        for line in ["n", "No", "2", "No, still broken"] {
            assert_eq!(reply(FactType::YesNo, line), "no", "{line}");
        }
        assert_eq!(reply(FactType::YesNo, "maybe"), "give yes or no");
    }
}
