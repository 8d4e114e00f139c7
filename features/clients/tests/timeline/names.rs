//! Names are found by the same beginnings, in the same order, on both engines.

use clients::store::own;
use store::{StoreError, params};
use testkit::{TestStore, postgres_store, sqlite_store};
use text::names::fold;

use crate::support::{AINO, client, migrations, now, people, reader, relate};

const CASES: &str = include_str!("../../../../text/tests/data/names.csv");

fn cases() -> Vec<(String, String, bool)> {
    CASES
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| {
            let (rest, meets) = line.rsplit_once(',').unwrap();
            let (name, typed) = rest.split_once(',').unwrap();
            (name.to_owned(), typed.to_owned(), meets == "yes")
        })
        .collect()
}

/// A client for each name, all of Aino's.
fn fill(store: &TestStore, names: &[String]) {
    people(store, u8::try_from(names.len()).unwrap());
    let names = names.to_vec();
    store
        .write_blocking(move |tx| {
            for (number, name) in (0..).zip(names.iter()) {
                let (who, id) = (client(number), [number; 16]);
                let sort_key = text::sort::sort_key(name);
                tx.execute(
                    "update client set display_name = $2, sort_key = $3 where id = $1",
                    &params![who.bytes(), name, &sort_key],
                )?;
                tx.execute(
                    "insert into client_name (id, client_id, kind, family, given, sort_key, source, recorded_at)
                     values ($1, $2, 'current', $3, '', $4, 'client', 0)",
                    &params![id, who.bytes(), name, sort_key],
                )?;
                for folded in fold(name) {
                    tx.execute(
                        "insert into name_part (folded, client_id, name_id) values ($1, $2, $3)",
                        &params![folded, who.bytes(), id],
                    )?;
                }
                relate(tx, who, AINO, "own_worker", None, (now(), None))?;
            }
            Ok(())
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

/// The names that the search among one's own clients finds by typed words, in its order.
fn found(store: &TestStore, typed: &str) -> Vec<String> {
    let filter = own::Filter {
        name: typed.to_owned(),
        ..own::Filter::default()
    };
    let page = store
        .read_blocking(move |tx| own::read(tx, &reader(AINO), &filter, now()))
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert!(!page.more, "{typed} finds more than a page");
    page.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn both_engines_find_the_same_names_in_the_same_order() {
    let cases = cases();
    let mut names: Vec<String> = cases.iter().map(|(name, ..)| name.clone()).collect();
    names.sort();
    names.dedup();
    let stores = [sqlite_store(&migrations()), postgres_store(&migrations())];
    for store in &stores {
        fill(store, &names);
    }
    for (name, typed, meets) in &cases {
        let [one, other] = [0, 1].map(|store| found(&stores[store], typed));
        assert_eq!(one, other, "{typed}");
        assert_eq!(one.contains(name), *meets, "{typed} and {name}: {one:?}");
    }
}
