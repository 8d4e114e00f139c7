//! Documents in versions: what the assessment, the plan and the notes have in common.

pub mod body;
mod check;
pub mod difference;
pub mod domain;
mod events;
pub mod forms;
pub mod pages;
pub mod store;
pub mod tutored;
pub mod unfinished;
pub mod voiding;
pub mod waiting;

pub use body::{Body, Fields};
pub use domain::{
    Clash, DocError, Document, DocumentId, Kind, NewDocument, Part, Saving, State, Version,
    VersionHead,
};

use clients::store::merge::Moved;
use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration {
        version: 800,
        name: "documents",
        sql: include_str!("../migrations/V800__documents.sql"),
    },
    ::store::Migration {
        version: 801,
        name: "asker",
        sql: include_str!("../migrations/V801__asker.sql"),
    },
    ::store::Migration {
        version: 802,
        name: "answers",
        sql: include_str!("../migrations/V802__answers.sql"),
    },
    ::store::Migration {
        version: 803,
        name: "waiting",
        sql: include_str!("../migrations/V803__waiting.sql"),
    },
];

/// Rows that follow a client when two records of one person are joined.
pub const MOVED: [Moved; 2] = [
    Moved {
        table: "document_client",
        id: "id",
        client: "client_id",
        // Both were clients of the document: the kept one stays, and there is one of her.
        unless: Some(
            "document_id in (select k.document_id from document_client k where k.client_id = $1)",
        ),
    },
    Moved {
        table: "document_part",
        id: "id",
        client: "client_id",
        unless: None,
    },
];

/// What this room adds to the house. Its routes are those of the rooms that have documents.
pub fn feature() -> Feature {
    Feature {
        name: "documents",
        routes: Vec::new(),
        migrations: MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: events::ALL,
        checks: check::ALL,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_message_is_used_and_said_in_every_language() {
        let set = super::feature().messages;
        assert_eq!(
            web::proof::messages(
                &set,
                env!("CARGO_MANIFEST_DIR"),
                &[
                    "document-clash-",
                    "document-kind-",
                    "document-unfinished-",
                    "document-void-",
                    "document-work-",
                ]
            ),
            [""; 0]
        );
    }
}
