//! Power cuts and failing disks, on a disk that drops what was not forced.

use std::{
    collections::HashSet,
    fs,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use kernel::{chance::SeededChance, clock::ManualClock};
use store::{Engine, LogKey, Query, Store, StoreConfig, StoreError, verify::verify_sqlite};
use testkit::{Folder, powercut::PowerDisk, start_of_time};

use crate::support::{ROOM, add, entry, id};

fn config(disk: &PowerDisk, folder: &Path) -> StoreConfig {
    let clock = Arc::new(ManualClock::new(start_of_time()));
    let engine = Engine::Sqlite {
        path: disk.uri("15.sqlite").into(),
    };
    StoreConfig::new(
        "15",
        engine,
        folder,
        LogKey([15; 32]),
        clock,
        Arc::new(SeededChance::new(1)),
    )
}

/// Eight threads that write until told to stop, and the numbers that were acknowledged.
struct Load {
    acknowledged: Arc<Mutex<Vec<u64>>>,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    fn begin(store: &Store, first: u64) -> Self {
        let acknowledged = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let threads = (0..8).map(|lane| {
            let (store, acknowledged, stop) =
                (store.clone(), Arc::clone(&acknowledged), Arc::clone(&stop));
            std::thread::spawn(move || {
                for number in (first + lane..).step_by(8) {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let write = store.write_blocking::<_, StoreError>(move |tx| {
                        add(tx, number, &format!("thing {number}"))?;
                        tx.log(entry("thing.add", &[number]))
                    });
                    write.unwrap();
                    acknowledged.lock().unwrap().push(number);
                }
            })
        });
        let threads = threads.collect();
        Self {
            acknowledged,
            stop,
            threads,
        }
    }

    fn so_far(&self) -> Vec<u64> {
        self.acknowledged.lock().unwrap().clone()
    }

    fn end(self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads {
            thread.join().unwrap();
        }
    }
}

/// Opens what is left, and gives how many acknowledged things are missing there.
fn missing(disk: &PowerDisk, heads: &Path, acknowledged: &[u64]) -> usize {
    let config = config(disk, heads);
    let key = config.key;
    let path = disk.uri("15.sqlite");
    let verified = verify_sqlite("15", path.as_ref(), &config.heads_path(), &key);
    let Ok(store) = Store::open(config, ROOM) else {
        return acknowledged.len();
    };
    let ids = store
        .read_blocking(|tx| tx.query("select id from thing", &[]))
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
    let there: HashSet<[u8; 16]> = ids.iter().map(|row| row.get(0).unwrap()).collect();
    let missing = acknowledged
        .iter()
        .filter(|number| !there.contains(&id(**number)))
        .count();
    if missing == 0 {
        let report = verified.expect("the log holds as the cut left it");
        assert_eq!(
            report.entries,
            there.len() as u64,
            "a thing and its log entry go together"
        );
    }
    store.shutdown();
    missing
}

/// Cuts the power in the middle of writing, again and again on what the cut before left; gives the
/// number of acknowledged things that were lost.
fn cut_again_and_again(lie: bool) -> usize {
    let chance = SeededChance::new(7);
    let mut disk = PowerDisk::new();
    let mut folder = Folder::new();
    let mut acknowledged = Vec::new();
    let mut lost = 0;
    for round in 0..8_u64 {
        let store = Store::open(config(&disk, &folder), ROOM).unwrap();
        if lie {
            disk.lie();
        }
        let load = Load::begin(&store, round * 1_000_000);
        // Enough for several batches, and in later rounds for checkpoints.
        while load.so_far().len() < 50 + 200 * round as usize {
            std::thread::sleep(Duration::from_millis(1));
        }
        // What is outside the database lies on another disk, which was forced a while ago.
        let left_folder = Folder::new();
        fs::copy(folder.join("15.heads"), left_folder.join("15.heads")).unwrap();
        acknowledged.extend(load.so_far());
        let left = disk.cut(&chance);
        load.end();
        store.shutdown();
        lost += missing(&left, &left_folder, &acknowledged);
        if lost > 0 {
            return lost;
        }
        disk = left;
        folder = left_folder;
    }
    assert!(acknowledged.len() > 2_000);
    lost
}

#[test]
fn what_was_acknowledged_survives_power_cuts() {
    assert_eq!(cut_again_and_again(false), 0);
}

#[test]
fn the_test_above_notices_a_disk_that_does_not_force() {
    assert!(cut_again_and_again(true) > 0);
}

#[test]
fn commits_without_forcing_do_not_survive() {
    // The same disk under SQLite alone: what makes the difference is `synchronous`.
    let lost = |synchronous: &str| {
        let disk = PowerDisk::new();
        let connection = rusqlite::Connection::open(disk.uri("a.sqlite")).unwrap();
        let pragmas = "pragma journal_mode = wal; pragma wal_autocheckpoint = 0; create table t (n integer primary key)";
        connection.execute_batch(pragmas).unwrap();
        connection
            .execute_batch(&format!(
                "pragma wal_checkpoint(truncate); pragma synchronous = {synchronous}"
            ))
            .unwrap();
        for number in 0..100 {
            connection
                .execute("insert into t values (?1)", [number])
                .unwrap();
        }
        let left = disk.cut(&SeededChance::new(3));
        let connection = rusqlite::Connection::open(left.uri("a.sqlite")).unwrap();
        let there: i64 = connection
            .query_row("select count(*) from t", [], |row| row.get(0))
            .unwrap();
        100 - there
    };
    assert_eq!(lost("full"), 0);
    assert!(lost("off") > 0);
    assert!(lost("normal") > 0);
}

#[test]
fn a_commit_that_fails_is_told_to_its_callers_and_the_next_one_works() {
    let (disk, folder) = (PowerDisk::new(), Folder::new());
    let store = Store::open(config(&disk, &folder), ROOM).unwrap();
    let write = |number: u64| {
        store.write_blocking::<_, StoreError>(move |tx| {
            add(tx, number, &format!("thing {number}"))?;
            tx.log(entry("thing.add", &[number]))
        })
    };
    write(1).unwrap();
    disk.fail(true);
    assert!(matches!(write(2), Err(StoreError::NotCommitted(_))));
    disk.fail(false);
    assert!(store.is_open());
    write(3).unwrap();
    store.shutdown();
    let path = disk.uri("15.sqlite");
    let report = verify_sqlite(
        "15",
        path.as_ref(),
        &folder.join("15.heads"),
        &LogKey([15; 32]),
    )
    .unwrap();
    // Whether the failed one is there is unknown, but never half of it.
    let things = Store::open(config(&disk, &folder), ROOM).unwrap();
    let count = things.read_blocking(|tx| {
        tx.query_one("select count(*) from thing", &[])?
            .get::<i64>(0)
    });
    let count = count.unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert_eq!(report.entries, count as u64);
    assert!((2..=3).contains(&count));
}

#[test]
fn after_two_failed_commits_in_a_row_the_store_rests_and_comes_back_by_itself() {
    let (disk, folder) = (PowerDisk::new(), Folder::new());
    let store = Store::open(config(&disk, &folder), ROOM).unwrap();
    disk.fail(true);
    for _ in 0..2 {
        assert!(matches!(
            store.log_blocking(entry("thing.read", &[1])),
            Err(StoreError::NotCommitted(_))
        ));
    }
    assert!(!store.is_open());
    // Refused at once: nothing is tried on a broken disk for everybody who comes.
    assert!(matches!(
        store.log_blocking(entry("thing.read", &[1])),
        Err(StoreError::Unavailable(_))
    ));
    disk.fail(false);
    crate::faults::until_open(&store);
    store.log_blocking(entry("thing.read", &[1])).unwrap();
}
