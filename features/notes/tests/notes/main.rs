//! Acts and pages of notes on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod doers;
mod joint;
mod life;
mod links;
mod refused;
mod steps;
mod student;
mod support;
mod together;
mod tutors;
mod whose;
