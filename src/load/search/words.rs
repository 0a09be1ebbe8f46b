//! How texts and callers' sentences are cut into words, and how near two words are.

/// Words that say nothing of the trouble. English only: in other languages their weight falls by how common they are.
const SILENT: &[&str] = &[
    "a", "all", "am", "an", "and", "any", "are", "arent", "as", "at", "be", "been", "but", "by",
    "can", "cannot", "cant", "could", "did", "do", "does", "doesnt", "dont", "for", "from", "get",
    "gets", "got", "had", "has", "have", "he", "hello", "help", "her", "hi", "his", "i", "if",
    "im", "in", "into", "is", "isnt", "it", "its", "ive", "just", "me", "my", "of", "on", "or",
    "our", "please", "says", "she", "so", "that", "the", "their", "them", "there", "they", "this",
    "to", "was", "we", "when", "with", "wont", "you", "your",
];

/// A text as one compares it: lower case, and Latin letters without their marks, since who asks for Köln may have no ö
/// on the keyboard.
pub fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.to_lowercase().chars() {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => plain.push('a'),
            'ç' | 'ć' | 'č' => plain.push('c'),
            'ď' | 'đ' => plain.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => plain.push('e'),
            'ğ' => plain.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => plain.push('i'),
            'ł' | 'ľ' => plain.push('l'),
            'ñ' | 'ń' | 'ň' => plain.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => plain.push('o'),
            'ř' => plain.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => plain.push('s'),
            'ť' | 'ţ' | 'ț' => plain.push('t'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'ź' | 'ż' | 'ž' => plain.push('z'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            // Marks that follow their letter.
            '\u{300}'..='\u{36f}' => {}
            other => plain.push(other),
        }
    }
    plain
}

/// The words of a text, folded, split at everything that is neither letter nor digit, apostrophes dropped.
pub fn words(text: &str) -> Vec<String> {
    folded(text)
        .replace(['\'', '’'], "")
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The words of a caller's sentence that tell something; all of them where none does.
pub fn telling_words(text: &str) -> Vec<String> {
    let all = words(text);
    let telling: Vec<String> = all
        .iter()
        .filter(|word| !SILENT.contains(&word.as_str()))
        .cloned()
        .collect();
    if telling.is_empty() { all } else { telling }
}

/// How near two words of one stem are.
const SAME_STEM: f64 = 0.9;

/// How well a typed word stands for a known one, from 0 (not at all) to 1 (the same): the same word, the same
/// stem, the beginning of a longer word, or a misspelling of one letter in four to seven or two in eight and more.
pub fn nearness(typed: &str, known: &str) -> f64 {
    if typed == known {
        return 1.0;
    }
    if stem(typed) == stem(known) {
        return SAME_STEM;
    }
    let length = typed.chars().count();
    if length >= 3 && known.starts_with(typed) {
        return 0.75;
    }
    let allowed = match length {
        0..=3 => return 0.0,
        4..=7 => 1,
        _ => 2,
    };
    if length.abs_diff(known.chars().count()) > allowed {
        return 0.0;
    }
    match strsim::osa_distance(typed, known) {
        distance if distance > allowed => 0.0,
        // The longer the word, the surer that one wrong letter is a slip.
        1 if length >= 6 => 0.85,
        1 => 0.7,
        _ => 0.6,
    }
}

/// The word without its most common English endings. Crude on purpose: it only has to bring `printing`, `printer`,
/// `prints` and `printed` together.
fn stem(word: &str) -> &str {
    for ending in ["ing", "ers", "er", "ed", "es", "s"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= 4
        {
            return rest;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{nearness, telling_words, words};

    #[test]
    fn a_sentence_keeps_what_tells() {
        assert_eq!(
            telling_words("Hi, I can't get into my e-mail!"),
            ["e", "mail"]
        );
        assert_eq!(telling_words("help me"), ["help", "me"]);
    }

    #[test]
    fn letters_are_found_without_their_marks() {
        assert_eq!(
            words("KÖLN, Ma\u{308}dchen, Straße"),
            ["koln", "madchen", "strasse"]
        );
        assert!(nearness("koeln", "koln") > 0.6);
    }

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        assert!(nearness("pritner", "printer") > 0.6);
        assert!(nearness("printing", "printer") > 0.8);
        assert!(nearness("pass", "password") > 0.7);
        assert!(nearness("fax", "tax") < 0.1);
        assert!(
            nearness("mouse", "house") > 0.0,
            "one letter off is a guess, ranked low"
        );
    }
}
