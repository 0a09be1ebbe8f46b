//! As much of JSON Schema, draft-07, as the schemas of the language use. A word that it does not know is a panic, so that
//! nothing is passed over.

use regex::Regex;
use serde_json::{Map, Value};

/// What does not fit, as `path: why`.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let validator = Validator { root: schema };
    let mut faults = Vec::new();
    validator.judge(schema, value, "", &mut faults);
    faults
}

struct Validator<'s> {
    root: &'s Value,
}

impl Validator<'_> {
    fn judge(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
        let schema = schema.as_object().expect("a schema is an object");
        for (word, rule) in schema {
            let fault = match word.as_str() {
                "$schema" | "title" | "description" | "definitions" => None,
                "type" => (!has_type(rule, value)).then(|| format!("is no {rule}")),
                "enum" => (!list(rule).contains(value)).then(|| format!("is none of {rule}")),
                "pattern" => text(value)
                    .filter(|text| !Regex::new(rule.as_str().unwrap()).unwrap().is_match(text))
                    .map(|text| format!("`{text}` does not look like {rule}")),
                "minimum" => value
                    .as_f64()
                    .filter(|number| *number < rule.as_f64().unwrap())
                    .map(|number| format!("{number} is too small")),
                "maximum" => value
                    .as_f64()
                    .filter(|number| *number > rule.as_f64().unwrap())
                    .map(|number| format!("{number} is too large")),
                "maxLength" => text(value)
                    .filter(|text| text.chars().count() as u64 > rule.as_u64().unwrap())
                    .map(|text| format!("`{text}` is too long")),
                "minProperties" => value
                    .as_object()
                    .filter(|object| (object.len() as u64) < rule.as_u64().unwrap())
                    .map(|_| "is empty".to_owned()),
                "required" => value.as_object().and_then(|object| {
                    let missing = list(rule)
                        .iter()
                        .find(|key| !object.contains_key(text(key).unwrap()));
                    missing.map(|key| format!("lacks {key}"))
                }),
                "$ref" => {
                    self.judge(self.definition(rule), value, path, faults);
                    None
                }
                "allOf" => {
                    for schema in list(rule) {
                        self.judge(schema, value, path, faults);
                    }
                    None
                }
                "anyOf" => self.none_fits(rule, value, path),
                "items" => {
                    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.judge(rule, item, &format!("{path}/{at}"), faults);
                    }
                    None
                }
                "properties" | "propertyNames" | "additionalProperties" => {
                    self.entries(word, rule, schema, value, path, faults);
                    None
                }
                word => panic!("the validator does not know `{word}`"),
            };
            faults.extend(fault.map(|fault| format!("{path}: {fault}")));
        }
    }

    fn definition(&self, reference: &Value) -> &Value {
        let path = reference.as_str().unwrap().strip_prefix('#').unwrap();
        self.root
            .pointer(path)
            .expect("a reference leads somewhere")
    }

    fn none_fits(&self, rule: &Value, value: &Value, path: &str) -> Option<String> {
        let fits = |schema: &&Value| {
            let mut faults = Vec::new();
            self.judge(schema, value, path, &mut faults);
            faults.is_empty()
        };
        let fit = list(rule).iter().any(|schema| fits(&schema));
        (!fit).then(|| "fits none of the forms".to_owned())
    }

    fn entries(
        &self,
        word: &str,
        rule: &Value,
        schema: &Map<String, Value>,
        value: &Value,
        path: &str,
        faults: &mut Vec<String>,
    ) {
        for (key, value) in value.as_object().into_iter().flatten() {
            let path = format!("{path}/{key}");
            let known = schema
                .get("properties")
                .is_some_and(|known| known.get(key).is_some());
            match word {
                "properties" if known => self.judge(&rule[key], value, &path, faults),
                "propertyNames" => self.judge(rule, &Value::from(key.as_str()), &path, faults),
                "additionalProperties" if !known && rule.is_object() => {
                    self.judge(rule, value, &path, faults);
                }
                "additionalProperties" if !known && *rule == Value::Bool(false) => {
                    faults.push(format!("{path}: no such key"));
                }
                _ => {}
            }
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn has_type(rule: &Value, value: &Value) -> bool {
    match rule {
        Value::Array(any) => any.iter().any(|rule| has_type(rule, value)),
        rule => match rule.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "number" => value.is_number(),
            "integer" => value.is_i64() || value.is_u64(),
            "boolean" => value.is_boolean(),
            word => panic!("the validator does not know the type `{word}`"),
        },
    }
}
