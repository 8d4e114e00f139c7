//! The features of the house, in the order of their navigation.

use store::Migration;
use web::Feature;

/// Every feature. `demo` brings the demo identities; no other way makes them.
pub fn all(demo: bool) -> Vec<Feature> {
    vec![
        web::feature(),
        crate::health::feature(),
        identity::feature(demo),
        identity::admin::feature(),
        desk::feature(),
        clients::feature(),
        casework::feature(),
        documents::feature(),
        assessment::feature(),
        plan::feature(),
        notes::feature(),
        intake::feature(),
        door::feature(),
        oversight::feature(),
        api::feature(),
    ]
}

/// The migrations of all features, the store's own excluded.
pub fn migrations() -> Vec<Migration> {
    all(false)
        .iter()
        .flat_map(|feature| feature.migrations.iter().copied())
        .collect()
}
