//! Money in euros: whole cents, never a floating number.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::language::Language;

const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';
/// The longest text that is read: enough for every amount and its spaces.
const LONGEST_INPUT: usize = 64;

/// An amount of euros in whole cents; may be negative.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(i64);

/// Text that is not an amount of euros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of euros with at most two decimals")]
pub struct NotMoney;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The amount of whole cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// The amount of whole euros, `None` when it is too large.
    pub fn from_euros(euros: i64) -> Option<Self> {
        euros.checked_mul(100).map(Self)
    }

    /// All of it as cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// The sum, `None` when it is too large.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, `None` when it is too large.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The amount `times` over, `None` when it is too large.
    #[must_use]
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// The sum of all, `None` when it is too large.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// The amount as a reader of the language expects it: `1 234,50 €` in Finnish and Swedish
    /// (no-break spaces, a real minus sign), `€1,234.50` in English.
    pub fn format(self, language: Language) -> String {
        let euros = self.0.unsigned_abs() / 100;
        let cents = self.0.unsigned_abs() % 100;
        let negative = self.0 < 0;
        match language {
            Language::Fi | Language::Sv | Language::Easy => {
                let minus = if negative {
                    MINUS.to_string()
                } else {
                    String::new()
                };
                let euros = grouped(euros, NO_BREAK_SPACE);
                format!("{minus}{euros},{cents:02}{NO_BREAK_SPACE}€")
            }
            Language::En => {
                let minus = if negative { "-" } else { "" };
                format!("{minus}€{}.{cents:02}", grouped(euros, ','))
            }
        }
    }

    /// Reads what a person typed in the language, and everything that [`Money::format`] writes.
    ///
    /// A euro sign before or after, spaces between thousands and one or two decimals are allowed.
    /// Finnish and Swedish take a comma or a point before the decimals; English takes a point, and
    /// commas between thousands.
    ///
    /// # Errors
    /// [`NotMoney`] for any other text and for an amount too large to keep.
    pub fn parse(text: &str, language: Language) -> Result<Self, NotMoney> {
        if text.len() > LONGEST_INPUT {
            return Err(NotMoney);
        }
        let text = text.trim();
        let (negative, text) = match text.strip_prefix(['-', MINUS]) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let text = text
            .strip_prefix('€')
            .or_else(|| text.strip_suffix('€'))
            .unwrap_or(text)
            .trim();
        let (euros, decimals) = match (text.find([',', '.']), language) {
            (_, Language::En) => text.split_once('.').unwrap_or((text, "0")),
            (Some(mark), _) => (&text[..mark], &text[mark + 1..]),
            (None, _) => (text, "0"),
        };
        let extra = if language == Language::En { ',' } else { ' ' };
        let euros = ungrouped(euros, extra).ok_or(NotMoney)?;
        let cents = match (decimals.len(), whole(decimals)) {
            (1, Some(tenths)) => tenths * 10,
            (2, Some(hundredths)) => hundredths,
            _ => return Err(NotMoney),
        };
        // Through i128, so that the smallest amount of all can be read as well.
        let amount = i128::from(euros) * 100 + i128::from(cents);
        let amount = if negative { -amount } else { amount };
        i64::try_from(amount).map(Self).map_err(|_| NotMoney)
    }
}

/// The plain form for machines and English-speaking tools: `-1234.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minus = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{minus}{}.{:02}", cents / 100, cents % 100)
    }
}

fn grouped(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// Digits with marks between thousands, or none at all: `1 234`, but not `12 34`.
fn ungrouped(text: &str, extra: char) -> Option<u64> {
    // Plain, no-break and narrow no-break space, as texts pasted from other programs have them.
    let is_mark = |c: char| c == extra || matches!(c, ' ' | NO_BREAK_SPACE | '\u{202f}');
    let mut groups = text.split(is_mark);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let in_groups = first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    if first.is_empty() || !(rest.is_empty() || in_groups) {
        return None;
    }
    whole(&format!("{first}{}", rest.concat()))
}

fn whole(text: &str) -> Option<u64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_in_the_readers_way() {
        let amount = Money::from_cents(-123_456_705);
        assert_eq!(
            amount.format(Language::Fi),
            "\u{2212}1\u{a0}234\u{a0}567,05\u{a0}€"
        );
        assert_eq!(amount.format(Language::Sv), amount.format(Language::Fi));
        assert_eq!(amount.format(Language::Easy), amount.format(Language::Fi));
        assert_eq!(amount.format(Language::En), "-€1,234,567.05");
        assert_eq!(amount.to_string(), "-1234567.05");
        assert_eq!(Money::from_cents(-5).format(Language::En), "-€0.05");
        assert_eq!(Money::from_cents(99_900).format(Language::En), "€999.00");
    }

    #[test]
    fn what_people_type_is_read() {
        for (text, language, cents) in [
            ("12", Language::Fi, 1200),
            ("12,5", Language::Fi, 1250),
            ("12.50 €", Language::Sv, 1250),
            (" 1 234,50€ ", Language::Fi, 123_450),
            ("1\u{202f}234,5", Language::Easy, 123_450),
            ("-0,01", Language::Fi, -1),
            ("€1,234.50", Language::En, 123_450),
            ("1234.5", Language::En, 123_450),
        ] {
            assert_eq!(
                Money::parse(text, language),
                Ok(Money::from_cents(cents)),
                "{text}"
            );
        }
    }

    #[test]
    fn doubtful_amounts_are_refused() {
        for (text, language) in [
            ("", Language::Fi),
            ("€", Language::Fi),
            ("-", Language::Fi),
            (",50", Language::Fi),
            ("1,", Language::Fi),
            ("1,234", Language::Fi),
            ("1.234,50", Language::Fi),
            ("12 34", Language::Fi),
            ("1234 567", Language::Fi),
            ("1e3", Language::Fi),
            ("--1", Language::Fi),
            ("€1€", Language::Fi),
            ("1,23", Language::En),
            ("1.234", Language::En),
            ("92233720368547758,08", Language::Fi),
        ] {
            assert_eq!(Money::parse(text, language), Err(NotMoney), "{text}");
        }
    }

    #[test]
    fn sums_that_do_not_fit_are_told() {
        let most = Money::from_cents(i64::MAX);
        assert_eq!(most.checked_add(Money::from_cents(1)), None);
        assert_eq!(Money::sum([most, Money::from_cents(1)]), None);
        assert_eq!(
            Money::from_cents(i64::MIN).checked_sub(Money::from_cents(1)),
            None
        );
        assert_eq!(most.checked_mul(2), None);
        assert_eq!(Money::from_euros(i64::MAX), None);
        assert_eq!(
            Money::sum([10, -4].map(Money::from_cents)),
            Some(Money::from_cents(6))
        );
    }
}
