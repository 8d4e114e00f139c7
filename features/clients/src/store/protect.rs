//! The rights to protected details, and restrictions of a client to a named unit. Law 661/2009 36-37 §; rights of the
//! domain, bars B07 and B08. Orders of non-disclosure (turvakielto) are in [`orders`](super::orders).

use identity::people::{StaffId, UnitId};
use kernel::time::{Date, SignedDuration, day, millis};
use store::{Query, WriteTx, params};

pub use super::orders::{
    NewOrder, NonDisclosure, end_non_disclosure, set_non_disclosure, write_order,
};
use super::{Desk, add_event, touch};
use crate::domain::{ClientError, ClientId, RowId};
use crate::gate::Gate;

/// Longest time of a right to protected details, days.
const LONGEST_RIGHT: i32 = 366;
/// A restriction of a client is looked at again after so many days (6 months).
const REVIEW_AFTER: SignedDuration = SignedDuration::from_hours(24 * 182);

/// A right to protected details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretRight {
    pub id: RowId,
    pub staff: StaffId,
    pub name: String,
    pub task: String,
    pub given_by: String,
    pub from: Date,
    pub to: Date,
    pub ended: bool,
}

/// Opens or protects one detail.
///
/// # Errors
/// [`ClientError::NotFound`] without the right: to correct the basics when it is protected, to correct
/// protected details when it is opened.
pub fn set_protected(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    row: RowId,
    protect: bool,
) -> Result<(), ClientError> {
    let class = if protect {
        "client_basics"
    } else {
        "contact_details_secret"
    };
    let by = gate.by(class, "correct", desk.now())?;
    let found = tx
        .query_optional(
            "select kind, value, ended_at from client_detail where id = $1 and client_id = $2",
            &params![row.bytes(), gate.client().bytes()],
        )?
        .ok_or(ClientError::NotFound)?;
    let phone = matches!(found.get::<String>(0)?.as_str(), "phone" | "safe_number");
    let digits = (phone && !protect && found.get::<Option<i64>>(2)?.is_none())
        .then(|| super::details::digits(&found.get::<String>(1).unwrap_or_default()))
        .flatten();
    tx.execute(
        "update client_detail set protected = $2, digits = $3 where id = $1",
        &params![row.bytes(), protect, digits],
    )?;
    touch(tx, gate.client())?;
    let what = if protect { "protect" } else { "open" };
    by.log(tx, "client.detail_protect", gate.client(), what, None)?;
    Ok(())
}

/// Gives a worker the right to the protected details of a client, for a stated task, until a day.
///
/// # Errors
/// [`ClientError::NotFound`] unless the giver leads the client's unit or decides the client's matter;
/// [`ClientError::FourEyes`] to oneself; [`ClientError::Missing`] without a task; [`ClientError::Day`] for a
/// day in the past or over a year away.
pub fn give_secret_right(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    to: StaffId,
    task: &str,
    until: Date,
) -> Result<(), ClientError> {
    let by = gate.by("secret_right", "create", desk.now())?;
    let today = day(by.now);
    if to == by.staff() {
        return Err(ClientError::FourEyes);
    }
    if task.trim().is_empty() {
        return Err(ClientError::Missing("task"));
    }
    let days = until.since(today).map_or(0, |span| span.get_days());
    if until < today || days > LONGEST_RIGHT {
        return Err(ClientError::Day("until"));
    }
    tx.execute(
        "insert into secret_right (id, client_id, staff_id, task, given_by, given_at, begins_on, ends_on) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            desk.row_id(),
            gate.client().bytes(),
            to.bytes(),
            task.trim(),
            by.staff().bytes(),
            by.now,
            today.to_string(),
            until.to_string()
        ],
    )?;
    by.log(
        tx,
        "client.secret_right",
        gate.client(),
        &format!("to={to}"),
        None,
    )?;
    Ok(())
}

/// Takes a right to protected details back at once.
///
/// # Errors
/// [`ClientError::NotFound`] without the right to give them, or when there is none of that id.
pub fn end_secret_right(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    row: RowId,
) -> Result<(), ClientError> {
    let by = gate.by("secret_right", "create", desk.now())?;
    let ended = tx.execute(
        "update secret_right set ended_at = $3, ended_by = $4 where id = $1 and client_id = $2 and ended_at is null",
        &params![row.bytes(), gate.client().bytes(), by.now, by.staff().bytes()],
    )?;
    if ended == 0 {
        return Err(ClientError::NotFound);
    }
    by.log(tx, "client.secret_right_end", gate.client(), "", None)?;
    Ok(())
}

/// The rights to protected details of a client, newest first.
///
/// # Errors
/// When the engine fails.
pub fn secret_rights(
    tx: &mut impl Query,
    client: ClientId,
) -> Result<Vec<SecretRight>, ClientError> {
    tx.query(
        "select r.id, r.staff_id, s.name, r.task, g.name, r.begins_on, r.ends_on, r.ended_at from secret_right r join staff s on s.id = r.staff_id join staff g on g.id = r.given_by where r.client_id = $1 order by r.given_at desc, r.id",
        &params![client.bytes()],
    )?
    .iter()
    .map(|row| {
        Ok(SecretRight {
            id: RowId::from_bytes(row.get(0)?),
            staff: StaffId::from_bytes(row.get(1)?),
            name: row.get(2)?,
            task: row.get(3)?,
            given_by: row.get(4)?,
            from: row.get(5)?,
            to: row.get(6)?,
            ended: row.get::<Option<i64>>(7)?.is_some(),
        })
    })
    .collect()
}

/// Restricts a client to named persons of one unit (bar B08): nobody else sees that she is here.
///
/// # Errors
/// [`ClientError::NotFound`] without the right of a leading social worker; [`ClientError::Missing`] without a
/// reason or without anybody named; [`ClientError::Already`] when restricted.
pub fn restrict(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    unit: UnitId,
    named: &[StaffId],
    reason: &str,
) -> Result<(), ClientError> {
    let by = gate.by("bar_register", "create", desk.now())?;
    if reason.trim().is_empty() {
        return Err(ClientError::Missing("reason"));
    }
    if named.is_empty() {
        return Err(ClientError::Missing("named"));
    }
    let open = tx.query(
        "select 1 from bar where client_id = $1 and kind = 'B08' and ends_at is null",
        &params![gate.client().bytes()],
    )?;
    if !open.is_empty() {
        return Err(ClientError::Already);
    }
    let id = desk.row_id();
    tx.execute(
        "insert into bar (id, client_id, unit_id, kind, began_at, review_on, reason, source, made_by) values ($1, $2, $3, 'B08', $4, $5, $6, 'lead', $7)",
        &params![
            id,
            gate.client().bytes(),
            unit.bytes(),
            millis(by.now),
            day(by.now + REVIEW_AFTER).to_string(),
            reason,
            by.staff().bytes()
        ],
    )?;
    for staff in named {
        tx.execute(
            "insert into bar_exempt (bar_id, staff_id) values ($1, $2) on conflict do nothing",
            &params![id, staff.bytes()],
        )?;
    }
    touch(tx, gate.client())?;
    add_event(
        tx,
        desk,
        gate.client(),
        Some(by.staff()),
        "restricted",
        reason,
    )?;
    by.log(
        tx,
        "client.restrict",
        gate.client(),
        &format!("named={}", named.len()),
        Some(reason),
    )?;
    Ok(())
}

/// Lifts the restriction of a client.
///
/// # Errors
/// [`ClientError::NotFound`] without the right; [`ClientError::Ended`] when there is none.
pub fn lift_restriction(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    reason: &str,
) -> Result<(), ClientError> {
    let by = gate.by("bar_register", "correct", desk.now())?;
    let ended = tx.execute(
        "update bar set ends_at = $2 where client_id = $1 and kind = 'B08' and ends_at is null",
        &params![gate.client().bytes(), by.now],
    )?;
    if ended == 0 {
        return Err(ClientError::Ended);
    }
    touch(tx, gate.client())?;
    add_event(
        tx,
        desk,
        gate.client(),
        Some(by.staff()),
        "unrestricted",
        reason,
    )?;
    by.log(tx, "client.unrestrict", gate.client(), "", Some(reason))?;
    Ok(())
}
