//! Days as people say them: "yesterday", "last Monday", "3 days ago", "21.11.". What could be meant in two ways (3/11) is
//! not read.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The days that may be meant, the likeliest first: of a weekday, and of a day without its year, the last before the next.
pub fn said(text: &str, today: Date) -> Vec<Date> {
    let text = text.trim().to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let days: [Option<Date>; 2] = match *words.as_slice() {
        ["yesterday"] => [today.yesterday().ok(), None],
        ["tomorrow"] => [today.tomorrow().ok(), None],
        ["last", day] => [weekday(day).and_then(|day| nth(today, -1, day)), None],
        ["next", day] => [weekday(day).and_then(|day| nth(today, 1, day)), None],
        [count, unit, "ago"] => [
            ago(count, unit).and_then(|span| today.checked_sub(span).ok()),
            None,
        ],
        [one] => match weekday(one) {
            Some(day) => [nth(today, -1, day), nth(today, 1, day)],
            None => dotted(one, today),
        },
        _ => [None, None],
    };
    days.into_iter().flatten().collect()
}

/// A weekday by its name, or by its first letters.
fn weekday(word: &str) -> Option<Weekday> {
    let fits = |name: &str| word.len() >= 3 && name.starts_with(word);
    WEEKDAYS
        .iter()
        .find(|(name, _)| fits(name))
        .map(|(_, day)| *day)
}

fn nth(today: Date, nth: i32, day: Weekday) -> Option<Date> {
    today.nth_weekday(nth, day).ok()
}

fn ago(count: &str, unit: &str) -> Option<Span> {
    let count: i64 = match count {
        "a" | "one" => 1,
        count => count
            .parse()
            .ok()
            .filter(|count| (0..100_000).contains(count))?,
    };
    match unit.trim_end_matches('s') {
        "day" => Some(count.days()),
        "week" => Some(count.weeks()),
        "month" => Some(count.months()),
        _ => None,
    }
}

/// `21.11.2026` or `21.11.`: with points, the day always comes first.
fn dotted(text: &str, today: Date) -> [Option<Date>; 2] {
    let parts: Vec<&str> = text.trim_end_matches('.').split('.').collect();
    let day = |year: i16, month: &str, day: &str| {
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    match *parts.as_slice() {
        [date, month, year] if year.len() == 4 => [
            year.parse().ok().and_then(|year| day(year, month, date)),
            None,
        ],
        [date, month] => {
            let this = day(today.year(), month, date);
            let other = |years: i16| day(today.year() + years, month, date);
            match this {
                Some(this) if this > today => [other(-1), Some(this)],
                Some(this) => [Some(this), other(1)],
                None => [other(-1), other(1)],
            }
        }
        _ => [None, None],
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::said;

    /// On a Saturday.
    fn read(text: &str) -> String {
        let days = said(text, date(2026, 11, 21));
        let days: Vec<String> = days.iter().map(ToString::to_string).collect();
        days.join(" or ")
    }

    #[test]
    fn days_are_read_as_people_say_them() {
        for (text, day) in [
            ("Yesterday", "2026-11-20"),
            ("tomorrow", "2026-11-22"),
            ("last monday", "2026-11-16"),
            ("next mon", "2026-11-23"),
            ("thu", "2026-11-19 or 2026-11-26"),
            ("saturday", "2026-11-14 or 2026-11-28"),
            ("3 days ago", "2026-11-18"),
            ("a week ago", "2026-11-14"),
            ("2 months ago", "2026-09-21"),
            ("21.11.2025", "2025-11-21"),
            ("20.11.", "2026-11-20 or 2027-11-20"),
            ("24.12", "2025-12-24 or 2026-12-24"),
        ] {
            assert_eq!(read(text), day, "{text}");
        }
    }

    #[test]
    fn what_is_no_day_or_two_is_not_read() {
        for text in [
            "",
            "3/11",
            "mo",
            "31.2.2026",
            "5",
            "some days ago",
            "99999999999 days ago",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
