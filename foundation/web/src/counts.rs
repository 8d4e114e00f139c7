//! Numbers beside the links of the worker's navigation: the same on every page.

use std::sync::Arc;

use axum::http::request::Parts;

use crate::{BoxFuture, House};

/// A number beside a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavCount {
    /// The address of the link.
    pub href: &'static str,
    /// Shown when it is more than nothing.
    pub count: i64,
    /// Message that says the number to a screen reader; its variable is `count`.
    pub words: &'static str,
    /// The number counts late things.
    pub late: bool,
}

/// Counts for whoever is behind a request. Only numbers leave it, never whose things they are.
pub trait CountSource: Send + Sync {
    /// The numbers; what cannot be counted now is left out.
    fn count<'a>(&'a self, house: &'a House, parts: &'a Parts) -> BoxFuture<'a, Vec<NavCount>>;
}

/// The house's extra that counts. A house without it shows no numbers.
#[derive(Default)]
pub struct NavCounts(pub Vec<Arc<dyn CountSource>>);

/// Everything that the house counts for the request.
pub(crate) async fn of(house: &House, parts: &Parts) -> Vec<NavCount> {
    let Some(sources) = house.extra::<NavCounts>() else {
        return Vec::new();
    };
    let mut counts = Vec::new();
    for source in &sources.0 {
        counts.extend(source.count(house, parts).await);
    }
    counts
}
