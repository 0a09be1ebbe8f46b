//! Names of answers as people write them: of several words, without a colon behind them, or with a `#` in them.

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::quoting::quoted;
use super::super::yaml::Line;
use super::shift::owner;
use super::sign::colon;
use super::{Page, Repair};

/// A name of several words and where it leads, without a colon between them: `no bars cable`.
pub(super) fn colon_before_step(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let parts = line.parts();
    let content = line.content();
    let (name, step) = page.slice(content).rsplit_once(' ')?;
    let owner = owner(page.text, line, line.depth())?;
    let holder = owner.parts().key.map(|key| page.slice(key));
    if parts.key.is_some() || parts.dash.is_some() || !matches!(holder, Some("answers" | "returns"))
    {
        return None;
    }
    let is_step = step == "stuck" || page.text.contains(&format!("\n  {step}:"));
    let name = name.trim_end();
    if !name.ends_with(char::is_alphanumeric) {
        return None; // Another sign stands for the colon.
    }
    let start = content.start + name.len() as u32;
    let whole = Span::new(start, content.end - step.len() as u32);
    let message = format!("a colon is missing behind `{name}`");
    let at = Span::new(content.start, start);
    is_step.then(|| colon(page, at, message, whole, false).likely())
}

/// `port #1: stuck`, of which YAML takes what stands behind the blank for a remark.
pub(super) fn name_with_remark(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let content = line.content();
    let whole = page.slice(content);
    let (text, behind) = whole.split_once(" #")?;
    let (rest, value) = behind.split_once(": ")?;
    let is_name = !rest.is_empty() && !rest.starts_with([' ', '#']) && !value.trim().is_empty();
    if !is_name || text.contains([':', '"', '\'', '{', '[']) || text.starts_with(['-', '|', '>']) {
        return None;
    }
    let name = Span::new(
        content.start,
        content.start + (text.len() + 2 + rest.len()) as u32,
    );
    let written = quoted(page.slice(name));
    let edit = Edit {
        span: name,
        text: written.clone(),
    };
    let finding = page
        .finding(
            Code::YamlSyntax,
            name,
            format!("`#{rest}` is cut off the name"),
        )
        .label("a space and a `#` begin a comment")
        .help(format!("put the name in quotes: `{written}`"))
        .fix("put the name in quotes", vec![edit.clone()]);
    Some(Repair::sign(finding, vec![edit]).likely())
}
