//! What opening makes of a log that is behind, damaged or missing.

use std::fs;

use store::{Engine, Store, StoreError, params};
use testkit::{EngineName, for_each_engine, sqlite_store};

use crate::support::{behind, entry, verify};

#[test]
fn the_chain_goes_on_after_reopening() {
    for_each_engine(&[], |store| {
        for round in 1..=4 {
            store
                .log_blocking(entry("contact.read", &[1, round]))
                .unwrap();
            store.reopen();
            let report = verify(store).unwrap();
            assert_eq!((report.writers, report.entries), (1, round));
        }
    });
}

#[test]
fn a_heads_file_that_a_crash_left_behind_is_brought_up_to_date() {
    for_each_engine(&[], |store| {
        store.log_blocking(entry("contact.read", &[1])).unwrap();
        let old = fs::read(store.heads_path()).unwrap();
        for _ in 0..5 {
            store.log_blocking(entry("contact.read", &[1])).unwrap();
        }
        let current = fs::read(store.heads_path()).unwrap();
        store.shutdown();
        fs::write(store.heads_path(), &old).unwrap();
        assert_eq!(verify(store).unwrap().behind, 5);
        store.reopen();
        assert_eq!(fs::read(store.heads_path()).unwrap(), current);
        assert_eq!(verify(store).unwrap().behind, 0);
    });
}

#[test]
fn a_missing_heads_file_is_never_made_good() {
    for_each_engine(&[], |store| {
        store.log_blocking(entry("contact.read", &[1])).unwrap();
        store.shutdown();
        fs::remove_file(store.heads_path()).unwrap();
        store.reopen();
        // The house is open, under another chain; the old one is left as it is.
        store.log_blocking(entry("contact.read", &[1])).unwrap();
        store.reopen();
        store.log_blocking(entry("contact.read", &[1])).unwrap();
        match store.engine {
            EngineName::Sqlite => {
                let fault = verify(store).unwrap_err();
                assert!(fault.what.contains("does not know this writer"), "{fault}");
            }
            // There it looks like another machine's chain, and is reported as one.
            EngineName::Postgres => {
                let report = verify(store).unwrap();
                assert_eq!(
                    (report.writers, report.entries, report.without_outside_head),
                    (2, 3, 1)
                );
            }
        }
    });
}

#[test]
fn a_damaged_log_is_not_written_over() {
    let damages = [
        "delete from log_entry where position = 3",
        "update log_head set count = 2",
        "delete from log_head",
        "delete from log_entry",
    ];
    for damage in damages {
        for_each_engine(&[], |store| {
            for _ in 0..3 {
                store.log_blocking(entry("contact.read", &[1])).unwrap();
            }
            behind(store, damage, &[]);
            let before = verify(store).unwrap_err();
            for _ in 0..2 {
                store.reopen();
                store.log_blocking(entry("contact.read", &[1])).unwrap();
            }
            assert_eq!(verify(store).unwrap_err(), before, "{damage}");
        });
    }
}

#[test]
fn a_gap_after_the_heads_files_place_is_not_made_good() {
    for_each_engine(&[], |store| {
        store.log_blocking(entry("contact.read", &[1])).unwrap();
        let old = fs::read(store.heads_path()).unwrap();
        for _ in 0..4 {
            store.log_blocking(entry("contact.read", &[1])).unwrap();
        }
        store.shutdown();
        fs::write(store.heads_path(), &old).unwrap();
        store.reopen();
        store.shutdown();
        fs::write(store.heads_path(), &old).unwrap();
        store.reopen();
        assert_eq!(
            verify(store).unwrap().writers,
            1,
            "a file that is behind twice is no damage"
        );
        behind(
            store,
            "update log_entry set header = body where position = 3",
            &[],
        );
        store.shutdown();
        fs::write(store.heads_path(), &old).unwrap();
        store.reopen();
        assert_eq!(
            verify(store)
                .unwrap_err()
                .position
                .map(|position| position.number),
            Some(3)
        );
        assert_ne!(
            fs::read(store.heads_path()).unwrap()[..512],
            old[..512].to_vec()[..0],
            "the file is there"
        );
        assert_eq!(
            fs::read(store.heads_path()).unwrap()[..512],
            old[..512],
            "the old chain's line is left"
        );
    });
}

#[test]
fn one_process_writes_an_sqlite_file() {
    let store = sqlite_store(&[]);
    let second = Store::open(store.config.clone(), &[]);
    assert!(matches!(second, Err(StoreError::InUse(_))));
    store.shutdown();
    Store::open(store.config.clone(), &[]).unwrap().shutdown();
}

#[test]
fn processes_beside_each_other_on_postgres_have_chains_of_their_own() {
    let store = testkit::postgres_store(&[]);
    let folder = testkit::Folder::new();
    let mut config = store.config.clone();
    config.heads_dir = folder.to_path_buf();
    let second = Store::open(config.clone(), &[]).unwrap();
    for number in 0..20 {
        store
            .log_blocking(entry("contact.read", &[1, number]))
            .unwrap();
        second
            .log_blocking(entry("contact.read", &[1, number]))
            .unwrap();
    }
    let report = verify(&store).unwrap();
    assert_eq!(
        (report.writers, report.entries, report.without_outside_head),
        (2, 40, 1)
    );
    // A machine that comes back goes on with the chain its own file vouches for, whoever is first.
    second.shutdown();
    store.shutdown();
    let second = Store::open(config, &[]).unwrap();
    second.log_blocking(entry("contact.read", &[1])).unwrap();
    let report = verify(&store).unwrap();
    assert_eq!((report.writers, report.entries), (2, 41));
    second.shutdown();
}

#[test]
fn a_configuration_that_cannot_be_used_is_refused() {
    let store = sqlite_store(&[]);
    let mut config = store.config.clone();
    config.county = "../15".into();
    assert!(matches!(
        Store::open(config.clone(), &[]),
        Err(StoreError::Config(_))
    ));
    config.county = "15".into();
    config.engine = Engine::Postgres {
        url: "postgres://localhost".into(),
        schema: "a\"b".into(),
    };
    assert!(matches!(
        Store::open(config.clone(), &[]),
        Err(StoreError::Config(_))
    ));
    config.engine = Engine::Postgres {
        url: "postgres:///x?host=/nonexistent".into(),
        schema: "a".into(),
    };
    assert!(matches!(
        Store::open(config, &[]),
        Err(StoreError::Unavailable(_))
    ));
}

#[test]
fn a_lost_connection_comes_back() {
    let beside = testkit::postgres_store(&[]);
    let mut config = beside.config.clone();
    beside.shutdown();
    // The server is shared with other tests: only this one's connections may be cut.
    config.county = format!("c{}", std::process::id());
    let store = Store::open(config.clone(), &[]).unwrap();
    store.log_blocking(entry("contact.read", &[1])).unwrap();
    let one =
        |store: &Store| store.read_blocking(|tx| store::Query::query(tx, "select 1", &params![]));
    for _ in 0..4 {
        one(&store).unwrap();
    }
    testkit::cluster().run(&format!(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'noste {}'",
        config.county
    ));
    std::thread::sleep(std::time::Duration::from_millis(200));
    let mut failures = 0;
    while let Err(error) = store.log_blocking(entry("contact.read", &[1])) {
        assert!(error.is_temporary(), "{error:?}");
        failures += 1;
        assert!(failures < 3, "the writer does not come back");
    }
    while let Err(error) = one(&store) {
        assert!(error.is_temporary(), "{error:?}");
        failures += 1;
        assert!(failures < 8, "the readers do not come back");
    }
    store.shutdown();
    let Engine::Postgres { url, schema } = &config.engine else {
        panic!("PostgreSQL")
    };
    let heads = config.heads_path();
    let report =
        store::verify::verify_postgres(&config.county, url, schema, Some(&heads), &config.key)
            .unwrap();
    assert_eq!(report.entries, 2);
}
