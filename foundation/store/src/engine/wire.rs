//! The line to a PostgreSQL server: the asynchronous driver, run on the thread that asks.
//!
//! What need not wait for each other's answers goes out in one message: a round trip costs more than most statements.

use futures_util::future::{join, join_all};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Config, Error, NoTls, Row, Statement};

/// The values of one statement as the driver takes them.
pub(super) type Params<'a> = Vec<&'a (dyn ToSql + Sync)>;

pub(super) struct Wire {
    client: tokio_postgres::Client,
    /// Drives the connection while this thread waits for an answer, and at no other time.
    runtime: Runtime,
}

impl Wire {
    /// Connects.
    pub fn connect(config: &Config) -> Result<Self, Failure> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Failure::Runtime)?;
        let (client, connection) = runtime
            .block_on(config.connect(NoTls))
            .map_err(Failure::Driver)?;
        runtime.spawn(async move {
            // Whoever asks next is told that the connection is closed.
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a connection to the database ended");
            }
        });
        Ok(Self { client, runtime })
    }

    /// Whether the connection has ended.
    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Runs commands that give no rows.
    pub fn batch(&self, sql: &str) -> Result<(), Error> {
        self.runtime.block_on(self.client.batch_execute(sql))
    }

    /// Readies a statement.
    pub fn prepare(&self, sql: &str) -> Result<Statement, Error> {
        self.runtime.block_on(self.client.prepare(sql))
    }

    /// Sends the commands `before`, when there are any, and the statements in one message; the rows of each statement.
    /// After a failure the rest is refused by the server, and the first failure is told.
    pub fn query(
        &self,
        before: &str,
        asked: &[(Statement, Params<'_>)],
    ) -> Result<Vec<Vec<Row>>, Error> {
        let rows = asked
            .iter()
            .map(|(statement, params)| self.client.query(statement, params));
        let (begun, rows) = self
            .runtime
            .block_on(join(self.commands(before), join_all(rows)));
        begun?;
        rows.into_iter().collect()
    }

    /// As [`Wire::query`], for a statement that changes rows; how many.
    pub fn execute(
        &self,
        before: &str,
        statement: &Statement,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, Error> {
        let changed = self.client.execute(statement, params);
        let (begun, changed) = self.runtime.block_on(join(self.commands(before), changed));
        begun?;
        changed
    }

    async fn commands(&self, sql: &str) -> Result<(), Error> {
        if sql.is_empty() {
            return Ok(());
        }
        self.client.batch_execute(sql).await
    }

    /// The migrations that have run.
    pub fn migrated(
        &mut self,
        runner: &refinery::Runner,
    ) -> Result<Vec<refinery::Migration>, refinery::Error> {
        let done = runner.get_applied_migrations_async(&mut self.client);
        self.runtime.block_on(done)
    }

    /// Runs migrations.
    pub fn migrate(&mut self, runner: &refinery::Runner) -> Result<(), refinery::Error> {
        self.runtime
            .block_on(runner.run_async(&mut self.client))
            .map(drop)
    }
}

/// Why there is no connection.
#[derive(Debug)]
pub(super) enum Failure {
    Runtime(std::io::Error),
    Driver(Error),
}
