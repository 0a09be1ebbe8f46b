//! How long ago something was, as people say it, with the moment itself for whoever points at it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A moment in milliseconds since 1970, told from another one: `12 min ago`, `in 3 h`, `yesterday` is `1 day ago`.
pub fn told(at: i64, now: i64) -> Markup {
    let moment = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let here = moment.to_zoned(TimeZone::system());
    html! {
        time datetime=(moment) title=(here.strftime("%Y-%m-%d %H:%M")) { (words(at - now)) }
    }
}

/// A difference in milliseconds in words; negative ones are past.
fn words(difference: i64) -> String {
    let seconds = (difference / 1000).saturating_abs();
    let span = match seconds {
        ..MINUTE => return "now".to_owned(),
        MINUTE..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..DAY => format!("{} h", seconds / HOUR),
        _ if seconds < 2 * DAY => "1 day".to_owned(),
        _ => format!("{} days", seconds / DAY),
    };
    if difference < 0 {
        format!("{span} ago")
    } else {
        format!("in {span}")
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn spans_are_told_in_their_largest_unit() {
        let told = [
            0, -59, 59, -60, -3_599, 3_600, -86_399, -86_400, 172_800, -864_000,
        ]
        .map(|seconds| words(seconds * 1000));
        let meant = [
            "now",
            "now",
            "now",
            "1 min ago",
            "59 min ago",
            "in 1 h",
            "23 h ago",
            "1 day ago",
            "in 2 days",
            "10 days ago",
        ];
        assert_eq!(told, meant);
        assert_eq!(words(i64::MIN), "106751991167 days ago");
    }
}
