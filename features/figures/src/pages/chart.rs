//! Pictures of one figure: over time, small ones by municipality, and a map of tiles.

use std::collections::BTreeMap;

use charts::map::CountyMap;
use charts::multiples::{Multiples, any_known};
use charts::series::{At, Line, Series};
use charts::{Heading, Id, Numbers, Picture, Scale, Trouble, Value, Words};
use web::{Failure, Texts};

use super::{area_name, scaled, time_words};
use crate::definition::Measure;
use crate::layout::ALL;
use crate::view::{Told, View, Whose};

fn words(t: &Texts) -> Words {
    Words {
        missing: t.get("figures-missing"),
        hidden: t.get("figures-hidden"),
    }
}

fn numbers(t: &Texts, view: &View<'_>, rates: bool) -> Numbers {
    if rates && view.definition.per_head() {
        // Of a small county's rates for 1,000 one decimal would leave next to nothing.
        Numbers::with_decimals(t.language(), 2)
    } else if matches!(view.definition.measure, Measure::Share(_)) {
        Numbers::with_decimals(t.language(), 1)
    } else {
        Numbers::whole(t.language())
    }
}

/// The figure as the pictures over time show it: a share in percent, otherwise a count.
fn point(view: &View<'_>, told: &Told) -> Value {
    told.value(view.definition).map_or(Value::Hidden, |value| {
        Value::Known(scaled(view.definition, value))
    })
}

/// The figure as the pictures of municipalities show it: a rate where there is one.
fn rate(view: &View<'_>, told: &Told) -> Value {
    match view.definition.measure {
        Measure::Count => point(view, told),
        Measure::PerHead | Measure::Share(_) => told.rate.map_or(Value::Hidden, |rate| {
            Value::Known(scaled(view.definition, rate.value))
        }),
    }
}

fn heading(id: &str, title: String, description: String) -> Result<Heading, Failure> {
    Ok(Heading {
        id: Id::new(id).map_err(Failure::internal)?,
        title,
        description,
    })
}

/// What a picture tells, and that its counts are rounded when they are.
fn described(t: &Texts, view: &View<'_>, told: String) -> String {
    match view.base() {
        Some(base) => {
            let rounded = t.with("figures-caveat-rounded", &[("base", base.into())]);
            format!("{told} {rounded}")
        }
        None => told,
    }
}

/// What there is to be seen.
#[derive(Debug)]
pub enum Drawn {
    Picture(Picture),
    /// There are points, and none of them may be shown: axes without a line would say nothing.
    Hidden,
    /// Too few points for a picture.
    Nothing,
}

fn drawn(picture: Result<Picture, Trouble>) -> Result<Drawn, Failure> {
    picture.map(Drawn::Picture).map_err(Failure::internal)
}

/// Why there is no picture of these: all of several are hidden, or they are too few. Where nobody was counted nothing is hidden.
fn undrawn<'a>(told: impl Iterator<Item = &'a Told>) -> Drawn {
    let (mut all, mut hidden) = (0, 0);
    for one in told {
        all += 1;
        hidden += usize::from(one.count.is_none());
    }
    if all > 1 && all == hidden {
        Drawn::Hidden
    } else {
        Drawn::Nothing
    }
}

/// The county within the year of the release.
///
/// # Errors
/// Never with what a release holds.
pub fn within(t: &Texts, view: &View<'_>, title: &str) -> Result<Drawn, Failure> {
    let times = view.times();
    let values: Vec<Value> = times.iter().map(|(_, told)| point(view, told)).collect();
    if times.len() < 2 || !values.iter().any(|value| value.known().is_some()) {
        return Ok(undrawn(times.iter().map(|(_, told)| told)));
    }
    let year = view.release.meta.year;
    let month = view.release.meta.layout.by_month();
    let half = view
        .release
        .meta
        .layout
        .times
        .iter()
        .any(|time| time.starts_with('h'));
    let head = t.get(match (month, half) {
        (true, _) => "figures-head-month",
        (false, true) => "figures-head-half",
        (false, false) => "figures-head-quarter",
    });
    let hidden = values
        .iter()
        .filter(|value| value.known().is_none())
        .count();
    let series = Series {
        heading: heading(
            "within",
            title.to_owned(),
            described(
                t,
                view,
                t.with(
                    "figures-chart-within",
                    &[("year", year.to_string().into()), ("hidden", hidden.into())],
                ),
            ),
        )?,
        times: times
            .iter()
            .map(|(time, _)| {
                let (short, long) = time_words(t, year, time);
                At { short, long }
            })
            .collect(),
        lines: vec![Line {
            name: view.definition.title.of(t.language()).to_owned(),
            values,
        }],
        band: Vec::new(),
        notes: Vec::new(),
        time_head: head,
        numbers: numbers(t, view, false),
        words: words(t),
    };
    drawn(series.draw())
}

/// The county, or one municipality of it, over years, with how far chance alone reaches.
///
/// # Errors
/// As [`within`].
pub fn years(t: &Texts, views: &[View<'_>], area: &str, title: &str) -> Result<Drawn, Failure> {
    let mut comparable: Vec<&View<'_>> = views.iter().filter(|view| view.is_comparable()).collect();
    comparable.sort_by_key(|view| view.release.meta.year);
    let told: Vec<Option<Told>> = comparable.iter().map(|view| of_area(view, area)).collect();
    let values: Vec<Value> = comparable
        .iter()
        .zip(&told)
        .map(|(view, told)| {
            told.as_ref()
                .map_or(Value::Missing, |told| rate(view, told))
        })
        .collect();
    let Some(first) = comparable.first().filter(|_| {
        values
            .iter()
            .filter(|value| value.known().is_some())
            .count()
            > 1
    }) else {
        return Ok(undrawn(told.iter().flatten()));
    };
    let band: Vec<Option<(f64, f64)>> = comparable
        .iter()
        .zip(&told)
        .map(|(view, told)| {
            let rate = told.as_ref()?.rate?;
            Some((
                scaled(view.definition, rate.low),
                scaled(view.definition, rate.high),
            ))
        })
        .collect();
    // A plain count has no interval: the words must not speak of one.
    let words_of = if band.iter().any(Option::is_some) {
        "figures-chart-years"
    } else {
        "figures-chart-years-counts"
    };
    let series = Series {
        heading: heading("years", title.to_owned(), t.get(words_of))?,
        times: comparable
            .iter()
            .map(|view| At {
                short: view.release.meta.year.to_string(),
                long: view.release.meta.year.to_string(),
            })
            .collect(),
        lines: vec![Line {
            name: first.definition.title.of(t.language()).to_owned(),
            values,
        }],
        band,
        notes: Vec::new(),
        time_head: t.get("figures-head-year"),
        numbers: numbers(t, first, true),
        words: words(t),
    };
    drawn(series.draw())
}

fn of_area(view: &View<'_>, area: &str) -> Option<Told> {
    if area.is_empty() {
        return Some(view.county(ALL));
    }
    view.areas()
        .into_iter()
        .find(|told| told.whose == Whose::Municipality(area.to_owned()))
}

/// Every municipality over years, the same picture on one scale. Municipalities of which no year is told are left out.
///
/// # Errors
/// As [`within`].
pub fn small(t: &Texts, views: &[View<'_>], title: &str) -> Result<Drawn, Failure> {
    let mut told: Vec<&View<'_>> = views
        .iter()
        .filter(|view| view.is_comparable() && !view.release.meta.layout.areas.is_empty())
        .collect();
    told.sort_by_key(|view| view.release.meta.year);
    let Some(newest) = told.last().filter(|_| told.len() > 1) else {
        return Ok(Drawn::Nothing);
    };
    let mut panels: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (index, view) in told.iter().enumerate() {
        for one in view.areas() {
            if let Whose::Municipality(code) = &one.whose {
                let values = panels
                    .entry(code.clone())
                    .or_insert_with(|| vec![Value::Hidden; told.len()]);
                values[index] = rate(view, &one);
            }
        }
    }
    let mut panels: Vec<Line> = panels
        .into_iter()
        .map(|(code, values)| Line {
            name: area_name(t, &code),
            values,
        })
        .filter(|line| any_known(std::slice::from_ref(line)))
        .collect();
    panels.sort_by(|one, other| one.name.cmp(&other.name));
    panels.truncate(charts::multiples::MOST_PANELS);
    if panels.is_empty() {
        // The map says already that everything is hidden.
        return Ok(Drawn::Nothing);
    }
    let multiples = Multiples {
        heading: heading("small", title.to_owned(), t.get("figures-chart-small"))?,
        times: told
            .iter()
            .map(|view| At {
                short: view.release.meta.year.to_string(),
                long: view.release.meta.year.to_string(),
            })
            .collect(),
        panels,
        panel_head: t.get("figures-head-area"),
        numbers: numbers(t, newest, true),
        words: words(t),
    };
    drawn(multiples.draw())
}

/// A map of the municipalities' rates. A municipality that is told with others is kept back as a hidden one.
///
/// # Errors
/// As [`within`].
pub fn map(
    t: &Texts,
    view: &View<'_>,
    county: &str,
    title: &str,
    value_head: &str,
) -> Result<Drawn, Failure> {
    let mut values: BTreeMap<String, Value> = kernel::place::municipalities_of(county)
        .iter()
        .map(|one| (one.code.to_owned(), Value::Hidden))
        .collect();
    let mut known = Vec::new();
    let areas = view.areas();
    for told in &areas {
        if let Whose::Municipality(code) = &told.whose {
            let value = rate(view, told);
            known.extend(value.known());
            values.insert(code.clone(), value);
        }
    }
    let Some(bounds) = bounds(&known) else {
        let alone = areas.iter().filter(|told| told.whose != Whose::Others);
        return Ok(undrawn(alone));
    };
    let and_over = charts_words(t);
    let scale =
        Scale::new(&bounds, numbers(t, view, true), &and_over).map_err(Failure::internal)?;
    let map = CountyMap {
        heading: heading(
            "map",
            title.to_owned(),
            described(
                t,
                view,
                t.with("figures-chart-map", &[("count", known.len().into())]),
            ),
        )?,
        county: county.to_owned(),
        values,
        scale,
        place_head: t.get("figures-head-area"),
        value_head: value_head.to_owned(),
        words: words(t),
    };
    drawn(map.tiles())
}

fn charts_words(t: &Texts) -> String {
    t.with("figures-and-over", &[("from", "{0}".into())])
}

/// Four classes of like width over what is known, on whole tenths, or hundredths under one; fewer when the figures are near each other.
/// None for one figure.
fn bounds(known: &[f64]) -> Option<Vec<f64>> {
    let low = known.iter().copied().reduce(f64::min)?;
    let high = known.iter().copied().reduce(f64::max)?;
    if known.len() < 2 {
        return None;
    }
    let unit = if high < 1.0 { 100.0 } else { 10.0 };
    let step = ((high - low) / 4.0 * unit).ceil() / unit;
    let first = (low * unit).floor() / unit;
    if step <= 0.0 {
        return Some(vec![first]);
    }
    let even = |value: f64| (value * unit).round() / unit;
    let all: Vec<f64> = (0..4)
        .map(|class| even(first + step * f64::from(class)))
        .collect();
    Some(all.into_iter().filter(|bound| *bound <= high).collect())
}

#[cfg(test)]
mod tests {
    use super::{Drawn, Told, Whose, bounds, undrawn};

    #[test]
    fn a_picture_of_nothing_but_hidden_points_is_told_in_words() {
        let told = |count: Option<u64>| Told {
            whose: Whose::County,
            count,
            part: None,
            rate: None,
            standardised: None,
            people: None,
            against: None,
            base: None,
        };
        for (counts, hidden) in [
            (&[None, None, None][..], true),
            (&[None, Some(0)], false),
            (&[None], false),
            (&[], false),
        ] {
            let all: Vec<Told> = counts.iter().copied().map(told).collect();
            let said = matches!(undrawn(all.iter()), Drawn::Hidden);
            assert_eq!(said, hidden, "{counts:?}");
        }
    }

    #[test]
    fn classes_rise_and_hold_every_figure() {
        assert_eq!(bounds(&[]), None);
        assert_eq!(bounds(&[3.0]), None);
        assert_eq!(bounds(&[3.0, 3.0]), Some(vec![3.0]));
        assert_eq!(bounds(&[1.0, 5.0]), Some(vec![1.0, 2.0, 3.0, 4.0]));
        assert_eq!(bounds(&[0.23, 0.41]), Some(vec![0.23, 0.28, 0.33, 0.38]));
        assert_eq!(bounds(&[1.23, 1.41]), Some(vec![1.2, 1.3, 1.4]));
    }
}
