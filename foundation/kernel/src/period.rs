//! Periods of days, and values that hold for periods.
//!
//! **Both ends belong to the period.** Statutes, decisions and the law tables name the last day a
//! thing is valid ("until 31.12."), so the same day is kept, shown and stored; a half-open period
//! would need a day added or taken away at every such border. A period without an end is open: it
//! holds until further notice. Two periods touch when one begins on the day after the other ends.

use std::{fmt, str::FromStr};

use crate::time::Date;

/// Days from `start` to `end`, both included; never empty. An open period ends on the last day
/// that a [`Date`] can tell, so an explicit end on that day (31.12.9999) means open too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    start: Date,
    end: Date,
}

/// The last day lies before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the period ends before it begins")]
pub struct EndsBeforeStart;

/// Text that is not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a period: two days with a slash between, the end .. when open")]
pub struct NotAPeriod;

impl Period {
    /// The days from `start` to `end`, both included; open when `end` is `None`.
    ///
    /// # Errors
    /// [`EndsBeforeStart`].
    pub fn new(start: Date, end: Option<Date>) -> Result<Self, EndsBeforeStart> {
        let end = end.unwrap_or(Date::MAX);
        if end < start {
            Err(EndsBeforeStart)
        } else {
            Ok(Self { start, end })
        }
    }

    /// The days from `start` on, without an end.
    pub const fn from(start: Date) -> Self {
        Self {
            start,
            end: Date::MAX,
        }
    }

    /// One day.
    pub const fn day(day: Date) -> Self {
        Self {
            start: day,
            end: day,
        }
    }

    /// Every day there is.
    pub const fn always() -> Self {
        Self {
            start: Date::MIN,
            end: Date::MAX,
        }
    }

    /// The first day.
    pub const fn start(&self) -> Date {
        self.start
    }

    /// The last day, which still belongs to the period; `None` when open.
    pub fn end(&self) -> Option<Date> {
        (!self.is_open()).then_some(self.end)
    }

    /// Whether the period holds until further notice.
    pub fn is_open(&self) -> bool {
        self.end == Date::MAX
    }

    /// Whether the day belongs to the period.
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }

    /// The number of days, at least 1; `None` when open.
    pub fn days(&self) -> Option<i64> {
        let end = self.end()?;
        Some(end.duration_since(self.start).as_hours() / 24 + 1)
    }

    /// Whether some day belongs to both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.intersection(other).is_some()
    }

    /// Whether one begins on the day after the other ends.
    pub fn touches(&self, other: &Self) -> bool {
        day_after(self.end) == Some(other.start) || day_after(other.end) == Some(self.start)
    }

    /// The days that belong to both.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        Self::between(self.start.max(other.start), self.end.min(other.end))
    }

    /// The two as one, when they overlap or touch.
    pub fn union(&self, other: &Self) -> Option<Self> {
        (self.overlaps(other) || self.touches(other)).then(|| Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        })
    }

    /// The days between the two, `None` when they overlap or touch.
    pub fn gap(&self, other: &Self) -> Option<Self> {
        let (first, second) = if self.start <= other.start {
            (self, other)
        } else {
            (other, self)
        };
        Self::between(day_after(first.end)?, day_before(second.start)?)
    }

    /// The days of this period that are not in `other`: none, one or two periods, in order.
    pub fn without(&self, other: &Self) -> impl Iterator<Item = Self> + use<> {
        let before =
            day_before(other.start).and_then(|last| Self::between(self.start, last.min(self.end)));
        let after =
            day_after(other.end).and_then(|first| Self::between(first.max(self.start), self.end));
        [before, after].into_iter().flatten()
    }

    fn between(start: Date, end: Date) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }
}

fn day_after(day: Date) -> Option<Date> {
    day.tomorrow().ok()
}

fn day_before(day: Date) -> Option<Date> {
    day.yesterday().ok()
}

/// `2026-01-01/2026-03-31`, an open period `2026-01-01/..` (ISO 8601-2).
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.end() {
            Some(end) => write!(f, "{}/{end}", self.start),
            None => write!(f, "{}/..", self.start),
        }
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Period({self})")
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (start, end) = text.split_once('/').ok_or(NotAPeriod)?;
        let start = crate::time::iso_date(start).ok_or(NotAPeriod)?;
        let end = match end {
            ".." => None,
            end => Some(crate::time::iso_date(end).ok_or(NotAPeriod)?),
        };
        Self::new(start, end).map_err(|EndsBeforeStart| NotAPeriod)
    }
}

/// One value at most for each day: who was the own worker when, which row of law was in force.
///
/// Kept in order of days, never overlapping; equal values on touching periods are one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodMap<V>(Vec<(Period, V)>);

impl<V> Default for PeriodMap<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> PeriodMap<V> {
    /// A map without any value.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a day.
    pub fn get(&self, day: Date) -> Option<&V> {
        let next = self.0.partition_point(|(period, _)| period.start <= day);
        let (period, value) = self.0.get(next.checked_sub(1)?)?;
        period.contains(day).then_some(value)
    }

    /// The entries in order of days.
    pub fn iter(&self) -> impl Iterator<Item = (Period, &V)> {
        self.0.iter().map(|(period, value)| (*period, value))
    }

    /// Whether no day has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The days of `within` that have no value.
    pub fn gaps(&self, within: Period) -> Vec<Period> {
        self.0.iter().fold(vec![within], |free, (period, _)| {
            free.iter().flat_map(|part| part.without(period)).collect()
        })
    }
}

impl<V: Clone + PartialEq> PeriodMap<V> {
    /// Gives the days of `period` the value, in place of what they had.
    pub fn set(&mut self, period: Period, value: V) {
        self.clear(period);
        let place = self
            .0
            .partition_point(|(other, _)| other.start < period.start);
        self.0.insert(place, (period, value));
        self.join_equals();
    }

    /// Takes the value away from the days of `period`.
    pub fn clear(&mut self, period: Period) {
        self.0 = std::mem::take(&mut self.0)
            .into_iter()
            .flat_map(|(other, value)| {
                other
                    .without(&period)
                    .map(move |part| (part, value.clone()))
            })
            .collect();
    }

    /// The values of the days of `period` only.
    #[must_use]
    pub fn within(&self, period: Period) -> Self {
        let cut =
            |(other, value): &(Period, V)| Some((other.intersection(&period)?, value.clone()));
        Self(self.0.iter().filter_map(cut).collect())
    }

    /// The days of both maps; a day that has a value in both keeps that of `self`.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut result = other.clone();
        for (period, value) in &self.0 {
            result.set(*period, value.clone());
        }
        result
    }

    /// The days that have a value in both maps, with both values.
    #[must_use]
    pub fn intersection<W: Clone + PartialEq>(&self, other: &PeriodMap<W>) -> PeriodMap<(V, W)> {
        let mut pairs = Vec::new();
        for (period, value) in &self.0 {
            for (theirs, their_value) in &other.0 {
                if let Some(both) = period.intersection(theirs) {
                    pairs.push((both, (value.clone(), their_value.clone())));
                }
            }
        }
        PeriodMap(pairs)
    }

    fn join_equals(&mut self) {
        self.0.dedup_by(|(next, next_value), (kept, value)| {
            let joined = kept.touches(next) && value == next_value;
            if joined {
                kept.end = next.end;
            }
            joined
        });
    }
}

impl<V: Clone + PartialEq> FromIterator<(Period, V)> for PeriodMap<V> {
    /// Sets the entries one after another: of overlapping ones the later wins.
    fn from_iter<I: IntoIterator<Item = (Period, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (period, value) in entries {
            map.set(period, value);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn both_ends_belong_to_a_period() {
        let march = period("2026-03-01/2026-03-31");
        assert!(march.contains(date(2026, 3, 1)) && march.contains(date(2026, 3, 31)));
        assert!(!march.contains(date(2026, 4, 1)) && !march.contains(date(2026, 2, 28)));
        assert_eq!(march.days(), Some(31));
        assert_eq!(Period::day(date(2026, 3, 1)).days(), Some(1));
        // The clocks change within the month; days are counted, not hours.
        assert_eq!(period("2024-01-01/2024-12-31").days(), Some(366));
        assert_eq!(
            Period::new(date(2026, 3, 2), Some(date(2026, 3, 1))),
            Err(EndsBeforeStart)
        );
    }

    #[test]
    fn periods_that_touch_are_one() {
        let (march, april) = (period("2026-03-01/2026-03-31"), period("2026-04-01/.."));
        assert!(march.touches(&april) && april.touches(&march) && !march.overlaps(&april));
        assert_eq!(march.union(&april), Some(period("2026-03-01/..")));
        assert_eq!(march.gap(&april), None);
        let may = period("2026-05-02/2026-05-03");
        assert_eq!(may.gap(&march), Some(period("2026-04-01/2026-05-01")));
        assert_eq!(march.union(&may), None);
        assert_eq!(april.intersection(&may), Some(may));
        assert_eq!(april.days(), None);
        // Touching needs a day after the end, which the last day of all does not have.
        assert!(!Period::always().touches(&april));
        assert_eq!(Period::always().gap(&april), None);
    }

    #[test]
    fn other_texts_are_no_periods() {
        for bad in [
            "",
            "2026-01-01",
            "2026-01-01/",
            "/2026-01-01",
            "2026-01-02/2026-01-01",
            "2026-02-30/..",
            "../..",
        ] {
            assert_eq!(bad.parse::<Period>(), Err(NotAPeriod), "{bad}");
        }
    }

    #[test]
    fn a_later_value_replaces_an_earlier_one() {
        let mut workers = PeriodMap::new();
        workers.set(period("2026-01-01/.."), "Aino");
        workers.set(period("2026-03-01/2026-03-31"), "Eero");
        assert_eq!(workers.get(date(2026, 3, 31)), Some(&"Eero"));
        assert_eq!(workers.get(date(2026, 4, 1)), Some(&"Aino"));
        assert_eq!(workers.get(date(2025, 12, 31)), None);
        assert_eq!(workers.iter().count(), 3);
        workers.set(period("2026-03-01/2026-03-31"), "Aino");
        assert_eq!(
            workers.iter().collect::<Vec<_>>(),
            [(period("2026-01-01/.."), &"Aino")]
        );
        workers.clear(period("2026-02-01/2026-02-28"));
        assert_eq!(
            workers.gaps(period("2025-12-30/2026-12-31")),
            [
                period("2025-12-30/2025-12-31"),
                period("2026-02-01/2026-02-28"),
            ]
        );
    }
}
