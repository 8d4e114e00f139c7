//! What can go wrong at the door.

use std::path::PathBuf;

/// A failure of the store. Nothing of the closure that got one is kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too much waits already: answer 503 with Retry-After.
    #[error("the store is busy")]
    Busy,
    /// A unique index or primary key refused a row. `constraint` is `table.column, table.column` on
    /// both engines (the index's name when it indexes an expression).
    #[error("already there: {constraint}")]
    Unique { constraint: String },
    /// A foreign key refused a change.
    #[error("a row that this one refers to is missing, or this row is referred to")]
    Foreign,
    /// A `not null` or `check` rule refused a row.
    #[error("refused by a rule of the table: {0}")]
    Rule(String),
    /// `query_one` found no row, or more than one.
    #[error("one row was expected, {0} came")]
    NotOne(usize),
    /// A column holds something else than what was asked for.
    #[error("cannot be read: {0}")]
    Decode(String),
    /// A statement after one that failed in the same closure: its work is lost already, the closure
    /// should have returned. To try an insert that may be there, use `on conflict do nothing`.
    #[error("an earlier statement of this closure failed")]
    AfterFailure,
    /// The closure panicked; nothing of it was kept.
    #[error("the work panicked: {0}")]
    Panicked(String),
    /// The batch could not be committed. After a lost connection it is unknown whether it was.
    #[error("not committed: {0}")]
    NotCommitted(std::sync::Arc<str>),
    /// The database cannot be reached or written at present: the connection is lost, the disk is full, read-only or hangs.
    /// The store tries again by itself.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The store has been shut down.
    #[error("the store is closed")]
    Closed,
    /// Another process has this county's data open for writing.
    #[error("another process has the data open: {}", .0.display())]
    InUse(PathBuf),
    /// A migration could not be run, or the database has another history than the program.
    #[error("migration: {0}")]
    Migration(String),
    /// The configuration cannot be used.
    #[error("configuration: {0}")]
    Config(String),
    /// A file beside the database.
    #[error("{}: {source}", path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    /// Anything else the engine said.
    #[error("database: {0}")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// Whether trying again later may help: the web answers 503 with Retry-After.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Busy | Self::NotCommitted(_) | Self::Unavailable(_) | Self::Closed
        )
    }
}
