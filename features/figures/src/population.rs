//! How many live where: the denominator of rates.
//!
//! Open statistics of the house itself come first (Sotkanet 127), then the file of this room. Ages come from open statistics
//! alone: there is no open file of them in the house.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use kernel::place;
use opendata::Gender;
use opendata::region::MUNICIPALITY;
use statistics::domain::Source;
use statistics::merges::parts;
use statistics::store as open;
use store::{Query, StoreError};

use crate::ages::adults;

/// Sotkanet's indicator of the population 31.12.
const INDICATOR: &str = "127";

/// The indicator that has the population of an age band: of a file, or of the county's questions to StatFin.
pub fn age_indicator(band: &str) -> String {
    format!("population-{band}")
}

type ByYear = BTreeMap<(String, i16), u64>;

/// The file of this room: by municipality and year.
fn file() -> &'static ByYear {
    static FILE: OnceLock<ByYear> = OnceLock::new();
    FILE.get_or_init(|| {
        include_str!("../data/population.csv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split(',');
                let (code, year, people) = (cells.next()?, cells.next()?, cells.next()?);
                Some(((code.to_owned(), year.parse().ok()?), people.parse().ok()?))
            })
            .collect()
    })
}

/// Populations of one county's municipalities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Populations {
    municipalities: Vec<&'static str>,
    all: ByYear,
    ages: BTreeMap<&'static str, ByYear>,
}

/// A number of inhabitants and the year it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inhabitants {
    pub people: u64,
    pub year: i16,
}

impl Populations {
    /// Those that the house knows. A fixed number of statements.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn read(query: &mut impl Query, county: &str) -> Result<Self, StoreError> {
        let municipalities: Vec<&'static str> = place::municipalities_of(county)
            .iter()
            .map(|one| one.code)
            .collect();
        let mut codes = municipalities.clone();
        codes.extend(municipalities.iter().flat_map(|code| parts(code, i16::MIN)));
        let known = open::list(query)?;
        let mut found = Self {
            all: file()
                .iter()
                .filter(|((code, _), _)| codes.contains(&code.as_str()))
                .map(|(place, people)| (place.clone(), *people))
                .collect(),
            municipalities,
            ages: BTreeMap::new(),
        };
        let id_of = |source: Source, code: &str| {
            let same =
                |one: &&open::Known| one.indicator.source == source && one.indicator.code == code;
            known.iter().find(same).map(|one| one.id)
        };
        if let Some(id) = id_of(Source::Sotkanet, INDICATOR) {
            read_points(query, id, &codes, &mut found.all)?;
        }
        for band in adults() {
            let mut by_year = ByYear::new();
            // What was fetched counts before a file.
            for source in [Source::File, Source::Statfin] {
                if let Some(id) = id_of(source, &age_indicator(band.code)) {
                    read_points(query, id, &codes, &mut by_year)?;
                }
            }
            if !by_year.is_empty() {
                found.ages.insert(band.code, by_year);
            }
        }
        Ok(found)
    }

    /// The newest year, not after this one, of which every municipality is known.
    fn year_of(&self, values: &ByYear, year: i16) -> Option<i16> {
        let mut years: Vec<i16> = values
            .keys()
            .map(|(_, year)| *year)
            .filter(|one| *one <= year)
            .collect();
        years.sort_unstable();
        years.dedup();
        years.into_iter().rev().find(|year| {
            self.municipalities
                .iter()
                .all(|code| of_one(values, code, *year).is_some())
        })
    }

    fn sum(&self, values: &ByYear, codes: &[&str], year: i16) -> Option<Inhabitants> {
        let year = self.year_of(values, year)?;
        let people = codes
            .iter()
            .map(|code| of_one(values, code, year))
            .sum::<Option<u64>>()?;
        Some(Inhabitants { people, year })
    }

    /// Inhabitants of these municipalities, of the county when there are none.
    pub fn people(&self, codes: &[&str], year: i16) -> Option<Inhabitants> {
        let codes = if codes.is_empty() {
            &self.municipalities
        } else {
            codes
        };
        self.sum(&self.all, codes, year)
    }

    /// The same of an age band; none until ages have been imported.
    pub fn people_of_age(&self, band: &str, codes: &[&str], year: i16) -> Option<Inhabitants> {
        let codes = if codes.is_empty() {
            &self.municipalities
        } else {
            codes
        };
        self.sum(self.ages.get(band)?, codes, year)
    }

    /// Whether every adult band is known of some year.
    pub fn knows_ages(&self) -> bool {
        adults().all(|band| self.people_of_age(band.code, &[], i16::MAX).is_some())
    }
}

/// A municipality as it is today: with those that have become part of it since.
fn of_one(values: &ByYear, code: &str, year: i16) -> Option<u64> {
    let own = values.get(&(code.to_owned(), year))?;
    let joined: u64 = parts(code, year)
        .into_iter()
        .filter_map(|part| values.get(&(part.to_owned(), year)))
        .sum();
    Some(own + joined)
}

fn read_points(
    query: &mut impl Query,
    id: statistics::domain::IndicatorId,
    codes: &[&str],
    into: &mut ByYear,
) -> Result<(), StoreError> {
    for point in open::points(query, id, MUNICIPALITY, codes, Gender::Total)? {
        // A count of people; figures of a file may be written with a decimal point.
        let text = point.absolute.as_ref().unwrap_or(&point.value).text();
        let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
        if let Ok(people) = whole.parse() {
            into.insert((point.place.code.clone(), point.year), people);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_knows_every_municipality_of_every_county() {
        for county in ["01", "15", "19", "21"] {
            let municipalities = place::municipalities_of(county);
            let codes: Vec<&'static str> = municipalities.iter().map(|one| one.code).collect();
            let all = Populations {
                all: file().clone(),
                municipalities: codes,
                ages: BTreeMap::new(),
            };
            let people = all.people(&[], 2026);
            assert_eq!(people.map(|one| one.year), Some(2022), "{county}");
        }
        // Keski-Suomi 31.12.2022.
        let all = Populations {
            all: file().clone(),
            municipalities: place::municipalities_of("15")
                .iter()
                .map(|one| one.code)
                .collect(),
            ages: BTreeMap::new(),
        };
        assert_eq!(
            all.people(&["179"], 2022).map(|one| one.people),
            Some(145_887)
        );
        assert_eq!(all.people(&[], 2014), None);
        assert!(!all.knows_ages());
    }
}
