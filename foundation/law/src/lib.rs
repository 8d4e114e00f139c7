//! The law as tables and as functions that read them: time limits and the working-day calendar.
//!
//! Pure: no clock of the machine, no files at run time, no database. The tables are in `data/` and
//! compiled in; a change in law is a row. A due day is computed here and nowhere else (I7).

pub mod calendar;
pub mod clock;
pub mod command;
pub mod deadlines;
pub mod rule;

pub use calendar::Calendar;
pub use deadlines::{Deadline, DeadlineTable};
pub use rule::{Due, NoDue, Rule, due};
