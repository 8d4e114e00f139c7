//! Types and rules of notes: no SQL, no HTTP.

pub mod kind;
pub mod moment;
pub mod owners;
pub mod text;

pub use kind::{CancelReason, EXTRAS, Extra, How, Service, Structure, Way, What};
pub use moment::{Happened, MomentError};
pub use owners::Owners;
pub use text::{COMMON, LINES, Line, Owner, Written};

kernel::id_type!(/** What is to be done next, agreed in a note. */ StepId);
kernel::id_type!(/** A phrase of the county. */ PhraseId);
kernel::id_type!(/** Who guides which student. */ TutoringId);
kernel::id_type!(/** The page on which a new note is written: the same page sent twice makes one note. */ FormId);
