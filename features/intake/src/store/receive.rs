//! A contact arrives: it has a holder, an urgency and a promised answer from its first second.

use identity::people::{self, UnitId};
use kernel::time::{Timestamp, day, millis, wall_time};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{ContactId, Holder, IntakeError, NewContact};
use crate::store::facts::{WRITTEN, authorise};
use crate::store::{By, Desk, Worker, add_event, holding, log};

/// What the sender or the worker gets back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub id: ContactId,
    /// Human-readable number, for example `2026-000123`.
    pub number: String,
}

/// Receives a contact from the public form or the public interface. The duty holder of the receiving
/// unit answers for it at once (invariant I1).
///
/// # Errors
/// [`IntakeError::Nobody`] when the county has no unit at work; when the engine fails.
pub fn from_sender(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    new: &NewContact,
    receipt: Option<&[u8; 32]>,
) -> Result<Received, IntakeError> {
    let unit =
        people::unit_that_receives(tx, new.municipality.as_deref())?.ok_or(IntakeError::Nobody)?;
    insert(
        tx,
        desk,
        new,
        &By::Sender,
        unit,
        Holder::Duty(unit),
        receipt,
    )
}

/// What holds of a contact that tells no ground of SHL 35 §.
const OWN_ENTRY: &[&str] = &["own_entry"];

/// Whether the worker writes down contacts only with the person's consent or a ground for going without it: a health
/// professional, who is no worker of social care (SHL 35 §).
pub fn needs_ground(worker: &Worker, now: Timestamp) -> bool {
    let may = |given| authorise(worker, "contact", "create", &[], given, now).is_ok();
    !may(OWN_ENTRY) && may(WRITTEN)
}

/// A worker writes down a contact: the worker answers for it until a named person accepts it
/// (first catch rule 2).
///
/// # Errors
/// [`IntakeError::NotFound`] when the worker may not write down contacts, or not without a ground that `new` lacks.
pub fn from_worker(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    new: &NewContact,
    receipt: Option<&[u8; 32]>,
) -> Result<Received, IntakeError> {
    let given = if new.authority_ground.is_some() {
        WRITTEN
    } else {
        OWN_ENTRY
    };
    let acting = authorise(worker, "contact", "create", &[], given, desk.now())?;
    let holder = Holder::Person {
        staff: worker.staff,
        unit: worker.unit,
    };
    // What was searched for while the call went on led to this contact, whoever it is about.
    clients::store::watch::note_entry(tx, worker.staff, None, desk.now())?;
    insert(
        tx,
        desk,
        new,
        &By::Worker(acting),
        worker.unit,
        holder,
        receipt,
    )
}

/// A matter that another county of the house has sent here: the duty holder of the unit answers for it at once.
///
/// # Errors
/// When the engine fails.
pub(crate) fn from_county(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    new: &NewContact,
    unit: UnitId,
) -> Result<Received, IntakeError> {
    insert(tx, desk, new, &By::County, unit, Holder::Duty(unit), None)
}

fn insert(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    new: &NewContact,
    by: &By,
    unit: UnitId,
    holder: Holder,
    receipt: Option<&[u8; 32]>,
) -> Result<Received, IntakeError> {
    let now = desk.now();
    let id = ContactId::new(&*desk.clock, &*desk.chance);
    let number = next_number(tx, wall_time(now).year())?;
    let answer_due = answer_due(desk)?;
    let taken = holder.staff().map(|_| millis(now));
    let judge = (!new.urgency.by_rule).then(|| by.staff()).flatten();
    tx.execute(
        "insert into contact (id, number, kind, door, arrived_at, came_to_unit, municipality, language, other_language, interpreter, parties, own_words, title, theme, anonymous, person_name, phone, answer_way, wish, written_by, assisted, authority, authority_contact, authority_ground, receipt_hash, urgency, urgency_source, urgency_reason, urgency_by, urgency_at, urgency_rank, housing_risk, child_in_household, answer_due, state, holder_kind, holder_unit, holder_staff, holder_since, first_taken_at, holders_met, touched_at, version, inbound) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $5, $30, $31, $32, $33, 'open', $34, $35, $36, $5, $37, 1, $5, 1, $4)",
        &params![
            id.bytes(),
            number.as_str(),
            new.kind.code(),
            new.door.code(),
            millis(now),
            unit.bytes(),
            new.municipality.clone(),
            new.language.code(),
            new.other_language.clone(),
            new.interpreter,
            new.parties.code(),
            new.own_words.as_str(),
            new.title.as_str(),
            new.theme.map(|theme| theme.code()),
            new.anonymous(),
            new.person_name.clone(),
            new.phone.clone(),
            new.answer_way.code(),
            new.wish.map(|wish| wish.code()),
            by.staff().map(|staff| staff.bytes()),
            new.assisted,
            new.authority.clone(),
            new.authority_contact.clone(),
            new.authority_ground.map(|ground| ground.code()),
            receipt.copied(),
            new.urgency.urgency.code(),
            if new.urgency.by_rule { "rule" } else { "staff" },
            new.urgency.reason.as_str(),
            judge.map(|staff| staff.bytes()),
            new.urgency.urgency.rank(),
            new.urgency.housing_risk,
            new.urgency.child_in_household,
            answer_due,
            holder.kind(),
            holder.unit().bytes(),
            holder.staff().map(|staff| staff.bytes()),
            taken
        ],
    )?;
    let how = if holder.staff().is_some() {
        "written_down"
    } else {
        "arrived"
    };
    holding::begin(tx, desk, id, holder, how)?;
    add_event(tx, desk, by, id, how, new.door.code())?;
    log(
        tx,
        by,
        now,
        "contact.create",
        id,
        new.door.code(),
        Some(&new.own_words),
    )?;
    Ok(Received { id, number })
}

fn next_number(tx: &mut WriteTx<'_>, year: i16) -> Result<String, StoreError> {
    let row = tx.query_one(
        "insert into counter (name, value) values ($1, 1) on conflict (name) do update set value = counter.value + 1 returning value",
        &params![format!("contact-{year}")],
    )?;
    Ok(format!("{year}-{:06}", row.get::<i64>(0)?))
}

/// The day by which the first answer is promised: the county's own target, computed by the law room
/// from the day of arrival.
fn answer_due(desk: &Desk) -> Result<String, IntakeError> {
    let rule = desk
        .settings
        .answer_rule
        .parse()
        .map_err(|_| IntakeError::AnswerRule)?;
    let due =
        law::due(&rule, day(desk.now()), &desk.calendar).map_err(|_| IntakeError::AnswerRule)?;
    Ok(due.date.to_string())
}

/// The contact that this worker has just written down of the same person in the same words: a form
/// that was sent twice makes one contact. One that has already ended was another caller's.
///
/// # Errors
/// When the engine fails.
pub fn written_again(
    query: &mut impl Query,
    worker: &Worker,
    new: &NewContact,
    receipt: Option<&[u8; 32]>,
    since: Timestamp,
) -> Result<Option<Received>, StoreError> {
    let row = match receipt {
        Some(digest) => query.query_optional(
            "select id, number from contact where receipt_hash = $1 and written_by = $2",
            &params![*digest, worker.staff.bytes()],
        )?,
        None => query.query_optional(
            "select id, number from contact where written_by = $1 and state = 'open' and arrived_at >= $2 and own_words = $3 and coalesce(person_name, '') = $4 and coalesce(phone, '') = $5 order by arrived_at desc, id desc limit 1",
            &params![
                worker.staff.bytes(),
                millis(since),
                new.own_words.as_str(),
                new.person_name.clone().unwrap_or_default(),
                new.phone.clone().unwrap_or_default()
            ],
        )?,
    };
    row.map(|row| {
        Ok(Received {
            id: ContactId::from_bytes(row.get(0)?),
            number: row.get(1)?,
        })
    })
    .transpose()
}
