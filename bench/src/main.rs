//! `make bench`: the product against its limits in one run, as ratios.
//!
//! The load generator shares the machine with the server, so figures are to be read as shares of
//! bare axum and of the raw engine measured in the same run.
//!
//! Words as arguments narrow it: `engines` the raw engines, `pages` the pages and the creation of contacts, `programs`
//! the reading by a program, `parts` what that reading is made of; `sqlite` and `postgres` one engine. Without words it
//! measures everything. `crowd SMALL LARGE` measures eight workers in the counties of two folders instead.

mod crowd;
mod houses;
mod load;
mod parts;
mod programs;
mod raw;
mod table;
mod wanted;

use std::process::ExitCode;
use std::time::Duration;

use table::Table;
use wanted::Wanted;

/// How long each line is measured; `NOSTE_BENCH_SECONDS` changes it.
fn window() -> Duration {
    let seconds = std::env::var("NOSTE_BENCH_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(4))
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some((word, folders)) = words.split_first()
        && word == "crowd"
    {
        return match crowd::run(folders, window()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(fault) => {
                eprintln!("{fault}");
                ExitCode::FAILURE
            }
        };
    }
    let wanted = match Wanted::read(words.into_iter()) {
        Ok(wanted) => wanted,
        Err(strange) => {
            eprintln!("{strange}");
            return ExitCode::FAILURE;
        }
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let mut table = Table::default();
    runtime.block_on(async {
        let bare = load::bare_axum(window()).await;
        table.limit("bare axum, small JSON, 64 connections", bare);
    });
    let engines = [testkit::EngineName::Sqlite, testkit::EngineName::Postgres];
    for engine in engines.into_iter().filter(|one| wanted.engine(*one)) {
        if wanted.part("engines") {
            raw::measure(&mut table, engine, window());
        }
    }
    for engine in engines.into_iter().filter(|one| wanted.engine(*one)) {
        if wanted.houses() {
            let ready = houses::make(engine);
            runtime.block_on(houses::measure(&mut table, ready, window(), &wanted));
        }
    }
    print!("{table}");
    ExitCode::SUCCESS
}
