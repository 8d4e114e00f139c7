//! What a store needs to know before it opens.

use std::{path::PathBuf, sync::Arc};

use kernel::{chance::Chance, clock::Clock};

use crate::key::LogKey;

/// Where the county's data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Engine {
    /// An SQLite file (or `file:` URI), made when missing.
    Sqlite { path: PathBuf },
    /// A PostgreSQL schema, made when missing if the role may. `url` is `postgres://...`; for a unix
    /// socket `postgres://user@/database?host=/directory`.
    Postgres { url: String, schema: String },
}

/// Without the address, which may hold a password.
impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite { path } => write!(f, "Sqlite({})", path.display()),
            Self::Postgres { schema, .. } => write!(f, "Postgres(schema {schema})"),
        }
    }
}

/// One county's store.
#[derive(Clone)]
pub struct StoreConfig {
    /// The county's code (Statistics Finland's classification of wellbeing services counties): `15`.
    pub county: String,
    pub engine: Engine,
    /// The folder of the heads outside the database: `<heads_dir>/<county>.heads`.
    pub heads_dir: PathBuf,
    /// The key of the heads' codes.
    pub key: LogKey,
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    /// Whether opening runs the migrations that are missing.
    pub migrate: bool,
}

impl StoreConfig {
    /// The configuration with migrations on.
    pub fn new(
        county: impl Into<String>,
        engine: Engine,
        heads_dir: impl Into<PathBuf>,
        key: LogKey,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Self {
        Self {
            county: county.into(),
            engine,
            heads_dir: heads_dir.into(),
            key,
            clock,
            chance,
            migrate: true,
        }
    }

    /// The path of the county's heads file.
    pub fn heads_path(&self) -> PathBuf {
        self.heads_dir.join(format!("{}.heads", self.county))
    }
}
