//! All SQL of contacts. Every act checks its right and writes its log entry in the transaction that
//! changes or reads the rows (invariants I1 and I4).

/// SQL that holds when the worker `$1` leads the unit of a column on the day of a parameter: as its lead, or as a
/// deputy between the days.
macro_rules! led {
    ($unit:literal, $day:literal) => {
        concat!(
            "exists (select 1 from unit_leader l where l.unit_id = ",
            $unit,
            " and l.staff_id = $1 and l.begins_on <= ",
            $day,
            " and l.ends_on >= ",
            $day,
            ")"
        )
    };
}

pub mod advice;
pub mod ending;
pub mod facts;
pub mod flow;
pub mod holding;
pub mod lead;
pub mod linked;
pub mod offers;
pub mod opening;
pub mod parcel;
pub mod queue;
pub mod receive;
pub mod record;
pub mod release;
pub mod safety_net;
pub mod self_started;
pub mod sender;
pub mod tasks;
pub(crate) mod toward;
pub mod unlink;
pub mod view;
pub mod worklist;

use std::borrow::Cow;
use std::sync::Arc;

use access::log::{Actor, LogEntry};
use access::rights::Subject;
use identity::people::{StaffId, UnitId};
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Show, StoreError, WriteTx, params};

use crate::domain::urgency::Urgency;
use crate::domain::{Acting, ContactId, IntakeSettings, RowId, working_time};

/// What the acts need from outside: the clock, chance, the county's settings and its calendar.
#[derive(Clone)]
pub struct Desk {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub settings: Arc<IntakeSettings>,
    pub calendar: Arc<law::Calendar>,
}

impl Desk {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// When an offer made at `made` is to be answered: in working time, except for what is urgent now.
    pub fn offer_answer_by(&self, urgency: Urgency, made: Timestamp) -> Timestamp {
        if urgency == Urgency::Now {
            made + SignedDuration::from_hours(self.settings.offer_answer_urgent_hours)
        } else {
            working_time::due_after(&self.calendar, made, self.settings.offer_answer_hours)
        }
    }
}

/// A signed-in worker as the acts need one.
#[derive(Debug, Clone)]
pub struct Worker {
    pub staff: StaffId,
    pub unit: UnitId,
    pub subject: Subject,
}

/// Who is behind an act that is logged.
#[derive(Debug, Clone, Copy)]
pub enum By {
    Worker(Acting),
    /// The sender of the contact, by the public form or the receipt code.
    Sender,
    /// A job of the house.
    Job,
    /// Another county that the same house serves.
    County,
}

impl By {
    fn staff(&self) -> Option<StaffId> {
        match self {
            Self::Worker(acting) => Some(acting.staff),
            Self::Sender | Self::Job | Self::County => None,
        }
    }

    fn entry(&self, at: Timestamp, event: &'static str) -> LogEntry {
        let (actor, right, purpose) = match self {
            Self::Worker(acting) => (
                Actor::Staff(acting.staff.bytes()),
                acting.right,
                acting.purpose,
            ),
            Self::Sender => (Actor::Sender, "N-14", "P18"),
            Self::Job => (Actor::System, "N-22", "P21"),
            Self::County => (Actor::System, "JB-07", "P21"),
        };
        LogEntry {
            at,
            actor,
            event,
            right: Cow::Borrowed(right),
            purpose,
            subjects: Vec::new(),
            detail: String::new(),
            digest: None,
        }
    }
}

/// Writes the log entry of an act on one contact; the client of a linked contact is its subject too.
pub(crate) fn log(
    tx: &mut impl Show,
    by: &By,
    at: Timestamp,
    event: &'static str,
    contact: ContactId,
    detail: &str,
    content: Option<&str>,
) -> Result<(), StoreError> {
    let mut entry = LogEntry {
        subjects: vec![contact.bytes()],
        detail: detail.to_owned(),
        digest: content.map(|text| *blake3::hash(text.as_bytes()).as_bytes()),
        ..by.entry(at, event)
    };
    linked::name_clients(tx, &[contact], &mut entry)?;
    tx.log(entry)
}

/// Writes the log entry of a reading that showed several contacts.
pub(crate) fn log_reading(
    tx: &mut impl Show,
    by: &By,
    at: Timestamp,
    event: &'static str,
    contacts: &[ContactId],
    detail: &str,
) -> Result<(), StoreError> {
    let mut entry = LogEntry {
        subjects: contacts.iter().map(ContactId::bytes).collect(),
        detail: detail.to_owned(),
        ..by.entry(at, event)
    };
    linked::name_clients(tx, contacts, &mut entry)?;
    tx.log(entry)
}

/// The same for a page that shows clients' rows of other rooms too: one entry for all.
pub(crate) fn log_with_clients(
    tx: &mut impl Show,
    by: &By,
    at: Timestamp,
    event: &'static str,
    contacts: &[ContactId],
    clients: &std::collections::BTreeSet<clients::ClientId>,
) -> Result<(), StoreError> {
    let mut entry = LogEntry {
        subjects: contacts.iter().map(ContactId::bytes).collect(),
        ..by.entry(at, event)
    };
    linked::name_clients(tx, contacts, &mut entry)?;
    for client in clients.iter().map(clients::ClientId::bytes) {
        if !entry.subjects.contains(&client) {
            entry.subjects.push(client);
        }
    }
    tx.log(entry)
}

/// Adds a line to what happened; `body` holds codes or the worker's words.
pub(crate) fn add_event(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    by: &By,
    contact: ContactId,
    event: &str,
    body: &str,
) -> Result<(), StoreError> {
    let now = desk.now();
    tx.execute(
        "insert into contact_event (id, contact_id, at, staff_id, event, body) values ($1, $2, $3, $4, $5, $6)",
        &params![
            RowId::new(&*desk.clock, &*desk.chance).bytes(),
            contact.bytes(),
            millis(now),
            by.staff().map(|staff| staff.bytes()),
            event,
            body
        ],
    )?;
    Ok(())
}

/// Marks that somebody touched the contact: the safety net's clock starts again.
pub(crate) fn touch(
    tx: &mut WriteTx<'_>,
    contact: ContactId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update contact set touched_at = $2, raised_at = null, version = version + 1 where id = $1",
        &params![contact.bytes(), millis(now)],
    )?;
    Ok(())
}

/// A code in the database that this version does not know.
pub(crate) fn unreadable() -> StoreError {
    StoreError::Decode("a code that this version does not know".to_owned())
}

/// A title for somebody who may see that a contact is, and not what it says: a title in the person's
/// own words gives way to the number.
pub(crate) fn state_title(title: String, number: String) -> String {
    if title.starts_with(['”', '"', '“']) {
        number
    } else {
        title
    }
}
