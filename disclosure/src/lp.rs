//! The linear programs, each over a chosen set of cells that may move away from their true counts.
//!
//! A cell moves no further than a reader must hold possible: never under minus its count, because a count is not negative. What
//! is printed does not move, and every sum goes on holding.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, Variable};

use crate::system::System;

/// What lies under this is no movement.
pub const NOTHING: f64 = 1e-6;

/// Cells that move, and by how much.
pub type Move = Vec<(usize, f64)>;

/// The furthest a cell moves.
#[derive(Debug, Clone)]
pub enum Furthest {
    /// So far, and the movement that shows it.
    To(f64, Move),
    /// As far as one likes.
    Endless,
    /// The solver gave up: nothing may be concluded.
    Unknown,
}

/// Nodes an integer program may visit before the answer of the linear one is kept.
const NODES: u64 = 2_000;

/// How far up (or down) a cell moves when the given cells may move. `cells` are in rising order and hold `cell`. Further
/// than `enough` is not looked: the way to the true end is long in a large table, and the answer would be the same.
pub fn furthest(
    system: &System,
    cells: &[usize],
    cell: usize,
    (up, enough): (bool, f64),
    whole: bool,
) -> Furthest {
    let direction = if up {
        OptimizationDirection::Maximize
    } else {
        OptimizationDirection::Minimize
    };
    let mut problem = Problem::new(direction);
    let variables: Vec<Variable> = cells
        .iter()
        .map(|other| {
            let weight = if *other == cell { 1.0 } else { 0.0 };
            let (mut least, mut most) = system.room(*other);
            if *other == cell {
                (least, most) = (least.max(-enough), most.min(enough));
            }
            if whole {
                // Counts of people: movements past a billion would not change any judgement.
                #[allow(clippy::cast_possible_truncation)]
                problem.add_integer_var(weight, (least.max(-1e9) as i32, most.min(1e9) as i32))
            } else {
                problem.add_var(weight, (least, most))
            }
        })
        .collect();
    sums(system, cells, |at| vec![(variables[at], 1.0)], &mut problem);
    let mut options = SolveOptions::default();
    options.node_limit = whole.then_some(NODES);
    match problem.solve_with(options) {
        Ok(outcome) if outcome.is_optimal() => match outcome.solution() {
            Some(solution) => {
                let value = |at: usize| solution.var_value(variables[at]);
                let moved = cells
                    .iter()
                    .enumerate()
                    .map(|(at, other)| (*other, value(at)))
                    .filter(|(_, by)| by.abs() > NOTHING)
                    .collect();
                Furthest::To(solution.objective(), moved)
            }
            None => Furthest::Unknown,
        },
        Err(Error::Unbounded) => Furthest::Endless,
        _ => Furthest::Unknown,
    }
}

/// The cheapest movement that takes a cell exactly `by`; `None` when there is none. `cost` says what a unit of each other
/// cell's movement costs.
pub fn cheapest(
    system: &System,
    cells: &[usize],
    cell: usize,
    by: f64,
    cost: &dyn Fn(usize) -> f64,
) -> Option<Move> {
    let (least, most) = system.room(cell);
    if by < least - NOTHING || by > most + NOTHING {
        return None;
    }
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let variables: Vec<(Variable, Variable)> = cells
        .iter()
        .map(|other| {
            if *other == cell {
                return (
                    problem.add_var(0.0, (by.max(0.0), by.max(0.0))),
                    problem.add_var(0.0, ((-by).max(0.0), (-by).max(0.0))),
                );
            }
            let (weight, (least, most)) = (cost(*other), system.room(*other));
            (
                problem.add_var(weight, (0.0, most)),
                problem.add_var(weight, (0.0, -least)),
            )
        })
        .collect();
    sums(
        system,
        cells,
        |at| vec![(variables[at].0, 1.0), (variables[at].1, -1.0)],
        &mut problem,
    );
    let outcome = problem.solve().ok()?;
    let solution = outcome.solution()?;
    let value =
        |at: usize| solution.var_value(variables[at].0) - solution.var_value(variables[at].1);
    Some(
        cells
            .iter()
            .enumerate()
            .map(|(at, other)| (*other, value(at)))
            .filter(|(_, by)| by.abs() > NOTHING)
            .collect(),
    )
}

/// Every sum that one of the cells stands in goes on holding.
fn sums(
    system: &System,
    cells: &[usize],
    terms: impl Fn(usize) -> Vec<(Variable, f64)>,
    problem: &mut Problem,
) {
    let mut rows: BTreeMap<usize, Vec<(Variable, f64)>> = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate() {
        for row in &system.rows_of[*cell] {
            let sign = if system.rows[*row][0].0 == *cell {
                -1.0
            } else {
                1.0
            };
            rows.entry(*row).or_default().extend(
                terms(at)
                    .into_iter()
                    .map(|(variable, factor)| (variable, factor * sign)),
            );
        }
    }
    for terms in rows.into_values() {
        problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, 0.0);
    }
}

/// Whether a movement keeps every sum and takes no count where a reader knows that it is not: arithmetic that trusts no solver.
pub fn holds(system: &System, moved: &Move) -> bool {
    let mut rows: BTreeMap<usize, f64> = BTreeMap::new();
    for (cell, by) in moved {
        let (least, most) = system.room(*cell);
        if *by < least - NOTHING || *by > most + NOTHING {
            return false;
        }
        for row in &system.rows_of[*cell] {
            let sign = if system.rows[*row][0].0 == *cell {
                -1.0
            } else {
                1.0
            };
            *rows.entry(*row).or_default() += sign * by;
        }
    }
    rows.values().all(|sum| sum.abs() < NOTHING * 10.0)
}
