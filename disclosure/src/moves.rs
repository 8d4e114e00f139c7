//! Movements that show how uncertain hidden counts are: each is another table that agrees with everything printed.

use crate::lp::{self, Furthest, Move, NOTHING};
use crate::system::System;

/// Parts of at most so many hidden cells are measured whole.
pub const WHOLE: usize = 150;
/// Integer programs are tried where at most so many cells move.
const INTEGER: usize = 60;
/// How many of each row are tried first, then when that is not enough.
pub const WIDTHS: [usize; 3] = [4, 12, 40];

/// What is known of how far cells move.
#[derive(Debug, Default)]
pub struct Moves {
    all: Vec<Move>,
    live: Vec<bool>,
    of: Vec<Vec<(usize, f64)>>,
    endless: Vec<bool>,
}

/// How far down (never over nothing) and up (never under nothing) a cell was seen to move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    pub down: f64,
    /// Infinite when nothing bounds the cell.
    pub up: f64,
}

impl Range {
    /// The interval of whole counts around a value.
    pub fn around(self, value: f64) -> (f64, f64) {
        (
            (value + self.down - NOTHING).ceil().max(0.0),
            (value + self.up + NOTHING).floor(),
        )
    }

    /// Whether a stranger stays in doubt: the count may be at least the threshold, and the interval is as wide.
    pub fn hides(self, value: f64, threshold: f64) -> bool {
        let (lo, hi) = self.around(value);
        hi >= threshold && hi - lo >= threshold
    }

    /// Whether the count stays open at all.
    pub fn doubts(self, value: f64) -> bool {
        let (lo, hi) = self.around(value);
        hi - lo >= 1.0
    }
}

impl Moves {
    pub fn new(system: &System) -> Moves {
        let cells = system.names.len();
        Moves {
            all: Vec::new(),
            live: Vec::new(),
            of: vec![Vec::new(); cells],
            endless: vec![false; cells],
        }
    }

    /// Keeps a movement after checking it by arithmetic. Movements that are whole but for noise become whole.
    pub fn keep(&mut self, system: &System, mut moved: Move) -> bool {
        if moved.iter().all(|(_, by)| (by - by.round()).abs() < 1e-4) {
            for (_, by) in &mut moved {
                *by = by.round();
            }
        }
        moved.retain(|(_, by)| by.abs() > NOTHING);
        if moved.is_empty() || !lp::holds(system, &moved) {
            return false;
        }
        for (cell, by) in &moved {
            self.of[*cell].push((self.all.len(), *by));
        }
        self.all.push(moved);
        self.live.push(true);
        true
    }

    /// Takes over those movements of another that stay within a part and touch hidden cells only.
    pub fn believe(&mut self, system: &System, other: &Moves, part: &[usize], hidden: &[bool]) {
        for (at, moved) in other.all.iter().enumerate() {
            let within = moved
                .first()
                .is_some_and(|(cell, _)| part.binary_search(cell).is_ok());
            if other.live[at] && within && moved.iter().all(|(cell, _)| hidden[*cell]) {
                self.keep(system, moved.clone());
            }
        }
    }

    /// How far a cell was seen to move while `still` stood still.
    pub fn range(&self, cell: usize, still: Option<usize>) -> Range {
        let mut range = Range { down: 0.0, up: 0.0 };
        for (at, by) in &self.of[cell] {
            if self.live[*at]
                && still.is_none_or(|still| {
                    self.all[*at]
                        .binary_search_by_key(&still, |(cell, _)| *cell)
                        .is_err()
                })
            {
                range.down = range.down.min(*by);
                range.up = range.up.max(*by);
            }
        }
        if self.endless[cell] && still.is_none() {
            range.up = f64::INFINITY;
        }
        range
    }

    /// Those of `ones`, in rising order, that move in every movement that opens the count of a cell: who is that one person
    /// may know it.
    pub fn knowing(&self, system: &System, cell: usize, ones: &[usize]) -> Vec<usize> {
        let mut left: Option<Vec<usize>> = None;
        for (at, by) in &self.of[cell] {
            let alone = Range {
                down: by.min(0.0),
                up: by.max(0.0),
            };
            if !self.live[*at] || !alone.doubts(system.values[cell]) {
                continue;
            }
            let moved = &self.all[*at];
            let stays = |one: &usize| {
                *one != cell && moved.binary_search_by_key(one, |(cell, _)| *cell).is_ok()
            };
            let rest: Vec<usize> = match left {
                // The first movement has few cells, the table many ones.
                None => moved
                    .iter()
                    .map(|(other, _)| *other)
                    .filter(|other| *other != cell && ones.binary_search(other).is_ok())
                    .collect(),
                Some(left) => left.into_iter().filter(stays).collect(),
            };
            if rest.is_empty() {
                return rest;
            }
            left = Some(rest);
        }
        left.unwrap_or_else(|| ones.iter().copied().filter(|one| *one != cell).collect())
    }

    /// Sets aside movements that touch a cell; gives them so that they can be taken back.
    pub fn without(&mut self, cell: usize) -> Vec<usize> {
        let gone: Vec<usize> = self.of[cell]
            .iter()
            .map(|(at, _)| *at)
            .filter(|at| self.live[*at])
            .collect();
        for at in &gone {
            self.live[*at] = false;
        }
        gone
    }

    /// Takes movements back that were set aside.
    pub fn back(&mut self, gone: &[usize]) {
        for at in gone {
            self.live[*at] = true;
        }
    }

    /// Cells that movements touch.
    pub fn touched(&self, moves: &[usize]) -> Vec<usize> {
        let mut cells: Vec<usize> = moves
            .iter()
            .flat_map(|at| self.all[*at].iter().map(|(cell, _)| *cell))
            .collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// Forgets that cells were boundless: needed when one more is printed.
    pub fn bounded(&mut self) {
        self.endless.fill(false);
    }

    /// Measures a cell over the given cells, both ways to the end; returns false when the solver gave no answer.
    pub fn measure(&mut self, system: &System, cells: &[usize], cell: usize) -> bool {
        let up = self.one_way(system, cells, cell, (true, f64::INFINITY));
        let down = self.one_way(system, cells, cell, (false, f64::INFINITY));
        up.is_some() && down.is_some()
    }

    /// Whether what was seen is enough: for a stranger that the cell hides, for the person of `still` that it stays open.
    pub fn enough(&self, system: &System, cell: usize, still: Option<usize>) -> bool {
        let (range, value) = (self.range(cell, still), system.values[cell]);
        match still {
            Some(_) => range.doubts(value),
            None => range.hides(value, system.threshold),
        }
    }

    /// Looks for an interval that is enough, first upwards, then the rest downwards; returns false when the solver gave no
    /// answer. `cells` do not hold `still`.
    pub fn widen(
        &mut self,
        system: &System,
        cells: &[usize],
        cell: usize,
        still: Option<usize>,
    ) -> bool {
        let width = still.map_or(system.threshold, |_| 1.0);
        // A movement of few cells first: it says more of who could know than one that moves everything.
        let short = lp::cheapest(system, cells, cell, width, &|_| 1.0);
        if short.is_some_and(|moved| self.keep(system, moved)) {
            return true;
        }
        let Some(up) = self.one_way(system, cells, cell, (true, width)) else {
            return false;
        };
        // Whole persons: what is over a whole count widens nothing.
        let rest = width - (up + NOTHING).floor();
        rest < 1.0 - NOTHING || self.one_way(system, cells, cell, (false, rest)).is_some()
    }

    /// How far it went, as far as was asked; none when the solver gave no answer.
    fn one_way(
        &mut self,
        system: &System,
        cells: &[usize],
        cell: usize,
        way: (bool, f64),
    ) -> Option<f64> {
        match lp::furthest(system, cells, cell, way, false) {
            Furthest::To(by, moved) => {
                let whole = moved.iter().all(|(_, by)| (by - by.round()).abs() < 1e-4);
                if !whole && cells.len() <= INTEGER {
                    // The vertex is no table of whole counts: what whole counts allow is narrower.
                    if let Furthest::To(by, moved) = lp::furthest(system, cells, cell, way, true) {
                        self.keep(system, moved);
                        return Some(by.abs());
                    }
                }
                self.keep(system, moved);
                Some(by.abs())
            }
            Furthest::Endless => {
                self.endless[cell] = true;
                if let Some(moved) = lp::cheapest(system, cells, cell, system.threshold, &|_| 1.0) {
                    self.keep(system, moved);
                }
                Some(f64::INFINITY)
            }
            Furthest::Unknown => None,
        }
    }
}
