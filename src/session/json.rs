//! Values in the JSON of events. What is read back is loosely typed (a date is a text again): only the question that it
//! answers can give the type, and that stands in the library.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;

use crate::condition::{Number, Value};

/// A loosely typed value from JSON, for prefills and events; `None` for `null`, nested lists and objects.
pub fn loose(json: &Json) -> Option<Value> {
    match json {
        Json::Bool(yes) => Some(Value::YesNo(*yes)),
        Json::Number(number) => Some(Value::Number(Number::new(number.as_f64()?)?)),
        Json::String(text) => Some(Value::Text(text.as_str().into())),
        Json::Array(items) => {
            let keys: Option<Vec<Arc<str>>> = items
                .iter()
                .map(|item| item.as_str().map(Arc::from))
                .collect();
            Some(Value::Many(keys?.into()))
        }
        Json::Object(_) => (*json == Value::Secret.to_json()).then_some(Value::Secret),
        Json::Null => None,
    }
}

pub(super) fn serialize<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    loose(&Json::deserialize(deserializer)?).ok_or_else(no_value)
}

fn no_value<E: serde::de::Error>() -> E {
    E::custom("expected a text, a number, true or false, or a list of texts")
}

/// Names with values.
pub(super) mod map {
    use super::{
        Arc, BTreeMap, Deserialize, Deserializer, Json, Serializer, Value, loose, no_value,
    };

    pub(in crate::session) fn serialize<S: Serializer>(
        map: &BTreeMap<Arc<str>, Value>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(map)
    }

    pub(in crate::session) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Arc<str>, Value>, D::Error> {
        BTreeMap::<Arc<str>, Json>::deserialize(deserializer)?
            .into_iter()
            .map(|(name, json)| Ok((name, loose(&json).ok_or_else(no_value)?)))
            .collect()
    }
}
