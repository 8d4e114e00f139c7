//! Every count and every sum of one figure and year that a reader could know of.

mod linked;
mod plan;

use std::collections::{BTreeMap, BTreeSet};

use disclosure::Equation;

use crate::ages::{BANDS, UNKNOWN};
use crate::definition::{Measure, Span};
use crate::layout::{ALL, Layout, UNKNOWN_AREA, cell, members, together, total};
use crate::table::{Earlier, Source};

/// A municipality with fewer is told with others; so is a month, as a quarter.
const FEW: u64 = 10;

/// Counts and sums of one figure and year.
pub struct System<'a> {
    source: &'a Source<'a>,
    cells: BTreeMap<String, u64>,
    equations: Vec<Equation>,
    groups: Vec<Equation>,
    /// Municipalities, and the unknown.
    areas: Vec<String>,
    ages: Vec<String>,
    parts: Vec<String>,
    months: Vec<i8>,
    merged: BTreeSet<String>,
    /// Parts that may be told together.
    few_parts: Vec<String>,
}

impl<'a> System<'a> {
    pub fn of(source: &'a Source<'a>) -> Self {
        let definition = source.definition;
        let mut months: Vec<i8> = match definition.span {
            Span::Now => Vec::new(),
            Span::Flow | Span::Stock => source.period.months().iter().map(|one| one.no).collect(),
        };
        // How things stand at the end of the last month is the figure of the period itself: the same people are not counted in
        // two cells, or the one of a cell of one would know the other.
        if definition.span == Span::Stock {
            months.pop();
        }
        let mut areas: Vec<String> = Vec::new();
        if definition.areas && source.areas {
            areas.extend(source.municipalities.iter().map(|code| (*code).to_owned()));
            areas.push(UNKNOWN_AREA.to_owned());
        }
        let mut ages: Vec<String> = Vec::new();
        if definition.ages && definition.per_head() {
            ages.extend(BANDS.iter().map(|band| band.code.to_owned()));
            ages.push(UNKNOWN.to_owned());
        }
        let mut system = Self {
            source,
            cells: BTreeMap::new(),
            equations: Vec::new(),
            groups: Vec::new(),
            areas,
            ages,
            parts: definition
                .parts
                .iter()
                .map(|part| (*part).to_owned())
                .collect(),
            months,
            merged: BTreeSet::new(),
            few_parts: Vec::new(),
        };
        system.count();
        system.merge();
        system.merge_parts();
        system.add_up();
        system
    }

    /// What was released of this very figure.
    fn own_earlier(&self) -> impl DoubleEndedIterator<Item = &'a Earlier> {
        let (code, earlier) = (self.source.definition.code, self.source.earlier);
        earlier
            .iter()
            .filter(move |one| one.definition.code == code)
    }

    fn area_parts(&self) -> bool {
        !self.source.definition.per_head()
    }

    fn time_parts(&self) -> bool {
        matches!(self.source.definition.measure, Measure::Share(_))
    }

    fn area_of(&self, code: &str) -> String {
        let now = statistics::merges::now(code);
        if self.areas.iter().any(|area| area == now) {
            now.to_owned()
        } else {
            UNKNOWN_AREA.to_owned()
        }
    }

    /// Every cell, also those with nobody.
    fn count(&mut self) {
        let mut names = vec![total()];
        let all_parts = || self.parts.iter();
        names.extend(all_parts().map(|part| cell(ALL, ALL, part, ALL)));
        names.extend(self.ages.iter().map(|age| cell(ALL, age, ALL, ALL)));
        for area in &self.areas {
            names.push(cell(area, ALL, ALL, ALL));
            names.extend(self.ages.iter().map(|age| cell(area, age, ALL, ALL)));
            if self.area_parts() {
                names.extend(all_parts().map(|part| cell(area, ALL, part, ALL)));
            }
        }
        for month in &self.months {
            names.push(cell(ALL, ALL, ALL, &month_name(*month)));
            if self.time_parts() {
                names.extend(all_parts().map(|part| cell(ALL, ALL, part, &month_name(*month))));
            }
        }
        self.cells = names.into_iter().map(|name| (name, 0)).collect();
        let last = match self.source.definition.span {
            Span::Stock => Some(self.source.period.last_month()),
            Span::Flow | Span::Now => self.source.counted.iter().map(|one| one.month).max(),
        };
        for one in self.source.counted {
            let month = month_name(one.month);
            self.add(cell(ALL, ALL, ALL, &month), one.count);
            self.add(cell(ALL, ALL, &one.part, &month), one.count);
            if self.source.definition.span != Span::Flow && Some(one.month) != last {
                continue;
            }
            let area = self.area_of(&one.area);
            let age = if one.age.is_empty() {
                UNKNOWN
            } else {
                &one.age
            };
            self.add(total(), one.count);
            self.add(cell(ALL, ALL, &one.part, ALL), one.count);
            self.add(cell(ALL, age, ALL, ALL), one.count);
            self.add(cell(&area, ALL, ALL, ALL), one.count);
            self.add(cell(&area, age, ALL, ALL), one.count);
            self.add(cell(&area, ALL, &one.part, ALL), one.count);
        }
    }

    /// Adds to a cell that the table has.
    fn add(&mut self, name: String, count: u64) {
        if let Some(sum) = self.cells.get_mut(&name) {
            *sum += count;
        }
    }

    fn value(&self, name: &str) -> u64 {
        self.cells.get(name).copied().unwrap_or(0)
    }

    fn area_total(&self, area: &str) -> u64 {
        self.value(&cell(area, ALL, ALL, ALL))
    }

    fn few(&self) -> u64 {
        FEW.max(self.source.threshold)
    }

    /// Municipalities with few are told together with the unknown, and so many more that these are not few either. What was told
    /// together before stays so.
    fn merge(&mut self) {
        let known: Vec<String> = self
            .areas
            .iter()
            .filter(|area| *area != UNKNOWN_AREA)
            .cloned()
            .collect();
        let before = self.own_earlier().flat_map(|one| &one.layout.merged);
        let mut merged: BTreeSet<String> = before
            .filter(|area| known.contains(area))
            .cloned()
            .collect();
        let few = self.few();
        merged.extend(
            known
                .iter()
                .filter(|area| (1..few).contains(&self.area_total(area)))
                .cloned(),
        );
        let mut together = self.area_total(UNKNOWN_AREA);
        together += merged.iter().map(|area| self.area_total(area)).sum::<u64>();
        while (1..few).contains(&together) {
            let next = known
                .iter()
                .filter(|area| !merged.contains(*area) && self.area_total(area) > 0)
                .min_by_key(|area| (self.area_total(area), area.as_str()));
            let Some(next) = next.cloned() else { break };
            together += self.area_total(&next);
            merged.insert(next);
        }
        self.merged = merged;
    }

    /// Parts with few, and so many more that they together are not few; never those whose share is told. None where it would leave
    /// fewer than two parts.
    fn merge_parts(&mut self) {
        let counted = self.source.definition.counted_parts();
        let many = |part: &String| self.value(&cell(ALL, ALL, part, ALL));
        let mut free: Vec<&String> = self
            .parts
            .iter()
            .filter(|part| !counted.contains(&part.as_str()))
            .collect();
        free.sort_by_key(|part| (many(part), part.as_str()));
        let mut few: Vec<String> = Vec::new();
        let mut sum = 0;
        for part in free {
            if many(part) >= self.few() && (few.is_empty() || sum == 0 || sum >= self.few()) {
                break;
            }
            sum += many(part);
            few.push(part.clone());
        }
        if few.len() > 1 && few.len() < self.parts.len() {
            few.sort_by_key(|part| self.parts.iter().position(|one| one == part));
            self.few_parts = few;
        }
    }

    /// Every set of parts that is told together, now or in an earlier release.
    fn part_sets(&self) -> Vec<Vec<String>> {
        let before = self
            .own_earlier()
            .flat_map(|one| &one.layout.parts)
            .filter_map(|part| members(part));
        let own = std::iter::once(self.few_parts.clone()).filter(|parts| !parts.is_empty());
        let mut sets: Vec<Vec<String>> = own
            .chain(before)
            .filter(|set| set.iter().all(|part| self.parts.contains(part)))
            .collect();
        sets.sort();
        sets.dedup();
        sets
    }

    /// The cells of parts that are told together: wherever each of them has a cell.
    fn add_part_sets(&mut self) {
        for set in self.part_sets() {
            let first = &set[0];
            let places: Vec<(String, String)> = self
                .cells
                .keys()
                .filter_map(|name| {
                    let mut keys = name.split('|');
                    let (area, age) = (keys.next()?, keys.next()?);
                    let (part, time) = (keys.next()?, keys.next()?);
                    (part == first && age == ALL).then(|| (area.to_owned(), time.to_owned()))
                })
                .collect();
            for (area, time) in places {
                let parts: Vec<String> = set
                    .iter()
                    .map(|part| cell(&area, ALL, part, &time))
                    .collect();
                let sum = parts.iter().map(|name| self.value(name)).sum();
                let name = cell(&area, ALL, &together(&set), &time);
                self.cells.insert(name.clone(), sum);
                self.sum(name, parts);
            }
        }
    }

    fn sum(&mut self, of: String, parts: Vec<String>) {
        if !parts.is_empty() {
            self.equations.push(Equation { total: of, parts });
        }
    }

    fn add_up(&mut self) {
        let (areas, ages, parts) = (self.areas.clone(), self.ages.clone(), self.parts.clone());
        let by = |names: &[String], name: &dyn Fn(&str) -> String| -> Vec<String> {
            names.iter().map(|one| name(one)).collect()
        };
        self.sum(total(), by(&parts, &|part| cell(ALL, ALL, part, ALL)));
        self.sum(total(), by(&ages, &|age| cell(ALL, age, ALL, ALL)));
        self.sum(total(), by(&areas, &|area| cell(area, ALL, ALL, ALL)));
        for area in &areas {
            let own = cell(area, ALL, ALL, ALL);
            self.sum(own.clone(), by(&ages, &|age| cell(area, age, ALL, ALL)));
            if self.area_parts() {
                self.sum(own, by(&parts, &|part| cell(area, ALL, part, ALL)));
            }
        }
        if !areas.is_empty() {
            for age in &ages {
                self.sum(
                    cell(ALL, age, ALL, ALL),
                    by(&areas, &|area| cell(area, age, ALL, ALL)),
                );
            }
            let told = if self.area_parts() {
                parts.as_slice()
            } else {
                &[]
            };
            for part in told {
                self.sum(
                    cell(ALL, ALL, part, ALL),
                    by(&areas, &|area| cell(area, ALL, part, ALL)),
                );
            }
            let members: Vec<String> = self.merged.iter().cloned().collect();
            self.add_others(&members);
            for one in self.source.earlier.iter().filter(|one| one.layout.others) {
                self.add_others(&one.layout.merged);
            }
        }
        self.add_up_times();
        self.add_part_sets();
        if self.source.definition.sensitive {
            let county = Equation {
                total: total(),
                parts: by(&parts, &|part| cell(ALL, ALL, part, ALL)),
            };
            let of_areas = areas
                .iter()
                .filter(|_| self.area_parts())
                .map(|area| Equation {
                    total: cell(area, ALL, ALL, ALL),
                    parts: by(&parts, &|part| cell(area, ALL, part, ALL)),
                });
            self.groups = std::iter::once(county).chain(of_areas).collect();
        }
    }

    /// The cells of these municipalities together with the unknown.
    fn add_others(&mut self, members: &[String]) {
        let area = Layout {
            merged: members.to_vec(),
            ..Layout::default()
        }
        .others_area();
        if self.cells.contains_key(&cell(&area, ALL, ALL, ALL)) {
            return;
        }
        let mut columns = vec![(ALL.to_owned(), ALL.to_owned())];
        columns.extend(self.ages.iter().map(|age| (age.clone(), ALL.to_owned())));
        if self.area_parts() {
            columns.extend(self.parts.iter().map(|part| (ALL.to_owned(), part.clone())));
        }
        for (age, part) in columns {
            let parts: Vec<String> = members
                .iter()
                .map(String::as_str)
                .chain([UNKNOWN_AREA])
                .map(|one| cell(one, &age, &part, ALL))
                .collect();
            let sum = parts.iter().map(|name| self.value(name)).sum();
            let name = cell(&area, &age, &part, ALL);
            self.cells.insert(name.clone(), sum);
            self.sum(name, parts);
        }
    }

    fn add_up_times(&mut self) {
        let mut parts = vec![ALL.to_owned()];
        if self.time_parts() {
            parts.extend(self.parts.iter().cloned());
            for month in self.months.clone() {
                let name = month_name(month);
                let of = self
                    .parts
                    .iter()
                    .map(|part| cell(ALL, ALL, part, &name))
                    .collect();
                self.sum(cell(ALL, ALL, ALL, &name), of);
            }
        }
        for part in parts {
            match self.source.definition.span {
                Span::Now | Span::Stock => {}
                Span::Flow => {
                    let mut quarters = Vec::new();
                    for (index, months) in self.months.clone().chunks(3).enumerate() {
                        let quarter = cell(ALL, ALL, &part, &format!("q{}", index + 1));
                        let months: Vec<String> = months
                            .iter()
                            .map(|month| cell(ALL, ALL, &part, &month_name(*month)))
                            .collect();
                        let sum = months.iter().map(|name| self.value(name)).sum();
                        self.cells.insert(quarter.clone(), sum);
                        self.sum(quarter.clone(), months);
                        quarters.push(quarter);
                    }
                    self.add_up_to(&part, &quarters);
                    let halves = if quarters.len() == 4 { 2 } else { 0 };
                    for (index, of) in quarters.chunks_exact(2).take(halves).enumerate() {
                        let half = cell(ALL, ALL, &part, &format!("h{}", index + 1));
                        let sum = of.iter().map(|name| self.value(name)).sum();
                        self.cells.insert(half.clone(), sum);
                        self.sum(half, of.to_vec());
                    }
                    self.sum(cell(ALL, ALL, &part, ALL), quarters);
                }
            }
        }
    }

    /// What earlier releases of the year told as the whole: its quarters up to then.
    fn add_up_to(&mut self, part: &str, quarters: &[String]) {
        for earlier in self.source.earlier {
            let Ok(count) = usize::try_from(earlier.last_month / 3) else {
                continue;
            };
            let name = cell(ALL, ALL, part, &up_to(earlier.last_month));
            if count < 2 || count >= quarters.len() || self.cells.contains_key(&name) {
                continue;
            }
            let of = quarters[..count].to_vec();
            let sum = of.iter().map(|name| self.value(name)).sum();
            self.cells.insert(name.clone(), sum);
            self.sum(name, of);
        }
    }
}

/// The name of a month in cells.
pub fn month_name(month: i8) -> String {
    format!("m{month:02}")
}

/// The time of a year up to a month: its first quarter has a name of its own.
fn up_to(month: i8) -> String {
    if month == 3 {
        "q1".to_owned()
    } else {
        format!("c{month:02}")
    }
}
