//! Migrations: one tree for both engines, run by refinery.

use refinery::Target;

use crate::{
    StoreError,
    engine::{Connection, bulk, search},
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
    let all: Vec<Migration> = MIGRATIONS.iter().chain(rooms).copied().collect();
    run_these(connection, &all)
}

/// As [`run`], with no other steps than these.
fn run_these(connection: &mut Connection, steps: &[Migration]) -> Result<(), StoreError> {
    let all = steps
        .iter()
        .map(|step| prepared(connection, step))
        .collect::<Result<Vec<_>, _>>()?;
    match connection {
        Connection::Sqlite(sqlite) => {
            let sqlite = sqlite.raw();
            let done = runner(&all, Target::Latest).get_applied_migrations(sqlite);
            let mut runs = runs(&all, done);
            runs.try_for_each(|run| run.run(sqlite).map(drop).map_err(refused))
        }
        Connection::Postgres(postgres) => {
            postgres.lock_migrations()?;
            let done = postgres.migrated(&runner(&all, Target::Latest));
            let mut runs = runs(&all, done);
            let run = runs.try_for_each(|run| postgres.migrate(&run).map_err(refused));
            postgres.unlock_migrations()?;
            run
        }
    }
}

/// Runs steps up to a target in one transaction together with the rows that say they ran: power that goes between the two would
/// leave a database whose next start makes a table that is there.
fn runner(all: &[refinery::Migration], target: Target) -> refinery::Runner {
    refinery::Runner::new(all)
        .set_grouped(true)
        .set_target(target)
        .set_abort_divergent(true)
        .set_abort_missing(true)
}

/// What is to be run when `done` has been: an empty database gets all steps at once, another one each step by itself, so that
/// an upgrade that is cut off goes on where it was. At least one, for it compares what ran with what is known.
fn runs(
    all: &[refinery::Migration],
    done: Result<Vec<refinery::Migration>, refinery::Error>,
) -> impl Iterator<Item = refinery::Runner> {
    // Without a table of what was done, nothing was.
    let done = done.unwrap_or_default();
    let mut missing: Vec<_> = all.iter().map(refinery::Migration::version).collect();
    missing.retain(|version| done.iter().all(|done| done.version() != *version));
    missing.sort_unstable();
    if done.is_empty() {
        missing.clear();
    }
    let one_by_one = missing.into_iter().map(Target::Version);
    one_by_one
        .chain([Target::Latest])
        .map(|target| runner(all, target))
}

/// A step in the engine's own words.
fn prepared(
    connection: &Connection,
    migration: &Migration,
) -> Result<refinery::Migration, StoreError> {
    let sql = type_names(connection)
        .iter()
        .fold(migration.sql.to_owned(), |sql, (name, own)| {
            sql.replace(name, own)
        });
    // "U": may run after a higher number of another room.
    let file = format!("U{}__{}", migration.version, migration.name);
    refinery::Migration::unapplied(&file, &sql).map_err(refused)
}

/// One step that a database has gone through. The digest is of the text as rooms write it, so it is the same on both engines.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Step {
    pub version: u32,
    pub name: String,
    pub digest: String,
}

impl Step {
    fn of(migration: &Migration) -> Self {
        Self {
            version: migration.version,
            name: migration.name.to_owned(),
            digest: blake3::hash(migration.sql.as_bytes()).to_hex().to_string(),
        }
    }
}

/// The steps that the database has gone through.
///
/// # Errors
/// [`StoreError::Migration`] when there is one that this program does not know, or knows otherwise.
pub(crate) fn steps(
    connection: &mut Connection,
    rooms: &[Migration],
) -> Result<Vec<Step>, StoreError> {
    let mut steps = Vec::new();
    for (version, name, checksum) in bulk::history(connection)? {
        let known = MIGRATIONS
            .iter()
            .chain(rooms)
            .find(|one| i64::from(one.version) == version && one.name == name);
        match known {
            Some(one) if prepared(connection, one)?.checksum().to_string() == checksum => {
                steps.push(Step::of(one));
            }
            _ => {
                return Err(StoreError::Migration(format!(
                    "the database has step {version} ({name}), which this program does not know: use the program that made it, or a newer one"
                )));
            }
        }
    }
    Ok(steps)
}

/// Makes an empty database into one that has gone through these steps and no others.
///
/// # Errors
/// [`StoreError::Migration`] when this program does not know one of them.
pub(crate) fn run_to(
    connection: &mut Connection,
    rooms: &[Migration],
    steps: &[Step],
) -> Result<(), StoreError> {
    let wanted = known(rooms, steps)?;
    run_these(connection, &wanted)
}

/// The migrations of these steps.
///
/// # Errors
/// As [`run_to`].
pub(crate) fn known(rooms: &[Migration], steps: &[Step]) -> Result<Vec<Migration>, StoreError> {
    steps
        .iter()
        .map(|step| {
            MIGRATIONS
                .iter()
                .chain(rooms)
                .find(|one| Step::of(one) == *step)
                .copied()
                .ok_or_else(|| {
                    StoreError::Migration(format!(
                        "step {} ({}) is not known to this program: use a newer one",
                        step.version, step.name
                    ))
                })
        })
        .collect()
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
