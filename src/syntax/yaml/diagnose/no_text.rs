//! Values that quotes would not mend, for their place takes no text: the name of a step, a condition.

use crate::source::Span;

use super::super::mend::Mend;
use super::{Case, Diagnosis};

/// `"printing" in problems` as the language says it, with the fact first.
pub(super) fn turned_round(text: &str) -> Option<String> {
    let (value, behind) = text.strip_prefix('"')?.split_once('"')?;
    let fact = behind.trim_start().strip_prefix("in ")?.trim();
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_fact = !fact.is_empty() && fact.bytes().all(is_name);
    is_fact.then(|| format!("{fact} has \"{value}\""))
}

/// The keys whose value is the name of a step.
const WAYS: [&str; 6] = ["yes", "no", "next", "unsure", "tried", "cannot"];

/// Whether a value is all that stands behind a key that leads to a step.
pub(super) fn leads_to_a_step(case: &Case<'_>, value: Span) -> bool {
    let parts = case.line.parts();
    let key = parts.key.map(|key| case.slice(key));
    let owner = case
        .line
        .all_above(case.text)
        .find(|line| line.depth() < case.line.depth());
    // There `yes` is a condition.
    let of_a_command = owner
        .and_then(|owner| owner.parts().key)
        .is_some_and(|key| matches!(case.slice(key), "run" | "linux" | "windows" | "macos"));
    parts.value == value && key.is_some_and(|key| WAYS.contains(&key)) && !of_a_command
}

/// The name of a step with signs before it: quotes would not make it one.
pub(super) fn name_of_a_step(case: &Case<'_>, at: Span, value: Span) -> Diagnosis {
    let text = case.slice(value);
    let is_sign = |sign: char| !sign.is_ascii_alphanumeric() && sign != '_';
    let name = text.trim_matches(is_sign);
    let is_step = name == "stuck" || case.text.contains(&format!("\n  {name}:"));
    let diagnosis = Diagnosis::new(
        at,
        format!("`{text}` is not the name of a step"),
        Mend::text(value, text),
    )
    .label("has a meaning of its own to YAML");
    if is_step && !name.is_empty() && !name.contains(is_sign) {
        return diagnosis.help(format!("write `{name}`")).replace(
            format!("write `{name}`"),
            value,
            name,
        );
    }
    diagnosis.help(
        "write the name of a step as it stands below `steps:`, or `stuck`; what else an edge says stands in braces, \
         as in `{end: Done}`",
    )
}
