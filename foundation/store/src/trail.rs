//! The log of one subject, newest first: what a client has the right to see (asiakastietolaki 703/2023,
//! section 70) and what a lead looks at when a reading is questioned.
//!
//! Follows the subject's own chain from entry to entry; there is no index that would have to be kept
//! up at every page shown.

use access::log::{Body, Content, Header, Position};

use crate::{
    ActorFilter, ActorLog, Query, Store, StoreError,
    actors::{self, NoteKey},
    engine::Connection,
    ledger::SubjectHeads,
    params,
    walk::{self, Reading, StoredEntry},
};

/// One entry as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub position: Position,
    pub header: Header,
    pub content: Content,
}

impl Store {
    /// The newest `limit` log entries about a subject, newest first.
    ///
    /// # Errors
    /// The store is busy or closed, or the log cannot be read.
    pub async fn subject_log(
        &self,
        subject: [u8; 16],
        limit: usize,
    ) -> Result<Vec<Recorded>, StoreError> {
        let subjects = self.subjects();
        self.read(move |tx| of_subject(tx.connection, &subjects, subject, limit))
            .await
    }

    /// What one actor did, newest first, over the whole time of the log.
    ///
    /// # Errors
    /// The store is busy or closed, or the log cannot be read.
    pub async fn actor_log(&self, filter: ActorFilter) -> Result<ActorLog, StoreError> {
        let key = NoteKey::new(&self.config().key.0, self.county());
        self.read(move |tx| actors::of_actor(tx.connection, key, &filter))
            .await
    }
}

/// The newest `limit` entries about a subject, over all writers' chains. `own` are the heads of this
/// process's chain, `own_writer` its number.
pub(crate) fn of_subject(
    connection: &mut Connection,
    own: &SubjectHeads,
    subject: [u8; 16],
    limit: usize,
) -> Result<Vec<Recorded>, StoreError> {
    let rows =
        Reading(connection).query("select writer, count from log_head order by writer", &[])?;
    let mut trail = Vec::new();
    for row in rows {
        let (writer, count): (u32, u64) = (row.get(0)?, row.get(1)?);
        let mut number = newest_about(connection, own, subject, writer, count)?;
        let mut found = 0;
        while number > 0 && found < limit {
            let Some(recorded) = entry(connection, writer, number)? else {
                break;
            };
            number = recorded
                .content
                .subjects
                .iter()
                .find(|seen| seen.subject == subject)
                .map_or(0, |seen| seen.previous);
            trail.push(recorded);
            found += 1;
        }
    }
    trail.sort_by_key(|recorded| std::cmp::Reverse((recorded.header.at, recorded.position)));
    trail.truncate(limit);
    Ok(trail)
}

/// The number of the newest entry about a subject in one chain of `count` entries; 0 = none.
fn newest_about(
    connection: &mut Connection,
    own: &SubjectHeads,
    subject: [u8; 16],
    writer: u32,
    count: u64,
) -> Result<u64, StoreError> {
    if own.writer() == Some(writer) {
        let number = own.lock().get(&subject).copied().unwrap_or(0);
        // Committed after this snapshot was taken: walk back to what the snapshot has.
        if number <= count {
            return Ok(number);
        }
    }
    // Another process's chain: what it has saved, and what came after that.
    let number = |row: Option<crate::Row>| row.map_or(Ok(0), |row| row.get::<u64>(0));
    let saved = number(Reading(connection).query_optional(
        "select number from subject_head where subject = $1 and writer = $2",
        &params![subject, writer],
    )?)?;
    let mark = number(Reading(connection).query_optional(
        "select number from subject_mark where writer = $1",
        &params![writer],
    )?)?;
    let mut newest = saved;
    let mut after = mark;
    while after < count {
        let entries = walk::entries(connection, writer, after, count)?;
        let Some(last) = entries.last() else { break };
        after = last.number;
        let about = |entry: &&StoredEntry| entry.subjects().any(|other| other == subject);
        newest = entries
            .iter()
            .rfind(about)
            .map_or(newest, |entry| entry.number);
    }
    Ok(newest)
}

fn entry(
    connection: &mut Connection,
    writer: u32,
    number: u64,
) -> Result<Option<Recorded>, StoreError> {
    let found = walk::entries(connection, writer, number - 1, number)?.pop();
    Ok(found.and_then(|entry| match entry.body {
        Body::Content(content) => Some(Recorded {
            position: Position {
                writer,
                number: entry.number,
            },
            header: entry.header,
            content,
        }),
        Body::Destroyed(_) => None,
    }))
}
