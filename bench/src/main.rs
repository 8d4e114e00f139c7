//! `make bench`: the product against its limits in one run, as ratios.
//!
//! The load generator shares the machine with the server, so figures are to be read as shares of
//! bare axum and of the raw engine measured in the same run.

mod houses;
mod load;
mod programs;
mod raw;
mod table;

use std::time::Duration;

use table::Table;

/// How long each line is measured; `NOSTE_BENCH_SECONDS` changes it.
fn window() -> Duration {
    let seconds = std::env::var("NOSTE_BENCH_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(4))
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let mut table = Table::default();
    runtime.block_on(async {
        let bare = load::bare_axum(window()).await;
        table.limit("bare axum, small JSON, 64 connections", bare);
    });
    raw::sqlite(&mut table, window());
    raw::postgres(&mut table, window());
    for engine in [testkit::EngineName::Sqlite, testkit::EngineName::Postgres] {
        let ready = houses::make(engine);
        runtime.block_on(houses::measure(&mut table, ready, window()));
    }
    print!("{table}");
}
