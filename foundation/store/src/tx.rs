//! What a closure may do: a read sees one snapshot, a write may change rows and add log entries.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use access::log::{Actor, LogEntry};
use kernel::{chance::Chance, clock::Clock, id::new_id_bytes, time::Timestamp};

use crate::{
    Row, StoreError, Value,
    engine::{Connection, Dialect},
};

/// A statement with its values, to be asked together with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub sql: Cow<'static, str>,
    pub params: Vec<Value>,
}

impl Ask {
    /// A statement with its values.
    pub fn new(sql: impl Into<Cow<'static, str>>, params: Vec<Value>) -> Self {
        Self {
            sql: sql.into(),
            params,
        }
    }
}

/// Statements that give rows.
pub trait Query {
    /// All rows.
    ///
    /// # Errors
    /// What the engine refuses.
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError>;

    /// Which engine answers; for this crate's own pieces of SQL ([`crate::search`]).
    fn dialect(&self) -> Dialect;

    /// The rows of several statements, none of which needs another's rows: on PostgreSQL they travel together, so that
    /// all of them wait for one answer.
    ///
    /// # Errors
    /// As [`Query::query`]: the first refusal.
    fn query_all(&mut self, asked: &[Ask]) -> Result<Vec<Vec<Row>>, StoreError> {
        asked
            .iter()
            .map(|ask| self.query(&ask.sql, &ask.params))
            .collect()
    }

    /// The only row, or none.
    ///
    /// # Errors
    /// As [`Query::query`]; [`StoreError::NotOne`] when there are more.
    fn query_optional(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>, StoreError> {
        let mut rows = self.query(sql, params)?;
        match rows.len() {
            0 | 1 => Ok(rows.pop()),
            more => Err(StoreError::NotOne(more)),
        }
    }

    /// The only row.
    ///
    /// # Errors
    /// As [`Query::query`]; [`StoreError::NotOne`] when there is none or more than one.
    fn query_one(&mut self, sql: &str, params: &[Value]) -> Result<Row, StoreError> {
        self.query_optional(sql, params)?
            .ok_or(StoreError::NotOne(0))
    }
}

/// One consistent snapshot.
pub struct ReadTx<'a> {
    pub(crate) connection: &'a mut Connection,
    pub(crate) statements: &'a AtomicU64,
    pub(crate) failed: bool,
}

impl Query for ReadTx<'_> {
    fn dialect(&self) -> Dialect {
        self.connection.dialect()
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        if self.failed {
            return Err(StoreError::AfterFailure);
        }
        self.statements.fetch_add(1, Ordering::Relaxed);
        let answer = self.connection.query(sql, params);
        self.failed |= answer.is_err();
        answer
    }

    fn query_all(&mut self, asked: &[Ask]) -> Result<Vec<Vec<Row>>, StoreError> {
        if self.failed {
            return Err(StoreError::AfterFailure);
        }
        self.statements
            .fetch_add(asked.len() as u64, Ordering::Relaxed);
        let answer = self.connection.query_all(asked);
        self.failed |= answer.is_err();
        answer
    }
}

/// Anything that takes log entries to be committed before the answer goes out.
pub trait Log {
    /// Adds a log entry.
    ///
    /// # Errors
    /// [`StoreError::AfterFailure`] when an earlier statement failed.
    fn log(&mut self, entry: LogEntry) -> Result<(), StoreError>;
}

/// What a page that shows client data needs: to read, and to say whose data it showed. A reading and
/// a writing closure both can, so that an act may show its outcome.
pub trait Show: Query + Log {}

impl<T: Query + Log> Show for T {}

/// A program that acts for a worker: entries of that worker are written as the program's own, and say for whom.
///
/// The acts themselves need not know of it: they ask the worker's rights and name the worker, as for a page.
#[derive(Debug, Clone)]
pub struct Hand {
    /// The program's token.
    pub token: [u8; 16],
    /// The row of the rights table by which a token may do this at all.
    pub right: &'static str,
}

impl Hand {
    fn sign(&self, entry: &mut LogEntry) {
        let Actor::Staff(staff) = entry.actor else {
            return;
        };
        entry.actor = Actor::Token(self.token);
        let separator = if entry.detail.is_empty() { "" } else { "; " };
        entry
            .detail
            .push_str(&format!("{separator}{} for {}", self.right, Hex(&staff)));
    }
}

/// Bytes as the ids of the house are written.
struct Hex<'a>(&'a [u8; 16]);

impl std::fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, byte) in self.0.iter().enumerate() {
            let hyphen = if [4, 6, 8, 10].contains(&place) {
                "-"
            } else {
                ""
            };
            write!(f, "{hyphen}{byte:02x}")?;
        }
        Ok(())
    }
}

/// One consistent snapshot whose log entries are committed before its answer is given.
pub struct ShowTx<'a, 'b> {
    pub(crate) tx: &'a mut ReadTx<'b>,
    pub(crate) entries: Vec<LogEntry>,
    pub(crate) hand: Option<Hand>,
}

impl ShowTx<'_, '_> {
    /// From here on entries are a program's, see [`Hand`].
    pub fn by_hand(&mut self, hand: Hand) {
        self.hand = Some(hand);
    }
}

impl Query for ShowTx<'_, '_> {
    fn dialect(&self) -> Dialect {
        self.tx.dialect()
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.tx.query(sql, params)
    }

    fn query_all(&mut self, asked: &[Ask]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.tx.query_all(asked)
    }
}

impl Log for ShowTx<'_, '_> {
    fn log(&mut self, mut entry: LogEntry) -> Result<(), StoreError> {
        if self.tx.failed {
            return Err(StoreError::AfterFailure);
        }
        if let Some(hand) = &self.hand {
            hand.sign(&mut entry);
        }
        self.entries.push(entry);
        Ok(())
    }
}

impl Log for WriteTx<'_> {
    fn log(&mut self, entry: LogEntry) -> Result<(), StoreError> {
        WriteTx::log(self, entry)
    }
}

/// One closure's share of a batch: everything in it is kept, or nothing.
pub struct WriteTx<'a> {
    pub(crate) connection: &'a mut Connection,
    pub(crate) statements: &'a AtomicU64,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) chance: &'a dyn Chance,
    pub(crate) entries: Vec<LogEntry>,
    pub(crate) bytes: usize,
    pub(crate) failed: bool,
    pub(crate) hand: Option<Hand>,
}

impl Query for WriteTx<'_> {
    fn dialect(&self) -> Dialect {
        self.connection.dialect()
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.run(params, |connection| connection.query(sql, params))
    }
}

impl WriteTx<'_> {
    /// From here on entries are a program's, see [`Hand`].
    pub fn by_hand(&mut self, hand: Hand) {
        self.hand = Some(hand);
    }

    /// Runs a statement; the number of rows it changed.
    ///
    /// # Errors
    /// What the engine refuses. After a failure the closure has lost its work and should return.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.run(params, |connection| connection.execute(sql, params))
    }

    /// Adds a log entry; it is committed with the closure's changes or not at all.
    ///
    /// # Errors
    /// [`StoreError::AfterFailure`] when an earlier statement failed.
    pub fn log(&mut self, mut entry: LogEntry) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError::AfterFailure);
        }
        if let Some(hand) = &self.hand {
            hand.sign(&mut entry);
        }
        self.bytes += 64 + entry.detail.len() + entry.subjects.len() * 20;
        self.entries.push(entry);
        Ok(())
    }

    /// Puts a job in the queue, to be run at `run_at` or after; gives its id. The job exists only if
    /// this closure is committed.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn enqueue_job(
        &mut self,
        kind: &str,
        payload: &str,
        run_at: Timestamp,
    ) -> Result<[u8; 16], StoreError> {
        let id = new_id_bytes(self.clock, self.chance);
        let now = self.clock.now();
        self.execute(
            "insert into job (id, kind, payload, run_at, created_at, attempts) values ($1, $2, $3, $4, $5, 0)",
            &crate::params![id, kind, payload, run_at, now],
        )?;
        Ok(id)
    }

    fn run<T>(
        &mut self,
        params: &[Value],
        statement: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // PostgreSQL refuses everything after a failed statement; SQLite must not differ.
        if self.failed {
            return Err(StoreError::AfterFailure);
        }
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.bytes += params.iter().map(Value::size).sum::<usize>();
        let answer = statement(self.connection);
        self.failed |= answer.is_err();
        answer
    }
}

/// Proof that a log entry is committed: without one no answer with client data can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged(pub(crate) ());

/// What a committed write gave. It exists only after the commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt<T> {
    pub value: T,
    /// Present when the closure added at least one log entry.
    pub logged: Option<Logged>,
}
