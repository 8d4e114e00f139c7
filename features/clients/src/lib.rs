//! Clients: who they are, who may see them, and their history on one screen.

pub mod domain;
pub mod gate;
pub mod holdings;
pub mod pages;
pub mod panels;
pub mod relations;
pub mod store;
pub mod timeline;
pub mod tutored;
pub mod visibility;

pub use crate::store::{By, ClientSettings, Desk};
pub use domain::guarded::{Guarded, SecretGrant};
pub use domain::{ClientError, ClientId, Reader};
pub use gate::{Barred, Gate, Granted};
pub use identity::IdentityKey;
pub use panels::Panels;

use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration {
        version: 300,
        name: "clients",
        sql: include_str!("../migrations/V300__clients.sql"),
    },
    ::store::Migration {
        version: 301,
        name: "who_may_see",
        sql: include_str!("../migrations/V301__who_may_see.sql"),
    },
    ::store::Migration {
        version: 305,
        name: "watched_persons",
        sql: include_str!("../migrations/V305__watched_persons.sql"),
    },
    ::store::Migration {
        version: 306,
        name: "protection",
        sql: include_str!("../migrations/V306__protection.sql"),
    },
    ::store::Migration {
        version: 310,
        name: "timeline",
        sql: include_str!("../migrations/V310__timeline.sql"),
    },
    ::store::Migration {
        version: 320,
        name: "mistakes",
        sql: include_str!("../migrations/V320__mistakes.sql"),
    },
    ::store::Migration {
        version: 325,
        name: "death_known",
        sql: include_str!("../migrations/V325__death_known.sql"),
    },
    ::store::Migration {
        version: 330,
        name: "lists_and_gates",
        sql: include_str!("../migrations/V330__lists_and_gates.sql"),
    },
    ::store::Migration {
        version: 340,
        name: "voided_names",
        sql: include_str!("../migrations/V340__voided_names.sql"),
    },
    ::store::Migration {
        version: 350,
        name: "tutored",
        sql: include_str!("../migrations/V350__tutored.sql"),
    },
    ::store::Migration {
        version: 360,
        name: "running_relations",
        sql: include_str!("../migrations/V360__running_relations.sql"),
    },
];

/// Codes of the log entries of this room.
pub const EVENTS: &[&str] = &[
    "client.read",
    "client.refused",
    "client.list",
    "client.timeline",
    "client.words",
    "client.search",
    "client.similar",
    "client.create",
    "client.code_link",
    "client.name",
    "client.name_void",
    "client.detail",
    "client.detail_end",
    "client.detail_void",
    "client.detail_protect",
    "client.secret_read",
    "client.secret_right",
    "client.secret_right_end",
    "client.non_disclosure",
    "client.consult",
    "client.disqualify",
    "client.disqualify_end",
    "client.restrict",
    "client.unrestrict",
    "client.related",
    "client.related_end",
    "client.relation_open",
    "client.relation_close",
    "client.relation_pass",
    "client.death",
    "client.void",
    "client.merge_ask",
    "client.merge",
    "client.merge_refuse",
    "client.unmerge",
    "exceptional.open",
    "exceptional.review",
    "notice.read",
    "notice.seen",
];

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "clients",
        routes: pages::routes(),
        migrations: MIGRATIONS,
        nav: pages::nav(),
        jobs: store::jobs::jobs(),
        messages: web::messages!(),
        events: EVENTS,
        checks: &[timeline::check::INDEX],
    }
}
