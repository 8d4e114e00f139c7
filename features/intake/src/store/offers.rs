//! Hand-over (siirtopyyntö): the sender answers for the contact until somebody accepts by name.

use identity::people::{self, StaffId, UnitId};
use kernel::time::{Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::urgency::Urgency;
use crate::domain::{ContactId, Holder, IntakeError, OfferId};
use crate::store::facts::Facts;
use crate::store::{By, Desk, Worker, add_event, holding, log, touch, unreadable};

/// To whom a contact is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    Person(StaffId),
    /// Anybody of the unit accepts by name.
    Unit(UnitId),
}

/// An offer to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOffer {
    pub receiver: Receiver,
    pub reason: String,
    /// Warm hand-over (saattaen vaihtaminen): both will be present.
    pub warm: bool,
}

/// The kind of job that brings an unanswered offer back.
pub const OFFER_DUE_JOB: &str = "intake.offer_due";

/// Offers a contact to a named person or a unit. The holder stays the holder.
///
/// # Errors
/// [`IntakeError::OfferOpen`] when one is already waiting, [`IntakeError::ReceiverAway`],
/// [`IntakeError::Ended`], and [`IntakeError::NotFound`] without a right.
pub fn make(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    new: &NewOffer,
) -> Result<OfferId, IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, "contact", "hand_over", now)?;
    if !facts.open {
        return Err(IntakeError::Ended);
    }
    if facts.offer.is_some() {
        return Err(IntakeError::OfferOpen);
    }
    let (to_staff, to_unit) = match new.receiver {
        Receiver::Unit(unit) => (None, unit),
        Receiver::Person(staff) => {
            let person = people::lookup_staff(tx, staff)?.ok_or(IntakeError::NotFound)?;
            if staff == worker.staff || people::is_away(tx, staff, now)? {
                return Err(IntakeError::ReceiverAway);
            }
            (Some(staff), person.unit)
        }
    };
    let by = By::Worker(acting);
    let id = OfferId::new(&*desk.clock, &*desk.chance);
    let urgency: String = tx
        .query_one(
            "select urgency from contact where id = $1",
            &params![contact.bytes()],
        )?
        .get(0)?;
    let urgency = Urgency::from_code(&urgency).ok_or_else(unreadable)?;
    let answer_by = desk.offer_answer_by(urgency, now);
    tx.execute(
        "insert into offer (id, contact_id, from_staff, from_unit, to_staff, to_unit, reason, warm, made_at, answer_by, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open')",
        &params![
            id.bytes(),
            contact.bytes(),
            worker.staff.bytes(),
            worker.unit.bytes(),
            to_staff.map(|staff| staff.bytes()),
            to_unit.bytes(),
            new.reason.as_str(),
            new.warm,
            millis(now),
            millis(answer_by)
        ],
    )?;
    tx.enqueue_job(OFFER_DUE_JOB, &id.to_string(), answer_by)?;
    touch(tx, contact, now)?;
    add_event(tx, desk, &by, contact, "offered", &new.reason)?;
    log(tx, &by, now, "offer.create", contact, "", Some(&new.reason))?;
    Ok(id)
}

/// An offer with what is needed to answer it.
struct Waiting {
    contact: ContactId,
    from_staff: StaffId,
}

fn waiting(query: &mut impl Query, offer: OfferId) -> Result<Waiting, IntakeError> {
    let row = query
        .query_optional(
            "select contact_id, from_staff, state from offer where id = $1",
            &params![offer.bytes()],
        )?
        .ok_or(IntakeError::NotFound)?;
    if row.get::<String>(2)? != "open" {
        return Err(IntakeError::OfferClosed);
    }
    Ok(Waiting {
        contact: ContactId::from_bytes(row.get(0)?),
        from_staff: StaffId::from_bytes(row.get(1)?),
    })
}

/// The contact of an offer, whatever its state.
///
/// # Errors
/// [`IntakeError::NotFound`] when there is no such offer.
pub fn contact_of(query: &mut impl Query, offer: OfferId) -> Result<ContactId, IntakeError> {
    let row = query
        .query_optional(
            "select contact_id from offer where id = $1",
            &params![offer.bytes()],
        )?
        .ok_or(IntakeError::NotFound)?;
    Ok(ContactId::from_bytes(row.get(0)?))
}

fn close(
    tx: &mut WriteTx<'_>,
    offer: OfferId,
    state: &str,
    by: Option<StaffId>,
    now: Timestamp,
) -> Result<(), IntakeError> {
    let changed = tx.execute(
        "update offer set state = $2, answered_at = $3, answered_by = $4 where id = $1 and state = 'open'",
        &params![offer.bytes(), state, millis(now), by.map(|staff| staff.bytes())],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(IntakeError::OfferClosed)
    }
}

/// Accepts an offer by name: from this moment the accepting person answers for the contact.
///
/// `both_present` records that a warm hand-over took place with both workers and the person.
///
/// # Errors
/// [`IntakeError::OfferClosed`] when it was answered, withdrawn or ran out;
/// [`IntakeError::NotFound`] for somebody to whom it was not made.
pub fn accept(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    offer: OfferId,
    both_present: bool,
) -> Result<ContactId, IntakeError> {
    let now = desk.now();
    let contact = contact_of(tx, offer)?;
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = answering(tx, &facts, worker, offer, now)?;
    let by = By::Worker(acting);
    close(tx, offer, "accepted", Some(worker.staff), now)?;
    tx.execute(
        "update offer set both_present = case when warm = 1 then cast($2 as bigint) else null end where id = $1",
        &params![offer.bytes(), both_present],
    )?;
    holding::change(
        tx,
        desk,
        contact,
        Holder::Person {
            staff: worker.staff,
            unit: worker.unit,
        },
        "accepted",
    )?;
    let detail = if both_present { "warm" } else { "" };
    add_event(tx, desk, &by, contact, "accepted", detail)?;
    log(tx, &by, now, "offer.accept", contact, detail, None)?;
    Ok(contact)
}

/// The right to answer an offer, checked against the offer itself: an offer that is no longer open
/// says so to the person it was made to.
fn answering(
    tx: &mut WriteTx<'_>,
    facts: &Facts,
    worker: &Worker,
    offer: OfferId,
    now: Timestamp,
) -> Result<crate::domain::Acting, IntakeError> {
    if facts.offer.is_none_or(|open| open.id != offer) {
        let row = tx.query_one(
            "select to_staff, to_unit from offer where id = $1",
            &params![offer.bytes()],
        )?;
        let made_to = row.get::<Option<[u8; 16]>>(0)?.map_or_else(
            || {
                row.get(1)
                    .map(|unit| UnitId::from_bytes(unit) == worker.unit)
            },
            |staff| Ok(StaffId::from_bytes(staff) == worker.staff),
        )?;
        return Err(if made_to {
            IntakeError::OfferClosed
        } else {
            IntakeError::NotFound
        });
    }
    facts.authorise(worker, "offer", "approve", now)
}

/// Refuses an offer with a reason and an alternative. The sender goes on answering.
///
/// # Errors
/// As [`accept`].
pub fn refuse(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    offer: OfferId,
    reason: &str,
    alternative: &str,
) -> Result<ContactId, IntakeError> {
    let now = desk.now();
    let contact = contact_of(tx, offer)?;
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = answering(tx, &facts, worker, offer, now)?;
    let by = By::Worker(acting);
    let changed = tx.execute(
        "update offer set state = 'refused', answered_at = $2, answered_by = $3, refusal_reason = $4, alternative = $5 where id = $1 and state = 'open'",
        &params![offer.bytes(), millis(now), worker.staff.bytes(), reason, alternative],
    )?;
    if changed == 0 {
        return Err(IntakeError::OfferClosed);
    }
    touch(tx, contact, now)?;
    let said = format!("{reason}\n{alternative}");
    add_event(tx, desk, &by, contact, "refused", &said)?;
    log(tx, &by, now, "offer.refuse", contact, "", Some(&said))?;
    Ok(contact)
}

/// The one who made an offer takes it back.
///
/// # Errors
/// [`IntakeError::OfferClosed`], and [`IntakeError::NotFound`] for anybody else.
pub fn withdraw(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    offer: OfferId,
) -> Result<ContactId, IntakeError> {
    let now = desk.now();
    let Waiting {
        contact,
        from_staff,
    } = waiting(tx, offer)?;
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, "contact", "hand_over", now)?;
    if from_staff != worker.staff && facts.holder.staff() != Some(worker.staff) {
        return Err(IntakeError::NotFound);
    }
    let by = By::Worker(acting);
    close(tx, offer, "withdrawn", Some(worker.staff), now)?;
    touch(tx, contact, now)?;
    add_event(tx, desk, &by, contact, "withdrawn", "")?;
    log(tx, &by, now, "offer.withdraw", contact, "", None)?;
    Ok(contact)
}

/// Takes back an open offer when the contact changes hands another way or ends.
pub(crate) fn withdraw_open(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    contact: ContactId,
) -> Result<(), StoreError> {
    tx.execute(
        "update offer set state = 'withdrawn', answered_at = $2 where contact_id = $1 and state = 'open'",
        &params![contact.bytes(), millis(desk.now())],
    )?;
    Ok(())
}

/// The job of an unanswered offer: it comes back to both leads. Safe to run twice.
///
/// # Errors
/// When the engine fails.
pub fn come_back(tx: &mut WriteTx<'_>, desk: &Desk, offer: OfferId) -> Result<bool, IntakeError> {
    let now = desk.now();
    let row = tx.query_optional(
        "select contact_id from offer where id = $1 and state = 'open' and answer_by <= $2",
        &params![offer.bytes(), millis(now)],
    )?;
    let Some(row) = row else { return Ok(false) };
    let contact = ContactId::from_bytes(row.get(0)?);
    close(tx, offer, "unanswered", None, now)?;
    add_event(tx, desk, &By::Job, contact, "unanswered", "")?;
    log(tx, &By::Job, now, "offer.unanswered", contact, "", None)?;
    Ok(true)
}
