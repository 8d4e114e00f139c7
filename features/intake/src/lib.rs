//! One door, first catch: contacts, who answers for them, hand-over and endings.

mod check;
pub mod domain;
pub mod glue;
mod holdings;
pub mod neighbours;
pub mod net;
mod pages;
pub mod store;

pub use holdings::Contacts;
pub use pages::feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration {
        version: 200,
        name: "contacts",
        sql: include_str!("../migrations/V200__contacts.sql"),
    },
    ::store::Migration {
        version: 500,
        name: "linked_contacts",
        sql: include_str!("../migrations/V500__linked_contacts.sql"),
    },
    ::store::Migration {
        version: 501,
        name: "unlinked_contacts",
        sql: include_str!("../migrations/V501__unlinked_contacts.sql"),
    },
    ::store::Migration {
        version: 502,
        name: "inbound_mark",
        sql: include_str!("../migrations/V502__inbound_mark.sql"),
    },
    ::store::Migration {
        version: 503,
        name: "received_packages",
        sql: include_str!("../migrations/V503__received_packages.sql"),
    },
    ::store::Migration {
        version: 504,
        name: "ended_contacts",
        sql: include_str!("../migrations/V504__ended_contacts.sql"),
    },
    ::store::Migration {
        version: 505,
        name: "by_moment",
        sql: include_str!("../migrations/V505__by_moment.sql"),
    },
    ::store::Migration {
        version: 506,
        name: "advised",
        sql: include_str!("../migrations/V506__advised.sql"),
    },
];

/// The tables of this room with those they stand on, for tests and tools that open a store without the whole house.
pub fn rooms() -> Vec<::store::Migration> {
    let mut all = [
        identity::MIGRATIONS,
        clients::MIGRATIONS,
        casework::MIGRATIONS,
        MIGRATIONS,
    ]
    .concat();
    all.sort_by_key(|one| one.version);
    all
}

/// Rows that follow a client when two records of one person are joined.
pub const MOVED: [clients::store::merge::Moved; 1] = [clients::store::merge::Moved {
    table: "contact_link",
    id: "id",
    client: "client_id",
    unless: None,
}];
