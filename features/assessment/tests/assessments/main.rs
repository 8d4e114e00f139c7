//! Assessments on both engines: the acts, who may, and the pages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod desk;
mod experts;
mod joined;
mod life;
mod mistakes;
mod pages;
mod paper;
mod special;
mod support;
mod tutored;
