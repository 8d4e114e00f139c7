//! The room as a whole: doors, edge, drafts, live channel and the fixtures page, driven in process.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod doors;
mod drafts;
mod edge;
mod fixtures;
mod support;
mod uploads;
