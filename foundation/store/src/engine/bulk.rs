//! Whole tables in and out, where the engines differ: what tables there are, rows one after another without holding them
//! all, and loading rows in any order of tables.

use super::Connection;
use crate::{Row, StoreError, Value};

/// Rows of an insert, and of one answer of a PostgreSQL cursor.
const ROWS: usize = 2_000;

/// A table of the county, without the search index, which is made anew from the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub kind: Kind,
}

/// What a column holds on both engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Text,
    Blob,
}

impl Kind {
    fn of(declared: &str) -> Option<Self> {
        match declared.to_ascii_lowercase().as_str() {
            "integer" | "bigint" => Some(Self::Int),
            "text" => Some(Self::Text),
            "blob" | "bytea" => Some(Self::Blob),
            _ => None,
        }
    }

    fn array(self) -> &'static str {
        match self {
            Self::Int => "bigint[]",
            Self::Text => "text[]",
            Self::Blob => "bytea[]",
        }
    }
}

/// The history of steps is told in the manifest, the index of words is made anew.
fn is_left_out(table: &str) -> bool {
    table == "refinery_schema_history"
        || table.starts_with("search_document")
        || table.starts_with("search_word")
}

/// A name of the catalogue, for a statement.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Connection {
    /// The tables, by name.
    pub fn tables(&mut self) -> Result<Vec<Table>, StoreError> {
        let sql = match self {
            Self::Sqlite(_) => {
                "select t.name, c.name, c.type from pragma_table_list t join pragma_table_info(t.name) c
                 where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite~_%' escape '~'
                 order by t.name, c.cid"
            }
            Self::Postgres(_) => {
                "select cast(t.relname as text), cast(a.attname as text), format_type(a.atttypid, a.atttypmod)
                 from pg_class t join pg_namespace n on n.oid = t.relnamespace
                 join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
                 where n.nspname = current_schema() and t.relkind = 'r'
                 order by cast(t.relname as text) collate \"C\", a.attnum"
            }
        };
        let mut tables: Vec<Table> = Vec::new();
        for row in self.query(sql, &[])? {
            let (table, column, declared): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            if is_left_out(&table) {
                continue;
            }
            let kind = Kind::of(&declared).ok_or_else(|| {
                StoreError::Decode(format!(
                    "{table}.{column} is of the strange type {declared}"
                ))
            })?;
            if tables.last().is_none_or(|last| last.name != table) {
                tables.push(Table {
                    name: table,
                    columns: Vec::new(),
                });
            }
            if let Some(last) = tables.last_mut() {
                last.columns.push(Column { name: column, kind });
            }
        }
        Ok(tables)
    }

    /// Gives the rows of a statement without parameters one after another. Inside a read.
    pub fn each(
        &mut self,
        sql: &str,
        take: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.each(sql, take),
            Self::Postgres(postgres) => postgres.each(sql, ROWS, take),
        }
    }

    /// Makes ready for rows of any table in any order: what refers is checked at the end. Takes away what the steps of the
    /// schema put into tables by themselves.
    pub fn begin_load(&mut self, tables: &[Table]) -> Result<Load, StoreError> {
        let mut constraints = Vec::new();
        match self {
            Self::Sqlite(sqlite) => {
                // The file is thrown away if anything fails, and forced to disk as a whole at the end.
                sqlite.raw().execute_batch(
                    "pragma foreign_keys = off; pragma synchronous = off; pragma journal_mode = off;",
                ).map_err(super::sqlite::engine)?;
            }
            Self::Postgres(_) => {
                let rows = self.query(
                    "select cast(t.relname as text), cast(c.conname as text), pg_get_constraintdef(c.oid)
                     from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
                     where c.contype = 'f' and n.nspname = current_schema() order by 1, 2",
                    &[],
                )?;
                for row in rows {
                    let table: String = row.get(0)?;
                    let (name, definition): (String, String) = (row.get(1)?, row.get(2)?);
                    constraints.push((quoted(&table), quoted(&name), definition));
                }
            }
        }
        self.begin_write()?;
        for (table, name, _) in &constraints {
            self.execute(&format!("alter table {table} drop constraint {name}"), &[])?;
        }
        for table in tables {
            self.execute(&format!("delete from {}", quoted(&table.name)), &[])?;
        }
        Ok(Load { constraints })
    }

    /// Adds rows to a table.
    pub fn load(&mut self, table: &Table, rows: &[Vec<Value>]) -> Result<(), StoreError> {
        let names: Vec<String> = table.columns.iter().map(|one| quoted(&one.name)).collect();
        let (into, names) = (quoted(&table.name), names.join(", "));
        match self {
            Self::Sqlite(sqlite) => {
                let places = crate::places(table.columns.len(), 0);
                let sql = format!("insert into {into} ({names}) values ({places})");
                rows.iter()
                    .try_for_each(|row| sqlite.execute(&sql, row).map(drop))
            }
            Self::Postgres(postgres) => {
                let kinds: Vec<Kind> = table.columns.iter().map(|one| one.kind).collect();
                let places: Vec<String> = kinds
                    .iter()
                    .enumerate()
                    .map(|(index, kind)| format!("${}::{}", index + 1, kind.array()))
                    .collect();
                let sql = format!(
                    "insert into {into} ({names}) select * from unnest({})",
                    places.join(", ")
                );
                postgres.execute_columns(&sql, &kinds, rows)
            }
        }
    }

    /// Checks what refers, and keeps what was loaded.
    pub fn end_load(&mut self, load: Load) -> Result<(), StoreError> {
        for (table, name, definition) in &load.constraints {
            self.execute(
                &format!("alter table {table} add constraint {name} {definition}"),
                &[],
            )?;
        }
        if matches!(self, Self::Sqlite(_)) {
            let broken = self.query(
                "select \"table\", \"parent\" from pragma_foreign_key_check limit 1",
                &[],
            )?;
            if let Some(row) = broken.first() {
                let (table, parent): (String, String) = (row.get(0)?, row.get(1)?);
                return Err(StoreError::Rule(format!(
                    "a row of {table} refers to one of {parent} that is missing"
                )));
            }
        }
        self.commit(None)?;
        if let Self::Sqlite(sqlite) = self {
            sqlite.raw().execute_batch(
                "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;",
            ).map_err(super::sqlite::engine)?;
        }
        Ok(())
    }

    /// What the engine itself finds wrong with its pages, indexes and references; PostgreSQL keeps its references by itself.
    pub fn own_faults(&mut self) -> Result<Vec<String>, StoreError> {
        let Self::Sqlite(_) = self else {
            return Ok(Vec::new());
        };
        let mut faults = Vec::new();
        for row in self.query("pragma integrity_check(20)", &[])? {
            let said: String = row.get(0)?;
            if said != "ok" {
                faults.push(said);
            }
        }
        for row in self.query("select \"table\", coalesce(rowid, 0), \"parent\" from pragma_foreign_key_check limit 20", &[])? {
            let (table, number, parent): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            faults.push(format!("row {number} of {table} refers to a row of {parent} that is missing"));
        }
        Ok(faults)
    }
}

/// What was taken away for a loading.
pub(crate) struct Load {
    constraints: Vec<(String, String, String)>,
}

/// Rows of an insert.
pub(crate) const fn rows_at_once() -> usize {
    ROWS
}

/// The steps of the schema that have run: version, name, checksum.
pub(crate) fn history(
    connection: &mut Connection,
) -> Result<Vec<(i64, String, String)>, StoreError> {
    connection
        .query(
            "select cast(version as bigint), cast(name as text), cast(checksum as text) from refinery_schema_history order by version",
            &[],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .collect()
}
