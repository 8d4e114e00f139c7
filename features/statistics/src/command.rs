//! What `noste statistics fetch` and `noste statistics import` do, with progress on a terminal.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use opendata::pxweb::{self, Pxweb};
use opendata::sotkanet::{self, Sotkanet};
use opendata::thl::{self, Thl};
use opendata::{OpenDataError, Settings};
use store::Store;

use crate::ask::{Questions, Series};
use crate::catalogue;
use crate::cubes::{self, How, Services};
use crate::domain::{Kept, Source, StatisticsError};
use crate::fetch::{Plan, Step, Summary, fetch};
use crate::import;

/// Everything went well.
pub const DONE: u8 = 0;
/// Something was refused or not fetched; what there was before is as it was.
pub const NOT_ALL: u8 = 1;

/// Years that are fetched when none are told.
pub const USUAL_YEARS: i16 = 10;

/// How Sotkanet is to be asked.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Another address than the usual one.
    pub base: Option<String>,
    /// A page or an address by which the keepers of the service reach the county.
    pub contact: String,
    /// Names to go by when the usual one is refused.
    pub agents: Vec<String>,
    /// Pause between two questions.
    pub gap: Duration,
}

impl Asking {
    /// Sotkanet, asked by the program's name and the county's contact.
    ///
    /// # Errors
    /// An address or a name that cannot be used.
    pub fn service(&self) -> Result<Sotkanet, OpenDataError> {
        Sotkanet::new(self.settings(sotkanet::BASE))
    }

    /// The service of tables or of cubes, asked likewise.
    ///
    /// # Errors
    /// As [`Asking::service`].
    pub fn services(&self, source: Source) -> Result<Services, OpenDataError> {
        Ok(match source {
            Source::Statfin => Services {
                // Titles and codes are read in Finnish, as the questions are written.
                statfin: Some(Pxweb::new(self.settings(&format!("{}/fi", pxweb::BASE)))?),
                thl: None,
            },
            Source::Thl => Services {
                statfin: None,
                thl: Some(Thl::new(self.settings(thl::BASE))?),
            },
            Source::Sotkanet | Source::File => Services::default(),
        })
    }

    fn settings(&self, usual: &str) -> Settings {
        let base = self.base.as_deref().unwrap_or(usual);
        let agent = format!(
            "Noste/{} (+{})",
            env!("CARGO_PKG_VERSION"),
            self.contact.trim()
        );
        let mut settings = Settings::new(base, agent);
        settings.agents.extend(self.agents.iter().cloned());
        settings.gap = self.gap;
        settings
    }
}

/// Sotkanet's ids that are asked when none are told.
pub fn usual_indicators() -> Vec<u32> {
    let codes = catalogue::indicators().iter();
    codes.filter_map(|one| one.code.parse().ok()).collect()
}

/// Fetches, and tells on standard error how far it is; the exit code.
///
/// # Errors
/// When the store fails.
pub async fn run_fetch(
    store: &Store,
    service: &Sotkanet,
    plan: &Plan,
) -> Result<u8, StatisticsError> {
    let bar = bar(plan.indicators.len() as u64);
    let summary = fetch(store, service, plan, &mut |step| show(&bar, step)).await?;
    bar.finish_and_clear();
    Ok(end(&summary))
}

/// Fetches tables and cubes likewise.
///
/// # Errors
/// When the store fails.
pub async fn run_cubes(
    store: &Store,
    services: &Services,
    questions: &Questions,
    how: How,
) -> Result<u8, StatisticsError> {
    let bar = bar(questions.series.len() as u64);
    let mut tell = |step: Step<'_>| show(&bar, step);
    let summary = cubes::fetch(store, services, questions, how, &mut tell).await?;
    bar.finish_and_clear();
    Ok(end(&summary))
}

fn show(bar: &ProgressBar, step: Step<'_>) {
    match step {
        Step::Areas(count) => bar.set_message(format!("{count} areas")),
        Step::Indicator(place, title, years) => {
            bar.set_position(place as u64 - 1);
            bar.set_message(format!("{} ({years} years)", short(title)));
        }
        Step::Year(..) => bar.tick(),
        Step::Fault(why) => bar.suspend(|| eprintln!("{why}")),
    }
}

/// Tells what a fetch did; the exit code.
fn end(summary: &Summary) -> u8 {
    println!("{}", told(summary));
    if let Some(why) = &summary.stopped {
        eprintln!("stopped: {why}");
        eprintln!("What was fetched is kept. The same command goes on from there.");
    }
    if summary.is_whole() { DONE } else { NOT_ALL }
}

/// A bar on a terminal; nothing where nobody looks.
fn bar(all: u64) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(all), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar
}

fn short(title: &str) -> String {
    title.chars().take(50).collect()
}

/// One line about a fetch, and one for each thing that was left out.
pub fn told(summary: &Summary) -> String {
    let Kept {
        added,
        changed,
        withdrawn,
        same,
    } = summary.kept;
    let mut lines = vec![format!(
        "{} indicators, {} years fetched, {} years unchanged: {added} values added, {changed} changed, {withdrawn} taken back, {same} as before",
        summary.indicators, summary.years, summary.unchanged
    )];
    if !summary.unknown.is_empty() {
        let ids: Vec<String> = summary.unknown.iter().map(u32::to_string).collect();
        lines.push(format!(
            "areas that are in no list, left out: {}",
            ids.join(", ")
        ));
    }
    for (count, what) in [
        (summary.retired, "values of retired areas left out"),
        (summary.doubtful, "zeros that stand for no value left out"),
        (
            summary.left_out,
            "areas that the questions do not know left out",
        ),
        (summary.faults.len(), "faults: the old values are kept"),
    ] {
        if count > 0 {
            lines.push(format!("{count} {what}"));
        }
    }
    lines.join("\n")
}

/// Imports a file; what to print, what to print on standard error, and the exit code. A file with a wrong line changes
/// nothing.
///
/// # Errors
/// When the store fails.
pub fn run_import(
    store: &Store,
    file: &Path,
    text: &str,
    areas: Option<&str>,
) -> Result<(String, String, u8), StatisticsError> {
    let name = file
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("file");
    let areas = match areas.map(sotkanet::read_regions).transpose() {
        Ok(areas) => areas,
        Err(fault) => {
            return Ok((
                String::new(),
                format!("the list of areas: {fault}\n"),
                NOT_ALL,
            ));
        }
    };
    let read = match import::read(text, name, areas.as_ref()) {
        Ok(read) => read,
        Err(refused) => {
            let mut lines: Vec<String> = refused.iter().map(ToString::to_string).collect();
            lines.push("Nothing was imported.\n".to_owned());
            return Ok((String::new(), lines.join("\n"), NOT_ALL));
        }
    };
    let done = import::keep(store, &read)?;
    let Kept {
        added,
        changed,
        same,
        ..
    } = done.kept;
    let mut out = format!(
        "{} indicators: {added} values added, {changed} changed, {same} as before\n",
        done.indicators
    );
    for (count, what) in [
        (read.skipped, "values of unknown or retired areas left out"),
        (read.doubtful, "zeros that stand for no value left out"),
    ] {
        if count > 0 {
            out.push_str(&format!("{count} {what}\n"));
        }
    }
    Ok((out, String::new(), DONE))
}

/// Imports an answer of StatFin or THL that was saved to a file; what to print, what to print on standard error, and the exit
/// code.
///
/// # Errors
/// When the store fails.
pub fn run_answer(
    store: &Store,
    file: &Path,
    text: &str,
    series: &Series,
) -> Result<(String, String, u8), StatisticsError> {
    Ok(match cubes::import(store, series, file, text)? {
        Ok(kept) => {
            let Kept {
                added,
                changed,
                same,
                ..
            } = kept;
            let out = format!(
                "{}: {added} values added, {changed} changed, {same} as before\n",
                series.indicator
            );
            (out, String::new(), DONE)
        }
        Err(why) => (
            String::new(),
            format!("{}: {why}\nNothing was imported.\n", file.display()),
            NOT_ALL,
        ),
    })
}

/// Imports borders of municipalities; likewise.
///
/// # Errors
/// When the store fails.
pub fn run_borders(
    store: &Store,
    county: &str,
    file: &Path,
    bytes: &[u8],
    attribution: Option<&str>,
) -> Result<(String, String, u8), StatisticsError> {
    let done = crate::borders::import(store, county, file, bytes, attribution)?;
    Ok(match done {
        Ok(missing) if missing.is_empty() => (
            "borders of every municipality of the county\n".to_owned(),
            String::new(),
            DONE,
        ),
        Ok(missing) => (
            format!("borders imported; the file lacks {}\n", missing.join(", ")),
            String::new(),
            DONE,
        ),
        Err(why) => (
            String::new(),
            format!("{}: {why}\nThe borders are as before.\n", file.display()),
            NOT_ALL,
        ),
    })
}
