//! Stores for tests: one on each engine, each in a place of its own.

use std::{
    fs,
    ops::Deref,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use kernel::{
    chance::SeededChance,
    clock::ManualClock,
    time::{Timestamp, from_millis},
};
use store::{Engine, LogKey, Migration, Store, StoreConfig};

use crate::{Folder, cluster};

/// The engines, as tests name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EngineName {
    Sqlite,
    Postgres,
}

/// A store with its clock and everything needed to open it again or look behind it. Its data goes with
/// the value.
pub struct TestStore {
    store: Store,
    pub clock: Arc<ManualClock>,
    pub chance: Arc<SeededChance>,
    pub engine: EngineName,
    pub config: StoreConfig,
    /// Heads, lock and, on SQLite, the database itself.
    pub folder: Folder,
    rooms: Vec<Migration>,
    /// In the server that others use too, where nothing may be left.
    shared: bool,
}

/// Name of the database's file.
const SQLITE: &str = "15.sqlite";
/// Seed of the chances of test stores.
const SEED: u64 = 15;

/// Where the clocks of test stores begin: Friday 13 March 2026, 10.00 in Finland.
pub fn start_of_time() -> Timestamp {
    from_millis(1_773_388_800_000)
}

impl TestStore {
    fn open(
        engine: EngineName,
        folder: Folder,
        place: Engine,
        rooms: &[Migration],
        seed: u64,
    ) -> Self {
        let clock = Arc::new(ManualClock::new(start_of_time()));
        let chance = Arc::new(SeededChance::new(seed));
        let config = StoreConfig::new(
            "15",
            place,
            &*folder,
            LogKey([15; 32]),
            clock.clone(),
            chance.clone(),
        );
        let store = Store::open(config.clone(), rooms)
            .unwrap_or_else(|error| panic!("the test store does not open on {engine:?}: {error}"));
        Self {
            store,
            clock,
            chance,
            engine,
            config,
            folder,
            rooms: rooms.to_vec(),
            shared: engine == EngineName::Postgres,
        }
    }

    /// Shuts the store down and opens it again over the same data.
    pub fn reopen(&mut self) {
        self.store.shutdown();
        self.store = Store::open(self.config.clone(), &self.rooms).unwrap_or_else(|error| {
            panic!(
                "the test store does not open again on {:?}: {error}",
                self.engine
            )
        });
    }

    /// A clone of the store.
    pub fn store(&self) -> Store {
        self.store.clone()
    }

    /// The SQLite file; meaningless on PostgreSQL.
    pub fn sqlite_path(&self) -> PathBuf {
        self.folder.join(SQLITE)
    }

    /// The heads file.
    pub fn heads_path(&self) -> PathBuf {
        self.config.heads_path()
    }
}

impl Deref for TestStore {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Drop for TestStore {
    fn drop(&mut self) {
        self.store.shutdown();
        if let Engine::Postgres { schema, .. } = &self.config.engine
            && self.shared
        {
            let sql = format!("drop schema if exists \"{schema}\" cascade");
            if std::thread::panicking() {
                // A second panic would end the process and hide the first.
                drop(std::panic::catch_unwind(|| cluster().run(&sql)));
            } else {
                cluster().run(&sql);
            }
        }
    }
}

/// A store in an SQLite file of its own.
pub fn sqlite_store(rooms: &[Migration]) -> TestStore {
    let folder = Folder::new();
    let path = folder.join(SQLITE);
    let place = Engine::Sqlite { path };
    TestStore::open(EngineName::Sqlite, folder, place, rooms, SEED)
}

/// A store over a copy of the files that another SQLite store has left when it was shut down, with chances that the other
/// has not had.
///
/// # Panics
/// The files cannot be copied.
pub fn sqlite_copy(rooms: &[Migration], files: &Path) -> TestStore {
    let folder = Folder::new();
    copy_files(files, &folder);
    let path = folder.join(SQLITE);
    let place = Engine::Sqlite { path };
    TestStore::open(EngineName::Sqlite, folder, place, rooms, SEED + 1)
}

/// Copies the files of a folder into another that is there.
///
/// # Panics
/// They cannot be copied.
pub fn copy_files(from: &Path, to: &Path) {
    for file in fs::read_dir(from).expect("a folder of files") {
        let file = file.expect("a file");
        fs::copy(file.path(), to.join(file.file_name())).expect("copied");
    }
}

/// A store in a PostgreSQL schema of its own.
///
/// # Panics
/// PostgreSQL is not installed; the text names the package.
pub fn postgres_store(rooms: &[Migration]) -> TestStore {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let schema = format!("test_{}_{number}", std::process::id());
    let url = cluster().url();
    // Left by an earlier process with the same number that was killed.
    cluster().run(&format!("drop schema if exists \"{schema}\" cascade"));
    TestStore::open(
        EngineName::Postgres,
        Folder::new(),
        Engine::Postgres { url, schema },
        rooms,
        SEED,
    )
}

/// A store on a disk or a server of the test's own, which is to fail.
pub fn store_on(place: Engine, rooms: &[Migration]) -> TestStore {
    let engine = match &place {
        Engine::Sqlite { .. } => EngineName::Sqlite,
        Engine::Postgres { .. } => EngineName::Postgres,
    };
    let mut own = TestStore::open(engine, Folder::new(), place, rooms, SEED);
    own.shared = false;
    own
}

/// One store on each engine, with the store's own tables and those of `rooms`.
pub fn stores(rooms: &[Migration]) -> Vec<TestStore> {
    vec![sqlite_store(rooms), postgres_store(rooms)]
}

/// Runs a test on each engine; a failure says on which.
pub fn for_each_engine(rooms: &[Migration], test: impl Fn(&mut TestStore)) {
    for mut store in stores(rooms) {
        eprintln!("engine: {:?}", store.engine);
        test(&mut store);
    }
}
