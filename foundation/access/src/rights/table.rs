//! Reading the table.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Condition, Row, ceiling};
use crate::words::{self, Kind};

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightsTable {
    rows: Vec<Row>,
    uses: Uses,
}

/// Where in the table the rows of an action on a class stand, by class and then by action. A decision is
/// asked several times for every answer, and most rows are about something else.
type Uses = HashMap<String, HashMap<String, Vec<usize>>>;

/// A table that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error("the rights table is not readable: {0}")]
    Csv(#[from] csv::Error),
    #[error("row {row}: {what}")]
    Row { row: String, what: String },
}

impl RightsTable {
    /// The table that comes with the product.
    pub fn built_in() -> &'static Self {
        static TABLE: OnceLock<RightsTable> = OnceLock::new();
        TABLE.get_or_init(|| {
            Self::parse(include_str!("../../data/rights.csv"))
                .expect("a test reads the built-in table")
        })
    }

    /// Reads a table in the columns of `data/rights.csv`.
    ///
    /// # Errors
    /// When a row misses a column, names no day, its id is used twice, it has a code that the
    /// vocabulary ([`crate::words`]) does not know, or it exceeds the ceiling of decree 457/2024.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let mut rows: Vec<Row> = Vec::new();
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            let row = read(&record?)?;
            if let Some(what) = unknown(&row).or_else(|| ceiling::breach(&row)) {
                return Err(fault(&row.id, what));
            }
            if rows.iter().any(|other| other.id == row.id) {
                return Err(fault(&row.id, "the id is used twice"));
            }
            rows.push(row);
        }
        Ok(Self::of(rows))
    }

    /// A table of rows.
    pub(super) fn of(rows: Vec<Row>) -> Self {
        let mut uses = Uses::new();
        for (place, row) in rows.iter().enumerate() {
            for class in &row.classes {
                let actions = uses.entry(class.clone()).or_default();
                for action in &row.actions {
                    let places = actions.entry(action.clone()).or_default();
                    // A class or action that the row names twice is still one row.
                    if places.last() != Some(&place) {
                        places.push(place);
                    }
                }
            }
        }
        Self { rows, uses }
    }

    /// Every row, in the order of the file.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows that are about an action on a class, in the order of the file.
    pub(super) fn about(&self, class: &str, action: &str) -> impl Iterator<Item = &Row> {
        let places = self
            .uses
            .get(class)
            .and_then(|actions| actions.get(action))
            .map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &self.rows[*place])
    }
}

fn fault(row: &str, what: impl Into<String>) -> TableError {
    TableError::Row {
        row: row.to_owned(),
        what: what.into(),
    }
}

fn read(record: &csv::StringRecord) -> Result<Row, TableError> {
    let field = |index: usize| record.get(index).unwrap_or_default();
    let fail = |what: &str| fault(field(0), what);
    let row = Row {
        id: field(0).to_owned(),
        tasks: split(field(1), '|'),
        qualifications: split(field(2), '|'),
        service_task: field(3).to_owned(),
        classes: split(field(4), '|'),
        actions: split(field(5), '|'),
        relation: field(6).to_owned(),
        scope: field(7).to_owned(),
        conditions: split(field(8), ';')
            .into_iter()
            .map(|token| {
                condition(token).map_err(|token| fail(&format!("unknown condition {token}")))
            })
            .collect::<Result<_, _>>()?,
        basis: field(9).to_owned(),
        purpose: field(10).to_owned(),
        valid_from: field(11)
            .parse()
            .map_err(|_| fail("valid_from is not a day"))?,
        valid_to: match field(12) {
            "" => None,
            day => Some(day.parse().map_err(|_| fail("valid_to is not a day"))?),
        },
    };
    if row.tasks.is_empty()
        || row.actions.is_empty()
        || row.classes.is_empty()
        || row.basis.is_empty()
    {
        return Err(fail("task, class, action or basis is empty"));
    }
    Ok(row)
}

/// The condition with its kind, or the token back when nobody knows it.
fn condition(token: String) -> Result<Condition, String> {
    match words::token(&token).map(|word| word.kind) {
        Some(Kind::Token(kind)) => Ok(Condition { token, kind }),
        _ => Err(token),
    }
}

/// What in the row the vocabulary does not know.
fn unknown(row: &Row) -> Option<String> {
    let one = std::slice::from_ref::<String>;
    [
        (Kind::Task, row.tasks.as_slice()),
        (Kind::Qualification, &row.qualifications),
        (Kind::ServiceTask, one(&row.service_task)),
        (Kind::Class, &row.classes),
        (Kind::Action, &row.actions),
        (Kind::Relation, one(&row.relation)),
        (Kind::Scope, one(&row.scope)),
        (Kind::Purpose, one(&row.purpose)),
    ]
    .into_iter()
    .flat_map(|(kind, keys)| keys.iter().map(move |key| (kind, key)))
    .find(|(kind, key)| words::word(*kind, key).is_none())
    .map(|(kind, key)| format!("unknown {kind:?}: {key:?}"))
}

fn split(text: &str, separator: char) -> Vec<String> {
    text.split(separator)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
