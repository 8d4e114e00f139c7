//! Personal identity code (henkilötunnus): `DDMMYY`, separator, individual number, check character.
//!
//! Sources: population information act 661/2009 and decree 128/2010 as the Digital and Population
//! Data Services Agency (DVV) describes the code; the further separators `Y X W V U` and
//! `B C D E F` may be given since 1 January 2023. Two people can differ by the separator alone, so
//! the code is always kept and searched in full.
//!
//! A code is a secret of its bearer: [`IdentityCode`] has no `Display`, its `Debug` prints nothing
//! of it, and no error here repeats what was typed.

use std::{fmt, str::FromStr};

use serde::Serialize;

use crate::time::Date;

const LENGTH: usize = 11;
const SEPARATOR: usize = 6;
/// Letters that look like digits or each other (G, I, O, Q, Z) are left out.
const CHECK_CHARACTERS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";
const SMALLEST_INDIVIDUAL: u16 = 2;
const FIRST_ARTIFICIAL: u16 = 900;
const LARGEST_INDIVIDUAL: u16 = 999;

/// Why a text is not a personal identity code in its stored form.
///
/// When several things are wrong the first of this order is told: characters, separator, date,
/// individual number, check character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum InvalidIdentityCode {
    /// Not eleven characters, or a letter where a digit belongs.
    #[error(
        "a personal identity code has six digits, a separator, three digits and a check character"
    )]
    Characters,
    /// The separator is none of those in use.
    #[error("the separator is not in use")]
    SeparatorUnknown,
    /// The day of birth does not exist in the century that the separator tells.
    #[error("the day of birth does not exist")]
    Date,
    /// Individual numbers 000 and 001 are never given.
    #[error("the individual number is never given")]
    IndividualNumber,
    /// The check character does not match the digits.
    #[error("the check character does not match")]
    CheckCharacter,
    /// A valid code, but with lower case letters or surrounding white space: not the stored form.
    #[error("the code is right but not in its stored form")]
    NotNormalised,
}

impl InvalidIdentityCode {
    /// The stable code of the reason, for messages and machine output.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::SeparatorUnknown => "separator_unknown",
            Self::Date => "date",
            Self::IndividualNumber => "individual_number",
            Self::CheckCharacter => "check_character",
            Self::NotNormalised => "not_normalised",
        }
    }
}

/// What the individual number says by being odd or even.
///
/// The product records sex as its own fact and never concludes a person's gender from the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SexInCode {
    /// Odd individual number.
    Male,
    /// Even individual number.
    Female,
}

/// A valid personal identity code in its stored form: eleven upper case characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityCode([u8; LENGTH]);

impl IdentityCode {
    /// Reads the stored form.
    ///
    /// # Errors
    /// The first reason why the text is not one; [`InvalidIdentityCode::NotNormalised`] only when
    /// nothing else is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidIdentityCode> {
        let exact = Self::parse_exact(text);
        if exact.is_ok() {
            return exact;
        }
        let normal = normalise(text);
        if normal == text {
            return exact;
        }
        Self::parse_exact(&normal).and(Err(InvalidIdentityCode::NotNormalised))
    }

    /// Reads what a person typed: surrounding white space and lower case letters are forgiven.
    ///
    /// # Errors
    /// The first reason why the text is not a code.
    pub fn from_input(text: &str) -> Result<Self, InvalidIdentityCode> {
        Self::parse_exact(&normalise(text))
    }

    /// Puts a code together from its parts: for synthetic data and tests.
    ///
    /// # Errors
    /// `SeparatorUnknown`, `IndividualNumber`, or `Date` when the separator belongs to another
    /// century than the day of birth.
    pub fn compose(
        birth_date: Date,
        separator: char,
        individual: u16,
    ) -> Result<Self, InvalidIdentityCode> {
        let century = century(separator).ok_or(InvalidIdentityCode::SeparatorUnknown)?;
        if !(SMALLEST_INDIVIDUAL..=LARGEST_INDIVIDUAL).contains(&individual) {
            return Err(InvalidIdentityCode::IndividualNumber);
        }
        let year = birth_date.year() - century;
        if !(0..100).contains(&year) {
            return Err(InvalidIdentityCode::Date);
        }
        let day_part = format!("{:02}{:02}{year:02}", birth_date.day(), birth_date.month());
        let check = check_character(digits(&day_part) * 1000 + u32::from(individual));
        Self::parse_exact(&format!("{day_part}{separator}{individual:03}{check}"))
    }

    /// An artificial code that no living person can have: the individual number is 900 + `serial`.
    /// `None` when `serial` is over 99 or the year of birth is outside 1800-2099.
    pub fn artificial(birth_date: Date, serial: u16) -> Option<Self> {
        let separator = match birth_date.year() {
            1800..=1899 => '+',
            1900..=1999 => '-',
            2000..=2099 => 'A',
            _ => return None,
        };
        let individual = FIRST_ARTIFICIAL.checked_add(serial)?;
        Self::compose(birth_date, separator, individual).ok()
    }

    fn parse_exact(text: &str) -> Result<Self, InvalidIdentityCode> {
        use InvalidIdentityCode as Reason;
        let parts = Parts::read(text).ok_or(Reason::Characters)?;
        let century = century(parts.separator).ok_or(Reason::SeparatorUnknown)?;
        parts.birth_date(century).ok_or(Reason::Date)?;
        if parts.individual < SMALLEST_INDIVIDUAL {
            return Err(Reason::IndividualNumber);
        }
        if check_character(parts.sum()) != parts.check {
            return Err(Reason::CheckCharacter);
        }
        let bytes = text.as_bytes().try_into().map_err(|_| Reason::Characters)?;
        Ok(Self(bytes))
    }

    fn parts(&self) -> Parts {
        Parts::read(self.expose()).expect("the constructor has read the same characters")
    }

    /// The whole code. Only for the store, for partners that need it, and for a page whose reader
    /// has the right to it: never for a log or an address.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a code has ASCII characters only")
    }

    /// The code with its individual part hidden: `010190-****`.
    pub fn masked(&self) -> String {
        format!("{}****", &self.expose()[..=SEPARATOR])
    }

    /// The day of birth. It may lie in the future: that is for the registering room to refuse.
    pub fn birth_date(&self) -> Date {
        let parts = self.parts();
        century(parts.separator)
            .and_then(|century| parts.birth_date(century))
            .expect("the constructor has checked the date")
    }

    /// What the individual number says; see [`SexInCode`] for what it must not be used for.
    pub fn sex_in_code(&self) -> SexInCode {
        if self.parts().individual % 2 == 1 {
            SexInCode::Male
        } else {
            SexInCode::Female
        }
    }

    /// The character that tells the century.
    pub fn separator(&self) -> char {
        char::from(self.0[SEPARATOR])
    }

    /// Individual numbers 900-999 are temporary or test codes, never a person's registered code.
    pub fn is_artificial(&self) -> bool {
        self.parts().individual >= FIRST_ARTIFICIAL
    }

    /// Born in the 1800s (`+`): a code that only historic records have.
    pub fn is_historic(&self) -> bool {
        self.separator() == '+'
    }
}

impl fmt::Debug for IdentityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdentityCode(hidden)")
    }
}

impl FromStr for IdentityCode {
    type Err = InvalidIdentityCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// The stored form of what was typed: no surrounding white space, upper case.
pub fn normalise(text: &str) -> String {
    text.trim().to_ascii_uppercase()
}

/// One code checked for `noste identity check`: a JSON object without a line end, and whether the
/// code is valid.
///
/// Fields in this order: `code` (as given), `valid`, `birth_date` (ISO, null when not valid),
/// `sex` (`male`, `female`, null when not valid), `artificial` (true only for a valid code of the
/// 900-999 range), `reason` (a code of [`InvalidIdentityCode::code`], null when valid).
pub fn check_line(code: &str) -> (String, bool) {
    #[derive(Serialize)]
    struct Line<'a> {
        code: &'a str,
        valid: bool,
        birth_date: Option<String>,
        sex: Option<SexInCode>,
        artificial: bool,
        reason: Option<&'static str>,
    }
    let read = IdentityCode::parse(code);
    let valid = read.as_ref().ok();
    let line = Line {
        code,
        valid: valid.is_some(),
        birth_date: valid.map(|code| code.birth_date().to_string()),
        sex: valid.map(IdentityCode::sex_in_code),
        artificial: valid.is_some_and(IdentityCode::is_artificial),
        reason: read.err().map(InvalidIdentityCode::code),
    };
    let json = serde_json::to_string(&line).expect("text, flags and null always become JSON");
    (json, line.valid)
}

/// The eleven characters taken apart; the digits are digits, nothing else is checked yet.
struct Parts {
    day: u16,
    month: u16,
    year: u16,
    separator: char,
    individual: u16,
    check: char,
}

impl Parts {
    fn read(text: &str) -> Option<Self> {
        let mut characters = ['\0'; LENGTH];
        let mut count = 0;
        for character in text.chars() {
            *characters.get_mut(count)? = character;
            count += 1;
        }
        let check = characters[LENGTH - 1];
        if count != LENGTH || !(check.is_ascii_uppercase() || check.is_ascii_digit()) {
            return None;
        }
        Some(Self {
            day: number(&characters[0..2])?,
            month: number(&characters[2..4])?,
            year: number(&characters[4..6])?,
            separator: characters[SEPARATOR],
            individual: number(&characters[7..10])?,
            check,
        })
    }

    fn birth_date(&self, century: i16) -> Option<Date> {
        let year = century + i16::try_from(self.year).ok()?;
        let month = i8::try_from(self.month).ok()?;
        Date::new(year, month, i8::try_from(self.day).ok()?).ok()
    }

    /// The nine digits as one number; the separator is no part of it.
    fn sum(&self) -> u32 {
        let day_part = u32::from(self.day) * 10_000 + u32::from(self.month) * 100;
        (day_part + u32::from(self.year)) * 1000 + u32::from(self.individual)
    }
}

fn number(characters: &[char]) -> Option<u16> {
    characters.iter().try_fold(0_u16, |sum, character| {
        let digit = character.to_digit(10)?;
        Some(sum * 10 + u16::try_from(digit).ok()?)
    })
}

fn digits(text: &str) -> u32 {
    text.bytes()
        .fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'))
}

fn check_character(sum: u32) -> char {
    char::from(CHECK_CHARACTERS[(sum % 31) as usize])
}

/// The first year of the century that a separator tells.
const fn century(separator: char) -> Option<i16> {
    match separator {
        '+' => Some(1800),
        '-' | 'Y' | 'X' | 'W' | 'V' | 'U' => Some(1900),
        'A' | 'B' | 'C' | 'D' | 'E' | 'F' => Some(2000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn nothing_of_a_code_is_printed_by_accident() {
        let code = IdentityCode::parse("010190-901R").unwrap();
        assert_eq!(format!("{code:?}"), "IdentityCode(hidden)");
        assert_eq!(
            format!("{:#?}", Some(code)),
            "Some(\n    IdentityCode(hidden),\n)"
        );
        assert_eq!(code.masked(), "010190-****");
        for text in ["010190-901S", "010190!901R", "310290-901R"] {
            let reason = IdentityCode::parse(text).unwrap_err();
            assert!(!format!("{reason} {reason:?}").contains("901"));
        }
    }

    #[test]
    fn typed_text_is_forgiven_and_stored_text_is_not() {
        let typed = " 010594y9032\n";
        assert_eq!(
            IdentityCode::from_input(typed).unwrap().expose(),
            "010594Y9032"
        );
        assert_eq!(
            IdentityCode::parse(typed),
            Err(InvalidIdentityCode::NotNormalised)
        );
        // Wrong in itself: the real reason is told, not the small letter.
        assert_eq!(
            IdentityCode::parse("010190-901s"),
            Err(InvalidIdentityCode::CheckCharacter)
        );
        assert_eq!(
            IdentityCode::from_input("010190-901s"),
            Err(InvalidIdentityCode::CheckCharacter)
        );
    }

    #[test]
    fn odd_text_gets_a_reason() {
        use InvalidIdentityCode as Reason;
        for (text, reason) in [
            ("", Reason::Characters),
            ("010190-901", Reason::Characters),
            ("010190-901RR", Reason::Characters),
            ("010190-901*", Reason::Characters),
            ("0101９0-901R", Reason::Characters),
            ("010190–901R", Reason::SeparatorUnknown),
            ("010190 901R", Reason::SeparatorUnknown),
            ("010190Ä901R", Reason::SeparatorUnknown),
        ] {
            assert_eq!(IdentityCode::parse(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn real_range_is_told_from_the_artificial() {
        // Nobody born in the 1800s lives, so the edge of the real range harms nobody here.
        let born = date(1860, 2, 29);
        let edge = IdentityCode::compose(born, '+', 899).unwrap();
        assert!(!edge.is_artificial());
        let line = check_line(edge.expose());
        assert!(line.0.contains(r#""artificial":false"#) && line.1);
        assert!(
            IdentityCode::compose(born, '+', 900)
                .unwrap()
                .is_artificial()
        );
        assert!(IdentityCode::artificial(born, 100).is_none());
        assert!(IdentityCode::artificial(date(2100, 1, 1), 0).is_none());
        assert!(
            IdentityCode::artificial(date(1899, 12, 31), 5)
                .unwrap()
                .is_historic()
        );
        for (separator, number, reason) in [
            ('+', 1, InvalidIdentityCode::IndividualNumber),
            ('+', 1000, InvalidIdentityCode::IndividualNumber),
            ('A', 900, InvalidIdentityCode::Date),
            ('T', 900, InvalidIdentityCode::SeparatorUnknown),
        ] {
            assert_eq!(IdentityCode::compose(born, separator, number), Err(reason));
        }
    }

    #[test]
    fn a_checked_line_has_its_fields_in_order() {
        assert_eq!(
            check_line("010594Y9021").0,
            r#"{"code":"010594Y9021","valid":true,"birth_date":"1994-05-01","sex":"female","artificial":true,"reason":null}"#
        );
        assert_eq!(
            check_line("a\"\n").0,
            r#"{"code":"a\"\n","valid":false,"birth_date":null,"sex":null,"artificial":false,"reason":"characters"}"#
        );
    }
}
