//! Values of a fixed form: durations, percentages, whole numbers, decimal numbers, days, words of a fixed list.

use std::time::Duration;

use jiff::civil::Date;

use crate::condition::{Day, Number, parse_date};
use crate::diagnostic::{Code, nearest};
use crate::source::Spanned;

use super::super::key::Key;
use super::super::{Level, Word};
use super::fields::Fields;
use super::{Lower, what::What};

/// Days that a duration may last: long enough for a parked case, short enough to add to any time.
const MOST_DAYS: u64 = 366;

impl<'y> Lower<'y> {
    /// Reads a key's word by a function; what it cannot read is reported with what would fit, and with the mend.
    fn read<T>(
        &mut self,
        fields: &Fields<'y>,
        key: Key,
        wanted: &str,
        read: impl Fn(&str) -> Option<T>,
        mend: impl Fn(&str) -> Option<String>,
    ) -> Option<Spanned<T>> {
        let node = fields.value(key)?;
        let word = self.word(node, What::Key(key))?;
        if let Some(value) = read(word.value.trim()) {
            return Some(Spanned::new(value, word.span));
        }
        self.bad_value(&word, What::Key(key), wanted, mend(word.value.trim()));
        None
    }

    /// Reports a word that cannot be what its place wants.
    pub(super) fn bad_value(
        &mut self,
        word: &Word,
        what: What<'_>,
        wanted: &str,
        mend: Option<String>,
    ) {
        let finding = self
            .finding(
                Code::BadValue,
                word.span,
                format!("{what} cannot be `{}`", word.value.trim()),
            )
            .label(format!("not {wanted}"));
        let finding = match mend {
            Some(mend) => finding.help(format!("write `{mend}`")).replace(
                format!("write `{mend}`"),
                word.span,
                mend,
            ),
            None => finding.help(format!("write {wanted}")),
        };
        self.report(finding);
    }

    /// `30s`, `2m`, `1h`, `1d`.
    pub(super) fn duration(&mut self, fields: &Fields<'y>, key: Key) -> Option<Spanned<Duration>> {
        let wanted = "a duration like `30s`, `2m`, `1h` or `1d`";
        self.read(fields, key, wanted, duration, |text| {
            let (count, unit) = split_number(text);
            let unit = unit_of(unit.trim())?;
            let mend = format!("{count}{unit}");
            duration(&mend).map(|_| mend)
        })
    }

    /// `45%`, from 0 to 100.
    pub(super) fn percentage(&mut self, fields: &Fields<'y>, key: Key) -> Option<Spanned<f64>> {
        let wanted = "a percentage from `0%` to `100%`";
        self.read(fields, key, wanted, percentage, |text| {
            let mend = format!("{}%", text.trim_end_matches('%').trim_end());
            percentage(&mend).map(|_| mend)
        })
    }

    /// A whole number between two limits.
    pub(super) fn whole(
        &mut self,
        fields: &Fields<'y>,
        key: Key,
        least: u32,
        most: u32,
    ) -> Option<Spanned<u32>> {
        let wanted = if most == u32::MAX {
            format!("a whole number from {least}")
        } else {
            format!("a whole number from {least} to {most}")
        };
        let read = |text: &str| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let value: u32 = digits.then(|| text.parse().ok()).flatten()?;
            (least..=most).contains(&value).then_some(value)
        };
        self.read(fields, key, &wanted, read, |_| None)
    }

    /// A number, perhaps with a decimal point.
    pub(super) fn decimal(&mut self, fields: &Fields<'y>, key: Key) -> Option<Spanned<Number>> {
        self.read(
            fields,
            key,
            "a number like `5` or `0.5`",
            Number::parse,
            |_| None,
        )
    }

    /// `2027-05-01`.
    pub(super) fn date(&mut self, fields: &Fields<'y>, key: Key) -> Option<Spanned<Date>> {
        self.read(fields, key, "a date like `2027-05-01`", parse_date, |_| {
            None
        })
    }

    /// `2027-05-01` or `today`.
    pub(super) fn day(&mut self, fields: &Fields<'y>, key: Key) -> Option<Spanned<Day>> {
        let read = |text: &str| match text {
            "today" => Some(Day::Today),
            text => parse_date(text).map(Day::On),
        };
        self.read(
            fields,
            key,
            "a date like `2027-05-01`, or `today`",
            read,
            |_| None,
        )
    }

    /// `yes` or `no`; `true` and `false` are accepted.
    pub(super) fn flag(&mut self, fields: &Fields<'y>, key: Key) -> Option<Spanned<bool>> {
        let read = |text: &str| match text {
            "yes" | "true" => Some(true),
            "no" | "false" => Some(false),
            _ => None,
        };
        self.read(fields, key, "`yes` or `no`", read, |_| None)
    }

    /// `high`, `medium` or `low`.
    pub(super) fn level(&mut self, fields: &Fields<'y>, key: Key) -> Option<Spanned<Level>> {
        let read = |text: &str| match text {
            "high" => Some(Level::High),
            "medium" => Some(Level::Medium),
            "low" => Some(Level::Low),
            _ => None,
        };
        self.choice(fields, key, &["high", "medium", "low"], read)
    }

    /// One of a few words.
    pub(super) fn choice<T>(
        &mut self,
        fields: &Fields<'y>,
        key: Key,
        words: &[&str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let wanted = quoted.join(" or ");
        self.read(fields, key, &wanted, read, |text| {
            nearest(text, words.iter().copied()).map(str::to_owned)
        })
    }
}

/// The digits at the beginning of a text, and the rest.
fn split_number(text: &str) -> (&str, &str) {
    let digits = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(digits)
}

/// The unit of a duration as people write it.
fn unit_of(word: &str) -> Option<char> {
    Some(match word.to_lowercase().as_str() {
        "" | "s" | "sec" | "secs" | "second" | "seconds" => 's',
        "m" | "min" | "mins" | "minute" | "minutes" => 'm',
        "h" | "hr" | "hrs" | "hour" | "hours" => 'h',
        "d" | "day" | "days" => 'd',
        _ => return None,
    })
}

fn duration(text: &str) -> Option<Duration> {
    let (count, unit) = split_number(text);
    let count: u64 = count.parse().ok()?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    let seconds = count.checked_mul(unit)?;
    (1..=MOST_DAYS * 24 * 60 * 60)
        .contains(&seconds)
        .then(|| Duration::from_secs(seconds))
}

fn percentage(text: &str) -> Option<f64> {
    let number = Number::parse(text.strip_suffix('%')?)?.get();
    (0.0..=100.0).contains(&number).then_some(number)
}
