//! `noste synth --stress`: a synthetic county at the size of the whole country's clients.

use std::path::Path;
use std::time::Instant;

use store::{Engine, LogKey, Query, StoreError};
use synth::stress;

use crate::demo::{Size, fill};
use crate::error::AppError;
use crate::making::{self, Making};

/// Tables whose rows tell the size of the county.
const COUNTED: [(&str, &str); 5] = [
    ("clients", "select count(*) from client"),
    (
        "open matters",
        "select count(*) from matter where ended_at is null",
    ),
    ("matters", "select count(*) from matter"),
    ("texts", "select count(*) from document"),
    ("contacts", "select count(*) from contact"),
];

/// Makes the county unless it is there, and grows it from where an earlier run stood. Gives what it holds in words.
///
/// # Errors
/// When the store does not open, or an act is refused.
pub fn grow(
    code: &str,
    engine: Engine,
    heads: &Path,
    key: LogKey,
    (base, size): (Size, stress::Size),
) -> Result<String, AppError> {
    let began = Instant::now();
    let opened = Making::open(code, engine.clone(), heads, key, (base, base.seed))?;
    let there = opened.store.read_blocking(has_units)?;
    let turn = stress::done(&opened.store)?.unwrap_or(0);
    opened.store.shutdown();
    if !there {
        fill(code, engine.clone(), heads, key, base)?;
    }
    // A run that goes on must not give the ids of the one that was cut off.
    let seed = base.seed ^ (u64::from(turn + 1) << 32);
    let making = Making::open(code, engine, heads, key, (base, seed))?;
    let (store, desks) = (&making.store, &making.desks);
    let bar = making::bar("[{wide_bar}] {percent} % {elapsed} {eta}");
    let entries = stress::grow(
        store,
        desks,
        &making.clock,
        (&making.plan, size),
        &mut making::told(&bar),
    )
    .map_err(|error| AppError::Synth(error.to_string()))?;
    bar.finish_and_clear();
    let mut told = vec![format!("log entries {entries}")];
    for (name, sql) in COUNTED {
        let count: i64 = store.read_blocking(move |tx| tx.query_one(sql, &[])?.get(0))?;
        told.push(format!("{name} {count}"));
    }
    store.shutdown();
    told.push(format!("this run took {} s", began.elapsed().as_secs()));
    Ok(told.join("\n"))
}

fn has_units(tx: &mut store::ReadTx<'_>) -> Result<bool, StoreError> {
    let count: i64 = tx.query_one("select count(*) from unit", &[])?.get(0)?;
    Ok(count > 0)
}
