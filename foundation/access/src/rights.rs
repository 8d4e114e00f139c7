//! The rights table and its decision.
//!
//! A right follows the work task and the service given, only for necessary data, and only over a
//! relation that can be proved (asiakastietolaki 703/2023 9 §). Denial is the default: a right
//! exists only when a row of `data/rights.csv` in force gives it, and the answer names the row.
//! Rows whose id begins with `N-` are the product's own, under the ceiling of decree 457/2024;
//! the others carry the id they have in the domain's own table.
//!
//! The order of a decision: bars, then rows, then the conditions of the rows. Whoever asks tells
//! which relations, conditions and bars hold; nothing here reads a store or a clock.

mod bars;
mod ceiling;
mod decide;
mod subject;
mod table;
mod tasks;

use kernel::time::Date;

pub use bars::Bar;
pub use subject::Subject;
pub use table::{RightsTable, TableError};
pub use tasks::SERVICE_TASKS;

/// What is asked: may `subject` do `action` to an object of `class` over these relations.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub subject: &'a Subject,
    /// Column `object_class`, for example `contact`.
    pub class: &'a str,
    /// Column `action`, for example `read`.
    pub action: &'a str,
    /// Service task of the object, one of [`SERVICE_TASKS`].
    pub service_task: &'a str,
    /// Relations that hold now between the subject and the object; `none` always holds.
    pub relations: &'a [&'a str],
    /// Predicate tokens that hold. `necessary` and `not_never` need not be told: the first is the
    /// worker's own judgement and goes to the log as the purpose, the second is [`Bar::B09`].
    pub given: &'a [&'a str],
    /// Bars that hold between the subject, the client and the object.
    pub bars: &'a [Bar],
    /// The day whose rows are asked.
    pub on: Date,
}

impl Question<'_> {
    fn given(&self, token: &str) -> bool {
        self.given.contains(&token)
    }
}

/// A permission row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: String,
    pub tasks: Vec<String>,
    pub qualifications: Vec<String>,
    pub service_task: String,
    pub classes: Vec<String>,
    pub actions: Vec<String>,
    pub relation: String,
    pub scope: String,
    /// Predicates, view filters and steps, in the order of the table.
    pub conditions: Vec<Condition>,
    pub basis: String,
    /// Purpose of use (käyttötarkoitus) that goes to the use log, 703/2023 10 §.
    pub purpose: String,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

/// One token of column `conditions`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub token: String,
    pub kind: TokenKind,
}

/// What a token asks of whoever uses the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// False takes the row away.
    Predicate,
    /// A view filter over parts of one object: it must be told to hold, because an object or part
    /// outside it is not the row's at all.
    Part,
    /// Narrows what is shown; the feature that shows applies it.
    Filter,
    /// Asked, recorded or done before the action completes; the feature that acts does it.
    Step,
}

impl TokenKind {
    /// Whether the token must hold for the row to answer.
    pub const fn decides(self) -> bool {
        matches!(self, Self::Predicate | Self::Part)
    }

    /// Whether the token narrows what is shown.
    pub const fn narrows(self) -> bool {
        matches!(self, Self::Part | Self::Filter)
    }
}

impl Row {
    /// Whether the row has the token: a view filter that narrows what is shown, or a step that is
    /// done before the action completes.
    pub fn shows(&self, token: &str) -> bool {
        self.conditions.iter().any(|own| own.token == token)
    }

    /// The tokens of the row, as the table writes them.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.conditions.iter().map(|own| own.token.as_str())
    }

    /// Whether the row is in force on the day.
    pub fn in_force(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|end| on <= end)
    }
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision<'t> {
    /// Allowed by this row, the one with the widest view when several allow.
    Allow(&'t Row),
    /// Denied, with the door of exceptional access (a stated reason, timed, reviewed) that this row
    /// opens.
    Exceptional(&'t Row),
    /// Denied.
    Deny(Denial<'t>),
}

/// Why it was denied. For the log and for people who maintain the table; an answer to a user never
/// tells more than that there is nothing to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial<'t> {
    /// A bar holds.
    Bar(Bar),
    /// A row would answer, but this condition of it does not hold.
    Condition { row: &'t Row, token: &'t str },
    /// No row gives the right.
    NoRow,
}

impl<'t> Decision<'t> {
    /// The row that allowed, `None` when denied.
    pub const fn row(self) -> Option<&'t Row> {
        match self {
            Self::Allow(row) => Some(row),
            Self::Exceptional(_) | Self::Deny(_) => None,
        }
    }

    pub const fn allowed(self) -> bool {
        matches!(self, Self::Allow(_))
    }

    /// The answer alone: `allow`, `exceptional` or `deny`.
    pub const fn answer(self) -> &'static str {
        match self {
            Self::Allow(_) => "allow",
            Self::Exceptional(_) => "exceptional",
            Self::Deny(_) => "deny",
        }
    }

    /// What decided: the row's id, a bar's code, `row:token`, or `default` when no row answers.
    pub fn rule(self) -> String {
        match self {
            Self::Allow(row) | Self::Exceptional(row) => row.id.clone(),
            Self::Deny(Denial::Bar(bar)) => bar.code().to_owned(),
            Self::Deny(Denial::Condition { row, token }) => format!("{}:{token}", row.id),
            Self::Deny(Denial::NoRow) => "default".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
