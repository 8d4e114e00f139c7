//! A document stored about the wrong person is voided by two: one worker asks, another one voids it or refuses.

use casework::store::{Acting, Casework};
use identity::people::StaffId;
use kernel::time::{Date, SignedDuration, Timestamp};
use store::{Query, Row, StoreError, WriteTx, params};

use super::{log, read, row_id};
use crate::domain::{DocError, Document, DocumentId, Kind, State};
use crate::events::Act;

/// How long a refusal is told, to whoever asked and to whoever refused.
const TOLD: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A wish to void a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidRequest {
    pub reason: String,
    pub asked_at: Timestamp,
    pub asked_by: StaffId,
    /// Name of who asked.
    pub asker: String,
}

/// A wish that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub request: VoidRequest,
    pub at: Timestamp,
    /// Name of who answered.
    pub by: String,
    /// Why it was refused; empty for a document that was voided.
    pub words: String,
}

/// Where a wish to void a document stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Asked(VoidRequest),
    Voided(Answered),
    /// The document stays; whoever asked may ask again.
    Refused(Answered),
}

impl Wish {
    /// Whether it waits for its answer.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Asked(_))
    }
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

/// The wish to void a document and its answer; none when nobody has asked, or a refusal was told long enough.
///
/// # Errors
/// When the engine fails.
pub fn void_wish(
    query: &mut impl Query,
    document: &Document,
    now: Timestamp,
) -> Result<Option<Wish>, StoreError> {
    let id = document.id.bytes();
    if document.state == State::Voided {
        let row = query.query_optional(
            "select v.reason, v.asked_at, v.asked_by, s.name, v.answered_at, w.name, '' from document_void v join staff s on s.id = v.asked_by join staff w on w.id = v.answered_by where v.document_id = $1",
            &params![id],
        )?;
        return row.map(|row| answered(&row).map(Wish::Voided)).transpose();
    }
    if let Some(asked) = void_request(query, document.id)? {
        return Ok(Some(Wish::Asked(asked)));
    }
    query
        .query_optional(
            "select r.reason, r.asked_at, r.asked_by, s.name, r.refused_at, w.name, r.words from document_void_refused r join staff s on s.id = r.asked_by join staff w on w.id = r.refused_by where r.document_id = $1 and r.refused_at > $2 order by r.refused_at desc, r.id desc limit 1",
            &params![id, now - TOLD],
        )?
        .map(|row| answered(&row).map(Wish::Refused))
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

fn answered(row: &Row) -> Result<Answered, StoreError> {
    Ok(Answered {
        request: request(row)?,
        at: row.get(4)?,
        by: row.get(5)?,
        words: row.get(6)?,
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
    // `cross join` has SQLite begin with the few that wait, not with every document.
    let ids = query
        .query(
            "select distinct d.id, v.asked_at from document_void v cross join document d join matter m on m.id = d.matter_id join unit_leader l on l.unit_id = m.holder_unit where d.id = v.document_id and d.kind = $1 and l.staff_id = $2 and l.begins_on <= $3 and l.ends_on >= $3 and v.answered_at is null and v.asked_by <> $2 order by v.asked_at, d.id limit 100",
            &params![kind.code(), lead.bytes(), today.to_string()],
        )?
        .iter()
        .map(|row| row.get(0).map(DocumentId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    read::load_many(query, &ids)
}

/// Documents of a kind that the worker asked to be voided and somebody refused, with the reason, the newest refusal first. One
/// of which the same was asked again is left out.
///
/// # Errors
/// When the engine fails.
pub fn refused_to(
    query: &mut impl Query,
    kind: Kind,
    asker: StaffId,
    now: Timestamp,
) -> Result<Vec<(Document, String)>, StoreError> {
    let mut ids = Vec::new();
    let mut words = Vec::new();
    for row in query.query(
        "select r.document_id, r.words from document_void_refused r join document d on d.id = r.document_id where d.kind = $1 and r.asked_by = $2 and r.refused_at > $3 and d.state <> 'voided' and not exists (select 1 from document_void v where v.document_id = r.document_id) and not exists (select 1 from document_void_refused x where x.document_id = r.document_id and x.refused_at > r.refused_at) order by r.refused_at desc, r.id limit 100",
        &params![kind.code(), asker.bytes(), now - TOLD],
    )? {
        ids.push(DocumentId::from_bytes(row.get(0)?));
        words.push(row.get::<String>(1)?);
    }
    // Each of them is there: a row of the refusal refers to it.
    Ok(read::load_many(query, &ids)?
        .into_iter()
        .zip(words)
        .collect())
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

/// The document of an open wish, and the wish, for somebody who did not ask.
fn asked_by_another(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    id: DocumentId,
) -> Result<(Document, VoidRequest), DocError> {
    let request = void_request(tx, id)?.ok_or(DocError::State)?;
    if request.asked_by == by.staff {
        return Err(DocError::SameWorker);
    }
    Ok((read::any(tx, id)?, request))
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
    let (document, request) = asked_by_another(tx, by, id)?;
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

/// Refuses to void a document, with the reason: it stays as it is, and whoever asked is told.
///
/// # Errors
/// As [`void`].
pub fn refuse_void(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
    words: &str,
) -> Result<(), DocError> {
    let now = casework.now();
    let (document, request) = asked_by_another(tx, by, id)?;
    tx.execute(
        "insert into document_void_refused (id, document_id, reason, asked_at, asked_by, words, refused_at, refused_by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            row_id(casework),
            id.bytes(),
            request.reason.as_str(),
            request.asked_at,
            request.asked_by.bytes(),
            words,
            now,
            by.staff.bytes()
        ],
    )?;
    tx.execute(
        "delete from document_void where document_id = $1",
        &params![id.bytes()],
    )?;
    let which = (document.kind, id);
    log(
        tx,
        by,
        now,
        which,
        Act::RefuseVoid,
        &document.clients,
        Some(words),
    )?;
    Ok(())
}
