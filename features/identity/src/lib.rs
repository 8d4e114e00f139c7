//! Who works in the county: units, staff, duty lists, absences and sessions.

pub mod accounts;
pub mod admin;
pub mod delegation;
pub mod directory;
pub mod duty;
pub mod facts;
mod identity_key;
pub mod notices;
pub mod numbers;
mod pages;
pub mod people;
mod register_job;
pub mod session;
mod signin;
pub mod strong;
pub mod succession;
pub mod tokens;
pub mod units;

pub use identity_key::IdentityKey;
pub use pages::feature;
pub use register_job::RegisterFile;

/// The tables of this room.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration {
        version: 100,
        name: "units_and_staff",
        sql: include_str!("../migrations/V100__units_and_staff.sql"),
    },
    store::Migration {
        version: 101,
        name: "accounts",
        sql: include_str!("../migrations/V101__accounts.sql"),
    },
    store::Migration {
        version: 110,
        name: "api_tokens",
        sql: include_str!("../migrations/V110__api_tokens.sql"),
    },
    store::Migration {
        version: 111,
        name: "facts",
        sql: include_str!("../migrations/V111__facts.sql"),
    },
    store::Migration {
        version: 120,
        name: "directory",
        sql: include_str!("../migrations/V120__directory.sql"),
    },
    store::Migration {
        version: 121,
        name: "two_people",
        sql: include_str!("../migrations/V121__two_people.sql"),
    },
    store::Migration {
        version: 130,
        name: "closed_units",
        sql: include_str!("../migrations/V130__closed_units.sql"),
    },
    store::Migration {
        version: 140,
        name: "next_lead",
        sql: include_str!("../migrations/V140__next_lead.sql"),
    },
    store::Migration {
        version: 150,
        name: "work_numbers",
        sql: include_str!("../migrations/V150__work_numbers.sql"),
    },
];
