//! Making releases when their time comes, giving them to other rooms, and making them again to see whether the same comes out.

use std::sync::Arc;

use disclosure::Released;
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::id::new_id_bytes;
use kernel::place;
use kernel::time::{Date, day};
use store::{Query, Store, StoreError};
use web::{Failure, House, Secrets};

use crate::definition::Span;
use crate::dictionary;
use crate::period::Period;
use crate::store::count::{Counted, count};
use crate::store::releases::{self, FiguresError, Meta, Recall, ReleaseId, Wanted};
use crate::store::{first_day, thresholds};
use crate::table::{Earlier, Made, Source, make};

/// Years that are kept up: this one and so many before it.
const YEARS_BACK: i16 = 4;

/// The key of this room's seals.
pub fn seal_key(secrets: &Secrets) -> [u8; 32] {
    secrets.key("noste 2026 released figures")
}

/// What making releases needs of a house.
#[derive(Clone)]
pub struct Works {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub key: [u8; 32],
    /// Code of the county.
    pub county: String,
}

impl Works {
    /// Those of a house.
    pub fn of(house: &House) -> Self {
        Self {
            store: house.store.clone(),
            clock: Arc::clone(&house.clock),
            chance: Arc::clone(&house.chance),
            key: seal_key(&house.secrets),
            county: house.county.code.clone(),
        }
    }

    fn today(&self) -> Date {
        day(self.clock.now())
    }
}

/// Makes every release whose time has come. Safe to repeat: what is there stays. Returns how many were made.
///
/// A figure that disclosure control refuses, or that cannot be counted, leaves the others alone and is told in the program's log.
///
/// # Errors
/// When the store fails.
pub fn refresh(works: &Works) -> Result<usize, FiguresError> {
    let today = works.today();
    let due = works.store.read_blocking(move |tx| {
        let first = first_day(tx)?;
        let wanted = wanted(first, today, thresholds(tx)?);
        releases::missing(tx, &wanted)
    })?;
    let mut made = 0;
    for one in due {
        match make_one(works, one) {
            Ok(()) => made += 1,
            Err(FiguresError::Store(error)) if !matches!(error, StoreError::Decode(_)) => {
                return Err(error.into());
            }
            Err(error) => {
                tracing::warn!(figure = one.definition.code, year = one.period.year(), %error, "a figure is not released")
            }
        }
    }
    Ok(made)
}

/// Everything that should have been released by today: whole years, and what has closed of the running one. Municipalities are
/// told of whole years, and in the first year of a house of what there is.
fn wanted(first: Option<Date>, today: Date, thresholds: crate::store::Thresholds) -> Vec<Wanted> {
    let Some(first) = first else {
        return Vec::new();
    };
    let years = first.year().max(today.year() - YEARS_BACK)..=today.year();
    let mut all = Vec::new();
    for year in years {
        for definition in dictionary::definitions() {
            let Some(period) = Period::closed(year, today, definition.lag) else {
                continue;
            };
            // What is not kept of earlier years cannot be told of them.
            if definition.span == Span::Now && !is_current(period, today, definition.lag) {
                continue;
            }
            all.push(Wanted {
                definition,
                period,
                threshold: thresholds.of(definition),
                areas: period.is_whole() || year == first.year(),
            });
        }
    }
    all
}

/// Whether no later period has closed.
fn is_current(period: Period, today: Date, lag: u16) -> bool {
    Period::closed(period.year() + 1, today, lag).is_none() && period.year() >= today.year() - 1
}

/// Counts, and what had been released before.
type Read = (Vec<Counted>, Vec<(ReleaseId, Earlier)>);

fn read_one(
    query: &mut impl Query,
    key: &[u8; 32],
    wanted: &Wanted,
    before: Option<ReleaseId>,
) -> Result<Read, FiguresError> {
    let counted = count(query, wanted.definition, wanted.period)?;
    let earlier = releases::earlier(query, key, wanted, before)?;
    Ok((counted, earlier))
}

/// The work of the processor, outside any transaction.
fn made_of(
    (county, key): (&str, &[u8; 32]),
    wanted: &Wanted,
    counted: &[Counted],
    earlier: &[Earlier],
) -> Result<Made, FiguresError> {
    let municipalities: Vec<&str> = place::municipalities_of(county)
        .iter()
        .map(|one| one.code)
        .collect();
    Ok(make(&Source {
        definition: wanted.definition,
        period: wanted.period,
        counted,
        municipalities: &municipalities,
        threshold: wanted.threshold,
        areas: wanted.areas,
        earlier,
        key: blake3::derive_key("noste 2026 rounding of own figures", key),
    })?)
}

fn make_one(works: &Works, wanted: Wanted) -> Result<(), FiguresError> {
    let key = works.key;
    let (counted, earlier) = works
        .store
        .read_blocking(move |tx| read_one(tx, &key, &wanted, None))?;
    let (linked, earlier): (Vec<ReleaseId>, Vec<Earlier>) = earlier.into_iter().unzip();
    let made = made_of((&works.county, &key), &wanted, &counted, &earlier)?;
    let id = ReleaseId::from_bytes(new_id_bytes(&*works.clock, &*works.chance));
    let at = works.clock.now();
    works
        .store
        .write_blocking(move |tx| releases::keep(tx, &key, id, &wanted, &made, &linked, at))?;
    Ok(())
}

/// What the clock does.
///
/// # Errors
/// When the store fails.
pub async fn run(house: House) -> Result<(), Failure> {
    let works = Works::of(&house);
    tokio::task::spawn_blocking(move || refresh(&works))
        .await
        .map_err(Failure::internal)?
        .map_err(Failure::from)?;
    Ok(())
}

/// Counts a release again, with what had been released before it, and compares. Nothing is shown of what differs: the difference
/// itself could tell of somebody.
///
/// # Errors
/// [`FiguresError::NotFound`] when there is no such release or its definition is another by now.
pub fn recall(works: &Works, id: ReleaseId) -> Result<(Meta, Recall), FiguresError> {
    let (key, county) = (works.key, works.county.clone());
    let read = works.store.read_blocking(move |tx| again(tx, &key, id))?;
    Ok(compared((&county, &key), read))
}

/// As [`recall`], at a moment that is open already.
pub(crate) fn recalled(
    query: &mut impl Query,
    key: &[u8; 32],
    county: &str,
    id: ReleaseId,
) -> Result<(Meta, Recall), FiguresError> {
    let read = again(query, key, id)?;
    Ok(compared((county, key), read))
}

/// A release, what it was to be, and the counts of now with what had been released before it.
type Again = (releases::Release, Wanted, Read);

fn again(query: &mut impl Query, key: &[u8; 32], id: ReleaseId) -> Result<Again, FiguresError> {
    let release = releases::find(query, key, id)?;
    let definition = dictionary::find(&release.meta.code)
        .filter(|one| one.version == release.meta.version)
        .ok_or(FiguresError::NotFound)?;
    let period = release.meta.period().ok_or(FiguresError::NotFound)?;
    let wanted = Wanted {
        definition,
        period,
        threshold: release.meta.threshold,
        areas: release.meta.layout.with_areas,
    };
    let read = read_one(query, key, &wanted, Some(id))?;
    Ok((release, wanted, read))
}

fn compared(
    (county, key): (&str, &[u8; 32]),
    (release, wanted, (counted, earlier)): Again,
) -> (Meta, Recall) {
    let earlier: Vec<Earlier> = earlier.into_iter().map(|(_, one)| one).collect();
    let made = made_of((county, key), &wanted, &counted, &earlier);
    let found = made.map_or(
        Recall {
            same_inputs: false,
            same_table: false,
        },
        |made| Recall {
            same_inputs: made.run.inputs == release.meta.inputs,
            same_table: made.released == release.released && made.layout == release.meta.layout,
        },
    );
    (release.meta, found)
}

/// The newest release of a figure and year: for reports and open data. Nothing else leaves this room.
///
/// # Errors
/// [`FiguresError::NotFound`] when there is no such figure or nothing has been released of that year.
pub fn released(
    query: &mut impl Query,
    key: &[u8; 32],
    code: &str,
    year: i16,
) -> Result<(Released, Meta), FiguresError> {
    let definition = dictionary::find(code).ok_or(FiguresError::NotFound)?;
    releases::newest(query, key, code, definition.version)?
        .into_iter()
        .find(|one| one.meta.year == year)
        .map(|one| (one.released, one.meta))
        .ok_or(FiguresError::NotFound)
}

impl From<FiguresError> for Failure {
    fn from(error: FiguresError) -> Self {
        match error {
            FiguresError::Store(error) => error.into(),
            FiguresError::NotFound => Self::NotFound,
            error => Self::internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Thresholds;

    #[test]
    fn whole_years_and_the_closed_part_of_the_running_one_are_wanted() {
        let today = Date::constant(2026, 11, 23);
        assert!(wanted(None, today, Thresholds::default()).is_empty());
        let first = Some(Date::constant(2024, 5, 2));
        let all = wanted(first, today, Thresholds::default());
        let of = |code: &str| -> Vec<(i16, Option<Date>, bool)> {
            all.iter()
                .filter(|one| one.definition.code == code)
                .map(|one| (one.period.year(), one.period.last_day(), one.areas))
                .collect()
        };
        assert_eq!(
            of("contacts"),
            [
                (2024, Some(Date::constant(2024, 12, 31)), true),
                (2025, Some(Date::constant(2025, 12, 31)), true),
                (2026, Some(Date::constant(2026, 9, 30)), false),
            ]
        );
        assert_eq!(
            of("plan-overdue"),
            [(2026, Some(Date::constant(2026, 9, 30)), false)]
        );
        let young = wanted(
            Some(Date::constant(2026, 1, 7)),
            today,
            Thresholds::default(),
        );
        assert!(
            young
                .iter()
                .all(|one| one.areas && one.period.year() == 2026)
        );
        let old = wanted(
            Some(Date::constant(2010, 1, 1)),
            today,
            Thresholds::default(),
        );
        assert_eq!(old.iter().map(|one| one.period.year()).min(), Some(2022));
        let sensitive = all.iter().filter(|one| one.definition.sensitive);
        assert!(sensitive.into_iter().all(|one| one.threshold == 10));
    }
}
