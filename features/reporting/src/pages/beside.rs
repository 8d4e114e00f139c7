//! Pictures beside a phenomenon: where it has been seen, and what open statistics say of the same.

use std::collections::{BTreeMap, BTreeSet};

use charts::map::CountyMap;
use charts::series::{At, Line, Series};
use charts::{Heading, Id, Numbers, Picture, Scale, Value, Words};
use disclosure::sources::SourceRule;
use kernel::language::Language;
use kernel::place;
use web::{Failure, Texts};

use super::chart::sources;
use crate::store::beside::Beside;
use crate::store::pages::Behind;

/// Years in a picture at most.
const YEARS: usize = 12;

/// A picture with what is said under it.
pub struct Figure {
    pub picture: Picture,
    /// Where it is from, with its licence.
    pub source: String,
    /// Its own page; empty for none.
    pub href: String,
}

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

/// Observations by municipality, as tiles; none while no number may be shown.
///
/// # Errors
/// Never with municipalities of the county.
pub fn by_area(
    t: &Texts,
    areas: &BTreeMap<String, Behind>,
    county: &str,
) -> Result<Option<Figure>, Failure> {
    let out = left_out(areas, &SourceRule::default());
    let known: BTreeSet<&str> = place::municipalities_of(county)
        .iter()
        .map(|one| one.code)
        .collect();
    let mut values: BTreeMap<String, Value> = known
        .iter()
        .map(|code| ((*code).to_owned(), Value::Known(0.0)))
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
        words: words(t),
    };
    Ok(Some(Figure {
        picture: map.tiles().map_err(Failure::internal)?,
        source: String::new(),
        href: String::new(),
    }))
}

/// One indicator over the years: the county and the country.
///
/// # Errors
/// Never with figures that were published.
pub fn indicator(t: &Texts, at: usize, one: &Beside, county_name: &str) -> Result<Figure, Failure> {
    let mut years: Vec<i16> = one
        .county
        .keys()
        .chain(one.country.keys())
        .copied()
        .collect();
    years.sort_unstable();
    years.dedup();
    let years = years.split_off(years.len().saturating_sub(YEARS));
    let line = |name: String, values: &BTreeMap<i16, opendata::Figure>| Line {
        name,
        values: years
            .iter()
            .map(|year| {
                let value = values.get(year);
                value.map_or(Value::Missing, |value| Value::Known(value.number()))
            })
            .collect(),
    };
    let mut lines = Vec::new();
    if !one.county.is_empty() {
        lines.push(line(county_name.to_owned(), &one.county));
    }
    if !one.country.is_empty() {
        lines.push(line(t.get("phenomenon-country"), &one.country));
    }
    let title = match t.language() {
        Language::Fi | Language::Easy => &one.indicator.title.fi,
        Language::Sv => &one.indicator.title.sv,
        Language::En => &one.indicator.title.en,
    };
    let title = [title, &one.indicator.title.fi]
        .into_iter()
        .find(|title| !title.is_empty())
        .cloned()
        .unwrap_or_default();
    let series = Series {
        heading: Heading {
            id: Id::new(&format!("indicator-{at}")).map_err(Failure::internal)?,
            description: newest(t, one, county_name, one.indicator.decimals),
            title,
        },
        times: years
            .iter()
            .map(|year| At {
                short: year.to_string(),
                long: year.to_string(),
            })
            .collect(),
        lines,
        band: Vec::new(),
        notes: Vec::new(),
        time_head: t.get("phenomenon-year"),
        numbers: Numbers::with_decimals(t.language(), one.indicator.decimals),
        words: words(t),
    };
    Ok(Figure {
        picture: series.draw().map_err(Failure::internal)?,
        source: t.with(
            "phenomenon-source",
            &[
                ("source", one.attribution.as_str().into()),
                ("licence", one.licence.as_str().into()),
            ],
        ),
        href: format!("/statistics/{}", one.id),
    })
}

/// What the newest year says, in words.
fn newest(t: &Texts, one: &Beside, county_name: &str, decimals: u8) -> String {
    let numbers = Numbers::with_decimals(t.language(), decimals);
    let say = |name: String, (year, value): (&i16, &opendata::Figure)| {
        format!("{name} {} ({year})", numbers.write(value.number()))
    };
    let own = one.county.last_key_value();
    let all = one.country.last_key_value();
    [
        own.map(|last| say(county_name.to_owned(), last)),
        all.map(|last| say(t.get("phenomenon-country"), last)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
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
