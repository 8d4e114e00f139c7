//! In: rows into an empty place, and nothing is real before everything holds.

use std::{collections::BTreeMap, io::BufRead, path::PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{BackupError, End, FORMAT, HeadLine, Manifest, Told, code, hex, place::Place};
use crate::{
    Migration, Store, StoreConfig, StoreError, Value,
    engine::{
        Connection,
        bulk::{Table, rows_at_once},
    },
    heads::HeadsFile,
    migrate,
    verify::Report,
};

/// A longer line is no line of ours (bytes).
const LONGEST_LINE: u64 = 512 * 1024 * 1024;
/// Bytes of values that are inserted at once.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// What was restored.
#[derive(Debug, Clone)]
pub struct Restored {
    pub manifest: Manifest,
    /// The log as it came out of the backup.
    pub log: Report,
    /// A heads file that lay at the place is kept under this name: it may know entries that are newer than the backup.
    pub heads_kept: Option<PathBuf>,
    /// How many entries that heads file knows beyond the backup; they are lost.
    pub newer_entries: u64,
}

/// Restores a stream to the place that `place` tells, which must be empty. `finish` gets the restored county before it is real: to
/// make what is not in the stream, and to write in the log that it was restored.
///
/// # Errors
/// See [`BackupError`]; the place is then as it was.
pub fn restore(
    input: &mut dyn BufRead,
    place: impl FnOnce(&Manifest) -> Result<StoreConfig, StoreError>,
    rooms: &[Migration],
    finish: impl FnOnce(&Store, &Manifest) -> Result<(), StoreError>,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<Restored, BackupError> {
    let mut lines = Lines::new(input);
    let manifest = manifest(&mut lines)?;
    let config = &place(&manifest)?;
    if manifest.county != config.county {
        return Err(BackupError::OtherCounty(manifest.county));
    }
    if let Err(error) = migrate::known(rooms, &manifest.steps) {
        return Err(BackupError::Newer {
            program: manifest.program,
            what: error.to_string(),
        });
    }
    let mut place = Place::prepare(config)?;
    told(Told::Begun(&manifest));
    load(
        &mut place.connection,
        &mut lines,
        &manifest,
        rooms,
        config,
        told,
    )?;
    let heads = sealed_heads(&manifest)?;
    place.loaded()?;
    let (file, _) = HeadsFile::open(&place.building.heads_path(), &config.county)?;
    heads.iter().try_for_each(|head| file.put_head(head))?;
    told(Told::Checking);
    let log = place.verify()?;
    told(Told::Finishing);
    let store = Store::open(place.building.clone(), rooms)?;
    let finished = finish(&store, &manifest);
    store.shutdown();
    finished?;
    place.verify()?;
    let (heads_kept, newer_entries) = place.make_real(&heads)?;
    Ok(Restored {
        manifest,
        log,
        heads_kept,
        newer_entries,
    })
}

fn sealed_heads(manifest: &Manifest) -> Result<Vec<access::log::SealedHead>, BackupError> {
    let bad = || BackupError::Damaged("a head of the log cannot be read".into());
    manifest
        .heads
        .iter()
        .map(|line| HeadLine::sealed(line).ok_or_else(bad))
        .collect()
}

fn manifest(lines: &mut Lines<'_>) -> Result<Manifest, BackupError> {
    let line = lines.next()?;
    let head: serde_json::Value = serde_json::from_slice(line)
        .map_err(|_| BackupError::Damaged("it has no manifest".into()))?;
    let format = head["noste_backup"].as_u64();
    match format {
        Some(format) if format == u64::from(FORMAT) => serde_json::from_value(head)
            .map_err(|error| BackupError::Damaged(format!("its manifest: {error}"))),
        Some(format) => Err(BackupError::Newer {
            program: head["program"].as_str().unwrap_or("?").to_owned(),
            what: format!("form {format} of backups"),
        }),
        None => Err(BackupError::Damaged("it is no backup of Noste".into())),
    }
}

fn load(
    connection: &mut Connection,
    lines: &mut Lines<'_>,
    manifest: &Manifest,
    rooms: &[Migration],
    config: &StoreConfig,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<(), BackupError> {
    migrate::run_to(connection, rooms, &manifest.steps)?;
    let mut tables: BTreeMap<String, Table> = connection
        .tables()?
        .into_iter()
        .map(|table| (table.name.clone(), table))
        .collect();
    let all: Vec<Table> = tables.values().cloned().collect();
    let load = connection.begin_load(&all)?;
    let mut current: Option<(Table, u64)> = None;
    let mut batch = Batch::default();
    let mut rows = 0_u64;
    let end = loop {
        let line = lines.next()?;
        match line.first() {
            Some(b'[') => {
                let Some((table, count)) = &mut current else {
                    return Err(BackupError::Damaged("a row before any table".into()));
                };
                batch.add(table, line)?;
                *count += 1;
                rows += 1;
                if batch.is_full() {
                    batch.save(connection, table)?;
                    told(Told::Rows(rows));
                }
            }
            Some(b'{') if line.starts_with(b"{\"table\":") => {
                let name: serde_json::Value = serde_json::from_slice(line)
                    .map_err(|_| BackupError::Damaged("a line of no kind".into()))?;
                let name = name["table"].as_str().unwrap_or_default().to_owned();
                finish_table(connection, &mut batch, current.take(), manifest)?;
                current = Some((in_order(&mut tables, &name, manifest)?, 0));
            }
            Some(b'{') => {
                let end: End = serde_json::from_slice(line)
                    .map_err(|_| BackupError::Damaged("a line of no kind".into()))?;
                break end;
            }
            _ => return Err(BackupError::Damaged("a line of no kind".into())),
        }
    };
    finish_table(connection, &mut batch, current.take(), manifest)?;
    told(Told::Rows(rows));
    if rows != end.rows || rows != manifest.rows() {
        return Err(BackupError::Damaged(format!(
            "{rows} rows came, {} were announced",
            manifest.rows()
        )));
    }
    let digest = lines.finish()?;
    if end.digest != hex(digest.as_bytes()) {
        return Err(BackupError::Damaged("its digest is of other lines".into()));
    }
    // Compared in the same time whatever is in it.
    match blake3::Hash::from_hex(&end.code) {
        Ok(told) if told == code(&config.key, &config.county, &digest) => {}
        _ => return Err(BackupError::NotOurs),
    }
    connection.end_load(load)?;
    Ok(())
}

/// The table with its columns as the stream has them. Each comes once.
fn in_order(
    tables: &mut BTreeMap<String, Table>,
    name: &str,
    manifest: &Manifest,
) -> Result<Table, BackupError> {
    let damaged = |what: String| BackupError::Damaged(what);
    let told = manifest
        .tables
        .iter()
        .find(|table| table.name == name)
        .ok_or_else(|| damaged(format!("the manifest does not tell of table {name}")))?;
    let own = tables
        .remove(name)
        .ok_or_else(|| damaged(format!("there is no table {name}, or it comes twice")))?;
    let columns = told
        .columns
        .iter()
        .map(|column| own.columns.iter().find(|one| one.name == *column).cloned())
        .collect::<Option<Vec<_>>>()
        .filter(|columns| columns.len() == own.columns.len())
        .ok_or_else(|| damaged(format!("table {name} has other columns")))?;
    Ok(Table {
        name: own.name,
        columns,
    })
}

fn finish_table(
    connection: &mut Connection,
    batch: &mut Batch,
    table: Option<(Table, u64)>,
    manifest: &Manifest,
) -> Result<(), BackupError> {
    let Some((table, rows)) = table else {
        return Ok(());
    };
    batch.save(connection, &table)?;
    let told = manifest.tables.iter().find(|one| one.name == table.name);
    match told.map(|told| told.rows) {
        Some(told) if told == rows => Ok(()),
        told => Err(BackupError::Damaged(format!(
            "{rows} rows of table {} came, {} were announced",
            table.name,
            told.unwrap_or_default()
        ))),
    }
}

#[derive(Default)]
struct Batch {
    rows: Vec<Vec<Value>>,
    bytes: usize,
}

impl Batch {
    fn add(&mut self, table: &Table, line: &[u8]) -> Result<(), BackupError> {
        let bad =
            |what: &str| BackupError::Damaged(format!("a row of table {}: {what}", table.name));
        let values: Vec<serde_json::Value> =
            serde_json::from_slice(line).map_err(|_| bad("it is no list of values"))?;
        if values.len() != table.columns.len() {
            return Err(bad("it has other columns"));
        }
        let row = values
            .into_iter()
            .map(value)
            .collect::<Option<Vec<Value>>>()
            .ok_or_else(|| bad("a strange value"))?;
        self.bytes += row.iter().map(Value::size).sum::<usize>();
        self.rows.push(row);
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= rows_at_once() || self.bytes >= BATCH_BYTES
    }

    fn save(&mut self, connection: &mut Connection, table: &Table) -> Result<(), StoreError> {
        if !self.rows.is_empty() {
            connection.load(table, &self.rows)?;
        }
        self.rows.clear();
        self.bytes = 0;
        Ok(())
    }
}

fn value(value: serde_json::Value) -> Option<Value> {
    match value {
        serde_json::Value::Null => Some(Value::Null),
        serde_json::Value::Number(number) => number.as_i64().map(Value::Int),
        serde_json::Value::String(text) => Some(Value::Text(text)),
        serde_json::Value::Array(one) => match one.as_slice() {
            [serde_json::Value::String(text)] => STANDARD.decode(text).ok().map(Value::Blob),
            _ => None,
        },
        _ => None,
    }
}

/// Lines one by one, with the digest of all but the last.
struct Lines<'a> {
    input: &'a mut dyn BufRead,
    line: Vec<u8>,
    hasher: blake3::Hasher,
}

impl<'a> Lines<'a> {
    fn new(input: &'a mut dyn BufRead) -> Self {
        Self {
            input,
            line: Vec::new(),
            hasher: blake3::Hasher::new(),
        }
    }

    /// The next line; the one before it is then in the digest.
    fn next(&mut self) -> Result<&[u8], BackupError> {
        self.hasher.update(&self.line);
        self.line.clear();
        let mut some = std::io::Read::take(&mut *self.input, LONGEST_LINE);
        some.read_until(b'\n', &mut self.line)?;
        if self.line.last() != Some(&b'\n') {
            return Err(BackupError::Damaged("it is cut short".into()));
        }
        Ok(&self.line)
    }

    /// The digest of all lines before the last, once there is nothing after it.
    fn finish(&mut self) -> Result<blake3::Hash, BackupError> {
        if !self.input.fill_buf()?.is_empty() {
            return Err(BackupError::Damaged(
                "there is something after its end".into(),
            ));
        }
        Ok(self.hasher.finalize())
    }
}
