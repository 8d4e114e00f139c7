//! Open statistics that stand beside a phenomenon: the indicators of its themes, the county and the whole country.

use std::collections::BTreeMap;

use kernel::place;
use opendata::Gender;
use opendata::region::{COUNTRY, COUNTY, MUNICIPALITY};
use statistics::domain::{Indicator, Source};
use statistics::store as open;
use store::{Query, StoreError};

use crate::domain::{Theme, Themes};

/// Indicators beside a phenomenon at most: a reader compares a few.
pub const MOST: usize = 3;

/// One indicator beside a phenomenon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    pub indicator: Indicator,
    /// The address of its own page ends with this.
    pub id: String,
    /// By year; values as they were published.
    pub county: BTreeMap<i16, opendata::Figure>,
    pub country: BTreeMap<i16, opendata::Figure>,
    /// Where neither is published: the municipalities of the county in the newest year.
    pub spread: Option<Spread>,
    /// How the source is to be named, and under which licence.
    pub attribution: String,
    pub licence: String,
}

/// From the lowest to the highest municipality of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    pub year: i16,
    pub lowest: opendata::Figure,
    pub highest: opendata::Figure,
    pub municipalities: usize,
}

fn spread(
    query: &mut impl Query,
    indicator: statistics::domain::IndicatorId,
    county: &str,
) -> Result<Option<Spread>, StoreError> {
    let codes: Vec<&str> = place::municipalities_of(county)
        .iter()
        .map(|one| one.code)
        .collect();
    let points = open::points(query, indicator, MUNICIPALITY, &codes, Gender::Total)?;
    let year = points.iter().map(|one| one.year).max();
    let mut values: Vec<_> = points
        .into_iter()
        .filter(|one| Some(one.year) == year)
        .map(|one| one.value)
        .collect();
    values.sort_by(|one, other| one.number().total_cmp(&other.number()));
    let ends = values.first().zip(values.last());
    Ok(year.zip(ends).map(|(year, (lowest, highest))| Spread {
        year,
        lowest: lowest.clone(),
        highest: highest.clone(),
        municipalities: values.len(),
    }))
}

/// The indicators of these themes that the county has values of, in the order of the themes. Five statements for each at most.
///
/// # Errors
/// When the engine fails.
pub fn of(
    query: &mut impl Query,
    known: &Themes,
    themes: &[Theme],
    county: &str,
) -> Result<Vec<Beside>, StoreError> {
    let mut codes: Vec<&str> = Vec::new();
    for one in themes.iter().filter_map(|theme| known.get(theme)) {
        for code in one.indicators.iter().map(String::as_str) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    let mut found = Vec::new();
    for code in codes.into_iter().take(2 * MOST) {
        if found.len() == MOST {
            break;
        }
        found.extend(one(query, code, county)?);
    }
    Ok(found)
}

fn one(query: &mut impl Query, code: &str, county: &str) -> Result<Option<Beside>, StoreError> {
    let Some(indicator) = open::find_code(query, Source::Sotkanet, code)? else {
        return Ok(None);
    };
    let mut years = |category: &str, codes: &[&str]| {
        let points = open::points(query, indicator.id, category, codes, Gender::Total)?;
        let values = points.into_iter().map(|one| (one.year, one.value));
        Ok::<BTreeMap<_, _>, StoreError>(values.collect())
    };
    let (own, country) = (years(COUNTY, &[county])?, years(COUNTRY, &[])?);
    let spread = if own.is_empty() && country.is_empty() {
        let spread = spread(query, indicator.id, county)?;
        if spread.is_none() {
            return Ok(None);
        }
        spread
    } else {
        None
    };
    let newest = open::releases(query, indicator.id)?.into_iter().next();
    let (attribution, licence) = newest
        .map(|(_, one)| (one.attribution, one.licence))
        .unwrap_or_default();
    Ok(Some(Beside {
        id: indicator.id.to_string(),
        indicator: indicator.indicator,
        county: own,
        country,
        spread,
        attribution,
        licence,
    }))
}
