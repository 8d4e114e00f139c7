//! Mutations of inputs.

use kernel::chance::Chance;

use crate::LONGEST;

/// What has broken parsers before: numbers at the edges, letters of other lengths, directions and widths, marks of nesting.
const ODD: [&str; 34] = [
    "0",
    "-0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1e308",
    "1e-400",
    "0.1",
    "NaN",
    "2147483648",
    "00000000000000000001",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{301}",
    "ä",
    "Å",
    "ß",
    "İ",
    "ﬁ",
    "😀",
    "\u{10ffff}",
    "\r\n",
    "\r",
    "\t",
    "\\",
    "\"",
    "%00",
    "%ff",
    "&#0;",
    "[[[[[[[[",
    "{\"a\":",
];

fn place(length: usize, chance: &dyn Chance) -> usize {
    match length {
        0 => 0,
        _ => chance.below(length as u64) as usize,
    }
}

fn insert(input: &mut Vec<u8>, bytes: &[u8], chance: &dyn Chance) {
    let at = place(input.len() + 1, chance);
    input.splice(at..at, bytes.iter().copied());
}

/// A piece of an input.
fn piece(of: &[u8], chance: &dyn Chance) -> Vec<u8> {
    let from = place(of.len(), chance);
    let length = 1 + place(64.min(of.len().saturating_sub(from)), chance);
    of[from..(from + length).min(of.len())].to_vec()
}

/// A new input from the pool.
pub fn mutated(pool: &[Vec<u8>], words: &[&str], chance: &dyn Chance) -> Vec<u8> {
    let mut input = pool[place(pool.len(), chance)].clone();
    for _ in 0..=chance.below(5) {
        step(&mut input, pool, words, chance);
    }
    input.truncate(LONGEST);
    input
}

/// An input with one small change.
pub fn nudged(
    mut input: Vec<u8>,
    pool: &[Vec<u8>],
    words: &[&str],
    chance: &dyn Chance,
) -> Vec<u8> {
    step(&mut input, pool, words, chance);
    input.truncate(LONGEST);
    input
}

fn step(input: &mut Vec<u8>, pool: &[Vec<u8>], words: &[&str], chance: &dyn Chance) {
    let at = place(input.len(), chance);
    match chance.below(12) {
        0 if !input.is_empty() => input[at] ^= 1 << chance.below(8),
        1 if !input.is_empty() => input[at] = chance.below(256) as u8,
        2 => insert(input, &[chance.below(256) as u8], chance),
        3 if !input.is_empty() => {
            let end = (at + 1 + place(32, chance)).min(input.len());
            input.drain(at..end);
        }
        4 => {
            let own = piece(input, chance);
            insert(input, &own, chance);
        }
        5 => {
            let other = piece(&pool[place(pool.len(), chance)], chance);
            insert(input, &other, chance);
        }
        6 | 7 if !words.is_empty() => {
            insert(input, words[place(words.len(), chance)].as_bytes(), chance)
        }
        8 | 9 => insert(input, ODD[place(ODD.len(), chance)].as_bytes(), chance),
        10 => {
            let own = piece(input, chance).repeat(1 + place(40, chance));
            insert(input, &own, chance);
        }
        _ => input.truncate(at),
    }
}
