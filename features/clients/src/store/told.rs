//! What is told at once to a person, to whoever leads a unit, or to a task: an exceptional access, an incident, a
//! pause of searches. It waits until somebody to whom it was told has seen it.

use std::collections::HashMap;

use identity::people::{StaffId, UnitId};
use kernel::time::{Date, Timestamp, day};
use store::{Query, Show, StoreError, Value, WriteTx, params, places};

use super::Desk;
use super::exceptional::Reason;
use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::{self, Gate, Granted, Shown};

/// Notices on one page.
const MOST: usize = 100;

/// Something told to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: RowId,
    /// `exceptional`, `incident`, `search_pause`, `search_limit`, `hidden_named`, `colleague_barred`, `disqualified`,
    /// `non_disclosure_ending`, `non_disclosure_ended`.
    pub kind: String,
    /// Told to a unit that the reader leads.
    pub to_unit: bool,
    /// The client's name, only where the reader sees the client's basics anyway.
    pub client: Option<String>,
    /// Who did it.
    pub who: Option<String>,
    /// The colleague whom it keeps from the client.
    pub whom: Option<String>,
    /// Why the client was opened, with the words written.
    pub reason: Option<(Reason, String)>,
    /// The last day of an order of non-disclosure.
    pub last: Option<Date>,
    pub at: Timestamp,
}

/// The condition that a notice `n` was told to the reader, and the values of it: person, day, tasks.
fn addressed(reader: &Reader, now: Timestamp) -> (String, Vec<Value>) {
    let mut values = params![reader.staff.bytes(), day(now).to_string()];
    let tasks = places(reader.subject.tasks.len(), values.len());
    values.extend(reader.subject.tasks.iter().map(|task| task.as_str().into()));
    // Whoever must not see the client is not told of her either.
    let condition = format!(
        "(n.to_staff = $1 or n.to_unit in (select l.unit_id from unit_leader l where l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2) or n.to_task in ({tasks})) and not exists (select 1 from kin_bar k where k.staff_id = $1 and k.client_id = n.client_id and k.begins_on <= $2 and k.ends_on >= $2) and not exists (select 1 from bar d where d.kind = 'B19' and d.staff_id = $1 and d.client_id = n.client_id and d.ends_at is null)"
    );
    (condition, values)
}

fn right(reader: &Reader, action: &str, now: Timestamp) -> Result<Granted, ClientError> {
    gate::general(reader, "notice", action, day(now), &["own_rows"])
}

/// What the reader has not yet seen, newest first, in as many statements whatever there is; says in the log of which
/// clients was told.
///
/// # Errors
/// When the engine fails, or a row has a code of another version.
pub fn read(
    tx: &mut impl Show,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<Notice>, ClientError> {
    let Ok(granted) = right(reader, "read", now) else {
        return Ok(Vec::new());
    };
    let rows = waiting(tx, reader, now)?;
    let mut clients: Vec<ClientId> = Vec::new();
    for row in &rows {
        clients.extend(client_of(row)?);
    }
    clients.sort_unstable();
    clients.dedup();
    let names = names(tx, reader, &clients, now)?;
    let told = rows
        .iter()
        .map(|row| notice(row, &names))
        .collect::<Result<Vec<_>, _>>()?;
    if !clients.is_empty() {
        let shown = Shown {
            clients: clients.into(),
            ..Shown::of("notice.read", ClientId::from_bytes([0; 16]))
        };
        gate::log(tx, reader, &granted, now, &shown)?;
    }
    Ok(told)
}

fn waiting(
    tx: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<store::Row>, StoreError> {
    let (condition, values) = addressed(reader, now);
    tx.query(
        &format!("select n.id, n.kind, n.client_id, n.at, case when n.to_unit is null then 0 else 1 end, s.name, e.reason_code, e.reason, o.ends_on, b.name from client_notice n left join non_disclosure o on o.id = n.object_id left join exceptional_access e on e.id = n.object_id left join related_person p on p.id = n.object_id left join staff b on b.identity_hash = p.identity_hash left join staff s on s.id = coalesce(e.staff_id, p.recorded_by, n.object_id) where n.seen_at is null and {condition} order by n.at desc, n.id desc limit {MOST}"),
        &values,
    )
}

fn client_of(row: &store::Row) -> Result<Option<ClientId>, StoreError> {
    Ok(row.get::<Option<[u8; 16]>>(2)?.map(ClientId::from_bytes))
}

/// Names of those clients whose basics the reader sees.
fn names(
    tx: &mut impl Query,
    reader: &Reader,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<HashMap<ClientId, String>, ClientError> {
    if clients.is_empty() {
        return Ok(HashMap::new());
    }
    let seen: Vec<ClientId> = Gate::open_many(tx, reader, clients, now)?
        .iter()
        .filter(|gate| {
            gate.decide("client_basics", "see_basics", "working_age", None, &[])
                .allowed()
        })
        .map(Gate::client)
        .collect();
    if seen.is_empty() {
        return Ok(HashMap::new());
    }
    let values: Vec<Value> = seen.iter().map(|client| client.bytes().into()).collect();
    let sql = format!(
        "select id, display_name from client where id in ({})",
        places(values.len(), 0)
    );
    tx.query(&sql, &values)?
        .iter()
        .map(|row| Ok((ClientId::from_bytes(row.get(0)?), row.get(1)?)))
        .collect()
}

fn notice(row: &store::Row, names: &HashMap<ClientId, String>) -> Result<Notice, ClientError> {
    let reason = match row.get::<Option<String>>(6)? {
        None => None,
        Some(code) => Some((
            Reason::from_code(&code).ok_or(ClientError::Unreadable)?,
            row.get::<Option<String>>(7)?.unwrap_or_default(),
        )),
    };
    Ok(Notice {
        id: RowId::from_bytes(row.get(0)?),
        kind: row.get(1)?,
        to_unit: row.get(4)?,
        client: client_of(row)?.and_then(|client| names.get(&client).cloned()),
        who: row.get(5)?,
        whom: row.get(9)?,
        reason,
        last: row.get(8)?,
        at: row.get(3)?,
    })
}

/// Marks a notice as seen. `false` when somebody to whom it was told has done so already.
///
/// # Errors
/// [`ClientError::NotFound`] when it was not told to the reader.
pub fn mark_seen(
    tx: &mut WriteTx<'_>,
    reader: &Reader,
    id: RowId,
    now: Timestamp,
) -> Result<bool, ClientError> {
    let granted = right(reader, "finish", now)?;
    let (condition, mut values) = addressed(reader, now);
    values.push(id.bytes().into());
    let row = tx
        .query_optional(
            &format!(
                "select n.kind, n.client_id, n.seen_at from client_notice n where n.id = ${} and {condition}",
                values.len()
            ),
            &values,
        )?
        .ok_or(ClientError::NotFound)?;
    if row.get::<Option<i64>>(2)?.is_some() {
        return Ok(false);
    }
    tx.execute(
        "update client_notice set seen_at = $2, seen_by = $3 where id = $1 and seen_at is null",
        &params![id.bytes(), now, reader.staff.bytes()],
    )?;
    let client = row.get::<Option<[u8; 16]>>(1)?.map(ClientId::from_bytes);
    let shown = Shown {
        event: "notice.seen",
        clients: client.into_iter().collect(),
        detail: format!("{} {id}", row.get::<String>(0)?).into(),
        content: None,
    };
    gate::log(tx, reader, &granted, now, &shown)?;
    Ok(true)
}

pub(crate) fn tell_staff(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    staff: StaffId,
    kind: &str,
    client: Option<ClientId>,
    object: Option<[u8; 16]>,
) -> Result<(), StoreError> {
    tell(tx, desk, (Some(staff), None, None), kind, client, object)
}

pub(crate) fn tell_unit(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    unit: UnitId,
    kind: &str,
    client: Option<ClientId>,
    object: Option<[u8; 16]>,
) -> Result<(), StoreError> {
    tell(tx, desk, (None, Some(unit), None), kind, client, object)
}

pub(crate) fn tell_task(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    task: &str,
    kind: &str,
    client: Option<ClientId>,
    object: Option<[u8; 16]>,
) -> Result<(), StoreError> {
    tell(tx, desk, (None, None, Some(task)), kind, client, object)
}

fn tell(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    (staff, unit, task): (Option<StaffId>, Option<UnitId>, Option<&str>),
    kind: &str,
    client: Option<ClientId>,
    object: Option<[u8; 16]>,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into client_notice (id, to_staff, to_unit, to_task, client_id, kind, object_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            desk.row_id(),
            staff.map(|staff| staff.bytes()),
            unit.map(|unit| unit.bytes()),
            task,
            client.map(|client| client.bytes()),
            kind,
            object,
            desk.now()
        ],
    )?;
    Ok(())
}

/// Tells those who are the client's own worker now. `false` when nobody is.
pub(crate) fn tell_own_workers(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    kind: &str,
    object: [u8; 16],
) -> Result<bool, StoreError> {
    let own = tx.query(
        "select distinct staff_id from relation where client_id = $1 and kind = 'own_worker' and began_at <= $2 and (ends_at is null or ends_at > $2) order by staff_id",
        &params![client.bytes(), desk.now()],
    )?;
    for row in &own {
        let staff = StaffId::from_bytes(row.get(0)?);
        tell_staff(tx, desk, staff, kind, Some(client), Some(object))?;
    }
    Ok(!own.is_empty())
}

/// Tells whoever leads the unit; without a unit, the data protection officer.
pub(crate) fn tell_unit_or_officer(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    unit: Option<UnitId>,
    client: ClientId,
    kind: &str,
    object: [u8; 16],
) -> Result<(), StoreError> {
    match unit {
        Some(unit) => tell_unit(tx, desk, unit, kind, Some(client), Some(object)),
        None => tell_task(tx, desk, "dpo", kind, Some(client), Some(object)),
    }
}

/// Tells whoever leads the client's unit and may be told of the client; without anybody, the data protection officer.
pub(crate) fn tell_leads(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    unit: Option<UnitId>,
    client: ClientId,
    kind: &str,
    object: [u8; 16],
) -> Result<(), StoreError> {
    let unit = match unit {
        Some(unit) if leader(tx, unit, client, desk.now())?.is_some() => Some(unit),
        _ => None,
    };
    tell_unit_or_officer(tx, desk, unit, client, kind, object)
}

/// Who leads the unit today and is not barred from the client, the lead before deputies.
///
/// # Errors
/// When the engine fails.
pub fn leader(
    tx: &mut impl Query,
    unit: UnitId,
    client: ClientId,
    now: Timestamp,
) -> Result<Option<StaffId>, StoreError> {
    tx.query_optional(
        "select l.staff_id from unit_leader l join unit u on u.id = l.unit_id where l.unit_id = $1 and l.begins_on <= $3 and l.ends_on >= $3 and not exists (select 1 from kin_bar k where k.staff_id = l.staff_id and k.client_id = $2 and k.begins_on <= $3 and k.ends_on >= $3) and not exists (select 1 from bar b where b.kind = 'B19' and b.client_id = $2 and b.staff_id = l.staff_id and b.ends_at is null) order by case when l.staff_id = u.lead_id then 0 else 1 end, l.staff_id limit 1",
        &params![unit.bytes(), client.bytes(), day(now).to_string()],
    )?
    .map(|row| row.get(0).map(StaffId::from_bytes))
    .transpose()
}

/// An access has been reviewed: what was told of it to the unit or the task has been dealt with.
pub(super) fn reviewed(
    tx: &mut WriteTx<'_>,
    access: RowId,
    by: StaffId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update client_notice set seen_at = $2, seen_by = $3 where object_id = $1 and kind = 'exceptional' and to_staff is null and seen_at is null",
        &params![access.bytes(), now, by.bytes()],
    )?;
    Ok(())
}
