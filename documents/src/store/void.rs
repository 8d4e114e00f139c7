//! A document stored about the wrong person is voided: one worker asks, another one does it.

use casework::store::{Acting, Casework};
use identity::people::StaffId;
use kernel::time::{Date, Timestamp};
use store::{Query, Row, StoreError, WriteTx, params};

use super::{log, read};
use crate::domain::{DocError, Document, DocumentId, Kind, State};
use crate::events::Act;

/// A wish to void a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidRequest {
    pub reason: String,
    pub asked_at: Timestamp,
    pub asked_by: StaffId,
    /// Name of who asked.
    pub asker: String,
}

/// The open wish to void a document.
///
/// # Errors
/// When the engine fails.
pub fn void_request(
    query: &mut impl Query,
    id: DocumentId,
) -> Result<Option<VoidRequest>, StoreError> {
    query
        .query_optional(
            "select v.reason, v.asked_at, v.asked_by, s.name from document_void v join staff s on s.id = v.asked_by where v.document_id = $1 and v.answered_at is null",
            &params![id.bytes()],
        )?
        .map(|row| request(&row))
        .transpose()
}

/// A document that was voided: what was asked, and who answered when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
    pub request: VoidRequest,
    pub at: Timestamp,
    /// Name of who voided it.
    pub by: String,
}

/// How a document was voided; none when it was not.
///
/// # Errors
/// When the engine fails.
pub fn voided(query: &mut impl Query, id: DocumentId) -> Result<Option<Voided>, StoreError> {
    query
        .query_optional(
            "select v.reason, v.asked_at, v.asked_by, s.name, v.answered_at, w.name from document_void v join staff s on s.id = v.asked_by join staff w on w.id = v.answered_by where v.document_id = $1",
            &params![id.bytes()],
        )?
        .map(|row| {
            Ok(Voided {
                request: request(&row)?,
                at: row.get(4)?,
                by: row.get(5)?,
            })
        })
        .transpose()
}

fn request(row: &Row) -> Result<VoidRequest, StoreError> {
    Ok(VoidRequest {
        reason: row.get(0)?,
        asked_at: row.get(1)?,
        asked_by: StaffId::from_bytes(row.get(2)?),
        asker: row.get(3)?,
    })
}

/// Documents of a kind that somebody else has asked to be voided, in the matters of the units that the reader leads: the
/// oldest first. Whether the reader may is decided by the room.
///
/// # Errors
/// When the engine fails.
pub fn to_void(
    query: &mut impl Query,
    kind: Kind,
    lead: StaffId,
    today: Date,
) -> Result<Vec<Document>, StoreError> {
    let ids = query
        .query(
            "select distinct d.id, v.asked_at from document_void v join document d on d.id = v.document_id join matter m on m.id = d.matter_id join unit_leader l on l.unit_id = m.holder_unit where d.kind = $1 and l.staff_id = $2 and l.begins_on <= $3 and l.ends_on >= $3 and v.answered_at is null and v.asked_by <> $2 order by v.asked_at, d.id limit 100",
            &params![kind.code(), lead.bytes(), today.to_string()],
        )?
        .iter()
        .map(|row| row.get(0).map(DocumentId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    read::load_many(query, &ids)
}

/// Asks that a document be voided because it is about the wrong person.
///
/// # Errors
/// [`DocError::State`] when it is voided already or somebody has asked.
pub fn ask_void(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
    reason: &str,
) -> Result<(), DocError> {
    let now = casework.now();
    let document = read::any(tx, id)?;
    if document.state == State::Voided {
        return Err(DocError::State);
    }
    let asked = tx.execute(
        "insert into document_void (document_id, reason, asked_at, asked_by) values ($1, $2, $3, $4) on conflict (document_id) do nothing",
        &params![id.bytes(), reason, now, by.staff.bytes()],
    )?;
    if asked == 0 {
        return Err(DocError::State);
    }
    let which = (document.kind, id);
    log(
        tx,
        by,
        now,
        which,
        Act::AskVoid,
        &document.clients,
        Some(reason),
    )?;
    Ok(())
}

/// Voids a document that somebody else has asked to be voided.
///
/// # Errors
/// [`DocError::State`] when nobody has asked, [`DocError::SameWorker`] when the same worker asked.
pub fn void(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
) -> Result<(), DocError> {
    let now = casework.now();
    let request = void_request(tx, id)?.ok_or(DocError::State)?;
    if request.asked_by == by.staff {
        return Err(DocError::SameWorker);
    }
    let document = read::any(tx, id)?;
    tx.execute(
        "update document_void set answered_at = $2, answered_by = $3 where document_id = $1",
        &params![id.bytes(), now, by.staff.bytes()],
    )?;
    tx.execute(
        "update document set state = 'voided', changed_at = $2 where id = $1",
        &params![id.bytes(), now],
    )?;
    let which = (document.kind, id);
    log(
        tx,
        by,
        now,
        which,
        Act::Void,
        &document.clients,
        Some(&request.reason),
    )?;
    Ok(())
}
