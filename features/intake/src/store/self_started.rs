//! Contacts that a worker began, with nobody having been in touch: holding one opens the basics of whomever it is tied to,
//! so the lead sees every one of them (rights of the domain, sections 3 and 7).

use kernel::time::{SignedDuration, Timestamp, day, from_millis, millis};
use store::{Show, StoreError, WriteTx, params};

use crate::domain::{ContactId, IntakeError};
use crate::store::{By, Desk, Worker, lead, log_reading, state_title};

/// The mark of a contact that the worker who wrote it down began.
pub(crate) const SELF: &str = "self";
/// How far back the list goes: a week.
pub const LISTED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A contact of one's own making that was tied to a client. Whose it is is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    pub contact: ContactId,
    pub title: String,
    pub number: String,
    pub worker: String,
    pub linked_at: Timestamp,
}

/// Marks a contact that was just written down as begun by whoever wrote it.
///
/// # Errors
/// When the engine fails.
pub fn mark(tx: &mut WriteTx<'_>, contact: ContactId) -> Result<(), StoreError> {
    tx.execute(
        "update contact set inbound = $2 where id = $1 and written_by is not null",
        &params![contact.bytes(), SELF],
    )?;
    Ok(())
}

/// Self-started contacts of the units that the worker leads which were tied to a client in the last week, newest first,
/// also those that have been freed or ended since. Logged as a reading of the unit.
///
/// # Errors
/// [`IntakeError::NotFound`] for anybody but a lead.
pub fn list(tx: &mut impl Show, desk: &Desk, worker: &Worker) -> Result<Vec<Started>, IntakeError> {
    let now = desk.now();
    let acting = lead::leading(worker, now)?;
    let rows = tx.query(
        "select c.id, c.title, c.number, s.name, max(l.linked_at) from contact_link l cross join contact c join staff s on s.id = c.written_by where c.id = l.contact_id and c.inbound = $4 and l.linked_at >= $2 and exists (select 1 from unit_leader u where u.unit_id = c.came_to_unit and u.staff_id = $1 and u.begins_on <= $3 and u.ends_on >= $3) group by c.id, c.title, c.number, s.name order by 5 desc, c.id limit 200",
        &params![
            worker.staff.bytes(),
            millis(now - LISTED_FOR),
            day(now).to_string(),
            SELF
        ],
    )?;
    let started = rows
        .iter()
        .map(|row| {
            Ok(Started {
                contact: ContactId::from_bytes(row.get(0)?),
                title: state_title(row.get(1)?, row.get(2)?),
                number: row.get(2)?,
                worker: row.get(3)?,
                linked_at: from_millis(row.get(4)?),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let shown: Vec<ContactId> = started.iter().map(|one| one.contact).collect();
    log_reading(
        tx,
        &By::Worker(acting),
        now,
        "unit.read",
        &shown,
        "self_started",
    )?;
    Ok(started)
}
