//! The table as numbered cells and sparse sums.

use std::collections::BTreeMap;

use crate::audit::Interval;
use crate::table::Table;

/// What a reader knows of counts beforehand, at least and at most: of those that were printed rounded.
pub type Known = BTreeMap<String, Interval>;

/// Cells by number in the order of their names, and the rows of sums they stand in.
#[derive(Debug)]
pub struct System {
    pub names: Vec<String>,
    pub values: Vec<f64>,
    /// Each sum as cells with +1 (a part) or -1 (the total).
    pub rows: Vec<Vec<(usize, f64)>>,
    /// The rows each cell stands in.
    pub rows_of: Vec<Vec<usize>>,
    pub threshold: f64,
    /// What a reader knows of each beforehand: nothing but that no count is under nothing, unless told.
    pub least: Vec<f64>,
    pub most: Vec<f64>,
}

impl System {
    /// Numbers a table that has been checked ([`Table::check`]).
    pub fn of(table: &Table) -> System {
        System::knowing(table, &Known::new())
    }

    /// The same with what a reader knows beforehand. What does not hold the true count, or speaks of no cell, is left out.
    pub fn knowing(table: &Table, known: &Known) -> System {
        let names: Vec<String> = table.cells.keys().cloned().collect();
        let number: BTreeMap<&str, usize> = names
            .iter()
            .enumerate()
            .map(|(at, name)| (name.as_str(), at))
            .collect();
        let mut rows_of = vec![Vec::new(); names.len()];
        let mut rows = Vec::with_capacity(table.equations.len());
        for equation in &table.equations {
            let mut row = vec![(number[equation.total.as_str()], -1.0)];
            row.extend(
                equation
                    .parts
                    .iter()
                    .map(|part| (number[part.as_str()], 1.0)),
            );
            for (cell, _) in &row {
                rows_of[*cell].push(rows.len());
            }
            rows.push(row);
        }
        // Counts are at most 2^40, so nothing is lost.
        #[allow(clippy::cast_precision_loss)]
        let values: Vec<f64> = table.cells.values().map(|value| *value as f64).collect();
        #[allow(clippy::cast_precision_loss)]
        let threshold = table.threshold as f64;
        let (mut least, mut most) = (vec![0.0; names.len()], vec![f64::INFINITY; names.len()]);
        for (name, Interval(lo, hi)) in known {
            let holds = |count: u64| *lo <= count && hi.is_none_or(|hi| count <= hi);
            let cell = number.get(name.as_str()).copied();
            if let Some(cell) = cell.filter(|_| table.cells.get(name).copied().is_some_and(holds)) {
                // Bounds are of the size of counts.
                #[allow(clippy::cast_precision_loss)]
                {
                    least[cell] = *lo as f64;
                    most[cell] = hi.map_or(f64::INFINITY, |hi| hi as f64);
                }
            }
        }
        System {
            names,
            values,
            rows,
            rows_of,
            threshold,
            least,
            most,
        }
    }

    /// How far a cell can go down (not over nothing) and up from its true count.
    pub fn room(&self, cell: usize) -> (f64, f64) {
        (
            self.least[cell] - self.values[cell],
            self.most[cell] - self.values[cell],
        )
    }

    /// The number of a cell by its name.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.names
            .binary_search_by(|known| known.as_str().cmp(name))
            .ok()
    }

    /// Splits hidden cells into parts that no sum joins. Each part is in rising order.
    pub fn parts(&self, hidden: &[bool]) -> Vec<Vec<usize>> {
        let mut seen = vec![false; hidden.len()];
        let mut row_seen = vec![false; self.rows.len()];
        let mut parts = Vec::new();
        for start in 0..hidden.len() {
            if !hidden[start] || seen[start] {
                continue;
            }
            seen[start] = true;
            let mut part = vec![start];
            let mut at = 0;
            while at < part.len() {
                for row in &self.rows_of[part[at]] {
                    if std::mem::replace(&mut row_seen[*row], true) {
                        continue;
                    }
                    for (cell, _) in &self.rows[*row] {
                        if hidden[*cell] && !std::mem::replace(&mut seen[*cell], true) {
                            part.push(*cell);
                        }
                    }
                }
                at += 1;
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts
    }

    /// Cells near one cell that close cycles with it: the best `wide` of every row it stands in, then those that at least two
    /// rows lead to, and again. `cost` is `None` where a cell may not move. Rising order, with the cell itself.
    pub fn near(
        &self,
        cell: usize,
        wide: usize,
        cost: &dyn Fn(usize) -> Option<f64>,
    ) -> Vec<usize> {
        let mut chosen = vec![cell];
        for row in &self.rows_of[cell] {
            let mut others: Vec<(f64, usize)> = self.rows[*row]
                .iter()
                .filter(|(other, _)| *other != cell)
                .filter_map(|(other, _)| Some((cost(*other)?, *other)))
                .collect();
            others.sort_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)));
            chosen.extend(others.into_iter().take(wide).map(|(_, other)| other));
        }
        // Two rounds close a cycle in a table of three dimensions, one more lets a cycle pass a level of a hierarchy.
        for _ in 0..3 {
            chosen.sort_unstable();
            chosen.dedup();
            let closing = self.closing(&chosen, cost);
            if closing.is_empty() {
                break;
            }
            chosen.extend(closing);
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    /// Cells outside that at least two rows of the chosen ones meet in.
    fn closing(&self, chosen: &[usize], cost: &dyn Fn(usize) -> Option<f64>) -> Vec<usize> {
        let mut rows: Vec<usize> = chosen
            .iter()
            .flat_map(|cell| self.rows_of[*cell].iter().copied())
            .collect();
        rows.sort_unstable();
        rows.dedup();
        // Counted in a list of every cell: a tree of those that are met takes longer.
        let mut met = vec![0_u8; self.names.len()];
        let mut twice = Vec::new();
        for row in rows {
            for (cell, _) in &self.rows[row] {
                met[*cell] = met[*cell].saturating_add(1);
                if met[*cell] == 2 {
                    twice.push(*cell);
                }
            }
        }
        twice.retain(|cell| chosen.binary_search(cell).is_err() && cost(*cell).is_some());
        twice.sort_unstable();
        twice
    }
}
