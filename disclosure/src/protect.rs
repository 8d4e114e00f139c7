//! Which cells are hidden beside the unsafe ones.
//!
//! For every unsafe cell that is not in doubt yet, the cheapest movement that puts it in doubt is looked for: what moves with
//! it is hidden. Then cells that turn out not to be needed are printed again, the largest first. The judge
//! ([`crate::audit`]) has the last word: a pattern it does not accept is never called protected.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::audit::{self, Interval};
use crate::lp;
use crate::moves::{Moves, WHOLE, WIDTHS};
use crate::system::{Known, System};
use crate::table::{Table, TableError};

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing is unsafe: all can be printed.
    Open,
    /// With these cells hidden the judge accepts the table.
    Protected,
    /// No pattern was found: merge areas, periods or categories, or do not print.
    Unprotected,
}

/// A pattern of hidden cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protected {
    /// How it ended.
    pub status: Status,
    /// Unsafe cells, by name. Never told to readers: what is printed has one mark for all hidden cells.
    pub primary: Vec<String>,
    /// Cells hidden to protect them.
    pub complementary: Vec<String>,
    /// What a stranger can still work out of every unsafe cell.
    pub intervals: BTreeMap<String, Interval>,
    /// Sum of the counts hidden beside the unsafe ones.
    pub cost: u64,
    /// Unsafe cells that stay too well known, when unprotected.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub open: Vec<String>,
}

/// Systems of at most so many cells are searched whole, and every hidden cell is tried to be printed again.
const SMALL: usize = 600;
/// How often the judge may send a pattern back.
const ROUNDS: usize = 4;

/// Finds what to hide.
///
/// The same table gives the same pattern on every machine.
///
/// # Errors
/// [`TableError`] when the table itself does not hold together. That no pattern exists is no error but
/// [`Status::Unprotected`].
pub fn protect(table: &Table) -> Result<Protected, TableError> {
    protect_knowing(table, &Known::new())
}

/// The same for readers who know of some counts beforehand where they lie.
///
/// # Errors
/// As [`protect`].
pub fn protect_knowing(table: &Table, known: &Known) -> Result<Protected, TableError> {
    table.check()?;
    let system = System::knowing(table, known);
    let primary: Vec<usize> = table
        .unsafe_cells()
        .into_iter()
        .filter_map(|name| system.number(name))
        .collect();
    let mut search = Search::new(&system, table, &primary);
    let mut verdict = search.round();
    for _ in 1..ROUNDS {
        if verdict.safe || !search.again(&verdict) {
            break;
        }
        verdict = search.round();
    }
    Ok(search.told(verdict))
}

struct Search<'a> {
    system: &'a System,
    primary: &'a [usize],
    ones: Vec<usize>,
    fixed: Vec<bool>,
    hidden: Vec<bool>,
    /// Named by the caller to be hidden in any case.
    wanted: BTreeSet<usize>,
    moves: Moves,
}

impl<'a> Search<'a> {
    fn new(system: &'a System, table: &Table, primary: &'a [usize]) -> Search<'a> {
        let mut fixed = vec![false; system.names.len()];
        for cell in table
            .published
            .iter()
            .filter_map(|name| system.number(name))
        {
            fixed[cell] = true;
        }
        let wanted: BTreeSet<usize> = table
            .suppressed
            .iter()
            .filter_map(|name| system.number(name))
            .collect();
        let mut hidden = vec![false; system.names.len()];
        for cell in primary.iter().chain(&wanted) {
            hidden[*cell] = true;
        }
        let ones = primary
            .iter()
            .copied()
            .filter(|cell| (system.values[*cell] - 1.0).abs() < 0.5)
            .collect();
        Search {
            system,
            primary,
            ones,
            fixed,
            hidden,
            wanted,
            moves: Moves::new(system),
        }
    }

    /// One search, the slimming, and what the judge says of it.
    fn round(&mut self) -> audit::Audit {
        for cell in self.primary {
            self.outside(*cell);
        }
        for cell in self.primary {
            self.inside(*cell);
        }
        self.slim();
        audit::judge(self.system, &self.hidden, self.primary, Some(&self.moves))
    }

    /// Hides more for what the judge did not accept; false when nothing more can be done.
    fn again(&mut self, verdict: &audit::Audit) -> bool {
        let before = self.hidden.iter().filter(|hidden| **hidden).count();
        // What was believed of these cells was wrong: it is measured anew, with nothing printed again afterwards.
        self.moves = Moves::new(self.system);
        let names = verdict
            .told
            .iter()
            .chain(&verdict.unknown)
            .chain(verdict.insiders.iter().map(|insider| &insider.learns));
        let cells: Vec<usize> = names.filter_map(|name| self.system.number(name)).collect();
        for cell in cells {
            self.outside(cell);
            self.inside(cell);
            self.wanted
                .extend((0..self.hidden.len()).filter(|cell| self.hidden[*cell]));
        }
        self.hidden.iter().filter(|hidden| **hidden).count() > before
    }

    fn outside(&mut self, cell: usize) {
        let value = self.system.values[cell];
        if self.widened(cell, None) {
            return;
        }
        // Up by the threshold; when less is all there is, the rest of the width must come from below.
        let threshold = self.system.threshold;
        if self.reach(cell, threshold, None) {
            return;
        }
        let most = self.most(cell);
        if value + most >= threshold && self.reach(cell, most, None) && threshold > most {
            self.reach(cell, most - threshold, None);
        }
    }

    /// Nobody who is alone in a cell may tell this one.
    fn inside(&mut self, cell: usize) {
        loop {
            let knowing = self.moves.knowing(self.system, cell, &self.ones);
            let Some(one) = knowing
                .into_iter()
                .find(|one| !self.widened(cell, Some(*one)))
            else {
                return;
            };
            if !self.reach(cell, 1.0, Some(one)) && !self.reach(cell, -1.0, Some(one)) {
                return;
            }
        }
    }

    /// Whether the cells hidden already put a cell in doubt.
    fn widened(&mut self, cell: usize, still: Option<usize>) -> bool {
        let (system, hidden) = (self.system, &self.hidden);
        if self.moves.enough(system, cell, still) {
            return true;
        }
        let cost = |other: usize| (hidden[other] && Some(other) != still).then_some(0.0);
        for width in WIDTHS {
            let near = system.near(cell, width, &cost);
            self.moves.widen(system, &near, cell, still);
            if self.moves.enough(system, cell, still) {
                return true;
            }
            if near.len() > WHOLE {
                break;
            }
        }
        false
    }

    fn cost(&self, still: Option<usize>) -> impl Fn(usize) -> Option<f64> + '_ {
        move |other| {
            let moves = !self.fixed[other] && Some(other) != still;
            moves.then(|| {
                if self.hidden[other] {
                    0.0
                } else {
                    self.system.values[other].max(1.0)
                }
            })
        }
    }

    /// Cells a movement may use: all in a small system, else those near.
    fn field(&self, cell: usize, width: usize, still: Option<usize>) -> Vec<usize> {
        let cost = self.cost(still);
        if self.system.names.len() <= SMALL {
            return (0..self.system.names.len())
                .filter(|other| *other == cell || cost(*other).is_some())
                .collect();
        }
        self.system.near(cell, width, &cost)
    }

    /// The furthest up a cell can go at any price, in whole persons.
    fn most(&self, cell: usize) -> f64 {
        let field = self.field(cell, WIDTHS[2], None);
        match lp::furthest(self.system, &field, cell, (true, f64::INFINITY), false) {
            lp::Furthest::To(by, _) => (by + lp::NOTHING).floor(),
            lp::Furthest::Endless => self.system.threshold,
            lp::Furthest::Unknown => 0.0,
        }
    }

    /// Hides what lets a cell move by so much, at the least price; false when nothing does.
    fn reach(&mut self, cell: usize, by: f64, still: Option<usize>) -> bool {
        for width in WIDTHS {
            let field = self.field(cell, width, still);
            let moved = {
                let cost = self.cost(still);
                lp::cheapest(self.system, &field, cell, by, &|other| {
                    cost(other).unwrap_or(0.0)
                })
            };
            let Some(moved) = moved else { continue };
            let cells: Vec<usize> = moved.iter().map(|(cell, _)| *cell).collect();
            if self.moves.keep(self.system, moved) {
                for cell in cells {
                    self.hidden[cell] = true;
                }
                return true;
            }
        }
        false
    }

    /// Prints again what is not needed, the largest counts first.
    fn slim(&mut self) {
        let unsafe_ones: BTreeSet<usize> = self.primary.iter().copied().collect();
        let mut spare: Vec<usize> = (0..self.hidden.len())
            .filter(|cell| {
                self.hidden[*cell] && !unsafe_ones.contains(cell) && !self.wanted.contains(cell)
            })
            .collect();
        spare.sort_by(|one, two| {
            self.system.values[*two]
                .total_cmp(&self.system.values[*one])
                .then(one.cmp(two))
        });
        self.moves.bounded();
        for cell in spare {
            self.hidden[cell] = false;
            let gone = self.moves.without(cell);
            let touched: Vec<usize> = self
                .moves
                .touched(&gone)
                .into_iter()
                .filter(|other| unsafe_ones.contains(other))
                .collect();
            if !self.still_good(&touched) {
                self.hidden[cell] = true;
                self.moves.back(&gone);
            }
        }
    }

    fn still_good(&mut self, cells: &[usize]) -> bool {
        cells.iter().all(|cell| {
            self.widened(*cell, None)
                && self
                    .moves
                    .knowing(self.system, *cell, &self.ones)
                    .into_iter()
                    .all(|one| self.widened(*cell, Some(one)))
        })
    }

    fn told(&self, verdict: audit::Audit) -> Protected {
        let unsafe_ones: BTreeSet<usize> = self.primary.iter().copied().collect();
        let name = |cell: usize| self.system.names[cell].clone();
        let complementary: Vec<usize> = (0..self.hidden.len())
            .filter(|cell| self.hidden[*cell] && !unsafe_ones.contains(cell))
            .collect();
        let status = match (verdict.safe, self.primary.is_empty()) {
            (true, true) => Status::Open,
            (true, false) => Status::Protected,
            (false, _) => Status::Unprotected,
        };
        let mut open: Vec<String> = verdict
            .told
            .into_iter()
            .chain(verdict.unknown)
            .chain(verdict.insiders.into_iter().map(|insider| insider.learns))
            .collect();
        open.sort();
        open.dedup();
        // A sum of counts of at most 2^40 each.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let cost = complementary
            .iter()
            .map(|cell| self.system.values[*cell] as u64)
            .sum();
        Protected {
            status,
            primary: self.primary.iter().map(|cell| name(*cell)).collect(),
            complementary: complementary.into_iter().map(name).collect(),
            intervals: verdict.intervals,
            cost,
            open,
        }
    }
}
