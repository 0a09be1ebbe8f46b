//! The nearest known name to a misspelled one.

/// The candidate that a person most likely meant, if one is near enough: at most one edit for each three
/// characters (optimal string alignment: a swap of two neighbours is one edit), ignoring case, and something of it stays:
/// `b` is not near to `a`. Ties go to the first candidate.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let length = wanted.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::osa_distance(&wanted, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| {
            let keeps_some = *distance < length.max(candidate.chars().count());
            *distance <= allowed && keeps_some && *candidate != word
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn what_has_nothing_in_common_is_not_near() {
        assert_eq!(nearest("b", ["a", "bb"]), Some("bb"));
        assert_eq!(nearest("b", ["a"]), None);
        assert_eq!(nearest("B", ["b"]), Some("b"));
        assert_eq!(nearest("no", ["yes", "on"]), Some("on"));
        assert_eq!(nearest("roter", ["router"]), Some("router"));
    }
}
