//! Out: every row of one moment.

use std::{collections::BTreeMap, io::Write};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use kernel::time::Timestamp;

use super::{BackupError, End, FORMAT, HeadLine, Manifest, TableLine, Told, code, hex, now_of};
use crate::{
    Engine, LogKey, Migration, Query, Snapshot, StoreError, Value,
    engine::bulk::{Table, quoted},
    migrate, walk,
};

/// Bytes gathered before they are passed on.
const GATHERED: usize = 128 * 1024;
/// Rows between two words of progress.
const TOLD_EVERY: u64 = 1_000;

/// What is backed up.
pub struct Source<'a> {
    pub engine: &'a Engine,
    pub county: &'a str,
    pub key: &'a LogKey,
    pub rooms: &'a [Migration],
    /// Version of the program.
    pub program: &'a str,
    pub at: Timestamp,
    /// Keys to put inside, by the names of their files.
    pub keys: BTreeMap<String, String>,
}

/// Writes the county's data of this moment. A house may go on serving: nobody waits.
///
/// # Errors
/// The database cannot be read, has steps that this program does not know, or `out` fails.
pub fn write(
    source: &Source<'_>,
    out: &mut dyn Write,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<Manifest, BackupError> {
    let mut snapshot = Snapshot::open(source.engine, source.county)?;
    let steps = migrate::steps(snapshot.connection(), source.rooms)?;
    let tables = snapshot.connection().tables()?;
    let manifest = Manifest {
        noste_backup: FORMAT,
        county: source.county.to_owned(),
        program: source.program.to_owned(),
        at: now_of(source.at),
        steps,
        heads: heads(&mut snapshot)?,
        tables: tables
            .iter()
            .map(|table| line(&mut snapshot, table))
            .collect::<Result<_, _>>()?,
        keys: source.keys.clone(),
    };
    told(Told::Begun(&manifest));
    let mut lines = Lines {
        out,
        buffer: Vec::with_capacity(2 * GATHERED),
        hasher: blake3::Hasher::new(),
        rows: 0,
        failed: None,
    };
    lines.json(&manifest)?;
    for table in &tables {
        lines.json(&serde_json::json!({ "table": table.name }))?;
        let columns: Vec<String> = table.columns.iter().map(|one| quoted(&one.name)).collect();
        let sql = format!("select {} from {}", columns.join(", "), quoted(&table.name));
        let answer = snapshot.each(&sql, |row| {
            let written = lines.row(row.values());
            if lines.rows.is_multiple_of(TOLD_EVERY) {
                told(Told::Rows(lines.rows));
            }
            written
        });
        if let Some(error) = lines.failed.take() {
            return Err(error.into());
        }
        answer?;
    }
    told(Told::Rows(lines.rows));
    lines.end(source)?;
    Ok(manifest)
}

fn heads(snapshot: &mut Snapshot) -> Result<Vec<HeadLine>, StoreError> {
    snapshot
        .query(
            "select writer, count, link, code from log_head order by writer",
            &[],
        )?
        .iter()
        .map(|row| walk::read_head(row).map(|sealed| HeadLine::of(&sealed)))
        .collect()
}

fn line(snapshot: &mut Snapshot, table: &Table) -> Result<TableLine, StoreError> {
    let rows: i64 = snapshot
        .query_one(
            &format!("select count(*) from {}", quoted(&table.name)),
            &[],
        )?
        .get(0)?;
    Ok(TableLine {
        name: table.name.clone(),
        columns: table.columns.iter().map(|one| one.name.clone()).collect(),
        rows: rows.unsigned_abs(),
    })
}

struct Lines<'a> {
    out: &'a mut dyn Write,
    buffer: Vec<u8>,
    hasher: blake3::Hasher,
    rows: u64,
    /// Why a row could not be passed on.
    failed: Option<std::io::Error>,
}

impl Lines<'_> {
    fn json(&mut self, value: &impl serde::Serialize) -> std::io::Result<()> {
        serde_json::to_writer(&mut self.buffer, value)?;
        self.buffer.push(b'\n');
        self.pass(GATHERED)
    }

    fn row(&mut self, values: &[Value]) -> Result<(), StoreError> {
        let written = values
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| self.value(index, value))
            .and_then(|()| {
                self.buffer.extend_from_slice(b"]\n");
                self.rows += 1;
                self.pass(GATHERED)
            });
        // The taker of rows gives errors of the store only; the real one waits beside.
        written.map_err(|error| {
            self.failed = Some(error);
            StoreError::Closed
        })
    }

    fn value(&mut self, index: usize, value: &Value) -> std::io::Result<()> {
        self.buffer.push(if index == 0 { b'[' } else { b',' });
        match value {
            Value::Null => self.buffer.extend_from_slice(b"null"),
            Value::Int(number) => write!(self.buffer, "{number}")?,
            Value::Text(text) => serde_json::to_writer(&mut self.buffer, text)?,
            Value::Blob(bytes) => {
                let start = self.buffer.len() + 2;
                let length = bytes.len().div_ceil(3) * 4;
                self.buffer.extend_from_slice(b"[\"");
                self.buffer.resize(start + length, 0);
                STANDARD
                    .encode_slice(bytes, &mut self.buffer[start..])
                    .map_err(std::io::Error::other)?;
                self.buffer.extend_from_slice(b"\"]");
            }
        }
        Ok(())
    }

    fn pass(&mut self, most: usize) -> std::io::Result<()> {
        if self.buffer.len() >= most {
            self.hasher.update(&self.buffer);
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    fn end(mut self, source: &Source<'_>) -> std::io::Result<()> {
        self.pass(0)?;
        let digest = self.hasher.finalize();
        let end = End {
            end: true,
            rows: self.rows,
            digest: hex(digest.as_bytes()),
            code: hex(code(source.key, source.county, &digest).as_bytes()),
        };
        serde_json::to_writer(&mut self.buffer, &end)?;
        self.buffer.push(b'\n');
        self.out.write_all(&self.buffer)?;
        self.out.flush()
    }
}
