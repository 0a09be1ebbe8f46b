//! Signs instead of those that YAML wants: `=` for a colon, a long dash for a dash, a hard space for a space.

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::key::Key;
use super::super::yaml::Line;
use super::{Page, Repair, answer_name};

/// What people and word processors write for a colon.
const COLONS: [&str; 9] = [
    "->", "=>", "=", ";", "\u{ff1a}", "\u{2236}", "\u{2192}", "\u{21d2}", "\u{2794}",
];

/// A dash and the space behind it.
const DASH: usize = 2;

/// What they write for the dash of a list.
const DASHES: [char; 8] = [
    '\u{2013}', '\u{2014}', '\u{2212}', '\u{2010}', '\u{2022}', '\u{b7}', '*', '+',
];

/// Other signs for some of a line's.
pub(super) fn signs(page: Page<'_>, line: Line<'_>) -> Vec<Repair> {
    let found = [
        other_colon(page, line),
        missing_colon(page, line),
        tight_colon(page, line),
        other_dash(page, line),
        dash_too_many(page, line),
        marked_key(page, line),
        bracketed_name(page, line),
        missing_dash(page, line),
        answer_name::colon_before_step(page, line),
        answer_name::name_with_remark(page, line),
    ];
    found.into_iter().flatten().collect()
}

/// Hard spaces of the whole text, where one stands in a line.
pub(super) fn hard_spaces(page: Page<'_>, lines: &[Line<'_>]) -> Option<Repair> {
    lines.iter().find_map(|line| hard_space(page, *line))?;
    let all = std::iter::successors(Some(Line::at(page.text, 0)), |line| line.next(page.text));
    let spans: Vec<Span> = all.flat_map(|line| hard_space(page, line)).collect();
    let first = spans.first().copied()?;
    let edits: Vec<Edit> = spans
        .into_iter()
        .map(|span| Edit {
            span,
            text: " ".repeat(page.slice(span).chars().count()),
        })
        .collect();
    let finding = page
        .finding(
            Code::YamlSyntax,
            first,
            "a hard space stands where YAML wants a space".to_owned(),
        )
        .label("looks like a space, and is none")
        .help("type the spaces anew; text from a web page or a word processor brings such signs along")
        .fix("put spaces there", edits.clone());
    Some(Repair::sign(finding, edits))
}

/// The blanks before a line's first word or behind its first colon, where some are no spaces.
fn hard_space(page: Page<'_>, line: Line<'_>) -> Option<Span> {
    let is_hard = |text: &str| text.chars().any(is_hard);
    let text = line.text;
    let blanks = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        let length = rest.len()
            - rest
                .trim_start_matches(|sign| sign == ' ' || self::is_hard(sign))
                .len();
        Span::new(
            line.start + from as u32,
            line.start + (from + length) as u32,
        )
    };
    let colon = text.find(':').map(|at| at + 1);
    let behind = [Some(0), colon].into_iter().flatten().map(blanks);
    behind.into_iter().find(|span| is_hard(page.slice(*span)))
}

fn is_hard(sign: char) -> bool {
    sign == '\u{feff}' || sign == '\u{200b}' || !sign.is_ascii() && sign.is_whitespace()
}

/// `ask = Is it on?`
fn other_colon(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let content = line.content();
    let text = page.slice(content);
    let found = COLONS
        .iter()
        .filter_map(|sign| Some((text.find(sign)?, *sign)));
    let (at, sign) = found.min_by_key(|(at, _)| *at)?;
    let name = text.get(..at)?.trim_end();
    let value = text.get(at + sign.len()..)?.trim_start();
    if name.is_empty() || name.contains(": ") || name.ends_with(':') {
        return None;
    }
    let start = content.start + at as u32;
    let sign_span = Span::new(start, start + sign.len() as u32);
    let from = content.start + name.len() as u32;
    let whole = Span::new(from, content.end - value.len() as u32);
    let message = format!("`{sign}` stands where a colon is wanted");
    let repair = colon(page, sign_span, message, whole, value.is_empty());
    let is_key = Key::from_name(name).is_some();
    Some(if is_key { repair.likely() } else { repair })
}

/// `ask Is it on?`
fn missing_colon(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let content = line.content();
    let text = page.slice(content);
    let from = if text.starts_with("- ") { 2 } else { 0 };
    let rest = text.get(from..)?;
    let name = rest.split([' ', '\t']).next()?;
    Key::from_name(name)?;
    let value = rest.get(name.len()..)?.trim_start();
    if COLONS.iter().any(|sign| value.starts_with(sign)) {
        return None;
    }
    let start = content.start + from as u32;
    let end = start + name.len() as u32;
    let whole = Span::new(end, content.end - value.len() as u32);
    let message = format!("a colon is missing behind `{name}`");
    Some(colon(
        page,
        Span::new(start, end),
        message,
        whole,
        value.is_empty(),
    ))
}

/// `ask:Is it on?`
fn tight_colon(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let content = line.content();
    let text = page.slice(content);
    let from = if text.starts_with("- ") { 2 } else { 0 };
    let (name, value) = text.get(from..)?.split_once(':')?;
    Key::from_name(name)?;
    if value.is_empty() || value.starts_with([' ', '\t', '/']) {
        return None;
    }
    let start = content.start + from as u32;
    let end = start + name.len() as u32;
    let message = format!("a space is missing behind `{name}:`");
    let whole = Span::new(end, end + 1);
    Some(colon(
        page,
        Span::new(start, end + 1),
        message,
        whole,
        false,
    ))
}

/// `**ask**: Is it on?`
fn marked_key(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let content = line.content();
    let text = page.slice(content);
    let text = text.strip_prefix("- ").unwrap_or(text);
    let is_mark = |sign: char| matches!(sign, '*' | '_' | '`');
    let bare = text.trim_start_matches(is_mark);
    let name = bare.split([':', '*', '_', '`']).next()?;
    let value = bare.get(name.len()..)?.trim_start_matches(is_mark);
    let value = value
        .strip_prefix(':')?
        .trim_start_matches(is_mark)
        .trim_start();
    if bare.len() == text.len() || Key::from_name(name).is_none() {
        return None;
    }
    let start = content.end - text.len() as u32;
    let end = content.end - value.len() as u32;
    let written = if value.is_empty() {
        format!("{name}:")
    } else {
        format!("{name}: ")
    };
    let edit = Edit {
        span: Span::new(start, end),
        text: written,
    };
    let marked = page.slice(Span::new(start, end)).trim_end().to_owned();
    let finding = page
        .finding(
            Code::YamlSyntax,
            Span::new(start, start + marked.len() as u32),
            format!("`{marked}` is written with signs around the key"),
        )
        .label("not a key with them")
        .help(format!("write `{name}:`"))
        .fix(format!("write `{name}:`"), vec![edit.clone()]);
    Some(Repair::sign(finding, vec![edit]).likely())
}

/// `[lights]:`
fn bracketed_name(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let content = line.content();
    let text = page.slice(content);
    let (name, _) = text
        .strip_prefix(['[', '{', '<'])?
        .split_once([']', '}', '>'])?;
    let behind = text.get(name.len() + 2..)?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if name.is_empty() || !name.bytes().all(is_name) || !behind.starts_with(':') {
        return None;
    }
    let span = Span::new(content.start, content.start + name.len() as u32 + 2);
    let edit = Edit {
        span,
        text: name.to_owned(),
    };
    let message = format!("`{}` is a name in brackets", page.slice(span));
    let finding = page
        .finding(Code::YamlSyntax, span, message)
        .label("no name with them")
        .help(format!("write `{name}:`"))
        .fix("take the brackets away", vec![edit.clone()]);
    Some(Repair::sign(finding, vec![edit]).likely())
}

/// A colon that is missing between a key and its value.
pub(super) fn colon(page: Page<'_>, at: Span, message: String, whole: Span, last: bool) -> Repair {
    let edit = Edit {
        span: whole,
        text: if last { ":" } else { ": " }.to_owned(),
    };
    let finding = page
        .finding(Code::YamlSyntax, at, message)
        .label("no key without a colon")
        .help("write a colon and a space between a key and its value")
        .fix("write a colon", vec![edit.clone()]);
    Repair::sign(finding, vec![edit])
}

/// A bullet or a long dash, or a dash with no space behind it.
fn other_dash(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let content = line.content();
    let text = page.slice(content);
    let sign = text.chars().next()?;
    let item = text.get(sign.len_utf8()..)?.trim_start();
    let tight = sign == '-' && !text.starts_with("- ");
    if !(tight || DASHES.contains(&sign)) || item.is_empty() {
        return None;
    }
    let at = Span::new(content.start, content.start + sign.len_utf8() as u32);
    let message = if tight {
        "a space is missing behind the dash".to_owned()
    } else {
        format!("`{sign}` stands where a dash is wanted")
    };
    let span = Span::new(content.start, content.end - item.len() as u32);
    Some(dash(
        page,
        at,
        message,
        span,
        "- ",
        "write a dash and a space",
    ))
}

/// A dash before a key that belongs to no list.
fn dash_too_many(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let parts = line.parts();
    let at = parts.dash?;
    let key = parts.key?;
    let message = format!("a dash stands before `{}`", page.slice(key));
    let span = Span::new(at.start, key.start);
    Some(dash(page, at, message, span, "", "take the dash away"))
}

/// A line among those of a list, as deep as their dashes or as what stands behind them.
fn missing_dash(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    if line.parts().dash.is_some() {
        return None;
    }
    let depth = line.depth();
    let entry = |dash: Line<'_>| {
        let begins = dash.parts().dash.is_some() && !dash.is_blank();
        begins && (dash.depth() == depth || dash.depth() + DASH == depth)
    };
    // What belongs to another entry stands deeper than its dash.
    let above = line.all_above(page.text).take(super::NEAR);
    let below = std::iter::successors(line.below(page.text), |line| line.below(page.text));
    let above = above
        .take_while(|other| other.depth() + DASH >= depth)
        .find(|other| entry(*other));
    let below = below
        .take(super::NEAR)
        .take_while(|other| other.depth() + DASH >= depth)
        .find(|other| entry(*other));
    let other = above.or(below)?;
    let content = line.content();
    let room = if other.depth() == depth {
        0
    } else {
        DASH as u32
    };
    let span = Span::new(content.start.checked_sub(room)?, content.start);
    let name = line.parts().key.unwrap_or(content);
    let message = match line.parts().key {
        Some(key) => format!("a dash is missing before `{}`", page.slice(key)),
        None => "a dash is missing before this line".to_owned(),
    };
    Some(dash(
        page,
        name,
        message,
        span,
        "- ",
        "write a dash and a space",
    ))
}

fn dash(page: Page<'_>, at: Span, message: String, span: Span, text: &str, title: &str) -> Repair {
    let edit = Edit {
        span,
        text: text.to_owned(),
    };
    let finding = page
        .finding(Code::YamlSyntax, at, message)
        .help("a dash and a space begin an entry of a list; keys have none")
        .fix(title, vec![edit.clone()]);
    Repair::sign(finding, vec![edit])
}
