//! Notes (asiakaskertomus, 703/2023 44 §): what happened, what next, who and by when.

pub mod domain;
pub mod pages;
pub mod panel;
pub mod store;
pub mod work;

use clients::store::merge::Moved;
use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration {
        version: 860,
        name: "notes",
        sql: include_str!("../migrations/V860__notes.sql"),
    },
    ::store::Migration {
        version: 861,
        name: "named_by",
        sql: include_str!("../migrations/V861__named_by.sql"),
    },
    ::store::Migration {
        version: 862,
        name: "ended_steps",
        sql: include_str!("../migrations/V862__ended_steps.sql"),
    },
];

/// Rows that follow a client when two records of one person are joined.
pub const MOVED: [Moved; 1] = [Moved {
    table: "note_step",
    id: "id",
    client: "client_id",
    unless: None,
}];

/// Codes of the log entries of this room; those of the documents are theirs.
pub const EVENTS: &[&str] = &[
    pages::REFUSED,
    "note.list",
    "note.choose",
    "note.contact_read",
    "note.step_done",
    "phrase.save",
    "phrase.days",
    "tutoring.begin",
    "tutoring.end",
    "tutor_link.read",
    "tutor_link.create",
    "tutor_link.void",
];

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "notes",
        routes: pages::routes(),
        migrations: MIGRATIONS,
        nav: pages::nav(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: EVENTS,
        checks: &[],
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_message_is_used_and_said_in_every_language() {
        let families = [
            "note-what-",
            "note-way-",
            "note-cancel-",
            "note-choose-",
            "note-service-",
            "note-field-",
            "note-missing-",
            "note-done-",
            "note-correct-",
            "note-void-",
            "nav-",
            "document-",
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
