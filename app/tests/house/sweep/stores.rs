//! What the store holds: every table, the index of words, and what the use log says.

use clients::ClientId;
use store::Query;

use crate::county::County;
use crate::hidden::{Hidden, found};
use crate::ids::Ids;
use crate::log_words;

/// Everything that the store holds besides the columns where the values live.
pub fn tables(county: &County, hidden: &[Hidden]) -> Vec<String> {
    let tables = county.rows(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'search_word%'",
        &[],
        |row| row.get::<String>(0),
    );
    assert!(tables.len() > 60, "{tables:?}");
    let mut leaks = Vec::new();
    for table in tables {
        let columns = county.rows(
            &format!("select name from pragma_table_info('{table}')"),
            &[],
            |row| row.get::<String>(0),
        );
        for column in columns {
            if matches!(
                (table.as_str(), column.as_str()),
                ("client_detail", "value" | "digits")
                    | ("related_person", "phone")
                    | ("contact", "phone")
            ) {
                continue;
            }
            let texts = county.rows(
                &format!("select cast({column} as blob) from {table} where {column} is not null"),
                &[],
                |row| row.get::<Vec<u8>>(0),
            );
            let text = texts
                .iter()
                .map(|bytes| String::from_utf8_lossy(bytes))
                .collect::<Vec<_>>()
                .join("\n");
            leaks.extend(
                found(hidden, &text)
                    .into_iter()
                    .map(|what| format!("{table}.{column}: {what}")),
            );
        }
    }
    leaks
}

pub fn words(county: &County, hidden: &[Hidden]) -> Vec<String> {
    let terms = county
        .built
        .house
        .store
        .write_blocking(|tx| {
            tx.execute(
                "create virtual table temp.sweep_vocabulary using fts5vocab('main', 'search_word', 'row')",
                &[],
            )?;
            tx.query("select term from temp.sweep_vocabulary", &[])?
                .iter()
                .map(|row| row.get::<String>(0))
                .collect::<Result<Vec<String>, store::StoreError>>()
        })
        .expect("the words of the index")
        .value;
    assert!(terms.len() > 20, "the index is empty");
    found(hidden, &terms.join("\n"))
}

/// What the use log says of those who hide, and of what everybody did.
pub fn use_log(county: &County, ids: &Ids, hidden: &[Hidden]) -> Vec<String> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let store = &county.built.house.store;
    let known = log_words::events();
    let mut entries = 0;
    let mut leaks = Vec::new();
    for client in &ids.clients {
        let id: ClientId = client.parse().expect("an id");
        let log = runtime
            .block_on(store.subject_log(id.bytes(), 10_000))
            .expect("the log");
        for entry in log {
            entries += 1;
            assert!(
                known.contains(&*entry.header.event),
                "{} is written by nobody",
                entry.header.event
            );
            leaks.extend(found(hidden, &format!("{entry:?}")));
        }
    }
    assert!(entries > 200, "{entries} entries");
    leaks
}
