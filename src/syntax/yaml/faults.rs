//! Faults that do not come from the parser, as findings.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Place};

use super::super::Limits;
use super::super::quoting::quoted;
use super::build::{Fault, Problem};
use super::diagnose::unknown_alias;

/// The finding of a fault.
pub(super) fn explain(file: FileId, source: &str, fault: &Fault, limits: &Limits) -> Diagnostic {
    let place = Place {
        file,
        span: fault.span,
    };
    let finding = |code, message: String| Diagnostic::new(code, place, message);
    match &fault.problem {
        Problem::UnknownAlias => unknown_alias(file, source, fault.span),
        Problem::AliasOfItself => finding(
            Code::YamlSyntax,
            "an alias stands within what it refers to".to_owned(),
        )
        .label("would repeat itself for ever")
        .help("write out what is meant"),
        Problem::SecondDocument => finding(
            Code::YamlSyntax,
            "a file holds one document; a second one begins here".to_owned(),
        )
        .label("not read from here on")
        .help("put what stands below into a file of its own, or take the line away"),
        Problem::LostWord => lost_word(file, source, fault),
        Problem::SplitText => split_text(file, source, fault),
        Problem::TooManyAliases => finding(
            Code::TooLarge,
            format!(
                "the aliases of this file stand for more than {} values",
                limits.aliases
            ),
        )
        .label("too many with this one")
        .help("write texts out instead of repeating them by `&` and `*`"),
        Problem::TooDeep | Problem::Syntax(_) => finding(
            Code::TooLarge,
            format!("values are nested deeper than {} levels", limits.depth),
        )
        .label("too deep")
        .help("give what stands in the middle a step of its own"),
    }
}

/// A word that begins with `!` or `&`, with nothing behind it.
fn lost_word(file: FileId, source: &str, fault: &Fault) -> Diagnostic {
    let range = fault.span.start as usize..fault.span.end as usize;
    let text = source.get(range).unwrap_or_default();
    let sign = text.get(..1).unwrap_or_default();
    let quoted = quoted(text);
    Diagnostic::new(
        Code::YamlSyntax,
        Place {
            file,
            span: fault.span,
        },
        format!("a text that begins with `{sign}` must stand in quotes"),
    )
    .label("has a meaning of its own to YAML")
    .help(format!("put the text in quotes: `{quoted}`"))
    .replace("put the text in quotes", fault.span, quoted)
}

fn split_text(file: FileId, source: &str, fault: &Fault) -> Diagnostic {
    let range = fault.span.start as usize..fault.span.end as usize;
    let text = source.get(range).unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    let quoted = quoted(&words.join(" "));
    Diagnostic::new(
        Code::SplitText,
        Place {
            file,
            span: fault.span,
        },
        "a comma in `{…}` cuts this text in two",
    )
    .label("YAML takes what stands behind the comma for a key")
    .help(format!("put the text in quotes: `{quoted}`"))
    .replace("put the text in quotes", fault.span, quoted)
}
