//! The clients against stand-ins that answer with stored real examples, and against each way in which a service fails.
//!
//! The examples: `tests/examples/README.md`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod faults;
mod pxweb;
mod sotkanet;
mod stand_in;
mod thl;
