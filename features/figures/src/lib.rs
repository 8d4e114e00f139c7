//! Own figures: what the county's own records say, counted by named definitions and let out by disclosure control alone.
//!
//! Counts leave this room only as [`disclosure::Released`] tables (invariant I8), inside the house too. It reads the tables of
//! the rooms to its left in sets and writes none of them; it never gives a client's row nor a figure of a named worker.

pub mod ages;
mod check;
pub mod definition;
pub mod dictionary;
pub mod layout;
mod pages;
pub mod period;
pub mod population;
pub mod rates;
pub mod release;
pub mod store;
mod system;
pub mod table;
pub mod view;

pub use definition::Definition;
pub use release::{Works, recall, refresh, released, seal_key};
pub use store::FiguresError;
pub use store::releases::Meta;

/// What a part of a figure is called; [`layout::Layout::parts`] tells its parts.
pub fn part_name(t: &web::Texts, part: &str) -> String {
    pages::part_words(t, part)
}

use std::time::Duration;

use web::{Feature, Guard, Job, NavItem, NavPlace, Route};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[::store::Migration {
    version: 910,
    name: "figures",
    sql: include_str!("../migrations/V910__figures.sql"),
}];

const HOUR: Duration = Duration::from_secs(3600);

/// Everything of this room.
pub fn feature() -> Feature {
    let right = |action| Guard::Right {
        class: "statistics",
        action,
    };
    Feature {
        name: "figures",
        routes: vec![
            Route::get("/figures", right("read"), pages::list::show),
            Route::get("/figures/{id}", right("read"), pages::one::show),
            Route::get("/figures/{id}/csv", right("export"), pages::csv::give),
            Route::post(
                "/figures/{id}/recall",
                right("approve"),
                pages::recall::again,
            ),
        ],
        migrations: MIGRATIONS,
        nav: vec![NavItem {
            group: NavPlace::Knowledge,
            order: 65,
            label: "nav-figures",
            href: "/figures",
            main: false,
            right: Some(("statistics", "read")),
        }],
        jobs: vec![Job::new("figures.release", Some(HOUR), |house, _| {
            release::run(house)
        })],
        messages: web::messages!(),
        checks: crate::check::ALL,
        events: &[
            "figures.read",
            "figures.release",
            "figures.export",
            "figures.recall",
        ],
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_message_is_used_and_said_in_every_language() {
        let families = [
            "figure-question-",
            "figure-unit-",
            "figure-part-",
            "figure-age-",
            "figure-against-",
            "figure-span-",
            "figure-recall-",
            "nav-",
        ];
        assert_eq!(
            web::proof::messages(
                &super::feature().messages,
                env!("CARGO_MANIFEST_DIR"),
                &families
            ),
            [""; 0]
        );
    }
}
