//! Types and rules of publications: no database, no page.

mod codes;
pub mod content;
pub mod figures;
pub mod hinder;
mod span;

pub use codes::*;
pub use span::*;

use reporting::domain::ReportError;

/// Longest title, in characters.
pub const LONGEST_TITLE: usize = 200;
/// Longest text of a section, in characters.
pub const LONGEST_SECTION: usize = 20_000;
/// Longest reason or quote, in characters.
pub const LONGEST_REASON: usize = 2000;
/// Open statistics of one publication at most.
pub const MOST_STATISTICS: usize = 12;
/// Quotes of one publication at most.
pub const MOST_QUOTES: usize = 30;

/// Why something cannot be done. Holds no text that anybody wrote.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error(transparent)]
    Store(#[from] ::store::StoreError),
    /// No right, or no such thing.
    #[error("not found")]
    NotFound,
    /// A field is missing or wrong: its name and the key of the sentence.
    #[error("{0}: {1}")]
    Field(&'static str, &'static str),
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Changed,
    /// Not possible in the state it is in.
    #[error("not in this state")]
    State,
    /// She has edited this version and cannot publish it, or the other way round.
    #[error("one person may not both edit and publish a version")]
    FourEyes,
    /// Something stands in the way of the check.
    #[error("{} hindrances", .0.len())]
    Hindered(Vec<hinder::Hindrance>),
    /// What was sealed does not hold: it was changed outside the program.
    #[error("the seal does not hold")]
    Seal,
}

impl From<ReportError> for PublishError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Store(error) => Self::Store(error),
            ReportError::NotFound => Self::NotFound,
            ReportError::Field(field, _) => Self::Field(field, "publication-field-wrong"),
            ReportError::Changed => Self::Changed,
            ReportError::State => Self::State,
        }
    }
}
