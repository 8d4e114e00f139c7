//! `make bench`: the product against its limits in one run, as ratios.
//!
//! The load generator shares the machine with the server, so figures are to be read as shares of
//! bare axum and of the raw engine measured in the same run.
//!
//! Words as arguments narrow it: `engines` the raw engines, `pages` the pages and the creation of contacts, `search` the
//! search of a client by name, `programs` the reading by a program, `parts` what that reading is made of, `papers` a batch
//! of printed reports, `program` the size, start and memory of the program; `sqlite` and `postgres` one engine. Without
//! words it measures everything. `--table PATH` compares with another table than the committed one (`docs/bench.md`).
//! `crowd SMALL LARGE` measures eight workers in the counties of two folders instead.

mod committed;
mod crowd;
mod houses;
mod load;
mod papers;
mod parts;
mod program;
mod programs;
mod raw;
mod search;
mod table;
mod wanted;

use std::process::ExitCode;
use std::time::Duration;

use committed::Committed;
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
    let mut table = Table::beside(committed(&wanted));
    let measured = measure(&runtime, &mut table, &wanted);
    print!("{table}");
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// The table to compare with: the one that was told, or that of the repository we stand in.
fn committed(wanted: &Wanted) -> Committed {
    let usual = || {
        let here = std::env::current_dir().ok()?;
        committed::kept_above(&here)
    };
    let page = wanted.table.clone().or_else(usual);
    page.map_or_else(Committed::default, |page| Committed::of(&page))
}

/// Measures what is wanted. What was measured before a fault stays in the table.
fn measure(
    runtime: &tokio::runtime::Runtime,
    table: &mut Table,
    wanted: &Wanted,
) -> Result<(), String> {
    let window = window();
    table.limit(runtime.block_on(load::bare_axum(window)));
    let engines = [testkit::EngineName::Sqlite, testkit::EngineName::Postgres];
    for engine in engines.into_iter().filter(|one| wanted.engine(*one)) {
        if wanted.part("engines") {
            raw::measure(table, engine, window);
        }
    }
    for engine in engines.into_iter().filter(|one| wanted.engine(*one)) {
        if houses::are_wanted(wanted, table) {
            let ready = houses::make(engine);
            runtime.block_on(houses::measure(table, ready, window, wanted));
        }
    }
    program::build_time(table);
    if wanted.part("program") {
        runtime.block_on(program::measure(table))?;
    }
    Ok(())
}
