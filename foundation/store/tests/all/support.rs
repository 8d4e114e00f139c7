//! What the tests share.

use kernel::time::from_millis;
use store::{
    Actor, Engine, LogEntry, Migration, Query, Row, StoreError, Value, WriteTx, params,
    verify::{Fault, Report, verify_postgres, verify_sqlite},
};
use testkit::{EngineName, TestStore};

/// A room's tables, as a feature would bring them.
pub const ROOM: &[Migration] = &[Migration {
    version: 900,
    name: "test_room",
    sql: "create table thing (
              id {id} primary key not null,
              name {text} not null,
              size {int},
              constraint thing_size_positive check (size > 0)
          );
          create unique index thing_name on thing (name, size);
          create table part (
              id {id} primary key not null,
              thing {id} not null references thing (id)
          );",
}];

pub fn id(number: u64) -> [u8; 16] {
    let mut id = [7; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    id
}

pub fn entry(event: &'static str, subjects: &[u64]) -> LogEntry {
    LogEntry {
        at: from_millis(1_773_388_800_000),
        actor: Actor::Staff(id(1)),
        event,
        right: "advisor".into(),
        purpose: "P01",
        subjects: subjects.iter().map(|number| id(*number)).collect(),
        detail: String::new(),
        digest: None,
    }
}

pub fn add(tx: &mut WriteTx<'_>, number: u64, name: &str) -> Result<u64, StoreError> {
    tx.execute(
        "insert into thing (id, name, size) values ($1, $2, $3)",
        &params![id(number), name, 1],
    )
}

/// Verifies the log of a store, open or shut.
pub fn verify(store: &TestStore) -> Result<Report, Fault> {
    let key = &store.config.key;
    match &store.config.engine {
        Engine::Sqlite { path } => verify_sqlite("15", path, &store.heads_path(), key),
        Engine::Postgres { url, schema } => {
            verify_postgres("15", url, schema, Some(&store.heads_path()), key)
        }
    }
}

/// The database behind the store's back, as somebody who can reach it would change it.
pub fn behind(store: &TestStore, sql: &str, params: &[Value]) {
    let (sql, params) = (sql.to_owned(), params.to_vec());
    store
        .write_blocking(move |tx| tx.execute(&sql, &params))
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

/// All rows of a statement.
pub fn rows(store: &TestStore, sql: &str) -> Vec<Row> {
    let sql = sql.to_owned();
    store
        .read_blocking(move |tx| tx.query(&sql, &[]))
        .unwrap_or_else(|error: StoreError| panic!("{error}"))
}

/// Tables and their columns, as the live catalogue has them.
pub fn catalogue(store: &TestStore) -> Vec<(String, String, String)> {
    let sql = match store.engine {
        EngineName::Sqlite => {
            "select t.name, c.name, lower(c.type) from sqlite_schema t join pragma_table_info(t.name) c
             where t.type = 'table' and t.name not like 'sqlite%' order by t.name, c.cid"
        }
        EngineName::Postgres => {
            "select table_name, column_name, data_type from information_schema.columns
             where table_schema = current_schema() order by table_name, ordinal_position"
        }
    };
    rows(store, sql)
        .iter()
        .map(|row| {
            (
                row.get(0).unwrap(),
                row.get(1).unwrap(),
                row.get(2).unwrap(),
            )
        })
        .filter(|(table, _, _): &(String, _, _)| table != "refinery_schema_history")
        .collect()
}
