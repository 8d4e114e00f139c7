//! `noste synth --stress`: a synthetic county at the size of the whole country's clients.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use intake::domain::IntakeSettings;
use kernel::chance::{Chance, SeededChance, SystemChance};
use kernel::clock::{Clock, ManualClock, SystemClock};
use store::{Engine, LogKey, Query, Store, StoreConfig, StoreError};
use synth::stress;
use web::Secrets;

use crate::commands::SECRET_FILE;
use crate::demo::{Size, fill};
use crate::error::AppError;
use crate::features;
use crate::house::{endings, new_desk};

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
    let secret = LogKey::load_or_create(&heads.join(SECRET_FILE), &SystemChance)?;
    let open = |clock: Arc<dyn Clock>, chance: Arc<dyn Chance>| {
        let config = StoreConfig::new(code, engine.clone(), heads, key, clock, chance);
        Store::open(config, &features::migrations())
    };
    let began = Instant::now();
    let store = open(Arc::new(SystemClock), Arc::new(SystemChance))?;
    let there = store.read_blocking(has_units)?;
    let turn = stress::done(&store)?.unwrap_or(0);
    store.shutdown();
    if !there {
        fill(code, engine.clone(), heads, key, base)?;
    }

    let now = SystemClock.now();
    let clock = Arc::new(ManualClock::new(now));
    // A run that goes on must not give the ids of the one that was cut off.
    let seed = base.seed ^ (u64::from(turn + 1) << 32);
    let chance: Arc<dyn Chance> = Arc::new(SeededChance::new(seed));
    let as_clock: Arc<dyn Clock> = clock.clone();
    let store = open(Arc::clone(&as_clock), Arc::clone(&chance))?;
    let desk = new_desk(&as_clock, &chance, IntakeSettings::default());
    let desks = synth::Desks::of(desk, &Secrets::of_county(secret.0, code), endings());
    let plan = synth::Plan {
        county: code.to_owned(),
        persons: base.persons,
        years: base.years,
        seed: base.seed,
        now,
        identity_key: identity::IdentityKey::of(&Secrets::of_county(secret.0, code)),
        register: None,
    };
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template("[{wide_bar}] {percent} % {elapsed} {eta}") {
        bar.set_style(style.progress_chars("=> "));
    }
    let entries = stress::grow(&store, &desks, &clock, (&plan, size), &mut |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    })
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
