//! Values that every room shares: time, chance, ids, languages and the identifiers of Finnish society.
//!
//! Pure: no database, no network, no files. The clock and the random source are parameters
//! (architecture invariant I9), so every test can hold time still.

pub mod business_id;
pub mod chance;
pub mod clock;
pub mod coded;
pub mod id;
pub mod identity_code;
pub mod language;
pub mod money;
pub mod oid;
pub mod period;
pub mod place;
pub mod temporary_identifier;
pub mod time;
