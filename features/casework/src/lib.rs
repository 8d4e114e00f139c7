//! Matters (asia): how they begin, who works on them, how they end.

pub mod domain;
pub mod glue;
pub mod pages;
pub mod store;

pub use pages::feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[::store::Migration {
    version: 400,
    name: "matters",
    sql: include_str!("../migrations/V400__matters.sql"),
}];
