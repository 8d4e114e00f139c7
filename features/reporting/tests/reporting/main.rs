//! The room's store on both engines: the way of an observation, and what never tells who wrote it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod anonymous;
mod erased;
mod links;
mod loop_closed;
mod processes;
mod support;
