//! What was released before of the same figure and year, and what it tells of the counts of now.

use std::collections::BTreeSet;

use disclosure::{Equation, Interval, Known, Table};

use super::{System, month_name, up_to};
use crate::definition::{Definition, Span};
use crate::layout::{ALL, Layout};
use crate::table::Earlier;

impl System<'_> {
    /// The whole system with what this layout does not show hidden, and with what was released before.
    pub fn table(&self, layout: &Layout) -> (Table, Known) {
        let mut known = Known::new();
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
            self.link_rounded(&table, earlier, &mut known);
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
        (table, known)
    }

    /// What an earlier rounded release tells of a count that may be the same still.
    fn link_rounded(&self, table: &Table, earlier: &Earlier, known: &mut Known) {
        for name in earlier.layout.shown() {
            let Some(Interval(lo, Some(hi))) = earlier.released.leaves_open(&name) else {
                continue;
            };
            let Some(name) = self.today(&name, earlier) else {
                continue;
            };
            let now = table.cells.get(&name).copied();
            if now.is_none_or(|now| now < lo || now > hi) {
                // It has changed by now: of another count, by how much is as open as that count is.
                continue;
            }
            let before = known.get(&name).copied().unwrap_or(Interval(0, None));
            let most = before.1.map_or(hi, |most| most.min(hi));
            known.insert(name, Interval(lo.max(before.0), Some(most)));
        }
    }

    /// The name in this figure of what another one counts; none where it counts something else.
    fn own_name(&self, name: &str, other: &Definition) -> Option<String> {
        let own = self.source.definition;
        if own.code == other.code {
            return Some(name.to_owned());
        }
        let mut keys: Vec<&str> = name.split('|').collect();
        let part = keys.get_mut(2)?;
        let within = |one: &Definition, of: &Definition| {
            one.part_of
                .filter(|(code, _)| *code == of.code)
                .map(|(_, part)| part)
        };
        match (within(other, own), within(own, other)) {
            (Some(own_part), _) if *part == ALL => *part = own_part,
            (_, Some(other_part)) if *part == other_part => *part = ALL,
            (None, None) if *part == ALL => {}
            _ => return None,
        }
        Some(keys.join("|"))
    }

    /// The name that an earlier release's cell has now. How things stood at the end of an earlier period is a month of this one;
    /// of the municipalities nothing is told of that day. What was the whole until then is its quarters now.
    fn today(&self, name: &str, earlier: &Earlier) -> Option<String> {
        let name = &self.own_name(name, earlier.definition)?;
        let same = earlier.last_month == self.source.period.last_month();
        let span = self.source.definition.span;
        let whole = match name.strip_suffix("|*") {
            Some(whole) if !same && span != Span::Now => whole,
            _ => return Some(name.to_owned()),
        };
        if span == Span::Flow {
            let until = format!("{whole}|{}", up_to(earlier.last_month));
            let known = self.cells.contains_key(&until);
            return Some(if known { until } else { name.to_owned() });
        }
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
