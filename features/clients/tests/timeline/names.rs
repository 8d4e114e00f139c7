//! Names are found by the same beginnings, in the same order, on both engines.

use clients::ClientId;
use store::{Query, StoreError, params};
use testkit::{TestStore, postgres_store, sqlite_store};
use text::names::{beyond, fold, question};

use crate::support::{client, migrations, people};

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

fn fill(store: &TestStore, names: &[String]) {
    people(store, 1);
    let names = names.to_vec();
    store
        .write_blocking(move |tx| {
            for (number, name) in names.iter().enumerate() {
                let mut id = [9; 16];
                id[..8].copy_from_slice(&(number as u64).to_be_bytes());
                tx.execute(
                    "insert into client_name (id, client_id, kind, family, given, sort_key, source, recorded_at)
                     values ($1, $2, 'current', $3, '', $4, 'client', 0)",
                    &params![id, client(0).bytes(), name, text::sort::sort_key(name)],
                )?;
                for folded in fold(name) {
                    tx.execute(
                        "insert into name_part (folded, client_id, name_id) values ($1, $2, $3)",
                        &params![folded, client(0).bytes(), id],
                    )?;
                }
            }
            Ok(())
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

/// The names found by typed words, in Finnish order.
fn found(store: &TestStore, typed: &str) -> Vec<String> {
    let groups = question(typed);
    store
        .read_blocking(move |tx| {
            let mut values = Vec::new();
            let mut sql = "select n.family from client_name n where 1 = 1".to_owned();
            for spellings in groups {
                let mut any = Vec::new();
                for beginning in spellings {
                    values.extend(params![&beginning, beyond(&beginning)]);
                    any.push(format!(
                        "(p.folded >= ${} and p.folded < ${})",
                        values.len() - 1,
                        values.len()
                    ));
                }
                sql.push_str(&format!(
                    " and exists (select 1 from name_part p where p.name_id = n.id and ({}))",
                    any.join(" or ")
                ));
            }
            sql.push_str(" order by n.sort_key, n.id");
            tx.query(&sql, &values)?
                .iter()
                .map(|row| row.get(0))
                .collect()
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"))
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
    let _: ClientId = client(0);
}
