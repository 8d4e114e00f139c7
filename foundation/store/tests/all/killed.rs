//! A process killed in the middle of writing: everything it acknowledged is there, and the log holds.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use store::{Engine, LogKey, Store, StoreConfig, StoreError};
use testkit::{Folder, TestStore, for_each_engine};

use crate::support::{ROOM, add, entry, rows, verify};

const PLACE: &str = "NOSTE_TEST_KILLED";

/// What the child does, when the environment says so: writes without end and tells each number that
/// was acknowledged.
#[test]
#[ignore = "the child of the test below"]
fn victim() {
    let place = std::env::var(PLACE).expect("only as a child");
    let mut parts = place.split('|');
    let mut next = || parts.next().unwrap().to_owned();
    let (folder, url, schema, first) = (next(), next(), next(), next().parse::<u64>().unwrap());
    let engine = match url.as_str() {
        "" => Engine::Sqlite {
            path: format!("{folder}/15.sqlite").into(),
        },
        _ => Engine::Postgres { url, schema },
    };
    let clock = std::sync::Arc::new(kernel::clock::SystemClock);
    let chance = std::sync::Arc::new(kernel::chance::SystemChance);
    let config = StoreConfig::new("15", engine, folder, LogKey([15; 32]), clock, chance);
    let store = Store::open(config, ROOM).unwrap();
    let threads = (0..4).map(|lane| {
        let store = store.clone();
        std::thread::spawn(move || {
            for number in (first + lane..).step_by(4) {
                let write = store.write_blocking::<_, StoreError>(move |tx| {
                    add(tx, number, &format!("thing {number}"))?;
                    tx.log(entry("thing.add", &[number]))
                });
                assert!(write.unwrap().logged.is_some());
                println!("acknowledged {number}");
            }
        })
    });
    for thread in threads.collect::<Vec<_>>() {
        thread.join().unwrap();
    }
}

/// Starts a child, kills it after `count` acknowledgements, and gives all it acknowledged.
fn kill_after(store: &TestStore, first: u64, count: usize) -> Vec<u64> {
    let (url, schema) = match &store.config.engine {
        Engine::Sqlite { .. } => (String::new(), String::new()),
        Engine::Postgres { url, schema } => (url.clone(), schema.clone()),
    };
    let place = format!("{}|{url}|{schema}|{first}", store.folder.display());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::victim", "--ignored", "--nocapture"])
        .env(PLACE, place)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut acknowledged = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        if let Some(number) = line.unwrap().split("acknowledged ").nth(1) {
            acknowledged.push(number.parse().unwrap());
        }
        if acknowledged.len() == count {
            // SIGKILL; the lines already in the pipe are still read.
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    acknowledged
}

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    for_each_engine(ROOM, |store| {
        store.shutdown();
        let mut acknowledged = Vec::new();
        for round in 0..5 {
            let counts = [40, 1, 97, 300, 11];
            let round_acknowledged = kill_after(store, 1_000_000 * round, counts[round as usize]);
            assert!(
                round_acknowledged.len() >= counts[round as usize],
                "{}",
                round_acknowledged.len()
            );
            acknowledged.extend(round_acknowledged);
            // As the killed process left it, before anybody opens it for writing.
            let report = verify(store).unwrap();
            assert!(report.entries >= acknowledged.len() as u64, "{report:?}");
        }
        reopened(store, &acknowledged);
    });
}

fn reopened(store: &mut TestStore, acknowledged: &[u64]) {
    store.reopen();
    let there: Vec<[u8; 16]> = rows(store, "select id from thing")
        .iter()
        .map(|row| row.get(0).unwrap())
        .collect();
    let there: std::collections::HashSet<_> = there.into_iter().collect();
    for number in acknowledged {
        assert!(
            there.contains(&crate::support::id(*number)),
            "{number} was acknowledged and is gone"
        );
    }
    let report = verify(store).unwrap();
    assert_eq!(
        report.entries,
        there.len() as u64,
        "each thing has its log entry and no other"
    );
    assert_eq!(report.behind, 0);
    drop(Folder::new());
}
