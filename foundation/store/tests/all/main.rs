//! The store on both engines.
#![allow(
    clippy::unwrap_used,
    reason = "a test says by its line what was missing"
)]

mod actors;
mod backup;
mod clocks;
mod faults;
mod groups;
mod jobs;
mod killed;
mod migrations;
mod opening;
mod power;
mod schema;
mod search;
mod servers;
mod small;
mod support;
mod tamper;
mod trail;
