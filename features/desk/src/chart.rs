//! Bars of the queue's ages, drawn here: heights are numbers of the page, not of a script.

use charts::axis::top_of;
use intake::store::lead::{AGE_HOURS, Age};
use web::Texts;

/// Size of the drawing in its own units: one is a pixel in the aside, so that its words keep their size.
const WIDTH: f64 = 356.0;
const LEFT: f64 = 26.0;
const BASE: f64 = 126.0;
const TOP: f64 = 14.0;
/// Width of a bar.
const BAR: f64 = 30.0;

/// A piece of a bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub y: String,
    pub height: String,
    /// `""` taken, `"soon"` untaken, `"late"` untaken over the target.
    pub state: &'static str,
}

/// One age.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub x: String,
    pub middle: String,
    pub pieces: Vec<Piece>,
    /// The number above; empty for none.
    pub number: String,
    pub number_y: String,
    pub label: String,
    /// The label over two lines where it is long: "alle", "1 t".
    pub lines: Vec<(u32, String)>,
    pub open: i64,
    pub untaken: i64,
    pub over_target: i64,
}

/// The whole chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub bars: Vec<Bar>,
    /// Lines with their numbers, from the base up.
    pub grid: Vec<(String, i64)>,
    pub sentence: String,
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

/// Draws the ages, youngest first.
pub fn draw(t: &Texts, ages: &[Age; 7]) -> Chart {
    let top = top_of(ages.iter().map(|age| age.open).max().unwrap_or_default());
    let height_of = |count: i64| count as f64 / top as f64 * (BASE - TOP);
    let slot = (WIDTH - LEFT) / ages.len() as f64;
    let bars = ages
        .iter()
        .enumerate()
        .map(|(index, age)| {
            let middle = LEFT + slot * (index as f64 + 0.5);
            let mut y = BASE;
            let counts = [
                (age.open - age.untaken, ""),
                (age.untaken - age.over_target, "soon"),
                (age.over_target, "late"),
            ];
            let mut pieces = Vec::new();
            for (count, state) in counts.into_iter().filter(|(count, _)| *count > 0) {
                y -= height_of(count);
                pieces.push(Piece {
                    y: number(y),
                    height: number(height_of(count)),
                    state,
                });
            }
            Bar {
                x: number(middle - BAR / 2.0),
                middle: number(middle),
                pieces,
                number: if age.open > 0 {
                    age.open.to_string()
                } else {
                    String::new()
                },
                number_y: number(y - 4.0),
                lines: lines(&label(t, index)),
                label: label(t, index),
                open: age.open,
                untaken: age.untaken,
                over_target: age.over_target,
            }
        })
        .collect();
    let lines: &[i64] = if top >= 10 {
        &[0, top / 2, top]
    } else {
        &[0, top]
    };
    let grid = lines
        .iter()
        .map(|count| (number(BASE - height_of(*count)), *count))
        .collect();
    Chart {
        bars,
        grid,
        sentence: sentence(t, ages),
    }
}

/// "alle 1 t", "1–4 t", "1–2 pv", "yli 3 pv".
fn label(t: &Texts, index: usize) -> String {
    let lower = index.checked_sub(1).map(|below| AGE_HOURS[below]);
    let upper = AGE_HOURS.get(index).copied();
    let days = upper.or(lower).is_some_and(|hours| hours > 24) || upper.is_none();
    let in_unit = |hours: i64| if days { hours / 24 } else { hours };
    let (key, from, to) = match (lower, upper) {
        (None, Some(upper)) => ("under", 0, upper),
        (Some(lower), Some(upper)) => ("between", lower, upper),
        (Some(lower), None) => ("over", lower, 0),
        (None, None) => ("over", 0, 0),
    };
    let key = format!("unit-age-{key}-{}", if days { "days" } else { "hours" });
    t.with(
        &key,
        &[("from", in_unit(from).into()), ("to", in_unit(to).into())],
    )
}

/// Seven labels fit beside each other when a long one breaks: "alle / 1 t", "8–24 / tim".
fn lines(label: &str) -> Vec<(u32, String)> {
    const FIRST: u32 = 142;
    const SECOND: u32 = 156;
    const FITS: usize = 6;
    match label.split_once(' ') {
        Some((first, rest)) if label.chars().count() > FITS => {
            vec![(FIRST, first.to_owned()), (SECOND, rest.to_owned())]
        }
        _ => vec![(FIRST, label.to_owned())],
    }
}

/// The finding in words, for those who do not see the drawing.
fn sentence(t: &Texts, ages: &[Age; 7]) -> String {
    let sum = |of: fn(&Age) -> i64| ages.iter().map(of).sum::<i64>();
    t.with(
        "unit-chart-sentence",
        &[
            ("open", sum(|age| age.open).into()),
            ("untaken", sum(|age| age.untaken).into()),
            ("over", sum(|age| age.over_target).into()),
            ("oldest", ages[6].open.into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_break_once() {
        let words = |label| {
            lines(label)
                .into_iter()
                .map(|(_, line)| line)
                .collect::<Vec<_>>()
        };
        assert_eq!(words("1–4 t"), ["1–4 t"]);
        assert_eq!(words("alle 1 t"), ["alle", "1 t"]);
        assert_eq!(words("8–24 tim"), ["8–24", "tim"]);
    }
}
