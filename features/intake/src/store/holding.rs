//! Who answers for a contact, and how that changes: taken, taken over, judged, reopened.

use identity::people::{self, StaffId};
use kernel::time::{SignedDuration, Timestamp, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::urgency::Judgement;
use crate::domain::{ContactId, Holder, IntakeError, RowId};
use crate::store::facts::Facts;
use crate::store::{By, Desk, Worker, add_event, linked, log, offers, touch};

/// Opens a row in the history of holders. The unique index refuses a second open row.
pub(crate) fn begin(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    contact: ContactId,
    holder: Holder,
    how: &str,
) -> Result<(), StoreError> {
    let now = desk.now();
    let staff = match holder {
        Holder::Person { staff, .. } => staff,
        Holder::Duty(unit) => people::duty_holder(tx, unit, now)?,
    };
    tx.execute(
        "insert into holding (id, contact_id, kind, unit_id, staff_id, how, began_at) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            RowId::new(&*desk.clock, &*desk.chance).bytes(),
            contact.bytes(),
            holder.kind(),
            holder.unit().bytes(),
            staff.bytes(),
            how,
            millis(now)
        ],
    )?;
    Ok(())
}

/// Moves the contact to another holder: closes the old row, opens the new, counts the holders a
/// person has met (per contact, never per worker).
pub(crate) fn change(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    contact: ContactId,
    holder: Holder,
    how: &str,
) -> Result<(), StoreError> {
    let now = millis(desk.now());
    tx.execute(
        "update holding set ended_at = $2 where contact_id = $1 and ended_at is null",
        &params![contact.bytes(), now],
    )?;
    begin(tx, desk, contact, holder, how)?;
    let staff = holder.staff().map(|staff| staff.bytes());
    tx.execute(
        "update contact set holder_kind = $2, holder_unit = $3, holder_staff = $4, holder_since = $5, first_taken_at = case when $2 = 'person' then coalesce(first_taken_at, $5) else first_taken_at end, holders_met = (select count(distinct h.staff_id) from holding h where h.contact_id = contact.id), touched_at = $5, raised_at = null, version = version + 1 where id = $1",
        &params![contact.bytes(), holder.kind(), holder.unit().bytes(), staff, now],
    )?;
    linked::follow(tx, desk, contact, holder.staff())
}

/// "Otan kopin": a worker takes an untaken contact in the worker's own name.
///
/// # Errors
/// [`IntakeError::AlreadyHeld`] when somebody was first; [`IntakeError::Ended`]; and
/// [`IntakeError::NotFound`] without a right.
pub fn take(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
) -> Result<(), IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    if let Holder::Person { staff, .. } = facts.holder {
        // Who may see the queue may be told who was first; others learn nothing.
        facts.authorise(worker, "contact", "list", now)?;
        return Err(if facts.open {
            IntakeError::AlreadyHeld { by: staff }
        } else {
            IntakeError::Ended
        });
    }
    let acting = facts.authorise(worker, "contact", "take", now)?;
    let by = By::Worker(acting);
    offers::withdraw_open(tx, desk, contact)?;
    change(
        tx,
        desk,
        contact,
        Holder::Person {
            staff: worker.staff,
            unit: worker.unit,
        },
        "taken",
    )?;
    add_event(tx, desk, &by, contact, "taken", "")?;
    log(tx, &by, now, "contact.take", contact, "", None)?;
    Ok(())
}

/// Who answers for a contact by name and since when, for telling somebody who came second.
///
/// # Errors
/// When the engine fails.
pub fn named_holder(
    query: &mut impl Query,
    contact: ContactId,
) -> Result<Option<(String, Timestamp)>, StoreError> {
    query
        .query_optional(
            "select s.name, c.holder_since from contact c join staff s on s.id = c.holder_staff where c.id = $1",
            &params![contact.bytes()],
        )?
        .map(|row| Ok((row.get(0)?, from_millis(row.get(1)?))))
        .transpose()
}

/// A lead takes over from an absent or departed holder, in the lead's own name, with a reason.
///
/// # Errors
/// [`IntakeError::HolderPresent`] when the holder is at work, [`IntakeError::Ended`], and
/// [`IntakeError::NotFound`] without a right.
pub fn take_over(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    reason: &str,
) -> Result<(), IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, "contact", "take_over", now)?;
    if !facts.open {
        return Err(IntakeError::Ended);
    }
    let Holder::Person { staff, .. } = facts.holder else {
        // An untaken contact is simply taken.
        return take(tx, desk, worker, contact);
    };
    if staff == worker.staff || !people::is_away(tx, staff, now)? {
        return Err(IntakeError::HolderPresent);
    }
    let by = By::Worker(acting);
    offers::withdraw_open(tx, desk, contact)?;
    // The contact stays the unit's, also when its deputy comes from another.
    change(
        tx,
        desk,
        contact,
        Holder::Person {
            staff: worker.staff,
            unit: facts.holder.unit(),
        },
        "taken_over",
    )?;
    add_event(tx, desk, &by, contact, "taken_over", reason)?;
    log(tx, &by, now, "contact.take_over", contact, "", Some(reason))?;
    Ok(())
}

/// A professional judges the urgency; the stamp says who and when.
///
/// # Errors
/// [`IntakeError::Ended`], and [`IntakeError::NotFound`] without a right.
pub fn judge(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    judgement: &Judgement,
) -> Result<(), IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, "contact", "edit_draft", now)?;
    if !facts.open {
        return Err(IntakeError::Ended);
    }
    let by = By::Worker(acting);
    tx.execute(
        "update contact set urgency = $2, urgency_source = 'staff', urgency_reason = $3, urgency_by = $4, urgency_at = $5, urgency_rank = $6, housing_risk = $7, child_in_household = $8 where id = $1",
        &params![
            contact.bytes(),
            judgement.urgency.code(),
            judgement.reason.as_str(),
            worker.staff.bytes(),
            millis(now),
            judgement.urgency.rank(),
            judgement.housing_risk,
            judgement.child_in_household
        ],
    )?;
    touch(tx, contact, now)?;
    add_event(tx, desk, &by, contact, "judged", judgement.urgency.code())?;
    log(
        tx,
        &by,
        now,
        "contact.judge",
        contact,
        judgement.urgency.code(),
        Some(&judgement.reason),
    )?;
    Ok(())
}

/// Reopens an ended contact within the county's days. It returns to its last holder, or to the duty
/// holder when that person is away (first catch rule 10).
///
/// # Errors
/// [`IntakeError::StillOpen`], [`IntakeError::TooLateToReopen`], and [`IntakeError::NotFound`]
/// without a right.
pub fn reopen_by_worker(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    reason: &str,
) -> Result<(), IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, "contact", "reopen", now)?;
    reopen(tx, desk, &By::Worker(acting), &facts, reason)
}

pub(crate) fn reopen(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    by: &By,
    facts: &Facts,
    reason: &str,
) -> Result<(), IntakeError> {
    let now = desk.now();
    let ended = facts.ended_at.ok_or(IntakeError::StillOpen)?;
    if now.duration_since(ended) > SignedDuration::from_hours(24 * desk.settings.reopen_days) {
        return Err(IntakeError::TooLateToReopen);
    }
    let holder = match facts.holder {
        Holder::Person { staff, unit } if people::is_away(tx, staff, now)? => Holder::Duty(unit),
        holder => holder,
    };
    tx.execute(
        "update contact set state = 'open', ended_at = null, ending = null where id = $1 and state = 'ended'",
        &params![facts.id.bytes()],
    )?;
    change(tx, desk, facts.id, holder, "reopened")?;
    add_event(tx, desk, by, facts.id, "reopened", reason)?;
    log(tx, by, now, "contact.reopen", facts.id, "", Some(reason))?;
    Ok(())
}

/// Who answers for a contact by its history: the check that invariant I1 is tested with.
///
/// # Errors
/// When the engine fails.
pub fn open_holdings(
    query: &mut impl Query,
    contact: ContactId,
) -> Result<Vec<(String, StaffId)>, StoreError> {
    query
        .query(
            "select kind, staff_id from holding where contact_id = $1 and ended_at is null",
            &params![contact.bytes()],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, StaffId::from_bytes(row.get(1)?))))
        .collect()
}
