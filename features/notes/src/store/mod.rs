//! All SQL of notes. The text of a note is a document; the room of documents keeps it, and here it is decided who may,
//! and what follows from it.

pub mod doers;
pub mod head;
pub mod keep;
pub mod links;
pub mod lists;
pub mod phrases;
pub mod plans;
pub mod read;
pub mod rights;
pub mod steps;
mod told;
pub mod tutoring;
pub(crate) mod whose;

use access::log::{Actor, LogEntry};
use casework::store::Acting;
use clients::ClientId;
use documents::DocError;
use kernel::time::Timestamp;
use store::{Log, Query, StoreError, Value, params, places};

/// Setting: days after which a visit without a finished note is noticed.
const UNFINISHED_DAYS: &str = "note_unfinished_days";
/// What a county has that has not chosen.
pub const UNFINISHED_DAYS_DEFAULT: i64 = 2;

/// Days after which a visit without a finished note is noticed.
///
/// # Errors
/// When the engine fails.
pub fn unfinished_days(query: &mut impl Query) -> Result<i64, StoreError> {
    let chosen = store::settings::find(query, UNFINISHED_DAYS)?;
    Ok(chosen
        .and_then(|days| days.parse().ok())
        .unwrap_or(UNFINISHED_DAYS_DEFAULT))
}

/// Sets it.
///
/// # Errors
/// When the engine fails.
pub fn set_unfinished_days(
    tx: &mut store::WriteTx<'_>,
    days: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    store::settings::set(tx, UNFINISHED_DAYS, &days.to_string(), now)
}

/// Writes a log entry of this room.
pub(crate) fn log(
    tx: &mut impl Log,
    by: &Acting,
    at: Timestamp,
    event: &'static str,
    clients: &[ClientId],
    detail: &str,
) -> Result<(), StoreError> {
    tx.log(LogEntry {
        at,
        actor: Actor::Staff(by.staff.bytes()),
        event,
        right: by.right.into(),
        purpose: by.purpose,
        subjects: clients.iter().map(ClientId::bytes).collect(),
        detail: detail.to_owned(),
        digest: None,
    })
}

/// Names of clients whom the reader may see, in one statement.
pub(crate) fn names(
    query: &mut impl Query,
    clients: &[ClientId],
) -> Result<std::collections::HashMap<ClientId, String>, StoreError> {
    if clients.is_empty() {
        return Ok(std::collections::HashMap::new());
    }
    let list = places(clients.len(), 0);
    let values: Vec<Value> = clients.iter().map(|client| client.bytes().into()).collect();
    query
        .query(
            &format!("select id, display_name from client where id in ({list})"),
            &values,
        )?
        .iter()
        .map(|row| Ok((ClientId::from_bytes(row.get(0)?), row.get(1)?)))
        .collect()
}

/// A right that is over no client: the county's phrases, who guides whom.
///
/// # Errors
/// [`DocError::NotFound`] when the table gives none.
pub(crate) fn general(
    reader: &clients::Reader,
    class: &str,
    action: &str,
    relations: &[&str],
    now: Timestamp,
) -> Result<Acting, DocError> {
    use access::rights::{Question, RightsTable};
    RightsTable::built_in()
        .decide(&Question {
            subject: &reader.subject,
            class,
            action,
            service_task: "na",
            relations,
            given: &[],
            bars: &[],
            on: kernel::time::day(now),
        })
        .row()
        .map(|row| Acting {
            staff: reader.staff,
            right: &row.id,
            purpose: &row.purpose,
        })
        .ok_or(DocError::NotFound)
}

pub(crate) fn unreadable() -> StoreError {
    StoreError::Decode("a code that this version does not know".to_owned())
}

/// Whether a worker is away or has left, for what the lead sees of the worker's drafts.
pub(crate) fn is_away(
    query: &mut impl Query,
    staff: identity::people::StaffId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = query.query_one(
        "select case when s.ended_on < $2 or s.left_at <= $3 or exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2) then 1 else 0 end from staff s where s.id = $1",
        &params![staff.bytes(), kernel::time::day(now).to_string(), kernel::time::millis(now)],
    )?;
    row.get(0)
}
