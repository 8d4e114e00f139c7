//! A contact that was tied to the wrong client is freed, with a trace.

use clients::relations::{self, Which};
use clients::timeline;
use kernel::time::{Timestamp, millis};
use store::{WriteTx, params};

use crate::domain::{Acting, ContactId, IntakeError};
use crate::store::facts::Facts;
use crate::store::linked::{self, HOLDER};
use crate::store::{By, Desk, Worker, add_event, log, touch};

/// The right to free a contact: of whoever answers for it by name, while it is open.
///
/// # Errors
/// [`IntakeError::NotFound`] without a right, [`IntakeError::Ended`], [`IntakeError::NotHolder`].
pub(crate) fn may_unlink(
    facts: &Facts,
    worker: &Worker,
    now: Timestamp,
) -> Result<Acting, IntakeError> {
    match facts.authorise(worker, "contact", "void", now) {
        Ok(_) if facts.holder.staff() != Some(worker.staff) => Err(IntakeError::NotHolder),
        decided => decided,
    }
}

/// Frees a contact from the client to whom it was tied by mistake: nobody has to do with her over it any more, not even
/// for a tail, and her history does not show it. The tie stays as a row with who undid it and why.
///
/// # Errors
/// As [`may_unlink`]; [`IntakeError::NotLinked`] when it is tied to nobody.
pub fn unlink(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    reason: &str,
) -> Result<(), IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let by = By::Worker(may_unlink(&facts, worker, now)?);
    let link = linked::of_contact(tx, contact)?.ok_or(IntakeError::NotLinked)?;
    // The entry names the client while the tie is there: her own log shows that it was undone.
    log(tx, &by, now, "contact.unlink", contact, "", Some(reason))?;
    tx.execute(
        "update contact set person_name = case when l.named = 1 then null else contact.person_name end, anonymous = case when l.was_anonymous = 1 then 1 else contact.anonymous end from contact_link l where contact.id = $1 and l.contact_id = contact.id and l.ended_at is null",
        &params![contact.bytes()],
    )?;
    tx.execute(
        "update contact_link set ended_at = $2, ended_by = $3, end_reason = $4 where contact_id = $1 and ended_at is null",
        &params![
            contact.bytes(),
            millis(now),
            worker.staff.bytes(),
            reason
        ],
    )?;
    let which = Which {
        client: link.client,
        staff: None,
        kind: HOLDER,
        object: Some(("contact", contact.bytes())),
    };
    relations::undo(tx, &which, now, "contact.unlink")?;
    timeline::hide(tx, linked::item_of(contact), now)?;
    touch(tx, contact, now)?;
    add_event(tx, desk, &by, contact, "unlinked", reason)?;
    Ok(())
}
