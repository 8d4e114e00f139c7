//! The pages of protection and of parting, as a browser meets them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

#[path = "../store/support.rs"]
#[allow(dead_code, reason = "the store's tests use more of it")]
mod support;

mod bars;
mod browser;
mod merging;
mod orders;
