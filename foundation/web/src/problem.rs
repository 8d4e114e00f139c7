//! Answers of the interface for programs that say what is wrong (RFC 9457).

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Kinds of problem that the interface tells apart; the `type` of the answer.
pub mod kind {
    /// The status says it all.
    pub const BLANK: &str = "about:blank";
    /// Not JSON, or not an object.
    pub const MALFORMED: &str = "urn:noste:problem:malformed";
    /// The idempotency key cannot be used.
    pub const KEY: &str = "urn:noste:problem:idempotency-key";
    /// The idempotency key belongs to another request.
    pub const KEY_REUSED: &str = "urn:noste:problem:idempotency-key-reused";
    /// Properties are to be corrected.
    pub const INVALID: &str = "urn:noste:problem:invalid";
    /// The content type is not JSON.
    pub const TYPE: &str = "urn:noste:problem:content-type";
    /// No token, or one that opens nothing now.
    pub const TOKEN: &str = "urn:noste:problem:token";
    /// The token, or the person it acts for, has no such right.
    pub const RIGHT: &str = "urn:noste:problem:right";
    /// The cursor is not one that this interface gave.
    pub const CURSOR: &str = "urn:noste:problem:cursor";
    /// A parameter of the address cannot be used.
    pub const PARAMETER: &str = "urn:noste:problem:parameter";
    /// Somebody changed the thing after it was read.
    pub const CHANGED: &str = "urn:noste:problem:changed";
    /// The request must say with `If-Match` which state it changes.
    pub const CONDITION: &str = "urn:noste:problem:condition-needed";
    /// The state of the thing does not allow it.
    pub const STATE: &str = "urn:noste:problem:state";

    /// What is to be made may be there already.
    pub const SIMILAR: &str = "urn:noste:problem:similar";

    /// Every kind, for the description.
    pub const ALL: [&str; 14] = [
        BLANK, MALFORMED, KEY, KEY_REUSED, INVALID, TYPE, TOKEN, RIGHT, CURSOR, PARAMETER, CHANGED,
        CONDITION, STATE, SIMILAR,
    ];
}

/// An answer that says what is wrong.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    kind: &'static str,
    title: &'static str,
    detail: Option<String>,
    /// Errors at properties, or what may be the same.
    listed: Vec<Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A problem of the whole request; `detail` says what to do.
    pub fn new(status: StatusCode, kind: &'static str, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..Self::bare(status, kind)
        }
    }

    /// A problem of which the status says everything.
    pub fn of_status(status: StatusCode) -> Self {
        Self::bare(status, kind::BLANK)
    }

    /// Properties to be corrected; see [`error_at`].
    pub fn properties(errors: Vec<Value>) -> Self {
        Self {
            title: "Some properties are to be corrected",
            detail: Some("Nothing was kept. Each error tells its property and what to do.".into()),
            listed: errors,
            ..Self::bare(StatusCode::UNPROCESSABLE_ENTITY, kind::INVALID)
        }
    }

    /// What is to be made may be there already: each of `similar` says why, and as much as the asker may know.
    pub fn similar(detail: &str, similar: Vec<Value>) -> Self {
        Self {
            detail: Some(detail.to_owned()),
            listed: similar,
            ..Self::bare(StatusCode::CONFLICT, kind::SIMILAR)
        }
    }

    /// The same with a header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The status of the answer.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    fn bare(status: StatusCode, kind: &'static str) -> Self {
        Self {
            status,
            kind,
            title: status.canonical_reason().unwrap_or("Error"),
            detail: None,
            listed: Vec::new(),
            headers: Vec::new(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({
            "type": self.kind,
            "title": self.title,
            "status": self.status.as_u16(),
        });
        if let Some(detail) = self.detail {
            body["detail"] = detail.into();
        }
        if !self.listed.is_empty() {
            let name = match self.kind {
                kind::SIMILAR => "similar",
                _ => "errors",
            };
            body[name] = self.listed.into();
        }
        let mut response = (self.status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, PROBLEM_JSON);
        headers.extend(self.headers);
        response
    }
}

/// An error at a property; the pointer is a JSON pointer (RFC 6901) to `path`, the names from the outermost in.
pub fn error_at(path: &[&str], code: &str, detail: &str) -> Value {
    let pointer: String = path
        .iter()
        .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")))
        .collect();
    json!({ "pointer": pointer, "code": code, "detail": detail })
}

/// The answer to a request whose token is missing or opens nothing now. RFC 6750, section 3: a request without a token
/// is told no error code.
pub fn unknown_token(presented: bool) -> Problem {
    let how = if presented {
        "Bearer realm=\"noste\", error=\"invalid_token\""
    } else {
        "Bearer realm=\"noste\""
    };
    Problem::new(
        StatusCode::UNAUTHORIZED,
        kind::TOKEN,
        "Present a token in force as a bearer token, from an address it may be used from.",
    )
    .with(header::WWW_AUTHENTICATE, HeaderValue::from_static(how))
}
