//! Clients in the store, on both engines: who may see whom, what is kept, what a search tells.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod cards;
mod disqualified;
mod exceptional;
mod gate;
mod known;
mod lists;
mod merges;
mod mistakes;
mod naming;
mod protection;
mod record;
mod search;
mod support;
mod timing;
