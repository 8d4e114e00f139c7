//! Hand-over (siirtopyyntö): the sender answers for the matter until somebody accepts by name.

use clients::Reader;
use identity::people::{self, StaffId, UnitId};
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{MatterError, MatterId, MatterOfferId};
use crate::store::facts::Facts;
use crate::store::{Acting, By, Casework, add_event, holding, log, relation};

/// To whom a matter is offered.
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
pub const OFFER_DUE_JOB: &str = "casework.offer_due";

/// Offers a matter to a named person or a unit. The holder stays the holder.
///
/// # Errors
/// [`MatterError::OfferOpen`] when one is already waiting, [`MatterError::ReceiverAway`], [`MatterError::Ended`], and
/// [`MatterError::NotFound`] without a right.
pub fn make(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    new: &NewOffer,
) -> Result<MatterOfferId, MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let acting = facts.authorise(reader, "matter", "hand_over")?;
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended);
    }
    if !facts.disposes(reader) {
        return Err(MatterError::NotFound);
    }
    if facts.offer.is_some() {
        return Err(MatterError::OfferOpen);
    }
    let (to_staff, to_unit) = receiver(tx, reader, new.receiver, now)?;
    let by = By::Worker(acting);
    let id = MatterOfferId::new(&*casework.clock, &*casework.chance);
    let answer_by = now + SignedDuration::from_hours(casework.settings.offer_answer_hours);
    tx.execute(
        "insert into matter_offer (id, matter_id, from_staff, from_unit, to_staff, to_unit, reason, warm, made_at, answer_by, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open')",
        &params![
            id.bytes(),
            matter.bytes(),
            reader.staff.bytes(),
            reader.unit.bytes(),
            to_staff.map(|staff| staff.bytes()),
            to_unit.bytes(),
            new.reason.as_str(),
            new.warm,
            millis(now),
            millis(answer_by)
        ],
    )?;
    tx.enqueue_job(OFFER_DUE_JOB, &id.to_string(), answer_by)?;
    add_event(tx, casework, &by, matter, None, "offered", &new.reason)?;
    log(
        tx,
        &by,
        now,
        "matter.offer",
        &facts.clients(),
        "",
        Some(&new.reason),
    )?;
    Ok(id)
}

fn receiver(
    tx: &mut WriteTx<'_>,
    reader: &Reader,
    receiver: Receiver,
    now: Timestamp,
) -> Result<(Option<StaffId>, UnitId), MatterError> {
    match receiver {
        Receiver::Unit(unit) => Ok((None, unit)),
        Receiver::Person(staff) => {
            let person = people::lookup_staff(tx, staff)?.ok_or(MatterError::NotFound)?;
            if staff == reader.staff || people::is_away(tx, staff, now)? {
                return Err(MatterError::ReceiverAway);
            }
            Ok((Some(staff), person.unit))
        }
    }
}

/// The matter of an offer, whatever its state.
///
/// # Errors
/// [`MatterError::NotFound`] when there is no such offer.
pub fn matter_of(query: &mut impl Query, offer: MatterOfferId) -> Result<MatterId, MatterError> {
    let row = query
        .query_optional(
            "select matter_id from matter_offer where id = $1",
            &params![offer.bytes()],
        )?
        .ok_or(MatterError::NotFound)?;
    Ok(MatterId::from_bytes(row.get(0)?))
}

fn close(
    tx: &mut WriteTx<'_>,
    offer: MatterOfferId,
    state: &str,
    by: Option<StaffId>,
    now: Timestamp,
) -> Result<(), MatterError> {
    let changed = tx.execute(
        "update matter_offer set state = $2, answered_at = $3, answered_by = $4 where id = $1 and state = 'open'",
        &params![offer.bytes(), state, millis(now), by.map(|staff| staff.bytes())],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(MatterError::OfferClosed)
    }
}

/// Accepts an offer by name: from this moment the accepting person answers for the matter.
///
/// # Errors
/// [`MatterError::OfferClosed`] when it was answered, withdrawn or ran out; [`MatterError::NotFound`] for somebody to
/// whom it was not made.
pub fn accept(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    offer: MatterOfferId,
) -> Result<MatterId, MatterError> {
    let now = casework.now();
    let matter = matter_of(tx, offer)?;
    let facts = Facts::load(tx, reader, matter, now)?;
    let by = By::Worker(answering(tx, &facts, reader, offer)?);
    close(tx, offer, "accepted", Some(reader.staff), now)?;
    holding::accept(tx, casework, reader, &facts, &by)?;
    add_event(tx, casework, &by, matter, None, "accepted", "")?;
    log(tx, &by, now, "matter.accept", &facts.clients(), "", None)?;
    Ok(matter)
}

/// The right to answer an offer, checked against the offer itself: an offer that is no longer open says so to the person
/// it was made to. To be on duty in the unit that answers for the matter is not to be the one to whom it is offered.
fn answering(
    tx: &mut WriteTx<'_>,
    facts: &Facts,
    reader: &Reader,
    offer: MatterOfferId,
) -> Result<Acting, MatterError> {
    if facts.offer.is_none_or(|open| open.id != offer) {
        let row = tx.query_one(
            "select to_staff, to_unit from matter_offer where id = $1",
            &params![offer.bytes()],
        )?;
        let staff = row.get::<Option<[u8; 16]>>(0)?.map(StaffId::from_bytes);
        let unit = UnitId::from_bytes(row.get(1)?);
        let made_to = staff.map_or(unit == reader.unit, |staff| staff == reader.staff);
        return Err(if made_to {
            MatterError::OfferClosed
        } else {
            MatterError::NotFound
        });
    }
    if !facts.offer.is_some_and(|open| open.is_for(reader)) {
        return Err(MatterError::NotFound);
    }
    facts.authorise(reader, "offer", "approve")
}

/// Refuses an offer with a reason and an alternative. The sender goes on answering.
///
/// # Errors
/// As [`accept`].
pub fn refuse(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    offer: MatterOfferId,
    reason: &str,
    alternative: &str,
) -> Result<MatterId, MatterError> {
    let now = casework.now();
    let matter = matter_of(tx, offer)?;
    let facts = Facts::load(tx, reader, matter, now)?;
    let by = By::Worker(answering(tx, &facts, reader, offer)?);
    let changed = tx.execute(
        "update matter_offer set state = 'refused', answered_at = $2, answered_by = $3, refusal_reason = $4, alternative = $5 where id = $1 and state = 'open'",
        &params![offer.bytes(), millis(now), reader.staff.bytes(), reason, alternative],
    )?;
    if changed == 0 {
        return Err(MatterError::OfferClosed);
    }
    let said = format!("{reason}\n{alternative}");
    add_event(tx, casework, &by, matter, None, "refused", &said)?;
    log(
        tx,
        &by,
        now,
        "matter.refuse",
        &facts.clients(),
        "",
        Some(&said),
    )?;
    Ok(matter)
}

/// The one who made an offer, or who holds the matter, takes it back.
///
/// # Errors
/// [`MatterError::OfferClosed`], and [`MatterError::NotFound`] for anybody else.
pub fn withdraw(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    offer: MatterOfferId,
) -> Result<MatterId, MatterError> {
    let now = casework.now();
    let matter = matter_of(tx, offer)?;
    let facts = Facts::load(tx, reader, matter, now)?;
    let acting = facts.authorise(reader, "matter", "hand_over")?;
    let open = facts
        .offer
        .filter(|open| open.id == offer)
        .ok_or(MatterError::OfferClosed)?;
    if open.from_staff != reader.staff && facts.holder().staff() != Some(reader.staff) {
        return Err(MatterError::NotFound);
    }
    let by = By::Worker(acting);
    close(tx, offer, "withdrawn", Some(reader.staff), now)?;
    add_event(tx, casework, &by, matter, None, "withdrawn", "")?;
    log(tx, &by, now, "matter.withdraw", &facts.clients(), "", None)?;
    Ok(matter)
}

/// Takes back an open offer when the matter changes hands another way or ends.
pub(crate) fn withdraw_open(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    matter: MatterId,
) -> Result<(), StoreError> {
    tx.execute(
        "update matter_offer set state = 'withdrawn', answered_at = $2 where matter_id = $1 and state = 'open'",
        &params![matter.bytes(), millis(casework.now())],
    )?;
    Ok(())
}

/// The job of an unanswered offer: it comes back to its sender. Safe to run twice.
///
/// # Errors
/// When the engine fails.
pub fn come_back(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    offer: MatterOfferId,
) -> Result<bool, MatterError> {
    let now = casework.now();
    let row = tx.query_optional(
        "select matter_id from matter_offer where id = $1 and state = 'open' and answer_by <= $2",
        &params![offer.bytes(), millis(now)],
    )?;
    let Some(row) = row else { return Ok(false) };
    let matter = MatterId::from_bytes(row.get(0)?);
    close(tx, offer, "unanswered", None, now)?;
    add_event(tx, casework, &By::Job, matter, None, "unanswered", "")?;
    let clients = relation::clients_of(tx, matter)?;
    log(tx, &By::Job, now, "matter.unanswered", &clients, "", None)?;
    Ok(true)
}
