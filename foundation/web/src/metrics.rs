//! Counts of requests for those who watch the house: by the pattern of the route, never by the address that was asked.
//!
//! `app` writes them for Prometheus at an address of their own. A pattern ("/clients/{id}") holds nothing of anybody.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::{
    extract::MatchedPath,
    http::{Method, StatusCode, request::Parts},
};
use kernel::language::Language;

/// Upper bounds of the classes of durations, in seconds; one more class has no bound.
pub const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// A route as it is counted: method and pattern. What no route takes is "none".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    pub method: &'static str,
    pub path: String,
}

impl Pattern {
    pub(crate) fn of(parts: &Parts) -> Self {
        Self {
            method: method_of(&parts.method),
            path: parts
                .extensions
                .get::<MatchedPath>()
                .map_or_else(|| "none".to_owned(), |path| folded(path.as_str())),
        }
    }
}

/// Methods by name; whatever else somebody makes up is one.
fn method_of(method: &Method) -> &'static str {
    [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::HEAD,
        Method::PATCH,
        Method::OPTIONS,
    ]
    .iter()
    .position(|known| known == method)
    .map_or("other", |place| {
        ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"][place]
    })
}

/// The pattern with its language folded: a page in four languages is one route.
fn folded(path: &str) -> String {
    let (first, rest) = path[path.len().min(1)..]
        .split_once('/')
        .map_or((path.trim_start_matches('/'), ""), |(first, rest)| {
            (first, rest)
        });
    match Language::from_code(first) {
        Some(_) if rest.is_empty() && !path.ends_with('/') => "/{lang}".to_owned(),
        Some(_) => format!("/{{lang}}/{rest}"),
        None => path.to_owned(),
    }
}

/// What was counted of one route.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted {
    /// Answers by the first digit of their status: 1xx to 5xx.
    pub classes: [u64; 5],
    /// Answers by duration: at most the bound of the same place of [`BOUNDS`] and more than the one before; the last is
    /// beyond all.
    pub durations: [u64; BOUNDS.len() + 1],
    /// All durations together, in seconds.
    pub seconds: f64,
}

/// The counts of a house since it was opened.
#[derive(Debug, Default)]
pub struct Metrics {
    routes: Mutex<BTreeMap<Pattern, Counted>>,
}

impl Metrics {
    pub(crate) fn request(&self, route: Pattern, status: StatusCode, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = routes.entry(route).or_default();
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        counted.classes[class] += 1;
        let seconds = took.as_secs_f64();
        let place = BOUNDS.partition_point(|bound| *bound < seconds);
        counted.durations[place] += 1;
        counted.seconds += seconds;
    }

    /// What has been counted so far.
    pub fn counted(&self) -> BTreeMap<Pattern, Counted> {
        self.routes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_four_languages_is_one_route() {
        for (path, pattern) in [
            ("/fi", "/{lang}"),
            ("/easy/", "/{lang}/"),
            ("/sv/tunnus/tila", "/{lang}/tunnus/tila"),
            ("/clients/{id}", "/clients/{id}"),
            ("/", "/"),
            ("/final", "/final"),
        ] {
            assert_eq!(folded(path), pattern);
        }
    }

    #[test]
    fn every_answer_is_in_one_class_of_each_kind() {
        let metrics = Metrics::default();
        let route = Pattern {
            method: "GET",
            path: "/".to_owned(),
        };
        for (status, millis) in [(200, 0), (200, 5), (303, 6), (404, 100), (503, 60_000)] {
            let status = StatusCode::from_u16(status).unwrap();
            metrics.request(route.clone(), status, Duration::from_millis(millis));
        }
        let counted = metrics.counted()[&route].clone();
        assert_eq!(counted.classes, [0, 2, 1, 1, 1]);
        assert_eq!(counted.durations, [2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
        assert!((counted.seconds - 60.111).abs() < 1e-9);
        assert_eq!(method_of(&Method::from_bytes(b"MAKKARA").unwrap()), "other");
        assert_eq!(method_of(&Method::DELETE), "DELETE");
    }
}
