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

use std::collections::BTreeMap;

use kernel::time::{Date, day};
use opendata::region::{Place, Regions};
use opendata::sotkanet::{self, settle};
use opendata::{Figure, Gender, LICENCE, Texts};
use store::{Actor, LogEntry, Store};

use crate::catalogue::{self, THEMES, is_additive};
use crate::domain::{Indicator, Kept, Release, Source, StatisticsError, Value, Year};
use crate::fetch::attribution;
use crate::store as own;

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
        let line = Line {
            source: Some(Source::Sotkanet),
            indicator: id.to_string(),
            ..Line::default()
        };
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

/// The cells of one line.
#[derive(Debug, Clone, Default)]
struct Line {
    source: Option<Source>,
    indicator: String,
    category: String,
    code: String,
    year: String,
    gender: String,
    value: String,
    absolute: String,
    title: Texts,
    theme: String,
    unit: String,
    decimals: String,
    producer: String,
    licence: String,
    data_updated: String,
}

impl Line {
    fn of(head: &[String], record: &csv::StringRecord) -> Result<Self, String> {
        let cell = |name: &str| {
            let place = head.iter().position(|one| one == name);
            place
                .and_then(|place| record.get(place))
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let source = match cell("source").to_lowercase().as_str() {
            "" => Source::Sotkanet,
            word => word
                .parse()
                .map_err(|()| format!("there is no source {word:?}"))?,
        };
        Ok(Self {
            source: Some(source),
            indicator: cell("indicator"),
            category: cell("category"),
            code: cell("code"),
            year: cell("year"),
            gender: cell("gender").to_lowercase(),
            value: cell("value"),
            absolute: cell("absolute"),
            title: Texts {
                fi: cell("title"),
                sv: cell("title_sv"),
                en: cell("title_en"),
            },
            theme: cell("theme"),
            unit: cell("unit"),
            decimals: cell("decimals"),
            producer: cell("producer"),
            licence: cell("licence"),
            data_updated: cell("data_updated"),
        })
    }

    fn source(&self) -> Source {
        self.source.unwrap_or(Source::Sotkanet)
    }

    /// What the line says of its indicator.
    fn series(&self, origin: &str) -> Result<Series, String> {
        let (source, code) = (self.source(), &self.indicator);
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
        if code.is_empty() || code.len() > 80 || !code.bytes().all(plain) {
            return Err(format!("{code:?} is no id of an indicator"));
        }
        let listed = catalogue::listed(code).filter(|_| source == Source::Sotkanet);
        let or = |text: &str, known: Option<&str>| match known {
            Some(known) if text.is_empty() => known.to_owned(),
            _ => text.to_owned(),
        };
        let title = Texts {
            fi: or(&self.title.fi, listed.map(|one| one.title.fi.as_str())),
            sv: or(&self.title.sv, listed.map(|one| one.title.sv.as_str())),
            en: or(&self.title.en, listed.map(|one| one.title.en.as_str())),
        };
        if title.fi.is_empty() {
            return Err(format!("indicator {code} needs a title"));
        }
        let theme = or(
            &self.theme,
            Some(listed.map_or("other", |one| one.theme.as_str())),
        );
        if !THEMES.contains(&theme.as_str()) {
            return Err(format!(
                "there is no theme {theme:?}; there are {}",
                THEMES.join(", ")
            ));
        }
        let decimals = match self.decimals.as_str() {
            "" => 1,
            text => text
                .parse()
                .ok()
                .filter(|decimals| *decimals <= 10)
                .ok_or_else(|| format!("{text:?} is no number of decimals"))?,
        };
        let producer = or(&self.producer, listed.map(|one| one.producer.as_str()));
        let licence = or(&self.licence, source.keeper().map(|_| LICENCE));
        if producer.is_empty() || licence.is_empty() {
            return Err("figures need a producer and a licence".to_owned());
        }
        let data_updated: Option<Date> = match self.data_updated.as_str() {
            "" => None,
            text => Some(
                text.parse()
                    .map_err(|_| format!("{text:?} is no day, such as 2026-05-28"))?,
            ),
        };
        Ok(Series {
            indicator: Indicator {
                source,
                code: code.clone(),
                theme,
                additive: source == Source::Sotkanet && is_additive(code, &title.fi),
                title: title.plain(),
                about: Texts::default(),
                caveat: Texts::default(),
                decimals,
            },
            release: Release {
                data_updated,
                unit: self.unit.clone(),
                attribution: attribution(source, &producer),
                producer: Texts {
                    fi: producer,
                    ..Texts::default()
                },
                licence,
                origin: origin.to_owned(),
            },
            years: BTreeMap::new(),
        })
    }

    /// The year and the value; none for a line without a value.
    fn value(&self) -> Result<Option<(i16, Value)>, String> {
        let place = Place::new(&self.category, &self.code)?;
        let year = self
            .year
            .parse()
            .ok()
            .filter(|year| (1800..=2200).contains(year))
            .ok_or_else(|| format!("{:?} is no year", self.year))?;
        let gender = match self.gender.as_str() {
            "" => Gender::Total,
            word => word
                .parse()
                .map_err(|()| format!("{word:?} is none of total, male, female"))?,
        };
        let figure = |text: &str| Figure::read(text).map_err(|error| error.to_string());
        let absolute = match self.absolute.as_str() {
            "" => None,
            text => Some(figure(text)?),
        };
        if self.value.is_empty() {
            return match absolute {
                None => Ok(None),
                Some(_) => Err("a count stands without its value".to_owned()),
            };
        }
        let value = Value {
            place,
            gender,
            value: figure(&self.value)?,
            absolute,
        };
        Ok(Some((year, value)))
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
    log(store, &done)?;
    Ok(done)
}

fn log(store: &Store, done: &Done) -> Result<(), StatisticsError> {
    let Kept { added, changed, .. } = done.kept;
    let (indicators, years) = (done.indicators, done.years);
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
