//! Lines that stand too far left or right, where YAML reads something from them all the same.

use std::iter::successors;

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::key::Key;
use super::super::yaml::Line;
use super::{Oddity, Page, Repair, WITHIN};

/// How much deeper one level is.
const LEVEL: usize = 2;

/// The keys below which names stand.
pub(super) const HOLDERS: [&str; 9] = [
    "steps", "answers", "returns", "tests", "try", "facts", "teams", "glossary", "set",
];

/// Places at which what belongs to a line may end.
const ENDS: usize = 8;

/// Every way to indent one of the lines, alone or with those that go with it, like another one.
pub(super) fn shifts(page: Page<'_>, lines: &[Line<'_>]) -> Vec<Repair> {
    let mut shifts = Vec::new();
    for line in lines {
        let parts = line.parts();
        let Some(name) = parts.key.or(parts.dash) else {
            shifts.extend(text_too_far_left(page, *line));
            continue;
        };
        let groups = groups(page, *line);
        for depth in depths(page.text, *line) {
            if depth == line.depth() || is_swallowed(page.text, *line, depth) {
                continue;
            }
            let oddity = oddity_of(page, *line, depth);
            let shift = |group: &Vec<Line<'_>>| shift(page, group, name, depth, oddity);
            shifts.extend(groups.iter().map(shift));
        }
    }
    shifts
}

/// A line that goes on with the text above, and stands no deeper than its key.
fn text_too_far_left(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let above = line.above(page.text)?;
    let parts = above.parts();
    let begun = parts.key.is_some() && !parts.value.is_empty();
    let is_prose = |text: &str| text.contains(' ') && text.starts_with(char::is_alphanumeric);
    let prose = is_prose(page.slice(line.content())) && page.slice(parts.value).contains(' ');
    if !begun || !prose || line.depth() > above.depth() {
        return None;
    }
    let depth = above.depth() + LEVEL;
    let edits = vec![Edit {
        span: Span::new(line.start, line.start + line.depth() as u32),
        text: " ".repeat(depth),
    }];
    let finding = page
        .finding(
            Code::YamlSyntax,
            line.content(),
            "a text goes on too far left".to_owned(),
        )
        .label("no deeper than the key of its text")
        .help("indent every line of a text deeper than its key")
        .fix(format!("indent the line by {depth}"), edits.clone());
    Some(Repair {
        oddity: (true, true, true),
        ..Repair::sign(finding, edits)
    })
}

/// How deep a line may be meant to stand: like one of those that it may belong to, one level deeper, or like those
/// right below.
fn depths(text: &str, line: Line<'_>) -> Vec<usize> {
    let above = line.above(text);
    let mut depths: Vec<usize> = above
        .map(|above| above.depth() + LEVEL)
        .into_iter()
        .collect();
    depths.extend(
        successors(above, |line| owner(text, *line, line.depth())).map(|line| line.depth()),
    );
    let below = successors(line.below(text), |line| line.below(text));
    depths.extend(below.take(2).map(|line| line.depth()));
    depths.sort_unstable();
    depths.dedup();
    depths
}

/// The nearest line above that stands further left than a depth.
pub(super) fn owner<'t>(text: &'t str, line: Line<'t>, depth: usize) -> Option<Line<'t>> {
    if depth == 0 {
        return None;
    }
    let mut above = line.all_above(text).take(super::FAR);
    above.find(|above| above.depth() < depth)
}

/// How little a mend looks like one of an indentation that went wrong: the line does not fit its place then; it did
/// before; it stood at an even depth.
pub(super) fn oddity(page: Page<'_>, edits: &[Edit]) -> Oddity {
    let Some(edit) = edits.first() else {
        return (false, false, false);
    };
    let line = Line::at(page.text, edit.span.start);
    let is_shift = edit.span.start == line.start && edit.text.trim_start_matches(' ').is_empty();
    if !is_shift || edit.span.end > line.content().start {
        return (false, false, false);
    }
    oddity_of(page, line, edit.text.len())
}

fn oddity_of(page: Page<'_>, line: Line<'_>, depth: usize) -> Oddity {
    let from = line.depth();
    let even = from.is_multiple_of(2);
    (!fits(page, line, depth), fits(page, line, from), even)
}

/// Whether a line that deep would stand one level below its owner: a name below a key that holds names, a key of the
/// language below any other.
fn fits(page: Page<'_>, line: Line<'_>, depth: usize) -> bool {
    let owner = owner(page.text, line, depth);
    if depth != owner.map_or(0, |owner| owner.depth() + LEVEL) {
        return false;
    }
    let parts = line.parts();
    let Some(key) = parts.key.filter(|_| parts.dash.is_none()) else {
        return true;
    };
    let holder = owner.and_then(|owner| owner.parts().key);
    let holds_names = holder.is_some_and(|key| HOLDERS.contains(&page.slice(key)));
    Key::from_name(page.slice(key)).is_some() != holds_names
}

/// Whether a line so deep would be a part of the text above.
fn is_swallowed(text: &str, line: Line<'_>, depth: usize) -> bool {
    let Some(owner) = owner(text, line, depth) else {
        return false;
    };
    let parts = owner.parts();
    let column = parts.key.map(|key| (key.start - owner.start) as usize);
    !parts.value.is_empty() && (parts.dash.is_none() || column != Some(depth))
}

/// The lines that may stand wrong together: one alone, with what belongs to it, with all that follow.
fn groups<'t>(page: Page<'t>, line: Line<'t>) -> Vec<Vec<Line<'t>>> {
    let below = || successors(line.below(page.text), |line| line.below(page.text)).take(WITHIN);
    let deeper: Vec<Line<'t>> = below()
        .take_while(|below| below.depth() > line.depth())
        .collect();
    let following: Vec<Line<'t>> = below()
        .take_while(|below| below.depth() >= line.depth())
        .collect();
    let mut lengths = ends(page, &deeper);
    lengths.extend([0, deeper.len()]);
    lengths.sort_unstable();
    lengths.dedup();
    let mut groups: Vec<Vec<Line<'t>>> = lengths
        .into_iter()
        .map(|length| deeper.iter().take(length).copied().collect())
        .collect();
    // Names that stand as deep as the keys of the thing that holds them end where its next key stands.
    let names = following.iter().take_while(|below| {
        below.depth() > line.depth() || is_key(page, **below) == is_key(page, line)
    });
    groups.push(names.copied().collect());
    groups.push(following);
    groups.dedup_by_key(|group| group.len());
    for group in &mut groups {
        group.insert(0, line);
    }
    groups
}

/// After how many of the deeper lines something else may begin: as deep as the first one, and behind an empty line,
/// or with a name where the first one is a key of the language, or the other way round, or with more below it.
fn ends(page: Page<'_>, deeper: &[Line<'_>]) -> Vec<usize> {
    let Some(first) = deeper.first() else {
        return Vec::new();
    };
    let begins = |line: Line<'_>| {
        let previous = line.previous(page.text);
        previous.is_some_and(|line| line.is_blank())
            || is_key(page, line) != is_key(page, *first)
            || line.parts().value.is_empty()
    };
    let lines = deeper.iter().enumerate().skip(1);
    let ends = lines.filter(|(_, line)| line.depth() == first.depth() && begins(**line));
    ends.map(|(at, _)| at).take(ENDS).collect()
}

/// Whether a line begins with a key of the language.
fn is_key(page: Page<'_>, line: Line<'_>) -> bool {
    let key = line.parts().key.map(|key| page.slice(key));
    key.and_then(Key::from_name).is_some()
}

fn shift(page: Page<'_>, lines: &[Line<'_>], name: Span, depth: usize, oddity: Oddity) -> Repair {
    let from = lines.first().map_or(0, |line| line.depth());
    let edits: Vec<Edit> = lines
        .iter()
        .map(|line| Edit {
            span: Span::new(line.start, line.start + line.depth() as u32),
            text: " ".repeat((line.depth() + depth).saturating_sub(from)),
        })
        .collect();
    let side = if depth > from { "left" } else { "right" };
    let title = if edits.len() > 1 {
        format!("indent the lines by {depth}")
    } else {
        format!("indent the line by {depth}")
    };
    let word = page.slice(name);
    let tab = lines.first().filter(|line| line.indent().contains('\t'));
    let finding = match tab {
        Some(line) => page
            .finding(
                Code::YamlSyntax,
                Span::new(line.start, line.content().start),
                "a line is indented with a tab".to_owned(),
            )
            .label("a tab")
            .help(format!(
                "YAML is indented with spaces: type {depth} of them here"
            )),
        None => page
            .finding(
                Code::YamlSyntax,
                name,
                format!("`{word}` stands too far {side}"),
            )
            .label(format!("indented by {from}, and not by {depth}"))
            .help("indent all keys of one thing alike"),
    };
    let finding = finding.fix(title, edits.clone());
    Repair {
        finding,
        edits,
        likely: false,
        oddity,
    }
}
