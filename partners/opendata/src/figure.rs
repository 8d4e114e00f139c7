//! A number of statistics, exact.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Decimals that are kept; services publish at most a few.
const PLACES: usize = 10;
/// Digits of a figure at most: more is no statistic but a fault.
const DIGITS: usize = 18;

/// A decimal number as text, in one form only: no exponent, no leading or trailing zeros, a point. Figures are compared and
/// kept as they were published; arithmetic is the caller's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure(String);

/// The text is no number that a statistic can be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a number")]
pub struct FigureError(pub String);

impl Figure {
    /// Reads a number with a decimal point or a decimal comma: services and spreadsheets use either. Thousands are not
    /// grouped: a space or a second mark is refused, since `1,234` would be two numbers.
    ///
    /// # Errors
    /// For everything else, also for what is not finite.
    pub fn read(text: &str) -> Result<Self, FigureError> {
        let refused = || FigureError(text.chars().take(40).collect());
        let trimmed = text.trim();
        if trimmed.contains(['e', 'E']) {
            // Some services write large numbers as 1.2E7.
            let number: f64 = trimmed.replace(',', ".").parse().map_err(|_| refused())?;
            return Self::of(number).ok_or_else(refused);
        }
        let (minus, digits) = match trimmed.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, trimmed),
        };
        let (whole, part) = match digits.split_once(['.', ',']) {
            Some((whole, part)) => (whole, part),
            None => (digits, "0"),
        };
        let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !number(whole) || !number(part) || whole.len() + part.len() > DIGITS + PLACES {
            return Err(refused());
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > DIGITS {
            return Err(refused());
        }
        Ok(Self::form(minus, whole, part))
    }

    /// A number of JSON; none when it is not finite or too large to be a statistic.
    pub fn of(number: f64) -> Option<Self> {
        (number.is_finite() && number.abs() < 1e15)
            .then(|| format!("{number:.PLACES$}"))
            .and_then(|text| Self::read(&text).ok())
    }

    fn form(minus: bool, whole: &str, part: &str) -> Self {
        let kept: String = part.chars().take(PLACES).collect();
        let part = kept.trim_end_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let zero = whole == "0" && part.is_empty();
        let sign = if minus && !zero { "-" } else { "" };
        Self(if part.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part}")
        })
    }

    /// The number in its one form, `1234.5`.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The nearest number a machine can reckon with.
    pub fn number(&self) -> f64 {
        self.0.parse().unwrap_or_default()
    }

    /// The whole number, if it is one.
    pub fn whole(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0 == "0"
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Figure {
    type Err = FigureError;

    fn from_str(text: &str) -> Result<Self, FigureError> {
        Self::read(text)
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Figure {
    /// A JSON number or a text with a number.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let figure = match &value {
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => Self::read(&whole.to_string()).ok(),
                None => number.as_f64().and_then(Self::of),
            },
            serde_json::Value::String(text) => Self::read(text).ok(),
            _ => None,
        };
        figure.ok_or_else(|| serde::de::Error::custom(format!("{value} is not a number")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_services_and_of_spreadsheets() {
        for (text, form) in [
            ("5.8", "5.8"),
            ("5,8", "5.8"),
            ("2406.0", "2406"),
            ("2406", "2406"),
            (" 12 ", "12"),
            ("0", "0"),
            ("-0.0", "0"),
            ("-3,50", "-3.5"),
            ("007", "7"),
            ("0.10", "0.1"),
            ("1.2345E7", "12345000"),
            ("0.12345678901", "0.123456789"),
        ] {
            assert_eq!(Figure::read(text).unwrap().text(), form, "{text}");
        }
        for text in [
            "",
            " ",
            "-",
            ".",
            "5.",
            ".5",
            "..",
            "1 234",
            "1,234,5",
            "1.234,5",
            "NaN",
            "inf",
            "1E99",
            "+5",
            "5 %",
            "0x10",
            "1234567890123456789",
            "١٢",
        ] {
            assert!(Figure::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_of_json() {
        for (json, form) in [
            ("2406.0", "2406"),
            ("0.1", "0.1"),
            ("0.30000000000000004", "0.3"),
            ("\"33\"", "33"),
            ("-1.5", "-1.5"),
            ("12345678", "12345678"),
        ] {
            let figure: Figure = serde_json::from_str(json).unwrap();
            assert_eq!(figure.text(), form, "{json}");
        }
        for json in ["null", "true", "\"..\"", "[1]", "1e300"] {
            assert!(serde_json::from_str::<Figure>(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn the_form_is_read_as_itself(text in "-?[0-9]{1,12}([.,][0-9]{1,8})?") {
            let figure = Figure::read(&text).unwrap();
            prop_assert_eq!(Figure::read(figure.text()).unwrap(), figure.clone());
            let number: f64 = text.replace(',', ".").parse().unwrap();
            prop_assert!((figure.number() - number).abs() < 1e-6);
        }

        #[test]
        fn nothing_panics(text in ".{0,40}") {
            let _ = Figure::read(&text);
        }
    }
}
