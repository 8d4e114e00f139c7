//! The needs assessment (palvelutarpeen arviointi, SHL 36-37 §) and the judgement of special support.

pub mod domain;
pub mod pages;
pub mod panel;
pub mod store;

pub use pages::{draft_name, feature};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[::store::Migration {
    version: 820,
    name: "assessment",
    sql: include_str!("../migrations/V820__assessment.sql"),
}];

#[cfg(test)]
mod tests {
    #[test]
    fn every_message_is_used_and_said_in_every_language() {
        let set = super::feature().messages;
        let families = super::pages::FAMILIES;
        assert_eq!(
            web::proof::messages(&set, env!("CARGO_MANIFEST_DIR"), families),
            [""; 0]
        );
    }
}
