//! Every count and every sum of one figure and year that a reader could know of.

use std::collections::{BTreeMap, BTreeSet};

use disclosure::{Equation, Table};

use crate::ages::{BANDS, UNKNOWN};
use crate::definition::{Measure, Span};
use crate::layout::{ALL, Layout, UNKNOWN_AREA, cell, total};
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
        };
        system.count();
        system.merge();
        system.add_up();
        system
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
        let before = self
            .source
            .earlier
            .iter()
            .flat_map(|one| &one.layout.merged);
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
                    self.sum(cell(ALL, ALL, &part, ALL), quarters);
                }
            }
        }
    }

    /// The finest layout that the plan of merging allows.
    pub fn finest(&self) -> Layout {
        let told = |area: &&String| *area != UNKNOWN_AREA && !self.merged.contains(*area);
        let areas: Vec<String> = self.areas.iter().filter(told).cloned().collect();
        let merged: Vec<String> = self.merged.iter().cloned().collect();
        let together = merged.iter().map(String::as_str).chain([UNKNOWN_AREA]);
        let together: u64 = together.map(|area| self.area_total(area)).sum();
        // When nobody is left to be told apart, there are no areas.
        let apart = areas.iter().any(|area| self.area_total(area) > 0);
        let (areas, merged, others) = if apart {
            (areas, merged, together > 0)
        } else {
            (Vec::new(), Vec::new(), false)
        };
        Layout {
            with_areas: !self.areas.is_empty(),
            areas,
            merged,
            others,
            area_parts: self.area_parts() && !self.parts.is_empty(),
            ages: self.ages.clone(),
            parts: self.parts.clone(),
            times: self.times(),
            time_parts: self.time_parts(),
        }
    }

    /// Months, or quarters where a month has few, or nothing where a quarter has. What was told before stays.
    fn times(&self) -> Vec<String> {
        let months: Vec<String> = self.months.iter().map(|month| month_name(*month)).collect();
        let quarters: Vec<String> = match self.source.definition.span {
            Span::Flow => (1..=self.months.len() / 3)
                .map(|no| format!("q{no}"))
                .collect(),
            Span::Stock | Span::Now => months.iter().skip(2).step_by(3).cloned().collect(),
        };
        let before = self.source.earlier.last().map(|one| &one.layout.times);
        let few = self.few();
        let enough = |times: &[String]| {
            let small = |time: &String| (1..few).contains(&self.value(&cell(ALL, ALL, ALL, time)));
            !times.iter().any(small)
        };
        match before.filter(|times| !times.is_empty()) {
            Some(before) if before.iter().any(|time| time == "m01") => months,
            Some(_) => quarters,
            None if enough(&months) => months,
            None if enough(&quarters) => quarters,
            None => Vec::new(),
        }
    }

    /// The whole system with what this layout does not show hidden, and with what was released before.
    pub fn table(&self, layout: &Layout) -> Table {
        let mut table = Table {
            threshold: self.source.threshold,
            cells: self.cells.clone(),
            equations: self.equations.clone(),
            groups: self.groups.clone(),
            primary: Vec::new(),
            published: Vec::new(),
            suppressed: Vec::new(),
        };
        for (index, earlier) in self.source.earlier.iter().enumerate() {
            self.link(&mut table, index, earlier);
        }
        let told: BTreeSet<String> = table
            .unsafe_cells()
            .into_iter()
            .map(str::to_owned)
            .collect();
        // A threshold that has been raised since makes unsafe what was printed: it is hidden from now on.
        table.published.retain(|name| !told.contains(name));
        let shown = layout.shown();
        let published: BTreeSet<&String> = table.published.iter().collect();
        table.suppressed = self
            .cells
            .keys()
            .filter(|name| !shown.contains(*name) && !published.contains(name))
            .cloned()
            .collect();
        table
    }

    /// The name that an earlier release's cell has now. How things stood at the end of an earlier period is a month of this one;
    /// of the municipalities nothing is told of that day.
    fn today(&self, name: &str, earlier: &Earlier) -> Option<String> {
        let same = earlier.last_month == self.source.period.last_month();
        if self.source.definition.span != Span::Stock || same || !name.ends_with("|*") {
            return Some(name.to_owned());
        }
        let whole = name.strip_suffix("|*")?;
        whole
            .starts_with("*|*|")
            .then(|| format!("{whole}|{}", month_name(earlier.last_month)))
    }

    /// What an earlier release printed: the same number is printed already; another one stands beside with the change.
    fn link(&self, table: &mut Table, index: usize, earlier: &Earlier) {
        for name in earlier.layout.shown() {
            let Some(was) = earlier.released.cell(&name).count() else {
                continue;
            };
            let Some(name) = self.today(&name, earlier) else {
                continue;
            };
            let Some(now) = table.cells.get(&name).copied() else {
                continue;
            };
            if now == was {
                if !table.published.contains(&name) {
                    table.published.push(name);
                }
                continue;
            }
            if (1..self.source.threshold).contains(&was) {
                continue;
            }
            let (old, change) = (format!("{name}@{index}"), format!("{name}^{index}"));
            let (large, small) = if now > was {
                (&name, &old)
            } else {
                (&old, &name)
            };
            table.equations.push(Equation {
                total: large.clone(),
                parts: vec![small.clone(), change.clone()],
            });
            table.cells.insert(old.clone(), was);
            table.cells.insert(change, now.abs_diff(was));
            table.published.push(old);
        }
    }
}

/// The name of a month in cells.
pub fn month_name(month: i8) -> String {
    format!("m{month:02}")
}
