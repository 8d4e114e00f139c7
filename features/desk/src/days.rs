//! Bars of the days ahead, drawn here: how many time limits in law end on each of the next two weeks' days.

use kernel::time::{Date, SignedDuration};
use web::Texts;

/// Days that have a bar.
pub const DAYS: i64 = 14;
const WIDTH: f64 = 356.0;
const LEFT: f64 = 26.0;
const BASE: f64 = 126.0;
const TOP: f64 = 14.0;
const BAR: f64 = 16.0;

/// One day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayBar {
    pub x: String,
    pub y: String,
    pub height: String,
    pub middle: String,
    pub number_y: String,
    /// `"late"` for what has passed, `"soon"` for today and tomorrow.
    pub state: &'static str,
    pub count: i64,
    /// Two short lines under the bar.
    pub weekday: String,
    pub date: String,
    /// For the table: "pe 13.3.", "ylittynyt".
    pub label: String,
}

/// The whole chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DayChart {
    pub bars: Vec<DayBar>,
    pub grid: Vec<(String, i64)>,
    pub sentence: String,
    pub total: i64,
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

/// Draws the limits: those that have passed together first, then each day from today on.
pub fn draw(t: &Texts, found: &[(Date, i64)], today: Date) -> DayChart {
    let late: i64 = found
        .iter()
        .filter(|(on, _)| *on < today)
        .map(|(_, count)| count)
        .sum();
    let mut counts = vec![(t.get("unit-days-late"), String::new(), String::new(), late)];
    for ahead in 0..DAYS {
        let on = today.saturating_add(SignedDuration::from_hours(24 * ahead));
        let count = found
            .iter()
            .filter(|(day, _)| *day == on)
            .map(|(_, count)| count)
            .sum();
        let whole = t.day(on);
        let (weekday, date) = whole
            .split_once(char::is_whitespace)
            .unwrap_or(("", whole.as_str()));
        let date = date.split('.').next().unwrap_or_default().to_owned();
        counts.push((whole.clone(), weekday.to_owned(), date, count));
    }
    let top = charts::axis::top_of(counts.iter().map(|one| one.3).max().unwrap_or_default());
    let height_of = |count: i64| count as f64 / top as f64 * (BASE - TOP);
    let slot = (WIDTH - LEFT) / counts.len() as f64;
    let bars: Vec<DayBar> = counts
        .into_iter()
        .enumerate()
        .map(|(index, (label, weekday, date, count))| {
            let middle = LEFT + slot * (index as f64 + 0.5);
            let y = BASE - height_of(count);
            DayBar {
                x: number(middle - BAR / 2.0),
                y: number(y),
                height: number(height_of(count)),
                middle: number(middle),
                number_y: number(y - 4.0),
                state: match index {
                    0 => "late",
                    1 | 2 => "soon",
                    _ => "",
                },
                count,
                weekday: if index == 0 { "!".to_owned() } else { weekday },
                date,
                label,
            }
        })
        .collect();
    let total: i64 = bars.iter().map(|bar| bar.count).sum();
    let lines: &[i64] = if top >= 10 { &[0, 5, 10] } else { &[0, 5] };
    let lines: Vec<i64> = lines
        .iter()
        .map(|line| line * top / lines[lines.len() - 1])
        .collect();
    DayChart {
        grid: lines
            .iter()
            .map(|count| (number(BASE - height_of(*count)), *count))
            .collect(),
        sentence: t.with(
            "unit-days-sentence",
            &[("count", total.into()), ("late", late.into())],
        ),
        bars,
        total,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_passed_stands_together_before_today() {
        let today = Date::constant(2026, 3, 12);
        let t = crate::words::fixture();
        let found = [
            (Date::constant(2026, 3, 1), 2),
            (Date::constant(2026, 3, 11), 1),
            (today, 4),
            (Date::constant(2026, 3, 25), 1),
            (Date::constant(2026, 3, 26), 9),
        ];
        let chart = draw(&t, &found, today);
        let counts: Vec<i64> = chart.bars.iter().map(|bar| bar.count).collect();
        assert_eq!(counts, [3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(chart.total, 8, "the day after the last is not counted");
        let first = &chart.bars[1];
        assert_eq!((first.weekday.as_str(), first.date.as_str()), ("to", "12"));
    }
}
