//! Codes and addresses that were written so that a rule of signs would not see them: digits as words, the separator as a word,
//! a code from its end to its beginning, "(at)" and "piste".
//!
//! The grammar stands at the head of [`crate::screening`].

use std::ops::Range;

use super::Weight;
use crate::personal_data;

/// A text in other signs: each with the place in bytes of what it was written as.
struct Said(Vec<(char, Range<usize>)>);

/// Words of the digits in their order, in the languages of the house.
const DIGITS: [&[&str]; 10] = [
    &["nolla", "noll", "zero"],
    &["yksi", "ykkönen", "ett", "en", "one"],
    &["kaksi", "kakkonen", "två", "two"],
    &["kolme", "kolmonen", "tre", "three"],
    &["neljä", "nelonen", "fyra", "four"],
    &["viisi", "vitonen", "fem", "five"],
    &["kuusi", "kutonen", "sex", "six"],
    &["seitsemän", "seiska", "sju", "seven"],
    &["kahdeksan", "kasi", "åtta", "eight"],
    &["yhdeksän", "ysi", "nio", "nine"],
];
/// Words of the separator.
const HYPHENS: [&str; 10] = [
    "miinus",
    "viiva",
    "väliviiva",
    "tavuviiva",
    "yhdysviiva",
    "minus",
    "streck",
    "bindestreck",
    "dash",
    "hyphen",
];
const PLUSES: [&str; 1] = ["plus"];
/// Signs of a code without white space: six of the day, the separator, three and the check character.
const LENGTH: usize = 11;

/// The digits that a word tells, if it tells nothing else: "nolla", "nollayksi", "yhdeksänkymmentäneljä", "kaksitoista".
fn digits(word: &str) -> Option<String> {
    let mut rest = word;
    let mut told = String::new();
    while !rest.is_empty() {
        let (digit, after) = one_digit(rest)?;
        if let Some(after) = after.strip_prefix("kymmentä") {
            // The ones follow, or there are none: "yhdeksänkymmentä", "yhdeksänkymmentäneljä".
            let (ones, after) = one_digit(after).unwrap_or((0, after));
            told.push_str(&format!("{digit}{ones}"));
            rest = after;
        } else if let Some(after) = after.strip_prefix("toista") {
            told.push_str(&format!("1{digit}"));
            rest = after;
        } else {
            told.push_str(&digit.to_string());
            rest = after;
        }
    }
    Some(told)
}

/// The digit that a word begins with, and the rest of the word.
fn one_digit(word: &str) -> Option<(usize, &str)> {
    DIGITS
        .iter()
        .enumerate()
        .flat_map(|(digit, words)| words.iter().map(move |one| (digit, *one)))
        .filter_map(|(digit, one)| Some((one.len(), digit, word.strip_prefix(one)?)))
        .max_by_key(|(length, _, _)| *length)
        .map(|(_, digit, rest)| (digit, rest))
}

/// What a word of a code tells in signs.
fn signs(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    if HYPHENS.contains(&word.as_str()) {
        return Some("-".to_owned());
    }
    if PLUSES.contains(&word.as_str()) {
        return Some("+".to_owned());
    }
    match word.as_str() {
        "kymmenen" => Some("10".to_owned()),
        word => digits(word).filter(|told| !told.is_empty()),
    }
}

/// The number of a Roman numeral that is one sign of its own.
fn roman(one: char) -> Option<u32> {
    match one {
        '\u{2160}'..='\u{216b}' => Some(u32::from(one) - 0x215f),
        '\u{2170}'..='\u{217b}' => Some(u32::from(one) - 0x216f),
        _ => None,
    }
}

impl Said {
    fn new(text: &str) -> Self {
        let mut said = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(one) = rest.chars().next() {
            let at = text.len() - rest.len();
            let length = if one.is_alphabetic() && roman(one).is_none() {
                rest.find(|one: char| !one.is_alphabetic() || roman(one).is_some())
                    .unwrap_or(rest.len())
            } else {
                one.len_utf8()
            };
            let (word, after) = rest.split_at(length);
            let told = match roman(one) {
                Some(number) => Some(number.to_string()),
                None if one.is_alphabetic() => signs(word),
                // "nolla, yksi": a list of digits.
                None if one == ',' => Some(" ".to_owned()),
                None => None,
            };
            match told {
                Some(told) => said.extend(told.chars().map(|sign| (sign, at..at + length))),
                None => said.extend(
                    word.char_indices()
                        .map(|(from, sign)| (sign, at + from..at + from + sign.len_utf8())),
                ),
            }
            rest = after;
        }
        Self(said)
    }

    fn backwards(mut self) -> Self {
        self.0.reverse();
        self
    }

    /// Identity codes in these signs: their places in the text, whether the check character is right, and the signs.
    fn codes(&self) -> Vec<(Range<usize>, bool, String)> {
        let mut text = String::with_capacity(self.0.len());
        let mut starts = Vec::with_capacity(self.0.len());
        for (sign, _) in &self.0 {
            starts.push(text.len());
            text.push(*sign);
        }
        personal_data::identity_codes(&text)
            .into_iter()
            .map(|(range, certain)| {
                let from = starts.partition_point(|start| *start < range.start);
                let to = starts.partition_point(|start| *start < range.end);
                let places = self.0[from..to].iter().map(|(_, place)| place);
                let start = places.clone().map(|place| place.start).min().unwrap_or(0);
                let end = places.map(|place| place.end).max().unwrap_or(start);
                (start..end, certain, text[range].to_owned())
            })
            .collect()
    }
}

/// Codes in words and codes from their end to their beginning. `plain` are the places already found.
pub(super) fn codes(text: &str, plain: &[(Range<usize>, Weight)]) -> Vec<(Range<usize>, Weight)> {
    let mut found: Vec<(Range<usize>, Weight)> = Vec::new();
    let free = |found: &[(Range<usize>, Weight)], range: &Range<usize>| {
        !plain
            .iter()
            .chain(found)
            .any(|(old, _)| old.start < range.end && range.start < old.end)
    };
    let said = Said::new(text);
    for (range, certain, signs) in said.codes() {
        // Without a word or a numeral among them the other grammars have decided.
        if signs != text[range.clone()] && free(&found, &range) {
            let weight = if certain {
                Weight::Certain
            } else {
                Weight::Ask
            };
            found.push((range, weight));
        }
    }
    for (range, certain, signs) in said.backwards().codes() {
        // Any number with a hyphen may look like one from its end: the check character must be right, and the separator written.
        let whole = signs.chars().filter(char::is_ascii_alphanumeric).count();
        let separated = signs.chars().filter(|sign| !sign.is_whitespace()).count() >= LENGTH;
        if certain && separated && whole >= LENGTH - 1 && free(&found, &range) {
            found.push((range, Weight::Ask));
        }
    }
    found
}

/// A word or a sign of an address, and where it stands.
struct Piece<'a> {
    text: &'a str,
    range: Range<usize>,
}

/// What stands for `@` in brackets.
const AT: [&str; 6] = ["at", "ät", "a", "miuku", "miukumauku", "snabel-a"];
/// What stands for it alone; "at" is an English word, and the dot must then be a word too.
const BARE_AT: [&str; 6] = [
    "ät",
    "ät-merkki",
    "miukumauku",
    "kissanhäntä",
    "snabel-a",
    "snabela",
];
const DOT: [&str; 3] = ["piste", "punkt", "dot"];
/// Last labels of an address whose `@` stands without brackets.
const ENDS: [&str; 12] = [
    "fi", "com", "net", "org", "se", "eu", "info", "ax", "ee", "ru", "me", "io",
];
/// White space within an address, at most.
const LONGEST_GAP: usize = 3;

/// A sign of a name or a label.
fn of_name(one: char) -> bool {
    one.is_alphanumeric() || "_%+-'".contains(one)
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(one) = rest.chars().next() {
        let at = text.len() - rest.len();
        let length = if of_name(one) {
            rest.find(|one: char| !of_name(one)).unwrap_or(rest.len())
        } else {
            one.len_utf8()
        };
        if !one.is_whitespace() {
            pieces.push(Piece {
                text: &rest[..length],
                range: at..at + length,
            });
        }
        rest = &rest[length..];
    }
    pieces
}

/// E-mail addresses whose signs are words or stand apart: "matti (at) posti piste fi".
pub(super) fn emails(text: &str) -> Vec<(Range<usize>, Weight)> {
    let address = Address {
        text,
        pieces: pieces(text),
    };
    let mut found: Vec<(Range<usize>, Weight)> = Vec::new();
    for at in 1..address.pieces.len() {
        if let Some((range, weight)) = address.around(at)
            && found.last().is_none_or(|(old, _)| old.end <= range.start)
        {
            found.push((range, weight));
        }
    }
    found
}

struct Address<'a> {
    text: &'a str,
    pieces: Vec<Piece<'a>>,
}

impl Address<'_> {
    fn word(&self, index: usize) -> String {
        self.pieces
            .get(index)
            .map(|piece| piece.text.to_lowercase())
            .unwrap_or_default()
    }

    /// Whether a piece follows the one before it within an address.
    fn near(&self, index: usize) -> bool {
        match (
            index
                .checked_sub(1)
                .and_then(|before| self.pieces.get(before)),
            self.pieces.get(index),
        ) {
            (Some(one), Some(other)) => {
                let gap = &self.text[one.range.end..other.range.start];
                gap.chars().count() <= LONGEST_GAP
            }
            _ => false,
        }
    }

    /// The index after a word of the list at `index`, in brackets or (when `bare`) without.
    fn said(&self, index: usize, words: &[&str], bare: bool) -> Option<usize> {
        let is = |index| words.contains(&self.word(index).as_str());
        let bracketed = matches!(self.word(index).as_str(), "(" | "[" | "{" | "<")
            && is(index + 1)
            && matches!(self.word(index + 2).as_str(), ")" | "]" | "}" | ">");
        if bracketed {
            Some(index + 3)
        } else {
            (bare && is(index)).then_some(index + 1)
        }
    }

    /// The index after a dot, and whether it was a word.
    fn dot(&self, index: usize) -> Option<(usize, bool)> {
        if self.word(index) == "." {
            // A full stop has a space after it.
            let joined = self.pieces.get(index + 1)?.range.start == self.pieces[index].range.end;
            return joined.then_some((index + 1, false));
        }
        Some((self.said(index, &DOT, true)?, true))
    }

    fn is_label(&self, index: usize) -> bool {
        self.word(index).chars().next().is_some_and(of_name)
    }

    fn around(&self, at: usize) -> Option<(Range<usize>, Weight)> {
        if !self.is_label(at - 1) || !self.near(at) {
            return None;
        }
        // Whether the `@` may be nothing else, and whether the dots must be words.
        let (mut next, sure, words) = if self.word(at) == "@" {
            (at + 1, true, false)
        } else if let Some(next) = self.said(at, &AT, false) {
            (next, true, false)
        } else if let Some(next) = self.said(at, &BARE_AT, true) {
            (next, false, false)
        } else {
            (self.said(at, &["at"], true)?, false, true)
        };
        let (mut dots, mut end) = (0, None);
        while self.is_label(next) && self.near(next) {
            let label = self.word(next);
            let last = label.chars().count() >= 2 && label.chars().all(char::is_alphabetic);
            if dots > 0 && last && (sure || ENDS.contains(&label.as_str())) {
                end = Some(self.pieces[next].range.end);
            }
            match self.dot(next + 1) {
                Some((after, word)) if self.near(next + 1) && (word || !words) => next = after,
                _ => break,
            }
            dots += 1;
        }
        let end = end?;
        let weight = if sure { Weight::Certain } else { Weight::Ask };
        Some((self.pieces[self.name(at - 1)].range.start..end, weight))
    }

    /// The first piece of a name with dots: "matti piste virtanen".
    fn name(&self, last: usize) -> usize {
        let mut first = last;
        while let Some(before) = first.checked_sub(2) {
            let dot = self.dot(before + 1).is_some_and(|(next, _)| next == first);
            if !(dot && self.is_label(before) && self.near(first) && self.near(before + 1)) {
                break;
            }
            first = before;
        }
        first
    }
}
