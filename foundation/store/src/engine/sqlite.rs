//! SQLite: one file, write-ahead log, a flush at every commit.

use std::{collections::HashMap, os::unix::fs::OpenOptionsExt, path::Path};

use access::log::SealedHead;
use rusqlite::{
    OpenFlags,
    types::{ToSqlOutput, ValueRef},
};

use super::PackedEntry;
use crate::{Row, StoreError, Value};

/// How long a statement waits for another connection's lock.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);
/// Statements kept ready on each connection.
const KEPT_STATEMENTS: usize = 512;

pub(crate) struct Sqlite {
    connection: rusqlite::Connection,
    translated: HashMap<Box<str>, Box<str>>,
}

impl Sqlite {
    /// Opens the connection that writes.
    pub fn open_writer(path: &Path) -> Result<Self, StoreError> {
        keep_private(path)?;
        let connection = rusqlite::Connection::open(path).map_err(engine)?;
        Self::prepare(&connection)?;
        // The writer's pages are kept in memory up to 32 MB, a reader's up to 16 MB: a page that is not there is copied from the
        // system's memory each time, which cost a third of a reading in a county of two million rows.
        // The WAL is kept allocated between checkpoints: growing a file costs a second flush. What is deleted or written over is
        // overwritten with zeros: a text that is told to be destroyed does not stay in pages that are free.
        connection
            .execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma secure_delete = on; pragma cache_size = -32768;")
            .map_err(engine)?;
        Ok(Self::new(connection))
    }

    /// Opens a connection that only reads.
    pub fn open_reader(path: &Path) -> Result<Self, StoreError> {
        let connection = rusqlite::Connection::open(path).map_err(engine)?;
        Self::prepare(&connection)?;
        connection
            .execute_batch("pragma query_only = on; pragma cache_size = -16384;")
            .map_err(engine)?;
        Ok(Self::new(connection))
    }

    /// Opens a file that is there, for verification: makes nothing, changes nothing.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(path, flags).map_err(engine)?;
        connection.busy_timeout(PATIENCE).map_err(engine)?;
        Ok(Self::new(connection))
    }

    /// A connection to no file, to stand in the place of one that is closed.
    pub fn nothing() -> Result<Self, StoreError> {
        let connection = rusqlite::Connection::open_in_memory().map_err(engine)?;
        Ok(Self::new(connection))
    }

    fn prepare(connection: &rusqlite::Connection) -> Result<(), StoreError> {
        connection.busy_timeout(PATIENCE).map_err(engine)?;
        connection.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
        connection
            .execute_batch(
                "pragma foreign_keys = on; pragma temp_store = memory; pragma mmap_size = 0;",
            )
            .map_err(engine)
    }

    fn new(connection: rusqlite::Connection) -> Self {
        Self {
            connection,
            translated: HashMap::new(),
        }
    }

    /// The connection itself, for migrations.
    pub fn raw(&mut self) -> &mut rusqlite::Connection {
        &mut self.connection
    }

    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut statement = prepared(&self.connection, &mut self.translated, sql, params)?;
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        let mut answer = Vec::new();
        while let Some(row) = rows.next().map_err(engine)? {
            let mut values = Vec::with_capacity(columns);
            for column in 0..columns {
                values.push(value(row.get_ref(column).map_err(engine)?)?);
            }
            answer.push(Row::new(values));
        }
        Ok(answer)
    }

    /// The rows of a statement one after another.
    pub fn each(
        &mut self,
        sql: &str,
        take: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare(sql).map_err(engine)?;
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(engine)? {
            let mut values = Vec::with_capacity(columns);
            for column in 0..columns {
                values.push(value(row.get_ref(column).map_err(engine)?)?);
            }
            take(Row::new(values))?;
        }
        Ok(())
    }

    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let mut statement = prepared(&self.connection, &mut self.translated, sql, params)?;
        statement
            .raw_execute()
            .map(|rows| rows as u64)
            .map_err(engine)
    }

    fn command(&mut self, sql: &str) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(engine)?;
        statement.raw_execute().map(drop).map_err(engine)
    }

    pub fn begin_write(&mut self) -> Result<(), StoreError> {
        self.command("begin immediate")
    }

    pub fn begin_share(&mut self) -> Result<(), StoreError> {
        self.command("savepoint share")
    }

    pub fn keep_share(&mut self) -> Result<(), StoreError> {
        self.command("release share")
    }

    pub fn undo_share(&mut self) -> Result<(), StoreError> {
        self.command("rollback to share")?;
        self.command("release share")
    }

    pub fn commit(&mut self, log: Option<(&[PackedEntry], &SealedHead)>) -> Result<(), StoreError> {
        if let Some((entries, head)) = log {
            self.append_log(entries, head)?;
        }
        self.command("commit")
    }

    fn append_log(
        &mut self,
        entries: &[PackedEntry],
        sealed: &SealedHead,
    ) -> Result<(), StoreError> {
        let mut insert = self
            .connection
            .prepare_cached(
                "insert into log_entry (position, header, body, link) values (?1, ?2, ?3, ?4)",
            )
            .map_err(engine)?;
        for entry in entries {
            insert
                .execute((entry.position, &entry.header, &entry.body, &entry.link))
                .map_err(engine)?;
        }
        let mut update = self
            .connection
            .prepare_cached(
                "insert into log_head (writer, count, link, code) values (?1, ?2, ?3, ?4)
                 on conflict (writer) do update set count = excluded.count, link = excluded.link, code = excluded.code",
            )
            .map_err(engine)?;
        let head = &sealed.head;
        update
            .execute((head.writer, head.count as i64, &head.link, &sealed.code))
            .map_err(engine)?;
        Ok(())
    }

    pub fn rollback(&mut self) {
        // An error that ended the transaction by itself leaves nothing to roll back.
        if !self.connection.is_autocommit()
            && let Err(error) = self.command("rollback")
        {
            tracing::error!(%error, "a failed batch could not be rolled back");
        }
    }

    pub fn begin_read(&mut self) -> Result<(), StoreError> {
        self.command("begin")
    }

    pub fn end_read(&mut self) {
        self.rollback();
    }

    pub fn is_lost(&self) -> bool {
        false
    }

    /// Moves what the WAL holds into the database file as far as no reader is in the way.
    pub fn checkpoint(&mut self, truncate: bool) -> Result<(), StoreError> {
        let mode = if truncate {
            "pragma wal_checkpoint(truncate)"
        } else {
            "pragma wal_checkpoint(passive)"
        };
        self.query(mode, &[]).map(drop)
    }
}

/// Makes a new database file that only its owner may read; the write-ahead log gets the same mode.
fn keep_private(path: &Path) -> Result<(), StoreError> {
    if path.to_string_lossy().starts_with("file:") {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(StoreError::file(folder))?;
    }
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::file(path)(error))
        }
        _ => Ok(()),
    }
}

fn prepared<'a>(
    connection: &'a rusqlite::Connection,
    translated: &mut HashMap<Box<str>, Box<str>>,
    sql: &str,
    params: &[Value],
) -> Result<rusqlite::CachedStatement<'a>, StoreError> {
    let mut statement = match translated.get(sql) {
        Some(own) => connection.prepare_cached(own),
        None => {
            // Statements built at run time must not fill the memory.
            if translated.len() >= 4 * KEPT_STATEMENTS {
                translated.clear();
            }
            let own = translate(sql).into_boxed_str();
            let statement = connection.prepare_cached(&own);
            translated.insert(sql.into(), own);
            statement
        }
    }
    .map_err(engine)?;
    if statement.parameter_count() != params.len() {
        let wanted = statement.parameter_count();
        let text = format!(
            "the statement has {wanted} parameters, {} were given: {sql}",
            params.len()
        );
        return Err(StoreError::Engine(text.into()));
    }
    for (index, param) in params.iter().enumerate() {
        super::check_text(param)?;
        statement
            .raw_bind_parameter(index + 1, Param(param))
            .map_err(engine)?;
    }
    Ok(statement)
}

/// `$1` becomes `?1`, except inside quotes.
fn translate(sql: &str) -> String {
    let mut quote = None;
    let mut chars = sql.chars().peekable();
    let mut out = String::with_capacity(sql.len());
    while let Some(char) = chars.next() {
        match (quote, char) {
            (None, '$') if chars.peek().is_some_and(char::is_ascii_digit) => out.push('?'),
            (None, '\'' | '"') => {
                quote = Some(char);
                out.push(char);
            }
            (Some(open), _) if open == char => {
                quote = None;
                out.push(char);
            }
            _ => out.push(char),
        }
    }
    out
}

struct Param<'a>(&'a Value);

impl rusqlite::ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn value(value: ValueRef<'_>) -> Result<Value, StoreError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => Value::Text(
            std::str::from_utf8(text)
                .map_err(|_| StoreError::Decode("text is not UTF-8".into()))?
                .to_owned(),
        ),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        ValueRef::Real(_) => {
            return Err(StoreError::Decode(
                "a fraction: cast it to an integer or to text".into(),
            ));
        }
    })
}

/// Names the constraint where the engine tells it.
pub(crate) fn engine(error: rusqlite::Error) -> StoreError {
    use rusqlite::ffi;
    if let rusqlite::Error::SqliteFailure(code, message) = &error {
        let text = message.clone().unwrap_or_default();
        // The disk is full, read-only or broken: later it may not be.
        if matches!(
            code.code,
            rusqlite::ErrorCode::DiskFull
                | rusqlite::ErrorCode::ReadOnly
                | rusqlite::ErrorCode::SystemIoFailure
                | rusqlite::ErrorCode::CannotOpen
        ) {
            return StoreError::Unavailable(error.to_string());
        }
        let after = |prefix: &str| text.strip_prefix(prefix).unwrap_or(&text).to_owned();
        match code.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID => {
                let named = after("UNIQUE constraint failed: ");
                let constraint = named
                    .strip_prefix("index '")
                    .map_or(named.as_str(), |name| name.trim_end_matches('\''));
                return StoreError::Unique {
                    constraint: constraint.to_owned(),
                };
            }
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => return StoreError::Foreign,
            ffi::SQLITE_CONSTRAINT_NOTNULL => {
                return StoreError::Rule(after("NOT NULL constraint failed: "));
            }
            ffi::SQLITE_CONSTRAINT_CHECK => {
                return StoreError::Rule(after("CHECK constraint failed: "));
            }
            _ => {}
        }
    }
    StoreError::Engine(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::translate;

    #[test]
    fn placeholders_are_translated_outside_quotes_only() {
        assert_eq!(
            translate("a = $1 and b = '$2' and \"$3\" = $12"),
            "a = ?1 and b = '$2' and \"$3\" = ?12"
        );
        assert_eq!(translate("select 'it''s $1', $2"), "select 'it''s $1', ?2");
        assert_eq!(translate("select $"), "select $");
    }
}
