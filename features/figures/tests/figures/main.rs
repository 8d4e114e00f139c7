//! Own figures: counted, protected, kept, shown.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod counting;
mod county;
mod dictionary;
mod intervals;
mod pages;
mod protecting;
mod releasing;
