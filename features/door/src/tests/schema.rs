//! JSON Schema, as far as the description uses it.

use serde_json::{Value, json};

/// What is against the schema; the words of JSON Schema that the description uses, and no others.
pub fn against(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let schema = match schema["$ref"].as_str() {
        Some(reference) => root
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or_else(|| panic!("{reference}")),
        None => schema,
    };
    const KNOWN: [&str; 16] = [
        "type",
        "enum",
        "required",
        "properties",
        "additionalProperties",
        "items",
        "minItems",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "pattern",
        "format",
        "description",
        "default",
        "example",
    ];
    for word in schema
        .as_object()
        .into_iter()
        .flatten()
        .map(|(word, _)| word)
    {
        assert!(
            KNOWN.contains(&word.as_str()),
            "this check does not know {word}"
        );
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => panic!("{at} has no type"),
    };
    if !types.contains(&type_of(value)) {
        return vec![format!("{at}: type")];
    }
    let mut wrong = Vec::new();
    let mut check = |right: bool, what: &str| {
        if !right {
            wrong.push(format!("{at}: {what}"));
        }
    };
    if let Some(values) = schema["enum"].as_array() {
        check(values.contains(value), "enum");
    }
    if let Value::String(text) = value {
        let length = text.chars().count() as u64;
        check(
            schema["minLength"]
                .as_u64()
                .is_none_or(|least| length >= least),
            "minLength",
        );
        check(
            schema["maxLength"]
                .as_u64()
                .is_none_or(|most| length <= most),
            "maxLength",
        );
        check(
            schema["pattern"]
                .as_str()
                .is_none_or(|pattern| looks_like(pattern, text)),
            "pattern",
        );
        check(
            schema["format"].is_null() || text.parse::<kernel::time::Date>().is_ok(),
            "format",
        );
    }
    if let Some(number) = value.as_u64() {
        check(
            schema["minimum"]
                .as_u64()
                .is_none_or(|least| number >= least),
            "minimum",
        );
        check(
            schema["maximum"].as_u64().is_none_or(|most| number <= most),
            "maximum",
        );
    }
    if let Value::Array(items) = value {
        check(
            schema["minItems"]
                .as_u64()
                .is_none_or(|least| items.len() as u64 >= least),
            "minItems",
        );
        for (index, item) in items.iter().enumerate() {
            wrong.extend(against(
                root,
                &schema["items"],
                item,
                &format!("{at}/{index}"),
            ));
        }
    } else if let Value::Object(object) = value {
        for name in schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            check(object.contains_key(name), &format!("lacks {name}"));
        }
        let properties = schema["properties"].as_object();
        for (name, value) in object {
            match properties.and_then(|properties| properties.get(name)) {
                Some(schema) => wrong.extend(against(root, schema, value, &format!("{at}/{name}"))),
                None if schema["additionalProperties"] == json!(false) => {
                    wrong.push(format!("{at}: strange {name}"))
                }
                None => {}
            }
        }
    }
    wrong
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The two patterns of the description.
fn looks_like(pattern: &str, text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    match pattern {
        "^[0-9]{4}-[0-9]{6,}$" => {
            parts.len() == 2
                && parts[0].len() == 4
                && parts[1].len() >= 6
                && parts.concat().bytes().all(|b| b.is_ascii_digit())
        }
        "^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$" => {
            parts.len() == 3
                && parts.iter().all(|part| {
                    part.len() == 4
                        && part
                            .bytes()
                            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
                })
        }
        other => panic!("this check does not know the pattern {other}"),
    }
}
