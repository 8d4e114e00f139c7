//! Joins the routes of all features behind their doors.

use axum::{Router, middleware::from_fn_with_state};
use kernel::language::Language;

use crate::{Failure, Feature, House, Route, door, edge};

/// The whole house as a service. Give the same features as to [`House::new`].
///
/// # Panics
/// When two routes claim one address: a mistake in code that the first test meets.
pub fn assemble(house: &House, features: Vec<Feature>) -> Router {
    let mut router = Router::<House>::new();
    for route in features.into_iter().flat_map(|feature| feature.routes) {
        for path in addresses(&route) {
            let rule = door::Rule::from(&route);
            let handler = route
                .handler
                .clone()
                .route_layer(from_fn_with_state((house.clone(), rule), door::door));
            router = router.route(&path, handler);
        }
    }
    // Outermost, so that nothing leaves without headers.
    router
        .fallback(|| async { Failure::NotFound })
        .layer(from_fn_with_state(house.clone(), edge::edge))
        .with_state(house.clone())
}

/// The addresses of a route: one, or one for each language.
pub fn addresses(route: &Route) -> Vec<String> {
    match route.path.strip_prefix("/{lang}") {
        Some(rest) => Language::ALL
            .iter()
            .map(|language| format!("/{}{rest}", language.code()))
            .collect(),
        None => vec![route.path.to_string()],
    }
}
