//! The search index where the engines differ: SQLite keeps the words in FTS5, PostgreSQL in a `tsvector`
//! with a GIN index. Both are given words as they stand, each in quotes: neither engine's own idea of
//! words, endings or letters is used, so both find the same.

use std::collections::HashMap;

use super::{Connection, Dialect};
use crate::{
    Query, StoreError, Value, WriteTx, params,
    search::{Fingerprint, Group},
};

/// The tables. `search_word` keeps no text (`content=''`) and no places (`detail=none`); its tokenizer
/// folds ASCII only and takes every other letter as it is.
pub(crate) const SQLITE_TABLES: &str = "
create table search_document (
    number integer primary key not null,
    id BLOB not null unique
);
create virtual table search_word using fts5(
    words, content='', contentless_delete=1, detail=none, tokenize='ascii'
);
";
pub(crate) const POSTGRES_TABLES: &str = "
create table search_document (
    id BYTEA primary key not null,
    words tsvector not null
);
create index search_document_words on search_document using gin (words);
";

/// Puts a document's words in the place of what it had.
pub(crate) fn put<'a>(
    tx: &mut WriteTx<'_>,
    id: [u8; 16],
    words: impl Iterator<Item = &'a str>,
) -> Result<(), StoreError> {
    match tx.dialect() {
        Dialect::Sqlite => {
            let text = words.collect::<Vec<_>>().join(" ");
            let row = tx.query_one(
                "insert into search_document (id) values ($1) on conflict (id) do update set id = excluded.id
                 returning number",
                &params![id],
            )?;
            let number: i64 = row.get(0)?;
            tx.execute(
                "insert or replace into search_word (rowid, words) values ($1, $2)",
                &params![number, text],
            )?;
        }
        Dialect::Postgres => {
            let quoted: Vec<String> = words.map(|word| format!("'{word}'")).collect();
            tx.execute(
                "insert into search_document (id, words) values ($1, cast(cast($2 as text) as tsvector))
                 on conflict (id) do update set words = excluded.words",
                &params![id, quoted.join(" ")],
            )?;
        }
    }
    Ok(())
}

/// Takes a document out; nothing happens when it is not there.
pub(crate) fn remove(tx: &mut WriteTx<'_>, id: [u8; 16]) -> Result<(), StoreError> {
    if tx.dialect() == Dialect::Sqlite {
        tx.execute(
            "delete from search_word where rowid in (select number from search_document where id = $1)",
            &params![id],
        )?;
    }
    tx.execute("delete from search_document where id = $1", &params![id])?;
    Ok(())
}

/// What stands in the index, by document: every word is read once.
pub(crate) fn fingerprints(
    connection: &mut Connection,
) -> Result<HashMap<[u8; 16], Fingerprint>, StoreError> {
    let mut found: HashMap<[u8; 16], Fingerprint> = HashMap::new();
    match connection.dialect() {
        Dialect::Sqlite => {
            let mut numbers: HashMap<i64, [u8; 16]> = HashMap::new();
            connection.each("select number, id from search_document", &mut |row| {
                let id = row.get(1)?;
                numbers.insert(row.get(0)?, id);
                found.insert(id, Fingerprint::default());
                Ok(())
            })?;
            // A table of this connection alone, over the words of the index.
            connection.execute(
                "create virtual table if not exists temp.search_word_places using fts5vocab(main, search_word, instance)",
                &[],
            )?;
            connection.each("select term, doc from search_word_places", &mut |row| {
                let number: i64 = row.get(1)?;
                // Words of no document: told as those of a document that is not there.
                let id = numbers.get(&number).copied().unwrap_or_default();
                found.entry(id).or_default().add(row.text(0)?);
                Ok(())
            })?;
        }
        Dialect::Postgres => {
            connection.each(
                "select d.id, array_to_string(tsvector_to_array(d.words), ' ') from search_document d",
                &mut |row| {
                    let print = found.entry(row.get(0)?).or_default();
                    row.text(1)?.split_whitespace().for_each(|word| print.add(word));
                    Ok(())
                },
            )?;
        }
    }
    Ok(found)
}

/// What is looked for, in the engine's own language.
pub(crate) fn words(dialect: Dialect, groups: &[Group]) -> Value {
    let (or, and) = match dialect {
        Dialect::Sqlite => (" OR ", " AND "),
        Dialect::Postgres => (" | ", " & "),
    };
    let word = |word: &str, prefix: bool| match (dialect, prefix) {
        (Dialect::Sqlite, false) => format!("\"{word}\""),
        (Dialect::Sqlite, true) => format!("\"{word}\"*"),
        (Dialect::Postgres, false) => format!("'{word}'"),
        (Dialect::Postgres, true) => format!("'{word}':*"),
    };
    let parts: Vec<String> = groups
        .iter()
        .map(|group| {
            let any: Vec<String> = group
                .words
                .iter()
                .map(|own| word(own, false))
                .chain(group.beginning.iter().map(|own| word(own, true)))
                .collect();
            format!("({})", any.join(or))
        })
        .collect();
    parts.join(and).into()
}

/// A condition on a column of ids, with the words in parameter `number`. With `each`, the row is known
/// first and the index is asked about it; otherwise the index gives the rows.
pub(crate) fn condition(dialect: Dialect, column: &str, number: usize, each: bool) -> String {
    match (dialect, each) {
        (Dialect::Sqlite, false) => format!(
            "{column} in (select d.id from search_word w join search_document d on d.number = w.rowid
             where w.search_word match ${number})"
        ),
        // `cross join` keeps the order. FTS5 takes a rowid of null for no condition: none comes here.
        (Dialect::Sqlite, true) => format!(
            "exists (select 1 from search_document d cross join search_word w
             where d.id = {column} and w.rowid = d.number and w.search_word match ${number})"
        ),
        (Dialect::Postgres, false) => format!(
            "{column} in (select d.id from search_document d
             where d.words @@ cast(cast(${number} as text) as tsquery))"
        ),
        (Dialect::Postgres, true) => format!(
            "exists (select 1 from search_document d where d.id = {column}
             and d.words @@ cast(cast(${number} as text) as tsquery))"
        ),
    }
}
