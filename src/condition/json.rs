//! Values as plain JSON, for events, files of facts and the API. A value alone says too little (`"yes"` is a text, a
//! choice or an answer), so reading one back takes the fact's type. What a secret was is never written.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use serde_json::{Map, Number as JsonNumber, Value as Json, json};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{FactType, Misfit, Number, Value};

/// The largest whole number that a float holds exactly, with all below it.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

impl Value {
    /// `true`, `"windows"`, `["vpn", "mail"]`, `12`, `"a text"`, `"2026-01-31"`; `{"secret": true}` for a secret.
    pub fn to_json(&self) -> Json {
        match self {
            Self::YesNo(value) => Json::Bool(*value),
            Self::Choice(text) | Self::Text(text) => Json::String(text.to_string()),
            Self::Many(keys) => keys.iter().map(|key| key.to_string()).collect(),
            Self::Number(number) => json_number(*number),
            Self::Date(date) => Json::String(date.to_string()),
            Self::Secret => json!({ "secret": true }),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl PartialSchema for Value {
    fn schema() -> RefOr<Schema> {
        let one = |kind| ObjectBuilder::new().schema_type(kind);
        let keys = ArrayBuilder::new().items(one(Type::String));
        let secret = one(Type::Object)
            .property("secret", one(Type::Boolean).enum_values(Some([true])))
            .required("secret");
        OneOfBuilder::new()
            .item(one(Type::Boolean).description(Some("Yes or no.")))
            .item(one(Type::String).description(Some(
                "The key of an answer, a text, or a day (`2026-11-21`).",
            )))
            .item(one(Type::Number).description(Some("A number, without its unit.")))
            .item(keys.description(Some("The keys of several answers.")))
            .item(secret.description(Some("A secret was given; what it was is kept nowhere.")))
            .description(Some("What a fact is, or an answer."))
            .into()
    }
}

/// [`Value`] under another name, for the document of the API: its maker takes a field of type `Value` for anything.
pub type FactValue = Value;

impl ToSchema for Value {
    fn name() -> Cow<'static, str> {
        "Value".into()
    }
}

impl FactType {
    /// Reads a value back, and takes what people write into JSON files by hand: everything that [`FactType::read`]
    /// reads as a string, and numbers and `true`/`false` where an answer's key looks like one.
    ///
    /// # Errors
    /// What would fit; `null` fits nothing.
    pub fn from_json(&self, json: &Json, today: Option<Date>) -> Result<Value, Misfit> {
        match (self, json) {
            (Self::Text(spec), Json::Object(object)) if spec.secret && is_secret(object) => {
                Ok(Value::Secret)
            }
            (_, Json::String(text)) => self.read(text, today),
            (Self::YesNo, Json::Bool(value)) => Ok(Value::YesNo(*value)),
            (Self::Number(spec, _), Json::Number(number)) => number
                .as_f64()
                .and_then(Number::new)
                .filter(|number| spec.allows(*number))
                .map(Value::Number)
                .ok_or_else(|| self.misfit(today)),
            (Self::Choice(_) | Self::Text(_), Json::Number(number)) => {
                self.read(&number.to_string(), today)
            }
            (Self::Choice(_), Json::Bool(value)) => {
                let word = if *value { "yes" } else { "no" };
                self.read(word, today)
                    .or_else(|_| self.read(&value.to_string(), today))
            }
            (Self::Many(_), Json::Array(list)) => {
                let picked: Option<Vec<&str>> = list.iter().map(Json::as_str).collect();
                picked
                    .ok_or_else(|| self.misfit(today))
                    .and_then(|picked| self.read_many(&picked))
            }
            _ => Err(self.misfit(today)),
        }
    }
}

fn is_secret(object: &Map<String, Json>) -> bool {
    object.get("secret") == Some(&Json::Bool(true))
}

/// Whole numbers without `.0`.
fn json_number(number: Number) -> Json {
    let value = number.get();
    if value.fract() == 0.0 && value.abs() <= MAX_EXACT {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a whole number of at most 2^53"
        )]
        return Json::from(value as i64);
    }
    JsonNumber::from_f64(value).map_or(Json::Null, Json::Number)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::super::{DateSpec, FactType, Number, NumberSpec, TextSpec, Value};

    #[test]
    fn what_is_written_is_read_back() {
        let keys: Arc<[Arc<str>]> = ["5", "yes", "OL"].into_iter().map(Arc::from).collect();
        let secret = TextSpec {
            secret: true,
            ..TextSpec::default()
        };
        let kinds = [
            (FactType::YesNo, "yes"),
            (FactType::Choice(keys.clone()), "OL"),
            (FactType::Many(keys.clone()), "OL, yes"),
            (FactType::Number(NumberSpec::default(), keys), "-0.25"),
            (FactType::Text(Arc::default()), "true"),
            (FactType::Text(Arc::new(secret)), "hunter2"),
            (FactType::Date(DateSpec::default()), "2026-01-31"),
        ];
        for (kind, text) in kinds {
            let value = kind.read(text, None).unwrap();
            assert_eq!(kind.from_json(&value.to_json(), None), Ok(value.clone()));
            assert!(!value.to_json().to_string().contains("hunter2"));
            assert!(kind.from_json(&json!(null), None).is_err());
            assert_eq!(serde_json::to_value(&value).unwrap(), value.to_json());
        }
    }

    #[test]
    fn files_written_by_hand_are_understood() {
        let keys: Arc<[Arc<str>]> = ["5", "yes"].into_iter().map(Arc::from).collect();
        let choice = FactType::Choice(keys.clone());
        assert_eq!(
            choice.from_json(&json!(5), None),
            Ok(Value::Choice("5".into()))
        );
        assert_eq!(
            choice.from_json(&json!(true), None),
            Ok(Value::Choice("yes".into()))
        );
        let number = FactType::Number(NumberSpec::default(), Arc::default());
        assert_eq!(
            number.from_json(&json!("1,5"), None).unwrap().to_json(),
            json!(1.5)
        );
        assert_eq!(
            number.from_json(&json!(12.0), None).unwrap().to_json(),
            json!(12)
        );
        // A float must come back to the last bit, or a replay would differ from the walk.
        for value in [0.1 + 0.2, 4.35, 123_456.789_012_345] {
            let written =
                serde_json::to_string(&Value::Number(Number::new(value).unwrap())).unwrap();
            let read = number
                .from_json(&serde_json::from_str(&written).unwrap(), None)
                .unwrap();
            assert_eq!(read, Value::Number(Number::new(value).unwrap()));
        }
        let many = FactType::Many(keys);
        assert_eq!(
            many.from_json(&json!(["yes", "5"]), None)
                .unwrap()
                .to_json(),
            json!(["5", "yes"])
        );
    }
}
