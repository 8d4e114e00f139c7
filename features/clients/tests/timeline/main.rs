//! The timeline of a client and the search in words, on both engines.
#![allow(
    clippy::unwrap_used,
    reason = "a test says by its line what was missing"
)]

mod forms;
mod names;
mod rights;
mod support;
mod words;
