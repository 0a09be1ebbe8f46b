//! Tabs in front of a line.

use crate::diagnostic::Edit;
use crate::source::Span;

use super::super::line::Line;
use super::super::mend::Mend;
use super::{Case, Diagnosis};

/// Lines below the place of the error in which the tab may stand: the parser gives up at the beginning of a text.
const FEW: usize = 20;

/// A tab in the indentation of the line or of one a little below.
pub(super) fn indentation(case: &Case<'_>) -> Option<Diagnosis> {
    std::iter::successors(Some(case.line), |line| line.next(case.text))
        .take(FEW)
        .find_map(tab_of)
        .map(|tab| diagnosis(case.text, tab))
}

/// A tab in the indentation of this very line.
pub(super) fn indentation_here(case: &Case<'_>) -> Option<Diagnosis> {
    tab_of(case.line).map(|tab| diagnosis(case.text, tab))
}

/// From the first tab of the indentation to its end.
fn tab_of(line: Line<'_>) -> Option<Span> {
    let at = line.indent().find('\t')? as u32;
    Some(Span::new(line.start + at, line.start + line.depth() as u32))
}

fn diagnosis(text: &str, tab: Span) -> Diagnosis {
    let mut diagnosis = Diagnosis::new(tab, "a line is indented with a tab", Mend::Tabs)
        .label("a tab")
        .help("YAML is indented with spaces: type two for each level");
    diagnosis.fix = Some(("indent with spaces".to_owned(), edits(text)));
    diagnosis
}

/// Two blanks for each tab in the indentation of every line.
fn edits(text: &str) -> Vec<Edit> {
    let first = Line::at(text, 0);
    std::iter::successors(Some(first), |line| line.next(text))
        .filter(|line| line.indent().contains('\t'))
        .map(|line| Edit {
            span: Span::new(line.start, line.start + line.depth() as u32),
            text: line.indent().replace('\t', "  "),
        })
        .collect()
}
