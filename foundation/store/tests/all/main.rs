//! The store on both engines.
#![allow(
    clippy::unwrap_used,
    reason = "a test says by its line what was missing"
)]

mod actors;
mod backup;
mod groups;
mod jobs;
mod killed;
mod migrations;
mod opening;
mod power;
mod schema;
mod search;
mod small;
mod support;
mod tamper;
mod trail;
