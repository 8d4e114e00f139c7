//! All SQL of clients. Every act checks its right at the gate and writes its log entry in the transaction
//! that changes or reads the rows (invariants I1 and I4).

mod arms;
mod by_code;
pub mod card;
pub mod consult;
pub mod create;
pub mod details;
pub mod disqualified;
pub mod door;
pub mod exceptional;
pub mod jobs;
pub mod known;
pub mod lapse;
pub mod limits;
pub mod merge;
pub mod mistake;
pub mod names;
pub mod orders;
pub mod own;
pub mod protect;
pub mod reasons;
pub mod record;
pub mod related;
pub mod search;
pub mod sees;
pub mod settings;
mod similar;
pub mod standing;
pub mod told;
mod unusual;
mod void;
pub mod watch;
pub mod watched;

use std::borrow::Cow;
use std::sync::Arc;

use identity::IdentityKey;
use identity::people::StaffId;
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::oid::Oid;
use kernel::time::{Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};
use web::Secrets;

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::{self, Granted, Shown};
use crate::relations::Tails;

/// What a county has decided about its clients; the law sets none of these numbers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClientSettings {
    /// The county's own node, under which temporary identifiers are given: `1.2.246.10.<business id>`.
    pub organisation: String,
    /// The arc below it for temporary identifiers.
    pub identifier_branch: u32,
    /// Days that a relation is still read after its end (0-90).
    pub tail_days: i64,
    /// Days in which whoever made a client sees the basics without anything else.
    pub recorder_days: i64,
    pub searches_an_hour: i64,
    pub searches_a_day: i64,
    pub name_searches_an_hour: i64,
    /// So many searches in a row that led to nothing begin a pause.
    pub searches_in_vain: i64,
    pub pause_minutes: i64,
    pub exceptional_hours: i64,
    /// Working days in which the lead reviews an exceptional access.
    pub review_working_days: u16,
    /// Days after which an unreviewed one goes to the data protection officer.
    pub escalation_days: i64,
    /// Days in which a merge can be undone.
    pub merge_days: i64,
    /// Hours of the clock between which a search without a duty shift is looked at, 0-23; the same twice is never.
    pub watch_night_from: i64,
    pub watch_night_until: i64,
    /// So many people of one house found by one worker within a day are looked at.
    pub watch_one_house: i64,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            // A node that no organisation has: the check digit of the business id is wrong.
            organisation: "1.2.246.10.99999990".to_owned(),
            identifier_branch: 22,
            tail_days: 30,
            recorder_days: 7,
            searches_an_hour: 30,
            searches_a_day: 150,
            name_searches_an_hour: 20,
            searches_in_vain: 10,
            pause_minutes: 10,
            exceptional_hours: 4,
            review_working_days: 3,
            escalation_days: 7,
            merge_days: 90,
            watch_night_from: 22,
            watch_night_until: 6,
            watch_one_house: 4,
        }
    }
}

/// What the acts need from outside: the clock, chance, the county's settings, its calendar and its keys.
#[derive(Clone)]
pub struct Desk {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub settings: Arc<ClientSettings>,
    pub calendar: Arc<law::Calendar>,
    pub key: IdentityKey,
    terms: [u8; 32],
}

impl Desk {
    /// The desk of a house.
    pub fn new(
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
        secrets: &Secrets,
        settings: ClientSettings,
        calendar: Arc<law::Calendar>,
    ) -> Self {
        Self {
            clock,
            chance,
            settings: Arc::new(settings),
            calendar,
            key: IdentityKey::of(secrets),
            terms: secrets.key("noste 2026 search terms"),
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn tails(&self) -> Tails {
        Tails {
            common_days: self.settings.tail_days,
        }
    }

    pub(crate) fn row_id(&self) -> [u8; 16] {
        RowId::new(&*self.clock, &*self.chance).bytes()
    }

    fn organisation(&self) -> Result<Oid, ClientError> {
        Oid::parse(&self.settings.organisation).map_err(|_| ClientError::NoIdentifier)
    }

    /// The keyed digest of what was searched for: tells the same search again, not what it was.
    pub(crate) fn terms(&self, text: &str) -> [u8; 32] {
        *blake3::keyed_hash(&self.terms, text.as_bytes()).as_bytes()
    }
}

/// Who did something, by which right, when.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    pub reader: &'a Reader,
    pub granted: Granted,
    pub now: Timestamp,
}

impl By<'_> {
    /// Writes the log entry; `detail` names fields and codes, `content` leaves its digest.
    pub(crate) fn log(
        &self,
        tx: &mut WriteTx<'_>,
        event: &'static str,
        client: ClientId,
        detail: &str,
        content: Option<&str>,
    ) -> Result<(), StoreError> {
        // The searches that found her led somewhere.
        watch::note_entry(tx, self.reader.staff, Some(client), self.now)?;
        let shown = Shown {
            detail: Cow::Borrowed(detail),
            content,
            ..Shown::of(event, client)
        };
        gate::log(tx, self.reader, &self.granted, self.now, &shown)
    }

    pub(crate) fn staff(&self) -> StaffId {
        self.reader.staff
    }
}

/// Adds a line to what happened to the record. `body` holds codes or the worker's words.
pub(crate) fn add_event(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    staff: Option<StaffId>,
    event: &str,
    body: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into client_event (id, client_id, at, staff_id, event, body) values ($1, $2, $3, $4, $5, $6)",
        &params![
            desk.row_id(),
            client.bytes(),
            millis(desk.now()),
            staff.map(|staff| staff.bytes()),
            event,
            body
        ],
    )?;
    Ok(())
}

/// Marks that the record changed, for whoever has a form of it open.
pub(crate) fn touch(tx: &mut WriteTx<'_>, client: ClientId) -> Result<(), StoreError> {
    tx.execute(
        "update client set version = version + 1 where id = $1",
        &params![client.bytes()],
    )?;
    Ok(())
}

/// Refuses when somebody has changed the record since `version` was read; `None` asks nothing.
pub(crate) fn check_version(
    tx: &mut impl Query,
    client: ClientId,
    version: Option<i64>,
) -> Result<(), ClientError> {
    let Some(version) = version else {
        return Ok(());
    };
    let row = tx.query_one(
        "select version from client where id = $1",
        &params![client.bytes()],
    )?;
    if row.get::<i64>(0)? == version {
        Ok(())
    } else {
        Err(ClientError::Changed)
    }
}
