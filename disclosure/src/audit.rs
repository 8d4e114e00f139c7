//! The judge: what a reader can work out about every unsafe count from what is printed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::moves::{Moves, WHOLE, WIDTHS};
use crate::system::{Known, System};
use crate::table::{Table, TableError};

/// The least and the largest count a reader must hold possible; without a largest when nothing bounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval(pub u64, pub Option<u64>);

/// Somebody who is the one person of a cell and can tell another count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insider {
    /// The cell of one person.
    pub one: String,
    /// The count she can tell.
    pub learns: String,
}

/// What the judge found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// Whether everything unsafe stays in doubt.
    pub safe: bool,
    /// For every unsafe cell what a stranger can work out.
    pub intervals: BTreeMap<String, Interval>,
    /// Cells whose interval may be still wider than told: in large tables it is widened only until it is enough.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub at_least: Vec<String>,
    /// Unsafe cells a stranger can tell too closely.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub told: Vec<String>,
    /// What somebody inside can tell.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub insiders: Vec<Insider>,
    /// Cells the solver gave no answer for; they count as told.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unknown: Vec<String>,
}

/// Judges a table whose unsafe cells and `suppressed` are hidden and whose other cells are printed.
///
/// For a stranger the largest possible count of every unsafe cell is at least the threshold and
/// the interval at least as wide; for the person of a cell of one, every other unsafe cell keeps at least two possible counts.
///
/// # Errors
/// [`TableError`] when the table itself does not hold together.
pub fn audit(table: &Table) -> Result<Audit, TableError> {
    audit_knowing(table, &Known::new())
}

/// The same for a reader who knows of some counts beforehand where they lie.
///
/// # Errors
/// As [`audit`].
pub fn audit_knowing(table: &Table, known: &Known) -> Result<Audit, TableError> {
    table.check()?;
    let system = System::knowing(table, known);
    let mut hidden = vec![false; system.names.len()];
    let primary: Vec<usize> = table
        .unsafe_cells()
        .into_iter()
        .filter_map(|name| system.number(name))
        .collect();
    for cell in &primary {
        hidden[*cell] = true;
    }
    for name in &table.suppressed {
        if let Some(cell) = system.number(name) {
            hidden[cell] = true;
        }
    }
    Ok(judge(&system, &hidden, &primary, None))
}

/// As [`audit`], over numbered cells. `shown` are movements somebody found already: each is believed only after it is worked
/// through by arithmetic and touches nothing that is printed.
pub fn judge(system: &System, hidden: &[bool], primary: &[usize], shown: Option<&Moves>) -> Audit {
    let mut found = Audit {
        safe: true,
        intervals: BTreeMap::new(),
        at_least: vec![],
        told: vec![],
        insiders: vec![],
        unknown: vec![],
    };
    let unsafe_ones: BTreeSet<usize> = primary.iter().copied().collect();
    for part in system.parts(hidden) {
        let own: Vec<usize> = part
            .iter()
            .copied()
            .filter(|cell| unsafe_ones.contains(cell))
            .collect();
        if !own.is_empty() {
            let mut moves = Moves::new(system);
            if let Some(shown) = shown {
                moves.believe(system, shown, &part, hidden);
            }
            judge_part(system, hidden, &part, &own, moves, &mut found);
        }
    }
    found.safe = found.told.is_empty() && found.insiders.is_empty() && found.unknown.is_empty();
    found
}

fn judge_part(
    system: &System,
    hidden: &[bool],
    part: &[usize],
    primary: &[usize],
    mut moves: Moves,
    found: &mut Audit,
) {
    for cell in primary {
        let exact = part.len() <= WHOLE;
        let known = if exact {
            moves.measure(system, part, *cell)
        } else {
            widen(system, hidden, part, *cell, None, &mut moves)
        };
        let (range, value, name) = (
            moves.range(*cell, None),
            system.values[*cell],
            &system.names[*cell],
        );
        let (lo, hi) = range.around(value);
        // Both are whole, not negative and at most 2^41 unless endless.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        found.intervals.insert(
            name.clone(),
            Interval(lo as u64, hi.is_finite().then_some(hi as u64)),
        );
        if !known {
            found.unknown.push(name.clone());
        } else if !range.hides(value, system.threshold) {
            found.told.push(name.clone());
        }
        if !exact {
            found.at_least.push(name.clone());
        }
    }
    let ones: Vec<usize> = primary
        .iter()
        .copied()
        .filter(|cell| (system.values[*cell] - 1.0).abs() < 0.5)
        .collect();
    for cell in primary {
        for one in moves.knowing(system, *cell, &ones) {
            widen(system, hidden, part, *cell, Some(one), &mut moves);
            if !moves.range(*cell, Some(one)).doubts(system.values[*cell]) {
                found.insiders.push(Insider {
                    one: system.names[one].clone(),
                    learns: system.names[*cell].clone(),
                });
            }
        }
    }
}

/// Widens a cell's interval over more and more of its part until it is enough, at last over the whole; `still` does not move.
pub fn widen(
    system: &System,
    hidden: &[bool],
    part: &[usize],
    cell: usize,
    still: Option<usize>,
    moves: &mut Moves,
) -> bool {
    if moves.enough(system, cell, still) {
        return true;
    }
    let cost = |other: usize| (hidden[other] && Some(other) != still).then_some(0.0);
    let mut known = true;
    if part.len() > WHOLE {
        for width in WIDTHS {
            known = moves.widen(system, &system.near(cell, width, &cost), cell, still);
            if moves.enough(system, cell, still) {
                return true;
            }
        }
    }
    let whole: Vec<usize> = part
        .iter()
        .copied()
        .filter(|other| Some(*other) != still)
        .collect();
    moves.widen(system, &whole, cell, still) && known
}
