//! Pictures beside a phenomenon: where it has been seen, and what open statistics say of the same.

use std::collections::{BTreeMap, BTreeSet};

use charts::borders::Borders;
use charts::map::CountyMap;
use charts::{Heading, Id, Numbers, Picture, Scale, Value, Words};
use disclosure::sources::SourceRule;
use kernel::language::Language;
use kernel::place;
use web::{Failure, Texts};

use super::chart::sources;
use crate::store::beside::Beside;
use crate::store::pages::Behind;

fn words(t: &Texts) -> Words {
    Words {
        missing: t.get("phenomenon-chart-missing"),
        hidden: t.get("phenomenon-chart-hidden"),
    }
}

/// Municipalities whose number is not shown: those with too few behind them, and as many others, the smallest first, as are needed so
/// that what is left out together has enough behind it. Otherwise the sum of all would tell the one that is left out.
fn left_out<'a>(areas: &'a BTreeMap<String, Behind>, rule: &SourceRule) -> BTreeSet<&'a str> {
    let allowed = |one: &Behind| one.observations == 0 || rule.allows(sources(one));
    let mut out: BTreeSet<&str> = BTreeSet::new();
    let mut together = Behind::default();
    for (code, one) in areas.iter().filter(|(_, one)| !allowed(one)) {
        out.insert(code);
        together.join(one);
    }
    let mut shown: Vec<_> = areas
        .iter()
        .filter(|(code, one)| one.observations > 0 && !out.contains(code.as_str()))
        .collect();
    shown.sort_by_key(|(code, one)| (one.observations, code.as_str()));
    let mut shown = shown.into_iter();
    while !out.is_empty() && !allowed(&together) {
        let Some((code, one)) = shown.next() else {
            break;
        };
        out.insert(code);
        together.join(one);
    }
    out
}

/// Observations by municipality, within real borders where the county has imported them, otherwise as tiles; none while no
/// number may be shown.
///
/// # Errors
/// Never with municipalities of the county.
pub fn by_area(
    t: &Texts,
    areas: &BTreeMap<String, Behind>,
    county: &str,
    borders: Option<&Borders>,
) -> Result<Option<Picture>, Failure> {
    let out = left_out(areas, &SourceRule::default());
    let known: BTreeSet<&str> = place::municipalities_of(county)
        .iter()
        .map(|one| one.code)
        .collect();
    let mut values: BTreeMap<String, Value> = known
        .iter()
        .map(|code| ((*code).to_owned(), Value::Missing))
        .collect();
    let mut greatest = 0_u64;
    for (code, one) in areas
        .iter()
        .filter(|(code, _)| known.contains(code.as_str()))
    {
        let value = if out.contains(code.as_str()) {
            Value::Hidden
        } else {
            greatest = greatest.max(one.observations);
            // Counts of observations are far below 2^52.
            Value::Known(one.observations as f64)
        };
        values.insert(code.clone(), value);
    }
    if greatest == 0 {
        return Ok(None);
    }
    let step = (greatest as f64 / 3.0).ceil().max(1.0);
    let bounds = [1.0, 1.0 + step, 1.0 + 2.0 * step];
    let map = CountyMap {
        heading: Heading {
            id: Id::new("areas").map_err(Failure::internal)?,
            title: t.get("phenomenon-areas"),
            description: t.get("phenomenon-areas-words"),
        },
        county: county.to_owned(),
        values,
        scale: Scale::new(
            &bounds,
            Numbers::whole(t.language()),
            &t.with("phenomenon-and-over", &[("from", "{0}".into())]),
        )
        .map_err(Failure::internal)?,
        place_head: t.get("phenomenon-area-head"),
        value_head: t.get("phenomenon-chart-line"),
        words: Words {
            missing: t.get("phenomenon-no-observations-short"),
            ..words(t)
        },
    };
    // A file of borders that lacks the county leaves the tiles.
    let real = borders.and_then(|borders| map.borders(borders).ok());
    let picture = match real {
        Some(picture) => picture,
        None => map.tiles().map_err(Failure::internal)?,
    };
    Ok(Some(picture))
}

/// One indicator in a line: what the newest year says, how it changed, and the whole country beside.
pub struct Row {
    /// Its own page, with the picture of all years.
    pub href: String,
    pub name: String,
    pub newest: String,
    pub change: String,
    /// The whole country, and where it is from.
    pub about: String,
}

/// A line of an indicator; the county's figures, or the country's where the county has none.
pub fn row(t: &Texts, one: &Beside) -> Row {
    let numbers = Numbers::with_decimals(t.language(), one.indicator.decimals);
    let told = |(year, value): (&i16, &opendata::Figure)| {
        t.with(
            "phenomenon-figure",
            &[
                ("value", numbers.write(value.number()).into()),
                ("year", year.to_string().into()),
            ],
        )
    };
    let own = if one.county.is_empty() {
        &one.country
    } else {
        &one.county
    };
    let mut newest_first = own.iter().rev();
    let newest = newest_first.next();
    let change = newest.zip(newest_first.next()).map(|((_, new), (_, old))| {
        let change = new.number() - old.number();
        let sign = if change > 0.0 { "+" } else { "" };
        format!("{sign}{}", numbers.write(change))
    });
    let country = one
        .country
        .last_key_value()
        .filter(|_| !one.county.is_empty());
    let title = match t.language() {
        Language::Fi | Language::Easy => &one.indicator.title.fi,
        Language::Sv => &one.indicator.title.sv,
        Language::En => &one.indicator.title.en,
    };
    let title = if title.is_empty() {
        &one.indicator.title.fi
    } else {
        title
    };
    let spread = one.spread.as_ref().map(|one| {
        let ends = [&one.lowest, &one.highest].map(|end| numbers.write(end.number()));
        t.with(
            "phenomenon-figure",
            &[
                ("value", ends.join("–").into()),
                ("year", one.year.to_string().into()),
            ],
        )
    });
    Row {
        href: format!("/statistics/{}", one.id),
        name: title.clone(),
        newest: newest.map(told).or(spread).unwrap_or_default(),
        change: change.unwrap_or_default(),
        about: [
            country.map(|last| {
                t.with(
                    "phenomenon-country-figure",
                    &[("figure", told(last).into())],
                )
            }),
            one.spread
                .as_ref()
                .map(|one| t.with("phenomenon-spread", &[("count", one.municipalities.into())])),
            Some(one.attribution.clone()),
            Some(one.licence.clone()),
        ]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(". "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind(observations: u64, writers: u8, units: u8) -> Behind {
        let mut all = Behind::default();
        for at in 0..writers.max(units) {
            let source = |most: u8| Some([at.min(most.saturating_sub(1)); 16]);
            all.join(&Behind::of(0, source(writers), source(units)));
        }
        all.observations = observations;
        all
    }

    #[test]
    fn one_that_is_left_out_never_stands_alone() {
        let rule = SourceRule::default();
        for (areas, out) in [
            (vec![("179", behind(9, 4, 3))], vec![]),
            (
                vec![("179", behind(9, 4, 3)), ("182", behind(2, 1, 1))],
                vec!["179", "182"],
            ),
            (
                vec![
                    ("179", behind(9, 4, 3)),
                    ("182", behind(2, 1, 1)),
                    ("992", behind(5, 3, 2)),
                ],
                vec!["182", "992"],
            ),
            (vec![("182", behind(2, 1, 1))], vec!["182"]),
        ] {
            let areas: BTreeMap<String, Behind> = areas
                .into_iter()
                .map(|(code, one)| (code.to_owned(), one))
                .collect();
            let found: Vec<_> = left_out(&areas, &rule).into_iter().collect();
            assert_eq!(found, out);
        }
    }
}
