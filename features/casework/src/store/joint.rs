//! A joint matter (yhteinen asia): clients join and leave, each with a record of its own.

use clients::{ClientId, Reader};
use kernel::time::millis;
use store::{Query, WriteTx, params};

use crate::domain::{MatterError, MatterId};
use crate::store::facts::Facts;
use crate::store::{By, Casework, add_event, log, open, relation, timeline};

/// A client joins the matter. Everybody who works on the matter works for the new client too.
///
/// # Errors
/// [`MatterError::ClientAlready`], [`MatterError::Ended`], and [`MatterError::NotFound`] without a right over the matter
/// or the client.
pub fn join(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    client: ClientId,
) -> Result<(), MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let by = By::Worker(facts.authorise(reader, "matter", "edit_draft")?);
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended);
    }
    if facts.clients().contains(&client) {
        return Err(MatterError::ClientAlready);
    }
    // The reader must be one who could open a matter for this client: no bar, and a relation of the reader's own.
    relation::may_open(tx, casework, reader, client, facts.service_task)?;
    open::put_client(tx, casework, &by, matter, client)?;
    tx.execute(
        "update matter set joint = 1, version = version + 1 where id = $1",
        &params![matter.bytes()],
    )?;
    for worker in relation::workers_of(tx, matter, now)? {
        relation::work_on(tx, casework, client, worker.staff, matter, "joined")?;
    }
    relation::answered_by(tx, client, facts.unit())?;
    relation::begin_client_relation(tx, casework, &by, client, facts.unit())?;
    add_event(tx, casework, &by, matter, Some(client), "client_joined", "")?;
    log(tx, &by, now, "matter.client_join", &[client], "", None)?;
    timeline::put(tx, casework, &by, matter, client)?;
    Ok(())
}

/// A client leaves the matter with a reason. The workers' relation to that client over this matter ends.
///
/// # Errors
/// [`MatterError::LastClient`] for the only one, [`MatterError::Ended`], and [`MatterError::NotFound`] without a right or
/// when the client is not in it.
pub fn leave(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    client: ClientId,
    reason: &str,
) -> Result<(), MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let (acting, seen) = facts.right(reader, "matter", "edit_draft")?;
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended);
    }
    if !seen.content.contains(&client) {
        return Err(MatterError::NotFound);
    }
    if facts.sides.len() == 1 {
        return Err(MatterError::LastClient);
    }
    let by = By::Worker(acting);
    for worker in relation::workers_of(tx, matter, now)? {
        relation::leave_matter(tx, casework, client, worker.staff, matter)?;
    }
    tx.execute(
        "update matter_client set left_at = $3, left_by = $4, leave_reason = $5 where matter_id = $1 and client_id = $2 and left_at is null",
        &params![
            matter.bytes(),
            client.bytes(),
            millis(now),
            reader.staff.bytes(),
            reason
        ],
    )?;
    add_event(
        tx,
        casework,
        &by,
        matter,
        Some(client),
        "client_left",
        reason,
    )?;
    log(
        tx,
        &by,
        now,
        "matter.client_leave",
        &[client],
        "",
        Some(reason),
    )?;
    Ok(())
}

/// Writes one client's own part of the reasons, which nobody sees who may not see this client.
///
/// # Errors
/// [`MatterError::Ended`], and [`MatterError::NotFound`] without a right over this very client.
pub fn write_part(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    client: ClientId,
    part: &str,
) -> Result<(), MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let (acting, seen) = facts.right(reader, "matter", "edit_draft")?;
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended);
    }
    if !seen.content.contains(&client) {
        return Err(MatterError::NotFound);
    }
    let by = By::Worker(acting);
    let before: Option<String> = tx
        .query_one(
            "select part from matter_client where matter_id = $1 and client_id = $2 and left_at is null",
            &params![matter.bytes(), client.bytes()],
        )?
        .get(0)?;
    tx.execute(
        "update matter_client set part = $3 where matter_id = $1 and client_id = $2 and left_at is null",
        &params![matter.bytes(), client.bytes(), part],
    )?;
    // The wording before stays readable in what happened.
    add_event(
        tx,
        casework,
        &by,
        matter,
        Some(client),
        "part_written",
        before.as_deref().unwrap_or_default(),
    )?;
    log(tx, &by, now, "matter.part", &[client], "", Some(part))?;
    Ok(())
}
