//! Exceptional access (perusteltu poikkeuskäyttö): a relation of its own, for four hours, to read only, with a
//! stated reason, told at once to those who answer for the client, and reviewed (rights of the domain, 6.3).

use access::rights::Decision;
use identity::people::StaffId;
use kernel::coded;
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, WriteTx, params};

use super::{By, Desk, told};
use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::{self, Gate, Granted};

coded! {
    /// Why a record is opened exceptionally.
    Reason {
        Urgent = "urgent",
        Present = "present",
        RelationMissing = "relation_missing",
        Safety = "safety",
        Authority = "authority",
        Fault = "fault",
    }
}

coded! {
    /// What the reviewer found.
    Outcome {
        Justified = "justified",
        /// There was a relation that had not been written down; it is now.
        RelationAdded = "relation_added",
        /// Goes on as an incident.
        NotJustified = "not_justified",
    }
}

/// Characters that a reason has at least.
pub const REASON_LENGTH: usize = 20;

/// An exceptional access, for its review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub id: RowId,
    pub client: ClientId,
    pub client_name: String,
    pub staff: StaffId,
    pub staff_name: String,
    pub reason_code: Reason,
    pub reason: String,
    pub opened_at: Timestamp,
    pub ends_at: Timestamp,
    /// The working day by which the lead reviews it.
    pub due_on: Date,
    /// The reader leads the unit that answers for the client.
    pub led: bool,
    /// It has waited so long that the data protection officer looks at it.
    pub escalated: bool,
    pub reviewed: Option<(Timestamp, Outcome, String)>,
}

/// Whether the reader may open the client exceptionally: denied otherwise, and not barred.
pub fn may_open(gate: &Gate) -> Option<Granted> {
    match gate.decide("client_basics", "see_basics", "working_age", None, &[]) {
        Decision::Exceptional(row) => Some(row.into()),
        Decision::Allow(_) | Decision::Deny(_) => None,
    }
}

/// Opens a client for some hours. The own worker and the lead of the responsible unit are told at once; the
/// client sees it in the log. When it ends is returned.
///
/// # Errors
/// [`ClientError::NotFound`] when the reader has no such door, or a bar holds; [`ClientError::Already`] when
/// the client is open to the reader; [`ClientError::Missing`] for a reason that is too short.
pub fn open(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    code: Reason,
    reason: &str,
) -> Result<Timestamp, ClientError> {
    let now = desk.now();
    let Some(granted) = may_open(gate) else {
        let open = gate.decide("client_basics", "see_basics", "working_age", None, &[]);
        return Err(if open.allowed() {
            ClientError::Already
        } else {
            ClientError::NotFound
        });
    };
    let reason = reason.trim();
    if reason.chars().count() < REASON_LENGTH {
        return Err(ClientError::Missing("reason"));
    }
    let by = By {
        reader: gate.reader(),
        granted,
        now,
    };
    let client = gate.client();
    let ends = now + SignedDuration::from_hours(desk.settings.exceptional_hours);
    let due = desk
        .calendar
        .working_days_after(day(now), desk.settings.review_working_days)
        .ok_or(ClientError::Day("due"))?;
    let own_lead = gate.holds("unit_lead") || gate.responsible_unit().is_none();
    let wait = if own_lead {
        0
    } else {
        desk.settings.escalation_days
    };
    let id = desk.row_id();
    tx.execute(
        "insert into exceptional_access (id, client_id, staff_id, unit_id, reason_code, reason, right_row, opened_at, ends_at, due_on, escalates_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &params![
            id,
            client.bytes(),
            by.staff().bytes(),
            gate.responsible_unit().map(|unit| unit.bytes()),
            code.code(),
            reason,
            granted.right,
            now,
            ends,
            due.to_string(),
            now + SignedDuration::from_hours(24 * wait)
        ],
    )?;
    told::tell_own_workers(tx, desk, client, "exceptional", id)?;
    let unit = gate.responsible_unit().filter(|_| !own_lead);
    told::tell_unit_or_officer(tx, desk, unit, client, "exceptional", id)?;
    by.log(tx, "exceptional.open", client, code.code(), Some(reason))?;
    Ok(ends)
}

/// How many reviewed accesses are shown.
const REVIEWED: i64 = 50;

const ACCESSES: &str = "select e.id, e.client_id, c.display_name, e.staff_id, s.name, e.reason_code, e.reason, e.opened_at, e.ends_at, e.due_on, e.escalates_at, e.reviewed_at, e.outcome, e.review_note, case when e.unit_id in (select l.unit_id from unit_leader l where l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2) then 1 else 0 end from exceptional_access e join client c on c.id = e.client_id join staff s on s.id = e.staff_id where e.staff_id <> $1 and (e.unit_id in (select l.unit_id from unit_leader l where l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2) or ($4 = 1 and e.escalates_at <= $3)) and not exists (select 1 from kin_bar k where k.staff_id = $1 and k.client_id = e.client_id and k.begins_on <= $2 and k.ends_on >= $2)";

/// All accesses that wait for the reader's review, the one that has waited longest first: of the units that the
/// reader leads, one's own never; for a data protection officer those that have waited too long.
///
/// # Errors
/// When the engine fails, or a row has a code of another version.
pub fn waiting(
    tx: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<Access>, ClientError> {
    let sql = format!("{ACCESSES} and e.reviewed_at is null order by e.opened_at, e.id");
    accesses(tx, reader, now, &sql, Vec::new())
}

/// The accesses reviewed last, of those that the reader might have reviewed.
///
/// # Errors
/// When the engine fails, or a row has a code of another version.
pub fn reviewed(
    tx: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<Access>, ClientError> {
    let sql = format!(
        "{ACCESSES} and e.reviewed_at is not null order by e.reviewed_at desc, e.id desc limit $5"
    );
    accesses(tx, reader, now, &sql, params![REVIEWED])
}

fn accesses(
    tx: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
    sql: &str,
    more: Vec<store::Value>,
) -> Result<Vec<Access>, ClientError> {
    let officer = gate::general(reader, "exceptional_review", "approve", day(now), &[]).is_ok();
    let mut values = params![
        reader.staff.bytes(),
        day(now).to_string(),
        now,
        i64::from(officer)
    ];
    values.extend(more);
    let rows = tx.query(sql, &values)?;
    rows.iter().map(|row| access(row, now)).collect()
}

fn access(row: &store::Row, now: Timestamp) -> Result<Access, ClientError> {
    let code = |column: usize| row.get::<String>(column);
    let reviewed = match row.get::<Option<Timestamp>>(11)? {
        None => None,
        Some(at) => Some((
            at,
            Outcome::from_code(&code(12)?).ok_or(ClientError::Unreadable)?,
            row.get::<Option<String>>(13)?.unwrap_or_default(),
        )),
    };
    Ok(Access {
        id: RowId::from_bytes(row.get(0)?),
        client: ClientId::from_bytes(row.get(1)?),
        client_name: row.get(2)?,
        staff: StaffId::from_bytes(row.get(3)?),
        staff_name: row.get(4)?,
        reason_code: Reason::from_code(&code(5)?).ok_or(ClientError::Unreadable)?,
        reason: row.get(6)?,
        opened_at: row.get(7)?,
        ends_at: row.get(8)?,
        due_on: row.get(9)?,
        led: row.get(14)?,
        escalated: from_millis(row.get(10)?) <= now,
        reviewed,
    })
}

/// Reviews an access. One that was not justified goes to the data protection officer as an incident.
///
/// # Errors
/// [`ClientError::NotFound`] when it is not for the reader to review; [`ClientError::FourEyes`] for one's own;
/// [`ClientError::Ended`] when reviewed; [`ClientError::Missing`] without words for what was not justified.
pub fn review(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    access: RowId,
    outcome: Outcome,
    note: &str,
) -> Result<(), ClientError> {
    let now = desk.now();
    let row = tx
        .query_optional(
            "select client_id, staff_id, escalates_at, reviewed_at from exceptional_access where id = $1",
            &params![access.bytes()],
        )?
        .ok_or(ClientError::NotFound)?;
    let client = ClientId::from_bytes(row.get(0)?);
    if row.get::<[u8; 16]>(1)? == reader.staff.bytes() {
        return Err(ClientError::FourEyes);
    }
    let gate = Gate::open(tx, reader, client, now)?;
    let escalated = row.get::<i64>(2)? <= millis(now);
    let granted = gate.acting(
        "exceptional_review",
        "approve",
        "na",
        None,
        &["not_own_access"],
    )?;
    // The second line reviews what has waited too long, or what the lead opened.
    if granted.row.shows("second_line") && !escalated {
        return Err(ClientError::NotFound);
    }
    if row.get::<Option<i64>>(3)?.is_some() {
        return Err(ClientError::Ended);
    }
    if outcome == Outcome::NotJustified && note.trim().is_empty() {
        return Err(ClientError::Missing("note"));
    }
    tx.execute(
        "update exceptional_access set reviewed_at = $2, reviewed_by = $3, outcome = $4, review_note = $5 where id = $1",
        &params![
            access.bytes(),
            now,
            reader.staff.bytes(),
            outcome.code(),
            note.trim()
        ],
    )?;
    told::reviewed(tx, access, reader.staff, now)?;
    if outcome == Outcome::NotJustified {
        told::tell_task(
            tx,
            desk,
            "dpo",
            "incident",
            Some(gate.client()),
            Some(access.bytes()),
        )?;
    }
    let by = By {
        reader,
        granted,
        now,
    };
    by.log(
        tx,
        "exceptional.review",
        gate.client(),
        outcome.code(),
        Some(note),
    )?;
    Ok(())
}
