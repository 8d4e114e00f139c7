//! Releases as they are kept: sealed tables with how they were made.

use access::log::{Actor, LogEntry};
use disclosure::{Refused, Released, Run};
use identity::people::StaffId;
use kernel::time::{Date, Timestamp};
use store::{Query, Row, StoreError, WriteTx, params};

use crate::layout::Layout;
use crate::period::Period;
use crate::table::{Earlier, Made};

kernel::id_type!(/** One release of one figure. */ ReleaseId);

/// Why a figure is not given.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Disclosure control lets nothing of it through, or a kept release is not what this house sealed.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There is no such figure or release.
    #[error("there is no such figure")]
    NotFound,
    /// What is kept beside a release cannot be read.
    #[error("a kept release cannot be read: {0}")]
    Kept(String),
}

/// How a release was made. Holds nothing that a reader may not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    pub id: ReleaseId,
    pub code: String,
    /// Of the definition.
    pub version: u16,
    pub year: i16,
    /// The last day that is counted.
    pub through: Date,
    pub threshold: u64,
    /// SHA-256 of everything the run was made of, in hexadecimal.
    pub inputs: String,
    pub layout: Layout,
    pub made_at: Timestamp,
}

impl Meta {
    /// The days that are counted.
    pub fn period(&self) -> Option<Period> {
        Period::through(self.year, self.through)
    }
}

/// A release as it is kept.
#[derive(Debug, Clone)]
pub struct Release {
    pub released: Released,
    pub meta: Meta,
}

/// What names a release before it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub definition: &'static crate::Definition,
    pub period: Period,
    pub threshold: u64,
    /// Municipalities are told.
    pub areas: bool,
}

const HEAD: &str = "select id, code, version, year, through, threshold, inputs, layout, made_at, sealed from figure_release";

fn read(row: &Row, key: &[u8; 32]) -> Result<Release, FiguresError> {
    let layout: &str = row.text(7)?;
    let number = |column: usize| -> Result<i64, StoreError> { row.get(column) };
    let kept = |error: &dyn std::fmt::Display| FiguresError::Kept(error.to_string());
    let meta = Meta {
        id: ReleaseId::from_bytes(row.get(0)?),
        code: row.get(1)?,
        version: u16::try_from(number(2)?).map_err(|error| kept(&error))?,
        year: row.get(3)?,
        through: row.get(4)?,
        threshold: u64::try_from(number(5)?).map_err(|error| kept(&error))?,
        inputs: row.get(6)?,
        layout: serde_json::from_str(layout).map_err(|error| kept(&error))?,
        made_at: row.get(8)?,
    };
    // The seal is of the table; that it is the table of this figure and year stands in the sealed text's first line.
    let sealed = row.text(9)?;
    let (whose, text) = sealed.split_once('\n').ok_or(Refused::Seal)?;
    let released = Released::open(text, &key_of(key, whose))?;
    if whose != whose_is(&meta) {
        return Err(Refused::Seal.into());
    }
    Ok(Release { released, meta })
}

/// What a seal is bound to besides the table, so that one figure's table cannot stand in another's row.
fn whose_is(meta: &Meta) -> String {
    let layout = serde_json::to_string(&meta.layout).unwrap_or_default();
    format!(
        "{} {} {} {} {} {} {layout}",
        meta.code, meta.version, meta.year, meta.through, meta.threshold, meta.inputs
    )
}

fn key_of(key: &[u8; 32], whose: &str) -> [u8; 32] {
    *blake3::keyed_hash(key, whose.as_bytes()).as_bytes()
}

/// The newest release of each year of a figure, the newest year first. One statement.
///
/// # Errors
/// When the engine fails, or a release is not one that this house sealed.
pub fn newest(
    query: &mut impl Query,
    key: &[u8; 32],
    code: &str,
    version: u16,
) -> Result<Vec<Release>, FiguresError> {
    let rows = query.query(
        &format!("{HEAD} where code = $1 and version = $2 order by year desc, through desc, made_at desc, id desc"),
        &params![code, i64::from(version)],
    )?;
    only_newest(&rows, key)
}

/// The newest release of each year of every figure from a year on. One statement.
///
/// # Errors
/// As [`newest`].
pub fn newest_of_all(
    query: &mut impl Query,
    key: &[u8; 32],
    from: i16,
) -> Result<Vec<Release>, FiguresError> {
    let rows = query.query(
        &format!(
            "{HEAD} where year >= $1 order by code, year desc, through desc, made_at desc, id desc"
        ),
        &params![i64::from(from)],
    )?;
    only_newest(&rows, key)
}

/// Rows in the order of code and year, the newest of each first. A later version of a definition comes before an earlier
/// one with the same days.
fn only_newest(rows: &[Row], key: &[u8; 32]) -> Result<Vec<Release>, FiguresError> {
    let mut kept: Vec<Release> = Vec::new();
    for row in rows {
        let (code, year): (&str, i16) = (row.text(1)?, row.get(3)?);
        let same = kept
            .last()
            .is_some_and(|one| one.meta.code == code && one.meta.year == year);
        if !same {
            kept.push(read(row, key)?);
        }
    }
    Ok(kept)
}

/// One release.
///
/// # Errors
/// [`FiguresError::NotFound`] when it is not there.
pub fn find(
    query: &mut impl Query,
    key: &[u8; 32],
    id: ReleaseId,
) -> Result<Release, FiguresError> {
    let row = query.query_optional(&format!("{HEAD} where id = $1"), &params![id.bytes()])?;
    read(&row.ok_or(FiguresError::NotFound)?, key)
}

/// What has been released of a year of a figure and of those it is linked with, the oldest first; for a release that is named, what
/// it was made with.
///
/// # Errors
/// As [`newest`].
pub fn earlier(
    query: &mut impl Query,
    key: &[u8; 32],
    wanted: &Wanted,
    of: Option<ReleaseId>,
) -> Result<Vec<(ReleaseId, Earlier)>, FiguresError> {
    let with = of.map(|id| made_with(query, id)).transpose()?;
    let rows = query.query(
        &format!("{HEAD} where year = $1 order by made_at, id"),
        &params![i64::from(wanted.period.year())],
    )?;
    let mut found = Vec::new();
    for row in &rows {
        let (code, version): (&str, i64) = (row.text(1)?, row.get(2)?);
        let Some(definition) = crate::dictionary::find(code)
            .filter(|one| i64::from(one.version) == version && one.is_linked(wanted.definition))
        else {
            continue;
        };
        let id = ReleaseId::from_bytes(row.get(0)?);
        if with.as_ref().is_some_and(|with| !with.contains(&id)) {
            continue;
        }
        let release = read(row, key)?;
        let earlier = Earlier {
            definition,
            released: release.released,
            layout: release.meta.layout,
            last_month: release.meta.through.month(),
        };
        found.push((release.meta.id, earlier));
    }
    if let Some(with) = with {
        found.sort_by_key(|(id, _)| with.iter().position(|one| one == id));
    }
    Ok(found)
}

/// The releases that one was made with, in their order.
fn made_with(query: &mut impl Query, id: ReleaseId) -> Result<Vec<ReleaseId>, FiguresError> {
    let row = query.query_optional(
        "select linked from figure_release where id = $1",
        &params![id.bytes()],
    )?;
    let row = row.ok_or(FiguresError::NotFound)?;
    row.text(0)?
        .split_whitespace()
        .map(|text| {
            text.parse()
                .map_err(|_| FiguresError::Kept("linked".to_owned()))
        })
        .collect()
}

/// Whether each of the wanted is there already, in their order. One statement.
///
/// # Errors
/// When the engine fails.
pub fn missing(query: &mut impl Query, wanted: &[Wanted]) -> Result<Vec<Wanted>, StoreError> {
    let rows = query.query(
        "select code, version, year, through, threshold from figure_release",
        &[],
    )?;
    let mut there = std::collections::BTreeSet::new();
    for row in &rows {
        let key: (String, i64, i64, String, i64) = (
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        );
        there.insert(key);
    }
    let key = |one: &Wanted| {
        let through = one.period.last_day().map(|day| day.to_string());
        (
            one.definition.code.to_owned(),
            i64::from(one.definition.version),
            i64::from(one.period.year()),
            through.unwrap_or_default(),
            i64::try_from(one.threshold).unwrap_or(i64::MAX),
        )
    };
    Ok(wanted
        .iter()
        .filter(|one| !there.contains(&key(one)))
        .copied()
        .collect())
}

/// Keeps a release; one that is there already stays as it is.
///
/// # Errors
/// When the engine fails.
pub fn keep(
    tx: &mut WriteTx<'_>,
    key: &[u8; 32],
    id: ReleaseId,
    wanted: &Wanted,
    made: &Made,
    linked: &[ReleaseId],
    at: Timestamp,
) -> Result<bool, StoreError> {
    let Some(through) = wanted.period.last_day() else {
        return Ok(false);
    };
    let meta = Meta {
        id,
        code: wanted.definition.code.to_owned(),
        version: wanted.definition.version,
        year: wanted.period.year(),
        through,
        threshold: wanted.threshold,
        inputs: made.run.inputs.clone(),
        layout: made.layout.clone(),
        made_at: at,
    };
    let whose = whose_is(&meta);
    let sealed = made.released.sealed(&key_of(key, &whose));
    let decode = |error: serde_json::Error| StoreError::Decode(error.to_string());
    let linked: Vec<String> = linked.iter().map(ToString::to_string).collect();
    let run: &Run = &made.run;
    let kept = tx.execute(
        "insert into figure_release (id, code, version, year, through, threshold, inputs, layout, sealed, run, linked, made_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (code, version, year, through, threshold) do nothing",
        &params![
            id.bytes(),
            &meta.code,
            i64::from(meta.version),
            i64::from(meta.year),
            through.to_string(),
            i64::try_from(meta.threshold).unwrap_or(i64::MAX),
            &meta.inputs,
            serde_json::to_string(&meta.layout).map_err(decode)?,
            format!("{whose}\n{sealed}"),
            serde_json::to_string(run).map_err(decode)?,
            linked.join(" "),
            at
        ],
    )?;
    if kept > 0 {
        tx.log(LogEntry {
            at,
            actor: Actor::System,
            event: "figures.release",
            right: "job".into(),
            purpose: "P20",
            subjects: Vec::new(),
            detail: format!("{} {} {through}", meta.code, meta.year),
            digest: None,
        })?;
    }
    Ok(kept > 0)
}

/// What came of counting a release again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recall {
    /// The same counts went in.
    pub same_inputs: bool,
    /// The same table came out.
    pub same_table: bool,
}

/// Writes a recall down.
///
/// # Errors
/// When the engine fails.
pub fn keep_recall(
    tx: &mut WriteTx<'_>,
    id: [u8; 16],
    release: ReleaseId,
    by: StaffId,
    found: Recall,
    entry: LogEntry,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into figure_recall (id, release_id, at, recalled_by, same_inputs, same_table) values ($1, $2, $3, $4, $5, $6)",
        &params![id, release.bytes(), entry.at, by.bytes(), found.same_inputs, found.same_table],
    )?;
    tx.log(entry)
}

/// The last recall of a release.
///
/// # Errors
/// When the engine fails.
pub fn last_recall(
    query: &mut impl Query,
    release: ReleaseId,
) -> Result<Option<(Timestamp, Recall)>, StoreError> {
    query
        .query_optional(
            "select at, same_inputs, same_table from figure_recall where release_id = $1 order by at desc, id desc limit 1",
            &params![release.bytes()],
        )?
        .map(|row| {
            let found = Recall {
                same_inputs: row.get(1)?,
                same_table: row.get(2)?,
            };
            Ok((row.get(0)?, found))
        })
        .transpose()
}
