//! `noste statistics`: open figures, over the network or from a file.

use std::path::Path;
use std::time::Duration;

use kernel::clock::{Clock, SystemClock};
use kernel::time::day;
use statistics::ask::Questions;
use statistics::command::{
    Asking, USUAL_YEARS, run_answer, run_borders, run_cubes, run_fetch, run_import,
    usual_indicators,
};
use statistics::cubes::{How, of_source, series};
use statistics::domain::Source;
use statistics::fetch::Plan;
use store::{Store, StoreConfig};

use crate::cli::{BordersArgs, FetchArgs, ServiceOf, StatisticsImportArgs, WhereArgs};
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
    let source = match args.source {
        ServiceOf::Sotkanet => return sotkanet(args, &asking).await,
        ServiceOf::Statfin => Source::Statfin,
        ServiceOf::Thl => Source::Thl,
    };
    let services = asking.services(source).map_err(setting)?;
    let questions = of_source(questions(args.ask.as_deref())?, source);
    if questions.series.is_empty() {
        let words = format!("the file of questions has none to {}", source.word());
        return Err(AppError::Setting(words));
    }
    let how = How {
        again: args.again,
        accept_fewer: args.accept_fewer,
    };
    let store = open(&args.at)?;
    let code = run_cubes(&store, &services, &questions, how).await;
    store.shutdown();
    code.map_err(setting)
}

async fn sotkanet(args: &FetchArgs, asking: &Asking) -> Result<u8, AppError> {
    let service = asking.service().map_err(setting)?;
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
    code.map_err(setting)
}

fn setting(error: impl std::fmt::Display) -> AppError {
    AppError::Setting(error.to_string())
}

fn questions(file: Option<&Path>) -> Result<Questions, AppError> {
    let file = file.ok_or_else(|| setting("tell the file of questions with --ask"))?;
    Questions::read(&read(file)?)
        .map_err(|why| AppError::Setting(format!("{}: {why}", file.display())))
}

/// `noste statistics borders FILE`: the exit code.
///
/// # Errors
/// When the file or the data cannot be opened.
pub fn borders(args: &BordersArgs) -> Result<u8, AppError> {
    let bytes = std::fs::read(&args.file).map_err(AppError::file(&args.file))?;
    let config = config(&args.at)?;
    let county = config.county.clone();
    let store = Store::open(config, &features::migrations())?;
    let done = run_borders(
        &store,
        &county,
        &args.file,
        &bytes,
        args.attribution.as_deref(),
    );
    store.shutdown();
    Ok(print(done.map_err(setting)?))
}

fn print((out, errors, code): (String, String, u8)) -> u8 {
    print!("{out}");
    eprint!("{errors}");
    code
}

/// `noste statistics import FILE`: the exit code.
///
/// # Errors
/// When the file or the data cannot be opened.
pub fn import(args: &StatisticsImportArgs) -> Result<u8, AppError> {
    let text = read(&args.file)?;
    let areas = args.areas.as_deref().map(read).transpose()?;
    let questions = args
        .ask
        .as_deref()
        .map(|file| questions(Some(file)))
        .transpose()?;
    let asked = match (&questions, &args.series) {
        (Some(questions), Some(id)) => Some(
            series(questions, id)
                .ok_or_else(|| setting(format!("the file of questions has no series {id}")))?,
        ),
        _ => None,
    };
    let store = open(&args.at)?;
    let done = match asked {
        Some(series) => run_answer(&store, &args.file, &text, series),
        None => run_import(&store, &args.file, &text, areas.as_deref()),
    };
    store.shutdown();
    Ok(print(done.map_err(setting)?))
}

fn read(path: &Path) -> Result<String, AppError> {
    let bytes = std::fs::read(path).map_err(AppError::file(path))?;
    // Spreadsheets save CSV in the code page of their machine unless they are told otherwise.
    String::from_utf8(bytes).map_err(|error| {
        setting(format!(
            "{} is not UTF-8 (byte {}): save it again as UTF-8, in a spreadsheet as \"CSV UTF-8\"",
            path.display(),
            error.utf8_error().valid_up_to()
        ))
    })
}

fn open(at: &WhereArgs) -> Result<Store, AppError> {
    Ok(Store::open(config(at)?, &features::migrations())?)
}

fn config(at: &WhereArgs) -> Result<StoreConfig, AppError> {
    match (&at.config, &at.data) {
        (Some(config), _) => crate::token::of_config(config, at.county.as_deref()),
        (None, Some(data)) => demo::store_config(data),
        (None, None) => {
            let words = "tell the configuration with --config, or a demo's folder with --data";
            Err(AppError::Setting(words.to_owned()))
        }
    }
}
