//! Basics of a synthetic person as she told them.

use clients::store::create::NewClient;
use kernel::chance::Chance;

use crate::cases::Hand;
use crate::people::{Person, percent, pick};
use crate::places;

/// Streets of the synthetic county; nobody lives on them.
const STREETS: [&str; 10] = [
    "Harjutie",
    "Koivukuja",
    "Lepolantie",
    "Mäntypolku",
    "Niittykatu",
    "Puistokatu",
    "Rantaraitti",
    "Satamakatu",
    "Tapionkatu",
    "Vesangantie",
];
/// Streets of those whose address is secret: found in no output of somebody not entitled to them.
const SECRET_STREETS: [&str; 4] = ["Hiljaisuudenkuja", "Kätköpolku", "Suojalantie", "Varjokatu"];

/// Basics as the person told them.
pub(crate) fn basics(chance: &dyn Chance, person: &Person, hand: Hand, secret: bool) -> NewClient {
    let (given, family) = person
        .name
        .rsplit_once(' ')
        .unwrap_or((person.name.as_str(), ""));
    let street = if secret {
        pick(chance, &SECRET_STREETS)
    } else {
        pick(chance, &STREETS)
    };
    let (number, post) = (1 + chance.below(90), chance.below(9));
    let place = match kernel::place::municipality(&person.municipality) {
        Some(one) if one.county != places::WRITTEN_OF => one.name_fi.to_owned(),
        _ => format!("40{post}00 Jyväskylä"),
    };
    let mut details = vec![
        ("phone", person.phone.clone()),
        ("address", format!("{street} {number}, {place}")),
        ("home_municipality", person.municipality.clone()),
        (
            "service_language",
            if person.language == "sv" { "sv" } else { "fi" }.to_owned(),
        ),
    ];
    if percent(chance, 4) {
        details.push(("easy_language", "yes".to_owned()));
    }
    if percent(chance, 5) {
        details.push(("homelessness", "friends".to_owned()));
    }
    if secret {
        details.push(("safe_number", "045 000 0000".to_owned()));
        details.push(("safe_hours", "Arkisin klo 9–11, ei viestejä".to_owned()));
    }
    NewClient {
        code: None,
        birth: None,
        family: family.to_owned(),
        given: given.to_owned(),
        called: None,
        sex: None,
        source: "client".to_owned(),
        unit: Some(hand.unit),
        details,
        protect: false,
    }
}
