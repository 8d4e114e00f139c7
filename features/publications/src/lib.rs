//! Publications of social reporting: a phenomenon sheet, a summary to a unit, an extract for wellbeing reports, the yearly
//! social report; and the public archive of proposals and their answers.
//!
//! This room holds no client and knows no room that does. Figures leave it only as [`domain::figures::Figures`] (I8).

pub mod beside;
mod check;
pub mod compose;
pub mod data;
pub mod domain;
pub mod pages;
pub mod paper_of;
pub mod ready;
pub mod release;
pub mod store;

use web::{Feature, House};

/// Makes the PDF of a paper; the room `print` behind a plain function, so that this one does not build it.
pub type Printer = fn(&paper::Paper) -> Result<Vec<u8>, String>;

/// Purpose of the key that seals what was checked and released.
pub(crate) const KEY: &str = "noste 2026 released publication";

/// The key of seals.
pub(crate) fn key(house: &House) -> [u8; 32] {
    house.secrets.key(KEY)
}

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration {
        version: 970,
        name: "publications",
        sql: include_str!("../migrations/V970__publications.sql"),
    },
    ::store::Migration {
        version: 971,
        name: "public_seals",
        sql: include_str!("../migrations/V971__public_seals.sql"),
    },
];

/// Codes of the log entries of this room.
pub const EVENTS: &[&str] = &[
    "publication.begin",
    "publication.edit",
    "publication.quote",
    "publication.check",
    "publication.send_back",
    "publication.review",
    "publication.release",
    "publication.correct",
    "publication.withdraw",
];

/// Everything of this room.
pub fn feature(printer: Printer) -> Feature {
    Feature {
        name: "publications",
        routes: pages::routes(printer),
        migrations: MIGRATIONS,
        nav: pages::nav(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: EVENTS,
        checks: check::ALL,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_message_is_used_and_said_in_every_language() {
        let families = [
            "public-publication-kind-",
            "public-publication-own-unit-",
            "public-publication-section-",
            "public-publication-owed-",
            "public-publication-state-",
            "publication-done-",
            "publication-hindered-",
            "publication-recheck-",
            "proposal-level-",
            "public-answer-kind-",
            "evidence-kind-",
            "evidence-quality-",
            "public-action-state-",
            "action-effect-",
            "influence-",
            "nav-",
            "public-nav-",
        ];
        let feature = super::feature(|_| Err(String::new()));
        assert_eq!(
            web::proof::messages(&feature.messages, env!("CARGO_MANIFEST_DIR"), &families),
            [""; 0]
        );
    }
}
