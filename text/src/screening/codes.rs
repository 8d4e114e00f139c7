//! Identity codes with signs that only look like the right ones.

use std::ops::Range;

use super::Weight;
use crate::personal_data;

/// So many of the digits must be digits.
const LEAST_DIGITS: usize = 5;

/// Every code, those of the plain grammar (`plain`) among them, no two overlapping.
pub(super) fn find(text: &str, plain: Vec<Range<usize>>) -> Vec<(Range<usize>, Weight)> {
    let mut codes: Vec<(Range<usize>, Weight)> = plain
        .into_iter()
        .map(|range| (range, Weight::Certain))
        .collect();
    // The places of the plain text, one for each byte of the folded one.
    let mut folded = String::with_capacity(text.len());
    let mut places: Vec<usize> = Vec::with_capacity(text.len() + 1);
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    for (index, &(at, one)) in characters.iter().enumerate() {
        let plain = match fold(one) {
            '/' | '_' | '~' | '=' | '*' | ':' | '.' if between_digits(&characters, index) => '-',
            other => other,
        };
        folded.push(plain);
        places.extend(std::iter::repeat_n(at, plain.len_utf8()));
    }
    places.push(text.len());
    if folded == text {
        return codes;
    }
    for (range, certain) in personal_data::identity_codes(&folded) {
        let place = places[range.start]..places[range.end];
        let written = &text[place.clone()];
        let digits = written.chars().filter(|one| one.is_numeric()).count();
        // Without look-alikes the plain grammar has decided, which knows phone numbers too.
        if written != &folded[range] && digits >= LEAST_DIGITS {
            let weight = if certain {
                Weight::Certain
            } else {
                Weight::Ask
            };
            join(&mut codes, place, weight);
        }
    }
    codes
}

/// Adds a place; what it overlaps becomes one with it and keeps the surer weight.
fn join(codes: &mut Vec<(Range<usize>, Weight)>, mut place: Range<usize>, mut weight: Weight) {
    while let Some(index) = codes
        .iter()
        .position(|(old, _)| old.start < place.end && place.start < old.end)
    {
        let (old, old_weight) = codes.swap_remove(index);
        place = old.start.min(place.start)..old.end.max(place.end);
        weight = weight.min(old_weight);
    }
    codes.push((place, weight));
}

/// Between the sixth digit of a day and the three of an individual number.
fn between_digits(characters: &[(usize, char)], index: usize) -> bool {
    let is_digit = |one: &&(usize, char)| fold(one.1).is_ascii_digit();
    let before: Vec<_> = characters[..index]
        .iter()
        .rev()
        .filter(|one| !is_gap(one.1))
        .take(6)
        .collect();
    let after: Vec<_> = characters[index + 1..]
        .iter()
        .filter(|one| !is_gap(one.1))
        .take(3)
        .collect();
    before.len() == 6
        && after.len() == 3
        && before.iter().all(is_digit)
        && after.iter().all(is_digit)
}

/// White space, and what takes no room: as in the plain grammar.
fn is_gap(one: char) -> bool {
    one.is_whitespace()
        || matches!(
            one,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

/// The sign that another one looks like.
fn fold(one: char) -> char {
    match personal_data::fold(one) {
        'O' | 'o' | '\u{41e}' | '\u{43e}' | '\u{39f}' | '\u{3bf}' => '0',
        'I' | 'l' | '|' | '\u{406}' | '\u{456}' | '\u{399}' => '1',
        '\u{410}' | '\u{391}' | '\u{430}' => 'A',
        '\u{412}' | '\u{392}' => 'B',
        '\u{421}' | '\u{441}' => 'C',
        '\u{415}' | '\u{395}' | '\u{435}' => 'E',
        '\u{425}' | '\u{3a7}' | '\u{445}' => 'X',
        '\u{423}' | '\u{3a5}' | '\u{443}' => 'Y',
        '\u{41d}' | '\u{397}' => 'H',
        '\u{41a}' | '\u{39a}' => 'K',
        '\u{41c}' | '\u{39c}' => 'M',
        '\u{39d}' => 'N',
        '\u{420}' | '\u{3a1}' | '\u{440}' => 'P',
        '\u{422}' | '\u{3a4}' => 'T',
        // Roman numerals that are signs of their own.
        '\u{2160}' | '\u{2170}' => '1',
        '\u{2164}' | '\u{2174}' => 'V',
        '\u{2169}' | '\u{2179}' => 'X',
        '\u{216c}' | '\u{217c}' => 'L',
        '\u{216d}' | '\u{217d}' => 'C',
        '\u{216e}' | '\u{217e}' => 'D',
        '\u{216f}' | '\u{217f}' => 'M',
        '\u{2043}' | '\u{fe58}' | '\u{fe63}' | '\u{2500}' | '\u{b7}' | '\u{2022}' => '-',
        // Digits of other scripts stand in rows of ten from their zero.
        one @ '\u{660}'..='\u{669}' => digit(one, 0x660),
        one @ '\u{6f0}'..='\u{6f9}' => digit(one, 0x6f0),
        one @ '\u{966}'..='\u{96f}' => digit(one, 0x966),
        '\u{1d7ce}'..='\u{1d7ff}' => {
            char::from_digit((u32::from(one) - 0x1d7ce) % 10, 10).unwrap_or(one)
        }
        other => other,
    }
}

fn digit(one: char, zero: u32) -> char {
    char::from_digit(u32::from(one) - zero, 10).unwrap_or(one)
}
