//! What the worker has done today, shown when it is asked for.

use casework::work::{Done, Dones};
use clients::Reader;
use intake::store::tasks::Kept;
use kernel::time::{Time, Timestamp, day, moment};
use store::{ShowTx, StoreError};
use web::Texts;

use crate::words;

/// A row of what was done.
pub struct DoneRow {
    pub at: String,
    pub iso: String,
    pub href: String,
    pub who: String,
    pub what: String,
}

/// The beginning of today.
pub fn since(now: Timestamp) -> Timestamp {
    moment(day(now), Time::midnight())
}

/// The rows of every room, when they are asked for.
pub fn read(
    tx: &mut ShowTx<'_, '_>,
    sources: Option<&Dones>,
    reader: &Reader,
    t: &Texts,
    (since, now): (Option<Timestamp>, Timestamp),
) -> Result<Vec<Done>, StoreError> {
    let (Some(sources), Some(since)) = (sources, since) else {
        return Ok(Vec::new());
    };
    let mut done = Vec::new();
    for source in &sources.0 {
        done.extend(source(tx, reader, t, since, now)?);
    }
    Ok(done)
}

/// The rows in the order in which they were done, the latest first.
pub fn rows(t: &Texts, kept: &[Kept], done: &[Done]) -> Vec<DoneRow> {
    let calls = kept.iter().map(|kept| {
        let row = DoneRow {
            at: t.clock(kept.at),
            iso: kept.at.to_string(),
            href: format!("/contacts/{}", kept.contact),
            who: words::person(t, kept.person.as_deref()),
            what: match kept.call_back {
                true => t.with("desk-done-call", &[("title", kept.title.as_str().into())]),
                false => kept.what.clone(),
            },
        };
        (kept.at, row)
    });
    let others = done.iter().map(|one| {
        let row = DoneRow {
            at: t.clock(one.at),
            iso: one.at.to_string(),
            href: one.href.clone(),
            who: one.who.clone(),
            what: one.what.clone(),
        };
        (one.at, row)
    });
    let mut rows: Vec<(Timestamp, DoneRow)> = calls.chain(others).collect();
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    rows.into_iter().map(|(_, row)| row).collect()
}
