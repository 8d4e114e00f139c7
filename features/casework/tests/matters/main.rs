//! Matters on both engines: the acts, who may, and the pages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod deputy;
mod import;
mod joint;
mod leaver;
mod life;
mod lists;
mod own_worker;
mod pages;
mod sending;
mod standing_down;
mod support;
