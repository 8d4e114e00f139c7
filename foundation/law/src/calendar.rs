//! The working-day calendar of Finland.
//!
//! Working day (arkipäivä): Monday to Friday that is not a public holiday, Independence Day, May
//! Day, Christmas Eve or Midsummer Eve. The list is that of section 5 of the act on counting
//! statutory time limits (150/1930); no act defines the working day of social care, and the
//! handbook on child protection of the Finnish Institute for Health and Welfare counts the same
//! way. Maundy Thursday, Easter Saturday and New Year's Eve get nothing from the law.
//!
//! The days are computed by rule, as they have been since 1992 when Epiphany and Ascension Day
//! returned from Saturdays to their own days; earlier years would need rules of their own.

use std::collections::BTreeSet;

use kernel::time::{Date, Weekday};

/// A day that is off by law wherever it falls in the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// Uudenvuodenpäivä, 1 January.
    NewYear,
    /// Loppiainen, 6 January.
    Epiphany,
    /// Pitkäperjantai, two days before Easter Sunday.
    GoodFriday,
    /// Pääsiäispäivä.
    EasterSunday,
    /// Toinen pääsiäispäivä.
    EasterMonday,
    /// Vapunpäivä, 1 May.
    MayDay,
    /// Helatorstai, 39 days after Easter Sunday.
    Ascension,
    /// Helluntaipäivä, 49 days after Easter Sunday.
    Pentecost,
    /// Juhannusaatto, the Friday of 19-25 June.
    MidsummerEve,
    /// Juhannuspäivä, the Saturday of 20-26 June.
    MidsummerDay,
    /// Pyhäinpäivä, the Saturday of 31 October - 6 November.
    AllSaints,
    /// Itsenäisyyspäivä, 6 December.
    IndependenceDay,
    /// Jouluaatto, 24 December.
    ChristmasEve,
    /// Joulupäivä, 25 December.
    ChristmasDay,
    /// Tapaninpäivä, 26 December.
    SecondChristmasDay,
}

/// Tells working days from days off. The rules of Finland, and the extra days off that a county
/// has set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    extra: BTreeSet<Date>,
}

impl Calendar {
    /// Finland's calendar without extra days off.
    pub const fn finland() -> Self {
        Self {
            extra: BTreeSet::new(),
        }
    }

    /// The same calendar with more days off.
    #[must_use]
    pub fn with_days_off(mut self, days: impl IntoIterator<Item = Date>) -> Self {
        self.extra.extend(days);
        self
    }

    /// Whether the day is a working day.
    pub fn is_working_day(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && holiday(day).is_none() && !self.extra.contains(&day)
    }

    /// The day itself when it is a working day, otherwise the next one; `None` only where dates
    /// end.
    pub fn on_or_after(&self, day: Date) -> Option<Date> {
        self.seek(day, |day| day.tomorrow().ok())
    }

    /// The first working day after the day; `None` only where dates end.
    pub fn after(&self, day: Date) -> Option<Date> {
        self.on_or_after(day.tomorrow().ok()?)
    }

    /// The day itself when it is a working day, otherwise the last one before it: the practical
    /// target of a limit that is not moved. `None` only where dates begin.
    pub fn on_or_before(&self, day: Date) -> Option<Date> {
        self.seek(day, |day| day.yesterday().ok())
    }

    /// The `count`-th working day after the day, which itself is not counted; the day itself when
    /// `count` is 0. `None` only where dates end.
    pub fn working_days_after(&self, day: Date, count: u16) -> Option<Date> {
        (0..count).try_fold(day, |day, _| self.after(day))
    }

    /// How many working days lie after `from`, up to and with `to`; 0 when `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> usize {
        let first = self.after(from);
        let next = |day: &Date| self.after(*day);
        std::iter::successors(first, next)
            .take_while(|day| *day <= to)
            .count()
    }

    fn seek(&self, day: Date, step: impl Fn(Date) -> Option<Date>) -> Option<Date> {
        let mut day = day;
        while !self.is_working_day(day) {
            day = step(day)?;
        }
        Some(day)
    }
}

/// The holiday of a day. When two meet (Ascension Day was 1 May in 2008), the fixed one is told.
pub fn holiday(day: Date) -> Option<Holiday> {
    fixed(day)
        .or_else(|| by_weekday(day))
        .or_else(|| by_easter(day))
}

fn fixed(day: Date) -> Option<Holiday> {
    match (day.month(), day.day()) {
        (1, 1) => Some(Holiday::NewYear),
        (1, 6) => Some(Holiday::Epiphany),
        (5, 1) => Some(Holiday::MayDay),
        (12, 6) => Some(Holiday::IndependenceDay),
        (12, 24) => Some(Holiday::ChristmasEve),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::SecondChristmasDay),
        _ => None,
    }
}

fn by_weekday(day: Date) -> Option<Holiday> {
    match (day.weekday(), day.month(), day.day()) {
        (Weekday::Friday, 6, 19..=25) => Some(Holiday::MidsummerEve),
        (Weekday::Saturday, 6, 20..=26) => Some(Holiday::MidsummerDay),
        (Weekday::Saturday, 10, 31) | (Weekday::Saturday, 11, 1..=6) => Some(Holiday::AllSaints),
        _ => None,
    }
}

fn by_easter(day: Date) -> Option<Holiday> {
    let from_easter =
        i32::from(day.day_of_year()) - i32::from(easter_sunday(day.year())?.day_of_year());
    match from_easter {
        -2 => Some(Holiday::GoodFriday),
        0 => Some(Holiday::EasterSunday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::Ascension),
        49 => Some(Holiday::Pentecost),
        _ => None,
    }
}

/// Easter Sunday of a year of the Gregorian calendar: the Sunday after the church's full moon on
/// or after 21 March.
///
/// The moon's age follows a cycle of 19 years, corrected for the leap days that the Gregorian
/// calendar leaves out and for the slow drift of the cycle (eight days in 25 centuries).
/// `None` for years that a [`Date`] cannot tell.
pub fn easter_sunday(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let century = year_number.div_euclid(100);
    let golden = year_number.rem_euclid(19);
    let left_out_leap_days = century - century.div_euclid(4);
    let moon_drift = (8 * century + 13).div_euclid(25);
    let moon = (19 * golden + left_out_leap_days - moon_drift + 15).rem_euclid(30);
    // Two moons of the cycle would fall on the same day or too late: they are moved a day back.
    let too_late = moon == 29 || (moon == 28 && golden > 10);
    let full_moon_after_21_march = moon - i32::from(too_late);
    let full_moon = Date::new(year, 3, 21)
        .ok()?
        .checked_add(jiff::Span::new().days(full_moon_after_21_march))
        .ok()?;
    full_moon.nth_weekday(1, Weekday::Sunday).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Easter Sundays of printed almanacs, with the earliest and the latest that there can be and
    /// the years in which a moon of the cycle is moved.
    #[test]
    fn easter_is_that_of_the_almanac() {
        for (year, month, day) in [
            (1818, 3, 22),
            (1943, 4, 25),
            (1954, 4, 18),
            (1961, 4, 2),
            (1981, 4, 19),
            (1992, 4, 19),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
            (2285, 3, 22),
        ] {
            assert_eq!(easter_sunday(year), Some(date(year, month, day)), "{year}");
        }
    }

    /// Another road to the same Sunday: the way of the "anonymous Gregorian" rule of 1876, which
    /// works with remainders throughout and shares no step with the computation above.
    #[test]
    fn easter_is_the_same_by_another_road() {
        for year in 1583..=9999_i32 {
            let (century, in_century) = (year / 100, year % 100);
            let golden = year % 19;
            let shift = (century + 8) / 25;
            let drift = (century - shift + 1) / 3;
            let epact = (19 * golden + century - century / 4 - drift + 15) % 30;
            let weekday =
                (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
            let late = (golden + 11 * epact + 22 * weekday) / 451;
            let sum = epact + weekday - 7 * late + 114;
            let (month, day) = (sum / 31, sum % 31 + 1);
            let told = easter_sunday(i16::try_from(year).unwrap()).unwrap();
            assert_eq!(
                (i32::from(told.month()), i32::from(told.day())),
                (month, day),
                "{year}"
            );
        }
    }

    #[test]
    fn days_that_feel_like_holidays_are_working_days() {
        let calendar = Calendar::finland();
        // Maundy Thursday, New Year's Eve, Whit Monday, the eve of May Day, All Saints' own 1.11.
        for day in [
            date(2025, 4, 17),
            date(2025, 12, 31),
            date(2025, 6, 9),
            date(2026, 4, 30),
            date(2027, 11, 1),
        ] {
            assert!(calendar.is_working_day(day), "{day}");
        }
        assert_eq!(holiday(date(2008, 5, 1)), Some(Holiday::MayDay));
    }

    #[test]
    fn a_county_has_days_off_of_its_own() {
        let bridge = date(2026, 5, 15);
        let calendar = Calendar::finland().with_days_off([bridge]);
        assert!(Calendar::finland().is_working_day(bridge) && !calendar.is_working_day(bridge));
        assert_eq!(calendar.after(date(2026, 5, 13)), Some(date(2026, 5, 18)));
        assert_eq!(
            calendar.on_or_before(date(2026, 5, 17)),
            Some(date(2026, 5, 13))
        );
        assert_eq!(
            calendar.working_days_between(date(2026, 5, 13), date(2026, 5, 18)),
            1
        );
        assert_eq!(
            calendar.working_days_between(date(2026, 5, 18), date(2026, 5, 13)),
            0
        );
    }

    #[test]
    fn the_calendar_ends_where_dates_end() {
        let calendar = Calendar::finland();
        assert_eq!(calendar.after(Date::MAX), None);
        assert_eq!(calendar.working_days_after(date(9999, 12, 30), 3), None);
        assert_eq!(
            calendar.working_days_between(date(9999, 12, 28), Date::MAX),
            3
        );
    }
}
