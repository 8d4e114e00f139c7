//! All SQL of this room.

pub mod read;
pub mod runs;
pub mod sealed;
pub mod shown;
pub mod steps;
pub mod write;

use reporting::store::Editor;
use store::{Query, StoreError, WriteTx, params};

use crate::domain::PublishError;

kernel::id_type!(/** A publication in all its versions. */ PublicationId);
kernel::id_type!(/** A quote in a version. */ QuoteId);

/// A version of a publication.
pub type At = (PublicationId, i64);

/// What holds of everything that is written into a publication: statements stand on evidence, and its proposals too (SE-03).
pub(crate) const EVIDENCE: &[&str] = &["evidence_required"];
/// What holds of whoever has not edited a version (SE-04).
pub(crate) const NOT_EDITOR: &[&str] = &["not_editor"];

/// What one person does in a version: one of the two, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandPart {
    Edits,
    Publishes,
}

impl HandPart {
    const fn code(self) -> &'static str {
        match self {
            Self::Edits => "edits",
            Self::Publishes => "publishes",
        }
    }
}

/// What somebody does in a version already.
///
/// # Errors
/// As the store fails.
pub fn hand_of(
    query: &mut impl Query,
    at: At,
    staff: [u8; 16],
) -> Result<Option<HandPart>, StoreError> {
    let row = query.query_optional(
        "select part from publication_hand where publication_id = $1 and version = $2 and staff_id = $3",
        &params![at.0.bytes(), at.1, staff],
    )?;
    Ok(match row {
        Some(row) if row.text(0)? == "edits" => Some(HandPart::Edits),
        Some(_) => Some(HandPart::Publishes),
        None => None,
    })
}

/// Takes a part in a version.
///
/// # Errors
/// [`PublishError::FourEyes`] when she has the other part.
fn take_part(
    tx: &mut WriteTx<'_>,
    at: At,
    editor: &Editor,
    part: HandPart,
) -> Result<(), PublishError> {
    let staff = editor.staff.bytes();
    tx.execute(
        "insert into publication_hand (publication_id, version, staff_id, part) values ($1, $2, $3, $4) on conflict do nothing",
        &params![at.0.bytes(), at.1, staff, part.code()],
    )?;
    if hand_of(tx, at, staff)? == Some(part) {
        Ok(())
    } else {
        Err(PublishError::FourEyes)
    }
}

/// What stands in the log beside an event.
fn detail(at: At) -> String {
    format!("{}/{}", at.0, at.1)
}

/// A code or a day of the store that this version does not know.
fn unreadable() -> StoreError {
    StoreError::Config("a code of publications is not known to this version".to_owned())
}
