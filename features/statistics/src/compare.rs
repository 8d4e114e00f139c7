//! A county beside the country and its own municipalities: the table of one indicator.
//!
//! Values of municipalities are given in the division of today ([`crate::merges`]); what could not be joined is marked, and
//! never guessed.

use std::collections::{BTreeMap, BTreeSet};

use kernel::place;
use kernel::time::Date;
use opendata::region::{COUNTRY, COUNTY, MUNICIPALITY};
use opendata::{Figure, Gender};
use store::{Query, StoreError};

use crate::domain::{IndicatorId, Release, ReleaseId};
use crate::merges::{Joined, joined, parts};
use crate::store::{self as own, Known, Point};

/// Newest years that a table shows.
pub const YEARS: usize = 6;

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Value(Figure),
    /// The sum of the municipalities that this one is made of.
    Sum(Figure),
    /// The municipality before others became part of it.
    Before(Figure),
    /// The municipalities of that year cannot be added up.
    NotComparable,
    None,
}

/// Whose row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Country,
    County,
    Municipality(&'static str),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub whose: Whose,
    /// One for each year of the table.
    pub cells: Vec<Cell>,
}

/// The table of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub known: Known,
    pub gender: Gender,
    /// The genders there are values of.
    pub genders: Vec<Gender>,
    /// The years shown, the oldest first.
    pub years: Vec<i16>,
    /// The country, the county and its municipalities by name; rows without any value are left out.
    pub lines: Vec<Line>,
    /// The county and the country over all years, those that have figures.
    pub over_time: Vec<OverTime>,
    /// The municipalities likewise, in the division of today: what cannot be compared is left out.
    pub by_municipality: Vec<OverTime>,
    /// What was published with the values shown, the newest first: units and producers may have changed between years.
    pub releases: Vec<Release>,
    /// The latest day on which a value shown was fetched.
    pub fetched_on: Option<Date>,
    /// Some value shown has replaced an earlier one.
    pub corrected: bool,
}

impl Comparison {
    /// Whether a mark of the cells is used, so that the page explains it.
    pub fn uses(&self, mark: fn(&Cell) -> bool) -> bool {
        self.lines.iter().flat_map(|line| &line.cells).any(mark)
    }
}

/// The table of an indicator for a county; none when there is no such indicator. Six statements, however many rows.
///
/// # Errors
/// When the engine fails.
pub fn compare(
    query: &mut impl Query,
    id: IndicatorId,
    county: &str,
    gender: Gender,
) -> Result<Option<Comparison>, StoreError> {
    let Some(known) = own::find(query, id)? else {
        return Ok(None);
    };
    let municipalities = place::municipalities_of(county);
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    for one in &municipalities {
        codes.insert(one.code);
        codes.extend(parts(one.code, i16::MIN));
    }
    let codes: Vec<&str> = codes.into_iter().collect();
    let country = own::points(query, id, COUNTRY, &[], gender)?;
    let own_county = own::points(query, id, COUNTY, &[county], gender)?;
    let parts_of = own::points(query, id, MUNICIPALITY, &codes, gender)?;
    let genders = own::genders(query, id)?;
    let released = own::releases(query, id)?;

    let all: Vec<&Point> = country.iter().chain(&own_county).chain(&parts_of).collect();
    let years = newest_years(&all);
    let shown: Vec<&Point> = all
        .into_iter()
        .filter(|one| years.contains(&one.year))
        .collect();
    let mut lines = Vec::new();
    for (whose, points) in [(Whose::Country, &country), (Whose::County, &own_county)] {
        let by_year: BTreeMap<i16, &Figure> =
            points.iter().map(|one| (one.year, &one.value)).collect();
        let cell = |year: &i16| {
            by_year
                .get(year)
                .map_or(Cell::None, |value| Cell::Value((*value).clone()))
        };
        lines.push(Line {
            whose,
            cells: years.iter().map(cell).collect(),
        });
    }
    let by_cell: BTreeMap<(&str, i16), &Figure> = parts_of
        .iter()
        .map(|one| ((one.place.code.as_str(), one.year), &one.value))
        .collect();
    let told_apart: BTreeSet<&str> = parts_of.iter().map(|one| one.place.code.as_str()).collect();
    let every_year: BTreeSet<i16> = parts_of.iter().map(|one| one.year).collect();
    let mut by_municipality = Vec::new();
    for one in municipalities {
        let cell = |year: &i16| {
            let later = parts(one.code, *year)
                .into_iter()
                .filter(|part| told_apart.contains(part));
            municipal(&by_cell, one.code, later, *year, known.indicator.additive)
        };
        let comparable = every_year.iter().filter_map(|year| match cell(year) {
            Cell::Value(figure) | Cell::Sum(figure) => Some((*year, figure)),
            Cell::Before(_) | Cell::NotComparable | Cell::None => None,
        });
        let values: BTreeMap<i16, Figure> = comparable.collect();
        if !values.is_empty() {
            by_municipality.push((Whose::Municipality(one.code), values));
        }
        lines.push(Line {
            whose: Whose::Municipality(one.code),
            cells: years.iter().map(cell).collect(),
        });
    }
    lines.retain(|line| line.cells.iter().any(|cell| *cell != Cell::None));
    Ok(Some(Comparison {
        over_time: [(Whose::County, &own_county), (Whose::Country, &country)]
            .into_iter()
            .filter_map(|(whose, points)| over_time(whose, points))
            .collect(),
        by_municipality,
        gender,
        genders,
        lines,
        releases: beside(&shown, released),
        fetched_on: shown.iter().map(|one| one.fetched_on).max(),
        corrected: shown.iter().any(|one| one.version > 1),
        years,
        known,
    }))
}

/// Figures of an area over all years.
pub type OverTime = (Whose, BTreeMap<i16, Figure>);

fn over_time(whose: Whose, points: &[Point]) -> Option<OverTime> {
    let values: BTreeMap<i16, Figure> = points
        .iter()
        .map(|one| (one.year, one.value.clone()))
        .collect();
    (!values.is_empty()).then_some((whose, values))
}

fn newest_years(points: &[&Point]) -> Vec<i16> {
    let years: BTreeSet<i16> = points.iter().map(|one| one.year).collect();
    let skip = years.len().saturating_sub(YEARS);
    years.into_iter().skip(skip).collect()
}

fn municipal<'a>(
    values: &BTreeMap<(&str, i16), &Figure>,
    code: &str,
    later: impl Iterator<Item = &'a str>,
    year: i16,
    additive: bool,
) -> Cell {
    let value = |code: &str| values.get(&(code, year)).copied();
    let later: Vec<Option<&Figure>> = later.map(value).collect();
    match joined(value(code), &later, additive) {
        Joined::AsIs(figure) => Cell::Value(figure),
        Joined::Sum(figure) => Cell::Sum(figure),
        Joined::Before(figure) => Cell::Before(figure),
        Joined::Incomplete => Cell::NotComparable,
        Joined::None => Cell::None,
    }
}

/// The releases that the values shown name, in their order, the same words once.
fn beside(shown: &[&Point], released: Vec<(ReleaseId, Release)>) -> Vec<Release> {
    let named: BTreeSet<ReleaseId> = shown.iter().map(|one| one.release).collect();
    let mut kept: Vec<Release> = Vec::new();
    for (id, release) in released {
        if named.contains(&id) && !kept.contains(&release) {
            kept.push(release);
        }
    }
    kept
}
