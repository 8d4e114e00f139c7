//! The outer edge of the house: faults become pages, and every answer gets its safety headers.

use std::{panic::AssertUnwindSafe, time::Instant};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use futures_util::FutureExt;

use crate::{Failure, House, Visit, hold, metrics::Pattern, pages::FailurePage, problem::Problem};

/// Nothing from anywhere else, nothing inline.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()";

const SAFETY: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // "same-origin" and not "no-referrer": with the latter browsers send our own forms with `Origin: null`.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("x-robots-tag"), "noarchive"),
];

/// Characters of the longest id in an address, a UUID.
const LONGEST_ID: usize = 36;

pub(crate) async fn edge(State(house): State<House>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let (parts, body) = request.into_parts();
    let reader = reader_parts(&parts);
    let route = Pattern::of(&parts);
    let answer = AssertUnwindSafe(next.run(Request::from_parts(parts, body)))
        .catch_unwind()
        .await;
    let mut response = answer.unwrap_or_else(|panic| {
        tracing::error!(
            path = without_secrets(reader.uri.path()),
            cause = words_of_code(panic.as_ref()),
            "a handler panicked"
        );
        Failure::Internal.into_response()
    });
    if let Some(failure) = failure_of(&response) {
        let allow = response.headers_mut().remove(header::ALLOW);
        response = render(&house, &reader, failure);
        if let Some(methods) = allow {
            response.headers_mut().insert(header::ALLOW, methods);
        }
    }
    let headers = response.headers_mut();
    for (name, value) in SAFETY {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if house.https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    house
        .metrics
        .request(route, response.status(), began.elapsed());
    response
}

/// What is needed of a request to write an error page, kept while the handler has the rest.
fn reader_parts(parts: &Parts) -> Parts {
    let mut reader = axum::http::Request::new(()).into_parts().0;
    reader.method = parts.method.clone();
    reader.uri = parts.uri.clone();
    for name in [
        header::COOKIE,
        header::ACCEPT_LANGUAGE,
        HeaderName::from_static("x-noste-script"),
    ] {
        if let Some(value) = parts.headers.get(&name) {
            reader.headers.insert(name, value.clone());
        }
    }
    reader
}

/// The path as it may stand in a log: a part longer than any id of ours is somebody's secret link.
fn without_secrets(path: &str) -> String {
    path.split('/')
        .map(|part| if part.len() > LONGEST_ID { "…" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// What a panic says, when its words stand in the code as they are. Words that were put together may quote what somebody has
/// typed, and belong in no log.
pub fn words_of_code(panic: &(dyn std::any::Any + Send)) -> &'static str {
    panic
        .downcast_ref::<&'static str>()
        .copied()
        .unwrap_or("words that may quote a text are left out")
}

/// The failure behind an answer: ours, or the framework's own plain text.
fn failure_of(response: &Response) -> Option<Failure> {
    if let Some(failure) = response.extensions().get::<Failure>() {
        return Some(failure.clone());
    }
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    if !kind.is_empty() && !kind.starts_with("text/plain") {
        return None;
    }
    Some(match status {
        StatusCode::NOT_FOUND => Failure::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Failure::WrongMethod,
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ if status.is_client_error() => Failure::BadRequest,
        _ => Failure::Internal,
    })
}

fn render(house: &House, reader: &Parts, failure: Failure) -> Response {
    let program = reader.uri.path().starts_with("/api/");
    let page =
        reader.method == axum::http::Method::GET && !program && !has_script_mark(&reader.headers);
    if let Some(door) = asking(house, &failure).filter(|_| page) {
        let wanted = reader
            .uri
            .path_and_query()
            .map_or("/", |wanted| wanted.as_str());
        return Redirect::to(&hold::lead(door, wanted)).into_response();
    }
    if failure == Failure::SignedOut && page {
        return Redirect::to("/").into_response();
    }
    let mut response = if program {
        Problem::of_status(failure.status()).into_response()
    } else if has_script_mark(&reader.headers) {
        failure.status().into_response()
    } else {
        FailurePage::response(&Visit::from_parts(house, reader), &failure)
    };
    if failure == Failure::Packed {
        // What would be taken instead (RFC 9110, section 15.5.16).
        response.headers_mut().insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("identity"),
        );
    }
    if let Some(seconds) = failure.retry_after() {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The page that asks who is there, and leads on afterwards. A demo's people have no passwords and enter at the start.
fn asking(house: &House, failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::SignedOut if !house.demo => Some(hold::SIGN_IN),
        Failure::Confirm => Some(hold::CONFIRM),
        _ => None,
    }
}

fn has_script_mark(headers: &HeaderMap) -> bool {
    headers.contains_key("x-noste-script")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_that_quotes_is_not_in_the_log() {
        let said = |panic: &dyn Fn()| {
            let caught = std::panic::catch_unwind(AssertUnwindSafe(panic)).unwrap_err();
            words_of_code(caught.as_ref())
        };
        assert_eq!(said(&|| panic!("words of the code")), "words of the code");
        let typed = String::from("Mäkinen");
        assert!(!said(&|| panic!("about {typed}")).contains("kinen"));
        assert!(!said(&|| drop(typed[2..].to_owned())).contains("kinen"));
    }

    #[test]
    fn a_secret_link_is_not_in_the_log() {
        let secret = "5".repeat(64);
        assert_eq!(
            without_secrets(&format!("/fi/vastaus/{secret}")),
            "/fi/vastaus/…"
        );
        let id = "/clients/0197f2b0-7a00-7000-8000-000000000001/notes";
        assert_eq!(without_secrets(id), id);
    }
}
