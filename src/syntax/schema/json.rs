//! The table as a JSON Schema (draft-07, which all editors know). It knows keys, words and kinds; what only a whole library
//! can tell (whether a step is there, whether a walk ends) is for the checks, and so is which keys exclude each other.

use serde_json::{Map, Value, json};

use super::super::FileKind;
use super::mapping::{Mapping, Names, Row, Takes};

/// Most characters of an answer's key, a team's, a returned value.
const LONGEST_KEY: u32 = 60;

/// The schema of a kind of file.
pub fn json_schema(kind: FileKind) -> Value {
    let (file, title) = match kind {
        FileKind::Tree => (Mapping::Tree, "A troubleshooting tree of fixpath"),
        FileKind::Library => (Mapping::Library, "The library file of fixpath"),
    };
    let mut found = vec![file];
    let mut at = 0;
    while let Some(mapping) = found.get(at).copied() {
        for row in mapping.rows() {
            find_mappings(row.takes, &mut found);
        }
        at += 1;
    }
    let definitions = found.iter().skip(1);
    let definitions: Map<String, Value> = definitions
        .map(|mapping| (name(*mapping), Value::Object(definition(*mapping))))
        .collect();
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        json!("http://json-schema.org/draft-07/schema#"),
    );
    schema.insert("title".to_owned(), json!(title));
    schema.extend(definition(file));
    schema.insert("definitions".to_owned(), Value::Object(definitions));
    Value::Object(schema)
}

/// Adds the mappings that may stand somewhere.
fn find_mappings(takes: Takes, found: &mut Vec<Mapping>) {
    match takes {
        Takes::In(mapping) if !found.contains(&mapping) => found.push(mapping),
        Takes::List(takes) | Takes::Each(_, takes) | Takes::Pairs(takes) => {
            find_mappings(*takes, found);
        }
        Takes::OneOf(all) => all.iter().for_each(|takes| find_mappings(*takes, found)),
        _ => {}
    }
}

/// The name of a definition: `NextEdge` is `next_edge`.
fn name(mapping: Mapping) -> String {
    let mut name = String::new();
    for letter in format!("{mapping:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// A mapping with fixed keys.
fn definition(mapping: Mapping) -> Map<String, Value> {
    let mut schema = Map::new();
    let mut add = |key: &str, value: Value| schema.insert(key.to_owned(), value);
    add("type", json!("object"));
    let rows = mapping.rows().iter();
    let properties: Map<String, Value> = rows
        .map(|row| (row.key.to_owned(), Value::Object(property(row))))
        .collect();
    add("properties", Value::Object(properties));
    if !mapping.required().is_empty() {
        add("required", json!(mapping.required()));
    } else if !mapping.shape().may_be_empty {
        add("minProperties", json!(1));
    }
    add("additionalProperties", json!(false));
    schema
}

/// What stands behind a key, with what an editor says about it.
fn property(row: &Row) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(row.about));
    schema.extend(taken(row.takes));
    schema
}

/// The schema of what may stand somewhere.
fn taken(takes: Takes) -> Map<String, Value> {
    let schema = match takes {
        // What looks like a number or a word of YAML's is a text here; a key with nothing behind it is a mistake.
        Takes::Prose | Takes::Text | Takes::Reference | Takes::Condition => {
            json!({"type": ["string", "number", "boolean"]})
        }
        Takes::Words(words) => json!({"enum": words}),
        Takes::YesNo => json!({"enum": ["yes", "no", true, false, "true", "false"]}),
        Takes::Whole(least, most) => whole(least, most),
        Takes::Number => json!({
            "type": ["number", "string"],
            "pattern": "^\\s*[-+−]?[0-9]+([.,][0-9]+)?\\s*$",
        }),
        Takes::Duration => json!({"type": "string", "pattern": "^\\s*[0-9]+[smhd]\\s*$"}),
        Takes::Odds => json!({
            "type": "string",
            "pattern": "^\\s*[0-9]+([.,][0-9]+)?%\\s*$",
        }),
        Takes::Day => json!({"type": "string", "pattern": DAY}),
        Takes::DayOrToday => json!({"anyOf": [
            {"enum": ["today"]},
            {"type": "string", "pattern": DAY},
        ]}),
        Takes::Value => {
            let word = taken(Takes::Text);
            json!({"anyOf": [word, {"type": "array", "items": word}]})
        }
        Takes::List(takes) => json!({"type": "array", "items": taken(*takes)}),
        Takes::In(mapping) => {
            json!({"allOf": [{"$ref": format!("#/definitions/{}", name(mapping))}]})
        }
        Takes::Each(names, takes) => each(names, *takes),
        Takes::Pairs(takes) => json!({
            "type": "array",
            "items": {"type": "object", "minProperties": 1, "additionalProperties": taken(*takes)},
        }),
        Takes::OneOf(all) => {
            let all: Vec<_> = all.iter().map(|takes| taken(*takes)).collect();
            json!({"anyOf": all})
        }
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

const DAY: &str = "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$";

fn whole(least: u32, most: u32) -> Value {
    let mut schema = json!({
        "type": ["integer", "string"],
        "pattern": "^\\s*[0-9]+\\s*$",
        "minimum": least,
    });
    if most < u32::MAX
        && let Some(schema) = schema.as_object_mut()
    {
        schema.insert("maximum".to_owned(), json!(most));
    }
    schema
}

/// A mapping whose keys are the author's.
fn each(names: Names, takes: Takes) -> Value {
    let names = match names {
        Names::Identifier => json!({"pattern": "^[a-z][a-z0-9_]*$"}),
        Names::Line => json!({"maxLength": LONGEST_KEY}),
        Names::Any => json!({}),
    };
    json!({
        "type": "object",
        "minProperties": 1,
        "propertyNames": names,
        "additionalProperties": taken(takes),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::super::super::key::Key;
    use super::super::super::shape::{PLACES, Shape};
    use super::{FileKind, Mapping, definition, json_schema, name};

    fn keys(properties: &Value) -> BTreeSet<&str> {
        let properties = properties.as_object().unwrap();
        properties.keys().map(String::as_str).collect()
    }

    #[test]
    fn every_key_that_is_read_is_in_it_and_no_other() {
        for mapping in Mapping::ALL {
            let schema = definition(mapping);
            let read: BTreeSet<&str> = Key::ALL
                .iter()
                .filter(|key| mapping.shape().keys.has(**key))
                .map(|key| key.name())
                .collect();
            assert_eq!(keys(&schema["properties"]), read, "{mapping:?}");
            assert_eq!(
                mapping.rows().len(),
                read.len(),
                "{mapping:?} has a key twice"
            );
            for key in mapping.required() {
                assert!(read.contains(key), "{mapping:?} requires {key}");
            }
        }
    }

    #[test]
    fn every_mapping_that_is_read_is_in_one_of_the_schemas() {
        for shape in PLACES {
            let read = |shape: &Shape| Key::ALL.iter().map(|key| shape.keys.has(*key)).collect();
            let keys: Vec<bool> = read(shape);
            let known = Mapping::ALL
                .iter()
                .any(|mapping| read(mapping.shape()) == keys);
            assert!(known, "{}", shape.what);
        }
        let (tree, library) = (json_schema(FileKind::Tree), json_schema(FileKind::Library));
        let mut defined = keys(&tree["definitions"]);
        defined.extend(keys(&library["definitions"]));
        let all: BTreeSet<String> = Mapping::ALL
            .into_iter()
            .filter(|mapping| !matches!(mapping, Mapping::Tree | Mapping::Library))
            .map(name)
            .collect();
        assert_eq!(defined, all.iter().map(String::as_str).collect());
    }

    #[test]
    fn hover_text_is_there_for_every_key() {
        for mapping in Mapping::ALL {
            for row in mapping.rows() {
                assert!(
                    row.about.ends_with(['.', '?']) && row.about.len() > 10,
                    "{mapping:?}: {}: {}",
                    row.key,
                    row.about
                );
            }
        }
    }
}
