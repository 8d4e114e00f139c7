//! Administration through the house's own doors and functions, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod account;
mod facts;
mod numbers;
mod pages;
mod powers;
mod requests;
mod step_up;
mod support;
mod tokens;
mod two;
mod units;
