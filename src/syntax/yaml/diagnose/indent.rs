//! Lines that stand too far left or right. Of lines that disagree, the odd one out is blamed.

use crate::diagnostic::Edit;
use crate::source::Span;

use super::super::line::Line;
use super::super::mend::Mend;
use super::{Case, Diagnosis, block, colon, with_what_is_below};

/// A line that fits no line above.
pub(super) fn misplaced(case: &Case<'_>) -> Option<Diagnosis> {
    if case.line.content().is_empty() {
        return None;
    }
    if let Some(diagnosis) = colon::missing_blank(case.text, case.line) {
        return Some(diagnosis);
    }
    if let Some(diagnosis) = block::not_indented(case).or_else(|| block::further_left(case)) {
        return Some(diagnosis);
    }
    let parts = case.line.parts();
    if parts.dash.is_some() {
        return Some(list_entry(case));
    }
    if parts.key.is_none() {
        return Some(colon::neither_key_nor_text(case, case.line));
    }
    first_key_indented(case).or_else(|| key(case))
}

/// The topmost of the lines right above that are all indented deeper than this one.
fn top_of_deeper<'t>(case: &Case<'t>) -> Option<Line<'t>> {
    case.line
        .all_above(case.text)
        .take_while(|line| line.depth() > case.line.depth())
        .last()
}

/// A list entry where no list is.
fn list_entry(case: &Case<'_>) -> Diagnosis {
    if let Some(above) = case.line.above(case.text)
        && colon::is_lone(case, above)
    {
        return colon::neither_key_nor_text(case, above);
    }
    let top = top_of_deeper(case).filter(|line| line.parts().dash.is_some());
    if let Some(top) = top {
        return disagree(case, top, "the entries of a list are indented alike");
    }
    let run = case.line.run(case.text, case.line.depth());
    Diagnosis::new(
        case.sign(case.line.content().start),
        "a list entry stands where no list is",
        Mend::Stray(span_of(&run)),
    )
    .label("the key above has a text or keys already")
    .help("a list stands below a key with nothing behind its colon; a text over several lines stands below a `|`")
}

/// The first key of the file stands further right than this one.
fn first_key_indented(case: &Case<'_>) -> Option<Diagnosis> {
    let first = case.line.all_above(case.text).last()?;
    if first.depth() == 0 || case.line.depth() >= first.depth() {
        return None;
    }
    Some(
        Diagnosis::new(
            first.parts().key.unwrap_or(first.content()),
            "the first key of a file stands at the left edge",
            Mend::Blank(with_what_is_below(first, case.text)),
        )
        .label("indented")
        .help("take the spaces before it away")
        .replace("take the spaces away", indent(first), ""),
    )
}

/// A key whose indentation lies between those of the lines above.
fn key(case: &Case<'_>) -> Option<Diagnosis> {
    let span = case.line.parts().key?;
    let key = case.slice(span);
    match top_of_deeper(case) {
        Some(top) if top.parts().dash.is_none() => {
            Some(disagree(case, top, "indent all keys of one thing alike"))
        }
        top => {
            let (label, help) = match top {
                Some(_) => (
                    "a key among the entries of a list",
                    "indent it like the key that the list belongs to, or make it an entry with a dash",
                ),
                None => (
                    "the lines above are a list",
                    "a list and keys cannot stand side by side: indent the list under a key of its own",
                ),
            };
            let message = format!("`{key}` fits no line above by its indentation");
            let run = case.line.run(case.text, case.line.depth());
            let mend = Mend::Stray(span_of(&run));
            Some(Diagnosis::new(span, message, mend).label(label).help(help))
        }
    }
}

/// Lines of one thing that are not indented alike: those from the place of the error on, and those from `top` on.
fn disagree(case: &Case<'_>, top: Line<'_>, help: &str) -> Diagnosis {
    let above = case
        .line
        .all_above(case.text)
        .take_while(|line| line.start >= top.start)
        .filter(|line| line.depth() == top.depth())
        .count();
    let like = sibling(case, top);
    let run = case.line.run(case.text, like.depth());
    let goes_on_like_top = run
        .last()
        .and_then(|line| line.below(case.text))
        .is_some_and(|line| line.depth() == top.depth());
    let below = run.iter().filter(|line| line.depth() == case.line.depth());
    let (odd, wanted) = if above == 1 && below.count() > 1 && !goes_on_like_top {
        (top.own_lines(case.text), case.line)
    } else {
        (run, like)
    };
    let Some(first) = odd.first().copied() else {
        return super::unreadable(case);
    };
    let name = first.parts().key.or(first.parts().dash).unwrap_or_default();
    let side = if first.depth() > wanted.depth() {
        "right"
    } else {
        "left"
    };
    let mut diagnosis = Diagnosis::new(
        name,
        format!("`{}` stands too far {side}", case.slice(name)),
        Mend::Stray(span_of(&odd)),
    )
    .label(format!(
        "indented by {}, and not by {} like the lines around it",
        first.depth(),
        wanted.depth()
    ))
    .help(help);
    diagnosis.fix = Some(shift(&odd, wanted.depth()));
    diagnosis
}

/// The line above that the line of the error is most likely meant to be indented like: the topmost of the deeper ones,
/// or the one that they belong to, where what stands below the line is indented like them.
fn sibling<'t>(case: &Case<'t>, top: Line<'t>) -> Line<'t> {
    let first_below = case.line.below(case.text);
    let like_them = case.line.parts().value.is_empty()
        && first_below.is_some_and(|below| below.depth() == top.depth());
    let owner = top.above(case.text);
    match owner {
        Some(owner) if like_them && owner.depth() < case.line.depth() => owner,
        _ => top,
    }
}

/// A key deeper than the line above, which has a text behind its colon already.
pub(super) fn too_deep(case: &Case<'_>) -> Option<Diagnosis> {
    if case.line.parts().dash.is_some() {
        return Some(list_entry(case));
    }
    let key_span = case.line.parts().key?;
    let key = case.slice(key_span);
    let owner = case
        .line
        .all_above(case.text)
        .find(|line| line.depth() < case.line.depth())?;
    let owner_span = owner.parts().key?;
    let owner_key = case.slice(owner_span);
    let run = case.line.run(case.text, owner.depth());
    if run.len() > 1 && is_odd_one_out(case, owner, &run) {
        let mut diagnosis = Diagnosis::new(
            owner_span,
            format!("`{owner_key}` stands too far left"),
            Mend::Stray(owner.content()),
        )
        .label(format!(
            "indented by {}, and not by {} like the lines below",
            owner.depth(),
            case.line.depth()
        ))
        .help("indent all keys of one thing alike");
        diagnosis.fix = Some(shift(&[owner], case.line.depth()));
        return Some(diagnosis);
    }
    let mut diagnosis = Diagnosis::new(
        key_span,
        format!("`{key}` stands deeper than `{owner_key}`, which has a text already"),
        Mend::Stray(span_of(&run)),
    )
    .label(format!("deeper than `{owner_key}`"));
    let siblings = run.iter().filter(|line| line.depth() == case.line.depth());
    if siblings.count() > 1 {
        return Some(diagnosis.help(format!(
            "write the key that is missing above the line, or indent the lines like `{owner_key}`"
        )));
    }
    if !is_word(key) {
        return Some(diagnosis.help(format!(
            "if it belongs to the text of `{owner_key}`, write that text in block form, below a `|`"
        )));
    }
    let depth = (owner_span.start - owner.start) as usize;
    diagnosis.fix = Some(shift(&run, depth));
    Some(diagnosis.help(format!(
        "indent it like `{owner_key}`; if it belongs to the text, write that in block form, below a `|`"
    )))
}

/// Whether a line is the first of its thing and none of the lines behind the run is indented like it.
fn is_odd_one_out(case: &Case<'_>, owner: Line<'_>, run: &[Line<'_>]) -> bool {
    let like_owner =
        |line: Option<Line<'_>>| line.is_some_and(|line| line.depth() == owner.depth());
    let first = owner
        .above(case.text)
        .is_none_or(|above| above.depth() < owner.depth());
    let behind = run.last().and_then(|line| line.below(case.text));
    let words = run
        .iter()
        .filter(|line| line.depth() == case.line.depth())
        .all(|line| line.parts().key.is_some_and(|key| is_word(case.slice(key))));
    first && words && owner.depth() > 0 && !like_owner(behind)
}

/// Whether a text is made as the keys of the language are.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// From the first line's content to the end of the last one.
pub(super) fn span_of(lines: &[Line<'_>]) -> Span {
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => first.content().to(last.content()),
        _ => Span::default(),
    }
}

/// The edits that move lines so that the first stands as deep as another line; those that are deeper than both belong
/// to it already.
pub(super) fn shift(lines: &[Line<'_>], wanted: usize) -> (String, Vec<Edit>) {
    let from = lines.first().map_or(0, |line| line.depth());
    let deep = from.max(wanted);
    let edits: Vec<Edit> = lines
        .iter()
        .filter(|line| line.depth() <= deep)
        .map(|line| Edit {
            span: indent(*line),
            text: " ".repeat(wanted),
        })
        .collect();
    let title = if edits.len() > 1 {
        "indent the lines"
    } else {
        "indent the line"
    };
    (format!("{title} by {wanted}"), edits)
}

/// The indentation of a line.
fn indent(line: Line<'_>) -> Span {
    Span::new(line.start, line.start + line.depth() as u32)
}
