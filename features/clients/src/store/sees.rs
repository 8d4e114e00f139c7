//! Who has a ground to see a client now: every relation in force or in its tail, derived ones among them.

use identity::people::StaffId;
use kernel::time::{Timestamp, day, from_millis, millis};
use store::{Query, StoreError, params};

use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::Gate;
use crate::relations;
use crate::store::own::Cursor;
use crate::store::search;

/// Beyond every moment of the store.
const NEVER: i64 = 9_007_199_254_740_991;

/// One ground of one worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sees {
    pub staff: StaffId,
    pub name: String,
    pub title: String,
    pub kind: &'static str,
    /// `None` for what has no beginning of its own, such as leading the unit.
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// It has ended and is in its tail.
    pub tail: bool,
}

/// Everybody who has a ground now, own worker first.
///
/// # Errors
/// When the engine fails.
pub fn now(
    tx: &mut impl Query,
    client: ClientId,
    now: Timestamp,
) -> Result<Vec<Sees>, ClientError> {
    let rows = tx.query(
        "select s.id, s.name, s.title, h.kind, min(h.began_at), max(h.ends), max(h.until_at) from held_relation h join staff s on s.id = h.staff_id where h.client_id = $1 and h.began_at <= $2 and h.until_at > $2 and h.begins_on <= $3 and h.ends_on >= $3 group by s.id, s.name, s.title, s.sort_key, h.kind order by case h.kind when 'own_worker' then 0 when 'substitute' then 1 when 'own_team' then 2 when 'matter_holder' then 3 when 'unit_lead' then 8 when 'unit_duty' then 9 else 4 end, s.sort_key, h.kind",
        &params![client.bytes(), millis(now), day(now).to_string()],
    )?;
    rows.iter()
        .map(|row| {
            let (since, ends, until): (i64, i64, i64) = (row.get(4)?, row.get(5)?, row.get(6)?);
            Ok(Sees {
                staff: StaffId::from_bytes(row.get(0)?),
                name: row.get(1)?,
                title: row.get(2)?,
                kind: relations::kind(&row.get::<String>(3)?).ok_or(ClientError::Unreadable)?,
                since: (since > 0).then(|| from_millis(since)),
                until: (until < NEVER).then(|| from_millis(until)),
                tail: ends <= millis(now),
            })
        })
        .collect()
}

/// The place in a list by name behind a client, so that an address need hold the random id alone. Nowhere for a client
/// whom the reader may not open: where a name sorts is a part of it.
///
/// # Errors
/// When the engine fails.
pub fn place(
    tx: &mut impl Query,
    reader: &Reader,
    client: ClientId,
    now: Timestamp,
) -> Result<Option<Cursor>, StoreError> {
    let opens = match Gate::open(tx, reader, client, now) {
        Ok(gate) => search::seen(gate).opens,
        Err(ClientError::Store(error)) => return Err(error),
        Err(_) => false,
    };
    if !opens {
        return Ok(None);
    }
    tx.query_optional(
        "select sort_key from client where id = $1",
        &params![client.bytes()],
    )?
    .map(|row| {
        Ok(Cursor {
            sort_key: row.get(0)?,
            id: client.bytes(),
        })
    })
    .transpose()
}
