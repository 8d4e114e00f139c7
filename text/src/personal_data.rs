//! Identity codes, phone numbers and e-mail addresses in free text.
//!
//! For two uses: a warning on a form before anything is sent ("Älä kirjoita henkilötunnusta"), and
//! hiding them where a text is shown to more people than it was written for (titles, lists).
//! It errs on the side of hiding: what looks like an identity code with a wrong check character is
//! one somebody mistyped.
//!
//! # What is found
//!
//! An **identity code** is `DD MM YY separator NNN check` where
//! - white space of up to three characters (line breaks, no-break and zero-width spaces, soft
//!   hyphens among them) may stand between any two characters, and a dot between `DD`, `MM`, `YY`;
//! - the separator is `+`, a hyphen or dash of any kind, or one of `A-F U-Y`, in either case;
//! - digits may be full-width; `DD` is 01-31 and `MM` 01-12;
//! - the check character is any ASCII letter or digit, right or wrong. A wrong one must not run on
//!   into further letters, and after a date with dots it must follow `NNN` directly;
//! - no digit stands directly before or after it;
//! - the separator may be missing when the check character is right.
//!
//! A **phone number** begins with `+`, `00358`, `358` or with 0 and a Finnish area, mobile or
//! service prefix, and has 7-15 digits in groups of spaces, hyphens, slashes and brackets (dots
//! after `+` or a group of three or more). Days (`05 03 2026`) and hours (`0800-1600`) are not.
//!
//! An **e-mail address** is `name@domain.tld`.
//!
//! What reads as several of them is told as the first of: identity code with a separator, e-mail
//! address, phone number, identity code without a separator.

mod email;
mod identity;
mod phone;

use std::ops::Range;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    IdentityCode,
    Phone,
    Email,
}

impl Kind {
    /// The key of the warning on a form, in `messages/`.
    pub const fn warning_key(self) -> &'static str {
        match self {
            Self::IdentityCode => "personal-data-identity-code",
            Self::Phone => "personal-data-phone",
            Self::Email => "personal-data-email",
        }
    }
}

/// A piece of personal data in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    /// Its place in bytes, on character borders.
    pub range: Range<usize>,
    /// Whether it is this kind beyond reasonable doubt: the check character is right, the prefix is
    /// a mobile or international one. A form warns of both; words may be softer for the unsure.
    pub certain: bool,
}

/// What [`mask`] puts in the place of a finding: no length, so that nothing can be guessed from it.
pub const MASK: &str = "•••";

/// Masking can bring nothing new to light; this only bounds the loop that makes sure.
const MOST_PASSES: usize = 4;

/// Everything found, in the order of the text, no two overlapping.
pub fn find(text: &str) -> Vec<Finding> {
    let characters: Vec<(usize, char)> = text
        .char_indices()
        .map(|(at, character)| (at, fold(character)))
        .collect();
    let text = Text {
        characters,
        length: text.len(),
    };
    let codes = identity::find(&text);
    let (with_separator, without): (Vec<_>, Vec<_>) =
        codes.into_iter().partition(|code| code.separator);
    let mut findings = Findings::default();
    findings.add_all(
        Kind::IdentityCode,
        with_separator
            .into_iter()
            .map(|code| (code.range, code.certain)),
    );
    findings.add_all(
        Kind::Email,
        email::find(&text).into_iter().map(|range| (range, true)),
    );
    findings.add_all(Kind::Phone, phone::find(&text));
    findings.add_all(
        Kind::IdentityCode,
        without.into_iter().map(|code| (code.range, code.certain)),
    );
    findings.into_sorted()
}

/// Identity codes alone, apart from each other, with whether the check character is right.
pub(crate) fn identity_codes(text: &str) -> Vec<(Range<usize>, bool)> {
    let characters: Vec<(usize, char)> = text
        .char_indices()
        .map(|(at, character)| (at, fold(character)))
        .collect();
    let text = Text {
        characters,
        length: text.len(),
    };
    let mut findings = Findings::default();
    let codes = identity::find(&text).into_iter();
    findings.add_all(
        Kind::IdentityCode,
        codes.map(|code| (code.range, code.certain)),
    );
    let sorted = findings.into_sorted().into_iter();
    sorted
        .map(|finding| (finding.range, finding.certain))
        .collect()
}

/// Whether the text holds an identity code, for a warning on a form.
pub fn holds_identity_code(text: &str) -> bool {
    find(text)
        .iter()
        .any(|finding| finding.kind == Kind::IdentityCode)
}

/// The text with every finding hidden behind [`MASK`].
///
/// ```
/// use text::personal_data::mask;
/// assert_eq!(mask("Hetuni on 010594-9031, soita 040 123 4567"), "Hetuni on •••, soita •••");
/// ```
pub fn mask(text: &str) -> String {
    mask_with(text, |_| MASK)
}

/// The text with every finding replaced by words of the caller, which must hold no digits.
pub fn mask_with<'a>(text: &str, words: impl Fn(Kind) -> &'a str) -> String {
    let mut masked = text.to_owned();
    for _ in 0..MOST_PASSES {
        let findings = find(&masked);
        if findings.is_empty() {
            break;
        }
        for finding in findings.iter().rev() {
            masked.replace_range(finding.range.clone(), words(finding.kind));
        }
    }
    masked
}

/// The characters of a text with their places; full-width digits and signs made plain.
struct Text {
    characters: Vec<(usize, char)>,
    length: usize,
}

impl Text {
    fn at(&self, index: usize) -> Option<char> {
        self.characters.get(index).map(|&(_, character)| character)
    }

    fn digit(&self, index: usize) -> Option<char> {
        self.at(index).filter(char::is_ascii_digit)
    }

    fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|index| self.at(index))
    }

    fn len(&self) -> usize {
        self.characters.len()
    }

    /// The place in bytes of the characters from `start` up to `end`.
    fn bytes(&self, start: usize, end: usize) -> Range<usize> {
        let place = |index: usize| {
            self.characters
                .get(index)
                .map_or(self.length, |&(at, _)| at)
        };
        place(start)..place(end)
    }
}

/// Full-width forms of ASCII, as some keyboards write them.
pub(crate) fn fold(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => other,
    }
}

/// Findings apart from each other: what overlaps an earlier one is joined to it.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add_all(&mut self, kind: Kind, found: impl IntoIterator<Item = (Range<usize>, bool)>) {
        for (range, certain) in found {
            self.add(Finding {
                kind,
                range,
                certain,
            });
        }
    }

    fn add(&mut self, mut new: Finding) {
        // The joined range may touch others in turn; take out whatever overlaps until nothing does.
        while let Some(index) = self
            .0
            .iter()
            .position(|old| overlap(&old.range, &new.range))
        {
            let old = self.0.swap_remove(index);
            let certain = old.certain || (old.kind == new.kind && new.certain);
            let range = old.range.start.min(new.range.start)..old.range.end.max(new.range.end);
            new = Finding {
                kind: old.kind,
                range,
                certain,
            };
        }
        self.0.push(new);
    }

    fn into_sorted(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.range.start);
        self.0
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
