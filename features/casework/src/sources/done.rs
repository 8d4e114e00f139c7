//! What the reader has done today in matters.

use clients::Reader;
use kernel::time::{Timestamp, from_millis, millis};
use store::{Query, ShowTx, StoreError, params};
use web::Texts;

use super::MOST;
use super::readable::Readable;
use crate::domain::MatterId;
use crate::work::Done;

/// What the reader has done in matters since a moment, newest first: their events that are the reader's. Four statements
/// at most.
///
/// # Errors
/// When the engine fails.
pub fn done(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    t: &Texts,
    since: Timestamp,
    now: Timestamp,
) -> Result<Vec<Done>, StoreError> {
    let rows = tx.query(
        "select e.matter_id, e.at, e.event, s.name from matter_event e join staff s on s.id = e.staff_id where e.staff_id = $1 and e.at >= $2 order by e.at desc, e.id limit $3",
        &params![reader.staff.bytes(), millis(since), MOST],
    )?;
    let ids = rows
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    let seen = Readable::load(tx, reader, ids.clone(), now)?;
    let mut done = Vec::new();
    for (row, matter) in rows.iter().zip(ids) {
        let Some(clients) = seen.clients(matter) else {
            continue;
        };
        let (event, name): (String, String) = (row.get(2)?, row.get(3)?);
        done.push(Done {
            at: from_millis(row.get(1)?),
            who: seen.who(&clients),
            clients,
            what: t.with(&format!("matter-event-{event}"), &[("who", name.into())]),
            href: format!("/matters/{matter}"),
        });
    }
    Ok(done)
}
