//! The room's pages through the house's doors.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod beside;
mod links;
mod loop_closed;
mod public;
mod support;
mod workers;
