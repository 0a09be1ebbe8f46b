//! A step whose name is against the rules for names, which has been reported where it stands: what leads to the name
//! that is meant is not blamed.

use crate::syntax::{Script, StepNode};

/// The step whose name is this word but for what no name may have; else the one step with such a name in which the word
/// stands: `grey cable` for `cable`.
pub(super) fn misnamed_step<'a>(script: &'a Script, word: &str) -> Option<&'a StepNode> {
    let mut steps = script.steps.iter();
    let alike = steps.find(|step| is_misnamed(&step.name.value, word));
    alike.or_else(|| {
        let misnamed = script
            .steps
            .iter()
            .filter(|step| is_no_name(&step.name.value));
        let mut longer = misnamed
            .take(MOST_MISNAMED)
            .filter(|step| is_longer(&step.name.value, word));
        longer.next().filter(|_| longer.next().is_none())
    })
}

/// So many wrong names are looked through for a word; keeps a file of nothing but mistakes linear.
pub(super) const MOST_MISNAMED: usize = 100;

/// Whether a text that is no name holds all words of a name, one after the other.
pub(super) fn is_longer(text: &str, name: &str) -> bool {
    let letters = text.to_lowercase();
    let words: Vec<&str> = letters
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let wanted: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    !wanted.is_empty() && words.windows(wanted.len()).any(|some| some == wanted)
}

/// Whether a text is against the rules for names.
pub(super) fn is_no_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !name.bytes().all(fits) || !name.starts_with(|first: char| first.is_ascii_lowercase())
}

/// Whether a name is this word but for capital letters, signs that no name may have, letters of other scripts that
/// look like its own, and what stands before the first letter.
fn is_misnamed(name: &str, word: &str) -> bool {
    let from_letter = name.trim_start_matches(|first: char| !first.is_ascii_alphabetic());
    is_no_name(name) && (is_alike(name, word) || is_alike(from_letter, word))
}

fn is_alike(name: &str, word: &str) -> bool {
    let same = |(left, right): (char, char)| {
        left.eq_ignore_ascii_case(&right)
            || !left.is_ascii()
            || !left.is_ascii_alphanumeric() && right == '_'
    };
    let kept = name.chars().filter(char::is_ascii).count();
    2 * kept > word.len()
        && name.chars().count() == word.chars().count()
        && name.chars().zip(word.chars()).all(same)
}

#[cfg(test)]
mod tests {
    use super::{is_longer, is_misnamed};

    #[test]
    fn a_longer_text_holds_the_words_of_a_name() {
        for (text, name) in [
            ("grey cable", "cable"),
            ("Grey Cable", "cable"),
            ("the grey cable", "grey_cable"),
            ("cable (grey)", "cable"),
        ] {
            assert!(is_longer(text, name), "{text}");
        }
        for (text, name) in [("grey cables", "cable"), ("grey new cable", "grey_cable")] {
            assert!(!is_longer(text, name), "{text}");
        }
    }

    #[test]
    fn what_no_name_may_have_is_overlooked() {
        for name in [
            "Old_key",
            "old-key",
            "old key",
            "1_old_key",
            "2. old key",
            "\u{43e}ld_key",
        ] {
            assert!(is_misnamed(name, "old_key"), "{name}");
        }
        for name in [
            "old_key",
            "old_kex",
            "Old_keys",
            "key",
            "\u{43e}\u{43e}\u{43e}\u{43e}\u{43e}_y",
        ] {
            assert!(!is_misnamed(name, "old_key"), "{name}");
        }
    }
}
