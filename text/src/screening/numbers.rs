//! Account numbers, plates, and the numbers of clients, decisions and matters.

use super::reading::{Piece, Reading};
use super::{Found, Kind, Weight};

/// Lengths of account numbers by country, those met in Finland.
const IBAN_LENGTHS: [(&str, usize); 14] = [
    ("FI", 18),
    ("AX", 18),
    ("SE", 24),
    ("NO", 15),
    ("DK", 18),
    ("EE", 20),
    ("LV", 21),
    ("LT", 20),
    ("DE", 22),
    ("PL", 28),
    ("GB", 22),
    ("NL", 18),
    ("ES", 24),
    ("FR", 27),
];

/// Words after which a number is somebody's.
const NUMBER_WORDS: [&str; 34] = [
    "asiakasnumero",
    "asiakasnro",
    "asiakasnr",
    "asiakastunnu",
    "asiakas-id",
    "päätösnumero",
    "päätösnro",
    "päätöstunnu",
    "diaarinumero",
    "diaarinro",
    "diaari",
    "dnro",
    "asianumero",
    "asiatunnu",
    "tapausnumero",
    "hakemusnumero",
    "hakemustunnu",
    "potilasnumero",
    "viitenumero",
    "jäsennumero",
    "kundnummer",
    "kundnr",
    "klientnummer",
    "klientnr",
    "beslutsnummer",
    "beslutsnr",
    "diarienummer",
    "diarienumret",
    "diarienr",
    "dnr",
    "ärendenummer",
    "ansökningsnummer",
    "patientnummer",
    "referensnummer",
];

/// Words beside which letters and digits are a plate.
const VEHICLES: [&str; 12] = [
    "auto",
    "rekister",
    "rekkari",
    "kilpi",
    "kilven",
    "mopo",
    "moottoripyör",
    "pakettiauto",
    "bil",
    "registernummer",
    "skylt",
    "fordon",
];

/// Names of questionnaires and classifications that look like plates.
const NO_PLATES: [&str; 12] = [
    "ICD", "PHQ", "WHO", "DSM", "BDI", "GAD", "ISO", "SFS", "COV", "AUD", "RAI", "FIM",
];

pub(super) fn ibans(text: &str, found: &mut Found) {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    for start in 0..characters.len() {
        if start > 0 && characters[start - 1].1.is_alphanumeric() {
            continue;
        }
        let country: String = characters[start..]
            .iter()
            .take(2)
            .map(|one| one.1.to_ascii_uppercase())
            .collect();
        let Some((_, length)) = IBAN_LENGTHS.iter().find(|(known, _)| *known == country) else {
            continue;
        };
        let mut signs = String::new();
        let mut end = start;
        while let Some(&(_, one)) = characters.get(end) {
            if signs.len() == *length {
                break;
            }
            match one {
                ' ' | '\u{a0}' | '-' if signs.len() >= 4 => {}
                _ if one.is_ascii_alphanumeric() => signs.push(one.to_ascii_uppercase()),
                _ => break,
            }
            end += 1;
        }
        let numbers = signs
            .bytes()
            .skip(2)
            .take(2)
            .all(|one| one.is_ascii_digit());
        let runs_on = characters
            .get(end)
            .is_some_and(|one| one.1.is_ascii_digit());
        if signs.len() != *length || !numbers || runs_on {
            continue;
        }
        let finnish = country == "FI" || country == "AX";
        let digits = signs.bytes().skip(2).all(|one| one.is_ascii_digit());
        let range = characters[start].0..characters.get(end).map_or(text.len(), |one| one.0);
        if remainder(&signs) == 1 {
            found.add(Kind::Iban, range, Weight::Certain);
        } else if finnish && digits {
            found.add(Kind::Iban, range, Weight::Ask);
        }
    }
}

/// ISO 13616: the first four signs go last, letters are 10 to 35, and the whole is taken modulo 97.
fn remainder(signs: &str) -> u32 {
    signs
        .chars()
        .cycle()
        .skip(4)
        .take(signs.len())
        .filter_map(|one| one.to_digit(36))
        .fold(0, |rest, value| {
            let rest = rest * if value > 9 { 100 } else { 10 };
            (rest + value) % 97
        })
}

pub(super) fn plates(reading: &Reading, found: &mut Found) {
    for (index, piece) in reading.pieces.iter().enumerate() {
        let Some((letters, digits)) = piece.text.split_once(['-', '\u{2010}', '\u{2011}', '–'])
        else {
            continue;
        };
        let counts = (letters.chars().count(), digits.len());
        let formed = (2..=3).contains(&counts.0)
            && (1..=3).contains(&counts.1)
            && letters.chars().all(char::is_alphabetic)
            && digits.bytes().all(|one| one.is_ascii_digit());
        if !formed || NO_PLATES.contains(&letters.to_uppercase().as_str()) {
            continue;
        }
        let capital = letters.chars().all(char::is_uppercase);
        if capital && counts == (3, 3) {
            found.add(Kind::Plate, piece.range.clone(), Weight::Certain);
        } else if near(&reading.pieces, index, 5, &VEHICLES) {
            found.add(Kind::Plate, piece.range.clone(), Weight::Ask);
        }
    }
}

/// Whether one of the pieces before begins with one of these words.
fn near(pieces: &[Piece<'_>], index: usize, reach: usize, words: &[&str]) -> bool {
    pieces[index.saturating_sub(reach)..index]
        .iter()
        .any(|piece| {
            let lower = piece.text.to_lowercase();
            words.iter().any(|word| lower.starts_with(word))
        })
}

pub(super) fn register_numbers(reading: &Reading, found: &mut Found) {
    for (index, piece) in reading.pieces.iter().enumerate() {
        let digits = piece.text.bytes().filter(u8::is_ascii_digit).count();
        let signs = piece
            .text
            .chars()
            .all(|one| one.is_ascii_alphanumeric() || "/.-_".contains(one));
        if digits < 4 || !signs {
            continue;
        }
        let named = near(&reading.pieces, index, 2, &NUMBER_WORDS);
        let parts: Vec<&str> = piece.text.split('/').collect();
        let year = parts.last().is_some_and(|last| {
            last.len() == 4 && (last.starts_with("19") || last.starts_with("20"))
        });
        let filed = parts.len() >= 3 && year && !is_day(&parts);
        let decided = parts.len() == 2
            && year
            && parts[0].bytes().filter(u8::is_ascii_digit).count() >= 3
            && near(&reading.pieces, index, 2, &["päätö", "beslut"]);
        if named || filed || decided {
            found.add(Kind::Number, piece.range.clone(), Weight::Certain);
        }
    }
}

/// `12/3/1957`.
fn is_day(parts: &[&str]) -> bool {
    parts.len() == 3
        && parts[..2]
            .iter()
            .all(|part| part.len() <= 2 && part.bytes().all(|one| one.is_ascii_digit()))
}

/// Seven digits and more, when nothing else took them.
pub(super) fn long_numbers(reading: &Reading, found: &mut Found) {
    for piece in &reading.pieces {
        let digits = piece.text.bytes().filter(u8::is_ascii_digit).count();
        let plain = piece
            .text
            .bytes()
            .all(|one| one.is_ascii_digit() || one == b'-');
        // 20250312 is a day.
        let day = digits == 8 && (piece.text.starts_with("19") || piece.text.starts_with("20"));
        if digits >= 7 && plain && !day {
            found.add(Kind::Number, piece.range.clone(), Weight::Ask);
        }
    }
}
