//! Fetching from tables of StatFin and cubes of THL: what the county's file of questions asks.
//!
//! Each series is asked by itself and kept year by year, each year whole. What fails leaves the old values as they were.

use std::path::Path;

use kernel::time::{Date, day};
use opendata::jsonstat::Dataset;
use opendata::pxweb::{Limits, Pxweb};
use opendata::thl::Thl;
use opendata::{Fault, OpenDataError};
use store::Store;

use crate::ask::{Answered, Questions, Series, day as day_of};
use crate::domain::{IndicatorId, Kept, Source, StatisticsError, Year};
use crate::fetch::{BELIEVED, Step, Summary, ends, log_fetch};
use crate::store as own;

/// The services of the questions; the one that is not asked may be left out.
#[derive(Debug, Default)]
pub struct Services {
    pub statfin: Option<Pxweb>,
    pub thl: Option<Thl>,
}

/// How to fetch.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// Ask again also for what has not changed.
    pub again: bool,
    /// Keep years that have less than half of the values of last time.
    pub accept_fewer: bool,
}

/// Fetches every series of the questions whose service is given. Faults of the services are in the summary.
///
/// # Errors
/// When the store fails.
pub async fn fetch(
    store: &Store,
    services: &Services,
    questions: &Questions,
    how: How,
    tell: &mut (dyn FnMut(Step<'_>) + Send),
) -> Result<Summary, StatisticsError> {
    let mut summary = Summary::default();
    let mut faults = 0;
    for (place, series) in questions.series.iter().enumerate() {
        tell(Step::Indicator(place + 1, &series.title, 1));
        let data = match answer(store, services, series, how).await? {
            Got::Same => {
                summary.unchanged += 1;
                continue;
            }
            Got::Not => continue,
            Got::Answer(data) => data,
        };
        let told = match data {
            Ok(data) => match series.read(&data) {
                Ok(answered) => {
                    faults = 0;
                    keep(store, series, &answered, "fetch", how, &mut summary)?
                }
                Err(why) => Some(why),
            },
            Err(error) => {
                faults += 1;
                if ends(&error.fault, faults) {
                    summary.stopped = Some(error.to_string());
                    break;
                }
                Some(error.to_string())
            }
        };
        if let Some(why) = told {
            let fault = format!("{}: {why}", series.indicator);
            tell(Step::Fault(&fault));
            summary.faults.push(fault);
        }
    }
    log_fetch(store, &summary)?;
    Ok(summary)
}

/// What came of a question.
enum Got {
    /// The data are as old as those that are kept.
    Same,
    /// Its service is not asked now.
    Not,
    Answer(Result<Dataset, OpenDataError>),
}

async fn answer(
    store: &Store,
    services: &Services,
    series: &Series,
    how: How,
) -> Result<Got, StatisticsError> {
    if let (Some(service), Some((table, query))) = (&services.statfin, series.query()) {
        let changed = changed_on(service, table).await;
        if !how.again && is_fresh(store, series, changed)? {
            return Ok(Got::Same);
        }
        return Ok(Got::Answer(ask_statfin(service, table, &query).await));
    }
    if let (Some(service), Some(asked)) = (&services.thl, &series.thl) {
        if !how.again && is_fresh(store, series, None)? {
            return Ok(Got::Same);
        }
        return Ok(Got::Answer(service.data(&asked.cube, &asked.asked).await));
    }
    Ok(Got::Not)
}

async fn ask_statfin(
    service: &Pxweb,
    table: &str,
    query: &opendata::pxweb::Query,
) -> Result<Dataset, OpenDataError> {
    // A service that does not tell its limits refuses by itself what is too much.
    let limits = match service.limits().await {
        Ok(limits) => limits,
        Err(error) if matches!(error.fault, Fault::Wrong(_) | Fault::Status(..)) => {
            Limits::default()
        }
        Err(error) => return Err(error),
    };
    let told = service.table(table).await?;
    service.data(table, &told, query, limits).await
}

/// The day of a table's last change, by the list of its folder; none when that does not tell.
async fn changed_on(service: &Pxweb, table: &str) -> Option<Date> {
    let (folder, name) = table.rsplit_once('/')?;
    let entries = service.folder(folder).await.ok()?;
    let entry = entries.into_iter().find(|one| one.id == name)?;
    entry.updated.as_deref().and_then(day_of)
}

/// Whether what is kept is of the same day as the data, or when no day is told, so young that it is believed.
fn is_fresh(
    store: &Store,
    series: &Series,
    changed: Option<Date>,
) -> Result<bool, StatisticsError> {
    let (source, code) = (series.source(), series.indicator.clone());
    let today = day(store.clock().now());
    let years = store.read_blocking(move |tx| match own::find_code(tx, source, &code)? {
        Some(known) => own::years(tx, known.id),
        None => Ok(std::collections::BTreeMap::new()),
    })?;
    let newest = years.values().max_by_key(|(_, fetched)| *fetched);
    Ok(newest.is_some_and(|(data, fetched)| match changed {
        Some(_) => *data == changed,
        None => (today - *fetched).get_days() < BELIEVED,
    }))
}

/// Keeps what was read; what was not kept, in words.
fn keep(
    store: &Store,
    series: &Series,
    answered: &Answered,
    origin: &str,
    how: How,
    summary: &mut Summary,
) -> Result<Option<String>, StatisticsError> {
    let (clock, chance) = (store.clock().clone(), store.chance().clone());
    let indicator = series.described();
    let id: IndicatorId = store
        .write_bulk(move |tx| own::put_indicator(tx, &*clock, &*chance, &indicator))?
        .value;
    summary.indicators += 1;
    summary.left_out += answered.skipped;
    // A file may be a part; the service's own answer is the whole of what was asked.
    let fetched = origin == "fetch";
    let mut refused = Vec::new();
    for (year, values) in &answered.years {
        let year = Year {
            year: *year,
            values: values.clone(),
            whole: if fetched {
                answered.genders.clone()
            } else {
                Vec::new()
            },
            unknown: answered.skipped,
            fetched_on: day(store.clock().now()),
            accept_fewer: how.accept_fewer || !fetched,
        };
        let release = series.beside(answered.updated, origin);
        let (clock, chance) = (store.clock().clone(), store.chance().clone());
        let kept = store
            .write_bulk(move |tx| own::keep_year(tx, &*clock, &*chance, id, &release, &year))
            .map(|receipt| receipt.value);
        match kept {
            Ok(kept) => {
                summary.years += 1;
                summary.kept += kept;
            }
            Err(StatisticsError::Store(error)) => return Err(error.into()),
            Err(error) => refused.push(error.to_string()),
        }
    }
    Ok((!refused.is_empty()).then(|| refused.join("; ")))
}

/// What an import of an answer did.
pub type Imported = Result<Kept, String>;

/// Imports an answer of a service from a file: the series of the questions says how it is read.
///
/// # Errors
/// When the store fails. What is wrong with the answer is the inner error, and then nothing is kept.
pub fn import(
    store: &Store,
    series: &Series,
    file: &Path,
    text: &str,
) -> Result<Imported, StatisticsError> {
    let name = file
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("file");
    let answered = Dataset::read(text)
        .map_err(|fault| fault.to_string())
        .and_then(|data| series.read(&data));
    let answered = match answered {
        Ok(answered) => answered,
        Err(why) => return Ok(Err(why)),
    };
    let mut summary = Summary::default();
    let refused = keep(store, series, &answered, name, How::default(), &mut summary)?;
    crate::import::log_import(store, 1, answered.years.len(), summary.kept)?;
    Ok(match refused {
        Some(why) => Err(why),
        None => Ok(summary.kept),
    })
}

/// The series of the questions by its id.
pub fn series<'q>(questions: &'q Questions, indicator: &str) -> Option<&'q Series> {
    questions
        .series
        .iter()
        .find(|one| one.indicator == indicator)
}

/// The questions of one source alone.
#[must_use]
pub fn of_source(mut questions: Questions, source: Source) -> Questions {
    questions.series.retain(|one| one.source() == source);
    questions
}
