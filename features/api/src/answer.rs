//! Answers to programs: JSON with the mark of its state, and conditions on that mark.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use store::Logged;
use web::problem::{Problem, kind};
use web::{Failure, House};

use crate::refusal::{Refusal, Reply};

const PURPOSE: &str = "noste 2026 mark of a state";
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The mark of a thing's state (a strong entity tag, RFC 9110 8.8.3). A keyed digest of the whole representation:
/// it tells nothing of what is in it, and changes when anything that this reader sees changes.
///
/// # Errors
/// When the thing cannot be written as JSON, a fault of ours.
pub fn mark(house: &House, body: &impl Serialize) -> Result<String, Failure> {
    Ok(mark_of(house, &written(body)?))
}

fn mark_of(house: &House, text: &str) -> String {
    let digest = house.secrets.digest(PURPOSE, text.as_bytes());
    let hex = digest.to_hex();
    format!("\"{}\"", &hex[..32])
}

fn written(body: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(body).map_err(Failure::internal)
}

/// Sends one thing with the mark of its state, or says that it has not changed. The reading was logged all the same.
///
/// # Errors
/// As headers are made.
pub fn one(house: &House, asked: &HeaderMap, body: &impl Serialize, _logged: Logged) -> Reply {
    let text = written(body)?;
    let mark = mark_of(house, &text);
    let value = HeaderValue::try_from(&mark).map_err(Failure::internal)?;
    if names(asked, header::IF_NONE_MATCH, &mark).unwrap_or(false) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, value)]).into_response());
    }
    Ok(([(header::CONTENT_TYPE, JSON), (header::ETAG, value)], text).into_response())
}

/// Sends a list.
///
/// # Errors
/// As [`mark`].
pub fn list(body: &impl Serialize, _logged: Logged) -> Reply {
    Ok(([(header::CONTENT_TYPE, JSON)], written(body)?).into_response())
}

/// Says that something is there now. The body holds ids only.
///
/// # Errors
/// As headers are made.
pub fn made(status: StatusCode, location: &str, body: String, _logged: Logged) -> Reply {
    let mut response = (status, [(header::CONTENT_TYPE, JSON)], body).into_response();
    if !location.is_empty() {
        let value = HeaderValue::try_from(location).map_err(Failure::internal)?;
        response.headers_mut().insert(header::LOCATION, value);
    }
    Ok(response)
}

/// Says why nothing was done, when that tells of somebody.
pub fn problem(problem: Problem, _logged: Logged) -> Response {
    problem.into_response()
}

/// The condition of a change: the program must say which state it changes.
///
/// # Errors
/// 428 without `If-Match`, 412 when the thing is in another state now.
pub fn unchanged(asked: &HeaderMap, now: &str) -> Result<(), Refusal> {
    match names(asked, header::IF_MATCH, now) {
        Some(true) => Ok(()),
        Some(false) => Err(Refusal::new(
            StatusCode::PRECONDITION_FAILED,
            kind::CHANGED,
            "Somebody changed it after you read it. Read it again and decide anew.",
        )),
        None => Err(Refusal::new(
            StatusCode::PRECONDITION_REQUIRED,
            kind::CONDITION,
            "Give the ETag that you read in If-Match, so that nobody's change is lost.",
        )),
    }
}

/// Whether a header of marks names this one; `None` when the header is not there. A weak mark of ours does not exist,
/// so a leading `W/` is no match for `If-Match` and is looked through for `If-None-Match`.
fn names(asked: &HeaderMap, name: HeaderName, mark: &str) -> Option<bool> {
    let weak = name == header::IF_NONE_MATCH;
    let mut values = asked.get_all(&name).iter().peekable();
    values.peek()?;
    Some(
        values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .map(|one| match one.strip_prefix("W/") {
                Some(strong) if weak => strong,
                _ => one,
            })
            .any(|one| one == "*" || one == mark),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn conditions_name_a_state() {
        let mark = "\"abc\"";
        for (value, matches) in [
            ("\"abc\"", true),
            ("\"x\", \"abc\"", true),
            ("*", true),
            ("\"abcd\"", false),
            ("abc", false),
            ("", false),
        ] {
            for name in [header::IF_MATCH, header::IF_NONE_MATCH] {
                let told = names(&asked(name.clone(), value), name, mark);
                assert_eq!(told, Some(matches), "{value}");
            }
        }
        let weak = "W/\"abc\"";
        assert_eq!(
            names(
                &asked(header::IF_NONE_MATCH, weak),
                header::IF_NONE_MATCH,
                mark
            ),
            Some(true)
        );
        assert_eq!(
            names(&asked(header::IF_MATCH, weak), header::IF_MATCH, mark),
            Some(false)
        );
        assert_eq!(names(&HeaderMap::new(), header::IF_MATCH, mark), None);
    }
}
