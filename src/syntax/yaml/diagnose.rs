//! What a syntax error means to somebody who never programmed: from the parser's kind of error, the place where it
//! gave up and the text around it, to a finding in plain words and a mend. The parser often gives up well behind the
//! fault; each file here looks for one kind of fault.

mod block;
mod colon;
mod escape;
mod flow;
mod indent;
mod no_text;
mod quote;
mod sign;
mod tab;

use granit_parser::ErrorKind;

use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::source::{FileId, Place, Span};

use super::super::quoting::quoted;
use super::line::Line;
use super::mend::Mend;

/// A fault in plain words.
#[derive(Debug, Clone)]
pub(super) struct Diagnosis {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) label: String,
    pub(super) help: String,
    /// What an editor can do, where it is surely meant.
    pub(super) fix: Option<(String, Vec<Edit>)>,
    /// What makes the rest readable.
    pub(super) mend: Mend,
}

impl Diagnosis {
    fn new(span: Span, message: impl Into<String>, mend: Mend) -> Self {
        Self {
            span,
            message: message.into(),
            label: String::new(),
            help: String::new(),
            fix: None,
            mend,
        }
    }

    /// As a finding.
    pub(super) fn into_finding(self, file: FileId) -> Diagnostic {
        let place = Place {
            file,
            span: self.span,
        };
        let mut finding = Diagnostic::new(Code::YamlSyntax, place, self.message)
            .label(self.label)
            .help(self.help);
        if let Some((title, edits)) = self.fix {
            finding = finding.fix(title, edits);
        }
        finding
    }

    fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    fn replace(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        self.fix = Some((title.into(), vec![Edit { span, text }]));
        self
    }
}

/// Where the parser gave up.
#[derive(Debug, Clone, Copy)]
struct Case<'t> {
    /// The text as its author wrote it.
    source: &'t str,
    /// The text as the parser saw it, of the same length.
    text: &'t str,
    /// The byte.
    at: u32,
    /// Its line.
    line: Line<'t>,
}

impl<'t> Case<'t> {
    /// What the author wrote there.
    fn slice(&self, span: Span) -> &'t str {
        self.source
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// What stands at the byte and behind it.
    fn rest(&self) -> &'t str {
        self.text.get(self.at as usize..).unwrap_or_default()
    }

    /// The span of the sign that stands there.
    fn sign(&self, at: u32) -> Span {
        let sign = self
            .text
            .get(at as usize..)
            .and_then(|rest| rest.chars().next());
        Span::new(at, at + sign.map_or(0, char::len_utf8) as u32)
    }
}

/// The fault behind an error of the parser.
pub(super) fn diagnose(kind: &ErrorKind, source: &str, text: &str, at: u32) -> Diagnosis {
    let case = Case {
        source,
        text,
        at,
        line: Line::at(text, at),
    };
    by_kind(kind, &case).unwrap_or_else(|| unreadable(&case))
}

fn by_kind(kind: &ErrorKind, case: &Case<'_>) -> Option<Diagnosis> {
    use ErrorKind as K;
    match kind {
        K::TabInBlockIndentation
        | K::TabNotAllowed
        | K::TabInPlainScalar
        | K::TabAtBlockScalarStart => tab::indentation(case),
        K::TabInIndentation => tab::indentation(case).or_else(|| quote::unclosed(case)),
        K::UnclosedQuotedScalar
        | K::InvalidQuotedScalarIndent
        | K::DocumentIndicatorInQuotedScalar => quote::unclosed(case),
        K::ExpectedDocumentStart if case.text.trim_start().starts_with('%') => {
            Some(directive(case))
        }
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
            flow::piece(case).or_else(|| quote::trailing(case))
        }
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => escape::unknown(case),
        K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => block::header(case),
        K::CommentInterceptedScalar => block::comment(case),
        K::MismatchedFlowCollectionEnd { close, .. } => flow::mismatched(case, *close),
        K::MisplacedFlowCollectionEnd => sign::at_start(case).or_else(|| flow::too_many(case)),
        K::MappingValueNotAllowed => flow::piece(case).or_else(|| colon::misplaced(case)),
        K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::SimpleKeyExpected
        | K::InvalidSimpleKey
        | K::InvalidIndentation
        | K::ExpectedDocumentStart => sign::within(case)
            .or_else(|| tab::indentation_here(case))
            .or_else(|| indent::misplaced(case)),
        K::UnclosedFlowCollection { .. }
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofFlowSequence
        | K::UnexpectedEofImplicitFlowMapping
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator
        | K::InvalidColonPlacement
        | K::FlowMappingValueAdjacentCollection
        | K::InvalidFlowScalarIndent => flow::unclosed(case).or_else(|| flow::piece(case)),
        K::CommentNotSeparated => comment_too_near(case),
        _ => flow::piece(case)
            .or_else(|| sign::at_start(case))
            .or_else(|| sign::within(case)),
    }
}

/// A file that begins with `%`.
fn directive(case: &Case<'_>) -> Diagnosis {
    let blanks = case.text.len() - case.text.trim_start().len();
    let line = Line::at(case.text, blanks as u32);
    Diagnosis::new(
        line.content(),
        "a line cannot begin with `%`",
        Mend::Drop(line.content()),
    )
    .label("an order to YAML, not a part of the tree")
    .help("take the line away")
    .replace("take the line away", line.content(), "")
}

/// A `#` right behind a quote or bracket.
fn comment_too_near(case: &Case<'_>) -> Option<Diagnosis> {
    if !case.rest().starts_with('#') {
        return None;
    }
    let comment = Span::new(case.at, case.line.end());
    Some(
        Diagnosis::new(
            Span::new(case.at, case.at + 1),
            "a comment needs a space before its `#`",
            Mend::Drop(comment),
        )
        .label("no space before it")
        .help("add a space")
        .replace("add a space", Span::new(case.at, case.at), " "),
    )
}

/// The mend that takes a line out, with the lines that belong to it.
fn without_line(line: Line<'_>, text: &str) -> Mend {
    Mend::Blank(with_what_is_below(line, text))
}

/// The span of a line's content and of all lines below it that are indented deeper.
pub(super) fn with_what_is_below(line: Line<'_>, text: &str) -> Span {
    let depth = line.depth();
    let mut span = line.content();
    let mut below = line.next(text);
    while let Some(next) = below {
        if !next.is_blank() {
            if next.depth() <= depth {
                break;
            }
            span.end = next.content().end;
        }
        below = next.next(text);
    }
    span
}

/// The title of the mend that is a pair of quotes.
const IN_QUOTES: &str = "put the text in quotes";

/// A text that only needs quotes, on all of its lines.
fn needs_quotes(case: &Case<'_>, at: Span, value: Span, message: impl Into<String>) -> Diagnosis {
    let text = case.slice(value);
    if no_text::leads_to_a_step(case, value) {
        return no_text::name_of_a_step(case, at, value);
    }
    if let Some(condition) = no_text::turned_round(text) {
        let help = format!("write `{condition}`");
        return Diagnosis::new(at, message, Mend::text(value, &condition))
            .help(help.clone())
            .replace(help, value, condition);
    }
    let whole = whole_text(case, value);
    let shown = match whole == value {
        true => format!("put the text in quotes: `{}`", quoted(text)),
        false => "put the whole text in quotes, up to the end of its last line".to_owned(),
    };
    Diagnosis::new(at, message, Mend::text(value, text))
        .help(format!("{shown}; or write it in block form, below a `|`"))
        .replace(IN_QUOTES, whole, quoted(case.slice(whole)))
}

/// A text with the lines on which it goes on: deeper ones that hold neither key nor dash nor comment.
fn whole_text(case: &Case<'_>, value: Span) -> Span {
    let mut whole = value;
    if case.line.parts().value != value {
        return whole;
    }
    let mut next = case.line.next(case.text);
    while let Some(line) = next {
        let parts = line.parts();
        let goes_on = !line.is_blank()
            && line.depth() > case.line.depth()
            && parts.key.is_none()
            && parts.dash.is_none()
            && parts.value == line.content();
        if !goes_on {
            break;
        }
        whole.end = line.content().end;
        next = line.next(case.text);
    }
    whole
}

/// Lines below the `|` of a key that begin a text and are not indented, if there are any: as a finding.
pub(in crate::syntax) fn not_indented(file: FileId, source: &str, sign: u32) -> Option<Diagnostic> {
    let line = Line::at(source, sign).below(source)?;
    let case = Case {
        source,
        text: source,
        at: line.content().start,
        line,
    };
    Some(block::not_indented(&case)?.into_finding(file))
}

/// The finding about an alias of something that is not there.
pub(super) fn unknown_alias(file: FileId, source: &str, span: Span) -> Diagnostic {
    sign::unknown_alias(source, span).into_finding(file)
}

/// What no other file here explains.
fn unreadable(case: &Case<'_>) -> Diagnosis {
    let content = case.line.content();
    let span = if content.is_empty() {
        Span::new(case.at, case.at)
    } else {
        content
    };
    Diagnosis::new(
        span,
        "this line cannot be read",
        without_line(case.line, case.text),
    )
    .label("YAML gives up here")
    .help("put texts in quotes, or write them in block form: `|` behind the key and the text on the lines below it")
}
