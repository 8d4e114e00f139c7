//! The table that is to be judged, as a file or another room gives it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The least threshold a county may choose: under three, the two persons of a cell know each other's answer.
pub const LEAST_THRESHOLD: u64 = 3;

/// So many of a hundred members of a group with the same value are nearly all.
pub const NEARLY_ALL: u64 = 90;

/// Counts, the sums between them, and what is known of them already.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Table {
    /// Counts from 1 to `threshold - 1` are hidden.
    pub threshold: u64,
    /// Every count by its name, also those that are never printed but could be worked out (a difference).
    pub cells: BTreeMap<String, u64>,
    /// Sums that a reader knows to hold.
    pub equations: Vec<Equation>,
    /// Sums whose parts are the values of something sensitive: when nearly all of a group have one value, its members'
    /// value is known though no count is small (the group rule, [`NEARLY_ALL`]).
    #[serde(default)]
    pub groups: Vec<Equation>,
    /// Unsafe for another reason than the threshold.
    #[serde(default)]
    pub primary: Vec<String>,
    /// Printed earlier and therefore not to be hidden any more.
    #[serde(default)]
    pub published: Vec<String>,
    /// For an audit: what is hidden beside the unsafe cells.
    #[serde(default)]
    pub suppressed: Vec<String>,
}

/// One sum: the total is what its parts make together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Equation {
    /// Name of the cell of the sum.
    pub total: String,
    /// Names of the cells that are added.
    pub parts: Vec<String>,
}

/// Why a table cannot be judged.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TableError {
    /// Not JSON of the wanted form.
    #[error("the file is not a table: {0}")]
    Form(String),
    /// Under [`LEAST_THRESHOLD`].
    #[error("the threshold {0} is under {LEAST_THRESHOLD}")]
    Threshold(u64),
    /// A sum or a list speaks of a cell that is not there.
    #[error("{place} names the cell \"{cell}\", which the table does not have")]
    Unknown {
        /// Where it is named.
        place: String,
        /// The name.
        cell: String,
    },
    /// A cell stands twice in one sum.
    #[error("the sum of \"{total}\" has the cell \"{cell}\" twice")]
    Twice {
        /// The sum.
        total: String,
        /// The cell.
        cell: String,
    },
    /// The counts are not what the sum says.
    #[error("the sum of \"{total}\" is {sum}, but the cell has {value}")]
    Sum {
        /// The sum.
        total: String,
        /// What the parts make.
        sum: u64,
        /// What the cell has.
        value: u64,
    },
    /// Larger than a count of people can be.
    #[error("the count of \"{0}\" is too large")]
    Large(String),
    /// An unsafe cell was printed earlier: nothing can hide it now.
    #[error("the unsafe cell \"{0}\" has been published already")]
    Out(String),
}

/// Larger than any population; sums of such counts are still exact in a 64-bit float.
const LARGEST: u64 = 1 << 40;

impl Table {
    /// Reads a table from JSON and checks it.
    ///
    /// # Errors
    /// [`TableError`] says in words what is wrong with the text or with its numbers.
    pub fn read(text: &str) -> Result<Table, TableError> {
        let table: Table =
            serde_json::from_str(text).map_err(|fault| TableError::Form(fault.to_string()))?;
        table.check()?;
        Ok(table)
    }

    /// Checks names, sums and the threshold.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn check(&self) -> Result<(), TableError> {
        if self.threshold < LEAST_THRESHOLD {
            return Err(TableError::Threshold(self.threshold));
        }
        if let Some((name, _)) = self.cells.iter().find(|(_, value)| **value > LARGEST) {
            return Err(TableError::Large(name.clone()));
        }
        for equation in self.equations.iter().chain(&self.groups) {
            self.check_sum(equation)?;
        }
        for (place, names) in [
            ("primary", &self.primary),
            ("published", &self.published),
            ("suppressed", &self.suppressed),
        ] {
            for name in names {
                self.value(place, name)?;
            }
        }
        let primary = self.unsafe_cells();
        match self
            .published
            .iter()
            .find(|name| primary.contains(name.as_str()))
        {
            Some(out) => Err(TableError::Out(out.clone())),
            None => Ok(()),
        }
    }

    fn check_sum(&self, equation: &Equation) -> Result<(), TableError> {
        let place = format!("the sum of \"{}\"", equation.total);
        let value = self.value(&place, &equation.total)?;
        let mut seen = BTreeSet::from([&equation.total]);
        let mut sum = 0;
        for part in &equation.parts {
            if !seen.insert(part) {
                return Err(TableError::Twice {
                    total: equation.total.clone(),
                    cell: part.clone(),
                });
            }
            sum += self.value(&place, part)?;
        }
        if sum == value {
            Ok(())
        } else {
            Err(TableError::Sum {
                total: equation.total.clone(),
                sum,
                value,
            })
        }
    }

    fn value(&self, place: &str, name: &str) -> Result<u64, TableError> {
        self.cells
            .get(name)
            .copied()
            .ok_or_else(|| TableError::Unknown {
                place: place.to_owned(),
                cell: name.to_owned(),
            })
    }

    /// Cells that must be hidden: counts from 1 to under the threshold, those of a group with nearly one value, and those
    /// named as unsafe.
    pub fn unsafe_cells(&self) -> BTreeSet<&str> {
        let small = self
            .cells
            .iter()
            .filter(|(_, value)| (1..self.threshold).contains(*value))
            .map(|(name, _)| name.as_str());
        let told = self
            .groups
            .iter()
            .filter(|group| self.tells(group))
            .flat_map(|group| group.parts.iter().map(String::as_str));
        small
            .chain(told)
            .chain(self.primary.iter().map(String::as_str))
            .collect()
    }

    /// Whether nearly all of a group have one value. A group of nobody tells nothing.
    fn tells(&self, group: &Equation) -> bool {
        let count = |name: &String| self.cells.get(name).copied().unwrap_or(0);
        let members = count(&group.total);
        group
            .parts
            .iter()
            .any(|part| members > 0 && count(part) * 100 >= members * NEARLY_ALL)
    }
}
