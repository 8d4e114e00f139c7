//! When something happened, as people write it: "12.3.2026 klo 10.00" or "12.3.2026 klo 10–11.30".

use kernel::time::{Date, Time, Timestamp, moment};
use web::{DayError, read_day};

/// A day with a beginning and an end as far as they were told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    pub on: Date,
    pub from: Option<Time>,
    pub to: Option<Time>,
}

/// Why a written moment is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MomentError {
    /// The day is not written as one, or the calendar has no such day.
    Day(DayError),
    /// The clock is not written as one.
    Clock,
    /// It ends before it begins.
    Backwards,
}

impl Happened {
    /// Reads a day, a clock and an end.
    ///
    /// # Errors
    /// [`MomentError`], which tells what to write otherwise.
    pub fn read(typed: &str) -> Result<Self, MomentError> {
        let typed = typed.trim().to_lowercase();
        let (day, clock) = match typed.split_once("kl") {
            Some((day, clock)) => (day, clock.trim_start_matches(['o', '.', ' '])),
            None => split(&typed),
        };
        let on = read_day(day).map_err(MomentError::Day)?;
        let mut ends = clock
            .split(['–', '-', '—'])
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let from = ends.next().map(read_clock).transpose()?;
        let to = ends.next().map(read_clock).transpose()?;
        if ends.next().is_some() {
            return Err(MomentError::Clock);
        }
        if to.is_some_and(|to| from.is_none_or(|from| to < from)) {
            return Err(MomentError::Backwards);
        }
        Ok(Self { on, from, to })
    }

    /// When it began; noon when only the day is known, so that no zone moves it to another day.
    pub fn began(&self) -> Timestamp {
        moment(self.on, self.from.unwrap_or(Time::constant(12, 0, 0, 0)))
    }

    /// When it ended, if that was told.
    pub fn ended(&self) -> Option<Timestamp> {
        self.to.map(|to| moment(self.on, to))
    }

    /// As it is written in Finnish.
    pub fn written(&self) -> String {
        let clock = |time: Time| format!("{}.{:02}", time.hour(), time.minute());
        let day = format!("{}.{}.{}", self.on.day(), self.on.month(), self.on.year());
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("{day} klo {}–{}", clock(from), clock(to)),
            (Some(from), None) => format!("{day} klo {}", clock(from)),
            (None, _) => day,
        }
    }
}

/// The day and the clock of a text without "klo": what follows the year.
fn split(typed: &str) -> (&str, &str) {
    let year_ends = typed
        .char_indices()
        .scan(0, |digits, (at, letter)| {
            *digits = if letter.is_ascii_digit() {
                *digits + 1
            } else {
                0
            };
            Some((at + letter.len_utf8(), *digits))
        })
        .find(|(_, digits)| *digits == 4)
        .map(|(end, _)| end);
    match year_ends {
        Some(end) if !typed[end..].starts_with('-') => typed.split_at(end),
        _ => (typed, ""),
    }
}

fn read_clock(text: &str) -> Result<Time, MomentError> {
    let (hour, minute) = text.split_once(['.', ':']).unwrap_or((text, "0"));
    let number = |text: &str| text.trim().parse::<i8>().map_err(|_| MomentError::Clock);
    Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| MomentError::Clock)
}

#[cfg(test)]
mod tests {
    use kernel::time::{Date, SignedDuration};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn as_people_write_it() {
        for (typed, written) in [
            ("12.3.2026", "12.3.2026"),
            ("12.3.2026 klo 10", "12.3.2026 klo 10.00"),
            ("12.3.2026 klo 10.05", "12.3.2026 klo 10.05"),
            ("12.3.2026 10:05", "12.3.2026 klo 10.05"),
            ("12.3.2026 kl. 9–10.30", "12.3.2026 klo 9.00–10.30"),
            ("12. 3. 2026 klo 9.15 - 10.30", "12.3.2026 klo 9.15–10.30"),
            ("2026-03-12", "12.3.2026"),
        ] {
            assert_eq!(
                Happened::read(typed).map(|it| it.written()),
                Ok(written.to_owned()),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        for (typed, error) in [
            ("", MomentError::Day(DayError::NotADay)),
            ("eilen", MomentError::Day(DayError::NotADay)),
            (
                "31.2.2026",
                MomentError::Day(DayError::NoSuchDay("31.2.".to_owned())),
            ),
            ("12.3.2026 klo 25", MomentError::Clock),
            ("12.3.2026 klo aamulla", MomentError::Clock),
            ("12.3.2026 klo 10–9", MomentError::Backwards),
            ("12.3.2026 klo 1–2–3", MomentError::Clock),
        ] {
            assert_eq!(Happened::read(typed), Err(error), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(day in 0_i32..20_000, from in prop::option::of((0_i8..24, 0_i8..60)), length in prop::option::of(0_i32..60)) {
            let on = kernel::time::day(moment(Date::constant(2000, 1, 1), Time::constant(12, 0, 0, 0)) + SignedDuration::from_hours(24 * i64::from(day)));
            let from = from.map(|(hour, minute)| Time::constant(hour, minute, 0, 0));
            let to = from.and(length).and_then(|length| from?.checked_add(SignedDuration::from_mins(i64::from(length))).ok());
            let happened = Happened { on, from, to };
            prop_assert_eq!(Happened::read(&happened.written()), Ok(happened));
        }

        #[test]
        fn any_text_is_read_calmly(typed in "\\PC{0,40}") {
            let _ = Happened::read(&typed);
        }
    }
}
