//! Notes (asiakaskertomus, 703/2023 44 §).

pub mod domain;
pub mod store;

use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[::store::Migration {
    version: 860,
    name: "notes",
    sql: include_str!("../migrations/V860__notes.sql"),
}];

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "notes",
        routes: Vec::new(),
        migrations: MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &[],
    }
}
