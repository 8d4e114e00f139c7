//! Which days a release counts, and when.

use kernel::time::{Date, SignedDuration, Time, Timestamp, moment};

/// A year up to a day that closes a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    year: i16,
    /// Months that are counted, 3, 6, 9 or 12.
    months: i8,
}

/// One month of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// 1-12.
    pub no: i8,
    pub first: Date,
    pub last: Date,
}

impl Month {
    fn new(year: i16, no: i8) -> Option<Self> {
        let first = Date::new(year, no, 1).ok()?;
        Some(Self {
            no,
            first,
            last: first.last_of_month(),
        })
    }

    /// The moment at which it begins.
    pub fn begins(&self) -> Timestamp {
        moment(self.first, Time::midnight())
    }

    /// The moment at which the next one begins.
    pub fn ends(&self) -> Timestamp {
        self.last
            .tomorrow()
            .map_or(Timestamp::MAX, |next| moment(next, Time::midnight()))
    }
}

impl Period {
    /// The whole year.
    pub const fn year_of(year: i16) -> Self {
        Self { year, months: 12 }
    }

    /// The period whose last day is this; none when it closes no quarter.
    pub fn through(year: i16, last: Date) -> Option<Self> {
        let period = Self {
            year,
            months: last.month(),
        };
        (period.months % 3 == 0 && period.last_day() == Some(last)).then_some(period)
    }

    /// What of a year has closed `lag` days ago; none before its first quarter has.
    pub fn closed(year: i16, today: Date, lag: u16) -> Option<Self> {
        let counted = today
            .checked_sub(SignedDuration::from_hours(24 * i64::from(lag)))
            .ok()?;
        [12, 9, 6, 3]
            .into_iter()
            .map(|months| Self { year, months })
            .find(|period| period.last_day().is_some_and(|last| last < counted))
    }

    /// The year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Whether the whole year is counted.
    pub const fn is_whole(self) -> bool {
        self.months == 12
    }

    /// The last day that is counted.
    pub fn last_day(self) -> Option<Date> {
        Month::new(self.year, self.months).map(|month| month.last)
    }

    /// The last month that is counted, 1-12.
    pub const fn last_month(self) -> i8 {
        self.months
    }

    /// Its months.
    pub fn months(self) -> Vec<Month> {
        (1..=self.months)
            .filter_map(|no| Month::new(self.year, no))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_counted_when_it_has_settled() {
        for (today, closed) in [
            ((2026, 3, 31), None),
            ((2026, 4, 14), None),
            ((2026, 4, 15), Some((2026, 3, 31))),
            ((2026, 11, 23), Some((2026, 9, 30))),
            ((2027, 1, 14), Some((2026, 9, 30))),
            ((2027, 1, 15), Some((2026, 12, 31))),
        ] {
            let today = Date::constant(today.0, today.1, today.2);
            let last = Period::closed(2026, today, 14).and_then(Period::last_day);
            assert_eq!(
                last,
                closed.map(|(y, m, d)| Date::constant(y, m, d)),
                "{today}"
            );
        }
    }

    #[test]
    fn a_period_is_known_by_its_last_day() {
        let june = Period::through(2024, Date::constant(2024, 6, 30));
        assert_eq!(june.map(|one| one.months().len()), Some(6));
        assert_eq!(Period::through(2024, Date::constant(2024, 6, 29)), None);
        assert_eq!(Period::through(2024, Date::constant(2024, 5, 31)), None);
        assert_eq!(Period::through(2023, Date::constant(2024, 6, 30)), None);
        let months = Period::year_of(2024).months();
        assert_eq!(months[1].last, Date::constant(2024, 2, 29));
        assert_eq!(months[0].ends(), months[1].begins());
    }
}
