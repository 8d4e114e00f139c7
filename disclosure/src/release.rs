//! Tables that have passed: the only ones a public page, an export or a report can be made of (invariant I8).
//!
//! [`Released`] has no public fields and no constructor: it comes from [`release`], which runs [`protect`] and believes only
//! the judge, or from a sealed text that `release` made ([`Released::sealed`]). Whoever can write to the database cannot
//! make one, because the seal's key is not there.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::audit::Interval;
use crate::protect::{Status, protect_knowing};
use crate::rates;
use crate::rounding::{Rounding, round};
use crate::system::Known;
use crate::table::{Table, TableError};

/// A count as a reader meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Shown {
    /// The true count.
    Count(u64),
    /// Hidden, for one of two reasons that a reader is not told apart.
    Hidden,
}

impl Shown {
    /// The count, when it is shown.
    pub fn count(self) -> Option<u64> {
        match self {
            Shown::Count(count) => Some(count),
            Shown::Hidden => None,
        }
    }
}

/// What was decided in one run, to be kept by the house and never shown to readers: it tells which cells are unsafe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// SHA-256 of the counts, sums, threshold and earlier releases the run was made of, in hexadecimal.
    pub inputs: String,
    /// Unsafe cells.
    pub primary: Vec<String>,
    /// Cells hidden with them.
    pub complementary: Vec<String>,
    /// What a stranger can still work out of every unsafe cell.
    pub intervals: BTreeMap<String, Interval>,
    /// Sum of the counts hidden beside the unsafe ones.
    pub cost: u64,
}

/// A table of counts that disclosure control has let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    body: Body,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Body {
    threshold: u64,
    cells: BTreeMap<String, Shown>,
    /// Of a rounded table: then no cell has a count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rounded: Option<Rounding>,
}

/// Why there is no released table.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refused {
    /// The table does not hold together.
    #[error(transparent)]
    Table(#[from] TableError),
    /// No pattern of hidden cells protects these: areas, periods or categories must be merged first.
    #[error("no pattern protects {}: merge areas, periods or categories", .0.join(", "))]
    Unprotected(Vec<String>),
    /// The text was not sealed with this key, or was changed since.
    #[error("the seal of the released table does not hold")]
    Seal,
}

/// Runs disclosure control and gives the table as it may be shown, with the run for the house's own books.
///
/// What was printed earlier of the same people stands in `table` too, with its sums, and its names in `published`.
///
/// # Errors
/// [`Refused::Table`] when the table does not hold together, [`Refused::Unprotected`] when nothing protects it.
pub fn release(table: &Table) -> Result<(Released, Run), Refused> {
    release_knowing(table, &Known::new())
}

/// The same for readers who know of some counts beforehand where they lie, since those were printed rounded.
///
/// # Errors
/// As [`release`].
pub fn release_knowing(table: &Table, known: &Known) -> Result<(Released, Run), Refused> {
    let found = protect_knowing(table, known)?;
    if found.status == Status::Unprotected {
        return Err(Refused::Unprotected(found.open));
    }
    let hidden: BTreeSet<&str> = found
        .primary
        .iter()
        .chain(&found.complementary)
        .chain(&table.suppressed)
        .map(String::as_str)
        .collect();
    let cells = table
        .cells
        .iter()
        .map(|(name, count)| {
            let shown = if hidden.contains(name.as_str()) {
                Shown::Hidden
            } else {
                Shown::Count(*count)
            };
            (name.clone(), shown)
        })
        .collect();
    let run = Run {
        inputs: inputs_knowing(table, known),
        primary: found.primary,
        complementary: found.complementary,
        intervals: found.intervals,
        cost: found.cost,
    };
    let body = Body {
        threshold: table.threshold,
        cells,
        rounded: None,
    };
    Ok((Released { body }, run))
}

/// Rounds every count of a table that hiding alone does not protect, or of which it would leave next to nothing. What the table
/// names as suppressed is hidden. No count can be taken back from what comes out: it tells only about how many there are, and by
/// what base.
///
/// # Errors
/// [`Refused::Table`] when the table does not hold together, [`Refused::Unprotected`] when the judge can tell a rounded count
/// more closely than the threshold.
pub fn release_rounded(
    table: &Table,
    known: &Known,
    key: &[u8; 32],
) -> Result<(Released, Run), Refused> {
    let found = round(table, known, key)?;
    if !found.audit.safe {
        let learned = found.audit.insiders.into_iter().map(|one| one.learns);
        let mut open = found.audit.told;
        open.extend(found.audit.unknown);
        open.extend(learned);
        return Err(Refused::Unprotected(open));
    }
    let run = Run {
        inputs: inputs_knowing(table, known),
        primary: table
            .unsafe_cells()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        complementary: Vec::new(),
        intervals: found.audit.intervals,
        cost: 0,
    };
    let hidden = |name: &String| (name.clone(), Shown::Hidden);
    let body = Body {
        threshold: table.threshold,
        cells: table.cells.keys().map(hidden).collect(),
        rounded: Some(found.rounding),
    };
    Ok((Released { body }, run))
}

/// As [`inputs`]; the same where nothing is known beforehand.
fn inputs_knowing(table: &Table, known: &Known) -> String {
    let own = inputs(table);
    if known.is_empty() {
        return own;
    }
    hex(&Sha256::digest(serde_json::json!([own, known]).to_string()))
}

/// SHA-256 of everything a run depends on, in hexadecimal: the same table has the same, in whatever order it was made.
pub fn inputs(table: &Table) -> String {
    let sorted = |names: &[String]| {
        let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        names.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let sums = |equations: &[crate::Equation]| {
        let rows: BTreeSet<(String, Vec<String>)> = equations
            .iter()
            .map(|sum| (sum.total.clone(), sorted(&sum.parts)))
            .collect();
        rows
    };
    let all = serde_json::json!([
        table.threshold,
        table.cells,
        sums(&table.equations),
        sums(&table.groups),
        sorted(&table.primary),
        sorted(&table.published),
        sorted(&table.suppressed),
    ]);
    hex(&Sha256::digest(all.to_string()))
}

impl Released {
    /// A count, `Hidden` also when the table has no such cell.
    pub fn cell(&self, name: &str) -> Shown {
        self.body.cells.get(name).copied().unwrap_or(Shown::Hidden)
    }

    /// About how many: a count of a rounded table. None in any other, and where it is hidden.
    pub fn about(&self, name: &str) -> Option<u64> {
        self.body.rounded.as_ref()?.counts.get(name).copied()
    }

    /// What a rounded table is rounded by: every count it tells is a multiple of it and less than it away from the true one. None
    /// in any other table.
    pub fn base(&self) -> Option<u64> {
        self.body.rounded.as_ref().map(|one| one.base)
    }

    /// Whether the rounded counts make the rounded sums together; true of any other table.
    pub fn adds_up(&self) -> bool {
        self.body.rounded.as_ref().is_none_or(|one| one.adds_up)
    }

    /// What a reader of a rounded count knows of the true one.
    pub fn leaves_open(&self, name: &str) -> Option<Interval> {
        self.body.rounded.as_ref()?.leaves_open(name)
    }

    /// All cells in the order of their names.
    pub fn cells(&self) -> impl Iterator<Item = (&str, Shown)> {
        self.body
            .cells
            .iter()
            .map(|(name, shown)| (name.as_str(), *shown))
    }

    /// The threshold, which readers are told.
    pub fn threshold(&self) -> u64 {
        self.body.threshold
    }

    /// How many cells are hidden, which readers are told.
    pub fn hidden(&self) -> usize {
        self.body
            .cells
            .iter()
            .filter(|(name, shown)| **shown == Shown::Hidden && self.about(name).is_none())
            .count()
    }

    /// A share between 0 and 1; none when it would give a hidden or small count back.
    pub fn rate(&self, numerator: &str, denominator: &str) -> Option<f64> {
        let (part, whole) = (
            self.cell(numerator).count()?,
            self.cell(denominator).count()?,
        );
        // Counts are at most 2^40, so nothing is lost.
        #[allow(clippy::cast_precision_loss)]
        rates::rate_is_safe(part, whole, self.body.threshold).then(|| part as f64 / whole as f64)
    }

    /// The change from one count to another; none when either is hidden.
    pub fn change(&self, from: &str, to: &str) -> Option<i64> {
        let count = |name| i64::try_from(self.cell(name).count()?).ok();
        Some(count(to)? - count(from)?)
    }

    /// The table as text for the house's store, with a seal that only this key makes.
    pub fn sealed(&self, key: &[u8; 32]) -> String {
        let body = serde_json::to_string(&self.body)
            .unwrap_or_else(|_| unreachable!("names and numbers are JSON"));
        format!("{}\n{body}", hex(&seal(key, &body).finalize().into_bytes()))
    }

    /// Takes a table back from what [`Released::sealed`] gave.
    ///
    /// # Errors
    /// [`Refused::Seal`] when the text was made with another key or changed since.
    pub fn open(text: &str, key: &[u8; 32]) -> Result<Released, Refused> {
        let (told, body) = text.split_once('\n').ok_or(Refused::Seal)?;
        let told = unhex(told).ok_or(Refused::Seal)?;
        seal(key, body)
            .verify_slice(&told)
            .map_err(|_| Refused::Seal)?;
        let body = serde_json::from_str(body).map_err(|_| Refused::Seal)?;
        Ok(Released { body })
    }
}

fn seal(key: &[u8; 32], body: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("a key of any length is a key"));
    mac.update(b"noste released table 1\n");
    mac.update(body.as_bytes());
    mac
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table::read(
            r#"{"threshold": 5, "cells": {"a": 2, "b": 7, "c": 20, "all": 29},
                "equations": [{"total": "all", "parts": ["a", "b", "c"]}]}"#,
        )
        .expect("a table")
    }

    #[test]
    fn what_is_hidden_is_not_in_it() {
        let (released, run) = release(&table()).expect("released");
        assert_eq!(released.cell("a"), Shown::Hidden);
        assert_eq!(released.cell("b"), Shown::Hidden);
        assert_eq!(released.cell("c"), Shown::Count(20));
        assert_eq!(released.cell("no such cell"), Shown::Hidden);
        assert_eq!(released.hidden(), 2);
        assert_eq!(
            (run.primary, run.complementary),
            (vec!["a".to_owned()], vec!["b".to_owned()])
        );
        assert_eq!(released.rate("b", "all"), None);
        assert_eq!(released.rate("c", "all"), Some(20.0 / 29.0));
        assert_eq!(released.change("c", "all"), Some(9));
        assert_eq!(released.change("c", "b"), None);
        let text = released.sealed(&[1; 32]);
        assert!(!text.contains('7') || !text.contains("\"b\":7"), "{text}");
    }

    #[test]
    fn a_seal_holds_for_its_text_and_key_alone() {
        let (released, _) = release(&table()).expect("released");
        let text = released.sealed(&[1; 32]);
        assert_eq!(Released::open(&text, &[1; 32]), Ok(released));
        assert_eq!(Released::open(&text, &[2; 32]), Err(Refused::Seal));
        let forged = text.replace("\"a\":null", "\"a\":2");
        assert_ne!(forged, text);
        for wrong in [
            forged.as_str(),
            "",
            "zz\n{}",
            "\n",
            "äö\n{}",
            &text[..text.len() - 1],
        ] {
            assert_eq!(
                Released::open(wrong, &[1; 32]),
                Err(Refused::Seal),
                "{wrong}"
            );
        }
    }

    #[test]
    fn what_nothing_protects_is_not_released() {
        let mut table = table();
        table.published = ["b", "c", "all"].map(str::to_owned).to_vec();
        assert_eq!(
            release(&table),
            Err(Refused::Unprotected(vec!["a".to_owned()]))
        );
    }

    #[test]
    fn inputs_do_not_depend_on_the_order_they_came_in() {
        let one = table();
        let mut two = table();
        two.equations[0].parts.reverse();
        assert_eq!(inputs(&one), inputs(&two));
        two.threshold = 6;
        assert_ne!(inputs(&one), inputs(&two));
    }
}
