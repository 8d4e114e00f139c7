//! Migrations run once, in any order of rooms, and a changed one is refused.

use store::{Migration, Store, StoreError};
use testkit::for_each_engine;

use crate::support::rows;

const LATE: Migration = Migration {
    version: 300,
    name: "late",
    sql: "create table late (id {id} primary key not null)",
};
const EARLY: Migration = Migration {
    version: 200,
    name: "early",
    sql: "create table early (id {id} primary key not null)",
};

#[test]
fn a_room_may_come_after_one_with_a_higher_number() {
    for_each_engine(&[LATE], |store| {
        store.shutdown();
        for _ in 0..2 {
            Store::open(store.config.clone(), &[LATE, EARLY])
                .unwrap()
                .shutdown();
        }
        store.config.migrate = false;
        let again = Store::open(store.config.clone(), &[]).unwrap();
        again
            .read_blocking(|tx| store::Query::query(tx, "select * from early, late", &[]))
            .unwrap();
    });
}

#[test]
fn a_changed_migration_is_refused() {
    for_each_engine(&[LATE], |store| {
        store.shutdown();
        let changed = Migration {
            sql: "create table late (id {id} primary key not null, more {int})",
            ..LATE
        };
        let answer = Store::open(store.config.clone(), &[changed]);
        assert!(matches!(answer, Err(StoreError::Migration(_))));
        let broken = Migration {
            version: 301,
            name: "broken",
            sql: "create table",
        };
        let answer = Store::open(store.config.clone(), &[LATE, broken]);
        assert!(matches!(answer, Err(StoreError::Migration(_))));
        Store::open(store.config.clone(), &[LATE]).unwrap();
    });
}

#[test]
fn each_step_is_recorded() {
    for_each_engine(&[LATE], |store| {
        let names = rows(
            store,
            "select name from refinery_schema_history order by version",
        );
        let names: Vec<String> = names.iter().map(|row| row.get(0).unwrap()).collect();
        assert_eq!(
            names,
            [
                "log",
                "subject_heads",
                "jobs",
                "drafts_and_settings",
                "subject_seal",
                "actor_block",
                "search",
                "late"
            ]
        );
    });
}
