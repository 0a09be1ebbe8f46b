//! What YAML does to a text behind the author's back, found and undone: lines that look like a list and were joined,
//! words cut off by ` #`, `&` or `!`, a colon in a list entry, a backslash that became a new line.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::Code;
use crate::source::{Span, Spanned};

use super::super::Word;
use super::super::quoting::quoted;
use super::super::yaml::{Kind, Node, PropertyKind, Style};
use super::{Lower, fold};

impl<'y> Lower<'y> {
    /// The text as its author meant it; what YAML did to it is reported.
    pub(super) fn as_meant(&mut self, node: Node<'y>, text: &'y str) -> Cow<'y, str> {
        let Kind::Scalar(style) = node.kind() else {
            return Cow::Borrowed(text);
        };
        if style == Style::Plain {
            self.cut_by_comment(node);
        }
        if !node.is_decoded() || node.is_doubtful() {
            return Cow::Borrowed(text);
        }
        if style == Style::Double {
            self.control_escape(node);
        }
        match style {
            Style::Literal => Cow::Borrowed(text),
            _ => self
                .folded_list(node, style)
                .map_or(Cow::Borrowed(text), Cow::Owned),
        }
    }

    /// ` #` with no space behind it, right behind a text without quotes.
    fn cut_by_comment(&mut self, node: Node<'y>) {
        let end = node.span().end;
        let rest = self.yaml.source().get(end as usize..).unwrap_or_default();
        let bytes = rest.as_bytes();
        // Nearly every text ends at its line break.
        if !matches!(bytes.first(), Some(b' ' | b'\t')) {
            return;
        }
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let comment = line.trim_start();
        let behind = comment.trim_start_matches('#');
        let is_cut = match behind.is_empty() {
            // The last key of a number to dial: `*21 #`.
            true => comment == "#" && self.slice(node.span()).ends_with(is_dialled),
            false => !behind.starts_with([' ', '\t']),
        };
        if !comment.starts_with('#') || !is_cut {
            return;
        }
        let cut = Span::new(end, end + line.trim_end().len() as u32);
        let whole = Span::new(node.span().start, cut.end);
        let finding = self
            .finding(
                Code::TextCutOff,
                cut,
                format!("`{}` is cut off the text", comment.trim_end()),
            )
            .label("a space and a `#` begin a comment");
        self.report_with_quotes(finding, whole);
    }

    /// Completes a finding whose mend is a pair of quotes.
    fn report_with_quotes(&mut self, finding: crate::diagnostic::Diagnostic, whole: Span) {
        let text = self.slice(whole);
        let finding = if text.contains('\n') {
            finding.help("write the text in block form, below a `|`")
        } else {
            let quoted = quoted(text);
            finding
                .help(format!("put the text in quotes: `{quoted}`"))
                .replace("put the text in quotes", whole, quoted)
        };
        self.report(finding);
    }

    /// `\n` or `\t` in double quotes on one line, mostly of a Windows path.
    fn control_escape(&mut self, node: Node<'y>) {
        let written = self.slice(node.span());
        if written.contains('\n') {
            return;
        }
        let Some(at) = first_escape(written) else {
            return;
        };
        let start = node.span().start + at as u32;
        let span = Span::new(start, start + 2);
        let sign = self.slice(span);
        let became = if sign == "\\n" { "a new line" } else { "a tab" };
        let inner = written.trim_matches('"').replace("\\\"", "\"");
        let single = format!("'{}'", inner.replace('\'', "''"));
        let finding = self
            .finding(
                Code::TextCutOff,
                span,
                format!("`{sign}` becomes {became} in this text"),
            )
            .label("in double quotes a backslash begins a sign of YAML's own")
            .help(format!("put the text in single quotes: `{single}`"))
            .replace("put the text in single quotes", node.span(), single);
        self.report(finding);
    }

    /// Lines that look like a list, joined into one; gives the text with its lines kept.
    fn folded_list(&mut self, node: Node<'y>, style: Style) -> Option<String> {
        let span = node.span();
        let written = self.slice(span);
        if !written.contains('\n') {
            return None;
        }
        let lines = fold::lines(written, style);
        let (first, count) = fold::list_lines(&lines)?;
        if count < 2 {
            return None;
        }
        let begin = span.start + first as u32;
        let finding = self
            .finding(
                Code::FoldedList,
                Span::new(begin, span.end),
                "these lines are joined into one line of text",
            )
            .label("looks like a list or a table")
            .help(
                "write `|` behind the key and the text on the lines below it: `|` keeps the lines",
            );
        let (at, text) = fold::kept(self.yaml.source(), span, &lines, style);
        self.report(finding.replace("keep the lines", at, text));
        let kept: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
        Some(kept.join("\n").trim().to_owned())
    }

    /// A list entry with an unquoted colon, which makes a key and a value of it: read as one text.
    pub(super) fn entry_with_colon(&mut self, node: Node<'y>) -> Option<Word> {
        if !matches!(node.kind(), Kind::Map { flow: false }) || node.is_torn() {
            return None;
        }
        let mut entries = node.entries();
        let entry = entries.next()?;
        let plain = |node: Node<'_>| {
            matches!(node.kind(), Kind::Scalar(Style::Plain)) && !node.is_decoded()
        };
        if entries.next().is_some()
            || !plain(entry.key)
            || !(plain(entry.value) || entry.value.is_empty())
        {
            return None;
        }
        let span = entry.key.span().to(entry.value.span());
        let text = self.slice(span);
        let finding = self
            .finding(
                Code::TextCutOff,
                span,
                "a colon and a space make a key and a value of this text",
            )
            .label("read as one text here");
        self.report_with_quotes(finding, span);
        Some(Spanned::new(Arc::from(text), span))
    }

    /// Anchors that nothing refers to and types, in front of texts: words that are lost.
    pub(in crate::syntax) fn lost_words(&mut self) {
        for (property, node) in self.yaml.properties() {
            let sign = self.slice(property.span);
            let meaning = match property.kind {
                PropertyKind::Anchor { used: true } => continue,
                PropertyKind::Anchor { used: false } => "a name",
                PropertyKind::Tag => "a type",
            };
            if !matches!(node.kind(), Kind::Scalar(_)) {
                continue;
            }
            let whole = property.span.to(node.span());
            let finding = self
                .finding(
                    Code::TextCutOff,
                    property.span,
                    format!("`{sign}` is cut off the text"),
                )
                .label(format!("{meaning} to YAML, not a part of the text"));
            self.report_with_quotes(finding, whole);
        }
    }
}

fn is_dialled(sign: char) -> bool {
    sign.is_ascii_digit() || sign == '*'
}

/// Where the first `\n` or `\t` stands in a text in double quotes.
fn first_escape(written: &str) -> Option<usize> {
    let mut characters = written.char_indices();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && matches!(characters.next(), Some((_, 'n' | 't'))) {
            return Some(at);
        }
    }
    None
}
