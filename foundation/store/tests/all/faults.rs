//! The disk fails in every way a disk does: the power goes at each forcing, forcing fails and forgets, the disk is full,
//! read-only, or hangs. Acknowledged writes are there afterwards, reads go on, and the store comes back by itself.

use std::{
    collections::HashSet,
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use kernel::{chance::SeededChance, clock::ManualClock};
use store::{Engine, LogKey, Query, Store, StoreConfig, StoreError, verify::verify_sqlite};
use testkit::{
    Folder,
    powercut::{Left, Moment, PowerDisk},
    start_of_time,
};

use crate::support::{ROOM, add, entry, id};

/// How large the run is: `NOSTE_PROOF` makes the long one.
pub fn long() -> bool {
    std::env::var_os("NOSTE_PROOF").is_some()
}

fn config(disk: &PowerDisk, folder: &Path) -> StoreConfig {
    let clock = Arc::new(ManualClock::new(start_of_time()));
    let engine = Engine::Sqlite {
        path: disk.uri("15.sqlite").into(),
    };
    let chance = Arc::new(SeededChance::new(1));
    StoreConfig::new("15", engine, folder, LogKey([15; 32]), clock, chance)
}

/// Writes a thing with its log entry. A `name` of some size makes the write-ahead log wander into the database.
fn write(store: &Store, number: u64, size: usize) -> Result<(), StoreError> {
    let name = format!("thing {number} {}", "x".repeat(size));
    let written = store.write_blocking::<_, StoreError>(move |tx| {
        add(tx, number, &name)?;
        tx.log(entry("thing.add", &[number]))
    });
    written.map(drop)
}

fn things(store: &Store) -> HashSet<[u8; 16]> {
    let rows = store.read_blocking(|tx| tx.query("select id from thing", &[]));
    let rows = rows.unwrap_or_else(|error: StoreError| panic!("{error}"));
    rows.iter().map(|row| row.get(0).unwrap()).collect()
}

/// Waits until a resting store writes again: it tries by itself, and the test harness ends what never comes.
pub fn until_open(store: &Store) {
    while !store.is_open() {
        std::thread::sleep(Duration::from_millis(20));
    }
}

type Acknowledged = Arc<Mutex<Vec<u64>>>;

/// Opens, writes from four threads, closes, and again; gives every moment at which something was forced.
fn moments(opens: u64, writes: u64) -> (Vec<Moment>, Vec<u64>) {
    let (disk, folder) = (PowerDisk::new(), Folder::new());
    let acknowledged = Acknowledged::default();
    let (heads, so_far) = (folder.join("15.heads"), Arc::clone(&acknowledged));
    disk.record(move || {
        let count = so_far.lock().unwrap().len();
        (count, fs::read(&heads).unwrap_or_default())
    });
    for round in 0..opens {
        let store = Store::open(config(&disk, &folder), ROOM).unwrap();
        std::thread::scope(|scope| {
            for lane in 0..4 {
                let (store, acknowledged) = (&store, &acknowledged);
                scope.spawn(move || {
                    for number in 0..writes {
                        let number = round * 1_000_000 + number * 4 + lane;
                        let size = if number % 7 == 0 { 40_000 } else { 10 };
                        write(store, number, size).unwrap();
                        acknowledged.lock().unwrap().push(number);
                    }
                });
            }
        });
        store.shutdown();
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    (disk.recorded(), acknowledged)
}

/// What a cut left opens, is whole, and has what was acknowledged before the cut; it can be written again.
fn check(scratch: &PowerDisk, heads: &[u8], acknowledged: &[u64]) {
    let folder = Folder::new();
    let path = scratch.uri("15.sqlite");
    if !heads.is_empty() {
        fs::write(folder.join("15.heads"), heads).unwrap();
    }
    if !acknowledged.is_empty() {
        let report = verify_sqlite(
            "15",
            path.as_ref(),
            &folder.join("15.heads"),
            &LogKey([15; 32]),
        );
        let report = report.unwrap_or_else(|fault| panic!("the log as the cut left it: {fault}"));
        assert!(report.entries >= acknowledged.len() as u64);
    }
    let store = Store::open(config(scratch, &folder), ROOM).expect("opens after a cut");
    let there = things(&store);
    for number in acknowledged {
        assert!(
            there.contains(&id(*number)),
            "{number} was acknowledged and is gone"
        );
    }
    write(&store, u64::MAX, 10).unwrap();
    store.shutdown();
    let report = verify_sqlite(
        "15",
        path.as_ref(),
        &folder.join("15.heads"),
        &LogKey([15; 32]),
    )
    .unwrap();
    assert_eq!(
        report.entries,
        there.len() as u64 + 1,
        "a thing and its entry go together"
    );
    assert_eq!(report.writers, 1, "the chain went on");
    let connection = rusqlite::Connection::open(&path).unwrap();
    let whole: String = connection
        .query_row("pragma integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(whole, "ok");
}

#[test]
fn the_power_goes_at_every_forcing() {
    // Each moment is a copy of the disk, so a long run is many short workloads and not a long one.
    let workloads = if long() { 40 } else { 1 };
    let (chance, scratch) = (SeededChance::new(41), PowerDisk::new());
    let (mut forcings, mut writes, mut cuts, mut with_writes) = (0, 0, 0, 0);
    for _ in 0..workloads {
        let (moments, acknowledged) = moments(2, 6);
        for moment in &moments {
            for left in Left::ALL {
                scratch.become_after(moment, left, &chance);
                check(&scratch, &moment.bytes, &acknowledged[..moment.count]);
                cuts += 1;
                with_writes += usize::from(moment.count > 0);
            }
        }
        forcings += moments.len();
        writes += acknowledged.len();
    }
    assert!(with_writes > 20, "{with_writes} of {cuts}");
    println!(
        "figure: power cuts at {forcings} moments of forcing in {workloads} workloads, {cuts} cuts, {with_writes} of them after acknowledged writes ({writes} in all): 0 lost, 0 broken"
    );
}

#[test]
fn what_is_written_after_a_forcing_that_failed_and_was_forgotten_is_on_the_disk() {
    // With readers and without: whether somebody holds the file open decides what the next writer believes of the log.
    for reads in [false, true] {
        for times in 1..=3 {
            let (disk, folder) = (PowerDisk::new(), Folder::new());
            let store = Store::open(config(&disk, &folder), ROOM).unwrap();
            if reads {
                assert!(things(&store).is_empty());
            }
            write(&store, 1, 10).unwrap();
            disk.forget(times);
            let mut acknowledged = vec![1];
            for number in 2..40 {
                until_open(&store);
                if write(&store, number, 10).is_ok() {
                    acknowledged.push(number);
                }
            }
            assert!(
                acknowledged.len() > 30,
                "it goes on by itself: {acknowledged:?}"
            );
            let heads = folder.join("15.heads");
            disk.record(move || (0, fs::read(&heads).unwrap_or_default()));
            write(&store, 40, 10).unwrap();
            acknowledged.push(40);
            let moment = disk.recorded().pop().unwrap();
            let scratch = PowerDisk::new();
            scratch.become_after(&moment, Left::Nothing, &SeededChance::new(1));
            // The heads are on another disk that kept everything.
            check(&scratch, &moment.bytes, &acknowledged);
            store.shutdown();
        }
    }
}

#[test]
fn a_full_disk_is_told_reads_go_on_and_room_is_enough_to_go_on() {
    let (disk, folder) = (PowerDisk::new(), Folder::new());
    let store = Store::open(config(&disk, &folder), ROOM).unwrap();
    for number in 0..10 {
        write(&store, number, 10).unwrap();
    }
    disk.room(Some(200_000));
    let mut kept = 10;
    let mut refused = 0_u64;
    for number in 10..60 {
        match write(&store, number, 20_000) {
            Ok(()) => kept += 1,
            Err(error) => {
                assert!(error.is_temporary(), "{error}");
                refused += 1;
            }
        }
        assert!(things(&store).len() >= kept);
    }
    assert!(refused > 20, "the disk was full for {refused} writes only");
    // What is small may still have found room; large things have none, and the store rests.
    while store.is_open() {
        drop(write(&store, 2_000 + refused, 150_000));
        refused += 1;
    }
    disk.room(None);
    until_open(&store);
    write(&store, 1_000, 20_000).unwrap();
    assert!(things(&store).contains(&id(1_000)));
    store.shutdown();
    let path = disk.uri("15.sqlite");
    let report = verify_sqlite(
        "15",
        path.as_ref(),
        &folder.join("15.heads"),
        &LogKey([15; 32]),
    )
    .unwrap();
    assert_eq!((report.writers, report.behind), (1, 0));
}

#[test]
fn a_disk_that_turns_read_only_is_told_and_reads_go_on() {
    let (disk, folder) = (PowerDisk::new(), Folder::new());
    let store = Store::open(config(&disk, &folder), ROOM).unwrap();
    write(&store, 1, 10).unwrap();
    assert_eq!(things(&store).len(), 1);
    disk.read_only(true);
    for number in 2..10 {
        let error = write(&store, number, 10).unwrap_err();
        assert!(error.is_temporary(), "{error}");
        assert!(things(&store).contains(&id(1)));
    }
    assert!(!store.is_open());
    disk.read_only(false);
    until_open(&store);
    write(&store, 10, 10).unwrap();
    store.shutdown();
}

#[test]
fn a_disk_that_hangs_holds_up_no_reader_and_piles_up_nobody() {
    let (disk, folder) = (PowerDisk::new(), Folder::new());
    let store = Store::open(config(&disk, &folder), ROOM).unwrap();
    write(&store, 1, 10).unwrap();
    disk.stall(true);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let answered = write(&store, 2, 10);
            // Answered, so the disk moves again: whoever goes on at once is not told that it hangs.
            (answered, write(&store, 3, 10))
        });
        // Readers answer while the writer waits for the disk.
        while store.is_open() {
            assert!(things(&store).contains(&id(1)));
            std::thread::sleep(Duration::from_millis(50));
        }
        // From now on nobody waits any more.
        for number in 100..6_000 {
            let refused = store.write_blocking::<_, StoreError>(move |tx| add(tx, number, "more"));
            let refused = refused.unwrap_err();
            assert!(
                matches!(refused, StoreError::Unavailable(_)) && refused.is_temporary(),
                "{refused}"
            );
        }
        assert_eq!(store.waiting().0, 0);
        disk.stall(false);
        let (answered, next) = waiting.join().unwrap();
        answered.expect("who waited gets the answer when the disk moves again");
        next.expect("and goes on at once");
    });
    assert!(store.is_open());
    assert_eq!(things(&store).len(), 3);
    store.shutdown();
}
