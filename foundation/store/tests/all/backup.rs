//! Backups: out of one moment, into an empty place on either engine, and never half of it.

use std::{
    collections::BTreeMap,
    io::BufReader,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use store::{
    Engine, LogKey, Migration, Query, Snapshot, Store, StoreConfig, StoreError, Value,
    backup::{self, BackupError, Manifest, Restored, Source},
    params, search, settings,
};
use testkit::{EngineName, Folder, TestStore, cluster, for_each_engine, start_of_time};

use crate::support::{ROOM, add, entry, id, verify};

/// An empty place on an engine; its schema goes with it.
struct Place {
    config: StoreConfig,
    folder: Folder,
}

impl Place {
    fn new(of: &TestStore, engine: EngineName) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let folder = Folder::new();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let engine = match engine {
            EngineName::Sqlite => Engine::Sqlite {
                path: folder.join("15.sqlite"),
            },
            EngineName::Postgres => Engine::Postgres {
                url: cluster().url(),
                schema: format!("restored_{}_{number}", std::process::id()),
            },
        };
        let config = StoreConfig {
            engine,
            heads_dir: folder.to_path_buf(),
            ..of.config.clone()
        };
        Self { config, folder }
    }

    fn open(&self) -> Store {
        Store::open(self.config.clone(), ROOM).unwrap()
    }

    /// Whether there is nothing that a house could be opened on.
    fn is_empty(&self) -> bool {
        let left: Vec<_> = std::fs::read_dir(&*self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with(".lock"))
            .collect();
        left.is_empty() && self.tables() == 0
    }

    fn tables(&self) -> i64 {
        let Engine::Postgres { schema, .. } = &self.config.engine else {
            return 0;
        };
        let (sql, url) = (
            "select count(*) from pg_namespace where nspname like $1",
            cluster().url(),
        );
        let pattern = format!("{schema}%");
        std::thread::spawn(move || {
            let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
            client.query_one(sql, &[&pattern]).unwrap().get(0)
        })
        .join()
        .unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Engine::Postgres { schema, .. } = &self.config.engine {
            cluster().run(&format!(
                "drop schema if exists \"{schema}\" cascade; drop schema if exists \"{schema}_restoring\" cascade"
            ));
        }
    }
}

fn backup(store: &TestStore, rooms: &[Migration]) -> Result<(Manifest, Vec<u8>), BackupError> {
    let mut out = Vec::new();
    let source = Source {
        engine: &store.config.engine,
        county: "15",
        key: &store.config.key,
        rooms,
        program: "test",
        at: start_of_time(),
        keys: BTreeMap::new(),
    };
    let manifest = backup::write(&source, &mut out, &mut |_| ())?;
    Ok((manifest, out))
}

fn restore(bytes: &[u8], config: &StoreConfig) -> Result<Restored, BackupError> {
    backup::restore(
        &mut BufReader::new(bytes),
        |_| Ok(config.clone()),
        ROOM,
        |_, _| Ok(()),
        &mut |_| (),
    )
}

/// Rows that are hard to carry: nothing, empty, quotes, every byte, the ends of integers, one that refers to itself later.
fn fill(store: &Store) {
    let written = store.write_blocking::<_, StoreError>(|tx| {
        for (number, name) in [
            (1, "Tuula \"Näätä\" \u{1f642} \\ \n\t"),
            (2, ""),
            (3, "\u{fffd}"),
        ] {
            add(tx, number, name)?;
        }
        tx.execute(
            "insert into thing (id, name, size) values ($1, $2, $3), ($4, $2, null)",
            &params![id(4), "x".repeat(70_000), i64::MAX, id(5)],
        )?;
        tx.execute(
            "insert into part (id, thing) values ($1, $2)",
            &params![id(9), id(4)],
        )?;
        let every: String = (0..=255_u8)
            .map(char::from)
            .filter(|c| *c != '\0')
            .collect();
        settings::set(tx, "every", &every, start_of_time())?;
        search::put(tx, id(1), ["tuula", "näätä"])?;
        tx.log(entry("thing.add", &[1, 2, 3, 4, 5]))
    });
    written.unwrap();
    for number in 1..40 {
        store
            .log_blocking(entry("thing.read", &[number % 5]))
            .unwrap();
    }
}

/// Every row of every table but the index of words and what the store keeps for its own speed, in one order.
fn everything(engine: &Engine) -> BTreeMap<String, Vec<String>> {
    let mut snapshot = Snapshot::open(engine, "15").unwrap();
    let names = [
        "log_entry",
        "log_head",
        "job",
        "draft",
        "setting",
        "thing",
        "part",
    ];
    names
        .iter()
        .map(|name| {
            let mut rows = Vec::new();
            let sql = format!("select * from {name}");
            snapshot
                .each(&sql, |row| {
                    rows.push(format!("{:?}", row.values()));
                    Ok(())
                })
                .unwrap();
            rows.sort();
            ((*name).to_owned(), rows)
        })
        .collect()
}

#[test]
fn every_row_comes_back_on_either_engine_and_the_chain_goes_on() {
    for_each_engine(ROOM, |store| {
        fill(store);
        let before = everything(&store.config.engine);
        let (manifest, bytes) = backup(store, ROOM).unwrap();
        assert_eq!(manifest.entries(), 40);
        for engine in [EngineName::Sqlite, EngineName::Postgres] {
            let place = Place::new(store, engine);
            let restored = restore(&bytes, &place.config).unwrap();
            assert_eq!(restored.manifest, manifest);
            assert_eq!((restored.log.entries, restored.log.writers), (40, 1));
            for (table, rows) in everything(&place.config.engine) {
                // Without the rows, which fill a screen.
                assert!(rows == before[&table], "{table} on {engine:?}");
            }
            let again = place.open();
            again.log_blocking(entry("thing.read", &[1])).unwrap();
            again.shutdown();
            let (after, _) = backup_of(&place.config);
            assert_eq!(
                (after.entries(), after.head_lines().len()),
                (41, 1),
                "the same chain goes on"
            );
        }
    });
}

fn backup_of(config: &StoreConfig) -> (Manifest, Vec<u8>) {
    let mut out = Vec::new();
    let source = Source {
        engine: &config.engine,
        county: "15",
        key: &config.key,
        rooms: ROOM,
        program: "test",
        at: start_of_time(),
        keys: BTreeMap::new(),
    };
    (backup::write(&source, &mut out, &mut |_| ()).unwrap(), out)
}

#[test]
fn what_is_cut_changed_or_somebody_elses_changes_nothing() {
    for_each_engine(ROOM, |store| {
        fill(store);
        let (_, bytes) = backup(store, ROOM).unwrap();
        let place = Place::new(store, store.engine);
        let lines: Vec<usize> = bytes
            .iter()
            .enumerate()
            .filter_map(|(at, byte)| (*byte == b'\n').then_some(at + 1))
            .collect();
        // Cut after lines and within them.
        for cut in [
            0,
            1,
            lines[0],
            lines[3],
            lines[3] + 7,
            lines[lines.len() - 2],
            bytes.len() - 1,
        ] {
            let answer = restore(&bytes[..cut], &place.config);
            assert!(
                matches!(answer, Err(BackupError::Damaged(_))),
                "{cut}: {answer:?}"
            );
            assert!(place.is_empty(), "cut at {cut}");
        }
        // One character of a row, of the manifest, of the end; a row away; something after the end.
        let text = String::from_utf8(bytes.clone()).unwrap();
        let changed = [
            text.replacen("näätä", "naata", 1)
                .replacen("Näätä", "Maata", 1),
            text.replacen("\"rows\":", "\"rows\":1", 1),
            text.replacen("\"code\":\"", "\"code\":\"0", 1),
            text.replacen("[\"draft\"]", "", 1).replacen(
                "{\"table\":\"thing\"}",
                "{\"table\":\"strange\"}",
                1,
            ),
            format!("{text}[1]\n"),
            {
                let mut all: Vec<&str> = text.lines().collect();
                all.remove(all.len() - 2);
                all.join("\n") + "\n"
            },
        ];
        for (number, text) in changed.iter().enumerate() {
            let answer = restore(text.as_bytes(), &place.config);
            assert!(
                matches!(answer, Err(BackupError::Damaged(_))),
                "{number}: {answer:?}"
            );
            assert!(place.is_empty(), "change {number}");
        }
        // The digest made anew by somebody without the key.
        let mut config = place.config.clone();
        config.key = LogKey([16; 32]);
        assert!(matches!(
            restore(&bytes, &config),
            Err(BackupError::NotOurs)
        ));
        config.key = place.config.key;
        config.county = "14".into();
        assert!(matches!(
            restore(&bytes, &config),
            Err(BackupError::OtherCounty(_))
        ));
        assert!(place.is_empty());
        // What broke off before leaves something that does not stand in the way.
        std::fs::create_dir(place.folder.join("15.restoring")).unwrap();
        restore(&bytes, &place.config).unwrap();
        // And nothing is written over.
        let there = everything(&place.config.engine);
        assert!(matches!(
            restore(&bytes, &place.config),
            Err(BackupError::NotEmpty(_))
        ));
        assert!(everything(&place.config.engine) == there);
    });
}

#[test]
fn a_newer_schema_is_refused_and_an_older_one_brought_up_to_date() {
    const NEWER: &[Migration] = &[
        ROOM[0],
        Migration {
            version: 901,
            name: "newer",
            sql: "alter table thing add column colour {text}",
        },
    ];
    for_each_engine(NEWER, |store| {
        fill(store);
        let older = matches!(
            backup(store, ROOM),
            Err(BackupError::Store(StoreError::Migration(_)))
        );
        assert!(
            older,
            "a program that does not know the schema backs nothing up"
        );
        let (_, bytes) = backup(store, NEWER).unwrap();
        let place = Place::new(store, store.engine);
        assert!(matches!(
            restore(&bytes, &place.config),
            Err(BackupError::Newer { .. })
        ));
        assert!(place.is_empty());
    });
    for_each_engine(ROOM, |store| {
        fill(store);
        // The newer program backs an older schema up, and restores it with its own.
        let (_, bytes) = backup(store, NEWER).unwrap();
        let place = Place::new(store, store.engine);
        backup::restore(
            &mut bytes.as_slice(),
            |_| Ok(place.config.clone()),
            NEWER,
            |_, _| Ok(()),
            &mut |_| (),
        )
        .unwrap();
        let mut snapshot = Snapshot::open(&place.config.engine, "15").unwrap();
        let row = snapshot
            .query_one("select count(*), count(colour) from thing", &[])
            .unwrap();
        assert_eq!(row.values(), [Value::Int(5), Value::Int(0)]);
    });
}

#[test]
fn a_finish_that_fails_leaves_nothing() {
    for_each_engine(ROOM, |store| {
        fill(store);
        let (_, bytes) = backup(store, ROOM).unwrap();
        let place = Place::new(store, store.engine);
        let answer = backup::restore(
            &mut bytes.as_slice(),
            |_| Ok(place.config.clone()),
            ROOM,
            |_, _| Err(StoreError::Busy),
            &mut |_| (),
        );
        assert!(matches!(answer, Err(BackupError::Store(StoreError::Busy))));
        assert!(place.is_empty());
    });
}

#[test]
fn an_old_heads_file_is_kept_and_tells_what_is_lost() {
    for_each_engine(ROOM, |store| {
        fill(store);
        let (_, bytes) = backup(store, ROOM).unwrap();
        for _ in 0..7 {
            store.log_blocking(entry("thing.read", &[2])).unwrap();
        }
        store.shutdown();
        let place = Place::new(store, store.engine);
        std::fs::copy(store.heads_path(), place.config.heads_path()).unwrap();
        let old = std::fs::read(store.heads_path()).unwrap();
        let restored = restore(&bytes, &place.config).unwrap();
        assert_eq!(restored.newer_entries, 7);
        assert_eq!(std::fs::read(restored.heads_kept.unwrap()).unwrap(), old);
        place
            .open()
            .log_blocking(entry("thing.read", &[1]))
            .unwrap();
    });
}

#[test]
fn the_index_of_words_is_read_as_it_was_put() {
    for_each_engine(ROOM, |store| {
        let written = store.write_blocking::<_, StoreError>(|tx| {
            search::put(tx, id(1), ["talo", "Talo", "näätä", "4"])?;
            search::put(tx, id(2), ["talo"])?;
            search::put(tx, id(2), ["katto", "ovi"])?;
            search::put(tx, id(3), ["ovi"])?;
            search::remove(tx, id(3))
        });
        written.unwrap();
        let index = Snapshot::open(&store.config.engine, "15")
            .unwrap()
            .search_index()
            .unwrap();
        let of = |words: &[&str]| search::Fingerprint::of(words.iter().copied());
        assert_eq!(index.len(), 2);
        assert_eq!(index[&id(1)], of(&["4", "näätä", "talo"]));
        assert_eq!(index[&id(2)], of(&["ovi", "katto"]));
        assert_ne!(index[&id(2)], of(&["ovi"]));
    });
}

/// Writers and rounds: few in `make test`, many with `NOSTE_PROOF`.
fn size() -> (u64, usize) {
    if std::env::var_os("NOSTE_PROOF").is_some() {
        (32, 20)
    } else {
        (32, 2)
    }
}

#[test]
fn a_backup_under_32_writers_is_one_moment() {
    let (writers, rounds) = size();
    for_each_engine(ROOM, |store| {
        let acknowledged: Arc<Vec<AtomicU64>> =
            Arc::new((0..writers).map(|_| AtomicU64::new(0)).collect());
        let stop = Arc::new(AtomicBool::new(false));
        let failed = Arc::new(Mutex::new(None));
        let threads: Vec<_> = (0..writers)
            .map(|writer| {
                let (store, acknowledged, stop, failed) = (
                    store.store(),
                    Arc::clone(&acknowledged),
                    Arc::clone(&stop),
                    Arc::clone(&failed),
                );
                std::thread::spawn(move || {
                    for number in 1_u64.. {
                        if stop.load(Ordering::SeqCst) {
                            return;
                        }
                        let thing = writer << 32 | number;
                        let answer = store.write_blocking::<_, StoreError>(move |tx| {
                            add(tx, thing, &format!("{writer} {number}"))?;
                            tx.execute(
                                "insert into part (id, thing) values ($1, $2)",
                                &params![id(thing), id(thing)],
                            )?;
                            tx.log(entry("thing.add", &[thing]))
                        });
                        if let Err(error) = answer {
                            *failed.lock().unwrap() = Some(error.to_string());
                            return;
                        }
                        acknowledged[usize::try_from(writer).unwrap()]
                            .store(number, Ordering::SeqCst);
                    }
                })
            })
            .collect();
        let seen = |acknowledged: &[AtomicU64]| -> Vec<u64> {
            acknowledged
                .iter()
                .map(|number| number.load(Ordering::SeqCst))
                .collect()
        };
        let mut entries = 0;
        for _ in 0..rounds {
            let begun = seen(&acknowledged);
            while seen(&acknowledged)
                .iter()
                .zip(&begun)
                .any(|(now, then)| now < &(then + 3))
            {
                assert_eq!(*failed.lock().unwrap(), None);
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            let before = seen(&acknowledged);
            let (manifest, bytes) = backup(store, ROOM).unwrap();
            let after = seen(&acknowledged);
            let place = Place::new(store, store.engine);
            restore(&bytes, &place.config).unwrap();
            is_one_moment(&place.config.engine, &manifest, &before, &after);
            entries = manifest.entries();
        }
        stop.store(true, Ordering::SeqCst);
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(*failed.lock().unwrap(), None);
        verify(store).unwrap();
        println!(
            "| {:?}: backups under {writers} writers, restored | {rounds}, {entries} entries in the last: each one moment, nothing acknowledged is missing |",
            store.engine
        );
    });
}

/// Of each writer the first so many things, no fewer than were acknowledged before, each whole and with its entry.
fn is_one_moment(engine: &Engine, manifest: &Manifest, before: &[u64], after: &[u64]) {
    let mut snapshot = Snapshot::open(engine, "15").unwrap();
    let mut there: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    let rows = snapshot
        .query(
            "select t.name, p.id from thing t left join part p on p.thing = t.id",
            &[],
        )
        .unwrap();
    for row in &rows {
        assert!(
            row.get::<Option<[u8; 16]>>(1).unwrap().is_some(),
            "half a transaction"
        );
        let name: String = row.get(0).unwrap();
        let (writer, number) = name.split_once(' ').unwrap();
        there
            .entry(writer.parse().unwrap())
            .or_default()
            .push(number.parse().unwrap());
    }
    assert_eq!(manifest.entries(), rows.len() as u64, "each has its entry");
    for (writer, (before, after)) in before.iter().zip(after).enumerate() {
        let mut numbers = there.remove(&(writer as u64)).unwrap_or_default();
        numbers.sort_unstable();
        let count = numbers.len() as u64;
        assert!(
            numbers.iter().copied().eq(1..=count),
            "writer {writer} has gaps"
        );
        // One more than acknowledged may have been committed a moment before its writer heard of it.
        assert!(
            (*before..=after + 1).contains(&count),
            "writer {writer}: {before} {count} {after}"
        );
    }
}
