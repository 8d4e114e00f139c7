//! Whoever works with a client asks a leading social worker: to restrict the client to a named unit (bar B08), as when she
//! is a colleague of those who would otherwise answer for her.

use identity::people::{self, Staff, StaffId};
use kernel::time::{SignedDuration, day};
use store::{Query, StoreError, WriteTx, params};

use super::{Desk, told};
use crate::domain::{ClientError, ClientId};
use crate::gate::Gate;
use crate::relations::{self, NewRelation};

/// The task that may restrict a client.
const TASK: &str = "leading_sw";
/// How long the one who is asked sees the client, days (rights of the domain, section 3).
const DAYS: i64 = 14;

/// Who may be asked: leading social workers whom no bar keeps from the client. Whoever could not act is not named.
///
/// # Errors
/// When the engine fails.
pub fn askable(
    tx: &mut impl Query,
    desk: &Desk,
    client: ClientId,
    but: StaffId,
) -> Result<Vec<Staff>, StoreError> {
    let today = day(desk.now());
    let barred: Vec<StaffId> = tx
        .query(
            "select staff_id from kin_bar where client_id = $1 and begins_on <= $2 and ends_on >= $2 union select staff_id from bar where client_id = $1 and kind = 'B19' and ends_at is null",
            &params![client.bytes(), today.to_string()],
        )?
        .iter()
        .map(|row| row.get(0).map(StaffId::from_bytes))
        .collect::<Result<_, _>>()?;
    let mut staff = people::list_staff(tx, today)?;
    staff.retain(|one| {
        one.id != but && one.tasks.iter().any(|task| task == TASK) && !barred.contains(&one.id)
    });
    Ok(staff)
}

/// Asks a leading social worker, who sees the client for two weeks and is told at once.
///
/// # Errors
/// [`ClientError::NotFound`] for a reader who does not work with the client; [`ClientError::Missing`] when nobody who may
/// be asked is named; [`ClientError::Already`] while the same person has been asked.
pub fn ask(tx: &mut WriteTx<'_>, desk: &Desk, gate: &Gate, to: StaffId) -> Result<(), ClientError> {
    let by = gate.by("consultation", "create", desk.now())?;
    let (client, now) = (gate.client(), by.now);
    let may = askable(tx, desk, client, by.staff())?;
    if may.iter().all(|one| one.id != to) {
        return Err(ClientError::Missing("ask"));
    }
    let open = tx.query_optional(
        "select 1 from relation where client_id = $1 and staff_id = $2 and kind = 'consulted' and ends_at > $3",
        &params![client.bytes(), to.bytes(), now],
    )?;
    if open.is_some() {
        return Err(ClientError::Already);
    }
    let new = NewRelation {
        client,
        staff: to,
        kind: "consulted",
        object: None,
        from: now,
        to: Some(now + SignedDuration::from_hours(24 * DAYS)),
        made_by: "restriction_asked",
    };
    relations::begin(tx, &new, desk.tails(), now)?;
    told::tell_staff(
        tx,
        desk,
        to,
        "restriction_asked",
        Some(client),
        Some(by.staff().bytes()),
    )?;
    by.log(tx, "client.consult", client, &format!("to={to}"), None)?;
    Ok(())
}
