//! Keeping, fetching and importing figures, on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod borders;
mod commands;
mod comparing;
mod cubes;
mod fetching;
mod importing;
mod keeping;
mod stand_in;
mod visiting;
