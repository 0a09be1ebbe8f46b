//! The kinds of fault, each with its name.

use super::Kind;
use super::words;

/// Every kind of fault.
pub const KINDS: &[Kind] = &[
    ("a key too far left", |page, at| page.shifted(at, -1)),
    ("a key two too far left", |page, at| page.shifted(at, -2)),
    ("a key too far right", |page, at| page.shifted(at, 1)),
    ("a key two too far right", |page, at| page.shifted(at, 2)),
    ("a block too far left", |page, at| {
        page.block_shifted(at, -1)
    }),
    ("a block two too far left", |page, at| {
        page.block_shifted(at, -2)
    }),
    ("a block too far right", |page, at| {
        page.block_shifted(at, 1)
    }),
    ("a block two too far right", |page, at| {
        page.block_shifted(at, 2)
    }),
    ("a line of text at the edge of its key", |page, at| {
        page.text_at_key(at)
    }),
    ("a tab", |page, at| page.tabbed(at)),
    ("a hard space", |page, at| page.hard_space(at)),
    ("no colon", |page, at| page.without_colon(at)),
    ("no space behind a colon", |page, at| page.tight_colon(at)),
    ("a semicolon", |page, at| page.other_colon(at, ";")),
    ("an equals sign", |page, at| page.other_colon(at, " =")),
    ("no opening quote", |page, at| {
        page.without_opening_quote(at)
    }),
    ("no closing quote", |page, at| {
        page.without_closing_quote(at)
    }),
    ("a quote too many", |page, at| page.stray_quote(at)),
    ("smart quotes", |page, at| page.smart_quotes(at)),
    ("an unclosed bracket", |page, at| {
        page.without_last(at, &['}', ']'])
    }),
    ("an unopened bracket", |page, at| {
        page.without_first(at, &['{', '['])
    }),
    ("no comma", |page, at| page.without_first(at, &[','])),
    ("a colon in a text", |page, at| page.in_text(at, ": ")),
    ("a hash in a text", |page, at| page.in_text(at, " #5 ")),
    ("a line of a list without its dash", |page, at| {
        page.without_dash(at)
    }),
    ("a dash without its space", |page, at| {
        page.other_dash(at, "-")
    }),
    ("another sign for a dash", |page, at| {
        page.other_dash(at, "\u{2022} ")
    }),
    ("a long dash", |page, at| page.other_dash(at, "\u{2013} ")),
    ("a dash before a key", |page, at| page.dash_before_key(at)),
    ("a text without its bar", |page, at| page.without_bar(at)),
    ("a misspelled key", |page, at| page.misspelled_key(at)),
    ("a capital letter in a key", |page, at| page.capital_key(at)),
    ("a misspelled target", |page, at| page.misspelled_target(at)),
    ("a misspelled step", |page, at| page.misspelled_step(at)),
    ("a capital letter in a step", |page, at| {
        page.capital_step(at)
    }),
    ("a dash in a step", |page, at| page.dashed_step(at)),
    ("a misspelled word of a value", |page, at| {
        page.misspelled_value(at)
    }),
    ("a single equals sign in a condition", |page, at| {
        page.single_equals(at)
    }),
    ("a deleted line", |page, at| page.deleted(at)),
    ("a doubled line", |page, at| page.doubled(at)),
    ("a doubled step", |page, at| page.doubled_step(at)),
    ("two lines in one", |page, at| page.joined(at)),
    ("no value", |page, at| page.without_value(at)),
    ("a list for a text", |page, at| page.list_for_text(at)),
    ("a text for a block", |page, at| page.text_for_block(at)),
    ("a body as far left as its step", |page, at| {
        page.body_shifted(at, -2)
    }),
    ("a body deeper than the others", |page, at| {
        page.body_shifted(at, 2)
    }),
    ("answers as far left as their key", |page, at| {
        page.answers_at_key(at)
    }),
    ("yes and no below answers", |page, at| {
        page.arms_below_answers(at)
    }),
    ("a step in tabs", |page, at| page.step_in_tabs(at)),
    ("a line of a list in tabs", |page, at| page.tabbed_item(at)),
    ("a text wrapped at its key", |page, at| {
        page.wrapped(at, true)
    }),
    ("a text wrapped at the edge", |page, at| {
        page.wrapped(at, false)
    }),
    ("a line between two documents", |page, at| {
        page.inserted_at_step(at, "---")
    }),
    ("a comment in slashes", |page, at| {
        page.inserted_at_step(at, "  // to be done")
    }),
    ("a line that says nothing", |page, at| {
        page.inserted_at_step(at, "  to be done")
    }),
    ("a heading", |page, at| {
        page.inserted_at_step(at, "== The next part ==")
    }),
    ("a fence of a chat", |page, at| {
        page.inserted_at_step(at, "```yaml")
    }),
    ("marks of a merge", |page, at| page.merged(at)),
    ("a step pasted at the end", |page, at| page.step_again(at)),
    ("a step renamed", |page, at| page.renamed_step(at)),
    ("a step taken away", |page, at| page.deleted_step(at)),
    ("a block taken away", |page, at| page.deleted_block(at)),
    ("a block twice", |page, at| page.doubled_block(at)),
    ("a foreign letter in a key", |page, at| page.foreign_key(at)),
    ("a foreign letter in a target", |page, at| {
        page.foreign_target(at)
    }),
    ("a wide colon", |page, at| page.other_colon(at, "\u{ff1a}")),
    ("an arrow for a colon", |page, at| {
        page.other_colon(at, " ->")
    }),
    ("an arrow behind a colon", |page, at| {
        page.target(at, |name| format!("-> {name}"))
    }),
    ("blanks in a target", |page, at| {
        page.target(at, |name| name.replace('_', " "))
    }),
    ("a capital letter in a target", |page, at| {
        page.target(at, words::capital)
    }),
    ("a full stop behind a target", |page, at| {
        page.target(at, |name| format!("{name}."))
    }),
    ("a comma behind a target", |page, at| {
        page.target(at, |name| format!("{name},"))
    }),
    ("a bracket around a target", |page, at| {
        page.target(at, |name| format!("[{name}]"))
    }),
    ("blanks in a step", |page, at| {
        page.other_step(at, |name| name.replace('_', " "))
    }),
    ("a digit before a step", |page, at| {
        page.other_step(at, |name| format!("1_{name}"))
    }),
    ("a blank in a key", |page, at| {
        page.other_key(at, |key| key.replace('_', " "))
    }),
    ("a dash in a key", |page, at| {
        page.other_key(at, |key| key.replace('_', "-"))
    }),
    ("bold letters of a key", |page, at| {
        page.other_key(at, |key| format!("**{key}**"))
    }),
    ("a closing bracket too many", |page, at| {
        page.doubled_last(at, &['}', ']'])
    }),
    ("an opening bracket too many", |page, at| {
        page.doubled_first(at, &['{', '['])
    }),
    ("a bracket of another kind", |page, at| page.other_last(at)),
    ("round brackets", |page, at| page.round(at)),
    ("a comma too many", |page, at| {
        page.doubled_first(at, &[','])
    }),
    ("semicolons for commas", |page, at| page.semicolons(at)),
    ("a star before a text", |page, at| page.before_text(at, "*")),
    ("an at sign before a text", |page, at| {
        page.before_text(at, "@desk ")
    }),
    ("a bracket before a text", |page, at| {
        page.before_text(at, "[Agent] ")
    }),
    ("a quoted word before a text", |page, at| {
        page.before_text(at, "\"Hello\" ")
    }),
    ("a placeholder before a text", |page, at| {
        page.before_text(at, "{name} ")
    }),
    ("a colon in an entry of a list", |page, at| {
        page.in_item(at, ": ")
    }),
    ("a text in half a pair of smart quotes", |page, at| {
        page.before_text(at, "\u{201e}Well\" ")
    }),
    ("a mark of an answered mail", |page, at| page.mailed(at)),
    ("a number for a duration", |page, at| {
        page.value_of(at, &["wait", "takes", "timeout"], "3")
    }),
    ("words for a duration", |page, at| {
        page.value_of(at, &["wait", "takes", "timeout"], "2 minutes")
    }),
    ("a share for a percentage", |page, at| {
        page.value_of(at, &["odds"], "0.4")
    }),
    ("a date in the order of a letter", |page, at| {
        page.value_of(at, &["review_by"], "1.5.2027")
    }),
    ("the line of a step without its colon", |page, at| {
        page.other_step_line(at, |name| name.to_owned())
    }),
    ("a numbered step", |page, at| {
        page.other_step_line(at, |name| format!("1. {name}:"))
    }),
    ("a step in a list", |page, at| {
        page.other_step_line(at, |name| format!("- {name}:"))
    }),
    ("a step in brackets", |page, at| {
        page.other_step_line(at, |name| format!("[{name}]:"))
    }),
    ("a quote too many at the end", |page, at| {
        page.behind_text(at, "\"")
    }),
    ("a comma behind a text", |page, at| {
        page.behind_text(at, ",")
    }),
    ("a colon behind a text", |page, at| {
        page.behind_text(at, ":")
    }),
    ("single quotes around a text with one", |page, at| {
        page.in_single_quotes(at)
    }),
    ("a backslash in double quotes", |page, at| {
        page.in_double_quotes(at, "C:\\Users")
    }),
    ("a quote in double quotes", |page, at| {
        page.in_double_quotes(at, "the \"red\" light")
    }),
    ("another word for a key", |page, at| page.other_word(at)),
    ("a key in another language", |page, at| {
        page.foreign_word(at)
    }),
];
