//! What may stand between the brackets of a template. minijinja 3.0 drops a wrong sign that follows a text in quotes, and
//! what stands behind it (`{{ a == "b" && c }}` compiles), and calls itself for every link of a chain (`--1`, `a.b.c`,
//! `a ~ b ~ c`), however long; so both are looked for beforehand.

use std::ops::Range;

/// So many signs in one pair of brackets at most, texts in quotes not counted.
const SIGNS: usize = 500;

/// So many `{% elif %}` at most: each calls minijinja one level deeper.
const ELIFS: usize = 100;

/// What is wrong between brackets, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WrongSign {
    /// The bytes of the template.
    pub(super) range: Range<usize>,
    /// What, and what to write instead.
    pub(super) why: String,
}

/// The first sign in a template that means nothing there.
pub(super) fn wrong_sign(template: &str) -> Option<WrongSign> {
    let mut elifs = 0;
    tags(template).find_map(|tag| {
        elifs += usize::from(tag.is_block && tag.word() == "elif");
        if elifs > ELIFS {
            return Some(WrongSign {
                range: tag.range,
                why: format!(
                    "more than {ELIFS} `elif` in one template; choose from a list instead, `{{{{ {{\"a\": 1}}[name] }}}}`"
                ),
            });
        }
        let (from, to, why) = wrong_within(tag.inner)?;
        let base = tag.range.start + 2;
        Some(WrongSign {
            range: base + from..base + to,
            why,
        })
    })
}

/// A pair of brackets that is not a remark.
pub(super) struct Tag<'t> {
    /// The bytes of the template, brackets included.
    pub(super) range: Range<usize>,
    /// What stands between them.
    pub(super) inner: &'t str,
    /// Whether they are `{% … %}`.
    pub(super) is_block: bool,
}

impl<'t> Tag<'t> {
    /// The first word in it.
    pub(super) fn word(&self) -> &'t str {
        first_word(self.inner)
    }
}

/// All pairs of brackets of a template, in order; what stands in `{% raw %}` is text.
pub(super) fn tags(template: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let (begin, end) = next_tag(template, at)?;
            let inner = template.get(begin + 2..end).unwrap_or_default();
            let opening = template.get(begin..begin + 2).unwrap_or_default();
            at = end + 2;
            if opening == "{#" {
                continue;
            }
            if is_word(inner, "raw") {
                at = after_raw(template, end);
            }
            return Some(Tag {
                range: begin..end + 2,
                inner,
                is_block: opening == "{%",
            });
        }
    })
}

/// What stands between brackets, without its texts in quotes.
pub(super) fn without_texts(inner: &str) -> String {
    let mut quote = Quote::default();
    inner.chars().filter(|sign| !quote.holds(*sign)).collect()
}

/// Where the next brackets open and close; those that never close are minijinja's to report.
fn next_tag(template: &str, from: usize) -> Option<(usize, usize)> {
    let rest = template.get(from..)?;
    let opens = |at: &usize| {
        let two = rest.get(*at..*at + 2);
        matches!(two, Some("{{" | "{%" | "{#"))
    };
    let begin = from + rest.match_indices('{').map(|(at, _)| at).find(opens)?;
    let inner = template.get(begin + 2..)?;
    let close = match template.get(begin..begin + 2) {
        Some("{#") => inner.find("#}")?,
        Some("{%") => closing(inner, "%}")?,
        _ => closing(inner, "}}")?,
    };
    Some((begin, begin + 2 + close))
}

/// Where the brackets close, texts in quotes and brackets of their own passed over.
fn closing(inner: &str, close: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = Quote::default();
    for (at, sign) in inner.char_indices() {
        if quote.holds(sign) {
            continue;
        }
        if depth == 0 && inner.get(at..).is_some_and(|rest| rest.starts_with(close)) {
            return Some(at);
        }
        match sign {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Whether one is within a text in quotes.
#[derive(Default)]
struct Quote {
    mark: Option<char>,
    escaped: bool,
}

impl Quote {
    /// Takes the next sign; whether it belongs to a text, its marks included.
    fn holds(&mut self, sign: char) -> bool {
        match self.mark {
            Some(_) if self.escaped => self.escaped = false,
            Some(_) if sign == '\\' => self.escaped = true,
            Some(mark) if sign == mark => self.mark = None,
            Some(_) => {}
            None if matches!(sign, '"' | '\'') => self.mark = Some(sign),
            None => return false,
        }
        true
    }
}

fn wrong_within(inner: &str) -> Option<(usize, usize, String)> {
    let mut quote = Quote::default();
    let mut signs = 0;
    for (at, sign) in inner.char_indices() {
        if quote.holds(sign) {
            continue;
        }
        let end = at + sign.len_utf8();
        let behind = inner.get(end..).unwrap_or_default();
        signs += 1;
        let why = match sign {
            _ if signs > SIGNS => {
                "too much stands in one pair of brackets; split it up with `{% set … %}`".to_owned()
            }
            '!' if behind.starts_with('=') => continue,
            '!' => "`!` means nothing in a template: write `not`".to_owned(),
            '&' => "`&` means nothing in a template: write `and`".to_owned(),
            '|' if behind.starts_with('|') => {
                "`||` means nothing in a template: write `or`".to_owned()
            }
            sign if is_known(sign) => continue,
            sign => format!("`{sign}` means nothing in a template"),
        };
        return Some((at, end, why));
    }
    None
}

fn is_known(sign: char) -> bool {
    sign.is_ascii_alphanumeric()
        || sign.is_ascii_whitespace()
        || "_.,:|~+-*/%=<>()[]{}".contains(sign)
}

/// Whether the first word between brackets is that one.
fn is_word(inner: &str, word: &str) -> bool {
    first_word(inner) == word
}

fn first_word(inner: &str) -> &str {
    let words = inner.trim_start_matches(['-', '+']).trim_start();
    let mut words = words.split(|sign: char| !sign.is_ascii_alphanumeric());
    words.next().unwrap_or_default()
}

/// Where a `{% raw %}` ends: what stands in it is text.
fn after_raw(template: &str, from: usize) -> usize {
    let rest = template.get(from..).unwrap_or_default();
    rest.find("endraw").map_or(template.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::wrong_sign;

    fn wrong(template: &str) -> Option<&str> {
        wrong_sign(template).and_then(|wrong| template.get(wrong.range))
    }

    #[test]
    fn signs_that_would_be_dropped_are_found() {
        assert_eq!(wrong("{{ a == \"b\" && c }}"), Some("&"));
        assert_eq!(wrong("{% if a || b %}x{% endif %}"), Some("|"));
        assert_eq!(wrong("{{ !a }}"), Some("!"));
        assert_eq!(wrong("{{ a ? b : c }}"), Some("?"));
        assert_eq!(wrong("{{ \"x\" $ }}"), Some("$"));
        assert_eq!(wrong("x {{ 'a' ; }}"), Some(";"));
        assert_eq!(wrong("{{ é }}"), Some("é"));
        let many = format!("{{{{ {}1 }}}}", "-".repeat(20_000));
        assert_eq!(wrong(&many), Some("-"));
    }

    #[test]
    fn what_is_right_is_left_alone() {
        for right in [
            "",
            "plain & text ; with ? signs",
            "{{ a != b and c[\"x & y\"] | default('é; \\' &') }}",
            "{%- for k, v in {'a': {'b': 1}}|items -%}{{ loop.index - 1 }}{%- endfor -%}",
            "{# a remark & more ? #}{{ a ~ b }}",
            "{% raw %}{{ a && b }}{% endraw %}{{ c }}",
            "{{ \"}}\" & }}",
        ]
        .into_iter()
        .take(6)
        {
            assert_eq!(wrong(right), None, "{right}");
        }
        assert_eq!(wrong("{{ \"}}\" & }}"), Some("&"));
    }
}
