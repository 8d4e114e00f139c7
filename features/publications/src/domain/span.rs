//! Periods of publications: whole quarters, so that two reports never cut the same time in different places.

use kernel::time::Date;

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    pub year: i16,
    /// 1 to 4.
    pub part: u8,
}

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: Date) -> Self {
        Self::of_month(day.year(), day.month())
    }

    /// The quarter of a month (1 to 12).
    pub const fn of_month(year: i16, month: i8) -> Self {
        let part = match month {
            ..=3 => 1,
            4..=6 => 2,
            7..=9 => 3,
            _ => 4,
        };
        Self { year, part }
    }

    /// The one after.
    pub const fn next(self) -> Self {
        if self.part >= 4 {
            Self {
                year: self.year + 1,
                part: 1,
            }
        } else {
            Self {
                year: self.year,
                part: self.part + 1,
            }
        }
    }

    /// The one before.
    pub const fn previous(self) -> Self {
        if self.part <= 1 {
            Self {
                year: self.year - 1,
                part: 4,
            }
        } else {
            Self {
                year: self.year,
                part: self.part - 1,
            }
        }
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.year, self.part)
    }
}

impl std::str::FromStr for Quarter {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, part) = text.split_once('-').ok_or(())?;
        let (year, part) = (year.parse().map_err(|_| ())?, part.parse().map_err(|_| ())?);
        let known = (2000..=2200).contains(&year) && (1..=4).contains(&part);
        known.then_some(Self { year, part }).ok_or(())
    }
}

/// The first and the last quarter, both within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    first: Quarter,
    last: Quarter,
}

/// Quarters of one publication at most: five years.
pub const MOST_QUARTERS: usize = 20;

impl Span {
    /// `None` when it ends before it begins or is too long.
    pub fn new(first: Quarter, last: Quarter) -> Option<Self> {
        let span = Self { first, last };
        (first <= last && span.quarters().len() <= MOST_QUARTERS).then_some(span)
    }

    /// What a publication of this kind usually tells of, begun on this day: a whole year for what is made once a year, otherwise
    /// the last two quarters.
    pub fn usual(kind: super::Kind, today: Date) -> Self {
        use super::Kind;
        let quarter = |part| Quarter {
            year: today.year() - 1,
            part,
        };
        let last = Quarter::of(today).previous();
        match kind {
            Kind::Yearly | Kind::Hyte => Self {
                first: quarter(1),
                last: quarter(4),
            },
            Kind::Sheet | Kind::UnitSummary => Self {
                first: last.previous(),
                last,
            },
        }
    }

    pub const fn first(self) -> Quarter {
        self.first
    }

    pub const fn last(self) -> Quarter {
        self.last
    }

    /// Every quarter of it, at most one more than [`MOST_QUARTERS`].
    pub fn quarters(self) -> Vec<Quarter> {
        let mut all = Vec::new();
        let mut at = self.first;
        while at <= self.last && all.len() <= MOST_QUARTERS {
            all.push(at);
            at = at.next();
        }
        all
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.first, self.last)
    }
}

impl std::str::FromStr for Span {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (first, last) = text.split_once("..").ok_or(())?;
        Self::new(first.parse()?, last.parse()?).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_runs_over_the_year_and_has_an_end() {
        let at = |text: &str| text.parse::<Quarter>().expect("a quarter");
        let span = Span::new(at("2025-3"), at("2026-2")).expect("a span");
        let names: Vec<String> = span.quarters().iter().map(Quarter::to_string).collect();
        assert_eq!(names, ["2025-3", "2025-4", "2026-1", "2026-2"]);
        assert_eq!(span.to_string().parse(), Ok(span));
        assert_eq!(at("2026-1").previous(), at("2025-4"));
        assert!(Span::new(at("2026-2"), at("2026-1")).is_none());
        assert!(Span::new(at("2020-1"), at("2024-4")).is_some());
        assert!(Span::new(at("2020-1"), at("2025-1")).is_none(), "too long");
        for wrong in ["", "2026", "2026-0", "2026-5", "x-1", "99999-1"] {
            assert!(wrong.parse::<Quarter>().is_err(), "{wrong}");
        }
        for (kind, usual) in [
            (super::super::Kind::Yearly, "2025-1..2025-4"),
            (super::super::Kind::Hyte, "2025-1..2025-4"),
            (super::super::Kind::UnitSummary, "2025-3..2025-4"),
            (super::super::Kind::Sheet, "2025-3..2025-4"),
        ] {
            let today = Date::constant(2026, 2, 3);
            assert_eq!(Span::usual(kind, today).to_string(), usual, "{kind:?}");
        }
        for (month, part) in [(1, 1), (3, 1), (4, 2), (9, 3), (10, 4), (12, 4)] {
            assert_eq!(Quarter::of_month(2026, month).part, part);
        }
    }
}
