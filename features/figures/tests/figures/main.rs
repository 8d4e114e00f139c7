//! Own figures: counted, protected, kept, shown.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod coarser;
mod counting;
mod counting_matters;
mod county;
mod dictionary;
mod intervals;
mod linked;
mod pages;
mod protecting;
mod releasing;
mod standard;
