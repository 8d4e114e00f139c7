//! Matters on both engines: the acts, who may, and the pages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod always_one;
mod deputy;
mod execution;
mod import;
mod joint;
mod leaver;
mod life;
mod lists;
mod merged;
mod named;
mod own_worker;
mod pages;
mod sending;
mod standing_down;
mod support;
