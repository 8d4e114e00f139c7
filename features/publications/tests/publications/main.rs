//! Publications through the house's doors, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod disclosed;
mod four_eyes;
mod own;
mod published;
mod quoted;
mod recalled;
mod sealed;
mod support;
mod written;
