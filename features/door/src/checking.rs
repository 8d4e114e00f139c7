//! What a sender tells, checked: the same rules for the form and for the interface.

use intake::domain::{AnswerWay, Parties, TalkLanguage, Wish};
use kernel::place;

use crate::words;

/// Most characters of the sender's own words.
pub const LONGEST_WORDS: usize = 5000;
/// Most characters of a name.
pub const LONGEST_NAME: usize = 120;
/// Most characters of a phone number as typed.
pub const LONGEST_PHONE: usize = 40;
/// Most characters of the name of a language.
pub const LONGEST_LANGUAGE: usize = 60;
/// Digits of a phone number, the international prefix among them (E.164 allows 15).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 6..=15;

/// A contact as it was typed or posted: nothing of it is trusted yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub words: String,
    pub wish: Option<String>,
    pub way: Option<String>,
    pub phone: Option<String>,
    pub name: Option<String>,
    pub language: Option<String>,
    pub other_language: Option<String>,
    pub municipality: Option<String>,
    pub parties: Option<String>,
}

/// A contact that follows the rules. Identity codes are hidden in it already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub words: String,
    pub wish: Option<Wish>,
    pub way: AnswerWay,
    pub phone: Option<String>,
    pub name: Option<String>,
    pub language: TalkLanguage,
    pub other_language: Option<String>,
    pub municipality: Option<String>,
    pub parties: Parties,
    /// The text held an identity code, which is hidden now.
    pub hid_code: bool,
}

/// A field of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Words,
    Wish,
    Way,
    Phone,
    Name,
    Language,
    OtherLanguage,
    Municipality,
    Parties,
}

impl Field {
    /// Name of the form's field.
    pub const fn form_name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Wish => "wish",
            Self::Way => "way",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Language => "language",
            Self::OtherLanguage => "other-language",
            Self::Municipality => "municipality",
            Self::Parties => "parties",
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    Missing,
    TooLong {
        length: usize,
        longest: usize,
    },
    /// Not one of the values that the field takes.
    Unknown,
    NotAPhone,
    /// An identity code where a phone number belongs.
    IdentityCode,
    /// An answer by phone was asked for and no number told.
    PhoneNeeded,
}

/// One thing to be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub field: Field,
    pub problem: Problem,
}

/// Collects what is wrong, so that everything is told at once.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    pub fn add(&mut self, field: Field, problem: Problem) {
        self.0.push(Fault { field, problem });
    }

    fn at_most(&mut self, field: Field, text: &str, longest: usize) {
        let length = text.chars().count();
        if length > longest {
            self.add(field, Problem::TooLong { length, longest });
        }
    }

    /// The value of a code; unknown ones are marked.
    fn coded<T>(
        &mut self,
        field: Field,
        code: Option<&str>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let code = code.map(str::trim).filter(|code| !code.is_empty())?;
        let value = read(code);
        if value.is_none() {
            self.add(field, Problem::Unknown);
        }
        value
    }

    /// A text on one line, `None` when nothing is left of it.
    pub fn line(&mut self, field: Field, text: Option<&str>, longest: usize) -> Option<String> {
        let text = one_line(text.unwrap_or_default());
        self.at_most(field, &text, longest);
        Some(text).filter(|text| !text.is_empty())
    }

    /// A phone number in its written form, `None` when there is none or it is wrong.
    pub fn phone(&mut self, field: Field, typed: Option<&str>) -> Option<String> {
        let typed = self.line(field, typed, LONGEST_PHONE)?;
        match written_phone(&typed) {
            Ok(phone) => Some(phone),
            Err(problem) => {
                self.add(field, problem);
                None
            }
        }
    }

    /// The sender's own words without characters that a database refuses.
    pub fn words(&mut self, field: Field, typed: &str) -> String {
        let words = plain_text(typed);
        if words.is_empty() {
            self.add(field, Problem::Missing);
        }
        self.at_most(field, &words, LONGEST_WORDS);
        words
    }

    /// A municipality of the county.
    pub fn municipality(
        &mut self,
        field: Field,
        code: Option<&str>,
        county: &str,
    ) -> Option<String> {
        self.coded(field, code, |code| {
            is_in_county(code, county).then(|| code.to_owned())
        })
    }
}

/// Checks a contact for the county.
///
/// # Errors
/// Everything that is wrong, in the order of the fields.
pub fn check(told: &Told, county: &str) -> Result<Checked, Vec<Fault>> {
    let mut faults = Faults::default();
    let words = faults.words(Field::Words, &told.words);
    let wish = faults.coded(Field::Wish, told.wish.as_deref(), Wish::from_code);
    let way = faults.coded(Field::Way, told.way.as_deref(), asked_way);
    if told.way.as_deref().is_none_or(|way| way.trim().is_empty()) {
        faults.add(Field::Way, Problem::Missing);
    }
    let phone = faults.phone(Field::Phone, told.phone.as_deref());
    let no_number = told
        .phone
        .as_deref()
        .is_none_or(|phone| one_line(phone).is_empty());
    if no_number && matches!(way, Some(AnswerWay::Call | AnswerWay::Text)) {
        faults.add(Field::Phone, Problem::PhoneNeeded);
    }
    let name = faults.line(Field::Name, told.name.as_deref(), LONGEST_NAME);
    let language = faults.coded(
        Field::Language,
        told.language.as_deref(),
        TalkLanguage::from_code,
    );
    let other_language = faults.line(
        Field::OtherLanguage,
        told.other_language.as_deref(),
        LONGEST_LANGUAGE,
    );
    let municipality =
        faults.municipality(Field::Municipality, told.municipality.as_deref(), county);
    let parties = faults.coded(Field::Parties, told.parties.as_deref(), Parties::from_code);
    let Some(way) = way.filter(|_| faults.0.is_empty()) else {
        return Err(faults.0);
    };
    let hide = |text: String| words::hide_codes(&text);
    let hid_code = [Some(&words), name.as_ref(), other_language.as_ref()]
        .into_iter()
        .flatten()
        .any(|text| words::holds_code(text));
    Ok(Checked {
        words: hide(words),
        wish,
        way,
        phone,
        name: name.map(hide),
        language: language.unwrap_or(TalkLanguage::Fi),
        other_language: other_language.map(hide),
        municipality,
        parties: parties.unwrap_or(Parties::One),
        hid_code,
    })
}

/// Ways of answer that a sender can ask for.
fn asked_way(code: &str) -> Option<AnswerWay> {
    AnswerWay::from_code(code).filter(|way| *way != AnswerWay::None)
}

/// Whether the county has a municipality of this code.
pub fn is_in_county(code: &str, county: &str) -> bool {
    place::municipality(code).is_some_and(|one| one.county == county && one.in_force)
}

/// A text as it is kept: line ends as `\n`, no NUL (which PostgreSQL refuses), no white space around it.
pub fn plain_text(typed: &str) -> String {
    typed
        .replace('\0', "")
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .trim()
        .to_owned()
}

/// A text on one line, with single spaces and without control characters.
pub fn one_line(typed: &str) -> String {
    let visible: String = typed
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect();
    visible
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A phone number in groups: "040 123 4567", "+358 40 123 4567".
fn written_phone(typed: &str) -> Result<String, Problem> {
    let bare: String = typed
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '–' | '(' | ')' | '/' | '.'))
        .collect();
    let digits = bare.strip_prefix('+').unwrap_or(&bare);
    // "040123-4567" reads as either; the prefix of a mobile phone decides, unless the check character
    // makes it an identity code beyond doubt.
    if words::holds_certain_code(typed) || (words::holds_code(typed) && !words::is_mobile(&bare)) {
        return Err(Problem::IdentityCode);
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !PHONE_DIGITS.contains(&digits.len()) {
        return Err(Problem::NotAPhone);
    }
    let written = match bare.strip_prefix("+358") {
        Some(rest) => format!("+358 {}", grouped(rest, &[2, 3])),
        None if bare.starts_with('+') => bare,
        None => grouped(&bare, &[3, 3]),
    };
    if words::holds_code(&written) {
        Err(Problem::IdentityCode)
    } else {
        Ok(written)
    }
}

/// Digits in groups of the given lengths; the rest is the last group.
fn grouped(digits: &str, lengths: &[usize]) -> String {
    let mut groups = Vec::new();
    let mut rest = digits;
    for &length in lengths {
        if rest.len() <= length + 1 {
            break;
        }
        let (group, after) = rest.split_at(length);
        groups.push(group);
        rest = after;
    }
    groups.push(rest);
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told() -> Told {
        Told {
            words: "Vuokra on rästissä".to_owned(),
            way: Some("code".to_owned()),
            ..Told::default()
        }
    }

    fn faults(told: &Told) -> Vec<(Field, Problem)> {
        check(told, "15")
            .err()
            .unwrap_or_default()
            .iter()
            .map(|fault| (fault.field, fault.problem))
            .collect()
    }

    #[test]
    fn a_contact_needs_words_and_a_way() {
        assert!(check(&told(), "15").is_ok());
        let empty = Told {
            words: " \n ".to_owned(),
            ..Told::default()
        };
        assert_eq!(
            faults(&empty),
            [
                (Field::Words, Problem::Missing),
                (Field::Way, Problem::Missing)
            ]
        );
        let long = Told {
            words: "ä".repeat(5001),
            ..told()
        };
        assert_eq!(
            faults(&long),
            [(
                Field::Words,
                Problem::TooLong {
                    length: 5001,
                    longest: 5000
                }
            )]
        );
        assert!(
            check(
                &Told {
                    words: "ä".repeat(5000),
                    ..told()
                },
                "15"
            )
            .is_ok()
        );
    }

    #[test]
    fn a_number_is_needed_only_for_a_call_or_a_text() {
        for (way, needed) in [("call", true), ("text", true), ("code", false)] {
            let told = Told {
                way: Some(way.to_owned()),
                ..told()
            };
            let expected: &[_] = if needed {
                &[(Field::Phone, Problem::PhoneNeeded)]
            } else {
                &[]
            };
            assert_eq!(faults(&told), expected, "{way}");
        }
        assert_eq!(
            faults(&Told {
                way: Some("none".to_owned()),
                ..told()
            }),
            [(Field::Way, Problem::Unknown)]
        );
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, written) in [
            ("0401234567", "040 123 4567"),
            ("040-123 4567", "040 123 4567"),
            ("040123-4567", "040 123 4567"),
            ("+358 40 123 4567", "+358 40 123 4567"),
            ("+46701234567", "+46701234567"),
            ("014 123456", "014 123 456"),
        ] {
            assert_eq!(written_phone(typed).as_deref(), Ok(written), "{typed}");
        }
        for typed in ["soita", "12", "040 123 4567 89 0123456", "040 123 456x"] {
            assert_eq!(written_phone(typed), Err(Problem::NotAPhone), "{typed}");
        }
        for code in ["010594-9031", "010594 - 9031", "010594-903 1"] {
            assert_eq!(written_phone(code), Err(Problem::IdentityCode), "{code}");
        }
    }

    #[test]
    fn codes_must_be_known() {
        let told = Told {
            wish: Some("soon".to_owned()),
            language: Some("de".to_owned()),
            municipality: Some("091".to_owned()),
            parties: Some("many".to_owned()),
            ..told()
        };
        let expected = [
            Field::Wish,
            Field::Language,
            Field::Municipality,
            Field::Parties,
        ];
        assert_eq!(
            faults(&told),
            expected.map(|field| (field, Problem::Unknown))
        );
    }

    proptest! {
        #[test]
        fn what_is_kept_holds_no_identity_code(
            words in "(.{0,20}|010594-9031|01 05 94 - 9031){1,4}",
            name in proptest::option::of("(.{0,20}|010594-9031){1,2}"),
            phone in proptest::option::of("([0-9 +-]{0,16}|010594-9031)"),
        ) {
            let told = Told { words, name, phone, way: Some("code".to_owned()), ..Told::default() };
            if let Ok(kept) = check(&told, "15") {
                for text in [Some(kept.words), kept.name, kept.phone].into_iter().flatten() {
                    prop_assert!(!words::holds_code(&text), "{}", text);
                    prop_assert!(!text.contains('\0'));
                }
            }
        }
    }
}
