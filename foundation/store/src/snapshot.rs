//! One moment of a county's data, for commands that read all of it beside a running house: backing up and verifying.
//!
//! Makes and changes nothing: no migration, no lock that a writer would wait for. While it lasts SQLite keeps what is written
//! meanwhile in the write-ahead log, and PostgreSQL keeps old rows.

use std::collections::{HashMap, HashSet};

use access::log::{Body, decode_body};

use crate::{
    Engine, MIGRATIONS, Migration, Query, Row, StoreError, Value,
    engine::{Connection, Dialect, Postgres, Sqlite},
    migrate,
    search::Fingerprint,
};

/// An open moment. Not for a thread of an asynchronous runtime.
pub struct Snapshot {
    connection: Connection,
}

impl Snapshot {
    /// Takes the moment.
    ///
    /// # Errors
    /// The database is not there or cannot be reached.
    pub fn open(engine: &Engine, county: &str) -> Result<Self, StoreError> {
        let mut connection = match engine {
            Engine::Sqlite { path } => Sqlite::open_read_only(path).map(Connection::Sqlite),
            Engine::Postgres { url, schema } => Postgres::open_reader(url, schema, county)
                .map(Box::new)
                .map(Connection::Postgres),
        }?;
        connection.begin_read()?;
        // The first statement takes the moment.
        connection.query("select count(*) from refinery_schema_history", &[])?;
        Ok(Self { connection })
    }

    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Gives the rows of a statement one after another, however many there are.
    ///
    /// # Errors
    /// What the engine refuses, or the taker.
    pub fn each(
        &mut self,
        sql: &str,
        mut take: impl FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.connection.each(sql, &mut take)
    }

    /// How many steps of the schema are known and have not been taken.
    ///
    /// # Errors
    /// [`StoreError::Migration`] when one has been taken that this program does not know.
    pub fn missing_steps(&mut self, rooms: &[Migration]) -> Result<usize, StoreError> {
        let taken = migrate::steps(&mut self.connection, rooms)?.len();
        Ok((MIGRATIONS.len() + rooms.len()).saturating_sub(taken))
    }

    /// Whether there is such a table: an older county lacks those of later steps.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn has_table(&mut self, name: &str) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .tables()?
            .iter()
            .any(|table| table.name == name))
    }

    /// What the engine itself finds wrong: pages, indexes, rows that refer to nothing. Empty when all is well.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn own_faults(&mut self) -> Result<Vec<String>, StoreError> {
        self.connection.own_faults()
    }

    /// What stands in the index of words, by document.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn search_index(&mut self) -> Result<HashMap<[u8; 16], Fingerprint>, StoreError> {
        crate::engine::search::fingerprints(&mut self.connection)
    }

    /// The digests of contents that the log's entries hold, and whether some entry has lost its content since (then a digest
    /// that is not there proves nothing).
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn logged_digests(&mut self) -> Result<(HashSet<[u8; 32]>, bool), StoreError> {
        let (mut digests, mut destroyed) = (HashSet::new(), false);
        self.each("select body from log_entry", |row| {
            // Which entry it is matters to the chain alone.
            match decode_body(row.bytes(0)?, u64::MAX) {
                Some(Body::Content(content)) => digests.extend(content.digest),
                Some(Body::Destroyed(_)) => destroyed = true,
                // The walk of the chain names it.
                None => {}
            }
            Ok(())
        })?;
        Ok((digests, destroyed))
    }
}

impl Query for Snapshot {
    fn dialect(&self) -> Dialect {
        self.connection.dialect()
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.connection.query(sql, params)
    }
}
