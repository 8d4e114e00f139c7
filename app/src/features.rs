//! The features of the house, in the order of their navigation.

use kernel::language::Language;
use store::Migration;
use web::{Feature, MessageSet};

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
        statistics::feature(),
        api::feature(),
        reporting::feature(),
        words("charts", charts::messages),
        words("text", text::messages),
    ]
}

/// The messages of a room that is no feature.
fn words(room: &'static str, of: fn(Language) -> &'static str) -> Feature {
    Feature {
        name: room,
        routes: Vec::new(),
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: MessageSet {
            room,
            fi: of(Language::Fi),
            sv: of(Language::Sv),
            en: of(Language::En),
            easy: of(Language::Easy),
        },
        events: &[],
    }
}

/// The migrations of all features, the store's own excluded.
pub fn migrations() -> Vec<Migration> {
    all(false)
        .iter()
        .flat_map(|feature| feature.migrations.iter().copied())
        .collect()
}
