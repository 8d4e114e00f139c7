//! One contact as the worker who may read it sees it. The statements do not grow with its rows.

use identity::people::{StaffId, UnitId};
use kernel::time::{Date, Timestamp, day, from_millis};
use store::{Query, Row, Show, StoreError, params};

use crate::domain::urgency::Urgency;
use crate::domain::{
    AnswerWay, AttachmentId, AttemptChannel, ContactId, Door, IntakeError, Kind, OfferId, Parties,
    TalkLanguage, Theme, Wish,
};
use crate::store::facts::Facts;
use crate::store::linked::{self, Link};
use crate::store::sender::{Message, messages};
use crate::store::tasks::{self, Task};
use crate::store::{By, Desk, Worker, log, state_title, unreadable};

/// Everything on the detail pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactView {
    pub facts: Facts,
    pub relations: Vec<&'static str>,
    pub number: String,
    pub kind: Kind,
    pub door: Door,
    pub arrived_at: Timestamp,
    pub municipality: Option<String>,
    pub language: TalkLanguage,
    pub other_language: Option<String>,
    pub interpreter: bool,
    pub parties: Parties,
    pub own_words: String,
    pub title: String,
    pub theme: Option<Theme>,
    pub person: Option<String>,
    pub anonymous: bool,
    pub phone: Option<String>,
    pub answer_way: AnswerWay,
    pub wish: Option<Wish>,
    pub assisted: bool,
    pub written_by: Option<String>,
    /// Whoever wrote it down began it: nobody had been in touch.
    pub self_started: bool,
    pub authority: Option<String>,
    pub authority_contact: Option<String>,
    pub authority_ground: Option<String>,
    pub urgency: Urgency,
    pub urgency_by_rule: bool,
    pub urgency_reason: String,
    pub urgency_by: Option<String>,
    pub urgency_at: Timestamp,
    pub housing_risk: bool,
    pub child_in_household: bool,
    pub answer_due: Date,
    pub holder_name: String,
    pub unit_names: [String; 3],
    pub raised: bool,
    pub has_code: bool,
    /// The person has been answered, as the queue counts it.
    pub answered: bool,
    /// The named holder is absent or departed: the unit's lead may take over.
    pub holder_away: bool,
    pub events: Vec<Event>,
    pub attempts: Vec<Attempt>,
    pub messages: Vec<Message>,
    pub files: Vec<File>,
    pub offer: Option<Offer>,
    pub tasks: Vec<Task>,
    pub ending: Option<Ended>,
    /// False when the reader may only know title, state and unit (a lead).
    pub content: bool,
    /// Whose contact it is, once that is known.
    pub link: Option<Link>,
    /// Contact details are closed to the reader: non-disclosure for safety.
    pub masked: bool,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub at: Timestamp,
    pub staff: Option<String>,
    pub event: String,
    pub body: String,
}

/// An attempt to reach the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub at: Timestamp,
    pub staff: String,
    pub channel: AttemptChannel,
    pub reached: bool,
    pub body: String,
}

/// A file that came with the contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub id: AttachmentId,
    pub name: String,
    pub size: i64,
}

/// The latest offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: OfferId,
    pub from: String,
    pub from_staff: StaffId,
    pub to_person: Option<String>,
    pub to_unit: [String; 3],
    pub reason: String,
    pub warm: bool,
    pub state: String,
    pub answer_by: Timestamp,
    pub refusal_reason: Option<String>,
    pub alternative: Option<String>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub kind: String,
    pub what: String,
    pub who: Option<String>,
    pub by: Option<Date>,
    pub at: Timestamp,
    pub seen: bool,
}

/// Reads a contact for a worker and logs it.
///
/// The holder, the duty holder, whoever may take it and the receiver of an offer see it whole; a lead
/// sees title, state and unit (457/2024 17 §).
///
/// # Errors
/// [`IntakeError::NotFound`] without a right.
pub fn read(
    tx: &mut impl Show,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
) -> Result<ContactView, IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts
        .authorise(worker, "contact", "read", now)
        .ok()
        // A lead to whom the contact is offered sees it as any receiver does.
        .filter(|acting| {
            acting.right != STATE_ONLY || !facts.offer.is_some_and(|offer| offer.is_for(worker))
        })
        .map_or_else(|| facts.authorise(worker, "offer", "read", now), Ok)?;
    let content = acting.right != STATE_ONLY;
    let may = |class| facts.authorise(worker, class, "read", now).is_ok();
    let (may_messages, may_files) = (content && may("message"), content && may("attachment"));
    let relations = facts.relations(worker, now);
    let row = tx.query_one(
        &format!("{COLUMNS} where c.id = $2"),
        &params![facts.on_duty.bytes(), contact.bytes(), day(now).to_string()],
    )?;
    let mut view = from_row(&row, facts, relations, content)?;
    if let Some(link) = linked::of_contact(tx, contact)?.filter(|_| content) {
        view.link = Some(linked::opened(tx, worker, link, now)?);
    }
    if linked::is_masked(tx, worker, contact, now)? {
        view.masked = true;
        view.phone = None;
        view.municipality = None;
    }
    if content {
        view.events = events(tx, contact)?;
        view.attempts = attempts(tx, contact)?;
        view.tasks = tasks::list_of_contact(tx, contact)?;
    }
    if may_messages {
        view.messages = messages(tx, contact)?;
    }
    if may_files {
        view.files = files(tx, contact)?;
    }
    view.offer = latest_offer(tx, contact)?;
    view.ending = ending(tx, contact)?.filter(|_| !view.facts.open);
    if !content {
        without_words(&mut view);
    }
    let detail = if content { "" } else { "state" };
    log(
        tx,
        &By::Worker(acting),
        now,
        "contact.read",
        contact,
        detail,
        None,
    )?;
    Ok(view)
}

/// Takes away what somebody wrote about the person, for a reader of the state only.
fn without_words(view: &mut ContactView) {
    if let Some(offer) = &mut view.offer {
        offer.reason.clear();
        offer.refusal_reason = None;
        offer.alternative = None;
    }
    if let Some(ending) = &mut view.ending {
        ending.what.clear();
        ending.who = None;
    }
}

/// The rights table's row by which a lead reads title, state and unit, and no content.
const STATE_ONLY: &str = "LE-01";

const COLUMNS: &str = "select c.number, c.kind, c.door, c.arrived_at, c.municipality, c.language, c.other_language, c.interpreter, c.parties, c.own_words, c.title, c.theme, c.person_name, c.phone, c.answer_way, c.wish, c.assisted, w.name, c.authority, c.authority_contact, c.authority_ground, c.urgency, c.urgency_source, c.urgency_reason, j.name, c.urgency_at, c.housing_risk, c.child_in_household, c.answer_due, coalesce(s.name, d.name), u.name_fi, u.name_sv, u.name_en, c.raised_at, c.receipt_hash, case when s.ended_on < $3 or exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $3 and a.ends_on >= $3) then 1 else 0 end, case when (c.written_by is not null and c.kind = 'contact') or exists (select 1 from contact_message m where m.contact_id = c.id and m.staff_id is not null) or exists (select 1 from attempt t where t.contact_id = c.id and t.reached = 1) then 1 else 0 end, c.anonymous, case when c.inbound = 'self' then 1 else 0 end from contact c join unit u on u.id = c.holder_unit join staff d on d.id = $1 left join staff s on s.id = c.holder_staff left join staff w on w.id = c.written_by left join staff j on j.id = c.urgency_by";

fn from_row(
    row: &Row,
    facts: Facts,
    relations: Vec<&'static str>,
    content: bool,
) -> Result<ContactView, StoreError> {
    let code = |index: usize| row.get::<String>(index);
    let private = |index: usize| -> Result<Option<String>, StoreError> {
        if content { row.get(index) } else { Ok(None) }
    };
    Ok(ContactView {
        facts,
        relations,
        content,
        link: None,
        masked: false,
        number: row.get(0)?,
        kind: Kind::from_code(&code(1)?).ok_or_else(unreadable)?,
        door: Door::from_code(&code(2)?).ok_or_else(unreadable)?,
        arrived_at: from_millis(row.get(3)?),
        municipality: row.get(4)?,
        language: TalkLanguage::from_code(&code(5)?).ok_or_else(unreadable)?,
        other_language: row.get(6)?,
        interpreter: row.get(7)?,
        parties: Parties::from_code(&code(8)?).ok_or_else(unreadable)?,
        own_words: if content { row.get(9)? } else { String::new() },
        title: if content {
            row.get(10)?
        } else {
            state_title(row.get(10)?, row.get(0)?)
        },
        theme: row
            .get::<Option<String>>(11)?
            .as_deref()
            .and_then(Theme::from_code),
        person: private(12)?,
        anonymous: row.get(37)?,
        phone: private(13)?,
        answer_way: AnswerWay::from_code(&code(14)?).ok_or_else(unreadable)?,
        wish: row
            .get::<Option<String>>(15)?
            .as_deref()
            .and_then(Wish::from_code),
        assisted: row.get(16)?,
        written_by: row.get(17)?,
        self_started: row.get(38)?,
        authority: row.get(18)?,
        authority_contact: private(19)?,
        authority_ground: row.get(20)?,
        urgency: Urgency::from_code(&code(21)?).ok_or_else(unreadable)?,
        urgency_by_rule: code(22)? == "rule",
        urgency_reason: if content { row.get(23)? } else { String::new() },
        urgency_by: row.get(24)?,
        urgency_at: from_millis(row.get(25)?),
        housing_risk: row.get(26)?,
        child_in_household: row.get(27)?,
        answer_due: code(28)?.parse().map_err(|_| unreadable())?,
        holder_name: row.get(29)?,
        unit_names: [row.get(30)?, row.get(31)?, row.get(32)?],
        raised: row.get::<Option<i64>>(33)?.is_some(),
        has_code: row.get::<Option<[u8; 32]>>(34)?.is_some(),
        holder_away: row.get(35)?,
        answered: row.get(36)?,
        events: Vec::new(),
        attempts: Vec::new(),
        messages: Vec::new(),
        files: Vec::new(),
        offer: None,
        tasks: Vec::new(),
        ending: None,
    })
}

fn events(query: &mut impl Query, contact: ContactId) -> Result<Vec<Event>, StoreError> {
    query
        .query(
            "select e.at, s.name, e.event, e.body from contact_event e left join staff s on s.id = e.staff_id where e.contact_id = $1 order by e.id desc limit 200",
            &params![contact.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(Event { at: from_millis(row.get(0)?), staff: row.get(1)?, event: row.get(2)?, body: row.get(3)? })
        })
        .collect()
}

fn attempts(query: &mut impl Query, contact: ContactId) -> Result<Vec<Attempt>, StoreError> {
    query
        .query(
            "select a.at, s.name, a.channel, a.reached, a.body from attempt a join staff s on s.id = a.staff_id where a.contact_id = $1 order by a.at desc, a.id desc limit 100",
            &params![contact.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(Attempt {
                at: from_millis(row.get(0)?),
                staff: row.get(1)?,
                channel: AttemptChannel::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
                reached: row.get(3)?,
                body: row.get(4)?,
            })
        })
        .collect()
}

fn files(query: &mut impl Query, contact: ContactId) -> Result<Vec<File>, StoreError> {
    query
        .query(
            "select id, file_name, size from attachment where contact_id = $1 order by id",
            &params![contact.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(File {
                id: AttachmentId::from_bytes(row.get(0)?),
                name: row.get(1)?,
                size: row.get(2)?,
            })
        })
        .collect()
}

fn latest_offer(query: &mut impl Query, contact: ContactId) -> Result<Option<Offer>, StoreError> {
    query
        .query_optional(
            "select o.id, f.name, o.from_staff, t.name, u.name_fi, u.name_sv, u.name_en, o.reason, o.warm, o.state, o.answer_by, o.refusal_reason, o.alternative from offer o join staff f on f.id = o.from_staff left join staff t on t.id = o.to_staff join unit u on u.id = o.to_unit where o.contact_id = $1 order by o.made_at desc, o.id desc limit 1",
            &params![contact.bytes()],
        )?
        .map(|row| {
            Ok(Offer {
                id: OfferId::from_bytes(row.get(0)?),
                from: row.get(1)?,
                from_staff: StaffId::from_bytes(row.get(2)?),
                to_person: row.get(3)?,
                to_unit: [row.get(4)?, row.get(5)?, row.get(6)?],
                reason: row.get(7)?,
                warm: row.get(8)?,
                state: row.get(9)?,
                answer_by: from_millis(row.get(10)?),
                refusal_reason: row.get(11)?,
                alternative: row.get(12)?,
            })
        })
        .transpose()
}

fn ending(query: &mut impl Query, contact: ContactId) -> Result<Option<Ended>, StoreError> {
    query
        .query_optional(
            "select kind, what, who, by_day, at, seen_at from ending where contact_id = $1 order by at desc, id desc limit 1",
            &params![contact.bytes()],
        )?
        .map(|row| {
            Ok(Ended {
                kind: row.get(0)?,
                what: row.get(1)?,
                who: row.get(2)?,
                by: row.get::<Option<String>>(3)?.and_then(|day| day.parse().ok()),
                at: from_millis(row.get(4)?),
                seen: row.get::<Option<i64>>(5)?.is_some(),
            })
        })
        .transpose()
}

/// A file's name, type and content.
pub type OpenedFile = (String, String, Vec<u8>);

/// Opens a file for a worker who may; the reading is logged.
///
/// # Errors
/// [`IntakeError::NotFound`] without a right.
pub fn open_file(
    tx: &mut impl Show,
    desk: &Desk,
    worker: &Worker,
    file: AttachmentId,
) -> Result<OpenedFile, IntakeError> {
    let now = desk.now();
    let row = tx
        .query_optional(
            "select contact_id, file_name, media_type, content from attachment where id = $1",
            &params![file.bytes()],
        )?
        .ok_or(IntakeError::NotFound)?;
    let contact = ContactId::from_bytes(row.get(0)?);
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, "attachment", "read", now)?;
    log(
        tx,
        &By::Worker(acting),
        now,
        "attachment.read",
        contact,
        "",
        None,
    )?;
    Ok((row.get(1)?, row.get(2)?, row.get(3)?))
}

/// An offer waiting for this worker's answer, for the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferToMe {
    pub id: OfferId,
    pub contact: ContactId,
    pub title: String,
    pub person: Option<String>,
    pub reason: String,
    pub from: String,
    pub answer_by: Timestamp,
    pub warm: bool,
    pub to_me: bool,
}

/// Offers to the worker by name or to the worker's unit, the first to run out first.
///
/// # Errors
/// When the engine fails.
pub fn offers_to(
    query: &mut impl Query,
    staff: StaffId,
    unit: UnitId,
) -> Result<Vec<OfferToMe>, StoreError> {
    query
        .query(
            "select o.id, o.contact_id, c.title, c.person_name, o.reason, f.name, o.answer_by, o.warm, o.to_staff from offer o join contact c on c.id = o.contact_id join staff f on f.id = o.from_staff where o.state = 'open' and (o.to_staff = $1 or (o.to_staff is null and o.to_unit = $2 and o.from_staff <> $1)) order by o.answer_by, o.id limit 50",
            &params![staff.bytes(), unit.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(OfferToMe {
                id: OfferId::from_bytes(row.get(0)?),
                contact: ContactId::from_bytes(row.get(1)?),
                title: row.get(2)?,
                person: row.get(3)?,
                reason: row.get(4)?,
                from: row.get(5)?,
                answer_by: from_millis(row.get(6)?),
                warm: row.get(7)?,
                to_me: row.get::<Option<[u8; 16]>>(8)?.is_some(),
            })
        })
        .collect()
}
