//! The two engines behind one door. Everything that differs between them is in this folder.

pub(crate) mod bulk;
mod pg_refusal;
mod pg_values;
mod postgres;
pub(crate) mod search;
mod sqlite;
mod unnest;
mod wire;

use access::log::SealedHead;

use crate::{Ask, Engine, Row, StoreConfig, StoreError, Value};

pub(crate) use postgres::Postgres;
pub(crate) use sqlite::Sqlite;

/// A packed log entry, ready for its row.
#[derive(Debug, Clone)]
pub(crate) struct PackedEntry {
    pub position: i64,
    pub header: Vec<u8>,
    pub body: Vec<u8>,
    pub link: [u8; 32],
}

/// Which of the two engines it is. For the few statements of this crate that differ between them;
/// features write one text for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// One connection, used by one thread.
pub(crate) enum Connection {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

macro_rules! each {
    ($connection:expr, $inner:ident => $answer:expr) => {
        match $connection {
            Connection::Sqlite($inner) => $answer,
            Connection::Postgres($inner) => $answer,
        }
    };
}

impl Connection {
    /// Opens the connection that writes.
    pub fn open_writer(config: &StoreConfig) -> Result<Self, StoreError> {
        match &config.engine {
            Engine::Sqlite { path } => Sqlite::open_writer(path).map(Self::Sqlite),
            Engine::Postgres { url, schema } => Postgres::open_writer(url, schema, &config.county)
                .map(Box::new)
                .map(Self::Postgres),
        }
    }

    /// Opens a connection that only reads.
    pub fn open_reader(config: &StoreConfig) -> Result<Self, StoreError> {
        match &config.engine {
            Engine::Sqlite { path } => Sqlite::open_reader(path).map(Self::Sqlite),
            Engine::Postgres { url, schema } => Postgres::open_reader(url, schema, &config.county)
                .map(Box::new)
                .map(Self::Postgres),
        }
    }

    /// Which engine this is.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Takes a writer's number for this process; `false` when another process has it.
    pub fn claim_writer(&mut self, writer: u32) -> Result<bool, StoreError> {
        match self {
            // The lock file allows one process only.
            Self::Sqlite(_) => Ok(true),
            Self::Postgres(postgres) => postgres.claim_writer(writer),
        }
    }

    /// Gives a writer's number back.
    pub fn release_writer(&mut self, writer: u32) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(postgres) => postgres.release_writer(writer),
        }
    }

    /// Whether every writer is on this machine, so that one heads file must know them all.
    pub fn one_machine(&self) -> bool {
        match self {
            Self::Sqlite(_) => true,
            Self::Postgres(_) => false,
        }
    }

    /// Tidies up when nothing else is to be done: SQLite moves its write-ahead log into the file.
    pub fn checkpoint(&mut self, truncate: bool) {
        let done = match self {
            Self::Sqlite(sqlite) => sqlite.checkpoint(truncate),
            Self::Postgres(_) => Ok(()),
        };
        if let Err(error) = done {
            tracing::warn!(%error, "the write-ahead log could not be moved into the database");
        }
    }

    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        each!(self, inner => inner.query(sql, params))
    }

    /// Several statements that do not wait for each other's rows.
    pub fn query_all(&mut self, asked: &[Ask]) -> Result<Vec<Vec<Row>>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => asked
                .iter()
                .map(|ask| sqlite.query(&ask.sql, &ask.params))
                .collect(),
            Self::Postgres(postgres) => postgres.query_all(asked),
        }
    }

    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        each!(self, inner => inner.execute(sql, params))
    }

    /// Begins a batch of writes.
    pub fn begin_write(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.begin_write(),
            Self::Postgres(postgres) => {
                postgres.begin_write();
                Ok(())
            }
        }
    }

    /// Begins one closure's share of the batch.
    pub fn begin_share(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.begin_share(),
            Self::Postgres(postgres) => {
                postgres.begin_share();
                Ok(())
            }
        }
    }

    /// Keeps the share in the batch.
    pub fn keep_share(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.keep_share(),
            Self::Postgres(postgres) => {
                postgres.keep_share();
                Ok(())
            }
        }
    }

    /// Undoes the share; the batch goes on.
    pub fn undo_share(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.undo_share(),
            Self::Postgres(postgres) => {
                postgres.undo_share();
                Ok(())
            }
        }
    }

    /// Adds the log entries of the batch and their new head, then commits. When this gives `Ok`, the
    /// batch is on disk.
    pub fn commit(&mut self, log: Option<(&[PackedEntry], &SealedHead)>) -> Result<(), StoreError> {
        each!(self, inner => inner.commit(log))
    }

    /// Gives up the batch.
    pub fn rollback(&mut self) {
        each!(self, inner => inner.rollback());
    }

    /// Begins a read: one snapshot until [`Connection::end_read`].
    pub fn begin_read(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.begin_read(),
            Self::Postgres(postgres) => {
                postgres.begin_read();
                Ok(())
            }
        }
    }

    /// Ends a read.
    pub fn end_read(&mut self) {
        each!(self, inner => inner.end_read());
    }

    /// Whether the connection must be opened anew.
    pub fn is_lost(&self) -> bool {
        each!(self, inner => inner.is_lost())
    }
}

/// PostgreSQL keeps no NUL character in text; both engines refuse it, so that neither surprises.
fn check_text(value: &Value) -> Result<(), StoreError> {
    match value {
        Value::Text(text) if text.as_bytes().contains(&0) => {
            Err(StoreError::Rule("a NUL character in text".into()))
        }
        _ => Ok(()),
    }
}
