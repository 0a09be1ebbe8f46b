//! Numbers as people read them.

use crate::stats::Share;

/// `1,234,567`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `44 % (41–48 %)`; with as many digits as the interval is narrow, so that nearly all does not read as all.
pub fn share(share: &Share) -> String {
    let digits = match share.high - share.low {
        0.02.. => 0,
        0.002.. => 1,
        0.0002.. => 2,
        _ => 3,
    };
    let percent = |part: f64| format!("{:.digits$}", part * 100.0);
    format!(
        "{} % ({}–{} %)",
        percent(share.share),
        percent(share.low),
        percent(share.high)
    )
}

/// `27 %`.
pub fn percent(part: f64) -> String {
    format!("{:.0} %", part * 100.0)
}

/// `45 s`, `6 min 10 s`, `1 h 5 min`, `2 d 3 h`, from milliseconds.
pub fn time(milliseconds: u64) -> String {
    // To the next second.
    let seconds = (milliseconds + 500) / 1000;
    let units = [
        (seconds / 86_400, "d"),
        (seconds / 3600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let first = units.iter().position(|(count, _)| *count > 0).unwrap_or(3);
    let shown = units.iter().skip(first).take(2);
    let parts: Vec<String> = shown
        .filter(|(count, unit)| *count > 0 || *unit == "s" && first == 3)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{count, share, time};
    use crate::stats::Share;

    #[test]
    fn nearly_all_does_not_read_as_all() {
        for (some, all, text) in [
            (14, 20, "70 % (48–85 %)"),
            (136_374, 150_016, "90.9 % (90.8–91.1 %)"),
            (0, 11_769, "0.00 % (0.00–0.03 %)"),
            (88_251, 88_253, "99.998 % (99.992–99.999 %)"),
        ] {
            assert_eq!(share(&Share::of(some, all).unwrap()), text);
        }
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1,234,567");
        let times = [
            0,
            499,
            45_000,
            60_000,
            370_000,
            3_900_000,
            7_200_000,
            183_600_000,
        ];
        let read = times.map(time);
        assert_eq!(
            read,
            [
                "0 s",
                "0 s",
                "45 s",
                "1 min",
                "6 min 10 s",
                "1 h 5 min",
                "2 h",
                "2 d 3 h"
            ]
        );
    }
}
