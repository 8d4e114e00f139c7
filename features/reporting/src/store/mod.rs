//! All SQL of this room.

pub mod bench;
pub mod beside;
pub mod gather;
pub mod handed;
pub mod influence;
pub mod links;
pub mod observe;
pub mod pages;
pub mod phenomena;
pub mod proposals;
pub mod themes;

use access::log::{Actor, LogEntry};
use access::rights::{Question, RightsTable, Row, Subject};
use identity::people::StaffId;
use kernel::chance::Chance;
use kernel::time::{Timestamp, day};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::ReportError;

kernel::id_type!(/** An observation. Random: made by [`observation_id`], never from a clock. */ ObservationId);
kernel::id_type!(/** A phenomenon. */ PhenomenonId);
kernel::id_type!(/** A piece of evidence. */ EvidenceId);
kernel::id_type!(/** A statement of an analysis. */ StatementId);
kernel::id_type!(/** A proposal. */ ProposalId);
kernel::id_type!(/** An action that an answer led to. */ ActionId);

/// What holds of everything the editor does with observations: words are taken out, and no client is known here (SE-01).
const REDACTS: &[&str] = &["redact_only", "no_client_link"];
/// What holds where only grouped observations are shown, without their personal data (SE-01, SE-05).
pub(crate) const GROUPED: &[&str] = &["grouped_and_redacted_only", "redact_only", "no_client_link"];
/// What holds of analyses and proposals: nothing is put forward that stands on nothing (SE-03).
pub(crate) const EVIDENCE: &[&str] = &["evidence_required"];

/// Sixteen random bytes with no time in them (I11).
pub fn random_id(chance: &dyn Chance) -> [u8; 16] {
    let mut bytes = [0; 16];
    chance.fill(&mut bytes);
    // Marked as a random UUID (version 4), so that nobody reads a time out of it.
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    bytes
}

/// An id for an observation.
pub fn observation_id(chance: &dyn Chance) -> ObservationId {
    ObservationId::from_bytes(random_id(chance))
}

/// Who acts at the editor's bench or on a phenomenon.
#[derive(Debug, Clone)]
pub struct Editor {
    pub staff: StaffId,
    pub subject: Subject,
    pub now: Timestamp,
}

impl Editor {
    /// The day it is.
    pub fn today(&self) -> kernel::time::Date {
        day(self.now)
    }

    /// The row that lets her do so.
    ///
    /// # Errors
    /// [`ReportError::NotFound`] when none does.
    pub fn right(
        &self,
        class: &str,
        action: &str,
        given: &[&str],
    ) -> Result<&'static Row, ReportError> {
        RightsTable::built_in()
            .decide(&Question {
                subject: &self.subject,
                class,
                action,
                service_task: "na",
                relations: &[],
                given,
                bars: &[],
                on: self.today(),
            })
            .row()
            .ok_or(ReportError::NotFound)
    }

    /// Writes what she did into the log. Nobody's data are there, so no client is named.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn log(
        &self,
        tx: &mut WriteTx<'_>,
        row: &'static Row,
        event: &'static str,
        detail: String,
    ) -> Result<(), StoreError> {
        tx.log(LogEntry {
            at: self.now,
            actor: Actor::Staff(self.staff.bytes()),
            event,
            right: row.id.as_str().into(),
            purpose: &row.purpose,
            subjects: Vec::new(),
            detail,
            digest: None,
        })
    }
}

/// Rows that a statement with a revision did not find: gone, or changed by somebody else.
fn changed(
    query: &mut impl Query,
    table: &'static str,
    id: [u8; 16],
    touched: u64,
) -> Result<(), ReportError> {
    if touched == 1 {
        return Ok(());
    }
    let there = query.query_optional(
        &format!("select 1 from {table} where id = $1"),
        &params![id],
    )?;
    Err(match there {
        Some(_) => ReportError::Changed,
        None => ReportError::NotFound,
    })
}

/// A code of the store that this version does not know.
fn unreadable() -> StoreError {
    StoreError::Config("a code of reporting is not known to this version".to_owned())
}
