//! Days of birth.

use super::reading::Reading;
use super::{Found, Kind, Weight};

/// Words after which a day is somebody's birth.
const BIRTH: [&str; 12] = [
    "synt", "syntynyt", "syntyi", "syntymä", "född", "föddes", "födelse", "föds", "born", "birth",
    "synnyi", "födda",
];
const MONTHS: [&str; 24] = [
    "tammikuu",
    "helmikuu",
    "maaliskuu",
    "huhtikuu",
    "toukokuu",
    "kesäkuu",
    "heinäkuu",
    "elokuu",
    "syyskuu",
    "lokakuu",
    "marraskuu",
    "joulukuu",
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
/// A bare day before this is hardly a day of a meeting.
const RECENT: u32 = 2010;
/// How many pieces before the day the word of birth may stand.
const REACH: usize = 3;

pub(super) fn find(reading: &Reading, found: &mut Found) {
    let pieces = &reading.pieces;
    for index in 0..pieces.len() {
        let (year, last) = match numeric(pieces[index].text) {
            Some(year) => (year, index),
            None => match in_words(reading, index) {
                Some(year) => (year, index + 2),
                None => continue,
            },
        };
        let before = &pieces[index.saturating_sub(REACH)..index];
        let born = before.iter().any(|piece| {
            let lower = piece.text.to_lowercase();
            BIRTH.iter().any(|word| lower.starts_with(word))
        }) || before.last().is_some_and(|piece| {
            let dotted = reading.text[piece.range.end..].starts_with('.');
            dotted && ["s", "f"].contains(&piece.text)
        });
        let weight = match (born, year) {
            (true, _) => Weight::Certain,
            (false, Some(year)) if year < RECENT => Weight::Ask,
            _ => continue,
        };
        found.add(
            Kind::BirthDate,
            pieces[index].range.start..pieces[last].range.end,
            weight,
        );
    }
}

/// `12.3.1957`, `12/3/1957`, `1957-03-12`, and without a year `120357`: the year where it is told.
fn numeric(piece: &str) -> Option<Option<u32>> {
    if piece.len() == 6 && piece.bytes().all(|one| one.is_ascii_digit()) {
        return day_and_month(&piece[..2], &piece[2..4]).then_some(None);
    }
    let parts: Vec<&str> = piece.split(['.', '/', '-']).collect();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let (day, year) = if first.len() == 4 {
        (last, first)
    } else {
        (first, last)
    };
    let year: u32 = match year.len() {
        4 => year.parse().ok()?,
        2 => 1900 + year.parse::<u32>().ok()?,
        _ => return None,
    };
    let sane = (1880..2100).contains(&year) && day_and_month(day, month);
    sane.then_some(Some(year))
}

fn day_and_month(day: &str, month: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    (1..=31).contains(&number(day)) && (1..=12).contains(&number(month))
}

/// `7. toukokuuta 1948`, `7 maj 1948`: the day is at the index.
fn in_words(reading: &Reading, index: usize) -> Option<Option<u32>> {
    let day: u32 = reading.pieces[index].text.parse().ok()?;
    let month = reading.pieces.get(index + 1)?.text.to_lowercase();
    let year: u32 = reading.pieces.get(index + 2)?.text.parse().ok()?;
    let named = MONTHS.iter().any(|name| month.starts_with(name));
    (named && (1..=31).contains(&day) && (1880..2100).contains(&year)).then_some(Some(year))
}
