//! `noste statistics`: open figures, over the network or from a file.

use std::path::Path;
use std::time::Duration;

use kernel::clock::{Clock, SystemClock};
use kernel::time::day;
use statistics::command::{Asking, USUAL_YEARS, run_fetch, run_import, usual_indicators};
use statistics::fetch::Plan;
use store::Store;

use crate::cli::{FetchArgs, StatisticsImportArgs, WhereArgs};
use crate::demo;
use crate::error::AppError;
use crate::features;

/// `noste statistics fetch`: the exit code.
///
/// # Errors
/// When the data cannot be opened or the settings cannot be used.
pub async fn fetch(args: &FetchArgs) -> Result<u8, AppError> {
    let asking = Asking {
        base: args.base.clone(),
        contact: args.contact.clone(),
        agents: args.agent.clone(),
        gap: Duration::from_millis(args.gap),
    };
    let service = asking
        .service()
        .map_err(|error| AppError::Setting(error.to_string()))?;
    let this_year = day(SystemClock.now()).year();
    let plan = Plan {
        indicators: if args.indicator.is_empty() {
            usual_indicators()
        } else {
            args.indicator.clone()
        },
        from: args.from.unwrap_or(this_year - USUAL_YEARS),
        to: args.to.unwrap_or(this_year),
        again: args.again,
        accept_fewer: args.accept_fewer,
    };
    let store = open(&args.at)?;
    let code = run_fetch(&store, &service, &plan).await;
    store.shutdown();
    code.map_err(|error| AppError::Setting(error.to_string()))
}

/// `noste statistics import FILE`: the exit code.
///
/// # Errors
/// When the file or the data cannot be opened.
pub fn import(args: &StatisticsImportArgs) -> Result<u8, AppError> {
    let text = read(&args.file)?;
    let areas = args.areas.as_deref().map(read).transpose()?;
    let store = open(&args.at)?;
    let done = run_import(&store, &args.file, &text, areas.as_deref());
    store.shutdown();
    let (out, errors, code) = done.map_err(|error| AppError::Setting(error.to_string()))?;
    print!("{out}");
    eprint!("{errors}");
    Ok(code)
}

fn read(path: &Path) -> Result<String, AppError> {
    std::fs::read_to_string(path).map_err(AppError::file(path))
}

fn open(at: &WhereArgs) -> Result<Store, AppError> {
    let config = match (&at.config, &at.data) {
        (Some(config), _) => crate::token::of_config(config, at.county.as_deref())?,
        (None, Some(data)) => demo::store_config(data)?,
        (None, None) => {
            let words = "tell the configuration with --config, or a demo's folder with --data";
            return Err(AppError::Setting(words.to_owned()));
        }
    };
    Ok(Store::open(config, &features::migrations())?)
}
