//! One line a finding, as compilers have always written it: for editors, `grep` and screen readers.

use std::io::{self, Write};

use super::region::Region;
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, neutralise_line};

pub(super) fn render(
    sources: &Sources,
    diagnostics: &[&Diagnostic],
    out: &mut dyn Write,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        let Region { path, start, .. } = Region::new(sources, diagnostic.primary.place);
        writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            neutralise_line(path),
            start.line,
            start.column,
            diagnostic.severity.name(),
            diagnostic.code.name(),
            neutralise_line(&diagnostic.message)
        )?;
    }
    Ok(())
}
