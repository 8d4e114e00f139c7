//! The yearly cycle: a step falls on the same day each year, and is done, late or still to come.

use std::collections::BTreeMap;

use kernel::time::{Date, SignedDuration};
use reporting::domain::{LONGEST_NAME, LONGEST_PROPOSAL};

use super::{Forum, PartError, Wrong, checked};

/// A step that falls within so many days is told to be near.
pub const SOON_DAYS: i64 = 30;

/// A step of the cycle as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    pub title: String,
    /// What is done; may be empty.
    pub words: String,
    /// In which role somebody answers for it, never a name.
    pub role: String,
    /// 1-12.
    pub month: u8,
    /// A day that the month has every year: 28 at most in February.
    pub day: u8,
    /// The forum it is for.
    pub forum: Option<Forum>,
}

impl NewStep {
    /// Checks the fields; texts come out trimmed.
    ///
    /// # Errors
    /// [`PartError::Field`] with the first that is wrong.
    pub fn checked(mut self) -> Result<Self, PartError> {
        checked("title", &mut self.title, LONGEST_NAME, true)?;
        checked("words", &mut self.words, LONGEST_PROPOSAL, false)?;
        checked("role", &mut self.role, LONGEST_NAME, true)?;
        if !(1..=12).contains(&self.month) {
            return Err(PartError::Field("month", Wrong::Choice));
        }
        // 2025 is no leap year: a day that it has, every year has.
        if on(2025, self.month, self.day).is_none() {
            return Err(PartError::Field("day", Wrong::Day));
        }
        Ok(self)
    }
}

/// The day of a step in a year; `None` when the year has no such day.
pub fn on(year: i16, month: u8, day: u8) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok()
}

/// How a step stands in a year. In the order in which the list shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Its day has passed and nobody has marked it as done.
    Late,
    /// Its day is today or within [`SOON_DAYS`].
    Soon,
    /// Its day is further away.
    Coming,
    /// Done on the day.
    Done(Date),
}

/// A step in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    pub year: i16,
    pub on: Date,
    pub standing: Standing,
}

/// When a step falls: what is late of this year and the last, what was done this year, and the next to come. Nothing
/// before `since` is told, so that a new step is not late at once.
pub fn occurrences(
    (month, day): (u8, u8),
    since: Date,
    done: &BTreeMap<i16, Date>,
    today: Date,
) -> Vec<Occurrence> {
    let soon = today.saturating_add(SignedDuration::from_hours(24 * SOON_DAYS));
    let mut found = Vec::new();
    for year in today.year() - 1..=today.year() + 2 {
        let Some(on) = on(year, month, day).filter(|on| *on >= since) else {
            continue;
        };
        let standing = match done.get(&year) {
            Some(_) if year < today.year() => continue,
            Some(day) => Standing::Done(*day),
            None if on < today => Standing::Late,
            None if on <= soon => Standing::Soon,
            None => Standing::Coming,
        };
        found.push(Occurrence { year, on, standing });
        if matches!(standing, Standing::Soon | Standing::Coming) {
            break;
        }
    }
    found
}

/// A step of the cycle that a new county is offered (sections 1.2 and 1.5 of the domain): summaries twice a year to managers,
/// once a year to the council and into the wellbeing report, and word back to those who told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    /// Ends the keys of its title, words and role.
    pub code: &'static str,
    pub month: u8,
    pub day: u8,
    pub forum: Option<Forum>,
}

const fn offered(code: &'static str, month: u8, day: u8, forum: Option<Forum>) -> Offered {
    Offered {
        code,
        month,
        day,
        forum,
    }
}

/// The cycle that is offered, by day.
pub const OFFERED: [Offered; 9] = [
    offered("winter-gather", 1, 15, None),
    offered("winter-summary", 2, 1, Some(Forum::Management)),
    offered("hyte", 3, 1, Some(Forum::Hyte)),
    offered("yearly", 4, 15, Some(Forum::Council)),
    offered("panel", 5, 15, None),
    offered("summer-summary", 8, 15, Some(Forum::Management)),
    offered("hyte-proposals", 9, 15, Some(Forum::Hyte)),
    offered("told-back", 11, 1, None),
    offered("next-year", 12, 1, None),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a day")
    }

    /// Today, since when it counts, when it was done by year, and what is told.
    type Case = (
        &'static str,
        &'static str,
        &'static [(i16, &'static str)],
        &'static [&'static str],
    );

    #[test]
    fn a_step_is_late_after_its_day_and_comes_again_next_year() {
        let told = |today: &str, since: &str, done: &[(i16, &str)]| -> Vec<String> {
            let done = done.iter().map(|(year, on)| (*year, date(on))).collect();
            occurrences((4, 15), date(since), &done, date(today))
                .iter()
                .map(|one| format!("{} {:?}", one.on, one.standing))
                .collect()
        };
        let cases: [Case; 9] = [
            ("2026-01-10", "2026-01-01", &[], &["2026-04-15 Coming"]),
            ("2026-03-16", "2026-01-01", &[], &["2026-04-15 Soon"]),
            ("2026-04-15", "2026-01-01", &[], &["2026-04-15 Soon"]),
            (
                "2026-04-16",
                "2026-01-01",
                &[],
                &["2026-04-15 Late", "2027-04-15 Coming"],
            ),
            ("2026-04-16", "2026-04-16", &[], &["2027-04-15 Coming"]),
            (
                "2026-05-01",
                "2026-01-01",
                &[(2026, "2026-04-10")],
                &["2026-04-15 Done(2026-04-10)", "2027-04-15 Coming"],
            ),
            (
                "2027-01-02",
                "2026-01-01",
                &[],
                &["2026-04-15 Late", "2027-04-15 Coming"],
            ),
            (
                "2027-01-02",
                "2026-01-01",
                &[(2026, "2026-04-10")],
                &["2027-04-15 Coming"],
            ),
            (
                "2027-04-20",
                "2020-01-01",
                &[],
                &["2026-04-15 Late", "2027-04-15 Late", "2028-04-15 Coming"],
            ),
        ];
        for (today, since, done, wanted) in cases {
            assert_eq!(told(today, since, done), wanted, "{today} {since}");
        }
    }

    #[test]
    fn a_step_falls_on_a_day_that_every_year_has() {
        let step = |month, day| NewStep {
            title: "Yhteenveto".to_owned(),
            words: String::new(),
            role: "koostaja".to_owned(),
            month,
            day,
            forum: None,
        };
        for (month, day, good) in [
            (2, 28, true),
            (2, 29, false),
            (4, 31, false),
            (12, 31, true),
            (0, 1, false),
            (13, 1, false),
            (1, 0, false),
            (1, 200, false),
        ] {
            assert_eq!(step(month, day).checked().is_ok(), good, "{day}.{month}.");
        }
    }

    #[test]
    fn the_cycle_that_is_offered_stands_by_day_and_reaches_every_forum() {
        assert!(
            OFFERED
                .windows(2)
                .all(|two| (two[0].month, two[0].day) < (two[1].month, two[1].day))
        );
        for forum in Forum::ALL {
            assert!(
                OFFERED.iter().any(|one| one.forum == Some(*forum)),
                "{forum:?}"
            );
        }
        let to_managers = OFFERED
            .iter()
            .filter(|one| one.forum == Some(Forum::Management));
        assert_eq!(to_managers.count(), 2, "managers are told twice a year");
        for one in OFFERED {
            assert!(on(2025, one.month, one.day).is_some());
        }
    }
}
