//! Clients: who they are, who may see them, and their history on one screen.

pub mod domain;
pub mod gate;
pub mod panels;
pub mod relations;
pub mod visibility;

pub use domain::guarded::{Guarded, SecretGrant};
pub use domain::{ClientError, ClientId, Reader};
pub use gate::{Gate, Granted};
pub use identity::IdentityKey;
pub use panels::Panels;

use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration {
        version: 300,
        name: "clients",
        sql: include_str!("../migrations/V300__clients.sql"),
    },
    store::Migration {
        version: 301,
        name: "who_may_see",
        sql: include_str!("../migrations/V301__who_may_see.sql"),
    },
];

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "clients",
        routes: Vec::new(),
        migrations: MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &[],
    }
}
