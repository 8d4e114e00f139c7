//! Rounding: for tables that hiding does not protect, or of which it would leave next to nothing.
//!
//! Every record or cell has a key, and the key decides whether a count is rounded up or down: the same people always give the
//! same printed number, in whichever table, and the mean of what is printed is the true count. Method of keys: Australian Bureau
//! of Statistics (Fraser and Wooton 2005), here with rounding to a base as the noise. [`round`] takes a whole table: where the
//! table is small enough it chooses, nearest to what the keys say, numbers whose sums hold (controlled rounding; L. H. Cox, Journal
//! of the American Statistical Association 1987), and the judge says of every number what a reader can work out of it.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::audit::{Audit, Interval, judge};
use crate::system::{Known, System};
use crate::table::{Table, TableError};

/// A record's key: a fraction of one, as so many 2^-64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub u64);

impl Key {
    /// The key of a record: from a secret of the publication programme and the record's own name, never from the order
    /// of rows. Another secret gives other keys, so that two programmes cannot be compared.
    pub fn of_record(secret: &[u8; 32], record: &[u8]) -> Key {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret)
            .unwrap_or_else(|_| unreachable!("a key of any length is a key"));
        mac.update(record);
        let bytes = mac.finalize().into_bytes();
        let mut first = [0; 8];
        first.copy_from_slice(&bytes[..8]);
        Key(u64::from_be_bytes(first))
    }

    /// The key of a cell: what its records' keys make together, past one again from nothing.
    pub fn of_cell(records: impl IntoIterator<Item = Key>) -> Key {
        Key(records
            .into_iter()
            .fold(0, |sum, Key(key)| sum.wrapping_add(key)))
    }
}

/// The count as printed: a multiple of `base`, nothing stays nothing, and a count is never moved by `base` or more.
/// Over evenly spread keys the printed numbers have the true count as their mean. `base` under 2 leaves counts as they are.
///
/// Sums of printed numbers need not be the printed sums: each is rounded from its own people.
pub fn rounded(count: u64, key: Key, base: u64) -> u64 {
    if base < 2 {
        return count;
    }
    let over = count % base;
    // key / 2^64 < over / base, without leaving whole numbers.
    let up = u128::from(key.0) * u128::from(base) < u128::from(over) << 64;
    if up {
        count - over + base
    } else {
        count - over
    }
}

/// The rounded counts of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    /// Every count is a multiple of it.
    pub base: u64,
    /// Whether the sums hold between the rounded counts, too.
    pub adds_up: bool,
    /// By the name of the cell; what is hidden has none.
    pub counts: BTreeMap<String, u64>,
}

impl Rounding {
    /// What a reader of a rounded count knows of the true one.
    pub fn leaves_open(&self, name: &str) -> Option<Interval> {
        let count = *self.counts.get(name)?;
        let off = self.base.saturating_sub(1);
        Some(Interval(count.saturating_sub(off), Some(count + off)))
    }
}

/// A rounded table and what the judge says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounded {
    pub rounding: Rounding,
    pub audit: Audit,
}

/// The base by which a table of this threshold is rounded: with twice the threshold even a printed nothing may be the threshold.
pub const fn base_of(threshold: u64) -> u64 {
    threshold * 2
}

/// More cells than this are rounded each by itself: to find numbers whose sums hold would take too long.
const ADDED_UP: usize = 150;
/// Nodes the search for them may visit.
const NODES: u64 = 400;

/// Rounds every cell of a table that is not named as suppressed. The judge believes of a reader that she knows the method, what was
/// printed exactly before (`published`) and what she knows of counts beforehand; no rounded count may be told more closely than
/// the threshold, unless it was printed exactly before.
///
/// # Errors
/// [`TableError`] when the table itself does not hold together.
pub fn round(table: &Table, known: &Known, key: &[u8; 32]) -> Result<Rounded, TableError> {
    table.check()?;
    let hidden: BTreeSet<&String> = table.suppressed.iter().collect();
    let shown: BTreeMap<&String, u64> = table
        .cells
        .iter()
        .filter(|(name, _)| !hidden.contains(name))
        .map(|(name, count)| (name, *count))
        .collect();
    let base = base_of(table.threshold);
    let drawn: BTreeMap<&String, u64> = shown
        .iter()
        .map(|(name, count)| {
            // The same cell with the same count is rounded the same way in every run.
            let record = format!("{name}\u{0}{count}");
            let key = Key::of_record(key, record.as_bytes());
            (*name, rounded(*count, key, base))
        })
        .collect();
    let added = (shown.len() <= ADDED_UP)
        .then(|| add_up(table, &shown, &drawn, base))
        .flatten();
    let (counts, adds_up) = match added {
        Some(counts) => (counts, true),
        None => (drawn, false),
    };
    let rounding = Rounding {
        base,
        adds_up,
        counts: counts
            .into_iter()
            .map(|(name, count)| (name.clone(), count))
            .collect(),
    };
    let audit = judge_rounding(table, known, &rounding);
    Ok(Rounded { rounding, audit })
}

/// What a reader can work out of every rounded count.
fn judge_rounding(table: &Table, known: &Known, rounding: &Rounding) -> Audit {
    let mut told = known.clone();
    for name in rounding.counts.keys() {
        let Some(Interval(lo, hi)) = rounding.leaves_open(name) else {
            continue;
        };
        let before = known.get(name).copied().unwrap_or(Interval(0, None));
        let most = [hi, before.1].into_iter().flatten().min();
        told.insert(name.clone(), Interval(lo.max(before.0), most));
    }
    let system = System::knowing(table, &told);
    let printed: BTreeSet<&String> = table.published.iter().collect();
    let moves: Vec<bool> = system
        .names
        .iter()
        .map(|name| !printed.contains(name))
        .collect();
    let unsafe_ones = table.unsafe_cells();
    let judged: Vec<usize> = (0..system.names.len())
        .filter(|cell| {
            let name = &system.names[*cell];
            let rounded = rounding.counts.contains_key(name) && system.values[*cell] > 0.0;
            moves[*cell] && (rounded || unsafe_ones.contains(name.as_str()))
        })
        .collect();
    judge(&system, &moves, &judged, None)
}

/// Rounded counts whose sums hold, as near to the drawn ones as there are; none when the search ends without.
fn add_up<'t>(
    table: &Table,
    shown: &BTreeMap<&'t String, u64>,
    drawn: &BTreeMap<&'t String, u64>,
    base: u64,
) -> Option<BTreeMap<&'t String, u64>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    // One step up or none; a multiple of the base stays, so that nothing stays nothing.
    let steps: BTreeMap<&String, (Variable, u64)> = shown
        .iter()
        .map(|(name, count)| {
            let (low, most) = (count - count % base, i32::from(count % base > 0));
            let weight = if drawn[name] > low { -1.0 } else { 1.0 };
            (*name, (problem.add_integer_var(weight, (0, most)), low))
        })
        .collect();
    for sum in &table.equations {
        let parts: Option<Vec<&(Variable, u64)>> =
            sum.parts.iter().map(|part| steps.get(part)).collect();
        let (Some(parts), Some((total, low))) = (parts, steps.get(&sum.total)) else {
            continue;
        };
        let mut terms: Vec<(Variable, f64)> = parts.iter().map(|(step, _)| (*step, 1.0)).collect();
        terms.push((*total, -1.0));
        let lows: u64 = parts.iter().map(|(_, low)| low / base).sum();
        // Counts are at most 2^40, so nothing is lost.
        #[allow(clippy::cast_precision_loss)]
        let rest = (low / base) as f64 - lows as f64;
        problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, rest);
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES);
    let outcome = problem.solve_with(options).ok()?;
    let solution = outcome.solution()?;
    let counts: BTreeMap<&String, u64> = steps
        .iter()
        .map(|(name, (step, low))| {
            let up = solution.var_value(*step) > 0.5;
            (*name, low + if up { base } else { 0 })
        })
        .collect();
    // Arithmetic that trusts no solver.
    let holds = table.equations.iter().all(|sum| {
        let parts: Option<u64> = sum.parts.iter().map(|part| counts.get(part)).sum();
        match (parts, counts.get(&sum.total)) {
            (Some(parts), Some(total)) => parts == *total,
            _ => true,
        }
    });
    holds.then_some(counts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_people_have_the_same_key_and_others_another() {
        let key = |name: &str| Key::of_record(&[7; 32], name.as_bytes());
        let one = Key::of_cell([key("a"), key("b"), key("c")]);
        let two = Key::of_cell([key("c"), key("a"), key("b")]);
        assert_eq!(one, two);
        assert_ne!(one, Key::of_cell([key("a"), key("b")]));
        assert_ne!(key("a"), Key::of_record(&[8; 32], b"a"));
    }

    #[test]
    fn the_mean_of_evenly_spread_keys_is_the_count() {
        for base in [3_u64, 5] {
            for count in 0..20_u64 {
                let steps = 3_000_u64;
                let sum: u64 = (0..steps)
                    .map(|at| {
                        rounded(
                            count,
                            Key(u64::MAX / steps * at + u64::MAX / steps / 2),
                            base,
                        )
                    })
                    .sum();
                assert_eq!(sum, count * steps, "{count} by {base}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_count_stays_near(count in 0..10_000_u64, key: u64, base in 2..12_u64) {
            let printed = rounded(count, Key(key), base);
            prop_assert_eq!(printed % base, 0);
            prop_assert!(printed.abs_diff(count) < base);
            prop_assert!(count > 0 || printed == 0);
        }
    }
}
