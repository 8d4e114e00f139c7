//! How numbers are written.

use kernel::language::Language;

const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';
/// More decimals than anybody reads.
const MOST_DECIMALS: u8 = 6;

/// Numbers of one picture: a language and a count of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    language: Language,
    decimals: u8,
}

impl Numbers {
    /// Whole numbers.
    pub const fn whole(language: Language) -> Self {
        Self {
            language,
            decimals: 0,
        }
    }

    /// Numbers with so many decimals, six at most.
    pub const fn with_decimals(language: Language, decimals: u8) -> Self {
        let decimals = if decimals > MOST_DECIMALS {
            MOST_DECIMALS
        } else {
            decimals
        };
        Self { language, decimals }
    }

    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    pub const fn language(self) -> Language {
        self.language
    }

    /// `12345.6` as "12 345,6" with a no-break space: groups of three from five digits on, as Finnish and
    /// Swedish have it; English has "12,345.6". Never "−0".
    ///
    /// ```
    /// use charts::Numbers;
    /// use kernel::language::Language;
    /// assert_eq!(Numbers::with_decimals(Language::Fi, 1).write(-12345.6), "−12\u{a0}345,6");
    /// assert_eq!(Numbers::whole(Language::En).write(12345.0), "12,345");
    /// ```
    pub fn write(self, value: f64) -> String {
        let (group, point) = match self.language {
            Language::Fi | Language::Sv | Language::Easy => (NO_BREAK_SPACE, ','),
            Language::En => (',', '.'),
        };
        let plain = format!("{:.*}", usize::from(self.decimals), value.abs());
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut out = String::new();
        if value < 0.0 && plain.contains(|digit: char| ('1'..='9').contains(&digit)) {
            out.push(MINUS);
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && whole.len() > 4 && (whole.len() - index).is_multiple_of(3) {
                out.push(group);
            }
            out.push(digit);
        }
        if !part.is_empty() {
            out.push(point);
            out.push_str(part);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_has_them() {
        for (language, decimals, value, written) in [
            (Language::Fi, 0, 0.0, "0"),
            (Language::Fi, 0, 1234.0, "1234"),
            (Language::Fi, 0, 12_345.0, "12\u{a0}345"),
            (Language::Sv, 0, 1_234_567.0, "1\u{a0}234\u{a0}567"),
            (Language::Fi, 1, 7.25, "7,2"),
            (Language::Fi, 1, 7.35, "7,3"),
            (Language::Fi, 2, -0.001, "0,00"),
            (Language::Fi, 1, -3.26, "\u{2212}3,3"),
            (Language::Easy, 1, 3.0, "3,0"),
            (Language::En, 1, 12_345.6, "12,345.6"),
            (Language::En, 0, 999.6, "1000"),
        ] {
            let numbers = Numbers::with_decimals(language, decimals);
            assert_eq!(numbers.write(value), written, "{value}");
        }
        let many = Numbers::with_decimals(Language::Fi, 200);
        assert_eq!(many.write(0.5), "0,500000");
    }
}
