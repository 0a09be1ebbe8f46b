//! What a template may put together out of its own texts. minijinja counts steps and not bytes, and forty steps that each
//! double a text fill any memory; so what could double again and again is refused when the template is read. What is
//! printed is bounded while it is printed, and is not judged here.

use std::collections::HashSet;

use super::signs::{self, Tag, WrongSign};

/// So often `~`, `+` and `*` may stand in `{% … %}`: what they make can be made more of by the next of them.
const JOINS: usize = 12;

/// So often `*` may stand in a template: each can make 100 MB of a letter.
const TIMES: usize = 4;

/// The first place of a template that could make too much.
pub(super) fn too_much(template: &str) -> Option<WrongSign> {
    let mut seen = Seen::default();
    let tags: Vec<Tag<'_>> = signs::tags(template).collect();
    tags.iter().enumerate().find_map(|(at, tag)| {
        let why = seen.wrong(tag, tags.get(at..).unwrap_or_default())?;
        Some(WrongSign {
            range: tag.range.clone(),
            why,
        })
    })
}

#[derive(Default)]
struct Seen {
    loops: usize,
    joins: usize,
    times: usize,
}

impl Seen {
    /// What is wrong with a tag; `rest` begins with it.
    fn wrong(&mut self, tag: &Tag<'_>, rest: &[Tag<'_>]) -> Option<String> {
        let own = signs::without_texts(tag.inner);
        self.times += own.matches('*').count();
        if self.times > TIMES {
            return Some(format!(
                "`*` stands more than {TIMES} times in the template"
            ));
        }
        if !tag.is_block {
            return None;
        }
        match tag.word() {
            word @ ("macro" | "call" | "filter") => {
                return Some(format!(
                    "`{word}` is not taken in a template for a hook: write it out where it is printed"
                ));
            }
            "for" => self.loops += 1,
            "endfor" => self.loops = self.loops.saturating_sub(1),
            "set" if !own.contains('=') => {
                return Some(
                    "`set` needs a value: `{% set name = … %}`; print longer texts where they belong"
                        .to_owned(),
                );
            }
            "set" if self.loops > 0 => {
                if let Some(name) = grows(&own, rest) {
                    return Some(format!(
                        "`{name}` would grow with every round of the loop: print its parts as they come, or count with `loop.index`"
                    ));
                }
            }
            _ => {}
        }
        self.joins += own.matches(['~', '+', '*']).count();
        (self.joins > JOINS).then(|| {
            format!("more than {JOINS} texts are joined in `{{% … %}}`: join them where they are printed, in `{{{{ … }}}}`")
        })
    }
}

/// A name that a `set` within a loop reads before the loop sets it: then it holds what the round before made of it.
fn grows<'s>(set: &'s str, rest: &[Tag<'_>]) -> Option<&'s str> {
    let mut depth = 0_usize;
    let mut later = HashSet::new();
    for tag in rest {
        match (tag.is_block, tag.word()) {
            (true, "for") => depth += 1,
            (true, "endfor") if depth == 0 => break,
            (true, "endfor") => depth -= 1,
            (true, "set") => later.extend(assigned(tag.inner)),
            _ => {}
        }
    }
    let (_, value) = set.split_once('=')?;
    words(value).find(|word| later.contains(word))
}

/// The names that a `set` gives values to.
fn assigned(inner: &str) -> impl Iterator<Item = &str> {
    let names = inner.split_once('=').map_or(inner, |(names, _)| names);
    words(names).filter(|word| *word != "set")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_')
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::too_much;

    #[test]
    fn what_could_double_again_and_again_is_refused() {
        for wrong in [
            "{% set s = 'x' %}{% for i in data %}{% set s = s ~ s %}{% endfor %}",
            "{% for i in data %}{% set a = b %}{% set b = a ~ a %}{% endfor %}",
            "{% for i in data %}{% for j in data %}{% endfor %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
            "{% macro m(s) %}{{ m(s ~ s) }}{% endmacro %}",
            "{% set s %}{{ data }}{{ data }}{% endset %}",
            "{% filter upper %}x{% endfilter %}",
            "{{ 'a' * 9 }}{{ 'a' * 9 }}{{ 'a' * 9 }}{{ 'a' * 9 }}{{ 'a' * 9 }}",
        ] {
            assert!(too_much(wrong).is_some(), "{wrong}");
        }
        assert!(too_much(&"{% set s = s ~ s %}".repeat(40)).is_some());
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for right in [
            "{% set title = 'Case ' ~ data.case ~ ': ' ~ data.tree %}{{ title }}",
            "{% for step in data.note.done %}{% set line = step.title ~ ': ' ~ step.reply %}{{ line }}{% endfor %}",
            "{% for a in b %}{% set x = a.y %}{% set z = x ~ ' = * ~ + ' ~ x %}{{ z }}{% endfor %}",
            "{{ 'a' ~ b ~ 'c' ~ d ~ 'e' ~ f ~ 'g' ~ h ~ 'i' ~ j ~ 'k' ~ l ~ 'm' ~ n ~ 'o' }}",
        ] {
            assert_eq!(too_much(right), None, "{right}");
        }
    }
}
