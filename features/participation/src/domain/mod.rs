//! Types and rules of participation and of the yearly cycle: no database, no page.

mod calendar;
mod codes;
mod cycle;
mod gathering;

pub use calendar::*;
pub use codes::*;
pub use cycle::*;
pub use gathering::*;

use reporting::domain::ReportError;

/// Why something cannot be done. Holds no text that anybody wrote.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    #[error(transparent)]
    Store(#[from] ::store::StoreError),
    /// No right, or no such thing.
    #[error("not found")]
    NotFound,
    /// A field is missing or wrong: its name and what is wrong.
    #[error("{0}: {1:?}")]
    Field(&'static str, Wrong),
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Changed,
    /// Not possible in the state it is in.
    #[error("not in this state")]
    State,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was written.
    Missing,
    /// More than fits.
    Long,
    /// Not among the choices.
    Choice,
    /// It holds an identity code.
    Person,
    /// The day is not later than today.
    Past,
    /// The day is still to come.
    Future,
    /// Not a number of people.
    Number,
    /// More of them than came at all.
    TooMany,
    /// A day that some years do not have.
    Day,
}

impl From<ReportError> for PartError {
    fn from(error: ReportError) -> Self {
        use reporting::domain::Wrong as Theirs;
        match error {
            ReportError::Store(error) => Self::Store(error),
            ReportError::NotFound => Self::NotFound,
            ReportError::Changed => Self::Changed,
            ReportError::State => Self::State,
            ReportError::Field(field, wrong) => Self::Field(
                field,
                match wrong {
                    Theirs::Missing | Theirs::Evidence => Wrong::Missing,
                    Theirs::Long => Wrong::Long,
                    Theirs::Choice => Wrong::Choice,
                    Theirs::Person => Wrong::Person,
                    Theirs::Past => Wrong::Past,
                },
            ),
        }
    }
}
