//! How long ago, as people type it: `90d`, `12h`, or a day.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Milliseconds of each unit.
const UNITS: [(char, i64); 4] = [
    ('m', 60_000),
    ('h', 3_600_000),
    ('d', 86_400_000),
    ('w', 604_800_000),
];

/// A span like `30m`, `12h`, `90d`, `4w`, in milliseconds.
///
/// # Errors
/// It is none.
pub fn span(text: &str) -> Result<i64, String> {
    let wrong = || format!("\"{text}\" is no span of time; write it like 12h, 90d or 4w");
    let text = text.trim();
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let (_, milliseconds) = UNITS
        .into_iter()
        .find(|(name, _)| *name == unit)
        .ok_or_else(wrong)?;
    let count: u32 = text
        .strip_suffix(unit)
        .and_then(|count| count.parse().ok())
        .ok_or_else(wrong)?;
    Ok(i64::from(count) * milliseconds)
}

/// A moment that lies a span ago, or the beginning of a day here (`2026-11-01`), in milliseconds since 1970.
///
/// # Errors
/// It is neither.
pub fn moment(text: &str) -> Result<i64, String> {
    if let Ok(day) = text.trim().parse::<Date>() {
        return day
            .to_zoned(TimeZone::system())
            .map(|zoned| zoned.timestamp().as_millisecond())
            .map_err(|_| format!("\"{text}\" is no day of this calendar"));
    }
    match span(text) {
        Ok(span) => Ok(Timestamp::now().as_millisecond() - span),
        Err(_) => Err(format!(
            "\"{text}\" is no day and no span of time; write it like 2026-11-01, 12h or 90d"
        )),
    }
}

/// A moment as lists show it: day and clock here.
pub fn shown(milliseconds: i64) -> String {
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let here = Zoned::new(moment, TimeZone::system());
    here.strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::{moment, span};

    #[test]
    fn spans_and_days_are_read() {
        assert_eq!(span("90d"), Ok(7_776_000_000));
        assert_eq!(span(" 30m "), Ok(1_800_000));
        for wrong in ["", "d", "-1d", "1.5h", "90", "90 d", "90x", "99999999999d"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
        assert!(moment("2026-11-01").unwrap() > 1_793_400_000_000);
        assert!(moment("2026-02-30").is_err());
    }
}
