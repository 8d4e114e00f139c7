//! Matters on both engines: the acts, who may, and the pages.

mod joint;
mod life;
mod lists;
mod pages;
mod sending;
mod support;
