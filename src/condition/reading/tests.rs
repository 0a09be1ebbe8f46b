//! What people type in, values or what would fit out.

use std::sync::Arc;

use jiff::civil::date;
use regex::Regex;

use super::super::{DateSpec, Day, FactType, Number, NumberSpec, TextSpec, Value};

fn keys(keys: &[&str]) -> Arc<[Arc<str>]> {
    keys.iter().map(|key| Arc::from(*key)).collect()
}

fn number(value: f64) -> Option<Number> {
    Number::new(value)
}

/// What the text is read as, or what would fit.
fn read(kind: &FactType, text: &str) -> String {
    match kind.read(text, Some(date(2026, 11, 21))) {
        Ok(value) => {
            kind.accepts(&value, Some(date(2026, 11, 21))).unwrap();
            kind.show(&value).into_owned()
        }
        Err(misfit) => misfit.to_string(),
    }
}

#[test]
fn numbers_are_read_as_people_type_them() {
    let spec = NumberSpec {
        min: number(0.0),
        max: number(1000.0),
        unit: Some("Mbit/s".into()),
        decimals: Some(1),
    };
    let speed = FactType::Number(spec, keys(&["OL"]));
    for text in ["12", " 12 ", "12 Mbit/s", "12mbit/s", "+12,0"] {
        assert_eq!(read(&speed, text), "12 Mbit/s");
    }
    assert_eq!(read(&speed, "OL"), "OL");
    for text in ["-1", "1000.5", "1.25", "1e2", "fast", "", "inf", "1 000"] {
        let expected = "expected a number from 0 to 1000 Mbit/s, with at most 1 digit behind the point, or \"OL\"";
        assert_eq!(read(&speed, text), expected);
    }
    let spec = |min, max, decimals| NumberSpec {
        min,
        max,
        unit: None,
        decimals,
    };
    for (spec, expected) in [
        (spec(None, None, None), "expected a number"),
        (
            spec(number(1.0), None, Some(0)),
            "expected a whole number, 1 or more",
        ),
        (
            spec(None, number(-0.5), Some(2)),
            "expected a number, -0.5 or less, with at most 2 digits behind the point",
        ),
    ] {
        assert_eq!(read(&FactType::Number(spec, keys(&[])), "x"), expected);
    }
}

#[test]
fn answers_are_read_by_their_keys() {
    assert_eq!(read(&FactType::YesNo, "TRUE"), "yes");
    assert_eq!(read(&FactType::YesNo, "y"), "expected yes or no");
    let choice = FactType::Choice(keys(&["every device", "only, this one"]));
    assert_eq!(read(&choice, " only, this one "), "only, this one");
    assert_eq!(
        read(&choice, "Every device"),
        "expected one of \"every device\", \"only, this one\""
    );
    let many = FactType::Many(keys(&["vpn", "mail, calendar", "mail"]));
    assert_eq!(read(&many, "mail ,vpn"), "vpn, mail");
    assert_eq!(read(&many, "mail, calendar, mail"), "mail, calendar, mail");
    assert_eq!(read(&many, "[\"mail\", \"mail\", \"vpn\"]"), "vpn, mail");
    assert_eq!(many.read("", None), Ok(Value::Many(keys(&[]))));
    let expected =
        "expected any of \"vpn\", \"mail, calendar\", \"mail\", with commas between them";
    assert_eq!(read(&many, "vpn mail"), expected);
    assert!(many.read_many(&["mail", "fax"]).is_err());
}

#[test]
fn texts_and_secrets_are_one_line_within_their_limits() {
    let pattern = Regex::new("^(?:AB-[0-9]+)$").ok();
    let spec = TextSpec {
        pattern,
        example: Some("AB-12".into()),
        max: Some(6),
        ..TextSpec::default()
    };
    let text = FactType::Text(Arc::new(spec.clone()));
    assert_eq!(read(&text, " AB-123 "), "AB-123");
    for wrong in ["AB-1234", "ab-1", "", "AB-1\nAB-2"] {
        assert_eq!(
            read(&text, wrong),
            "expected a line of text like `AB-12`, at most 6 characters long"
        );
    }
    let secret = FactType::Text(Arc::new(TextSpec {
        secret: true,
        ..spec
    }));
    assert_eq!(secret.read("AB-123", None), Ok(Value::Secret));
    assert!(
        !secret
            .read("AB-12345", None)
            .unwrap_err()
            .to_string()
            .contains("12345")
    );
    assert!(secret.accepts(&Value::Text("AB-123".into()), None).is_err());
    assert!(text.accepts(&Value::Secret, None).is_err());
}

#[test]
fn dates_are_iso_or_today() {
    let spec = DateSpec {
        min: Some(Day::On(date(2026, 1, 1))),
        max: Some(Day::Today),
    };
    let since = FactType::Date(spec);
    assert_eq!(read(&since, "2026-11-21"), "2026-11-21");
    assert_eq!(read(&since, "Today"), "2026-11-21");
    for text in [
        "2026-11-22",
        "2025-12-31",
        "2026-02-30",
        "1.2.2026",
        "20260201",
        "2026-01-31T10:00",
    ] {
        assert_eq!(
            read(&since, text),
            "expected a date like 2026-01-31, from 2026-01-01 to today (2026-11-21)"
        );
    }
    assert!(since.read("2026-11-22", None).is_ok());
    assert!(since.read("today", None).is_err());
}

#[test]
fn a_ready_value_must_be_one_that_the_fact_can_have() {
    let many = FactType::Many(keys(&["a", "b"]));
    let accepts = |picked: &[&str]| many.accepts(&Value::Many(keys(picked)), None).is_ok();
    assert!(accepts(&[]) && accepts(&["a", "b"]));
    assert!(!accepts(&["b", "a"]) && !accepts(&["a", "a"]) && !accepts(&["c"]));
    assert!(many.accepts(&Value::Choice("a".into()), None).is_err());
    assert!(
        FactType::YesNo
            .accepts(&Value::Choice("yes".into()), None)
            .is_err()
    );
    let text = FactType::Text(Arc::default());
    assert!(text.accepts(&Value::Text(" a".into()), None).is_err());
}
