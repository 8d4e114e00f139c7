//! All SQL of this room.

pub mod bikva;
pub mod cycle;
pub mod forum;
pub mod gatherings;
pub mod proposals;
pub mod share;
pub mod sums;

use kernel::time::Date;
use reporting::store::Editor;
use store::{Query, StoreError, params};

use crate::domain::{PartError, Wrong};

kernel::id_type!(/** A gathering. */ GatheringId);
kernel::id_type!(/** What was proposed at a gathering. */ SaidId);
kernel::id_type!(/** A round of Bikva. */ RoundId);
kernel::id_type!(/** A step of the yearly cycle. */ StepId);
kernel::id_type!(/** What a forum decided. */ DecisionId);

/// What holds of everything here: no client is known.
pub const NO_CLIENT: &[&str] = &["no_client_link"];
/// What holds of the settings of the county.
pub const NO_DATA: &[&str] = &["no_client_data"];
/// What holds of what one wrote oneself.
const OWN: &[&str] = &["no_client_link", "own_entry"];
/// What holds of evidence and proposals that the editor makes of what was said.
pub const EVIDENCE: &[&str] = &["evidence_required"];

/// Rows that a statement with a revision did not find: gone, or changed by somebody else.
fn changed(
    query: &mut impl Query,
    table: &'static str,
    id: [u8; 16],
    touched: u64,
) -> Result<(), PartError> {
    if touched == 1 {
        return Ok(());
    }
    let there = query.query_optional(
        &format!("select 1 from {table} where id = $1"),
        &params![id],
    )?;
    Err(match there {
        Some(_) => PartError::Changed,
        None => PartError::NotFound,
    })
}

/// A code of the store that this version does not know.
fn unreadable() -> StoreError {
    StoreError::Config("a code of participation is not known to this version".to_owned())
}

/// A day that has come.
fn not_future(editor: &Editor, field: &'static str, on: Date) -> Result<(), PartError> {
    if on > editor.today() {
        return Err(PartError::Field(field, Wrong::Future));
    }
    Ok(())
}
