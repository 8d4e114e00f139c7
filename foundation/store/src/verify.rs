//! Verification: walks the seal (heads and their codes, inside and outside the database) and every
//! chain, and names the first entry that does not hold.
//!
//! Reads only. Works beside a running server, because the heads file is read before the snapshot is
//! taken and so can only be behind it, and on data that a killed server left.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    time::Duration,
};

use access::log::{Body, Head, OutsideHeads, Position, RETENTION_YEARS, SealedHead};
use kernel::time::{Timestamp, wall_time};

use crate::{
    LogKey, Query, StoreError,
    engine::{Connection, Postgres, Sqlite},
    heads, params,
    walk::{self, Reading, StoredEntry, Walk},
};

/// A log that holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub county: String,
    /// Chains: one for each process that has written.
    pub writers: u32,
    pub entries: u64,
    /// Distinct subjects in entries whose content is there.
    pub subjects: u64,
    /// Entries whose content was destroyed at the end of its retention; they verify by their digests.
    pub destroyed: u64,
    /// Entries that the heads file does not know yet, as after a crash.
    pub behind: u64,
    /// Chains that the heads file given does not know: on PostgreSQL another machine's.
    pub without_outside_head: u32,
}

/// The first thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub county: String,
    /// The entry, when the fault is in one or one is missing.
    pub position: Option<Position>,
    pub what: String,
}

impl std::error::Error for Fault {}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "county {}: ", self.county)?;
        match self.position {
            Some(position) => write!(f, "{position}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// Verifies the log in an SQLite file against its heads file, which must be there.
///
/// # Errors
/// The first [`Fault`].
pub fn verify_sqlite(
    county: &str,
    path: &Path,
    heads_path: &Path,
    key: &LogKey,
) -> Result<Report, Fault> {
    let (path, heads_path) = (path.to_owned(), heads_path.to_owned());
    apart(county, *key, Some(heads_path), true, move |_| {
        Sqlite::open_read_only(&path).map(Connection::Sqlite)
    })
}

/// Verifies the log in a PostgreSQL schema, against a heads file too when one is given.
///
/// # Errors
/// The first [`Fault`].
pub fn verify_postgres(
    county: &str,
    url: &str,
    schema: &str,
    heads_path: Option<&Path>,
    key: &LogKey,
) -> Result<Report, Fault> {
    let (url, schema) = (url.to_owned(), schema.to_owned());
    apart(
        county,
        *key,
        heads_path.map(Path::to_owned),
        false,
        move |county| {
            Postgres::open_reader(&url, &schema, county)
                .map(Box::new)
                .map(Connection::Postgres)
        },
    )
}

/// The schemas of a PostgreSQL database that hold a county's log.
///
/// # Errors
/// When the database cannot be reached.
pub fn county_schemas(url: &str) -> Result<Vec<String>, StoreError> {
    let url = url.to_owned();
    let work = move || {
        let mut connection = Postgres::open_reader(&url, "public", "")
            .map(Box::new)
            .map(Connection::Postgres)?;
        connection
            .query(
                "select cast(table_schema as text) from information_schema.tables
                 where table_name = 'log_head' order by 1",
                &[],
            )?
            .iter()
            .map(|row| row.get(0))
            .collect()
    };
    std::thread::spawn(work)
        .join()
        .unwrap_or(Err(StoreError::Closed))
}

/// On a thread of its own: the PostgreSQL driver must not be used on one of an asynchronous runtime.
fn apart(
    county: &str,
    key: LogKey,
    heads_path: Option<PathBuf>,
    one_machine: bool,
    open: impl FnOnce(&str) -> Result<Connection, StoreError> + Send + 'static,
) -> Result<Report, Fault> {
    let check = Check {
        county: county.to_owned(),
        key,
        one_machine,
    };
    let fault = check.fault(None, "the verification broke off");
    let work = move || {
        let unread =
            |error: StoreError| check.fault(None, &format!("the database cannot be read: {error}"));
        let mut connection = open(&check.county).map_err(unread)?;
        let mut tries = 0;
        loop {
            let outside = heads_path
                .as_deref()
                .map(|path| check.outside(path))
                .transpose()?;
            connection.begin_read().map_err(unread)?;
            // A busy server may have committed much between the two readings: looked at again.
            if tries == 5 || !check.far_behind(&mut connection, outside.as_ref()) {
                return check.run(&mut connection, outside.as_ref());
            }
            connection.end_read();
            tries += 1;
        }
    };
    std::thread::spawn(work).join().unwrap_or(Err(fault))
}

struct Check {
    county: String,
    key: LogKey,
    one_machine: bool,
}

impl Check {
    fn fault(&self, position: Option<Position>, what: &str) -> Fault {
        Fault {
            county: self.county.clone(),
            position,
            what: what.to_owned(),
        }
    }

    fn at(&self, writer: u32, number: u64, what: &str) -> Fault {
        self.fault(Some(Position { writer, number }), what)
    }

    /// Reads the heads file; every line in it must have the key's code. A running server may be
    /// writing a line at this moment, so a line that does not hold is looked at again.
    fn outside(&self, path: &Path) -> Result<OutsideHeads, Fault> {
        let mut tries = 0;
        loop {
            match self.outside_once(path) {
                Err(_) if tries < 5 && path.exists() => {
                    tries += 1;
                    std::thread::sleep(Duration::from_millis(20));
                }
                answer => return answer,
            }
        }
    }

    fn outside_once(&self, path: &Path) -> Result<OutsideHeads, Fault> {
        let name = path.display();
        if !path.exists() {
            return Err(self.fault(None, &format!("the heads file {name} is missing")));
        }
        let bytes = heads::read(path).map_err(|error| self.fault(None, &error.to_string()))?;
        let outside = OutsideHeads::parse(&bytes, &self.county).map_err(|fault| {
            self.fault(
                None,
                &format!("the heads file {name} has been changed: {fault}"),
            )
        })?;
        for sealed in outside.writers.iter().flatten() {
            if !sealed.holds(&self.key.0, &self.county) {
                let Head { writer, count, .. } = sealed.head;
                return Err(self.at(
                    writer,
                    count,
                    &format!("the heads file {name} has a wrong code"),
                ));
            }
        }
        Ok(outside)
    }

    fn run(
        &self,
        connection: &mut Connection,
        outside: Option<&OutsideHeads>,
    ) -> Result<Report, Fault> {
        let heads = self.stored_heads(connection)?;
        let newest = self.newest_moment(connection, &heads);
        let mut report = Report {
            county: self.county.clone(),
            ..Report::default()
        };
        let mut subjects = HashSet::new();
        for sealed in &heads {
            let line = outside.and_then(|outside| outside.of(sealed.head.writer));
            if outside.is_some() && line.is_none() {
                if self.one_machine {
                    let what = "the heads file does not know this writer";
                    return Err(self.at(sealed.head.writer, sealed.head.count, what));
                }
                report.without_outside_head += 1;
            }
            let chain = self.chain(connection, sealed.head, line.map(|line| line.head), newest)?;
            report.writers += 1;
            report.entries += sealed.head.count;
            report.destroyed += chain.destroyed.len() as u64;
            report.behind += line.map_or(0, |line| sealed.head.count - line.head.count);
            subjects.extend(chain.subjects.into_keys());
        }
        report.subjects = subjects.len() as u64;
        self.nothing_else(connection, &heads, outside)?;
        Ok(report)
    }

    /// Whether the heads file is further behind the snapshot than a crash leaves it.
    fn far_behind(&self, connection: &mut Connection, outside: Option<&OutsideHeads>) -> bool {
        let (Some(outside), Ok(heads)) = (outside, self.stored_heads(connection)) else {
            return false;
        };
        heads.iter().any(|sealed| {
            outside.of(sealed.head.writer).is_some_and(|line| {
                let behind = sealed.head.count.saturating_sub(line.head.count);
                walk::lag_is_a_crash(behind).is_err()
            })
        })
    }

    /// The heads in the database; every one must have the key's code.
    fn stored_heads(&self, connection: &mut Connection) -> Result<Vec<SealedHead>, Fault> {
        let unread = |error: StoreError| {
            self.fault(None, &format!("the log's heads cannot be read: {error}"))
        };
        let rows = Reading(connection)
            .query(
                "select writer, count, link, code from log_head order by writer",
                &[],
            )
            .map_err(unread)?;
        rows.iter()
            .map(|row| {
                let sealed = walk::read_head(row).map_err(unread)?;
                if sealed.head.writer > Position::MAX_WRITER
                    || !sealed.holds(&self.key.0, &self.county)
                {
                    let Head { writer, count, .. } = sealed.head;
                    return Err(self.at(
                        writer,
                        count,
                        "the head in the database has a wrong code",
                    ));
                }
                Ok(sealed)
            })
            .collect()
    }

    /// The moment of the newest entry: what "older than its retention" is measured from. The machine's
    /// clock would let somebody destroy first and wait afterwards.
    fn newest_moment(&self, connection: &mut Connection, heads: &[SealedHead]) -> Timestamp {
        let newest = heads.iter().filter_map(|sealed| {
            let Head { writer, count, .. } = sealed.head;
            let entries = walk::entries(connection, writer, count.checked_sub(1)?, count).ok()?;
            entries.last().map(|entry| entry.header.at)
        });
        newest.max().unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Walks one chain from its beginning to its head.
    fn chain(
        &self,
        connection: &mut Connection,
        head: Head,
        outside: Option<Head>,
        newest: Timestamp,
    ) -> Result<Chain, Fault> {
        let writer = head.writer;
        if let Some(outside) = outside.filter(|outside| outside.count > head.count) {
            let what = format!(
                "the heads file knows {} entries: the newest are gone",
                outside.count
            );
            return Err(self.at(writer, head.count + 1, &what));
        }
        let mut chain = Chain::default();
        let mut walk = Walk::from(Head::empty(&self.county, writer));
        self.meets(&walk, outside)?;
        while walk.head().count < head.count {
            // A chunk ends at the outside head, so that the link there is at hand.
            let seam = outside
                .map(|outside| outside.count)
                .filter(|seam| *seam > walk.head().count);
            let entries = walk
                .next_chunk(connection, seam.unwrap_or(head.count))
                .map_err(|fault| self.fault(Some(fault.position), &fault.what))?;
            self.meets(&walk, outside)?;
            for entry in &entries {
                chain
                    .add(entry, newest)
                    .map_err(|what| self.at(writer, entry.number, what))?;
            }
        }
        if walk.head() != head {
            return Err(self.at(writer, head.count, "the chain does not lead to the head"));
        }
        let behind = outside.map_or(0, |outside| head.count - outside.count);
        walk::lag_is_a_crash(behind)
            .map_err(|what| self.at(writer, head.count - behind + 1, &what))?;
        Ok(chain)
    }

    /// Where the heads file's head stands, the chain must have its link.
    fn meets(&self, walk: &Walk, outside: Option<Head>) -> Result<(), Fault> {
        match outside {
            Some(outside) if outside.count == walk.head().count && outside != walk.head() => {
                Err(self.at(
                    outside.writer,
                    outside.count,
                    "the heads file has another link for this entry",
                ))
            }
            _ => Ok(()),
        }
    }

    /// No entry beyond or beside the chains, and no chain in the heads file only.
    fn nothing_else(
        &self,
        connection: &mut Connection,
        heads: &[SealedHead],
        outside: Option<&OutsideHeads>,
    ) -> Result<(), Fault> {
        for sealed in outside
            .into_iter()
            .flat_map(|outside| outside.writers.iter().flatten())
        {
            let Head { writer, count, .. } = sealed.head;
            if count > 0 && !heads.iter().any(|head| head.head.writer == writer) {
                return Err(self.at(
                    writer,
                    1,
                    &format!("the heads file knows {count} entries, the database no head"),
                ));
            }
        }
        let unread =
            |error: StoreError| self.fault(None, &format!("the log cannot be read: {error}"));
        let mut edge = -1_i64;
        for sealed in heads {
            let Head { writer, count, .. } = sealed.head;
            let first = Position { writer, number: 1 }.to_i64();
            self.none_between(connection, edge, Some(first))?;
            edge = Position {
                writer,
                number: count,
            }
            .to_i64();
        }
        self.none_between(connection, edge, None)?;
        let row = Reading(connection)
            .query_one(
                "select count(*) from log_entry where position < 0 or position is null",
                &[],
            )
            .map_err(unread)?;
        match row.get::<i64>(0).map_err(unread)? {
            0 => Ok(()),
            more => Err(self.fault(
                None,
                &format!("{more} entries without a place in any chain"),
            )),
        }
    }

    fn none_between(
        &self,
        connection: &mut Connection,
        after: i64,
        before: Option<i64>,
    ) -> Result<(), Fault> {
        let unread =
            |error: StoreError| self.fault(None, &format!("the log cannot be read: {error}"));
        let mut reading = Reading(connection);
        // The last range has no upper end: the greatest integer is a position too.
        let row = match before {
            Some(before) => reading.query_optional(
                "select position from log_entry where position > $1 and position < $2 order by position limit 1",
                &params![after, before],
            ),
            None => reading.query_optional(
                "select position from log_entry where position > $1 order by position limit 1",
                &params![after],
            ),
        };
        match row.map_err(unread)? {
            None => Ok(()),
            Some(row) => {
                let position = Position::from_i64(row.get(0).map_err(unread)?);
                Err(self.fault(position, "an entry that no head knows"))
            }
        }
    }
}

/// What a walk gathers.
#[derive(Default)]
struct Chain {
    /// The newest entry about each subject so far.
    subjects: HashMap<[u8; 16], u64>,
    /// Numbers of entries without content, ascending.
    destroyed: Vec<u64>,
}

impl Chain {
    fn add(&mut self, entry: &StoredEntry, newest: Timestamp) -> Result<(), &'static str> {
        let content = match &entry.body {
            Body::Content(content) => content,
            Body::Destroyed(_) => {
                self.destroyed.push(entry.number);
                return may_be_destroyed(entry.header.at, newest);
            }
        };
        for seen in &content.subjects {
            let before = self
                .subjects
                .insert(seen.subject, entry.number)
                .unwrap_or(0);
            // An entry in between may have lost its content.
            let through_destroyed =
                seen.previous > before && self.destroyed.binary_search(&seen.previous).is_ok();
            if seen.previous != before && !through_destroyed {
                return Err("the chain of a subject is broken");
            }
        }
        Ok(())
    }
}

/// Content may be gone only when its retention has ended.
fn may_be_destroyed(at: Timestamp, newest: Timestamp) -> Result<(), &'static str> {
    let (at, newest) = (wall_time(at).date(), wall_time(newest).date());
    if (newest.year(), newest.month(), newest.day())
        > (at.year() + RETENTION_YEARS, at.month(), at.day())
    {
        return Ok(());
    }
    Err("the content was destroyed before its retention ended")
}
