//! Where a backup is restored to: built beside the place, made real in one step.

use std::{
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use access::log::{OutsideHeads, SealedHead};

use super::BackupError;
use crate::{
    Engine, StoreConfig, StoreError,
    engine::{Connection, Postgres, Sqlite},
    heads,
    keeper::wal_of,
    params, store,
    verify::{self, Fault, Report},
};

/// A number among those of writers that stands for restoring.
const RESTORING: u32 = 1_000_000;

/// The place and what is being built for it.
pub(super) struct Place {
    target: StoreConfig,
    /// The same county, where it is built.
    pub building: StoreConfig,
    pub connection: Connection,
    folder: PathBuf,
    /// Keeps servers and other restores out of an SQLite place.
    _lock: Option<File>,
    real: bool,
}

impl Place {
    /// Looks that the place is empty and begins beside it. What an earlier restore that broke off left there is taken away.
    pub fn prepare(target: &StoreConfig) -> Result<Self, BackupError> {
        store::check(target)?;
        let heads_dir = &target.heads_dir;
        fs::create_dir_all(heads_dir).map_err(StoreError::file(heads_dir))?;
        let lock = store::lock(target)?;
        let mut building = target.clone();
        building.migrate = true;
        let folder = match &target.engine {
            Engine::Sqlite { path } => {
                if path.to_string_lossy().starts_with("file:") {
                    let text = "a backup is restored to a file, not to an address of one";
                    return Err(StoreError::Config(text.into()).into());
                }
                for there in [path.clone(), wal_of(path)] {
                    if fs::symlink_metadata(&there).is_ok() {
                        return Err(BackupError::NotEmpty(there.display().to_string()));
                    }
                }
                beside(path, &target.county)
            }
            Engine::Postgres { .. } => beside(&target.heads_path(), &target.county),
        };
        // The server may still be busy with the end of a process that was killed: the schema is claimed first.
        let connection = match &target.engine {
            Engine::Sqlite { path } => {
                remove(&folder)?;
                make_private(&folder)?;
                let name = path.file_name().unwrap_or("county.sqlite".as_ref());
                let path = folder.join(name);
                let connection = Connection::Sqlite(Sqlite::open_writer(&path)?);
                building.engine = Engine::Sqlite { path };
                connection
            }
            Engine::Postgres { url, schema } => {
                let beside = format!("{schema}_restoring");
                let connection = claim(url, schema, &beside, &target.county)?;
                remove(&folder)?;
                make_private(&folder)?;
                building.engine = Engine::Postgres {
                    url: url.clone(),
                    schema: beside,
                };
                Connection::Postgres(Box::new(connection))
            }
        };
        building.heads_dir = folder.clone();
        Ok(Self {
            target: target.clone(),
            building,
            connection,
            folder,
            _lock: lock,
            real: false,
        })
    }

    /// Everything is in: an SQLite file is closed, because the store opens it itself.
    pub fn loaded(&mut self) -> Result<(), BackupError> {
        if let Engine::Sqlite { path } = &self.building.engine {
            drop(std::mem::replace(
                &mut self.connection,
                Connection::Sqlite(Sqlite::nothing()?),
            ));
            // Nothing of it was forced while it was written.
            File::open(path)
                .and_then(|file| file.sync_all())
                .map_err(StoreError::file(path))?;
        }
        Ok(())
    }

    /// Walks the log of what is built.
    pub fn verify(&self) -> Result<Report, Fault> {
        let StoreConfig { county, key, .. } = &self.building;
        let heads = self.building.heads_path();
        match &self.building.engine {
            Engine::Sqlite { path } => verify::verify_sqlite(county, path, &heads, key),
            Engine::Postgres { url, schema } => {
                verify::verify_postgres(county, url, schema, Some(&heads), key)
            }
        }
    }

    /// Puts what is built in its place: first the heads, then the data, with which the county is there. A heads file that lay
    /// at the place is kept aside; gives its new name, and how many entries it knows beyond those of the backup.
    pub fn make_real(
        mut self,
        restored: &[SealedHead],
    ) -> Result<(Option<PathBuf>, u64), BackupError> {
        let (from, to) = (self.building.heads_path(), self.target.heads_path());
        let newer = newer_entries(&to, &self.target.county, restored);
        let kept = keep_aside(&to)?;
        // Two file systems may lie between.
        let beside = to.with_extension("heads.restoring");
        fs::copy(&from, &beside)
            .and_then(|_| File::open(&beside)?.sync_all())
            .and_then(|()| fs::rename(&beside, &to))
            .and_then(|()| heads::sync_folder(&to))
            .map_err(StoreError::file(&to))?;
        match (&self.building.engine, &self.target.engine) {
            (Engine::Sqlite { path: from }, Engine::Sqlite { path: to }) => {
                File::open(from)
                    .and_then(|file| file.sync_all())
                    .map_err(StoreError::file(from))?;
                // Fails when something has come there meanwhile: a rename would write over it.
                fs::hard_link(from, to)
                    .and_then(|()| heads::sync_folder(to))
                    .map_err(StoreError::file(to))?;
            }
            (Engine::Postgres { schema: from, .. }, Engine::Postgres { schema: to, .. }) => {
                let sql = format!(
                    "begin; drop schema if exists \"{to}\" restrict; alter schema \"{from}\" rename to \"{to}\"; commit"
                );
                if let Connection::Postgres(postgres) = &mut self.connection {
                    postgres.batch(&sql)?;
                }
            }
            _ => {}
        }
        self.real = true;
        remove(&self.folder)?;
        Ok((kept, newer))
    }
}

/// What broke off leaves nothing behind.
impl Drop for Place {
    fn drop(&mut self) {
        if self.real {
            return;
        }
        if let (Connection::Postgres(postgres), Engine::Postgres { schema, .. }) =
            (&mut self.connection, &self.building.engine)
        {
            let sql = format!("rollback; drop schema if exists \"{schema}\" cascade");
            if let Err(error) = postgres.batch(&sql) {
                tracing::warn!(%error, "what was begun is taken away by the next restore");
            }
        }
        if let Err(error) = remove(&self.folder) {
            tracing::warn!(%error, "what was begun is taken away by the next restore");
        }
    }
}

/// A new schema for building, when the place has no table and nobody else restores to it.
fn claim(url: &str, schema: &str, beside: &str, county: &str) -> Result<Postgres, BackupError> {
    let mut postgres = Postgres::open_writer(url, beside, county)?;
    if !postgres.claim_writer(RESTORING)? {
        let text = format!("another restore to schema {schema} is under way");
        return Err(StoreError::Config(text).into());
    }
    let tables = postgres.query(
        "select 1 from pg_class t join pg_namespace n on n.oid = t.relnamespace where n.nspname = $1 limit 1",
        &params![schema],
    )?;
    if !tables.is_empty() {
        postgres.batch(&format!("drop schema if exists \"{beside}\" cascade"))?;
        return Err(BackupError::NotEmpty(format!("schema {schema}")));
    }
    postgres.batch(&format!(
        "drop schema if exists \"{beside}\" cascade; create schema \"{beside}\""
    ))?;
    Ok(postgres)
}

fn beside(file: &Path, county: &str) -> PathBuf {
    file.with_file_name(format!("{county}.restoring"))
}

fn remove(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::file(folder)(error)),
        _ => Ok(()),
    }
}

fn make_private(folder: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(StoreError::file(folder))
}

/// A heads file is evidence: it is never written over.
fn keep_aside(heads: &Path) -> Result<Option<PathBuf>, StoreError> {
    if fs::symlink_metadata(heads).is_err() {
        return Ok(None);
    }
    for number in 1..10_000 {
        let name = heads.with_extension(format!("heads-before-restore-{number}"));
        match fs::hard_link(heads, &name) {
            Ok(()) => return Ok(Some(name)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::file(&name)(error)),
        }
    }
    Err(StoreError::Config("too many old heads files".into()))
}

fn newer_entries(heads_path: &Path, county: &str, restored: &[SealedHead]) -> u64 {
    let Some(outside) = heads::read(heads_path)
        .ok()
        .and_then(|bytes| OutsideHeads::parse(&bytes, county).ok())
    else {
        return 0;
    };
    outside
        .writers
        .iter()
        .flatten()
        .map(|line| {
            let known = restored
                .iter()
                .find(|head| head.head.writer == line.head.writer)
                .map_or(0, |head| head.head.count);
            line.head.count.saturating_sub(known)
        })
        .sum()
}
