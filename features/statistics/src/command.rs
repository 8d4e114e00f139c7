//! What `noste statistics fetch` and `noste statistics import` do, with progress on a terminal.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use opendata::sotkanet::{self, Sotkanet};
use opendata::{OpenDataError, Settings};
use store::Store;

use crate::catalogue;
use crate::domain::{Kept, StatisticsError};
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
    /// The service, asked by the program's name and the county's contact.
    ///
    /// # Errors
    /// An address or a name that cannot be used.
    pub fn service(&self) -> Result<Sotkanet, OpenDataError> {
        let base = self.base.as_deref().unwrap_or(sotkanet::BASE);
        let agent = format!(
            "Noste/{} (+{})",
            env!("CARGO_PKG_VERSION"),
            self.contact.trim()
        );
        let mut settings = Settings::new(base, agent);
        settings.agents.extend(self.agents.iter().cloned());
        settings.gap = self.gap;
        Sotkanet::new(settings)
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
    let mut tell = |step: Step<'_>| match step {
        Step::Areas(count) => bar.set_message(format!("{count} areas")),
        Step::Indicator(place, title, years) => {
            bar.set_position(place as u64 - 1);
            bar.set_message(format!("{} ({years} years)", short(title)));
        }
        Step::Year(..) => bar.tick(),
        Step::Fault(why) => bar.suspend(|| eprintln!("{why}")),
    };
    let summary = fetch(store, service, plan, &mut tell).await?;
    bar.finish_and_clear();
    println!("{}", told(&summary));
    if let Some(why) = &summary.stopped {
        eprintln!("stopped: {why}");
        eprintln!("What was fetched is kept. The same command goes on from there.");
    }
    Ok(if summary.is_whole() { DONE } else { NOT_ALL })
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
