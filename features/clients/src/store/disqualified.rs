//! A worker's own disqualification (jääviys) from one client, told by the worker without being asked why (611/2021 102 §,
//! 434/2003 27-30 §; bar B19): the record closes, what the worker answered for goes to others, and the leads are told.

use std::sync::Arc;

use identity::people::{StaffId, UnitId};
use kernel::time::Timestamp;
use store::{Query, StoreError, WriteTx, params};

use super::{By, Desk, add_event, told, touch};
use crate::domain::{ClientError, ClientId, RowId};
use crate::gate::Gate;

pub use super::told::leader;

/// What another room lets its people answer for of a client.
pub trait Release: Send + Sync {
    /// Gives all of it that the worker answers for, or works on, to others of its unit; how much that was.
    ///
    /// # Errors
    /// When the engine fails.
    fn release(&self, tx: &mut WriteTx<'_>, from: &Released<'_>) -> Result<usize, StoreError>;
}

/// All rooms that let people answer for something of a client; `app` collects them into the house.
#[derive(Clone, Default)]
pub struct Releases(pub Vec<Arc<dyn Release>>);

/// Who stands down, from whom, by which right.
#[derive(Debug, Clone, Copy)]
pub struct Released<'a> {
    pub by: By<'a>,
    pub client: ClientId,
}

impl Released<'_> {
    pub const fn staff(&self) -> StaffId {
        self.by.reader.staff
    }
}

/// A disqualification in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disqualified {
    pub id: RowId,
    pub name: String,
    pub since: Timestamp,
}

/// Closes the record from the worker who declares it, from this moment on. What she answered for goes to the duty of its
/// unit, relations and rights to protected details end without a tail, and whoever leads the client's unit and whoever
/// leads the worker's is told. Of the ground nothing is asked.
///
/// # Errors
/// [`ClientError::NotFound`] for a worker who does not see the client.
pub fn declare(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    rooms: &Releases,
) -> Result<usize, ClientError> {
    let now = desk.now();
    gate.by("client_basics", "see_basics", now)?;
    let by = gate.by("disqualification", "create", now)?;
    let (client, staff) = (gate.client(), by.staff());
    tx.execute(
        "insert into bar (id, client_id, staff_id, kind, began_at, reason, source, made_by) values ($1, $2, $3, 'B19', $4, '', 'self', $3)",
        &params![desk.row_id(), client.bytes(), staff.bytes(), now],
    )?;
    let released = Released { by, client };
    let mut count = 0;
    for room in &rooms.0 {
        count += room.release(tx, &released)?;
    }
    tx.execute(
        "update relation set ends_at = case when ends_at <= $3 then ends_at else $3 end, tail_until = case when ends_at <= $3 then ends_at else $3 end, ended_by = coalesce(ended_by, 'disqualified') where client_id = $1 and staff_id = $2 and (ends_at is null or ends_at > $3 or tail_until > $3)",
        &params![client.bytes(), staff.bytes(), now],
    )?;
    tx.execute(
        "update secret_right set ended_at = $3, ended_by = $2 where client_id = $1 and staff_id = $2 and ended_at is null",
        &params![client.bytes(), staff.bytes(), now],
    )?;
    touch(tx, client)?;
    add_event(tx, desk, client, Some(staff), "disqualified", "")?;
    let detail = format!("released={count}");
    by.log(tx, "client.disqualify", client, &detail, None)?;
    tell(tx, desk, gate, staff)?;
    Ok(count)
}

fn tell(tx: &mut WriteTx<'_>, desk: &Desk, gate: &Gate, staff: StaffId) -> Result<(), StoreError> {
    let (answers, own) = (gate.responsible_unit(), gate.reader().unit);
    let units: &[Option<UnitId>] = if answers == Some(own) {
        &[answers]
    } else {
        &[answers, Some(own)]
    };
    for unit in units {
        let kind = "disqualified";
        told::tell_leads(tx, desk, *unit, gate.client(), kind, staff.bytes())?;
    }
    Ok(())
}

/// Lifts a disqualification that no longer holds. Nothing comes back by itself: whoever is to work again is named again.
///
/// # Errors
/// [`ClientError::NotFound`] unless the reader leads the client's unit; [`ClientError::Missing`] without a reason;
/// [`ClientError::Ended`] when there is none of that id.
pub fn lift(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    row: RowId,
    reason: &str,
) -> Result<(), ClientError> {
    let by = gate.by("disqualification", "correct", desk.now())?;
    if reason.trim().is_empty() {
        return Err(ClientError::Missing("reason"));
    }
    let lifted = tx.query_optional(
        "update bar set ends_at = $3 where id = $1 and client_id = $2 and kind = 'B19' and ends_at is null returning staff_id",
        &params![row.bytes(), gate.client().bytes(), by.now],
    )?;
    let staff = match lifted {
        Some(row) => StaffId::from_bytes(row.get(0)?),
        None => return Err(ClientError::Ended),
    };
    touch(tx, gate.client())?;
    let who = Some(by.staff());
    add_event(tx, desk, gate.client(), who, "qualified", reason)?;
    let detail = format!("staff={staff}");
    by.log(
        tx,
        "client.disqualify_end",
        gate.client(),
        &detail,
        Some(reason),
    )?;
    Ok(())
}

/// Who is disqualified from the client now, by name.
///
/// # Errors
/// When the engine fails.
pub fn now(tx: &mut impl Query, client: ClientId) -> Result<Vec<Disqualified>, StoreError> {
    tx.query(
        "select b.id, s.name, b.began_at from bar b join staff s on s.id = b.staff_id where b.client_id = $1 and b.kind = 'B19' and b.ends_at is null order by s.sort_key, b.id",
        &params![client.bytes()],
    )?
    .iter()
    .map(|row| {
        Ok(Disqualified {
            id: RowId::from_bytes(row.get(0)?),
            name: row.get(1)?,
            since: row.get(2)?,
        })
    })
    .collect()
}
