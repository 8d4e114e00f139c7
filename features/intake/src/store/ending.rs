//! A contact ends only with a next step, a refusal in the person's words, the not-reached rule, or
//! advice to a caller who stayed unknown.

use identity::people::{self, StaffId};
use kernel::time::{Time, millis, moment};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::ending::{Ending, Reach, check};
use crate::domain::{AttemptChannel, ContactId, IntakeError, RowId, TaskId};
use crate::store::facts::Facts;
use crate::store::{By, Desk, Worker, add_event, linked, log, offers, unreadable};

/// Ends a contact. A promise to be kept by somebody in the county becomes that person's task.
///
/// # Errors
/// What [`check`] refuses, [`IntakeError::Ended`], and [`IntakeError::NotFound`] without a right.
pub fn end(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    ending: &Ending,
) -> Result<(), IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, "contact", "finish", now)?;
    if !facts.open {
        return Err(IntakeError::Ended);
    }
    check(ending, &reach(tx, contact)?, &desk.settings)?;
    let by = By::Worker(acting);
    insert(tx, desk, worker.staff, contact, ending)?;
    offers::withdraw_open(tx, desk, contact)?;
    tx.execute(
        "update task set done_at = $2, done_by = $3, outcome = 'ended' where contact_id = $1 and done_at is null",
        &params![contact.bytes(), millis(now), worker.staff.bytes()],
    )?;
    if let Ending::NextStep {
        what,
        who_staff: Some(doer),
        by,
        ..
    } = ending
    {
        let unit = people::lookup_staff(tx, *doer)?
            .ok_or(IntakeError::NotFound)?
            .unit;
        let due = moment(*by, Time::constant(16, 0, 0, 0));
        tx.execute(
            "insert into task (id, contact_id, kind, what, owner, unit_id, due_at, made_at, touched_at) values ($1, $2, 'next_step', $3, $4, $5, $6, $7, $7)",
            &params![
                TaskId::new(&*desk.clock, &*desk.chance).bytes(),
                contact.bytes(),
                what.as_str(),
                doer.bytes(),
                unit.bytes(),
                millis(due),
                millis(now)
            ],
        )?;
    }
    tx.execute(
        "update holding set ended_at = $2 where contact_id = $1 and ended_at is null",
        &params![contact.bytes(), millis(now)],
    )?;
    // The last holder stays in the row: a reopened contact returns to that person.
    tx.execute(
        "update contact set state = 'ended', ended_at = $2, ending = $3, touched_at = $2, raised_at = null, version = version + 1 where id = $1",
        &params![contact.bytes(), millis(now), ending.code()],
    )?;
    linked::follow(tx, desk, contact, None)?;
    add_event(tx, desk, &by, contact, "ended", ending.code())?;
    log(
        tx,
        &by,
        now,
        "contact.end",
        contact,
        ending.code(),
        Some(ending.text()),
    )?;
    Ok(())
}

fn insert(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    staff: StaffId,
    contact: ContactId,
    ending: &Ending,
) -> Result<(), StoreError> {
    let now = desk.now();
    let (who, who_staff, by_day, told) = match ending {
        Ending::NextStep {
            who,
            who_staff,
            by,
            told,
            ..
        } => (
            Some(who.clone()),
            who_staff.map(|staff| staff.bytes()),
            Some(by.to_string()),
            *told,
        ),
        Ending::NotWanted { .. } | Ending::NotReached { .. } | Ending::UnknownCaller { .. } => {
            (None, None, None, false)
        }
    };
    tx.execute(
        "insert into ending (id, contact_id, at, staff_id, kind, what, who, who_staff, by_day, told) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            RowId::new(&*desk.clock, &*desk.chance).bytes(),
            contact.bytes(),
            millis(now),
            staff.bytes(),
            ending.code(),
            ending.text(),
            who,
            who_staff,
            by_day,
            told
        ],
    )?;
    Ok(())
}

/// How the person can be and has been reached, as the ending rules see it.
///
/// # Errors
/// When the engine fails.
pub fn reach(query: &mut impl Query, contact: ContactId) -> Result<Reach, StoreError> {
    let row = query.query_one(
        "select person_name, phone, receipt_hash from contact where id = $1",
        &params![contact.bytes()],
    )?;
    let attempts = query
        .query(
            // Attempts in vain since the last time the person was reached, or the contact was reopened.
            "select a.channel from attempt a where a.contact_id = $1 and a.reached = 0 and not exists (select 1 from attempt r where r.contact_id = a.contact_id and r.reached = 1 and r.at >= a.at) and not exists (select 1 from holding h where h.contact_id = a.contact_id and h.how = 'reopened' and h.began_at > a.at)",
            &params![contact.bytes()],
        )?
        .iter()
        .map(|row| AttemptChannel::from_code(&row.get::<String>(0)?).ok_or_else(unreadable))
        .collect::<Result<_, _>>()?;
    Ok(Reach {
        named: row.get::<Option<String>>(0)?.is_some(),
        has_phone: row.get::<Option<String>>(1)?.is_some(),
        has_code: row.get::<Option<[u8; 32]>>(2)?.is_some(),
        attempts,
    })
}

/// Whether somebody can read the state and the ending with a receipt code.
///
/// # Errors
/// When the engine fails.
pub fn has_code(query: &mut impl Query, contact: ContactId) -> Result<bool, StoreError> {
    let row = query.query_optional(
        "select count(*) from contact where id = $1 and receipt_hash is not null",
        &params![contact.bytes()],
    )?;
    row.map_or(Ok(false), |row| Ok(row.get::<i64>(0)? > 0))
}

/// The lead has seen that a contact ended as not reached.
///
/// # Errors
/// [`IntakeError::NotFound`] without a right or when nothing waits to be seen.
pub fn mark_seen(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
) -> Result<(), IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, "contact", "approve", now)?;
    let changed = tx.execute(
        "update ending set seen_at = $2, seen_by = $3 where contact_id = $1 and kind = 'not_reached' and seen_at is null",
        &params![contact.bytes(), millis(now), worker.staff.bytes()],
    )?;
    if changed == 0 {
        return Err(IntakeError::NotFound);
    }
    let by = By::Worker(acting);
    add_event(tx, desk, &by, contact, "seen", "")?;
    log(tx, &by, now, "ending.seen", contact, "", None)?;
    Ok(())
}
