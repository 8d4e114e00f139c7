//! What a worker records while answering for a contact: notes, attempts, messages to the sender.

use kernel::time::millis;
use store::{StoreError, WriteTx, params};

use crate::domain::{AttemptChannel, ContactId, IntakeError, RowId};
use crate::store::facts::Facts;
use crate::store::{By, Desk, Worker, add_event, log, touch};

fn writing(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    class: &str,
    action: &str,
) -> Result<By, IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, class, action, now)?;
    if !facts.open {
        return Err(IntakeError::Ended);
    }
    touch(tx, contact, now)?;
    Ok(By::Worker(acting))
}

/// Adds a note in the worker's words. Notes are only added, never changed.
///
/// # Errors
/// [`IntakeError::Ended`], and [`IntakeError::NotFound`] without a right.
pub fn add_note(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    body: &str,
) -> Result<(), IntakeError> {
    let by = writing(tx, desk, worker, contact, "contact", "edit_draft")?;
    add_event(tx, desk, &by, contact, "note", body)?;
    log(tx, &by, desk.now(), "contact.note", contact, "", Some(body))?;
    Ok(())
}

/// Records an attempt to reach the person.
///
/// # Errors
/// [`IntakeError::Ended`], and [`IntakeError::NotFound`] without a right.
pub fn add_attempt(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    channel: AttemptChannel,
    reached: bool,
    body: &str,
) -> Result<(), IntakeError> {
    let by = writing(tx, desk, worker, contact, "contact", "edit_draft")?;
    insert_attempt(tx, desk, &by, worker, contact, channel, reached, body)?;
    Ok(())
}

/// Writes an attempt whose right has been checked.
#[expect(clippy::too_many_arguments, reason = "the row as it is; two callers")]
pub(crate) fn insert_attempt(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    by: &By,
    worker: &Worker,
    contact: ContactId,
    channel: AttemptChannel,
    reached: bool,
    body: &str,
) -> Result<(), StoreError> {
    let now = desk.now();
    tx.execute(
        "insert into attempt (id, contact_id, at, staff_id, channel, reached, body) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            RowId::new(&*desk.clock, &*desk.chance).bytes(),
            contact.bytes(),
            millis(now),
            worker.staff.bytes(),
            channel.code(),
            reached,
            body
        ],
    )?;
    let event = if reached { "reached" } else { "tried" };
    add_event(tx, desk, by, contact, event, channel.code())?;
    log(
        tx,
        by,
        now,
        "contact.attempt",
        contact,
        channel.code(),
        Some(body),
    )
}

/// Answers the sender, who reads it with the receipt code.
///
/// # Errors
/// [`IntakeError::Ended`], and [`IntakeError::NotFound`] without a right.
pub fn add_message(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    body: &str,
) -> Result<(), IntakeError> {
    let by = writing(tx, desk, worker, contact, "message", "create")?;
    let now = desk.now();
    tx.execute(
        "insert into contact_message (id, contact_id, at, staff_id, body) values ($1, $2, $3, $4, $5)",
        &params![
            RowId::new(&*desk.clock, &*desk.chance).bytes(),
            contact.bytes(),
            millis(now),
            worker.staff.bytes(),
            body
        ],
    )?;
    add_event(tx, desk, &by, contact, "answered", "")?;
    log(tx, &by, now, "message.create", contact, "", Some(body))?;
    Ok(())
}
