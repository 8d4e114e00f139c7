//! Migrations: one tree for both engines, run by refinery.

use crate::{
    StoreError,
    engine::{Connection, search},
};

/// One step of the schema. The store has versions 1-99, every room its own hundred above.
///
/// `sql` may use `{id}` (16 bytes), `{int}` (64 bits), `{text}` and `{blob}` for type names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    pub version: u32,
    /// Small letters, digits and underlines.
    pub name: &'static str,
    pub sql: &'static str,
}

/// The store's own tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "log",
        sql: include_str!("migrations/V1__log.sql"),
    },
    Migration {
        version: 2,
        name: "subject_heads",
        sql: include_str!("migrations/V2__subject_heads.sql"),
    },
    Migration {
        version: 3,
        name: "jobs",
        sql: include_str!("migrations/V3__jobs.sql"),
    },
    Migration {
        version: 4,
        name: "drafts_and_settings",
        sql: include_str!("migrations/V4__drafts_and_settings.sql"),
    },
    Migration {
        version: 5,
        name: "subject_seal",
        sql: include_str!("migrations/V5__subject_seal.sql"),
    },
    Migration {
        version: 6,
        name: "actor_block",
        sql: include_str!("migrations/V6__actor_block.sql"),
    },
    // The one step whose tables differ: see `engine/search.rs`.
    Migration {
        version: 7,
        name: "search",
        sql: "{search}",
    },
];

/// Brings the schema up to date. Runs what is missing, also below the newest version: rooms number
/// their migrations apart from each other. A migration that was changed after it ran is refused.
pub(crate) fn run(connection: &mut Connection, rooms: &[Migration]) -> Result<(), StoreError> {
    let types = type_names(connection);
    let mut all = Vec::new();
    for migration in MIGRATIONS.iter().chain(rooms) {
        let sql = types
            .iter()
            .fold(migration.sql.to_owned(), |sql, (name, own)| {
                sql.replace(name, own)
            });
        // "U": may run after a higher number of another room.
        let file = format!("U{}__{}", migration.version, migration.name);
        all.push(refinery::Migration::unapplied(&file, &sql).map_err(refused)?);
    }
    let runner = refinery::Runner::new(&all)
        .set_grouped(false)
        .set_abort_divergent(true)
        .set_abort_missing(true);
    match connection {
        Connection::Sqlite(sqlite) => runner.run(sqlite.raw()).map(drop).map_err(refused),
        Connection::Postgres(postgres) => {
            postgres.lock_migrations()?;
            let run = postgres.migrate(&runner).map_err(refused);
            postgres.unlock_migrations()?;
            run
        }
    }
}

fn type_names(connection: &Connection) -> [(&'static str, &'static str); 5] {
    match connection {
        Connection::Sqlite(_) => [
            ("{id}", "BLOB"),
            ("{int}", "INTEGER"),
            ("{text}", "TEXT"),
            ("{blob}", "BLOB"),
            ("{search}", search::SQLITE_TABLES),
        ],
        // Text is compared byte by byte, as SQLite does it: order must not depend on the engine.
        Connection::Postgres(_) => [
            ("{id}", "BYTEA"),
            ("{int}", "BIGINT"),
            ("{text}", "TEXT COLLATE \"C\""),
            ("{blob}", "BYTEA"),
            ("{search}", search::POSTGRES_TABLES),
        ],
    }
}

#[expect(clippy::needless_pass_by_value, reason = "shape wanted by map_err")]
fn refused(error: refinery::Error) -> StoreError {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    StoreError::Migration(text)
}
