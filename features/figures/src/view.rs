//! What is worked out of a release: rates, shares and their intervals, from released counts and open populations alone.

use disclosure::rates::rate_is_safe;
use kernel::time::Date;

use crate::Definition;
use crate::ages::adults;
use crate::definition::{Measure, Span};
use crate::layout::{ALL, cell};
use crate::population::{Inhabitants, Populations};
use crate::rates::{Group, Rate, per_thousand, share, standardised};
use crate::store::Release;

/// A count under this has so wide an interval that a reader is told so.
pub const UNCERTAIN: u64 = 20;

/// Whose figure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    County,
    Municipality(String),
    /// Those that are told together.
    Others,
}

/// How a municipality stands to the county.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Chance alone can explain the difference.
    Same,
    Above,
    Below,
}

/// One figure: what a cell of a table or a point of a picture is made of. What is none is hidden, or cannot be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub whose: Whose,
    /// All that are counted.
    pub count: Option<u64>,
    /// Of them those whose share is told.
    pub part: Option<u64>,
    /// For 1,000 inhabitants, or a share between 0 and 1.
    pub rate: Option<Rate>,
    pub standardised: Option<Rate>,
    pub people: Option<Inhabitants>,
    pub against: Option<Against>,
    /// What the counts are rounded by; none where they are true.
    pub base: Option<u64>,
}

impl Told {
    /// The figure itself: a rate or share where there is one, otherwise the count.
    pub fn value(&self, definition: &Definition) -> Option<f64> {
        match definition.measure {
            Measure::Share(_) => self.rate.map(|rate| rate.value),
            // A count of people is far below 2^52.
            Measure::PerHead | Measure::Count => self.count.map(|count| count as f64),
        }
    }

    /// So few that chance moves it much.
    pub fn is_uncertain(&self, definition: &Definition) -> bool {
        if self.base.is_some() {
            return false;
        }
        let counted = match definition.measure {
            Measure::Share(_) => self.count,
            Measure::PerHead => self.count,
            Measure::Count => None,
        };
        counted.is_some_and(|count| (1..UNCERTAIN).contains(&count))
    }
}

/// A release with what is needed to read it.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub definition: &'a Definition,
    pub release: &'a Release,
    pub populations: &'a Populations,
    /// The day of the first record of the house; none where it is not known.
    pub opened: Option<Date>,
}

/// Days of January within which a house was opened for the whole year: nobody comes on a holiday.
const FIRST_DAYS: i8 = 7;

/// Whether a house that began on this day had only a part of this year.
pub fn is_short(opened: Option<Date>, year: i16) -> bool {
    opened.is_some_and(|day| day.year() == year && (day.month() > 1 || day.day() > FIRST_DAYS))
}

impl View<'_> {
    /// Whether this is the year in which the house was opened, and it was not open all of it.
    pub fn is_short(&self) -> bool {
        is_short(self.opened, self.release.meta.year)
    }

    fn shown(&self, area: &str, age: &str, part: &str, time: &str) -> Option<u64> {
        let name = cell(area, age, part, time);
        let told = self.release.meta.layout.shown().contains(&name);
        let released = &self.release.released;
        told.then(|| {
            released
                .cell(&name)
                .count()
                .or_else(|| released.about(&name))
        })?
    }

    /// What every count of this release is rounded by; none where they are true.
    pub fn base(&self) -> Option<u64> {
        self.release.released.base()
    }

    /// The parts whose share is told, added up; none when one of them is hidden.
    fn part(&self, area: &str, time: &str) -> Option<u64> {
        let parts = self.definition.counted_parts();
        // Rounded parts do not make the rounded whole of them.
        if parts.is_empty() || (parts.len() > 1 && self.base().is_some()) {
            return None;
        }
        parts
            .iter()
            .map(|part| self.shown(area, ALL, part, time))
            .sum()
    }

    fn share(&self, part: Option<u64>, whole: Option<u64>) -> Option<Rate> {
        if self.base().is_some() {
            return None;
        }
        let (part, whole) = (part?, whole?);
        rate_is_safe(part, whole, self.release.meta.threshold)
            .then(|| share(part, whole))
            .flatten()
    }

    /// The county, at a time of the release or over all of it (`ALL`).
    pub fn county(&self, time: &str) -> Told {
        let count = self.shown(ALL, ALL, ALL, time);
        let part = self.part(ALL, time);
        let people = self.people(&[]);
        let rate = match self.definition.measure {
            Measure::Share(_) => self.share(part, count),
            Measure::PerHead if time == ALL => self.per_head(count, people),
            Measure::PerHead | Measure::Count => None,
        };
        let standardised = (time == ALL).then(|| self.standardised(ALL, &[])).flatten();
        Told {
            whose: Whose::County,
            count,
            part,
            rate,
            standardised,
            people,
            against: None,
            base: self.base(),
        }
    }

    fn people(&self, codes: &[&str]) -> Option<Inhabitants> {
        self.definition
            .per_head()
            .then(|| self.populations.people(codes, self.release.meta.year))
            .flatten()
    }

    fn per_head(&self, count: Option<u64>, people: Option<Inhabitants>) -> Option<Rate> {
        if self.base().is_some() {
            return None;
        }
        per_thousand(count?, people?.people)
    }

    /// The age-standardised rate of adults; none when an age is hidden or its inhabitants are not known.
    fn standardised(&self, area: &str, codes: &[&str]) -> Option<Rate> {
        if !self.definition.per_head()
            || self.base().is_some()
            || self.release.meta.layout.ages.is_empty()
        {
            return None;
        }
        let groups: Option<Vec<Group>> = adults()
            .map(|band| {
                Some(Group {
                    events: self.shown(area, band.code, ALL, ALL)?,
                    population: self
                        .populations
                        .people_of_age(band.code, codes, self.release.meta.year)?
                        .people,
                    weight: band.weight,
                })
            })
            .collect();
        standardised(&groups?)
    }

    /// The municipalities that are told, in the order of the layout, then the others together.
    pub fn areas(&self) -> Vec<Told> {
        let county = self.county(ALL).rate.map(|rate| rate.value);
        let layout = &self.release.meta.layout;
        let mut all: Vec<Told> = layout
            .areas
            .iter()
            .map(|code| {
                let count = self.shown(code, ALL, ALL, ALL);
                let part = self.part(code, ALL);
                let people = self.people(&[code]);
                let rate = match self.definition.measure {
                    Measure::Share(_) => self.share(part, count),
                    Measure::PerHead => self.per_head(count, people),
                    Measure::Count => None,
                };
                Told {
                    whose: Whose::Municipality(code.clone()),
                    count,
                    part,
                    rate,
                    standardised: self.standardised(code, &[code]),
                    people,
                    against: rate.zip(county).map(|(rate, county)| against(rate, county)),
                    base: self.base(),
                }
            })
            .collect();
        if layout.others {
            let area = layout.others_area();
            let (count, part) = (self.shown(&area, ALL, ALL, ALL), self.part(&area, ALL));
            all.push(Told {
                whose: Whose::Others,
                count,
                part,
                // Who are in it is not known by municipality, so there is nobody to set them against.
                rate: self.share(part, count),
                standardised: None,
                people: None,
                against: None,
                base: self.base(),
            });
        }
        all
    }

    /// Parts of the county with their counts.
    pub fn parts(&self) -> Vec<(String, Option<u64>)> {
        let layout = &self.release.meta.layout;
        let count = |part: &String| (part.clone(), self.shown(ALL, ALL, part, ALL));
        layout.parts.iter().map(count).collect()
    }

    /// Ages of the county with their counts.
    pub fn ages(&self) -> Vec<(String, Option<u64>)> {
        let layout = &self.release.meta.layout;
        let count = |age: &String| (age.clone(), self.shown(ALL, age, ALL, ALL));
        layout.ages.iter().map(count).collect()
    }

    /// Times of the release, in their order. How things stand at the end of the period is the last of them.
    pub fn times(&self) -> Vec<(String, Told)> {
        let layout = &self.release.meta.layout;
        let told = |time: &String| (time.clone(), self.county(time));
        let mut times: Vec<(String, Told)> = layout.times.iter().map(told).collect();
        if self.definition.span == Span::Stock && !times.is_empty() {
            let last = crate::system::month_name(self.release.meta.through.month());
            times.push((last, self.county(ALL)));
        }
        times
    }

    /// Cells that a reader would see and that are hidden.
    pub fn hidden(&self) -> usize {
        let shown = self.release.meta.layout.shown();
        let released = &self.release.released;
        let hidden = |name: &&String| {
            released.cell(name).count().is_none() && released.about(name).is_none()
        };
        shown.iter().filter(hidden).count()
    }

    /// Whether its total can be set beside that of another year.
    pub fn is_comparable(&self) -> bool {
        if self.base().is_some() {
            return false;
        }
        let whole = self
            .release
            .meta
            .period()
            .is_some_and(crate::period::Period::is_whole);
        whole && !self.is_short()
            || self.definition.span != Span::Flow
            || matches!(self.definition.measure, Measure::Share(_))
    }
}

fn against(rate: Rate, county: f64) -> Against {
    if rate.reaches(county) {
        Against::Same
    } else if rate.low > county {
        Against::Above
    } else {
        Against::Below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_the_opening_is_short_unless_it_began_with_january() {
        for (opened, year, short) in [
            (None, 2024, false),
            (Some((2024, 1, 1)), 2024, false),
            (Some((2024, 1, 7)), 2024, false),
            (Some((2024, 1, 8)), 2024, true),
            (Some((2024, 5, 2)), 2024, true),
            (Some((2024, 5, 2)), 2025, false),
            (Some((2024, 5, 2)), 2023, false),
        ] {
            let day = opened.map(|(year, month, day)| Date::constant(year, month, day));
            assert_eq!(is_short(day, year), short, "{opened:?} {year}");
        }
    }
}
