//! `noste verify`: everything of a county that can be checked against something else.

use std::process::ExitCode;

use indicatif::ProgressBar;
use store::{Engine, LogKey, Migration, Snapshot, StoreError};
use web::{Check, Examined, Secrets};

use crate::cli::PlaceArgs;
use crate::commands::told;
use crate::error::AppError;
use crate::features;
use crate::places::{Place, found};

/// What came of a county: lines of what was looked at, and what does not hold.
#[derive(Debug, Default)]
pub struct Verdict {
    pub looked: Vec<String>,
    pub faults: Vec<String>,
}

/// Every check that a feature has, whatever a county uses.
pub fn checks() -> Vec<Check> {
    features::all(false)
        .iter()
        .flat_map(|feature| feature.checks.iter().copied())
        .collect()
}

/// `noste verify`. Exit codes as `noste log verify`: 1 names what does not hold.
///
/// # Errors
/// When the key or the data cannot be read at all.
pub fn verify(args: &PlaceArgs) -> Result<ExitCode, AppError> {
    let places = found(args)?;
    if places.is_empty() {
        eprintln!("no county was found");
        return Ok(ExitCode::FAILURE);
    }
    let mut holds = true;
    for place in &places {
        let verdict = county(place)?;
        for line in verdict.looked {
            println!("county {}: {line}", place.county);
        }
        for fault in verdict.faults {
            holds = false;
            eprintln!("does not hold: county {}: {fault}", place.county);
        }
    }
    Ok(if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Looks at one county.
///
/// # Errors
/// When its log key cannot be read.
pub fn county(place: &Place) -> Result<Verdict, AppError> {
    let key = place.load_log_key()?;
    let mut verdict = Verdict::default();
    match log(place, &key) {
        Ok(report) => {
            let line = told(&place.county, &report);
            let (_, words) = line.split_once(": ").unwrap_or(("", &line));
            verdict.looked.push(format!("log: {words}"));
        }
        Err(fault) => {
            let words = fault.to_string();
            let words = words
                .split_once(": ")
                .map_or(words.as_str(), |(_, words)| words);
            verdict.faults.push(format!("log: {words}"));
        }
    }
    if let Err(error) = rows(place, &mut verdict) {
        verdict
            .faults
            .push(format!("database: it cannot be read: {error}"));
    }
    Ok(verdict)
}

fn log(place: &Place, key: &LogKey) -> Result<store::verify::Report, store::verify::Fault> {
    let heads = place.heads_file();
    match &place.engine {
        Engine::Sqlite { path } => {
            let heads = heads.unwrap_or_else(|| path.with_extension("heads"));
            store::verify::verify_sqlite(&place.county, path, &heads, key)
        }
        Engine::Postgres { url, schema } => {
            store::verify::verify_postgres(&place.county, url, schema, heads.as_deref(), key)
        }
    }
}

fn rows(place: &Place, verdict: &mut Verdict) -> Result<(), StoreError> {
    let mut snapshot = Snapshot::open(&place.engine, &place.county)?;
    let rooms: Vec<Migration> = features::migrations();
    let missing = snapshot.missing_steps(&rooms)?;
    if missing > 0 {
        verdict.faults.push(format!(
            "schema: {missing} steps have not been taken: run noste migrate, then verify"
        ));
        return Ok(());
    }
    let own = snapshot.own_faults()?;
    if own.is_empty() {
        verdict
            .looked
            .push("database: pages, indexes and references hold".to_owned());
    }
    verdict
        .faults
        .extend(own.into_iter().map(|fault| format!("database: {fault}")));
    let secrets = secrets(place)?;
    let (logged, log_has_gaps) = snapshot.logged_digests()?;
    for check in checks() {
        let bar = ProgressBar::new_spinner();
        bar.set_message(check.name);
        let mut progress = |done| bar.set_position(done);
        let mut examined = Examined::new(
            &mut snapshot,
            &place.county,
            secrets.as_ref(),
            (&logged, log_has_gaps),
            &mut progress,
        );
        let said = (check.examine)(&mut examined);
        let faults = examined.into_faults();
        bar.finish_and_clear();
        match said {
            Ok(words) if faults.is_empty() => {
                verdict.looked.push(format!("{}: {words}", check.name))
            }
            Ok(_) => {}
            Err(error) => verdict
                .faults
                .push(format!("{}: they cannot be read: {error}", check.name)),
        }
        let named = faults
            .into_iter()
            .map(|fault| format!("{}: {fault}", check.name));
        verdict.faults.extend(named);
    }
    Ok(())
}

/// The keys of the house; nobody may look at the seals without them.
fn secrets(place: &Place) -> Result<Option<Secrets>, StoreError> {
    if !place.secret.exists() {
        return Ok(None);
    }
    let secret = LogKey::load(&place.secret)?;
    Ok(Some(Secrets::of_county(secret.0, &place.county)))
}
