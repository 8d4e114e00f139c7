//! Matters (asia): how they begin, who works on them, how they end.

pub mod alerts;
mod check;
pub mod domain;
pub mod ending;
pub mod glue;
pub mod holdings;
pub mod import;
pub mod net_sources;
pub mod pages;
pub mod panel;
pub mod panels;
pub mod person_panels;
pub mod sources;
pub mod store;
pub mod work;

pub use pages::feature;

use clients::store::merge::Moved;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration {
        version: 400,
        name: "matters",
        sql: include_str!("../migrations/V400__matters.sql"),
    },
    ::store::Migration {
        version: 410,
        name: "sent_packages",
        sql: include_str!("../migrations/V410__sent_packages.sql"),
    },
    ::store::Migration {
        version: 440,
        name: "disclosed_data",
        sql: include_str!("../migrations/V440__disclosed_data.sql"),
    },
    ::store::Migration {
        version: 450,
        name: "special_support",
        sql: include_str!("../migrations/V450__special_support.sql"),
    },
    ::store::Migration {
        version: 451,
        name: "own_worker_and_closing",
        sql: include_str!("../migrations/V451__own_worker_and_closing.sql"),
    },
    ::store::Migration {
        version: 452,
        name: "running_clocks",
        sql: include_str!("../migrations/V452__running_clocks.sql"),
    },
    ::store::Migration {
        version: 453,
        name: "by_moment",
        sql: include_str!("../migrations/V453__by_moment.sql"),
    },
    ::store::Migration {
        version: 454,
        name: "pending",
        sql: include_str!("../migrations/V454__pending.sql"),
    },
    ::store::Migration {
        version: 455,
        name: "flow",
        sql: include_str!("../migrations/V455__flow.sql"),
    },
];

/// Rows that follow a client when two records of one person are joined.
pub const MOVED: [Moved; 7] = [
    Moved {
        table: "matter_client",
        id: "id",
        client: "client_id",
        // Both were clients of the matter: the kept one stays, and there is one of her.
        unless: Some(
            "matter_id in (select k.matter_id from matter_client k where k.client_id = $1 and k.left_at is null)",
        ),
    },
    Moved {
        table: "matter_event",
        id: "id",
        client: "client_id",
        unless: None,
    },
    Moved {
        table: "own_worker_waiver",
        id: "id",
        client: "client_id",
        unless: None,
    },
    Moved {
        table: "own_worker_naming",
        id: "id",
        client: "client_id",
        unless: None,
    },
    Moved {
        table: "follow_up",
        id: "id",
        client: "client_id",
        unless: None,
    },
    Moved {
        table: "closing_voice",
        id: "id",
        client: "client_id",
        // Both were clients of the matter and both were asked: the kept one's answer stays.
        unless: Some(
            "matter_id in (select k.matter_id from closing_voice k where k.client_id = $1)",
        ),
    },
    Moved {
        table: "special_support",
        id: "id",
        client: "client_id",
        // One judgement at most is in force: the one of the record that stays.
        unless: Some(
            "ended_at is null and exists (select 1 from special_support k where k.client_id = $1 and k.ended_at is null)",
        ),
    },
];
