//! Conventions that the live catalogue must keep.

use testkit::{EngineName, for_each_engine};

use crate::support::{catalogue, rows};

#[test]
fn tables_keep_the_conventions() {
    for_each_engine(&[], |store| {
        let columns = catalogue(store);
        assert!(columns.len() > 20, "{columns:?}");
        // The search index has the engine's own tables and types: see `engine/search.rs`.
        let ordinary = |table: &str| !table.starts_with("search_");
        for (table, column, kind) in columns.iter().filter(|(table, ..)| ordinary(table)) {
            let name = format!("{table}.{column}");
            let plain = |name: &str| {
                name.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            };
            assert!(
                plain(table) && plain(column),
                "{name}: small letters and underlines"
            );
            assert!(
                !column.contains("tenant") && column != "county",
                "{name}: a county has a database of its own"
            );
            let allowed: &[&str] = match store.engine {
                EngineName::Sqlite => &["blob", "integer", "text"],
                EngineName::Postgres => &["bytea", "bigint", "text"],
            };
            assert!(allowed.contains(&kind.as_str()), "{name} is {kind}");
            let moment = column.ends_with("_at") || column.ends_with("_until");
            assert!(
                !moment || kind == allowed[1],
                "{name}: moments are milliseconds"
            );
            let id = column == "id" || column.ends_with("_id");
            assert!(!id || kind == allowed[0], "{name}: ids are bytes");
        }
        let logs: Vec<_> = columns
            .iter()
            .filter(|(table, _, _)| table.contains("log"))
            .map(|(table, _, _)| table)
            .collect();
        assert_eq!(
            logs.iter().filter(|table| **table == "log_entry").count(),
            4
        );
        assert_eq!(logs.iter().filter(|table| **table == "log_head").count(), 4);
        assert_eq!(
            logs.len(),
            8,
            "a new column of the log needs a place in its digest"
        );
    });
}

#[test]
fn log_tables_are_ordinary_tables_without_triggers() {
    for_each_engine(&[], |store| match store.engine {
        EngineName::Sqlite => {
            let tables = rows(
                store,
                "select wr from pragma_table_list where name like '%log%' and schema = 'main'",
            );
            assert_eq!(tables.len(), 2);
            assert!(
                tables.iter().all(|row| row.get::<i64>(0).unwrap() == 0),
                "no `without rowid`"
            );
            assert!(
                rows(
                    store,
                    "select name from sqlite_schema where type in ('trigger', 'view')"
                )
                .is_empty()
            );
            // Durable: a flush at every commit.
            let sql = "select synchronous, journal_mode, foreign_keys from pragma_synchronous, pragma_journal_mode, pragma_foreign_keys";
            let row = store
                .write_blocking(move |tx| store::Query::query_one(tx, sql, &[]))
                .unwrap()
                .value;
            assert_eq!(row.get::<i64>(0).unwrap(), 2);
            assert_eq!(row.get::<String>(1).unwrap(), "wal");
            assert!(row.get::<bool>(2).unwrap());
        }
        EngineName::Postgres => {
            let sql = "select tgname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
                       where not tgisinternal and c.relnamespace = current_schema()::regnamespace";
            assert!(
                rows(store, sql).is_empty(),
                "no triggers: schema sharding refuses them"
            );
            let row = &rows(
                store,
                "select current_setting('synchronous_commit'), current_setting('fsync')",
            )[0];
            assert_eq!(row.get::<String>(0).unwrap(), "on");
        }
    });
}
