//! The log of one subject, newest first: what a client has the right to see (asiakastietolaki 703/2023,
//! section 70) and what a lead looks at when a reading is questioned.
//!
//! Follows the subject's own chain from entry to entry; there is no index that would have to be kept
//! up at every page shown.

use access::log::{Body, Content, Header, Position};
use kernel::time::Timestamp;

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

/// Which entries about a subject are wanted. A filter is asked of every entry, so that what is old is found
/// however many others are newer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectFilter {
    /// The ids under which the subject is known; an entry about several of them is given once.
    pub subjects: Vec<[u8; 16]>,
    /// A code of the purpose of use (`P17`).
    pub purpose: Option<&'static str>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Older than this entry: the last one of the page before.
    pub before: Option<(Timestamp, Position)>,
    /// At most so many.
    pub limit: usize,
}

impl SubjectFilter {
    /// The newest `limit` entries.
    pub const fn new(subjects: Vec<[u8; 16]>, limit: usize) -> Self {
        Self {
            subjects,
            purpose: None,
            from: None,
            before: None,
            limit,
        }
    }

    fn wants(&self, recorded: &Recorded) -> bool {
        let at = recorded.header.at;
        self.purpose
            .is_none_or(|purpose| recorded.header.purpose == purpose)
            && self.from.is_none_or(|from| at >= from)
            && self
                .before
                .is_none_or(|before| (at, recorded.position) < before)
    }
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
        self.subjects_log(SubjectFilter::new(vec![subject], limit))
            .await
    }

    /// The entries that a filter wants, newest first.
    ///
    /// # Errors
    /// The store is busy or closed, or the log cannot be read.
    pub async fn subjects_log(&self, filter: SubjectFilter) -> Result<Vec<Recorded>, StoreError> {
        let heads = self.subjects();
        self.read(move |tx| of_subjects(tx.connection, &heads, &filter))
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

/// The wanted entries over all writers' chains. `own` are the heads of this process's chain.
fn of_subjects(
    connection: &mut Connection,
    own: &SubjectHeads,
    filter: &SubjectFilter,
) -> Result<Vec<Recorded>, StoreError> {
    let rows =
        Reading(connection).query("select writer, count from log_head order by writer", &[])?;
    let mut trail = Vec::new();
    for row in rows {
        let chain = (row.get(0)?, row.get(1)?);
        for subject in &filter.subjects {
            of_chain(connection, own, filter, *subject, chain, &mut trail)?;
        }
    }
    trail.sort_by_key(|recorded| std::cmp::Reverse((recorded.header.at, recorded.position)));
    trail.dedup_by_key(|recorded| recorded.position);
    trail.truncate(filter.limit);
    Ok(trail)
}

/// Walks one subject's entries of one chain from the newest to the oldest, until enough of them are wanted. In a
/// chain the moments may step back when a clock was set, so a moment alone never ends the walk.
fn of_chain(
    connection: &mut Connection,
    own: &SubjectHeads,
    filter: &SubjectFilter,
    subject: [u8; 16],
    (writer, count): (u32, u64),
    trail: &mut Vec<Recorded>,
) -> Result<(), StoreError> {
    let mut number = newest_about(connection, own, subject, writer, count)?;
    let mut found = 0;
    while number > 0 && found < filter.limit {
        let Some(recorded) = entry(connection, writer, number)? else {
            break;
        };
        number = recorded
            .content
            .subjects
            .iter()
            .find(|seen| seen.subject == subject)
            .map_or(0, |seen| seen.previous);
        if filter.wants(&recorded) {
            trail.push(recorded);
            found += 1;
        }
    }
    Ok(())
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
