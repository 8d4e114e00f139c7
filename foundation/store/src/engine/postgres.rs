//! PostgreSQL: one schema a county. Round trips are what costs, so transaction commands wait for the
//! next statement and travel in one message.

use std::{collections::HashMap, time::Duration};

use access::log::SealedHead;
use tokio_postgres::Statement;

use super::pg_refusal::{Refused, causes, engine};
use super::wire::{Failure, Wire};
use super::{PackedEntry, pg_values, unnest};
use crate::{Ask, Row, StoreError, Value};

const KEPT_STATEMENTS: usize = 1_024;
/// How long a server may be silent on the network before its connection is given up.
const SILENCE: Duration = Duration::from_secs(30);
const BEGIN: &str = "begin;";
const BEGIN_READ: &str = "begin isolation level repeatable read read only;";
const BEGIN_SHARE: &str = "savepoint share;";

pub(crate) struct Postgres {
    wire: Wire,
    schema: String,
    statements: HashMap<Box<str>, Statement>,
    /// Transaction commands not sent yet.
    pending: String,
    /// Whether a read transaction is open, with or without a snapshot.
    reading: bool,
    /// Whether a statement has run in it.
    snapshot: bool,
}

impl Postgres {
    /// Opens the connection that writes; makes the schema when there is none.
    pub fn open_writer(url: &str, schema: &str, county: &str) -> Result<Self, StoreError> {
        let mut own = Self::connect(url, schema, county)?;
        let there = own.query(
            "select 1 from pg_namespace where nspname = $1",
            &crate::params![schema],
        )?;
        if there.is_empty() {
            own.batch(&format!("create schema if not exists \"{schema}\""))?;
        }
        own.check_durability()?;
        Ok(own)
    }

    /// Opens a connection that only reads.
    pub fn open_reader(url: &str, schema: &str, county: &str) -> Result<Self, StoreError> {
        let mut own = Self::connect(url, schema, county)?;
        // A reader waits inside a transaction that has no snapshot and no lock: see `end_read`.
        own.batch(
            "set default_transaction_read_only = on; set idle_in_transaction_session_timeout = 0",
        )?;
        Ok(own)
    }

    fn connect(url: &str, schema: &str, county: &str) -> Result<Self, StoreError> {
        let mut config: tokio_postgres::Config =
            url.parse().map_err(|error: tokio_postgres::Error| {
                StoreError::Config(format!("database address: {error}"))
            })?;
        config.application_name(format!("noste {county}"));
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        // A server whose machine or network is gone without a word is given up, not waited for for hours.
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE);
        }
        config.keepalives_idle(SILENCE);
        let wire = Wire::connect(&config).map_err(|failure| {
            StoreError::Unavailable(match failure {
                Failure::Driver(error) => causes(&error),
                Failure::Runtime(error) => causes(&error),
            })
        })?;
        let mut own = Self {
            wire,
            schema: schema.to_owned(),
            statements: HashMap::new(),
            pending: String::new(),
            reading: false,
            snapshot: false,
        };
        own.batch(&format!("set search_path to \"{schema}\""))?;
        Ok(own)
    }

    /// An acknowledged write must be on disk whatever the server's default is.
    fn check_durability(&mut self) -> Result<(), StoreError> {
        let mut show = |name: &str| -> Result<String, StoreError> {
            let rows = self.query("select current_setting($1)", &crate::params![name])?;
            rows.first().map_or(Ok(String::new()), |row| row.get(0))
        };
        let (commit, fsync) = (show("synchronous_commit")?, show("fsync")?);
        if commit == "off" {
            self.batch("set synchronous_commit = on")?;
        }
        if fsync == "off" {
            tracing::error!("the PostgreSQL server runs with fsync off: a power cut loses data");
        }
        Ok(())
    }

    /// Runs migrations.
    pub fn migrate(&mut self, runner: &refinery::Runner) -> Result<(), refinery::Error> {
        self.wire.migrate(runner)
    }

    /// The migrations that have run; an error when there is no list of them.
    pub fn migrated(
        &mut self,
        runner: &refinery::Runner,
    ) -> Result<Vec<refinery::Migration>, refinery::Error> {
        self.wire.migrated(runner)
    }

    /// Runs commands that give no rows, at once.
    pub fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.wire.batch(sql).map_err(engine)
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let pending = std::mem::take(&mut self.pending);
        self.batch(&pending)
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= KEPT_STATEMENTS {
            self.statements.clear();
        }
        let statement = self.wire.prepare(sql).map_err(engine)?;
        self.statements.insert(sql.into(), statement.clone());
        Ok(statement)
    }

    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut answers = self.query_in_one(&[(sql, params)])?;
        Ok(answers.pop().unwrap_or_default())
    }

    /// Several statements that do not wait for each other, in one round trip.
    pub fn query_all(&mut self, asked: &[Ask]) -> Result<Vec<Vec<Row>>, StoreError> {
        let asked: Vec<(&str, &[Value])> = asked
            .iter()
            .map(|ask| (ask.sql.as_ref(), ask.params.as_slice()))
            .collect();
        self.query_in_one(&asked)
    }

    fn query_in_one(&mut self, asked: &[(&str, &[Value])]) -> Result<Vec<Vec<Row>>, StoreError> {
        let mut ready = Vec::with_capacity(asked.len());
        for (sql, params) in asked {
            ready.push((self.prepared(sql)?, pg_values::params(params)?));
        }
        self.snapshot = true;
        let before = std::mem::take(&mut self.pending);
        let answers = self.wire.query(&before, &ready).map_err(engine);
        self.forget_if_stale(&answers);
        answers?
            .iter()
            .map(|rows| rows.iter().map(pg_values::row).collect())
            .collect()
    }

    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepared(sql)?;
        let params = pg_values::params(params)?;
        let before = std::mem::take(&mut self.pending);
        let count = self
            .wire
            .execute(&before, &statement, &params)
            .map_err(engine);
        self.forget_if_stale(&count);
        count
    }

    /// A kept statement may have been planned before a migration of another process.
    fn forget_if_stale<T>(&mut self, answer: &Result<T, StoreError>) {
        if let Err(StoreError::Engine(source)) = answer
            && let Some(error) = source.downcast_ref::<Refused>()
            && error.code() == Some(&tokio_postgres::error::SqlState::FEATURE_NOT_SUPPORTED)
        {
            self.statements.clear();
        }
    }

    /// The rows of a statement by a cursor, `most` at a time. Inside a transaction.
    pub fn each(
        &mut self,
        sql: &str,
        most: usize,
        take: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.snapshot = true;
        self.flush()?;
        // A name of its own: what is kept of an earlier cursor's statement has other columns.
        let name = format!("each_{}", blake3::hash(sql.as_bytes()).to_hex());
        let name = &name[..40];
        self.batch(&format!("declare {name} no scroll cursor for {sql}"))?;
        loop {
            let rows = self.query(&format!("fetch forward {most} from {name}"), &[])?;
            let last = rows.len() < most;
            rows.into_iter().try_for_each(&mut *take)?;
            if last {
                return self.batch(&format!("close {name}"));
            }
        }
    }

    /// Runs an insert whose parameters are arrays, one for each column.
    pub fn execute_columns(
        &mut self,
        sql: &str,
        kinds: &[super::bulk::Kind],
        rows: &[Vec<Value>],
    ) -> Result<(), StoreError> {
        let statement = self.prepared(sql)?;
        let columns = pg_values::columns(kinds, rows)?;
        let params: Vec<_> = columns.iter().map(AsRef::as_ref).collect();
        let before = std::mem::take(&mut self.pending);
        self.wire
            .execute(&before, &statement, &params)
            .map(drop)
            .map_err(engine)
    }

    pub fn begin_write(&mut self) {
        self.pending.clear();
        self.pending.push_str(BEGIN);
    }

    pub fn begin_share(&mut self) {
        self.pending.push_str(BEGIN_SHARE);
    }

    pub fn keep_share(&mut self) {
        if !self.withdraw_share() {
            self.pending.push_str("release savepoint share;");
        }
    }

    pub fn undo_share(&mut self) {
        if !self.withdraw_share() {
            self.pending
                .push_str("rollback to savepoint share; release savepoint share;");
        }
    }

    /// A share in which nothing ran was never begun.
    fn withdraw_share(&mut self) -> bool {
        match self.pending.strip_suffix(BEGIN_SHARE).map(str::len) {
            Some(length) => {
                self.pending.truncate(length);
                true
            }
            None => false,
        }
    }

    pub fn commit(&mut self, log: Option<(&[PackedEntry], &SealedHead)>) -> Result<(), StoreError> {
        let untouched = self.pending == BEGIN;
        match log {
            None if untouched => {
                self.pending.clear();
                Ok(())
            }
            // "commit" of a transaction in which something failed is a silent rollback; a statement
            // before it makes that an error.
            None => {
                self.pending.push_str("select 1; commit");
                self.flush()
            }
            // One statement is a transaction of its own: one round trip instead of three.
            Some((entries, head)) if untouched => {
                self.pending.clear();
                self.append_log(entries, head)
            }
            Some((entries, head)) => {
                self.append_log(entries, head)?;
                self.batch("commit")
            }
        }
    }

    fn append_log(&mut self, entries: &[PackedEntry], head: &SealedHead) -> Result<(), StoreError> {
        let statement = self.prepared(unnest::INSERT)?;
        let before = std::mem::take(&mut self.pending);
        unnest::insert(&self.wire, &before, &statement, entries, head).map_err(engine)
    }

    pub fn rollback(&mut self) {
        self.pending.clear();
        if let Err(error) = self.batch("rollback") {
            tracing::error!(%error, "a failed batch could not be rolled back");
        }
    }

    pub fn begin_read(&mut self) {
        self.snapshot = false;
        if !std::mem::replace(&mut self.reading, true) {
            self.pending.push_str(BEGIN_READ);
        }
    }

    /// Ends the snapshot and begins the next transaction in the same message, after the caller has got
    /// the answer: the next read then costs no round trip of its own. A transaction takes its snapshot
    /// at its first statement, so what waits here holds neither a snapshot nor a lock.
    pub fn end_read(&mut self) {
        if !self.snapshot {
            return;
        }
        self.pending.clear();
        self.snapshot = false;
        self.reading = self.batch(&format!("rollback; {BEGIN_READ}")).is_ok();
        if !self.reading {
            tracing::warn!("a reader's connection is lost");
        }
    }

    pub fn is_lost(&self) -> bool {
        self.wire.is_closed()
    }

    /// A writer's number is an advisory lock of the session: it goes with the connection.
    pub fn claim_writer(&mut self, writer: u32) -> Result<bool, StoreError> {
        let rows = self.query("select pg_try_advisory_lock($1, $2)", &self.lock_of(writer))?;
        rows.first().map_or(Ok(false), |row| row.get(0))
    }

    pub fn release_writer(&mut self, writer: u32) -> Result<(), StoreError> {
        self.query("select pg_advisory_unlock($1, $2)", &self.lock_of(writer))
            .map(drop)
    }

    fn lock_of(&self, writer: u32) -> Vec<Value> {
        crate::params![number_of(&self.schema), i64::from(writer)]
    }

    /// Keeps a second process from migrating at the same time.
    pub fn lock_migrations(&mut self) -> Result<(), StoreError> {
        let lock = number_of(&format!("{} migrations", self.schema));
        self.query(
            "select pg_advisory_lock($1)",
            &crate::params![i64::from(lock)],
        )
        .map(drop)
    }

    pub fn unlock_migrations(&mut self) -> Result<(), StoreError> {
        let lock = number_of(&format!("{} migrations", self.schema));
        self.query(
            "select pg_advisory_unlock($1)",
            &crate::params![i64::from(lock)],
        )
        .map(drop)
    }
}

/// A number that stands for a name among the server's advisory locks.
fn number_of(name: &str) -> i32 {
    let digest = blake3::hash(format!("noste {name}").as_bytes());
    let [a, b, c, d, ..] = *digest.as_bytes();
    i32::from_le_bytes([a, b, c, d])
}
