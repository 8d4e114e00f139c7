//! Types and rules of reporting: no database, no page.

mod codes;
mod handed;
mod observation;
mod proposal;
mod steps;
mod theme;

pub use codes::*;
pub use handed::*;
pub use observation::*;
pub use proposal::*;
pub use theme::*;

/// Why something cannot be done. Holds no text that anybody wrote.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
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
    /// It holds an identity code: reporting never knows a person (I11).
    Person,
    /// The day is not later than today.
    Past,
    /// Nothing stands behind it.
    Evidence,
}
