//! Municipalities that have become part of others since 2013, and what that means for a series.
//!
//! The list is complete from 2013 on: the 320 municipalities of that year less these twelve are the 308 of 2026. A merger takes
//! effect on the first of January. Codes: Statistics Finland, classification of municipalities. Into what and when is general
//! knowledge, except for 588 and 099, which were checked in a source.

use std::sync::OnceLock;

use opendata::Figure;

/// A municipality that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merger {
    pub code: String,
    /// The municipality it became part of.
    pub into: String,
    /// The first year of the new division.
    pub year: i16,
}

/// Every merger.
pub fn mergers() -> &'static [Merger] {
    static LIST: OnceLock<Vec<Merger>> = OnceLock::new();
    LIST.get_or_init(|| {
        let rows = include_str!("../data/merges.csv").lines().skip(1);
        let merger = |line: &str| {
            let mut cells = line.split(',');
            let (code, into, from) = (cells.next()?, cells.next()?, cells.next()?);
            Some(Merger {
                code: code.to_owned(),
                into: into.to_owned(),
                year: from.get(..4)?.parse().ok()?,
            })
        };
        rows.filter_map(merger).collect()
    })
}

/// What a municipality of the year has become by now: itself, when it is still there.
pub fn now(code: &str) -> &str {
    let mut code = code;
    // A municipality can be merged on; no chain is longer than the list.
    for _ in mergers() {
        match mergers().iter().find(|one| one.code == code) {
            Some(merger) => code = &merger.into,
            None => break,
        }
    }
    code
}

/// The municipalities that in the year were not yet part of `code` and are now.
pub fn parts(code: &str, year: i16) -> Vec<&'static str> {
    mergers()
        .iter()
        .filter(|one| one.year > year && one.code != code && now(&one.code) == code)
        .map(|one| one.code.as_str())
        .collect()
}

/// A municipality's value in a year before a merger, in the division of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined {
    /// As the source has it: nothing was merged later, or the source has counted it anew in the present division.
    AsIs(Figure),
    /// The sum of the municipalities of that year.
    Sum(Figure),
    /// The municipality as it was before the merger: its rate cannot be joined with those of its later parts.
    Before(Figure),
    /// Some of the municipalities of that year have no value: no sum is given.
    Incomplete,
    /// There is no value.
    None,
}

/// Joins a municipality's own value with those of the municipalities that became part of it later and that the source still
/// tells apart: [`parts`] without those of which it has no value in any year. A source that has counted a municipality into
/// another has done so in every year.
pub fn joined(own: Option<&Figure>, parts: &[Option<&Figure>], additive: bool) -> Joined {
    let known = parts.iter().flatten().count();
    match own {
        Some(own) if parts.is_empty() => Joined::AsIs(own.clone()),
        Some(own) if !additive => Joined::Before(own.clone()),
        Some(own) if known == parts.len() => {
            match sum(std::iter::once(own).chain(parts.iter().flatten().copied())) {
                Some(sum) => Joined::Sum(sum),
                None => Joined::Incomplete,
            }
        }
        Some(_) => Joined::Incomplete,
        None if known > 0 && additive => Joined::Incomplete,
        None => Joined::None,
    }
}

/// The sum of counts; none when one of them is no whole number.
fn sum<'a>(figures: impl Iterator<Item = &'a Figure>) -> Option<Figure> {
    let mut sum: i64 = 0;
    for figure in figures {
        sum = sum.checked_add(figure.whole()?)?;
    }
    Figure::read(&sum.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::place;

    #[test]
    fn every_merger_leads_to_a_municipality_of_today() {
        assert_eq!(mergers().len(), 12);
        for one in mergers() {
            let end = place::municipality(now(&one.code)).unwrap();
            assert!(end.in_force, "{one:?}");
            assert!(
                !place::municipality(&one.code).is_some_and(|old| old.in_force),
                "{one:?}"
            );
            assert!((2014..=2026).contains(&one.year), "{one:?}");
        }
        // The twelve and the municipalities of today are the 320 of 2013.
        let today = place::municipalities()
            .iter()
            .filter(|one| one.in_force)
            .count();
        assert_eq!(today + mergers().len(), 320);
    }

    #[test]
    fn parts_of_a_year() {
        for (code, year, expected) in [
            ("297", 2014, vec!["476", "174"]),
            ("297", 2015, vec!["174"]),
            ("297", 2017, vec![]),
            ("507", 2024, vec!["588"]),
            ("507", 2025, vec![]),
            ("179", 2000, vec![]),
            ("476", 2000, vec![]),
        ] {
            assert_eq!(parts(code, year), expected, "{code} {year}");
        }
        assert_eq!((now("174"), now("297"), now("xyz")), ("297", "297", "xyz"));
    }

    #[test]
    fn what_is_joined_and_what_is_not() {
        let figure = |text: &str| Figure::read(text).unwrap();
        let (ten, two, rate) = (figure("10"), figure("2"), figure("5.8"));
        for (name, own, parts, additive, expected) in [
            (
                "nothing was merged",
                Some(&ten),
                vec![],
                true,
                Joined::AsIs(ten.clone()),
            ),
            (
                "no part has one",
                Some(&ten),
                vec![None, None],
                true,
                Joined::Incomplete,
            ),
            (
                "counts",
                Some(&ten),
                vec![Some(&two), Some(&two)],
                true,
                Joined::Sum(figure("14")),
            ),
            (
                "one part has none",
                Some(&ten),
                vec![Some(&two), None],
                true,
                Joined::Incomplete,
            ),
            (
                "itself has none",
                None,
                vec![Some(&two)],
                true,
                Joined::Incomplete,
            ),
            (
                "a rate",
                Some(&rate),
                vec![Some(&two)],
                false,
                Joined::Before(rate.clone()),
            ),
            (
                "a rate of parts alone",
                None,
                vec![Some(&two)],
                false,
                Joined::None,
            ),
            (
                "a count that is no whole number",
                Some(&rate),
                vec![Some(&two)],
                true,
                Joined::Incomplete,
            ),
            ("no value", None, vec![None], true, Joined::None),
        ] {
            assert_eq!(joined(own, &parts, additive), expected, "{name}");
        }
    }
}
