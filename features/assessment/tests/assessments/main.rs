//! Assessments on both engines: the acts, who may, and the pages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod desk;
mod experts;
mod life;
mod pages;
mod special;
mod support;
