//! Pictures of one indicator: all its years as lines, and the newest year on the map of the county.

use std::collections::{BTreeMap, BTreeSet};

use charts::map::CountyMap;
use charts::multiples::Multiples;
use charts::series::{At, Line, Series};
use charts::{Heading, Id, Numbers, Picture, Scale, Trouble, Value, Words};
use opendata::Figure;
use web::{Failure, Texts};

use crate::borders::Drawn;
use crate::compare::{Cell, Comparison, OverTime, Whose};

/// Classes of a map.
const CLASSES: usize = 4;

fn numbers(t: &Texts, table: &Comparison) -> Numbers {
    Numbers::with_decimals(t.language(), table.known.indicator.decimals)
}

fn words(t: &Texts) -> Words {
    Words {
        missing: t.get("statistics-missing"),
        // Open figures are published as they are; nothing of them is kept back here.
        hidden: t.get("statistics-missing"),
    }
}

fn known(figure: Option<&Figure>) -> Value {
    figure.map_or(Value::Missing, |figure| Value::Known(figure.number()))
}

/// Years from the first to the last that any of them has: those without a figure are gaps.
fn years(lines: &[OverTime]) -> Vec<i16> {
    let all: BTreeSet<i16> = lines
        .iter()
        .flat_map(|(_, values)| values.keys().copied())
        .collect();
    match (all.first(), all.last()) {
        (Some(first), Some(last)) if first < last => (*first..=*last).collect(),
        _ => Vec::new(),
    }
}

fn times(years: &[i16]) -> Vec<At> {
    let at = |year: &i16| At {
        short: year.to_string(),
        long: year.to_string(),
    };
    years.iter().map(at).collect()
}

fn lines(of: &[OverTime], years: &[i16], names: &dyn Fn(Whose) -> String) -> Vec<Line> {
    let line = |(whose, values): &OverTime| Line {
        name: names(*whose),
        values: years.iter().map(|year| known(values.get(year))).collect(),
    };
    of.iter().map(line).collect()
}

fn heading(
    t: &Texts,
    id: &'static str,
    title: String,
    words: &str,
    years: &[i16],
) -> Result<Heading, Failure> {
    let year = |at: Option<&i16>| at.map(i16::to_string).unwrap_or_default();
    Ok(Heading {
        id: Id::new(id).map_err(Failure::internal)?,
        title,
        description: t.with(
            words,
            &[
                ("from", year(years.first()).into()),
                ("to", year(years.last()).into()),
            ],
        ),
    })
}

/// So many times the county's figures the country's may be beside them.
const MOST_TIMES: f64 = 10.0;

/// The lines that can be read on one axis. Of counts the country has so many more that the county would be a flat line on the
/// bottom: then it is drawn alone, and the country stays in the table.
fn on_one_scale(lines: &[OverTime]) -> Vec<OverTime> {
    let highest = |line: &OverTime| {
        line.1
            .values()
            .map(|one| one.number().abs())
            .fold(0.0, f64::max)
    };
    let own = lines
        .iter()
        .find(|(whose, _)| *whose == Whose::County)
        .map_or(0.0, highest);
    lines
        .iter()
        .filter(|line| own <= 0.0 || highest(line) <= own * MOST_TIMES)
        .cloned()
        .collect()
}

/// The county and the country over all years; none with fewer than two of them.
///
/// # Errors
/// Never with figures of a source.
pub fn over_time(
    t: &Texts,
    title: &str,
    table: &Comparison,
    names: &dyn Fn(Whose) -> String,
) -> Result<Option<Picture>, Failure> {
    let shown = on_one_scale(&table.over_time);
    let years = years(&shown);
    if years.is_empty() {
        return Ok(None);
    }
    let words_of = if shown.len() == table.over_time.len() {
        "statistics-years-words"
    } else {
        "statistics-years-own-words"
    };
    let series = Series {
        heading: heading(t, "years", title.to_owned(), words_of, &years)?,
        times: times(&years),
        lines: lines(&shown, &years, names),
        band: Vec::new(),
        notes: Vec::new(),
        time_head: t.get("statistics-year"),
        numbers: numbers(t, table),
        words: words(t),
    };
    drawn(series.draw())
}

/// Each municipality over all years, small and on one scale; none with fewer than two years.
///
/// # Errors
/// Never with municipalities of the county.
pub fn by_municipality(
    t: &Texts,
    title: &str,
    table: &Comparison,
    names: &dyn Fn(Whose) -> String,
) -> Result<Option<Picture>, Failure> {
    let years = years(&table.by_municipality);
    if years.is_empty() {
        return Ok(None);
    }
    let multiples = Multiples {
        heading: heading(t, "each", title.to_owned(), "statistics-each-words", &years)?,
        times: times(&years),
        panels: lines(&table.by_municipality, &years, names),
        panel_head: t.get("statistics-area"),
        numbers: numbers(t, table),
        words: words(t),
    };
    drawn(multiples.draw())
}

/// The newest year that most municipalities have, on the county's map; none with fewer than two of them.
///
/// # Errors
/// Never with municipalities of the county.
pub fn on_map(
    t: &Texts,
    title: &str,
    table: &Comparison,
    county: &str,
    borders: Option<&Drawn>,
) -> Result<Option<(String, Picture)>, Failure> {
    let newest = (0..table.years.len()).rev().find_map(|at| {
        let values: BTreeMap<String, Value> = table
            .lines
            .iter()
            .filter_map(|line| match (line.whose, &line.cells[at]) {
                (
                    Whose::Municipality(code),
                    Cell::Value(figure) | Cell::Sum(figure) | Cell::Before(figure),
                ) => Some((code.to_owned(), Value::Known(figure.number()))),
                _ => None,
            })
            .collect();
        (values.len() >= 2).then(|| (table.years[at], values))
    });
    let Some((year, values)) = newest else {
        return Ok(None);
    };
    let Some(bounds) = bounds(&values) else {
        return Ok(None);
    };
    let numbers = numbers(t, table);
    let year = year.to_string();
    let map = CountyMap {
        heading: Heading {
            id: Id::new("map").map_err(Failure::internal)?,
            title: format!("{title}, {year}"),
            description: t.with("statistics-map-words", &[("year", year.as_str().into())]),
        },
        county: county.to_owned(),
        values,
        scale: Scale::new(
            &bounds,
            numbers,
            &t.with("statistics-and-over", &[("from", "{0}".into())]),
        )
        .map_err(Failure::internal)?,
        place_head: t.get("statistics-area"),
        value_head: year.clone(),
        words: words(t),
    };
    // A file of borders that lacks the county leaves the tiles.
    let real = borders.and_then(|one| map.borders(&one.borders).ok());
    let picture = match real {
        Some(picture) => Some(picture),
        None => drawn(map.tiles())?,
    };
    Ok(picture.map(|picture| (year, picture)))
}

/// Where the classes begin: as many municipalities in each as can be, and no class twice.
fn bounds(values: &BTreeMap<String, Value>) -> Option<Vec<f64>> {
    let mut all: Vec<f64> = values.values().filter_map(|value| value.known()).collect();
    all.sort_by(f64::total_cmp);
    let mut bounds: Vec<f64> = (0..CLASSES)
        .filter_map(|class| all.get(class * all.len() / CLASSES).copied())
        .collect();
    bounds.dedup();
    (!bounds.is_empty()).then_some(bounds)
}

/// A picture that the room of charts will not draw (a figure too great for an axis) is left out: its table is on the page.
fn drawn(picture: Result<Picture, Trouble>) -> Result<Option<Picture>, Failure> {
    match picture {
        Ok(picture) => Ok(Some(picture)),
        Err(Trouble::Number) => Ok(None),
        Err(trouble) => Err(Failure::internal(trouble)),
    }
}
