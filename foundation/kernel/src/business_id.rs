//! Business id (Y-tunnus) of an organisation: seven digits, a hyphen, a check digit.
//!
//! Source: business information act 244/2001; the check digit is the one the Patent and
//! Registration Office and the Tax Administration publish: weights 7 9 10 5 8 4 2, sum modulo 11.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

const WEIGHTS: [u32; 7] = [7, 9, 10, 5, 8, 4, 2];

/// Why a text is not a business id in its stored form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum InvalidBusinessId {
    /// Nothing was given.
    #[error("the business id is empty")]
    Empty,
    /// Something else than digits and one hyphen.
    #[error("a business id has digits and one hyphen only")]
    Characters,
    /// The digits are there but the hyphen is not.
    #[error("the hyphen is missing")]
    Format,
    /// Not seven digits, a hyphen and one digit.
    #[error("a business id has seven digits, a hyphen and one digit")]
    Length,
    /// The sum leaves 1, which has no check digit: such a number is never given.
    #[error("such a number is never given")]
    NeverIssued,
    /// The check digit does not match.
    #[error("the check digit does not match")]
    CheckDigit,
}

impl InvalidBusinessId {
    /// The stable code of the reason.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Characters => "characters",
            Self::Format => "format",
            Self::Length => "length",
            Self::NeverIssued => "remainder_1_never_issued",
            Self::CheckDigit => "check_digit",
        }
    }
}

/// A valid business id; its number with the check digit is below 100 000 000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BusinessId(u32);

impl BusinessId {
    /// Reads the stored form `1234567-1`.
    ///
    /// # Errors
    /// The first reason why the text is not one.
    pub fn parse(text: &str) -> Result<Self, InvalidBusinessId> {
        if text.is_empty() {
            return Err(InvalidBusinessId::Empty);
        }
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let Some((number, check)) = text.split_once('-') else {
            return Err(match (all_digits(text), text.len()) {
                (true, 8) => InvalidBusinessId::Format,
                (true, _) => InvalidBusinessId::Length,
                (false, _) => InvalidBusinessId::Characters,
            });
        };
        if !all_digits(number) || !all_digits(check) {
            return Err(InvalidBusinessId::Characters);
        }
        if number.len() != WEIGHTS.len() || check.len() != 1 {
            return Err(InvalidBusinessId::Length);
        }
        let number: u32 = number.parse().map_err(|_| InvalidBusinessId::Characters)?;
        let check: u32 = check.parse().map_err(|_| InvalidBusinessId::Characters)?;
        match check_digit(number) {
            None => Err(InvalidBusinessId::NeverIssued),
            Some(right) if right == check => Ok(Self(number * 10 + check)),
            Some(_) => Err(InvalidBusinessId::CheckDigit),
        }
    }

    /// Reads what a person typed: white space around, a missing hyphen and the missing leading
    /// zero of an old six-digit id are forgiven.
    ///
    /// # Errors
    /// The first reason why the text is not one.
    pub fn from_input(text: &str) -> Result<Self, InvalidBusinessId> {
        let text = text.trim();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.len() {
            8 if digits => Self::parse(&format!("{}-{}", &text[..7], &text[7..])),
            8 if text.find('-') == Some(6) => Self::parse(&format!("0{text}")),
            _ => Self::parse(text),
        }
    }

    /// The id of an organisation that does not exist: for synthetic data. `None` when `number` has
    /// more than seven digits or its check digit is never given.
    pub fn of_number(number: u32) -> Option<Self> {
        let check = (number < 10_000_000).then(|| check_digit(number))??;
        Some(Self(number * 10 + check))
    }

    /// All eight digits as a number: no hyphen, no leading zeros.
    pub const fn number(&self) -> u32 {
        self.0
    }
}

/// The check digit of seven digits, `None` when the remainder is 1.
fn check_digit(number: u32) -> Option<u32> {
    let mut rest = number;
    let mut sum = 0;
    for weight in WEIGHTS.into_iter().rev() {
        sum += rest % 10 * weight;
        rest /= 10;
    }
    match sum % 11 {
        0 => Some(0),
        1 => None,
        remainder => Some(11 - remainder),
    }
}

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:07}-{}", self.0 / 10, self.0 % 10)
    }
}

impl fmt::Debug for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BusinessId({self})")
    }
}

impl FromStr for BusinessId {
    type Err = InvalidBusinessId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for BusinessId {
    type Error = InvalidBusinessId;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<BusinessId> for String {
    fn from(id: BusinessId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_forgiven() {
        let id = BusinessId::parse("1234567-1").unwrap();
        for typed in ["12345671", " 1234567-1 "] {
            assert_eq!(BusinessId::from_input(typed), Ok(id));
        }
        assert_eq!(
            BusinessId::from_input("000001-9").unwrap().to_string(),
            "0000001-9"
        );
        assert_eq!(
            BusinessId::from_input("ÄÄÄ-1"),
            Err(InvalidBusinessId::Characters)
        );
        assert_eq!(BusinessId::from_input(" "), Err(InvalidBusinessId::Empty));
    }

    #[test]
    fn numbers_without_a_check_digit_are_not_made() {
        assert_eq!(BusinessId::of_number(9_500_007), None);
        assert_eq!(BusinessId::of_number(10_000_000), None);
        assert_eq!(BusinessId::of_number(u32::MAX), None);
        assert_eq!(BusinessId::of_number(1).unwrap().to_string(), "0000001-9");
    }
}
