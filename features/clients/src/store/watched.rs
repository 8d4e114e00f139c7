//! People whose searches a person looks at, such as somebody in the news: kept by the data protection officer
//! (rights of the domain, section 7).

use identity::people::StaffId;
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, Timestamp, day};
use store::{Query, StoreError, WriteTx, params};

use super::Desk;
use crate::domain::RowId;

/// One watched person. Who it is, only the one who wrote the reason knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    pub id: RowId,
    pub reason: String,
    /// The last day of watching.
    pub ends_on: Date,
    pub added_at: Timestamp,
    pub added_by: String,
}

/// Begins watching the searches of a person, who need not be a client.
///
/// # Errors
/// When the engine fails.
pub fn add(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    by: StaffId,
    code: &IdentityCode,
    reason: &str,
    ends_on: Date,
) -> Result<RowId, StoreError> {
    let id = desk.row_id();
    tx.execute(
        "insert into watched_person (id, identity_hash, reason, ends_on, added_at, added_by) values ($1, $2, $3, $4, $5, $6)",
        &params![
            id,
            desk.key.hash(code),
            reason,
            ends_on.to_string(),
            desk.now(),
            by.bytes()
        ],
    )?;
    Ok(RowId::from_bytes(id))
}

/// Ends the watching. `false` when it had ended, or there is no such.
///
/// # Errors
/// When the engine fails.
pub fn end(
    tx: &mut WriteTx<'_>,
    by: StaffId,
    id: RowId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let ended = tx.execute(
        "update watched_person set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null",
        &params![id.bytes(), now, by.bytes()],
    )?;
    Ok(ended > 0)
}

/// Who is watched today, the first to end first.
///
/// # Errors
/// When the engine fails.
pub fn watched(tx: &mut impl Query, now: Timestamp) -> Result<Vec<Watched>, StoreError> {
    tx.query(
        "select w.id, w.reason, w.ends_on, w.added_at, s.name from watched_person w join staff s on s.id = w.added_by where w.ended_at is null and w.ends_on >= $1 order by w.ends_on, w.id limit 200",
        &params![day(now).to_string()],
    )?
    .iter()
    .map(|row| {
        Ok(Watched {
            id: RowId::from_bytes(row.get(0)?),
            reason: row.get(1)?,
            ends_on: row
                .get::<String>(2)?
                .parse()
                .map_err(|_| StoreError::Decode("a day of watching".to_owned()))?,
            added_at: row.get(3)?,
            added_by: row.get(4)?,
        })
    })
    .collect()
}
