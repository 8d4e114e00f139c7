//! All SQL of matters. Every act checks its right and writes its log entry in the transaction that changes or reads the
//! rows (invariants I1 and I4).

mod cards;
pub mod clocks;
pub mod ending;
pub mod facts;
pub mod flow;
pub mod follow_up;
pub mod holding;
pub mod joint;
pub mod list;
pub mod net;
pub mod offers;
pub mod one_number;
pub mod open;
pub mod outbox;
pub mod own_worker;
pub mod relation;
pub mod release;
pub mod sending;
pub mod special_support;
pub mod timeline;
pub mod view;
pub mod workers;

use std::borrow::Cow;
use std::sync::Arc;

use access::log::{Actor, LogEntry};
use clients::ClientId;
use clients::relations::Tails;
use identity::people::StaffId;
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::{Timestamp, millis};
use store::{Log, StoreError, WriteTx, params};
use text::search::Analysers;

use crate::domain::{MatterId, MatterSettings, RowId};

/// What the acts need from outside: the clock, chance, the county's settings and its calendar.
#[derive(Clone)]
pub struct Casework {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub settings: Arc<MatterSettings>,
    pub calendar: Arc<law::Calendar>,
    /// Word forms, for finding matters in a client's history.
    pub analysers: Arc<Analysers>,
    /// The room of clients.
    pub clients: Arc<clients::Desk>,
    /// What ends with a matter in the rooms that this one does not know.
    pub endings: crate::ending::Endings,
}

impl Casework {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// How long a relation that ended lets its holder read on.
    pub fn tails(&self) -> Tails {
        Tails {
            common_days: self.settings.tail_days,
        }
    }

    fn row_id(&self) -> [u8; 16] {
        RowId::new(&*self.clock, &*self.chance).bytes()
    }
}

/// Who acts, and by which row of the rights table: goes to the log as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acting {
    pub staff: StaffId,
    pub right: &'static str,
    pub purpose: &'static str,
}

/// Who is behind an act that is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Worker(Acting),
    /// A job of the house.
    Job,
    /// An import from another system.
    Import,
    /// A package reached another county of the house.
    Delivery,
}

impl By {
    /// The member of staff, when there is one.
    pub const fn staff(&self) -> Option<StaffId> {
        match self {
            Self::Worker(acting) => Some(acting.staff),
            Self::Job | Self::Import | Self::Delivery => None,
        }
    }

    fn entry(&self, at: Timestamp, event: &'static str) -> LogEntry {
        let (actor, right, purpose) = match self {
            Self::Worker(acting) => (
                Actor::Staff(acting.staff.bytes()),
                acting.right,
                acting.purpose,
            ),
            Self::Job => (Actor::System, "N-22", "P21"),
            Self::Import => (Actor::System, "N-182", "P21"),
            Self::Delivery => (Actor::System, "N-189", "P16"),
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

/// Writes the log entry of an act on a matter; its subjects are the clients whose data was shown or changed.
pub(crate) fn log(
    tx: &mut impl Log,
    by: &By,
    at: Timestamp,
    event: &'static str,
    clients: &[ClientId],
    detail: &str,
    content: Option<&str>,
) -> Result<(), StoreError> {
    tx.log(LogEntry {
        subjects: clients.iter().map(ClientId::bytes).collect(),
        detail: detail.to_owned(),
        digest: content.map(|text| *blake3::hash(text.as_bytes()).as_bytes()),
        ..by.entry(at, event)
    })
}

/// Adds a line to what happened; `body` holds codes or the worker's words, `client` the one client it concerns.
pub(crate) fn add_event(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &By,
    matter: MatterId,
    client: Option<ClientId>,
    event: &str,
    body: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into matter_event (id, matter_id, client_id, at, staff_id, event, body) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            casework.row_id(),
            matter.bytes(),
            client.map(|client| client.bytes()),
            millis(casework.now()),
            by.staff().map(|staff| staff.bytes()),
            event,
            body
        ],
    )?;
    Ok(())
}

/// A code in the database that this version does not know.
pub(crate) fn unreadable() -> StoreError {
    StoreError::Decode("a code that this version does not know".to_owned())
}
