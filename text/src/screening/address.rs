//! Addresses: names of streets with their numbers.

use super::places::is_municipality;
use super::reading::{Reading, Word};
use super::{Found, Kind, Weight};

/// Last parts of names of streets, with the cases an address is written in.
const STREETS: [&str; 81] = [
    "katu",
    "kadun",
    "kadulla",
    "kadulta",
    "kadulle",
    "katua",
    "tie",
    "tien",
    "tiellä",
    "tieltä",
    "tielle",
    "tietä",
    "polku",
    "polun",
    "polulla",
    "polulta",
    "polulle",
    "kuja",
    "kujan",
    "kujalla",
    "kujalta",
    "kujalle",
    "kaari",
    "kaaren",
    "kaarella",
    "kaarelta",
    "kaarelle",
    "raitti",
    "raitin",
    "raitilla",
    "raitille",
    "penger",
    "penkereen",
    "penkereellä",
    "rinne",
    "rinteen",
    "rinteellä",
    "väylä",
    "väylän",
    "väylällä",
    "väylälle",
    "bulevardi",
    "bulevardin",
    "bulevardilla",
    "aukio",
    "aukion",
    "aukiolla",
    "esplanadi",
    "esplanadin",
    "esplanadilla",
    "ranta",
    "rannan",
    "rannalla",
    "portti",
    "portin",
    "portilla",
    "gatan",
    "gatans",
    "gata",
    "vägen",
    "vägens",
    "stigen",
    "stigens",
    "gränden",
    "grändens",
    "allén",
    "bågen",
    "backen",
    "torget",
    "esplanaden",
    "kajen",
    "svängen",
    "stranden",
    "brinken",
    "stigs",
    "laituri",
    "laiturin",
    "piha",
    "pihan",
    "taival",
    "taipaleen",
];

/// Roads and ways that are nobody's home.
const NO_STREETS: [&str; 22] = [
    "valtatie",
    "valtatien",
    "kantatie",
    "moottoritie",
    "moottoriti",
    "seututie",
    "pikatie",
    "kehätie",
    "maantie",
    "rautatie",
    "yksityistie",
    "hoitopol",
    "palvelupol",
    "asiakaspol",
    "urapol",
    "oppimispol",
    "koulutie",
    "elämäntie",
    "motorvägen",
    "riksvägen",
    "järnväg",
    "uimaran",
];

pub(super) fn find(reading: &Reading, found: &mut Found) {
    for (index, word) in reading.words.iter().enumerate() {
        if !is_street(word) {
            continue;
        }
        let start = word.token.range.start;
        match house(reading, index) {
            Some(last) if word.capital => {
                let end = reading.words[town(reading, last).unwrap_or(last)]
                    .token
                    .range
                    .end;
                found.add(Kind::Address, start..end, Weight::Certain);
            }
            Some(last) => {
                found.add(
                    Kind::Address,
                    start..reading.words[last].token.range.end,
                    Weight::Ask,
                );
            }
            None if word.capital && !word.first => {
                found.add(Kind::Address, word.range(), Weight::Ask);
            }
            // At the beginning of a sentence the dictionary must take it for a name.
            None if word.capital
                && word.token.word.proper.place
                && !word.token.word.proper.common =>
            {
                found.add(Kind::Address, word.range(), Weight::Ask);
            }
            None => {}
        }
    }
    // A postal code with its town stands for an address too.
    for index in 0..reading.words.len() {
        if is_postal_code(reading.words[index].surface)
            && reading.next(index).is_some_and(|town| town.capital)
        {
            let end = reading.words[index + 1].token.range.end;
            found.add(
                Kind::Address,
                reading.words[index].token.range.start..end,
                Weight::Ask,
            );
        }
    }
}

fn is_street(word: &Word) -> bool {
    let form = word.form();
    let ending = STREETS
        .iter()
        .filter(|ending| form.ends_with(*ending))
        .map(|ending| ending.len())
        .max();
    let Some(ending) = ending else {
        return false;
    };
    form.len() >= ending + 3
        && !NO_STREETS.iter().any(|other| form.starts_with(other))
        && !is_municipality(form, &[])
}

/// The last word of `4`, `12b`, `3 B 12` after the name of a street.
fn house(reading: &Reading, index: usize) -> Option<usize> {
    let number = reading.next(index)?;
    let digits = number
        .form()
        .chars()
        .take_while(char::is_ascii_digit)
        .count();
    // An ending may follow after a colon: Harjutie 7:stä.
    let written = number.form().split(':').next().unwrap_or_default();
    let rest = written.chars().count().saturating_sub(digits);
    if !(1..=3).contains(&digits) || rest > 1 {
        return None;
    }
    let mut last = index + 1;
    if let Some(stair) = reading.next(last)
        && stair.surface.len() == 1
        && stair.capital
    {
        last += 1;
        if reading
            .next(last)
            .is_some_and(|flat| flat.form().parse::<u16>().is_ok_and(|flat| flat < 1000))
        {
            last += 1;
        }
    }
    Some(last)
}

/// The last word of `, 40100 Jyväskylä` after the house.
fn town(reading: &Reading, last: usize) -> Option<usize> {
    let code = reading.words.get(last + 1)?;
    let near = reading
        .between(last)
        .trim_start_matches(',')
        .trim()
        .is_empty();
    (near
        && is_postal_code(code.surface)
        && reading.next(last + 1).is_some_and(|town| town.capital))
    .then_some(last + 2)
}

fn is_postal_code(word: &str) -> bool {
    word.len() == 5 && word.bytes().all(|one| one.is_ascii_digit())
}
