//! Figures from a file: the way of a county whose machine has no network.
//!
//! Two forms are read. Ours has a first line with names of columns, in any order, with `;`, `,` or a tab between them:
//!
//! | column | |
//! | --- | --- |
//! | `indicator` | the source's own id |
//! | `category`, `code` | the area, for example `KUNTA` and `179`, `HYVINVOINTIALUE` and `15`, `MAA` and `358` |
//! | `year`, `value` | the value with a decimal point or comma |
//! | `gender` | `total`, `male`, `female`; `total` when the column is missing or empty |
//! | `absolute` | the count behind a rate |
//! | `source` | `sotkanet` (when missing), `statfin`, `thl` or `file` |
//! | `title`, `title_sv`, `title_en`, `theme`, `unit`, `decimals` | of the indicator; Sotkanet's listed ones are known |
//! | `producer`, `licence`, `data_updated` | beside the value; producer and licence are wanted for `file` |
//!
//! The other is Sotkanet's own CSV, with the list of areas (`/regions`) as it came from the service.
//!
//! Every line is read before anything is kept: a file with a wrong line changes nothing, and each wrong line is told.

mod line;

use std::collections::BTreeMap;

use kernel::time::day;
use opendata::region::{Place, Regions};
use opendata::sotkanet::{self, settle};
use opendata::{Figure, Gender, Texts};
use store::{Actor, LogEntry, Store};

use crate::catalogue;
use crate::domain::{Indicator, Kept, Release, Source, StatisticsError, Value, Year};
use crate::store as own;
use line::Line;

/// Columns that a file may have.
const COLUMNS: [&str; 17] = [
    "source",
    "indicator",
    "category",
    "code",
    "year",
    "gender",
    "value",
    "absolute",
    "title",
    "title_sv",
    "title_en",
    "theme",
    "unit",
    "decimals",
    "producer",
    "licence",
    "data_updated",
];
/// Columns that it must have.
const WANTED: [&str; 5] = ["indicator", "category", "code", "year", "value"];
/// Lines of a file at most.
const MOST_LINES: usize = 500_000;
/// Wrong lines that are told, at most.
const MOST_TOLD: usize = 100;

/// Why a line was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// From 1, the line of names with.
    pub line: u64,
    pub why: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

/// Figures of a file, ready to be kept.
#[derive(Debug, Clone, Default)]
pub struct Read {
    pub series: Vec<Series>,
    /// Names of areas, when the file came with a list of them.
    pub names: Vec<(Place, Texts)>,
    /// Rows of areas that are in no list, or of retired numbers.
    pub skipped: usize,
    /// Zeros that stand for no value.
    pub doubtful: usize,
}

/// One indicator of a file.
#[derive(Debug, Clone)]
pub struct Series {
    pub indicator: Indicator,
    pub release: Release,
    pub years: BTreeMap<i16, Vec<Value>>,
}

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub indicators: usize,
    pub years: usize,
    pub kept: Kept,
}

/// Reads a file. `areas` is the list of Sotkanet, needed for its own CSV alone.
///
/// # Errors
/// Each wrong line, up to a hundred; a file that is none of the two forms is one refusal of line 1.
pub fn read(text: &str, origin: &str, areas: Option<&Regions>) -> Result<Read, Vec<Refusal>> {
    if sotkanet::is_csv(text) {
        return sotkanets_own(text, origin, areas).map_err(|refusal| vec![refusal]);
    }
    ours(text, origin)
}

fn first(why: impl Into<String>) -> Refusal {
    Refusal {
        line: 1,
        why: why.into(),
    }
}

fn sotkanets_own(text: &str, origin: &str, areas: Option<&Regions>) -> Result<Read, Refusal> {
    let Some(areas) = areas else {
        return Err(first(
            "this is Sotkanet's own form, whose areas are numbers: give its list of areas with --areas",
        ));
    };
    let rows = sotkanet::read_csv(text).map_err(|fault| first(fault.to_string()))?;
    let mut by_indicator: BTreeMap<u32, Vec<sotkanet::Row>> = BTreeMap::new();
    for row in rows {
        by_indicator.entry(row.indicator).or_default().push(row);
    }
    let mut read = Read {
        names: areas
            .iter()
            .filter(|one| !one.retired)
            .map(|one| (one.place.clone(), one.names.clone()))
            .collect(),
        ..Read::default()
    };
    for (id, rows) in by_indicator {
        let all = rows.len();
        let answer = settle(rows, areas);
        read.skipped += all - answer.values.len();
        let line = Line::of_sotkanet(id);
        let mut series = line.series(origin).map_err(first)?;
        for one in answer.values {
            if is_doubtful(
                &series.indicator,
                one.year,
                &one.value,
                one.absolute.as_ref(),
            ) {
                read.doubtful += 1;
                continue;
            }
            series.years.entry(one.year).or_default().push(one.into());
        }
        read.series.push(series);
    }
    Ok(read)
}

fn is_doubtful(of: &Indicator, year: i16, value: &Figure, absolute: Option<&Figure>) -> bool {
    of.source == Source::Sotkanet
        && value.is_zero()
        && absolute.is_none()
        && catalogue::is_doubtful_zero(&of.code, year)
}

fn ours(text: &str, origin: &str) -> Result<Read, Vec<Refusal>> {
    let text = text.trim_start_matches('\u{feff}');
    let names = text.lines().next().unwrap_or_default();
    let mark = [b';', b'\t', b',']
        .into_iter()
        .find(|mark| names.contains(char::from(*mark)))
        .unwrap_or(b';');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark)
        .from_reader(text.as_bytes());
    let head: Vec<String> = match reader.headers() {
        Ok(head) => head.iter().map(|name| name.trim().to_lowercase()).collect(),
        Err(error) => return Err(vec![first(error.to_string())]),
    };
    check_head(&head).map_err(|why| vec![first(why)])?;
    let mut build = Build::new(origin);
    for (count, record) in reader.records().enumerate() {
        if count >= MOST_LINES {
            build.refuse(
                count as u64 + 2,
                format!("a file has at most {MOST_LINES} lines"),
            );
            break;
        }
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                if let Err(why) = Line::of(&head, &record).and_then(|one| build.add(line, one)) {
                    build.refuse(line, why);
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                build.refuse(
                    line,
                    "it has another number of columns than the first line".to_owned(),
                );
            }
        }
    }
    build.end()
}

fn check_head(head: &[String]) -> Result<(), String> {
    for (place, name) in head.iter().enumerate() {
        if !COLUMNS.contains(&name.as_str()) {
            return Err(format!(
                "there is no column {name:?}; there are {}",
                COLUMNS.join(", ")
            ));
        }
        if head[..place].contains(name) {
            return Err(format!("the column {name} stands there twice"));
        }
    }
    match WANTED
        .iter()
        .find(|name| !head.iter().any(|one| one == *name))
    {
        Some(missing) => Err(format!("the column {missing} is missing")),
        None => Ok(()),
    }
}

/// Where a value stood first: to tell two values of one cell.
type Cell = (usize, i16, Place, Gender);

/// A file while it is read.
struct Build<'a> {
    origin: &'a str,
    read: Read,
    place: BTreeMap<(Source, String), usize>,
    seen: BTreeMap<Cell, u64>,
    refused: Vec<Refusal>,
}

impl<'a> Build<'a> {
    fn new(origin: &'a str) -> Self {
        Self {
            origin,
            read: Read::default(),
            place: BTreeMap::new(),
            seen: BTreeMap::new(),
            refused: Vec::new(),
        }
    }

    fn add(&mut self, line: u64, one: Line) -> Result<(), String> {
        let said = one.series(self.origin)?;
        let key = (said.indicator.source, said.indicator.code.clone());
        let at = match self.place.get(&key) {
            Some(at) => {
                let before = &self.read.series[*at];
                if before.indicator != said.indicator || before.release != said.release {
                    return Err(format!("indicator {} is told in another way above", key.1));
                }
                *at
            }
            None => {
                self.read.series.push(said);
                self.place.insert(key, self.read.series.len() - 1);
                self.read.series.len() - 1
            }
        };
        let Some((year, value)) = one.value()? else {
            return Ok(());
        };
        let series = &mut self.read.series[at];
        if is_doubtful(
            &series.indicator,
            year,
            &value.value,
            value.absolute.as_ref(),
        ) {
            self.read.doubtful += 1;
            return Ok(());
        }
        let cell = (at, year, value.place.clone(), value.gender);
        if let Some(first) = self.seen.insert(cell, line) {
            return Err(format!(
                "{} has a value of {year} already, in line {first}",
                value.place
            ));
        }
        series.years.entry(year).or_default().push(value);
        Ok(())
    }

    fn refuse(&mut self, line: u64, why: String) {
        if self.refused.len() < MOST_TOLD {
            self.refused.push(Refusal { line, why });
        }
    }

    fn end(self) -> Result<Read, Vec<Refusal>> {
        if !self.refused.is_empty() {
            return Err(self.refused);
        }
        if self.read.series.iter().all(|one| one.years.is_empty()) && self.read.doubtful == 0 {
            return Err(vec![first("the file has no values")]);
        }
        Ok(self.read)
    }
}

/// Keeps what was read: values that are there already get no new version, and nothing is taken back, since a file may be a
/// part.
///
/// # Errors
/// When the store fails. A year is kept whole or not at all; the same file again goes on.
pub fn keep(store: &Store, read: &Read) -> Result<Done, StatisticsError> {
    let mut done = Done::default();
    let names = read.names.clone();
    store.write_bulk(move |tx| own::put_regions(tx, &names))?;
    for series in &read.series {
        let (clock, chance) = (store.clock().clone(), store.chance().clone());
        let indicator = series.indicator.clone();
        let id = store
            .write_bulk(
                move |tx| match own::find_code(tx, indicator.source, &indicator.code)? {
                    // What the service itself has told is better than what stands in a file.
                    Some(known) if !known.indicator.about.fi.is_empty() => Ok(known.id),
                    _ => own::put_indicator(tx, &*clock, &*chance, &indicator),
                },
            )?
            .value;
        done.indicators += 1;
        for (year, values) in &series.years {
            let (clock, chance) = (store.clock().clone(), store.chance().clone());
            let release = series.release.clone();
            let year = Year {
                year: *year,
                values: values.clone(),
                whole: Vec::new(),
                unknown: 0,
                fetched_on: day(store.clock().now()),
                accept_fewer: true,
            };
            done.kept += store
                .write_bulk(move |tx| own::keep_year(tx, &*clock, &*chance, id, &release, &year))?
                .value;
            done.years += 1;
        }
    }
    log_import(store, done.indicators, done.years, done.kept)?;
    Ok(done)
}

/// The import stands in the log of the county.
pub(crate) fn log_import(
    store: &Store,
    indicators: usize,
    years: usize,
    kept: Kept,
) -> Result<(), StatisticsError> {
    let Kept { added, changed, .. } = kept;
    store.log_blocking(LogEntry {
        at: store.clock().now(),
        actor: Actor::System,
        event: "statistics.import",
        right: "job".into(),
        purpose: "P20",
        subjects: Vec::new(),
        detail: format!("{indicators} indicators, {years} years, {added} added, {changed} changed"),
        digest: None,
    })?;
    Ok(())
}
