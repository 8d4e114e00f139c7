//! Fetching from Sotkanet: politely, one year of one indicator at a time, and only what has changed.
//!
//! Each year is kept by itself, whole, with the day of the service's data. Begun again after a break, a fetch goes on from
//! where it was. What fails leaves the old values as they were.

use std::collections::BTreeSet;

use kernel::time::{Date, day};
use opendata::region::Regions;
use opendata::sotkanet::{self, Question, Sotkanet, settle};
use opendata::{Fault, Gender, LICENCE, OpenDataError, Texts};
use store::{Actor, LogEntry, Store, StoreError};

use crate::catalogue::{self, is_additive};
use crate::domain::{Indicator, IndicatorId, Kept, Release, Source, StatisticsError, Value, Year};
use crate::store as own;

/// How long a year is believed when the service does not tell the day of its data, in days.
pub(crate) const BELIEVED: i32 = 30;
/// So many faults one after another, and the service is left alone.
const ENOUGH: usize = 3;

/// What to fetch.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Sotkanet's ids.
    pub indicators: Vec<u32>,
    /// First and last year, both with.
    pub from: i16,
    pub to: i16,
    /// Ask again for years whose data have not changed.
    pub again: bool,
    /// Keep years that have less than half of the values of last time.
    pub accept_fewer: bool,
}

/// How far a fetch is.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// The list of areas is here.
    Areas(usize),
    /// An indicator begins: its place from 1, its title, and how many years will be asked.
    Indicator(usize, &'a str, usize),
    /// A year has been kept.
    Year(i16, Kept),
    /// Something was not kept; the fetch goes on.
    Fault(&'a str),
}

/// What a fetch did.
#[derive(Debug, Default)]
pub struct Summary {
    pub indicators: usize,
    /// Years asked and kept.
    pub years: usize,
    /// Years that had not changed.
    pub unchanged: usize,
    pub kept: Kept,
    /// Numbers of areas that are in no list; skipped.
    pub unknown: BTreeSet<u32>,
    /// Rows of numbers that are no longer used; skipped.
    pub retired: usize,
    /// Zeros that stand for no value; skipped.
    pub doubtful: usize,
    /// Areas of tables and cubes that the questions do not know; skipped.
    pub left_out: usize,
    /// What was not kept and why.
    pub faults: Vec<String>,
    /// Why the fetch ended before its end.
    pub stopped: Option<String>,
}

impl Summary {
    /// Whether everything was fetched that was to be.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty() && self.stopped.is_none()
    }
}

/// Fetches what the plan says. Faults of the service are in the summary.
///
/// # Errors
/// When the store fails.
pub async fn fetch(
    store: &Store,
    service: &Sotkanet,
    plan: &Plan,
    tell: &mut (dyn FnMut(Step<'_>) + Send),
) -> Result<Summary, StatisticsError> {
    let mut run = Run {
        store,
        service,
        plan,
        tell,
        summary: Summary::default(),
        in_a_row: 0,
    };
    run.all().await?;
    let summary = run.summary;
    log_fetch(store, &summary)?;
    Ok(summary)
}

/// The fetch stands in the log of the county, as everything that changes what pages show.
pub(crate) fn log_fetch(store: &Store, summary: &Summary) -> Result<(), StoreError> {
    let Kept {
        added,
        changed,
        withdrawn,
        ..
    } = summary.kept;
    let entry = LogEntry {
        at: store.clock().now(),
        actor: Actor::System,
        event: "statistics.fetch",
        right: "job".into(),
        purpose: "P20",
        subjects: Vec::new(),
        detail: format!(
            "{} indicators, {} years, {added} added, {changed} changed, {withdrawn} withdrawn, {} faults",
            summary.indicators,
            summary.years,
            summary.faults.len()
        ),
        digest: None,
    };
    store.log_blocking(entry).map(drop)
}

struct Run<'a> {
    store: &'a Store,
    service: &'a Sotkanet,
    plan: &'a Plan,
    tell: &'a mut (dyn FnMut(Step<'_>) + Send),
    summary: Summary,
    in_a_row: usize,
}

/// Whether to go on.
#[derive(PartialEq, Eq)]
enum On {
    Yes,
    No,
}

impl Run<'_> {
    async fn all(&mut self) -> Result<(), StatisticsError> {
        let regions = match self.service.regions().await {
            Ok(regions) => regions,
            Err(error) => {
                self.summary.stopped = Some(error.to_string());
                return Ok(());
            }
        };
        self.names(&regions)?;
        (self.tell)(Step::Areas(regions.len()));
        for (place, id) in self.plan.indicators.iter().enumerate() {
            if self.indicator(place + 1, *id, &regions).await? == On::No {
                break;
            }
        }
        Ok(())
    }

    fn names(&self, regions: &Regions) -> Result<(), StatisticsError> {
        let here = regions.iter().filter(|one| !one.retired);
        let named: Vec<_> = here
            .map(|one| (one.place.clone(), one.names.clone()))
            .collect();
        self.store
            .write_bulk(move |tx| own::put_regions(tx, &named))?;
        Ok(())
    }

    async fn indicator(
        &mut self,
        place: usize,
        id: u32,
        regions: &Regions,
    ) -> Result<On, StatisticsError> {
        let told = match self.service.indicator(id).await {
            Ok(told) => told,
            Err(error) => return Ok(self.fault(&error)),
        };
        self.in_a_row = 0;
        let (indicator, release) = (described(&told), beside(&told));
        let title = indicator.title.fi.clone();
        let (clock, chance) = (self.store.clock().clone(), self.store.chance().clone());
        let own_id = self
            .store
            .write_bulk(move |tx| own::put_indicator(tx, &*clock, &*chance, &indicator))?
            .value;
        let years = self.years(own_id, &told, release.data_updated)?;
        self.summary.indicators += 1;
        (self.tell)(Step::Indicator(place, &title, years.len()));
        for year in years {
            if self.year(&told, own_id, &release, year, regions).await? == On::No {
                return Ok(On::No);
            }
        }
        Ok(On::Yes)
    }

    /// The years to ask, the newest first: what is looked at most is there soonest.
    fn years(
        &mut self,
        id: IndicatorId,
        told: &sotkanet::Indicator,
        updated: Option<Date>,
    ) -> Result<Vec<i16>, StatisticsError> {
        let known = self.store.read_blocking(move |tx| own::years(tx, id))?;
        let (from, to) = told.range.map_or((self.plan.from, self.plan.to), |range| {
            (self.plan.from.max(range.start), self.plan.to.min(range.end))
        });
        let today = self.today();
        let mut years = Vec::new();
        for year in (from..=to).rev() {
            let fresh = known
                .get(&year)
                .is_some_and(|(data, fetched)| match updated {
                    Some(_) => *data == updated,
                    None => (today - *fetched).get_days() < BELIEVED,
                });
            if fresh && !self.plan.again {
                self.summary.unchanged += 1;
            } else {
                years.push(year);
            }
        }
        Ok(years)
    }

    async fn year(
        &mut self,
        told: &sotkanet::Indicator,
        id: IndicatorId,
        release: &Release,
        year: i16,
        regions: &Regions,
    ) -> Result<On, StatisticsError> {
        let genders = told.genders();
        let question = Question {
            indicator: told.id,
            years: vec![year],
            genders: genders.clone(),
        };
        let rows = match self.service.data(&question).await {
            Ok(rows) => rows,
            Err(error) => return Ok(self.fault(&error)),
        };
        self.in_a_row = 0;
        let answer = settle(rows, regions);
        let (values, doubtful) = believed(told.id, year, answer.values);
        let kept = self.keep(id, release, year, genders, values, answer.unknown.len());
        match kept {
            Ok(kept) => {
                self.summary.years += 1;
                self.summary.kept += kept;
                self.summary.retired += answer.retired;
                self.summary.doubtful += doubtful;
                self.summary.unknown.extend(answer.unknown);
                (self.tell)(Step::Year(year, kept));
            }
            Err(StatisticsError::Store(error)) => return Err(error.into()),
            Err(error) => self.told(format!("indicator {}: {error}", told.id)),
        }
        Ok(On::Yes)
    }

    fn keep(
        &self,
        id: IndicatorId,
        release: &Release,
        year: i16,
        whole: Vec<Gender>,
        values: Vec<Value>,
        unknown: usize,
    ) -> Result<Kept, StatisticsError> {
        let (clock, chance) = (self.store.clock().clone(), self.store.chance().clone());
        let release = release.clone();
        let year = Year {
            year,
            values,
            whole,
            unknown,
            fetched_on: self.today(),
            accept_fewer: self.plan.accept_fewer,
        };
        self.store
            .write_bulk(move |tx| own::keep_year(tx, &*clock, &*chance, id, &release, &year))
            .map(|receipt| receipt.value)
    }

    fn today(&self) -> Date {
        day(self.store.clock().now())
    }

    fn told(&mut self, fault: String) {
        (self.tell)(Step::Fault(&fault));
        self.summary.faults.push(fault);
    }

    /// Notes a fault of the service, and ends the fetch when the next question would meet the same.
    fn fault(&mut self, error: &OpenDataError) -> On {
        self.in_a_row += 1;
        if ends(&error.fault, self.in_a_row) {
            self.summary.stopped = Some(error.to_string());
            return On::No;
        }
        self.told(error.to_string());
        On::Yes
    }
}

/// Whether a fault ends a fetch: the next question would meet the same, or so many came one after another.
pub(crate) const fn ends(fault: &Fault, in_a_row: usize) -> bool {
    let last = matches!(
        fault,
        Fault::Unreachable(_)
            | Fault::Agent(_)
            | Fault::Busy(_)
            | Fault::Redirected(_)
            | Fault::Settings(_)
    );
    last || in_a_row >= ENOUGH
}

/// Values without the zeros that stand for none.
fn believed(id: u32, year: i16, values: Vec<sotkanet::Settled>) -> (Vec<Value>, usize) {
    let all = values.len();
    let doubtful = catalogue::is_doubtful_zero(&id.to_string(), year);
    let kept: Vec<Value> = values
        .into_iter()
        .filter(|one| !(doubtful && one.value.is_zero() && one.absolute.is_none()))
        .map(Value::from)
        .collect();
    let left = all - kept.len();
    (kept, left)
}

/// What the service tells of an indicator, as it is kept.
pub fn described(told: &sotkanet::Indicator) -> Indicator {
    let code = told.id.to_string();
    let listed = catalogue::listed(&code);
    let joined = |pick: fn(&Texts) -> &str| {
        let parts = [&told.interpretation, &told.limits, &told.notices];
        let texts: Vec<&str> = parts
            .into_iter()
            .map(pick)
            .filter(|text| !text.is_empty())
            .collect();
        texts.join("\n")
    };
    let mut title = told.title.clone();
    if let Some(listed) = listed {
        for (text, known) in [
            (&mut title.fi, &listed.title.fi),
            (&mut title.sv, &listed.title.sv),
            (&mut title.en, &listed.title.en),
        ] {
            if text.is_empty() {
                text.clone_from(known);
            }
        }
    }
    Indicator {
        source: Source::Sotkanet,
        theme: listed.map_or("other", |one| one.theme.as_str()).to_owned(),
        additive: is_additive(&code, &title.fi),
        code,
        title,
        about: told.description.clone(),
        caveat: Texts {
            fi: joined(|texts| &texts.fi),
            sv: joined(|texts| &texts.sv),
            en: joined(|texts| &texts.en),
        },
        decimals: told.decimals.unwrap_or(1).min(10),
    }
}

/// What the service tells beside the values.
pub fn beside(told: &sotkanet::Indicator) -> Release {
    let producer = told.organization.title.clone();
    let named = if producer.fi.is_empty() {
        "THL"
    } else {
        &producer.fi
    };
    Release {
        data_updated: told.updated.as_deref().and_then(|text| text.parse().ok()),
        unit: told.unit.code.clone(),
        licence: LICENCE.to_owned(),
        attribution: attribution(Source::Sotkanet, named),
        origin: "fetch".to_owned(),
        producer,
    }
}

/// How a figure's source is named: the service, and the producer whose figure it is.
pub fn attribution(source: Source, producer: &str) -> String {
    match source.keeper() {
        Some(keeper) if producer.is_empty() => keeper.to_owned(),
        Some(keeper) => format!("{keeper} ({producer})"),
        None => producer.to_owned(),
    }
}
