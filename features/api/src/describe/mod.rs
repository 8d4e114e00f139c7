//! What the routes of this room tell of themselves (OpenAPI 3.1). Codes and lengths come from the rules themselves.

pub mod clients;
pub mod contacts;
pub mod matters;

use serde_json::{Map, Value, json};
use web::openapi::{Told, refusal, schema};
use web::problem::kind;

use crate::{cursor, input, repeat};

/// The description of one operation, built up from what it takes and answers. What the door answers is added by the
/// room of pages.
pub struct Operation {
    value: Value,
    schemas: Vec<(&'static str, Value)>,
    codes: Vec<&'static str>,
    tag: (&'static str, &'static str),
}

impl Operation {
    pub fn new(id: &str, summary: &str, tag: (&'static str, &'static str)) -> Self {
        Self {
            value: json!({ "operationId": id, "summary": summary, "parameters": [], "responses": {} }),
            schemas: Vec::new(),
            codes: Vec::new(),
            tag,
        }
    }

    /// What is worth knowing beyond the summary.
    pub fn about(mut self, words: &str) -> Self {
        self.value["description"] = words.into();
        self
    }

    fn parameter(&mut self, parameter: Value) {
        if let Some(parameters) = self.value["parameters"].as_array_mut() {
            parameters.push(parameter);
        }
    }

    fn answer(&mut self, status: &str, answer: Value) {
        self.value["responses"][status] = answer;
    }

    /// The address names a thing; one that is not there, or not for the token's person, is not found.
    pub fn of_id(mut self, what: &str) -> Self {
        self.parameter(json!({
            "name": "id", "in": "path", "required": true, "description": what,
            "schema": { "type": "string", "format": "uuid" },
        }));
        self.answer(
            "404",
            refusal(
                "There is none that the token's person may see",
                kind::BLANK,
                404,
            ),
        );
        self
    }

    /// Answers a list of rows, page by page.
    pub fn lists(mut self, item: &'static str, list: &'static str, fields: Value) -> Self {
        self.parameter(json!({
            "name": "cursor", "in": "query", "required": false,
            "description": "The `next` of the page before. It belongs to one list and one token, and holds no personal data.",
            "schema": { "type": "string", "minLength": 1, "maxLength": cursor::LONGEST },
        }));
        self.schemas.push((item, fields));
        self.schemas.push((list, json!({
            "type": "object",
            "required": ["items", "next"],
            "additionalProperties": false,
            "properties": {
                "items": { "type": "array", "maxItems": cursor::PAGE, "items": schema(item) },
                "next": { "type": ["string", "null"], "description": "Cursor of the next page; null on the last." },
            },
        })));
        self.answer(
            "200",
            json!({
                "description": "A page of the list",
                "content": { "application/json": { "schema": schema(list) } },
            }),
        );
        self.answer(
            "400",
            refusal(
                "The cursor or another parameter cannot be used",
                kind::CURSOR,
                400,
            ),
        );
        self
    }

    /// Answers one thing with the mark of its state.
    pub fn shows(mut self, name: &'static str, fields: Value) -> Self {
        self.parameter(json!({
            "name": "If-None-Match", "in": "header", "required": false,
            "description": "The ETag of what you have: the same state is answered with 304.",
            "schema": { "type": "string" },
        }));
        self.schemas.push((name, fields));
        let mark = json!({ "ETag": {
            "description": "Mark of this state; give it in If-Match when you change the thing",
            "schema": { "type": "string" },
        } });
        self.answer(
            "200",
            json!({
                "description": "As it is now",
                "headers": mark.clone(),
                "content": { "application/json": { "schema": schema(name) } },
            }),
        );
        self.answer(
            "304",
            json!({ "description": "As you have it", "headers": mark }),
        );
        self
    }

    /// Takes a JSON object.
    pub fn takes(mut self, name: &'static str, fields: Value, example: Value) -> Self {
        self.schemas.push((name, fields));
        self.value["requestBody"] = json!({ "required": true, "content": { "application/json": {
            "schema": schema(name), "example": example,
        } } });
        self.codes.extend(input::CODES);
        self.answer(
            "400",
            refusal(
                "The body is not a JSON object, or a header cannot be used",
                kind::MALFORMED,
                400,
            ),
        );
        self.answer("413", refusal("The body is too large", kind::BLANK, 413));
        self.answer(
            "415",
            refusal("The body is not application/json", kind::TYPE, 415),
        );
        self.answer("422", refusal(
            "Properties are to be corrected, or the Idempotency-Key belongs to another request; nothing was kept",
            kind::INVALID,
            422,
        ));
        self
    }

    /// Makes something: 201 with its id and address, and safe to repeat with a key.
    pub fn makes(mut self, what: &str) -> Self {
        self.repeatable();
        self.schemas.push(("Made", made()));
        self.answer("201", json!({
            "description": what,
            "headers": { "Location": { "description": "Address of what was made", "schema": { "type": "string" } } },
            "content": { "application/json": { "schema": schema("Made") } },
        }));
        self
    }

    /// Is safe to repeat with a key.
    pub fn repeatable(&mut self) {
        self.parameter(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": format!(
                "Makes the request safe to repeat for {} hours: the same key with the same request gives the same answer, and nothing is made twice.",
                repeat::REMEMBERED.as_hours()
            ),
            "schema": { "type": "string", "minLength": repeat::KEY_LENGTH.start(), "maxLength": repeat::KEY_LENGTH.end(), "pattern": "^[ -~]*$" },
        }));
    }

    /// Changes something only in the state that was read.
    pub fn if_unchanged(mut self) -> Self {
        self.parameter(json!({
            "name": "If-Match", "in": "header", "required": false,
            "description": "The ETag of the state that you read. Without it the answer is 428.",
            "schema": { "type": "string" },
        }));
        self.answer(
            "412",
            refusal("Somebody changed it after you read it", kind::CHANGED, 412),
        );
        self.answer("428", refusal("If-Match is missing", kind::CONDITION, 428));
        self
    }

    /// Has another answer.
    pub fn also(mut self, status: u16, kind: &str, description: &str) -> Self {
        self.answer(&status.to_string(), refusal(description, kind, status));
        self
    }

    /// Has another answer of its own form.
    pub fn answers(
        mut self,
        status: u16,
        description: &str,
        name: &'static str,
        fields: Value,
    ) -> Self {
        self.schemas.push((name, fields));
        self.answer(
            &status.to_string(),
            json!({
                "description": description,
                "content": { "application/json": { "schema": schema(name) } },
            }),
        );
        self
    }

    /// Refers to another schema too.
    pub fn with_schema(mut self, name: &'static str, fields: Value) -> Self {
        self.schemas.push((name, fields));
        self
    }

    pub fn told(self) -> Told {
        Told {
            operation: self.value,
            schemas: self.schemas,
            codes: self.codes,
            tag: self.tag,
        }
    }
}

fn made() -> Value {
    object(&[
        ("id", json!({ "type": "string", "format": "uuid" })),
        (
            "href",
            json!({ "type": "string", "description": "Its address." }),
        ),
    ])
}

/// A closed object whose properties are all there; what may lack a value is null.
pub fn object(properties: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    let all: Map<String, Value> = properties
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    json!({ "type": "object", "required": names, "additionalProperties": false, "properties": all })
}

pub fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

pub fn maybe_text(description: &str) -> Value {
    json!({ "type": ["string", "null"], "description": description })
}

pub fn flag(description: &str) -> Value {
    json!({ "type": "boolean", "description": description })
}

pub fn id(description: &str) -> Value {
    json!({ "type": "string", "format": "uuid", "description": description })
}

pub fn maybe_id(description: &str) -> Value {
    json!({ "type": ["string", "null"], "format": "uuid", "description": description })
}

pub fn day(description: &str) -> Value {
    json!({ "type": "string", "format": "date", "description": description })
}

pub fn maybe_day(description: &str) -> Value {
    json!({ "type": ["string", "null"], "format": "date", "description": description })
}

pub fn moment(description: &str) -> Value {
    json!({ "type": "string", "format": "date-time", "description": description })
}

pub fn maybe_moment(description: &str) -> Value {
    json!({ "type": ["string", "null"], "format": "date-time", "description": description })
}

pub fn code(codes: &[&str], description: &str) -> Value {
    json!({ "type": "string", "enum": codes, "description": description })
}

pub fn maybe_code(codes: &[&str], description: &str) -> Value {
    let mut all: Vec<Value> = codes.iter().map(|code| Value::from(*code)).collect();
    all.push(Value::Null);
    json!({ "type": ["string", "null"], "enum": all, "description": description })
}

/// A name in the three languages.
pub fn in_languages(description: &str) -> Value {
    let mut value = object(&[("fi", text("")), ("sv", text("")), ("en", text(""))]);
    value["description"] = description.into();
    value
}

/// The codes of a coded type.
#[macro_export]
macro_rules! codes {
    ($kind:ty) => {
        <$kind>::ALL
            .iter()
            .map(|one| one.code())
            .collect::<Vec<&'static str>>()
    };
}
