//! Somebody changes the log behind the program's back; verification finds it, on both engines.

use std::fs;

use store::{StoreError, Value, params};
use testkit::{EngineName, TestStore, for_each_engine};

use crate::support::{behind, catalogue, entry, rows, verify};

const ENTRIES: i64 = 12;

/// Twelve entries about three subjects, in several batches, some with content.
fn fill(store: &TestStore) {
    for number in 0..ENTRIES as u64 {
        let mut entry = entry("contact.change", &[number % 3, 7]);
        entry.detail = format!("fields {number}");
        entry.digest = (number % 2 == 0).then_some([number as u8; 32]);
        store.log_blocking(entry).unwrap();
    }
}

fn log_columns(store: &TestStore) -> Vec<(String, String)> {
    let columns = catalogue(store)
        .into_iter()
        .filter(|(table, _, _)| table.contains("log"));
    columns.map(|(table, column, _)| (table, column)).collect()
}

/// The values that differ from `value` in one byte (all its bytes when `every`, else three of them).
fn changed(value: &Value, every: bool) -> Vec<Value> {
    match value {
        Value::Int(number) => [0, 1, 7, 8, 33]
            .iter()
            .map(|bit| Value::Int(number ^ (1 << bit)))
            .collect(),
        Value::Blob(bytes) => {
            let places: Vec<_> = match every {
                true => (0..bytes.len()).collect(),
                false => vec![0, bytes.len() / 2, bytes.len() - 1],
            };
            let change = |place: usize| {
                let mut bytes = bytes.clone();
                bytes[place] ^= 1;
                Value::Blob(bytes)
            };
            places.into_iter().map(change).collect()
        }
        other => panic!("a log column of another kind: {other:?}"),
    }
}

#[test]
fn an_untouched_log_holds() {
    for_each_engine(&[], |store| {
        assert_eq!(verify(store).unwrap().entries, 0);
        fill(store);
        let report = verify(store).unwrap();
        assert_eq!(
            (
                report.writers,
                report.entries,
                report.subjects,
                report.behind
            ),
            (1, 12, 4, 0)
        );
        store.shutdown();
        assert_eq!(verify(store).unwrap(), report);
    });
}

#[test]
fn a_changed_byte_in_any_column_of_any_log_table_is_found() {
    for_each_engine(&[], |store| {
        fill(store);
        let columns = log_columns(store);
        assert_eq!(columns.len(), 8, "{columns:?}");
        for (table, column) in columns {
            let key = if table == "log_entry" {
                "position"
            } else {
                "writer"
            };
            let keys = rows(store, &format!("select {key} from {table} order by {key}"));
            let keys: Vec<i64> = keys.iter().map(|row| row.get(0).unwrap()).collect();
            for place in [0, keys.len() / 2, keys.len() - 1] {
                change_one(
                    store,
                    &table,
                    &column,
                    key,
                    keys[place],
                    place == keys.len() / 2,
                );
            }
        }
        verify(store).unwrap();
    });
}

fn change_one(store: &TestStore, table: &str, column: &str, key: &str, at: i64, every: bool) {
    let row = rows(
        store,
        &format!("select {column} from {table} where {key} = {at}"),
    );
    let original = row[0].values()[0].clone();
    for value in changed(&original, every) {
        let taken = column == key
            && !rows(
                store,
                &format!("select 1 from {table} where {key} = {}", int(&value)),
            )
            .is_empty();
        if taken {
            // A position that another entry has cannot be taken; swaps have a test of their own.
            continue;
        }
        let new_key = if column == key { int(&value) } else { at };
        behind(
            store,
            &format!("update {table} set {column} = $1 where {key} = $2"),
            &params![value.clone(), at],
        );
        let fault = verify(store).expect_err(&format!("{table}.{column} of {at} as {value:?}"));
        if table == "log_entry" && column != key {
            assert_eq!(
                fault.position.map(|position| position.to_i64()),
                Some(at),
                "{fault}"
            );
        }
        behind(
            store,
            &format!("update {table} set {column} = $1 where {key} = $2"),
            &params![original.clone(), new_key],
        );
    }
}

fn int(value: &Value) -> i64 {
    match value {
        Value::Int(number) => *number,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_removed_entry_is_found_also_the_newest() {
    for_each_engine(&[], |store| {
        fill(store);
        for position in [1, 6, ENTRIES] {
            let kept = rows(
                store,
                &format!("select header, body, link from log_entry where position = {position}"),
            );
            behind(
                store,
                "delete from log_entry where position = $1",
                &params![position],
            );
            let fault = verify(store).unwrap_err();
            assert_eq!(
                fault.position.map(|position| position.to_i64()),
                Some(position),
                "{fault}"
            );
            let mut values = vec![Value::Int(position)];
            values.extend_from_slice(kept[0].values());
            behind(
                store,
                "insert into log_entry (position, header, body, link) values ($1, $2, $3, $4)",
                &values,
            );
            verify(store).unwrap();
        }
    });
}

#[test]
fn two_swapped_entries_are_found() {
    for_each_engine(&[], |store| {
        fill(store);
        for (one, two) in [(1, 2), (4, 9), (11, 12)] {
            swap_positions(store, one, two);
            let fault = verify(store).unwrap_err();
            assert_eq!(
                fault.position.map(|position| position.to_i64()),
                Some(one),
                "{fault}"
            );
            swap_positions(store, one, two);
            // The same with their links left in place.
            for column in ["header", "body"] {
                swap_column(store, column, one, two);
            }
            assert!(verify(store).is_err());
            for column in ["header", "body"] {
                swap_column(store, column, one, two);
            }
            verify(store).unwrap();
        }
    });
}

fn swap_positions(store: &TestStore, one: i64, two: i64) {
    for (from, to) in [(one, 1_000), (two, one), (1_000, two)] {
        behind(
            store,
            "update log_entry set position = $1 where position = $2",
            &params![to, from],
        );
    }
}

fn swap_column(store: &TestStore, column: &str, one: i64, two: i64) {
    let value = |at: i64| {
        rows(
            store,
            &format!("select {column} from log_entry where position = {at}"),
        )[0]
        .values()[0]
            .clone()
    };
    let (first, second) = (value(one), value(two));
    let sql = format!("update log_entry set {column} = $1 where position = $2");
    behind(store, &sql, &params![second, one]);
    behind(store, &sql, &params![first, two]);
}

#[test]
fn an_old_head_brought_back_is_found() {
    for_each_engine(&[], |store| {
        fill(store);
        let old = rows(store, "select count, link, code from log_head")[0]
            .values()
            .to_vec();
        let old_file = fs::read(store.heads_path()).unwrap();
        fill(store);
        behind(
            store,
            "update log_head set count = $1, link = $2, code = $3",
            &old,
        );
        let fault = verify(store).unwrap_err();
        assert!(fault.what.contains("the newest are gone"), "{fault}");
        behind(
            store,
            "delete from log_entry where position > $1",
            &params![ENTRIES],
        );
        let fault = verify(store).unwrap_err();
        assert_eq!(
            fault.position.map(|position| position.number),
            Some(13),
            "{fault}"
        );
        // Only somebody who has also kept an old copy of what is outside the database goes unseen here;
        // the heads in the backups are there for that.
        fs::write(store.heads_path(), old_file).unwrap();
        assert_eq!(verify(store).unwrap().entries, 12);
    });
}

#[test]
fn entries_that_no_head_knows_are_found() {
    for_each_engine(&[], |store| {
        fill(store);
        for position in [0_i64, 13, 1_000, 1 << 44, (1 << 44) + 1, -1] {
            let sql = "insert into log_entry (position, header, body, link)
                       select $1, header, body, link from log_entry where position = 5";
            behind(store, sql, &params![position]);
            assert!(verify(store).is_err(), "{position}");
            behind(
                store,
                "delete from log_entry where position = $1",
                &params![position],
            );
        }
        verify(store).unwrap();
        behind(store, "delete from log_head", &[]);
        assert!(verify(store).is_err());
        behind(store, "delete from log_entry", &[]);
        assert!(verify(store).is_err(), "the heads file still knows them");
    });
}

#[test]
fn a_changed_or_missing_heads_file_is_found() {
    for_each_engine(&[], |store| {
        fill(store);
        let path = store.heads_path();
        let good = fs::read(&path).unwrap();
        for place in [
            0, 20, 27, 100, 255, 256, 263, 271, 280, 330, 360, 420, 500, 511,
        ] {
            let mut bad = good.clone();
            bad[place] ^= 1;
            fs::write(&path, bad).unwrap();
            assert!(verify(store).is_err(), "byte {place}");
        }
        for bad in [
            &good[..256],
            &good[..300],
            b"".as_slice(),
            &[good.clone(), good.clone()].concat(),
        ] {
            fs::write(&path, bad).unwrap();
            let verified = verify(store);
            // On PostgreSQL another machine has a file of its own that does not know this chain.
            let not_ours = store.engine == EngineName::Postgres && bad.len() == 256;
            assert_eq!(
                verified.is_ok(),
                not_ours,
                "{} bytes: {verified:?}",
                bad.len()
            );
        }
        fs::remove_file(&path).unwrap();
        assert!(verify(store).unwrap_err().what.contains("missing"));
        fs::write(&path, good).unwrap();
        verify(store).unwrap();
    });
}

#[test]
fn another_key_or_county_does_not_fit() {
    for_each_engine(&[], |store| {
        fill(store);
        store.config.key.0[0] ^= 1;
        assert!(verify(store).unwrap_err().what.contains("wrong code"));
    });
}

/// One batch of entries, all of the same moment.
fn many(store: &TestStore, count: usize) {
    let write = store
        .write_blocking(move |tx| (0..count).try_for_each(|_| tx.log(entry("contact.read", &[1]))));
    write.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

#[test]
fn an_old_heads_file_is_told_from_a_crash() {
    for_each_engine(&[], |store| {
        fill(store);
        let old = fs::read(store.heads_path()).unwrap();
        many(store, 512);
        let current = fs::read(store.heads_path()).unwrap();
        fs::write(store.heads_path(), &old).unwrap();
        assert_eq!(verify(store).unwrap().behind, 512, "one batch: a crash");
        fs::write(store.heads_path(), &current).unwrap();
        many(store, 1);
        store.shutdown();
        fs::write(store.heads_path(), &old).unwrap();
        let fault = verify(store).unwrap_err();
        assert!(fault.what.contains("an old file"), "{fault}");
        // Opening does not make it good: another chain is begun and the old line stays.
        store.reopen();
        store.log_blocking(entry("contact.read", &[1])).unwrap();
        assert_eq!(verify(store).unwrap_err(), fault);
        assert_eq!(fs::read(store.heads_path()).unwrap()[..512], old[..512]);
    });
}

#[test]
fn an_old_heads_file_with_an_old_head_does_not_hide_that_the_newest_are_gone() {
    for_each_engine(&[], |store| {
        fill(store);
        let old = fs::read(store.heads_path()).unwrap();
        many(store, 600);
        let head = rows(store, "select count, link, code from log_head")[0]
            .values()
            .to_vec();
        many(store, 100);
        store.shutdown();
        fs::write(store.heads_path(), &old).unwrap();
        store.reopen();
        behind(
            store,
            "update log_head set count = $1, link = $2, code = $3 where writer = 0",
            &head,
        );
        behind(store, "delete from log_entry where position > 612", &[]);
        let fault = verify(store).unwrap_err();
        assert!(fault.what.contains("an old file"), "{fault}");
    });
}

#[test]
fn content_destroyed_before_its_time_is_found_and_after_it_is_not() {
    for_each_engine(&[], |store| {
        fill(store);
        let body: Vec<u8> = rows(store, "select body from log_entry where position = 3")[0]
            .get(0)
            .unwrap();
        let remains = access::log::destroy_body(&body).unwrap();
        behind(
            store,
            "update log_entry set body = $1 where position = 3",
            &params![remains],
        );
        let fault = verify(store).unwrap_err();
        assert!(fault.what.contains("before its retention ended"), "{fault}");
        // Thirteen years on.
        let mut late = entry("contact.read", &[0, 1, 2]);
        late.at = kernel::time::from_millis(1_773_388_800_000 + 13 * 366 * 86_400_000);
        store.log_blocking(late).unwrap();
        let report = verify(store).unwrap();
        assert_eq!((report.entries, report.destroyed), (13, 1));
    });
}

#[test]
fn saved_heads_of_subjects_that_were_changed_are_made_anew_from_the_log() {
    let damages = [
        "delete from subject_head",
        "delete from subject_head where number < 12",
        "update subject_head set number = 1",
        "update subject_head set number = 1000",
        "delete from subject_mark",
        "update subject_mark set number = 11",
        "update subject_mark set code = null",
        "update subject_mark set number = 1000",
    ];
    for_each_engine(&[], |store| {
        for damage in damages {
            fill(store);
            store.reopen();
            // Nothing is unsaved after reopening, so shutting down does not repair the rows.
            behind(store, damage, &[]);
            store.reopen();
            store
                .log_blocking(entry("contact.read", &[0, 1, 2, 7]))
                .unwrap();
            verify(store).unwrap_or_else(|fault| panic!("{damage}: {fault}"));
        }
    });
}

#[test]
fn an_entry_at_the_edge_of_the_integers_is_found() {
    for_each_engine(&[], |store| {
        fill(store);
        for position in [
            i64::MAX,
            i64::MAX - 1,
            i64::MIN,
            -1,
            0,
            ENTRIES + 1,
            1 << 44,
        ] {
            behind(
                store,
                "insert into log_entry select cast($1 as bigint), header, body, link from log_entry where position = 3",
                &params![position],
            );
            assert!(verify(store).is_err(), "{position}");
            behind(
                store,
                "delete from log_entry where position = $1",
                &params![position],
            );
            verify(store).unwrap();
        }
    });
}
