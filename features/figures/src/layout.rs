//! How a released table is laid out: which of its cells a reader is shown, and their names.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// In the name of a cell: all of them.
pub const ALL: &str = "*";
/// The area of those whose municipality is not known, is another county's, or is protected.
pub const UNKNOWN_AREA: &str = "?";

/// The name of a cell.
pub fn cell(area: &str, age: &str, part: &str, time: &str) -> String {
    format!("{area}|{age}|{part}|{time}")
}

/// The cell of everything.
pub fn total() -> String {
    cell(ALL, ALL, ALL, ALL)
}

/// The code of parts that are told together: which they are stands in it, since another set of them is another number.
pub fn together(parts: &[String]) -> String {
    format!("~{}", parts.join("+"))
}

/// The parts of such a code; none for a part of its own.
pub fn members(part: &str) -> Option<Vec<String>> {
    let names = part.strip_prefix('~')?;
    Some(names.split('+').map(str::to_owned).collect())
}

/// What readers are shown of a table; the rest of it is hidden.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Municipalities stood in the run, told or not.
    pub with_areas: bool,
    /// Municipalities that are told one by one, by code.
    pub areas: Vec<String>,
    /// Municipalities that are told together, with those whose municipality is not known. Means something only where
    /// `others` is true.
    pub merged: Vec<String>,
    /// Whether there is a row of the others.
    pub others: bool,
    /// Parts are told for the areas, too.
    pub area_parts: bool,
    /// Bands of ages that are told.
    pub ages: Vec<String>,
    /// Parts that are told; those that are told together as one, named by all of them ([`together`]).
    pub parts: Vec<String>,
    /// Months (`m01`), quarters (`q1`) or half-years (`h1`) that are told.
    pub times: Vec<String>,
    /// Parts are told for the times, too.
    pub time_parts: bool,
}

impl Layout {
    /// The area of the municipalities that are told together: its name tells which they are, since another set of them is
    /// another number. Without any it is those of unknown municipality alone: the same people are not counted in two cells, or
    /// the one of a cell of one would know the other.
    pub fn others_area(&self) -> String {
        if self.merged.is_empty() {
            UNKNOWN_AREA.to_owned()
        } else {
            format!("~{}", self.merged.join("+"))
        }
    }

    /// Every area that has a row: municipalities, then the others.
    pub fn rows(&self) -> Vec<String> {
        let mut rows = self.areas.clone();
        if self.others {
            rows.push(self.others_area());
        }
        rows
    }

    /// Names of the cells that a reader is shown, unless disclosure control hides them.
    pub fn shown(&self) -> BTreeSet<String> {
        let mut shown = BTreeSet::from([total()]);
        for part in &self.parts {
            shown.insert(cell(ALL, ALL, part, ALL));
        }
        for age in &self.ages {
            shown.insert(cell(ALL, age, ALL, ALL));
        }
        for area in self.rows() {
            shown.insert(cell(&area, ALL, ALL, ALL));
            for age in &self.ages {
                shown.insert(cell(&area, age, ALL, ALL));
            }
            for part in self.parts.iter().filter(|_| self.area_parts) {
                shown.insert(cell(&area, ALL, part, ALL));
            }
        }
        for time in &self.times {
            shown.insert(cell(ALL, ALL, ALL, time));
            for part in self.parts.iter().filter(|_| self.time_parts) {
                shown.insert(cell(ALL, ALL, part, time));
            }
        }
        shown
    }

    /// Whether the times are months.
    pub fn by_month(&self) -> bool {
        self.times.first().is_some_and(|time| time.starts_with('m'))
    }
}
