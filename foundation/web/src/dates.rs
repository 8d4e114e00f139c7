//! Days, clock times and durations as people read them.
//!
//! Workers read "pe 13.3." and "klo 10.00"; clients read "perjantaina 13. maaliskuuta" and "kello 10.00".
//! Spaces inside are hard ones, so that a date never breaks over two lines.

use std::borrow::Borrow;

use kernel::{
    language::Language,
    time::{Date, SignedDuration, Timestamp, Weekday, day, wall_time},
};

use crate::Texts;

const NBSP: char = '\u{a0}';

const MONTHS_FI: [&str; 12] = [
    "tammikuuta",
    "helmikuuta",
    "maaliskuuta",
    "huhtikuuta",
    "toukokuuta",
    "kesäkuuta",
    "heinäkuuta",
    "elokuuta",
    "syyskuuta",
    "lokakuuta",
    "marraskuuta",
    "joulukuuta",
];
const MONTHS_SV: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn short_weekday(language: Language, weekday: Weekday) -> &'static str {
    let index = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
    match language {
        Language::Fi | Language::Easy => ["ma", "ti", "ke", "to", "pe", "la", "su"][index],
        Language::Sv => ["må", "ti", "on", "to", "fr", "lö", "sö"][index],
        Language::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][index],
    }
}

fn weekday_on(language: Language, weekday: Weekday) -> &'static str {
    let index = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
    match language {
        Language::Fi | Language::Easy => [
            "maanantaina",
            "tiistaina",
            "keskiviikkona",
            "torstaina",
            "perjantaina",
            "lauantaina",
            "sunnuntaina",
        ][index],
        Language::Sv => [
            "måndagen",
            "tisdagen",
            "onsdagen",
            "torsdagen",
            "fredagen",
            "lördagen",
            "söndagen",
        ][index],
        Language::En => [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ][index],
    }
}

fn month(names: &'static [&'static str; 12], date: Date) -> &'static str {
    names[usize::from(date.month().unsigned_abs()) - 1]
}

impl Texts {
    /// The day for a worker: "pe 13.3.", "fr 13.3.", "Fri 13 Mar".
    pub fn day(&self, date: impl Borrow<Date>) -> String {
        let date = *date.borrow();
        let weekday = short_weekday(self.language(), date.weekday());
        match self.language() {
            Language::En => format!(
                "{weekday}{NBSP}{}{NBSP}{}",
                date.day(),
                &month(&MONTHS_EN, date)[..3]
            ),
            _ => format!("{weekday}{NBSP}{}.{}.", date.day(), date.month()),
        }
    }

    /// The day with its year: "13.3.2026", "13 March 2026".
    pub fn full_day(&self, date: impl Borrow<Date>) -> String {
        let date = *date.borrow();
        match self.language() {
            Language::En => format!(
                "{}{NBSP}{}{NBSP}{}",
                date.day(),
                month(&MONTHS_EN, date),
                date.year()
            ),
            _ => format!("{}.{}.{}", date.day(), date.month(), date.year()),
        }
    }

    /// The day for a client: "perjantaina 13. maaliskuuta", "fredagen den 13 mars", "Friday 13 March".
    pub fn long_day(&self, date: impl Borrow<Date>) -> String {
        let date = *date.borrow();
        let weekday = weekday_on(self.language(), date.weekday());
        let number = date.day();
        match self.language() {
            Language::Fi | Language::Easy => {
                format!("{weekday} {number}.{NBSP}{}", month(&MONTHS_FI, date))
            }
            Language::Sv => format!("{weekday} den {number}{NBSP}{}", month(&MONTHS_SV, date)),
            Language::En => format!("{weekday} {number}{NBSP}{}", month(&MONTHS_EN, date)),
        }
    }

    /// The clock for a worker: "klo 10.00", "kl. 10.00", "10:00".
    pub fn clock(&self, moment: impl Borrow<Timestamp>) -> String {
        let wall = wall_time(*moment.borrow());
        let (hour, minute) = (wall.hour(), wall.minute());
        match self.language() {
            Language::Fi | Language::Easy => format!("klo{NBSP}{hour}.{minute:02}"),
            Language::Sv => format!("kl.{NBSP}{hour}.{minute:02}"),
            Language::En => format!("{hour}:{minute:02}"),
        }
    }

    /// The clock with seconds, for drafts: "klo 10.52.07".
    pub fn clock_seconds(&self, moment: impl Borrow<Timestamp>) -> String {
        let moment = *moment.borrow();
        let point = if self.language() == Language::En {
            ':'
        } else {
            '.'
        };
        format!(
            "{}{point}{:02}",
            self.clock(moment),
            wall_time(moment).second()
        )
    }

    /// The clock for a client: "kello 10.00", "klockan 10.00", "10:00".
    pub fn long_clock(&self, moment: impl Borrow<Timestamp>) -> String {
        let wall = wall_time(*moment.borrow());
        let (hour, minute) = (wall.hour(), wall.minute());
        match self.language() {
            Language::Fi | Language::Easy => format!("kello{NBSP}{hour}.{minute:02}"),
            Language::Sv => format!("klockan{NBSP}{hour}.{minute:02}"),
            Language::En => format!("{hour}:{minute:02}"),
        }
    }

    /// A moment for a worker, seen at `now`: "tänään klo 9.18", "eilen klo 9.18", "ti 10.3. klo 9.18".
    pub fn when(&self, moment: impl Borrow<Timestamp>, now: impl Borrow<Timestamp>) -> String {
        let moment = *moment.borrow();
        format!(
            "{} {}",
            self.near_day(day(moment), day(*now.borrow())),
            self.clock(moment)
        )
    }

    /// A day seen from `today`: "tänään", "eilen", "huomenna", else "ti 10.3." (with the year when it differs).
    pub fn near_day(&self, date: impl Borrow<Date>, today: impl Borrow<Date>) -> String {
        let (date, today) = (*date.borrow(), *today.borrow());
        match days_between(today, date) {
            0 => self.get("public-today"),
            -1 => self.get("public-yesterday"),
            1 => self.get("public-tomorrow"),
            _ if date.year() == today.year() => self.day(date),
            _ => self.full_day(date),
        }
    }

    /// How long something has waited at `now`, for a queue: "41 min", "1 t 20", then "eilen", then "ti 10.3.".
    pub fn waited(&self, since: impl Borrow<Timestamp>, now: impl Borrow<Timestamp>) -> String {
        let (since, now) = (*since.borrow(), *now.borrow());
        if day(since) == day(now) || now.duration_since(since) < SignedDuration::from_hours(3) {
            let minutes = now.duration_since(since).as_mins().max(0);
            return if minutes < 60 {
                format!("{minutes}{NBSP}{}", self.unit(Unit::Minute))
            } else {
                format!(
                    "{}{NBSP}{}{NBSP}{:02}",
                    minutes / 60,
                    self.unit(Unit::Hour),
                    minutes % 60
                )
            };
        }
        self.near_day(day(since), day(now))
    }

    /// A length of time in its two greatest units: "41 min", "3 t 10 min", "1 pv 3 t".
    pub fn duration(&self, length: impl Borrow<SignedDuration>) -> String {
        let minutes = length.borrow().as_mins().max(0);
        let parts = [
            (minutes / 1440, Unit::Day),
            (minutes / 60 % 24, Unit::Hour),
            (minutes % 60, Unit::Minute),
        ];
        let first = parts.iter().position(|(count, _)| *count > 0).unwrap_or(2);
        parts[first..]
            .iter()
            .take(2)
            .enumerate()
            .filter(|(index, (count, _))| *index == 0 || *count > 0)
            .map(|(_, (count, unit))| format!("{count}{NBSP}{}", self.unit(*unit)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// A number of days: "2 pv", "2 d.", "2 d".
    pub fn days(&self, count: impl Borrow<i64>) -> String {
        format!("{}{NBSP}{}", count.borrow(), self.unit(Unit::Day))
    }

    fn unit(&self, unit: Unit) -> &'static str {
        match (self.language(), unit) {
            (_, Unit::Minute) => "min",
            (Language::Fi | Language::Easy, Unit::Hour) => "t",
            (Language::Fi | Language::Easy, Unit::Day) => "pv",
            (Language::Sv, Unit::Hour) => "tim",
            (Language::En, Unit::Hour) => "h",
            (Language::Sv | Language::En, Unit::Day) => "d",
        }
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Hour,
    Minute,
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::time::{Time, moment};

    use super::*;
    use crate::Messages;

    fn texts(language: Language) -> Texts {
        Texts::new(Arc::new(Messages::collect(&[]).unwrap()), language)
    }

    fn at(date: &str, hour: i8, minute: i8) -> Timestamp {
        moment(date.parse().unwrap(), Time::constant(hour, minute, 7, 0))
    }

    #[test]
    fn days_are_written_as_people_read_them() {
        let date: Date = "2026-03-13".parse().unwrap();
        let lines = Language::ALL.map(|language| {
            let t = texts(language);
            [t.day(date), t.full_day(date), t.long_day(date)]
                .join(" | ")
                .replace(NBSP, "_")
        });
        assert_eq!(
            lines,
            [
                "pe_13.3. | 13.3.2026 | perjantaina 13._maaliskuuta",
                "fr_13.3. | 13.3.2026 | fredagen den 13_mars",
                "Fri_13_Mar | 13_March_2026 | Friday 13_March",
                "pe_13.3. | 13.3.2026 | perjantaina 13._maaliskuuta",
            ]
        );
    }

    #[test]
    fn clocks_show_finnish_time() {
        let winter = at("2026-03-13", 9, 5);
        let summer = at("2026-07-01", 14, 30);
        let t = texts(Language::Fi);
        assert_eq!(t.clock(winter).replace(NBSP, "_"), "klo_9.05");
        assert_eq!(t.clock_seconds(winter).replace(NBSP, "_"), "klo_9.05.07");
        assert_eq!(t.long_clock(summer).replace(NBSP, "_"), "kello_14.30");
        assert_eq!(
            texts(Language::Sv).clock(summer).replace(NBSP, "_"),
            "kl._14.30"
        );
        assert_eq!(texts(Language::En).clock_seconds(winter), "9:05:07");
    }

    #[test]
    fn waiting_is_told_in_words_that_grow() {
        let t = texts(Language::Fi);
        let now = at("2026-03-13", 10, 0);
        let waited = |date, hour, minute| t.waited(at(date, hour, minute), now).replace(NBSP, "_");
        assert_eq!(waited("2026-03-13", 9, 19), "41_min");
        assert_eq!(waited("2026-03-13", 8, 40), "1_t_20");
        assert_eq!(waited("2026-03-13", 0, 5), "9_t_55");
        assert_eq!(waited("2026-03-12", 23, 59), "eilen");
        assert_eq!(waited("2026-03-10", 12, 0), "ti_10.3.");
        assert_eq!(waited("2025-12-30", 12, 0), "30.12.2025");
        assert_eq!(
            waited("2026-03-13", 10, 1),
            "0_min",
            "a clock a little ahead"
        );
        let midnight = at("2026-03-13", 0, 30);
        assert_eq!(
            t.waited(at("2026-03-12", 23, 40), midnight)
                .replace(NBSP, "_"),
            "50_min"
        );
        assert_eq!(
            t.when(at("2026-03-12", 9, 18), now).replace(NBSP, "_"),
            "eilen klo_9.18"
        );
    }

    #[test]
    fn lengths_have_two_units() {
        let t = texts(Language::Fi);
        let length = |minutes| {
            t.duration(SignedDuration::from_mins(minutes))
                .replace(NBSP, "_")
        };
        assert_eq!(length(0), "0_min");
        assert_eq!(length(41), "41_min");
        assert_eq!(length(190), "3_t 10_min");
        assert_eq!(length(27 * 60 + 12), "1_pv 3_t");
        assert_eq!(length(24 * 60 + 12), "1_pv");
        assert_eq!(t.days(2).replace(NBSP, "_"), "2_pv");
    }

    #[test]
    fn summer_time_does_not_move_days() {
        let t = texts(Language::Fi);
        // The clocks go forwards on 29 March 2026: that day has 23 hours.
        let now = at("2026-03-30", 0, 30);
        assert_eq!(t.waited(at("2026-03-29", 1, 0), now), "eilen");
        assert_eq!(
            t.near_day("2026-03-29".parse::<Date>().unwrap(), day(now)),
            "eilen"
        );
    }
}
