//! The pages. They read releases and open populations; nothing here can count.

pub mod areas;
pub mod chart;
pub mod csv;
pub mod filter;
pub mod list;
pub mod one;
pub mod recall;

use access::log::{Actor, LogEntry};
use charts::Numbers;
use clients::Reader;
use clients::gate::{Granted, general};
use identity::session::CurrentUser;
use kernel::language::Language;
use kernel::place;
use kernel::time::Timestamp;
use web::{Failure, House, Texts};

use crate::Definition;
use crate::definition::Measure;
use crate::layout::members;
use crate::period::Period;
use crate::rates::Rate;
use crate::view::{Told, View, Whose};

/// What every page of this room keeps of the conditions of the rights table: only what disclosure control has let
/// through, nobody's row, after a run.
const KEPT: &[&str] = &["disclosure_control", "no_person_rows", "disclosure_run"];

/// The right of a reader to figures.
fn granted(house: &House, user: &CurrentUser, action: &str) -> Result<(Reader, Granted), Failure> {
    let reader = Reader::from(user);
    let granted = general(&reader, "statistics", action, house.today(), KEPT)
        .map_err(|_| Failure::NotFound)?;
    Ok((reader, granted))
}

fn entry(
    at: Timestamp,
    reader: &Reader,
    granted: &Granted,
    event: &'static str,
    detail: String,
) -> LogEntry {
    LogEntry {
        at,
        actor: Actor::Staff(reader.staff.bytes()),
        event,
        right: granted.right.into(),
        purpose: granted.purpose,
        subjects: Vec::new(),
        detail,
        digest: None,
    }
}

/// What stands where a figure is hidden or cannot be told.
const HIDDEN: &str = "..";

fn whole(t: &Texts, count: u64) -> String {
    // A count of people is far below 2^52.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of people is far below 2^52"
    )]
    let count = count as f64;
    Numbers::whole(t.language()).write(count)
}

fn count_words(t: &Texts, count: Option<u64>) -> String {
    count.map_or_else(|| HIDDEN.to_owned(), |count| whole(t, count))
}

/// A count, or about how many when it is rounded.
fn about_words(t: &Texts, count: Option<u64>, base: Option<u64>) -> String {
    match (count, base) {
        (Some(count), Some(_)) => t.with("figures-about", &[("count", whole(t, count).into())]),
        (count, _) => count_words(t, count),
    }
}

fn decimal(t: &Texts, value: f64) -> String {
    Numbers::with_decimals(t.language(), 1).write(value)
}

/// Decimals of a figure: of a small county's rates for 1,000 one decimal would leave next to nothing.
fn decimals(definition: &Definition, rate: Rate) -> u8 {
    if definition.per_head() && rate.value < 1.0 {
        2
    } else {
        1
    }
}

fn scaled_words(t: &Texts, definition: &Definition, rate: Rate, value: f64) -> String {
    Numbers::with_decimals(t.language(), decimals(definition, rate))
        .write(scaled(definition, value))
}

/// How a rate is written: a share as a percentage.
fn scaled(definition: &Definition, value: f64) -> f64 {
    match definition.measure {
        Measure::Share(_) => value * 100.0,
        Measure::PerHead | Measure::Count => value,
    }
}

fn rate_words(t: &Texts, definition: &Definition, rate: Option<Rate>) -> String {
    rate.map_or_else(
        || HIDDEN.to_owned(),
        |rate| scaled_words(t, definition, rate, rate.value),
    )
}

fn interval_words(t: &Texts, definition: &Definition, rate: Option<Rate>) -> String {
    rate.map_or_else(String::new, |rate| {
        format!(
            "{}–{}",
            scaled_words(t, definition, rate, rate.low),
            scaled_words(t, definition, rate, rate.high)
        )
    })
}

/// A figure in a few words: "78,4 % (58 / 74)", "1 204 (4,4 / 1 000 asukasta)".
fn value_words(t: &Texts, definition: &Definition, told: &Told) -> String {
    let Some(count) = told.count else {
        return t.get("figures-value-hidden");
    };
    if told.base.is_some() {
        return about_words(t, told.count, told.base);
    }
    match (definition.measure, told.rate) {
        (Measure::Share(_), Some(rate)) => t.with(
            "figures-value-share",
            &[
                ("share", decimal(t, rate.value * 100.0).into()),
                ("part", count_words(t, told.part).into()),
                ("whole", whole(t, count).into()),
            ],
        ),
        // Of nobody there is no share.
        (Measure::Share(_), None) if count == 0 => t.get("figures-value-none"),
        (Measure::Share(_), None) => t.with(
            "figures-value-no-share",
            &[("whole", whole(t, count).into())],
        ),
        (Measure::PerHead, Some(_)) => t.with(
            "figures-value-rate",
            &[
                ("count", whole(t, count).into()),
                ("rate", rate_words(t, definition, told.rate).into()),
            ],
        ),
        _ => whole(t, count),
    }
}

/// The change from the year before, where two years may be set beside each other.
fn trend_words(t: &Texts, now: &View<'_>, before: Option<&View<'_>>) -> String {
    let Some(before) = before.filter(|before| {
        before.release.meta.year + 1 == now.release.meta.year
            && before.is_comparable()
            && now.is_comparable()
    }) else {
        return String::new();
    };
    let all = crate::layout::ALL;
    let (new, old) = (now.county(all), before.county(all));
    let (Some(new), Some(old)) = (new.value(now.definition), old.value(now.definition)) else {
        return String::new();
    };
    let share = matches!(now.definition.measure, Measure::Share(_));
    let change = if share {
        (new - old) * 100.0
    } else {
        new - old
    };
    let written = if share {
        decimal(t, change.abs())
    } else {
        Numbers::whole(t.language()).write(change.abs())
    };
    let key = match (share, change) {
        (_, change) if change.abs() < 0.05 => return t.get("figures-trend-same"),
        (true, change) if change > 0.0 => "figures-trend-points-up",
        (true, _) => "figures-trend-points-down",
        (false, change) if change > 0.0 => "figures-trend-up",
        (false, _) => "figures-trend-down",
    };
    t.with(key, &[("change", written.into())])
}

/// "2025", "2024 (vajaa vuosi, 2.5.2024–31.12.2024)", or "2026, 30.9.2026 asti" as far as it has closed.
fn period_words(t: &Texts, view: &View<'_>) -> String {
    let meta = &view.release.meta;
    if let Some(opened) = view.opened.filter(|_| view.is_short()) {
        t.with(
            "figures-period-short",
            &[
                ("year", meta.year.to_string().into()),
                ("from", t.full_day(opened).into()),
                ("day", t.full_day(meta.through).into()),
            ],
        )
    } else if meta.period().is_some_and(Period::is_whole) {
        meta.year.to_string()
    } else {
        t.with(
            "figures-period-part",
            &[
                ("year", meta.year.to_string().into()),
                ("day", t.full_day(meta.through).into()),
            ],
        )
    }
}

/// Why a year is not set beside others.
fn uncompared(view: &View<'_>) -> &'static str {
    if view.is_short() {
        "figures-caveat-short"
    } else {
        "figures-caveat-part"
    }
}

/// "3/2025", "2. neljännes 2025".
fn time_words(t: &Texts, year: i16, time: &str) -> (String, String) {
    let number = time
        .get(1..)
        .and_then(|text| text.parse::<i64>().ok())
        .unwrap_or(0);
    let key = match time.as_bytes().first() {
        Some(b'h') => "figures-half",
        Some(b'q') => "figures-quarter",
        _ => "figures-month",
    };
    let args = [
        ("number", number.to_string().into()),
        ("year", year.to_string().into()),
    ];
    (number.to_string(), t.with(key, &args))
}

fn area_name(t: &Texts, code: &str) -> String {
    place::municipality(code)
        .map_or_else(|| code.to_owned(), |one| one.name(t.language()).to_owned())
}

fn whose_words(t: &Texts, whose: &Whose) -> String {
    match whose {
        Whose::County => t.get("figures-county"),
        Whose::Municipality(code) => area_name(t, code),
        Whose::Others => t.get("figures-others"),
    }
}

/// The words of a part, or of those that are told together.
pub(crate) fn part_words(t: &Texts, part: &str) -> String {
    if let Some(parts) = members(part) {
        let names: Vec<String> = parts.iter().map(|part| part_words(t, part)).collect();
        return t.with(
            "figures-parts-together",
            &[("parts", names.join(", ").into())],
        );
    }
    t.get(&format!("figure-part-{}", part.replace('_', "-")))
}

fn age_words(t: &Texts, age: &str) -> String {
    t.get(&format!("figure-age-{age}"))
}

/// Municipalities of a county in the order of their names.
fn municipalities(county: &str, language: Language) -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> = place::municipalities_of(county)
        .into_iter()
        .map(|one| (one.code, one.name(language)))
        .collect();
    all.sort_by_key(|(_, name)| *name);
    all
}
