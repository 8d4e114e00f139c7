//! Who may do what, and the mathematics of the log that proves who did.
//!
//! Pure: decisions and digests are computed here, rows are kept by `store`.

pub mod explain;
pub mod log;
pub mod rights;
pub mod words;
