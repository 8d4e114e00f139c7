//! The room's store on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod bikva;
mod counts;
mod cycle;
mod gatherings;
mod share;
mod support;
