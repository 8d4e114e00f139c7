//! What the tests share.

use kernel::time::from_millis;
use store::{Actor, LogEntry, Migration, StoreError, WriteTx, params};

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
