//! Observations of a phenomenon by month, as a picture with its table.
//!
//! A number of observations is shown only when enough different people of enough units stand behind it; what is not shown is a
//! gap in the line and words in the table, and then no sum is told either, or it would tell the gap.

use std::collections::BTreeMap;

use charts::series::{At, Line, Note, Series};
use charts::{Heading, Id, Numbers, Picture, Value, Words};
use disclosure::sources::{SourceRule, Sources};
use kernel::time::Date;
use web::{Failure, Texts};

use crate::store::pages::{Behind, Month};

/// Months in the picture at most.
const MOST: usize = 24;

/// What the page shows of the numbers.
pub struct Shown {
    /// None while there are no observations.
    pub picture: Option<Picture>,
    /// How many there are, or that the number is not shown.
    pub words: String,
}

pub(super) fn sources(behind: &Behind) -> Sources {
    Sources {
        observations: behind.observations,
        reporters: behind.writers(),
        units: behind.units(),
    }
}

/// The months from `first` to `last`, the newest [`MOST`].
fn months(first: Month, last: Month) -> Vec<Month> {
    let mut all = vec![first];
    while let Some(&(year, month)) = all.last().filter(|at| **at < last) {
        all.push(if month >= 12 {
            (year + 1, 1)
        } else {
            (year, month + 1)
        });
    }
    let extra = all.len().saturating_sub(MOST);
    all.split_off(extra)
}

/// The picture and the sentence.
///
/// # Errors
/// Never with months of a calendar.
pub fn shown(
    t: &Texts,
    behind: &BTreeMap<Month, Behind>,
    sent: &[Date],
    today: Date,
) -> Result<Shown, Failure> {
    let rule = SourceRule::default();
    let Some(first) = behind.keys().next().copied() else {
        return Ok(Shown {
            picture: None,
            words: t.get("phenomenon-no-observations"),
        });
    };
    let times = months(first, (today.year(), today.month()));
    let none = Behind::default();
    let mut all = Behind::default();
    let mut hidden = 0_usize;
    for month in behind.values() {
        all.join(month);
        hidden += usize::from(!rule.allows(sources(month)));
    }
    let values: Vec<Value> = times
        .iter()
        .map(|month| {
            let sources = sources(behind.get(month).unwrap_or(&none));
            if rule.allows(sources) {
                // Counts of observations are far below 2^52.
                Value::Known(sources.observations as f64)
            } else {
                Value::Hidden
            }
        })
        .collect();
    let words = if hidden == 0 && rule.allows(sources(&all)) {
        t.with(
            "phenomenon-observations",
            &[("count", all.observations.into())],
        )
    } else {
        t.get("phenomenon-observations-hidden")
    };
    if values.iter().all(|value| matches!(value, Value::Hidden)) {
        // Axes with nothing between them would say less than the words.
        return Ok(Shown {
            picture: None,
            words,
        });
    }
    let month = |(year, month): &Month| format!("{month}/{year}");
    let series = Series {
        heading: Heading {
            id: Id::new("observations").map_err(Failure::internal)?,
            title: t.get("phenomenon-chart"),
            description: words.clone(),
        },
        times: times
            .iter()
            .map(|at| At {
                short: month(at),
                long: month(at),
            })
            .collect(),
        lines: vec![Line {
            name: t.get("phenomenon-chart-line"),
            values,
        }],
        band: times
            .iter()
            .map(|month| {
                let observations = behind.get(month).map_or(0, |one| one.observations);
                let shown = rule.allows(sources(behind.get(month).unwrap_or(&none)));
                // Counts of observations are far below 2^52.
                shown.then(|| by_chance(observations as f64))
            })
            .collect(),
        notes: notes(t, &times, sent),
        time_head: t.get("phenomenon-chart-month"),
        numbers: Numbers::whole(t.language()),
        words: Words {
            missing: t.get("phenomenon-chart-missing"),
            hidden: t.get("phenomenon-chart-hidden"),
        },
    };
    Ok(Shown {
        picture: Some(series.draw().map_err(Failure::internal)?),
        words,
    })
}

/// How far chance alone reaches about a count, nine times of ten: Byar's approximation of the exact Poisson interval (Breslow and Day,
/// Statistical Methods in Cancer Research II, 1987, p. 69).
fn by_chance(count: f64) -> (f64, f64) {
    const Z: f64 = 1.644_853_626_951_472_2;
    let cube =
        |of: f64, sign: f64| of * (1.0 - 1.0 / (9.0 * of) + sign * Z / (3.0 * of.sqrt())).powi(3);
    let low = if count > 0.0 {
        cube(count, -1.0).max(0.0)
    } else {
        0.0
    };
    (low, cube(count + 1.0, 1.0))
}

/// A mark where each proposal was sent; those of the same month have one mark.
fn notes(t: &Texts, times: &[Month], sent: &[Date]) -> Vec<Note> {
    let mut sent = sent.to_vec();
    sent.sort_unstable();
    let mut notes: Vec<Note> = Vec::new();
    for (number, day) in (1_usize..).zip(sent) {
        let month = (day.year(), day.month());
        let Some(at) = times.iter().position(|one| *one == month) else {
            continue;
        };
        if notes.iter().all(|note| note.at != at) {
            let text = t.with("phenomenon-note", &[("number", number.into())]);
            notes.push(Note { at, text });
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::months;

    #[test]
    fn chance_reaches_as_far_as_the_exact_interval_of_poisson() {
        // Exact 90 % limits: half a chi-square quantile, scipy.stats.chi2.ppf(0.05, 2x)/2 and ppf(0.95, 2x + 2)/2.
        for (count, low, high) in [
            (0.0, 0.0, 2.9957),
            (3.0, 0.8177, 7.7537),
            (10.0, 5.4254, 16.9622),
            (55.0, 43.3961, 68.8547),
        ] {
            let found = super::by_chance(count);
            assert!(
                (found.0 - low).abs() < 0.1 && (found.1 - high).abs() < 0.1,
                "{count}: {found:?}"
            );
        }
    }

    #[test]
    fn months_run_over_the_year_and_end_at_the_newest() {
        assert_eq!(
            months((2025, 11), (2026, 2)),
            [(2025, 11), (2025, 12), (2026, 1), (2026, 2)]
        );
        let long = months((2020, 1), (2026, 2));
        assert_eq!((long.len(), long[0]), (super::MOST, (2024, 3)));
        assert_eq!(months((2026, 3), (2026, 2)), [(2026, 3)]);
    }
}
