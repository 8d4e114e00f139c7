//! JSON Schema and OpenAPI, as far as the house's description of its interface uses them.

use serde_json::{Value, json};

/// What is against the schema; the words of JSON Schema that the description uses, and no others.
///
/// # Panics
/// When the schema uses a word that this check does not know, or refers to nothing.
pub fn against(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let schema = match schema["$ref"].as_str() {
        Some(reference) => root
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or_else(|| panic!("{reference}")),
        None => schema,
    };
    const KNOWN: [&str; 17] = [
        "type",
        "enum",
        "required",
        "properties",
        "additionalProperties",
        "items",
        "minItems",
        "maxItems",
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
            match schema["format"].as_str() {
                None => true,
                Some("date") => text.parse::<kernel::time::Date>().is_ok(),
                Some("date-time") => text.parse::<kernel::time::Timestamp>().is_ok(),
                Some("uuid") => is_uuid(text),
                Some(other) => panic!("this check does not know the format {other}"),
            },
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
        check(
            schema["maxItems"]
                .as_u64()
                .is_none_or(|most| items.len() as u64 <= most),
            "maxItems",
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

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let plain = text
        .bytes()
        .all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    plain && lengths == [8, 4, 4, 4, 12]
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

/// An answer as the description must tell of it: the path as the description writes it, the method in small letters.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    pub path: &'a str,
    pub method: &'a str,
    pub status: u16,
    pub content_type: &'a str,
    pub body: &'a str,
}

/// Checks that the description tells of an answer with its content type and schema, and gives the names of the
/// headers that it tells of.
///
/// # Panics
/// When it does not.
pub fn is_described(root: &Value, answered: &Answered<'_>) -> Vec<String> {
    let Answered {
        path,
        method,
        status,
        content_type,
        body,
    } = *answered;
    let at = format!("{method} {path} {status}");
    let told = &root["paths"][path][method]["responses"][status.to_string()];
    assert!(told.is_object(), "the description has no {at}: {body}");
    if !told["content"].is_null() || !body.is_empty() {
        let schema = &told["content"][content_type]["schema"];
        assert!(schema.is_object(), "{at} is not told as {content_type}");
        let value = serde_json::from_str(body).unwrap_or_else(|_| panic!("{at}: not JSON: {body}"));
        assert_eq!(against(root, schema, &value, ""), [""; 0], "{at}: {body}");
    }
    told["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect()
}

/// Checks the whole description: what refers to something refers to what is there, examples fit their schemas, and no
/// operation has the name of another.
///
/// # Panics
/// When something is wrong.
pub fn is_valid(root: &Value) {
    let mut names = std::collections::BTreeSet::new();
    let paths = root["paths"].as_object().expect("paths");
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().expect("operations") {
            let at = format!("{method} {path}");
            let name = operation["operationId"].as_str().expect("a name");
            assert!(names.insert(name.to_owned()), "{name} stands twice");
            let parameters = operation["parameters"].as_array();
            let in_path = parameters
                .into_iter()
                .flatten()
                .filter(|parameter| parameter["in"] == "path")
                .count();
            assert_eq!(
                in_path,
                path.matches('{').count(),
                "{at}: parameters of the path"
            );
            let body = &operation["requestBody"]["content"];
            let answers = operation["responses"].as_object().expect("answers");
            assert!(!answers.is_empty(), "{at} answers nothing");
            let contents = answers
                .values()
                .map(|answer| &answer["content"])
                .chain([body]);
            for (_, content) in contents.filter_map(Value::as_object).flatten() {
                let examples = content["examples"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(_, example)| &example["value"]);
                for example in examples.chain([&content["example"]]) {
                    if !example.is_null() {
                        assert_eq!(
                            against(root, &content["schema"], example, ""),
                            [""; 0],
                            "{at}"
                        );
                    }
                }
            }
        }
    }
    refers(root, root);
}

fn refers(root: &Value, value: &Value) {
    match value {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                let there = root.pointer(reference.trim_start_matches('#'));
                assert!(there.is_some(), "{reference} is not there");
            }
            object.values().for_each(|value| refers(root, value));
        }
        Value::Array(all) => all.iter().for_each(|value| refers(root, value)),
        _ => {}
    }
}
