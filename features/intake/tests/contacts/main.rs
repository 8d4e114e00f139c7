//! The queue, the detail pane and the acts on a contact, through the house's own doors.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod acts;
mod deputy;
mod ending;
mod handover;
mod linked;
mod neighbours;
mod queue;
mod rights;
mod self_started;
mod support;
mod twice;
mod unlinked;
mod writing;
