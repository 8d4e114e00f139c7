//! Acts and pages of the client plan on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod joint;
mod life;
mod mistakes;
mod one;
mod others;
mod pages;
mod support;
mod tutored;
mod twice;
