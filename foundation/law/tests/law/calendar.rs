//! The computed calendar equals the list of an independent source, day by day.

use std::collections::BTreeMap;

use kernel::time::{Date, Weekday};
use law::calendar::{Calendar, Holiday, holiday};

use crate::{date, rows, weekday};

/// Written and proved by tools/calendar_check.py.
fn independent() -> BTreeMap<Date, String> {
    let rows = rows(include_str!("../data/days_off_2024_2030.csv"));
    let days = rows.iter().map(|row| {
        assert_eq!(weekday(date(&row[0])), &row[1]);
        (date(&row[0]), row[2].to_owned())
    });
    days.collect()
}

fn all_days() -> impl Iterator<Item = Date> {
    let last = date("2030-12-31");
    date("2024-01-01")
        .series(jiff::Span::new().days(1))
        .take_while(move |day| *day <= last)
}

fn name_fi(holiday: Holiday) -> &'static str {
    match holiday {
        Holiday::NewYear => "Uudenvuodenpäivä",
        Holiday::Epiphany => "Loppiainen",
        Holiday::GoodFriday => "Pitkäperjantai",
        Holiday::EasterSunday => "Pääsiäispäivä",
        Holiday::EasterMonday => "Toinen pääsiäispäivä",
        Holiday::MayDay => "Vappu",
        Holiday::Ascension => "Helatorstai",
        Holiday::Pentecost => "Helluntaipäivä",
        Holiday::MidsummerEve => "Juhannusaatto",
        Holiday::MidsummerDay => "Juhannuspäivä",
        Holiday::AllSaints => "Pyhäinpäivä",
        Holiday::IndependenceDay => "Itsenäisyyspäivä",
        Holiday::ChristmasEve => "Jouluaatto",
        Holiday::ChristmasDay => "Joulupäivä",
        Holiday::SecondChristmasDay => "Tapaninpäivä",
    }
}

#[test]
fn the_calendar_equals_an_independent_source_for_seven_years() {
    let independent = independent();
    let calendar = Calendar::finland();
    assert_eq!(independent.len(), 7 * 15);
    for day in all_days() {
        let theirs = independent.get(&day).map(String::as_str);
        assert_eq!(holiday(day).map(name_fi), theirs, "{day}");
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        assert_eq!(
            calendar.is_working_day(day),
            !weekend && theirs.is_none(),
            "{day}"
        );
    }
}

/// Working days are found by walking the independent list, without the calendar of the product.
#[test]
fn seven_working_days_are_counted_alike_from_every_day() {
    let independent = independent();
    let calendar = Calendar::finland();
    let working: Vec<Date> = all_days()
        .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
        .filter(|day| !independent.contains_key(day))
        .collect();
    for day in all_days().filter(|day| *day < date("2030-11-01")) {
        let after = working.partition_point(|working| *working <= day);
        assert_eq!(calendar.after(day), Some(working[after]));
        assert_eq!(
            calendar.working_days_after(day, 7),
            Some(working[after + 6])
        );
        assert_eq!(calendar.working_days_between(day, working[after + 6]), 7);
        let on_or_after = working.partition_point(|working| *working < day);
        assert_eq!(calendar.on_or_after(day), Some(working[on_or_after]));
        if let Some(before) = after.checked_sub(1) {
            assert_eq!(calendar.on_or_before(day), Some(working[before]));
        }
    }
}
