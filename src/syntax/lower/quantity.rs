//! Values of a fixed form: durations, percentages, whole numbers, decimal numbers, days, words of a fixed list.

use std::time::Duration;

use jiff::civil::Date;

use crate::condition::{Day, Number, parse_date};
use crate::diagnostic::{Code, nearest};
use crate::source::Spanned;

use super::super::key::Key;
use super::super::yaml::Node;
use super::super::{Level, Word};
use super::fields::Fields;
use super::{Lower, what::What};

/// Days that a duration may last: long enough for a parked case, short enough to add to any time.
const MOST_DAYS: u64 = 366;

/// A bare number from which on nobody means minutes.
const FEW_MINUTES: u64 = 30;

/// Seconds of a day.
const DAY: u64 = 24 * 60 * 60;

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
        let text = fields.value(key).and_then(Node::text).unwrap_or_default();
        let wanted = match seconds_of(text.trim()) {
            Some(0) => "a duration of at least a second, like `30s`, `2m`, `1h` or `1d`",
            Some(seconds) if seconds > MOST_DAYS * DAY => "a duration of at most 366 days",
            _ => "a duration with one unit, like `30s`, `2m`, `1h` or `1d`",
        };
        // Of what a person does a small number is one of minutes, as people say it.
        let bare = |count| match key {
            Key::Timeout => 's',
            _ if count < FEW_MINUTES => 'm',
            _ => 's',
        };
        self.read(fields, key, wanted, duration, |text| {
            let mend = match text.parse::<u64>() {
                Ok(count) => format!("{count}{}", bare(count)),
                Err(_) => written_once(seconds_of(text)?),
            };
            duration(&mend).map(|_| mend)
        })
    }

    /// `45%`, from 0 to 100.
    pub(super) fn percentage(&mut self, fields: &Fields<'y>, key: Key) -> Option<Spanned<f64>> {
        let wanted = "a percentage from `0%` to `100%`";
        self.read(fields, key, wanted, percentage, |text| {
            let number = text.trim_end_matches('%').trim_end().replace(',', ".");
            let number = if number.starts_with('.') {
                format!("0{number}")
            } else {
                number
            };
            let share = Number::parse(&number).map(Number::get);
            let share = share.filter(|share| *share > 0.0 && *share < 1.0 && !text.ends_with('%'));
            let mend = match share {
                // What lies between 0 and 1 and has no sign is a share of one.
                Some(share) => format!("{}%", (share * 10_000.0).round() / 100.0),
                None => format!("{number}%"),
            };
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

/// The seconds of a duration as people write it: `1m30s`, `2 min`, `1.5h`.
fn seconds_of(text: &str) -> Option<u64> {
    let mut rest = text.trim();
    let mut seconds = 0_u64;
    let mut parts = 0;
    while !rest.is_empty() {
        let is_number = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',');
        let (count, behind) = rest.split_at(rest.find(|sign| !is_number(sign))?);
        let behind = behind.trim_start();
        let end = behind.find(|sign: char| !sign.is_alphabetic());
        let (unit, behind) = behind.split_at(end.unwrap_or(behind.len()));
        let unit = match unit_of(unit)? {
            's' => 1.0,
            'm' => 60.0,
            'h' => 60.0 * 60.0,
            _ => DAY as f64,
        };
        let count = Number::parse(&count.replace(',', "."))?.get() * unit;
        // Whoever counts what no duration can last means nothing by its last second.
        seconds = seconds.checked_add(count.round() as u64)?;
        rest = behind.trim_start();
        parts += 1;
    }
    (parts > 0).then_some(seconds)
}

/// A duration in the largest unit of which it is a whole number.
fn written_once(seconds: u64) -> String {
    let units = [(DAY, 'd'), (60 * 60, 'h'), (60, 'm')];
    let unit = units
        .into_iter()
        .find(|(length, _)| seconds > 0 && seconds.is_multiple_of(*length));
    let (length, sign) = unit.unwrap_or((1, 's'));
    format!("{}{sign}", seconds / length)
}

/// The unit of a duration as people write it.
fn unit_of(word: &str) -> Option<char> {
    Some(match word.to_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" => 's',
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
        "d" => DAY,
        _ => return None,
    };
    let seconds = count.checked_mul(unit)?;
    (1..=MOST_DAYS * DAY)
        .contains(&seconds)
        .then(|| Duration::from_secs(seconds))
}

fn percentage(text: &str) -> Option<f64> {
    let number = Number::parse(text.strip_suffix('%')?)?.get();
    (0.0..=100.0).contains(&number).then_some(number)
}
