//! Open statistics that stand beside a phenomenon: the indicators of its themes, the county and the whole country.

use std::collections::BTreeMap;

use opendata::Gender;
use opendata::region::{COUNTRY, COUNTY};
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
    /// How the source is to be named, and under which licence.
    pub attribution: String,
    pub licence: String,
}

/// The indicators of these themes that the county has values of, in the order of the themes. Four statements for each at most.
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
    if own.is_empty() && country.is_empty() {
        return Ok(None);
    }
    let newest = open::releases(query, indicator.id)?.into_iter().next();
    let (attribution, licence) = newest
        .map(|(_, one)| (one.attribution, one.licence))
        .unwrap_or_default();
    Ok(Some(Beside {
        id: indicator.id.to_string(),
        indicator: indicator.indicator,
        county: own,
        country,
        attribution,
        licence,
    }))
}
