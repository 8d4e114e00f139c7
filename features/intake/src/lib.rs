//! One door, first catch: contacts, who answers for them, hand-over and endings.

pub mod domain;
pub mod glue;
mod holdings;
mod pages;
pub mod store;

pub use holdings::Contacts;
pub use pages::feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[::store::Migration {
    version: 200,
    name: "contacts",
    sql: include_str!("../migrations/V200__contacts.sql"),
}];
