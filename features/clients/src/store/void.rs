//! A person who was made by mistake is taken out of use, with a trace.

use store::{Query, WriteTx, params};

use super::{By, Desk, add_event};
use crate::domain::ClientError;
use crate::gate::Gate;

/// Takes a person who was made by mistake out of use. Only while nothing rests on her: no open client relation,
/// nobody else at work, nothing on the timeline.
///
/// # Errors
/// [`ClientError::NotFound`] without the right: whoever made her within some days, or the lead of the unit;
/// [`ClientError::OpenMatters`] when something rests on her; [`ClientError::Missing`] without a reason.
pub fn void(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    reason: &str,
) -> Result<(), ClientError> {
    let now = desk.now();
    let given = ["wrong_person_only", "own_entry"];
    let granted = gate.acting("client_basics", "void", "working_age", None, &given)?;
    if reason.trim().is_empty() {
        return Err(ClientError::Missing("reason"));
    }
    let client = gate.client();
    let staff = gate.reader().staff;
    let rests = tx.query(
        "select 1 from relation where client_id = $1 and staff_id <> $2 and kind <> 'recorder' and (ends_at is null or ends_at > $3) union all select 1 from client_relation where client_id = $1 and ended_on is null union all select 1 from timeline_item where client_id = $1",
        &params![client.bytes(), staff.bytes(), now],
    )?;
    if !rests.is_empty() {
        return Err(ClientError::OpenMatters);
    }
    tx.execute(
        "update client set state = 'voided', identity_code = null, identity_hash = null, version = version + 1 where id = $1",
        &params![client.bytes()],
    )?;
    tx.execute(
        "update relation set ends_at = $2, tail_until = $2, ended_by = 'void' where client_id = $1 and (ends_at is null or ends_at > $2)",
        &params![client.bytes(), now],
    )?;
    add_event(tx, desk, client, Some(staff), "voided", reason)?;
    let by = By {
        reader: gate.reader(),
        granted,
        now,
    };
    by.log(tx, "client.void", client, "", Some(reason))?;
    Ok(())
}
