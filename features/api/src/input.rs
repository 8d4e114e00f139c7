//! Bodies of requests: JSON objects, with every error told at its property.

use axum::http::{HeaderMap, StatusCode, header};
use kernel::time::{Date, Timestamp};
use serde_json::{Map, Value};
use web::problem::{Problem, error_at, kind};

/// Codes of errors at properties, for the description.
pub const CODES: [&str; 9] = [
    "required",
    "too-long",
    "too-short",
    "type",
    "unknown-property",
    "unknown-value",
    "not-a-date",
    "not-an-id",
    "identity-code",
];

/// A body of which each property is read once; what stays unread is unknown.
#[derive(Debug)]
pub struct Input {
    object: Map<String, Value>,
    errors: Vec<Value>,
}

impl Input {
    /// Reads the body.
    ///
    /// # Errors
    /// 415 for another type than JSON, 400 for what is no JSON object.
    pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Problem> {
        if !is_json(headers) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                kind::TYPE,
                "Send the body as application/json.",
            ));
        }
        let malformed = |detail| Problem::new(StatusCode::BAD_REQUEST, kind::MALFORMED, detail);
        let value = serde_json::from_slice(body).map_err(|_| malformed("The body is not JSON."))?;
        let Value::Object(object) = value else {
            return Err(malformed("The body is not a JSON object."));
        };
        Ok(Self {
            object,
            errors: Vec::new(),
        })
    }

    /// Adds an error at a property.
    pub fn wrong(&mut self, name: &str, code: &'static str, detail: &str) {
        debug_assert!(CODES.contains(&code), "{code} is not told of");
        self.errors.push(error_at(&[name], code, detail));
    }

    /// A text of at most `longest` characters, trimmed; `None` when it is absent, null or empty.
    pub fn text(&mut self, name: &str, longest: usize) -> Option<String> {
        let text = match self.object.remove(name) {
            None | Some(Value::Null) => return None,
            Some(Value::String(text)) => text,
            Some(_) => {
                self.wrong(name, "type", "Give a string.");
                return None;
            }
        };
        let text = text.trim();
        let length = text.chars().count();
        if length > longest {
            let detail = format!("There are {length} characters, at most {longest} fit.");
            self.wrong(name, "too-long", &detail);
            return None;
        }
        // A NUL byte fits no text of PostgreSQL, and no name of a person.
        if text
            .chars()
            .any(|letter| letter.is_control() && letter != '\n' && letter != '\t')
        {
            self.wrong(name, "unknown-value", "Leave control characters out.");
            return None;
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &str, longest: usize) -> Option<String> {
        let before = self.errors.len();
        let text = self.text(name, longest);
        if text.is_none() && self.errors.len() == before {
            self.wrong(name, "required", "Give a value.");
        }
        text
    }

    /// One of the codes.
    pub fn code<T>(
        &mut self,
        name: &str,
        required: bool,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = if required {
            self.required(name, 60)?
        } else {
            self.text(name, 60)?
        };
        let found = read(&text);
        if found.is_none() {
            self.wrong(
                name,
                "unknown-value",
                "Use one of the values in the description.",
            );
        }
        found
    }

    /// A day, `2026-03-13`.
    pub fn day(&mut self, name: &str) -> Option<Date> {
        let text = self.text(name, 10)?;
        // The library reads other forms too; the description tells of one.
        let plain = text.len() == 10 && !text.starts_with(['+', '-']);
        let found = text.parse().ok().filter(|_| plain);
        if found.is_none() {
            self.wrong(name, "not-a-date", "Give a day as 2026-03-13.");
        }
        found
    }

    /// A moment, `2026-03-13T08:00:00Z`.
    pub fn moment(&mut self, name: &str) -> Option<Timestamp> {
        let text = self.text(name, 40)?;
        let found = text.parse().ok();
        if found.is_none() {
            self.wrong(name, "not-a-date", "Give a moment as 2026-03-13T08:00:00Z.");
        }
        found
    }

    /// An id of the house.
    pub fn id<T: std::str::FromStr>(&mut self, name: &str, required: bool) -> Option<T> {
        let text = if required {
            self.required(name, 36)?
        } else {
            self.text(name, 36)?
        };
        let found = text.parse().ok();
        if found.is_none() {
            self.wrong(name, "not-an-id", "Give an id that this interface gave.");
        }
        found
    }

    /// True or false; false when it is absent.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.object.remove(name) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(flag)) => flag,
            Some(_) => {
                self.wrong(name, "type", "Give true or false.");
                false
            }
        }
    }

    /// Whether the body has a property that is not null.
    pub fn has(&self, name: &str) -> bool {
        self.object.get(name).is_some_and(|value| !value.is_null())
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// 422 with every error found and every property that was not asked for.
    pub fn finish(mut self) -> Result<(), Problem> {
        let left: Vec<String> = self.object.keys().cloned().collect();
        for name in left {
            self.wrong(&name, "unknown-property", "There is no such property.");
        }
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Problem::properties(self.errors))
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
