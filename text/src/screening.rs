//! Personal data in an observation, before anybody else reads it.
//!
//! Wider than [`crate::personal_data`], which warns on forms: here names, addresses and what tells who
//! somebody is in a small municipality are looked for too. A [`Weight::Certain`] finding stops the sending
//! until it is taken away; [`Weight::Ask`] asks the writer, and marks the place for the editor. A person
//! decides: a text without findings is not a text without persons.
//!
//! # Identity codes
//!
//! All that the grammar of [`crate::personal_data`] takes, and in addition look-alike signs: the letters
//! `O` and `o` for 0; `I`, `l` and `|` for 1; digits of other scripts; any of `/ _ ~ = * : .` as the
//! separator; Cyrillic and Greek letters, and the Roman numerals of Unicode (`Ⅽ Ⅾ Ⅿ Ⅹ`), that look like `A-F`, `U-Y` and the
//! check characters. With such signs at least five of the digits must be digits, and a wrong check character asks.
//!
//! Also **in words**, all of it or a part: a digit is its name ("nolla", "ykkönen", "två", "nine"), two digits are a Finnish
//! number ("kaksitoista", "yhdeksänkymmentäneljä"), several may be one word ("nollayksi"), and a Roman numeral of one sign
//! (`Ⅰ`-`Ⅻ`) is its number; the separator is "miinus", "viiva" and its kin, "minus", "streck", "dash" or "plus"; a comma may
//! stand between. A wrong check character asks. And **from its end to its beginning** ("2309-495010"), in the same signs and
//! words digit by digit: it asks, and only with a separator and a right check character, since other numbers look like it.
//!
//! # E-mail addresses
//!
//! `name@domain.tld` as [`crate::personal_data`] says, and in addition with white space around the signs, or words for them:
//! `@` is "(at)", "[ät]", "(a)", "(miukumauku)" in any brackets; "ät", "miukumauku", "kissanhäntä", "snabel-a" without them; or
//! "at". A dot is "piste", "punkt" or "dot", with brackets or without. What has no brackets asks, and must end as addresses
//! usually do (`fi`, `com`, ...); after "at", an English word, each dot must be a word too.
//!
//! # The others
//!
//! | kind | certain | ask |
//! | --- | --- | --- |
//! | phone | as `personal_data` says | an unsure one |
//! | e-mail | as `personal_data` says, and with brackets or white space | with words alone |
//! | IBAN | check digits right | a Finnish one with wrong ones |
//! | vehicle plate | `ABC-123` | other forms beside a word of vehicles |
//! | birth date | a day after a word of birth | a bare day before 2010 |
//! | number | after "asiakasnumero" and its kin; a register number | seven digits or more |
//! | address | a name of a street and a number | a name of a street alone; a postal code with its town |
//! | name | first name and a capital word; a name inside a sentence | unknown capital word inside a sentence |
//! | rare combination | never | rare work, illness, nationality, age or family beside a small municipality |
//!
//! Swedish texts have no dictionary of words: names come from the list and from Voikko's names.

mod address;
mod codes;
mod dates;
mod lists;
mod names;
mod numbers;
mod places;
mod rare;
mod reading;
mod said;

use std::ops::Range;

use crate::personal_data;
use crate::search::Analysers;
use reading::Reading;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    IdentityCode,
    Phone,
    Email,
    Iban,
    Plate,
    BirthDate,
    /// Of a client, a decision or a matter.
    Number,
    Address,
    Name,
    /// Rare, and beside a place where few are such.
    Rare,
}

impl Kind {
    pub const ALL: [Self; 10] = [
        Self::IdentityCode,
        Self::Phone,
        Self::Email,
        Self::Iban,
        Self::Plate,
        Self::BirthDate,
        Self::Number,
        Self::Address,
        Self::Name,
        Self::Rare,
    ];

    /// The short word of tests and counts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::IdentityCode => "code",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Iban => "iban",
            Self::Plate => "plate",
            Self::BirthDate => "birth",
            Self::Number => "number",
            Self::Address => "address",
            Self::Name => "name",
            Self::Rare => "rare",
        }
    }
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weight {
    /// Beyond reasonable doubt: it must go before the text is sent.
    Certain,
    /// Perhaps: the writer is asked.
    Ask,
}

/// A place in a text that may tell who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    /// In bytes, on character borders.
    pub range: Range<usize>,
    pub weight: Weight,
}

impl Finding {
    /// The key of the sentence beside the mark, in `messages/`.
    pub const fn reason_key(&self) -> &'static str {
        match (self.kind, self.weight) {
            (Kind::IdentityCode, Weight::Certain) => "screening-code",
            (Kind::IdentityCode, Weight::Ask) => "screening-code-ask",
            (Kind::Phone, _) => "screening-phone",
            (Kind::Email, _) => "screening-email",
            (Kind::Iban, _) => "screening-iban",
            (Kind::Plate, _) => "screening-plate",
            (Kind::BirthDate, Weight::Certain) => "screening-birth",
            (Kind::BirthDate, Weight::Ask) => "screening-birth-ask",
            (Kind::Number, Weight::Certain) => "screening-number",
            (Kind::Number, Weight::Ask) => "screening-number-ask",
            (Kind::Address, Weight::Certain) => "screening-address",
            (Kind::Address, Weight::Ask) => "screening-address-ask",
            (Kind::Name, Weight::Certain) => "screening-name",
            (Kind::Name, Weight::Ask) => "screening-name-ask",
            (Kind::Rare, _) => "screening-rare",
        }
    }
}

/// Looks through observations. Cheap to clone; may be shared between threads.
#[derive(Clone)]
pub struct Screener {
    analysers: Analysers,
}

impl Screener {
    pub const fn new(analysers: Analysers) -> Self {
        Self { analysers }
    }

    /// Everything found, in the order of the text, no two overlapping. Takes about a millisecond for a
    /// thousand characters of known words; not inside a database transaction.
    pub fn find(&self, text: &str) -> Vec<Finding> {
        let reading = Reading::new(&self.analysers.fi, text);
        let mut found = Found::default();
        let plain = personal_data::find(text);
        // Codes first: nothing may take a place from them.
        let codes = plain
            .iter()
            .filter(|finding| finding.kind == personal_data::Kind::IdentityCode)
            .map(|finding| finding.range.clone())
            .collect();
        let codes = codes::find(text, codes);
        let said = said::codes(text, &codes);
        for (range, weight) in codes.into_iter().chain(said) {
            found.add(Kind::IdentityCode, range, weight);
        }
        for finding in &plain {
            if finding.kind == personal_data::Kind::Email {
                found.add(Kind::Email, finding.range.clone(), Weight::Certain);
            }
        }
        for (range, weight) in said::emails(text) {
            found.add(Kind::Email, range, weight);
        }
        numbers::ibans(text, &mut found);
        numbers::register_numbers(&reading, &mut found);
        numbers::plates(&reading, &mut found);
        dates::find(&reading, &mut found);
        for finding in plain {
            if finding.kind == personal_data::Kind::Phone {
                let weight = if finding.certain {
                    Weight::Certain
                } else {
                    Weight::Ask
                };
                found.add(Kind::Phone, finding.range, weight);
            }
        }
        numbers::long_numbers(&reading, &mut found);
        address::find(&reading, &mut found);
        names::find(&reading, &mut found);
        rare::find(&reading, &mut found);
        found.into_sorted()
    }
}

/// Findings apart from each other: the first to come keeps its place.
#[derive(Default)]
struct Found(Vec<Finding>);

impl Found {
    fn add(&mut self, kind: Kind, range: Range<usize>, weight: Weight) {
        if !range.is_empty() && self.is_free(&range) {
            self.0.push(Finding {
                kind,
                range,
                weight,
            });
        }
    }

    fn is_free(&self, range: &Range<usize>) -> bool {
        self.0
            .iter()
            .all(|old| old.range.end <= range.start || range.end <= old.range.start)
    }

    fn into_sorted(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.range.start);
        self.0
    }
}
