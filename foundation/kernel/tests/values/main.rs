//! The values against their tables of cases and against the mathematics they rest on.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which clippy does not know as tests"
)]

mod identifiers;
mod money;
mod periods;
