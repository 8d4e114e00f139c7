//! Steps: what was agreed to be done next, by whom and by when.

use casework::domain::MatterId;
use casework::store::{Acting, Casework};
use clients::ClientId;
use documents::{DocError, Document, DocumentId};
use identity::people::StaffId;
use kernel::time::{Date, Timestamp};
use store::{Query, Row, StoreError, WriteTx, params};

use super::{log, unreadable};
use crate::domain::{Owner, StepId};

/// Steps that a list holds.
const MOST: i64 = 100;

/// A step with everything checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// Line of the note, from 1.
    pub line: usize,
    pub what: String,
    pub owner: Owner,
    pub due: Date,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub id: StepId,
    pub document: DocumentId,
    pub matter: MatterId,
    pub what: String,
    /// The one client whom it concerns; `None` for all of the note's.
    pub client: Option<ClientId>,
    pub staff: Option<StaffId>,
    /// The worker's or the partner's name; empty when a client does it.
    pub owner: String,
    pub due: Date,
    pub open: bool,
    pub done: bool,
    pub ended_at: Option<Timestamp>,
}

const COLUMNS: &str = "select t.id, t.document_id, t.matter_id, t.what, t.client_id, t.owner_staff, coalesce(s.name, t.owner_name, ''), t.due_on, t.state, t.ended_at from note_step t join document d on d.id = t.document_id left join staff s on s.id = t.owner_staff";

fn from_row(row: &Row) -> Result<Step, StoreError> {
    let state: String = row.get(8)?;
    Ok(Step {
        id: StepId::from_bytes(row.get(0)?),
        document: DocumentId::from_bytes(row.get(1)?),
        matter: MatterId::from_bytes(row.get(2)?),
        what: row.get(3)?,
        client: row.get::<Option<[u8; 16]>>(4)?.map(ClientId::from_bytes),
        staff: row.get::<Option<[u8; 16]>>(5)?.map(StaffId::from_bytes),
        owner: row.get(6)?,
        due: row.get::<String>(7)?.parse().map_err(|_| unreadable())?,
        open: state == "open",
        done: state == "done",
        ended_at: row.get(9)?,
    })
}

/// Makes the steps of a finished note be those that it tells of: a line that was done already stays as it is, one that
/// is no longer there is dropped.
///
/// # Errors
/// When the engine fails.
pub fn put(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    document: &Document,
    steps: &[NewStep],
) -> Result<(), StoreError> {
    let now = casework.now();
    for step in steps {
        let (kind, staff, client, name) = match &step.owner {
            Owner::Worker(staff) => ("worker", Some(staff.bytes()), None, None),
            Owner::Client(client) => ("client", None, Some(client.bytes()), None),
            Owner::Other(name) => ("other", None, None, Some(name.as_str())),
        };
        let id = StepId::new(&*casework.clock, &*casework.chance);
        tx.execute(
            "insert into note_step (id, document_id, matter_id, line, what, owner_kind, owner_staff, client_id, owner_name, due_on, state, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12) on conflict (document_id, line) do update set what = excluded.what, owner_kind = excluded.owner_kind, owner_staff = excluded.owner_staff, client_id = excluded.client_id, owner_name = excluded.owner_name, due_on = excluded.due_on, state = 'open', ended_at = null, ended_by = null, ended_in = null where note_step.state <> 'done'",
            &params![
                id.bytes(),
                document.id.bytes(),
                document.matter.bytes(),
                i64::try_from(step.line).unwrap_or(0),
                &step.what,
                kind,
                staff,
                client,
                name,
                step.due.to_string(),
                now,
                by.staff.bytes()
            ],
        )?;
    }
    let told: Vec<String> = steps.iter().map(|step| step.line.to_string()).collect();
    let others = if told.is_empty() {
        String::new()
    } else {
        format!(" and line not in ({})", told.join(", "))
    };
    tx.execute(
        &format!("update note_step set state = 'dropped', ended_at = $2, ended_by = $3 where document_id = $1 and state = 'open'{others}"),
        &params![document.id.bytes(), now, by.staff.bytes()],
    )
    .map(drop)
}

/// The note was voided: nothing that it agreed on is open any more.
///
/// # Errors
/// When the engine fails.
pub fn drop_all(
    tx: &mut WriteTx<'_>,
    document: DocumentId,
    by: StaffId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update note_step set state = 'dropped', ended_at = $2, ended_by = $3 where document_id = $1 and state = 'open'",
        &params![document.bytes(), now, by.bytes()],
    )
    .map(drop)
}

/// A step is done; told in a note, or alone. Gives whether it was open until now.
///
/// # Errors
/// When the engine fails.
pub fn done(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    step: &Step,
    concerned: &[ClientId],
    told_in: Option<DocumentId>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let ended = tx.execute(
        "update note_step set state = 'done', ended_at = $2, ended_by = $3, ended_in = $4 where id = $1 and state = 'open'",
        &params![
            step.id.bytes(),
            now,
            by.staff.bytes(),
            told_in.map(|document| document.bytes())
        ],
    )?;
    if ended == 0 {
        return Ok(false);
    }
    log(
        tx,
        by,
        now,
        "note.step_done",
        concerned,
        &step.id.to_string(),
    )?;
    Ok(true)
}

/// One step.
///
/// # Errors
/// [`DocError::NotFound`] when there is none.
pub fn load(query: &mut impl Query, id: StepId) -> Result<Step, DocError> {
    query
        .query_optional(&format!("{COLUMNS} where t.id = $1"), &params![id.bytes()])?
        .map(|row| from_row(&row))
        .transpose()?
        .ok_or(DocError::NotFound)
}

/// The steps of a note, in their order.
///
/// # Errors
/// When the engine fails.
pub fn of_note(query: &mut impl Query, document: DocumentId) -> Result<Vec<Step>, StoreError> {
    select(
        query,
        "where t.document_id = $1 and t.state <> 'dropped' order by t.line",
        &params![document.bytes()],
    )
}

/// The open steps of a matter, the nearest first. Whose they are is for the caller to sort out.
///
/// # Errors
/// When the engine fails.
pub fn open_of(query: &mut impl Query, matter: MatterId) -> Result<Vec<Step>, StoreError> {
    select(
        query,
        &format!(
            "where t.matter_id = $1 and t.state = 'open' and d.state <> 'voided' order by t.due_on, t.id limit {MOST}"
        ),
        &params![matter.bytes()],
    )
}

/// The open steps of a worker, the nearest first.
///
/// # Errors
/// When the engine fails.
pub fn open_for(query: &mut impl Query, staff: StaffId) -> Result<Vec<Step>, StoreError> {
    select(
        query,
        &format!(
            "where t.owner_staff = $1 and t.state = 'open' and d.state <> 'voided' order by t.due_on, t.id limit {MOST}"
        ),
        &params![staff.bytes()],
    )
}

/// The steps that a worker pressed done since a moment, told in no note, newest first.
///
/// # Errors
/// When the engine fails.
pub fn done_by(
    query: &mut impl Query,
    staff: StaffId,
    since: Timestamp,
) -> Result<Vec<Step>, StoreError> {
    select(
        query,
        &format!(
            "where t.ended_by = $1 and t.ended_at >= $2 and t.state = 'done' and t.ended_in is null and d.state <> 'voided' order by t.ended_at desc, t.id limit {MOST}"
        ),
        &params![staff.bytes(), since],
    )
}

fn select(
    query: &mut impl Query,
    which: &str,
    values: &[store::Value],
) -> Result<Vec<Step>, StoreError> {
    query
        .query(&format!("{COLUMNS} {which}"), values)?
        .iter()
        .map(from_row)
        .collect()
}

/// The steps of other notes that a note told to be done.
///
/// # Errors
/// When the engine fails.
pub fn ended_in(query: &mut impl Query, document: DocumentId) -> Result<Vec<Step>, StoreError> {
    select(
        query,
        "where t.ended_in = $1 and t.state = 'done' order by t.due_on, t.id",
        &params![document.bytes()],
    )
}
