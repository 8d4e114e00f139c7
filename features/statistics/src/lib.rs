//! Open statistics: figures of other producers about areas, kept with their versions, units, producers and licences.
//!
//! They come from Sotkanet over the network or from a file without one, and are kept in the same way. Nothing here is about
//! a person, and nothing here is the county's own count.

pub mod ask;
pub mod borders;
pub mod catalogue;
pub mod command;
pub mod compare;
pub mod cubes;
pub mod domain;
pub mod fetch;
pub mod import;
mod map;
pub mod merges;
mod pages;
pub mod store;

use web::{Feature, Guard, NavItem, NavPlace, Route};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration {
        version: 900,
        name: "statistics",
        sql: include_str!("../migrations/V900__statistics.sql"),
    },
    ::store::Migration {
        version: 901,
        name: "borders",
        sql: include_str!("../migrations/V901__borders.sql"),
    },
];

/// Everything of this room.
pub fn feature() -> Feature {
    let read = Guard::Right {
        class: "statistics",
        action: "read",
    };
    Feature {
        name: "statistics",
        routes: vec![
            Route::get("/statistics", read, pages::list),
            Route::get("/statistics/{id}", read, pages::show),
        ],
        migrations: MIGRATIONS,
        nav: vec![NavItem {
            group: NavPlace::Knowledge,
            order: 70,
            label: "nav-statistics",
            href: "/statistics",
            main: false,
            right: Some(("statistics", "read")),
        }],
        jobs: Vec::new(),
        messages: web::messages!(),
        checks: &[],
        events: &[
            "statistics.fetch",
            "statistics.import",
            "statistics.borders",
        ],
    }
}
