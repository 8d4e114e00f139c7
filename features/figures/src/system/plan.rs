//! Which cells a reader would be shown: the finest layout that the plan of merging allows, and what coarser ones are made of.

use super::{System, month_name};
use crate::definition::Span;
use crate::layout::{ALL, Layout, UNKNOWN_AREA, cell, together};

impl System<'_> {
    /// Half-years instead of the months or quarters of a layout; none where there is no half-year, or no more than half-years already.
    pub fn halves(&self, times: &[String]) -> Option<Vec<String>> {
        let halves: Vec<String> = match self.source.definition.span {
            // Of half a year it would be the total again.
            Span::Flow if self.months.len() < 12 => Vec::new(),
            Span::Flow => ["h1", "h2"].map(str::to_owned).to_vec(),
            Span::Stock | Span::Now => {
                let months = self.months.iter().skip(5).step_by(6);
                months.map(|month| month_name(*month)).collect()
            }
        };
        (!halves.is_empty() && halves.len() < times.len()).then_some(halves)
    }

    /// The parts of a layout with those that have few as one; none where nothing changes.
    pub fn with_few_together(&self, layout: &Layout) -> Option<Vec<String>> {
        if self.few_parts.is_empty() || layout.parts.is_empty() {
            return None;
        }
        let mut parts: Vec<String> = layout
            .parts
            .iter()
            .filter(|part| !self.few_parts.contains(part))
            .cloned()
            .collect();
        parts.push(together(&self.few_parts));
        Some(parts)
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

    /// Months, or quarters where a month has few, or half-years, or nothing. What was told before stays.
    fn times(&self) -> Vec<String> {
        let months: Vec<String> = self.months.iter().map(|month| month_name(*month)).collect();
        let quarters: Vec<String> = match self.source.definition.span {
            Span::Flow => (1..=self.months.len() / 3)
                .map(|no| format!("q{no}"))
                .collect(),
            Span::Stock | Span::Now => months.iter().skip(2).step_by(3).cloned().collect(),
        };
        let before = self.own_earlier().next_back().map(|one| &one.layout.times);
        let few = self.few();
        let enough = |times: &[String]| {
            let small = |time: &String| (1..few).contains(&self.value(&cell(ALL, ALL, ALL, time)));
            !times.iter().any(small)
        };
        let halves = self.halves(&quarters);
        let by_half = |times: &[String]| times.iter().any(|time| time.starts_with('h'));
        match (before.filter(|times| !times.is_empty()), halves) {
            (Some(before), _) if before.iter().any(|time| time == "m01") => months,
            (Some(before), Some(halves)) if by_half(before) => halves,
            (Some(_), _) => quarters,
            (None, _) if enough(&months) => months,
            (None, _) if enough(&quarters) => quarters,
            (None, Some(halves)) if enough(&halves) => halves,
            (None, _) => Vec::new(),
        }
    }
}
