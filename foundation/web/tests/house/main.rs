//! The room as a whole: doors, edge, drafts, live channel and the fixtures page, driven in process.

mod doors;
mod drafts;
mod edge;
mod fixtures;
mod support;
