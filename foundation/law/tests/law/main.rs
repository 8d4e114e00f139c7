//! The law against its worked cases, an independent calendar and its own table.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which clippy does not know as tests"
)]

mod calendar;
mod cases;
mod clocks;
mod command;
mod properties;
mod table;

use kernel::time::{Date, iso_date};

fn date(text: &str) -> Date {
    iso_date(text).unwrap()
}

/// The rows of a CSV with a heading; lines that begin with # tell the source.
fn rows(file: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(file.as_bytes());
    reader.records().map(|row| row.unwrap()).collect()
}

/// `Mon` ... `Sun`, as the files write it.
fn weekday(day: Date) -> String {
    day.strftime("%a").to_string()
}
