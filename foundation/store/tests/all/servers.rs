//! The PostgreSQL server goes: connections are cut, it is killed and comes again, or another one takes its place. What was
//! acknowledged is there, the chain goes on, and the store finds the server again by itself.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use kernel::{chance::Chance, chance::SeededChance, clock::ManualClock};
use store::{Engine, LogKey, Query, Store, StoreConfig, StoreError, verify::verify_postgres};
use testkit::{Folder, Server, start_of_time, url_of};

use crate::faults::long;
use crate::support::{ROOM, add, entry, id};

const SCHEMA: &str = "county_15";

fn open(url: &str, folder: &Path) -> Store {
    let clock = Arc::new(ManualClock::new(start_of_time()));
    let chance = Arc::new(SeededChance::new(1));
    let engine = Engine::Postgres {
        url: url.to_owned(),
        schema: SCHEMA.to_owned(),
    };
    let config = StoreConfig::new("15", engine, folder, LogKey([15; 32]), clock, chance);
    Store::open(config, ROOM).unwrap()
}

/// Writers that go on through failures, and what was acknowledged to them.
struct Load {
    stop: AtomicBool,
    acknowledged: Mutex<Vec<u64>>,
    refusals: Mutex<HashSet<String>>,
}

impl Load {
    fn new() -> Self {
        Self {
            stop: AtomicBool::new(false),
            acknowledged: Mutex::default(),
            refusals: Mutex::default(),
        }
    }

    fn count(&self) -> usize {
        self.acknowledged.lock().unwrap().len()
    }

    /// Waits until so many more writes were acknowledged; how long that took.
    fn wait(&self, more: usize) -> Duration {
        let (begun, wanted) = (Instant::now(), self.count() + more);
        while self.count() < wanted {
            std::thread::sleep(Duration::from_millis(1));
        }
        begun.elapsed()
    }

    fn write(&self, store: &Store, lane: u64) {
        for number in (lane..).step_by(4) {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let written = store.write_blocking::<_, StoreError>(move |tx| {
                add(tx, number, &format!("thing {number}"))?;
                tx.log(entry("thing.add", &[number]))
            });
            match written {
                Ok(_) => self.acknowledged.lock().unwrap().push(number),
                Err(error) => {
                    // Whoever waits for it is told to come again, never that there is a fault.
                    if !error.is_temporary() {
                        self.refusals.lock().unwrap().insert(error.to_string());
                    }
                    std::thread::sleep(Duration::from_millis(10));
                }
            }
        }
    }

    /// Runs four writers while `work` does its harm; gives what was acknowledged.
    fn during(store: &Store, work: impl FnOnce(&Self)) -> Vec<u64> {
        let load = Self::new();
        std::thread::scope(|scope| {
            for lane in 0..4 {
                let load = &load;
                scope.spawn(move || load.write(store, lane));
            }
            load.wait(20);
            work(&load);
            load.stop.store(true, Ordering::Relaxed);
        });
        assert_eq!(*load.refusals.lock().unwrap(), HashSet::new());
        load.acknowledged.into_inner().unwrap()
    }
}

/// Everything acknowledged is there, each with its entry, in one chain.
fn check(store: Store, url: &str, folder: &Folder, acknowledged: &[u64]) {
    let rows = store.read_blocking(|tx| tx.query("select id from thing", &[]));
    let rows = rows.unwrap_or_else(|error: StoreError| panic!("{error}"));
    let there: HashSet<[u8; 16]> = rows.iter().map(|row| row.get(0).unwrap()).collect();
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|number| !there.contains(&id(**number)))
        .collect();
    assert!(lost.is_empty(), "acknowledged and gone: {lost:?}");
    store.shutdown();
    let heads: PathBuf = folder.join("15.heads");
    let report = verify_postgres("15", url, SCHEMA, Some(&heads), &LogKey([15; 32])).unwrap();
    assert_eq!(report.entries, there.len() as u64);
    assert_eq!((report.writers, report.behind), (1, 0));
}

fn figure(what: &str, rounds: usize, acknowledged: usize, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_millis();
    println!(
        "figure: {what}: {rounds} times, {acknowledged} acknowledged writes, 0 lost; first write after it in ms: median {}, 95th {}, longest {}",
        at(50),
        at(95),
        at(100)
    );
}

#[test]
fn connections_that_are_cut_and_a_server_that_is_killed_lose_nothing() {
    let rounds = if long() { 200 } else { 6 };
    let (mut server, folder) = (Server::start(&[]), Folder::new());
    let store = open(&server.url(), &folder);
    let chance = SeededChance::new(5);
    let mut times = Vec::new();
    let acknowledged = Load::during(&store, |load| {
        for round in 0..rounds {
            std::thread::sleep(Duration::from_millis(chance.below(100)));
            match round % 3 {
                0 => server.run(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'noste%'",
                ),
                1 => assert!(server.kill_one(chance.below(1 << 32))),
                _ => {
                    server.kill();
                    std::thread::sleep(Duration::from_millis(chance.below(100)));
                    server.begin();
                }
            }
            times.push(load.wait(1));
            load.wait(20);
        }
    });
    figure(
        "PostgreSQL cut off or killed",
        rounds,
        acknowledged.len(),
        times,
    );
    check(store, &server.url(), &folder, &acknowledged);
}

/// The server that writes and the one that has everything it acknowledged.
const WRITES: &[&str] = &["synchronous_standby_names=*", "synchronous_commit=on"];

fn until_followed(server: &Server) {
    let sql = "select count(*)::text from pg_stat_replication where sync_state = 'sync'";
    while server.ask(sql).as_deref() != Some("1") {
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_standby_takes_the_place_of_a_killed_server_and_has_what_was_acknowledged() {
    let rounds = if long() { 10 } else { 1 };
    for round in 0..rounds {
        let folder = Folder::new();
        let mut first = Server::start(WRITES);
        let second = first.standby(&[]);
        until_followed(&first);
        let url = url_of(&[&first.socket(), &second.socket()]);
        let store = open(&url, &folder);
        let mut times = Vec::new();
        let acknowledged = Load::during(&store, |load| {
            std::thread::sleep(Duration::from_millis(SeededChance::new(round).below(300)));
            first.kill();
            second.promote();
            times.push(load.wait(1));
            load.wait(50);
        });
        figure("failover", 1, acknowledged.len(), times);
        check(store, &second.url(), &folder, &acknowledged);
    }
}
