//! Eight workers at once, and what each page costs: in a small county, and in one at the size of the whole country's clients.
//!
//! Two phases. First every page that opens for somebody is asked one request at a time, with a warm cache: statements and
//! processor time of a request. Then eight workers read and write with pauses between, each in the worker's own pages,
//! beside a visitor of the public pages and a program: times of answers.
//!
//! The load generator is in the same process, so processor time holds the asking too, the same in both counties.

mod cost;
mod day;
mod pages;
mod people;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use app::commands::{LOG_KEY_FILE, SECRET_FILE};
use app::house::Built;
use kernel::chance::SystemChance;
use kernel::clock::SystemClock;
use store::{Engine, LogKey, StoreConfig};
use web::Secrets;

use crate::load;
use cost::Cost;

/// The county's code: that of `noste synth`.
const COUNTY: &str = "15";
/// Beside the keys of a county in PostgreSQL: its address.
const DATABASE_FILE: &str = "database";

/// Times of one page's answers under the crowd.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    pub count: usize,
    pub median: Duration,
    pub p95: Duration,
    pub p99: Duration,
}

/// What was measured in one county, by page.
type Measured = BTreeMap<String, (Cost, Times)>;

/// Measures the counties in these folders and prints the table: each page in each of them, and the last against the first.
///
/// # Errors
/// A folder without a county.
pub fn run(folders: &[String], window: Duration) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let mut all = Vec::new();
    let mut like = Vec::new();
    for folder in folders {
        let built = open(Path::new(folder))?;
        let (measured, loads) = runtime.block_on(measure(&built, window, &like))?;
        println!("{}: the eight answer for {}.", name(folder), listed(&loads));
        all.push(measured);
        like = loads;
        built.house.store.shutdown();
    }
    print(&all);
    Ok(())
}

/// A county as the table's page calls it.
fn name(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

fn listed(loads: &[i64]) -> String {
    let each: Vec<String> = loads.iter().map(ToString::to_string).collect();
    format!("{} clients and open matters", each.join(", "))
}

fn open(folder: &Path) -> Result<Built, String> {
    let said = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    let engine = match std::fs::read_to_string(folder.join(DATABASE_FILE)) {
        Ok(url) => app::config::engine(url.trim(), app::config::schema_of(COUNTY))
            .map_err(|error| said(&error))?,
        Err(_) => Engine::Sqlite {
            path: there(folder)?,
        },
    };
    let key = |name| {
        LogKey::load_or_create(&folder.join(name), &SystemChance).map_err(|error| said(&error))
    };
    let (log, secret) = (key(LOG_KEY_FILE)?, key(SECRET_FILE)?);
    let store = StoreConfig::new(
        COUNTY,
        engine,
        folder,
        log,
        Arc::new(SystemClock),
        Arc::new(SystemChance),
    );
    let secrets = Secrets::of_county(secret.0, COUNTY);
    crate::houses::house(store, secrets).map_err(|error| said(&error))
}

fn there(folder: &Path) -> Result<PathBuf, String> {
    let path = folder.join(format!("{COUNTY}.sqlite"));
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is not there: noste synth", path.display()))
    }
}

/// The county's pages, and what the eight who asked answer for.
async fn measure(
    built: &Built,
    window: Duration,
    like: &[i64],
) -> Result<(Measured, Vec<i64>), String> {
    let house = &built.house;
    let address = load::serve(built.router.clone()).await;
    let routes = pages::routes(&app::features::all(true));
    let crew = people::crew(house, address, &routes, like).await?;
    let loads = crew
        .iter()
        .take(people::EIGHT)
        .map(|one| one.load)
        .collect();
    tell_unopened(&routes, &crew);
    let costs = cost::of_pages(house, address, &crew).await?;
    let times = day::of_crowd(address, &crew, window).await?;
    let measured = costs
        .into_iter()
        .map(|(page, cost)| {
            let times = times.get(&page).copied().unwrap_or_default();
            (page, (cost, times))
        })
        .collect();
    Ok((measured, loads))
}

/// Pages that opened for nobody stand in no table: that they do not is said.
fn tell_unopened(routes: &[(String, pages::Asker)], crew: &[people::Worker]) {
    let open = |route: &str| {
        crew.iter()
            .any(|one| one.pages.iter().any(|page| page.name == route))
    };
    let left: Vec<&str> = routes
        .iter()
        .map(|(route, _)| route.as_str())
        .filter(|route| !open(route))
        .collect();
    eprintln!(
        "{} of {} pages opened for somebody; those of another state or right did not: {}",
        routes.len() - left.len(),
        routes.len(),
        left.join(" ")
    );
}

/// The aims of a page: 95 of 100 requests in this time, and so much processor time beside the small county's.
const SLOWEST: Duration = Duration::from_millis(100);
const DEAREST: f64 = 1.3;
/// A page that costs next to nothing swings with the machine: less than this is no difference.
const SAME_CPU_MS: f64 = 0.2;

fn print(all: &[Measured]) {
    let Some((first, last)) = all.first().zip(all.last()) else {
        return;
    };
    println!();
    println!(
        "| page | requests | statements | CPU ms | median ms | 95 % ms | 99 % ms | small: statements | CPU ms | 95 % ms | CPU to small |"
    );
    println!("| --- |{}", " ---: |".repeat(10));
    let mut slow = Vec::new();
    let mut dear = Vec::new();
    for (page, (cost, times)) in last {
        let Some((small, small_times)) = first.get(page) else {
            continue;
        };
        let ratio = cost.cpu_ms / small.cpu_ms.max(0.001);
        if times.p95 > SLOWEST {
            slow.push(page.as_str());
        }
        if ratio > DEAREST && cost.cpu_ms - small.cpu_ms > SAME_CPU_MS {
            dear.push(page.as_str());
        }
        println!(
            "| {page} | {} | {:.1} | {:.2} | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} | {:.1} | {ratio:.2} |",
            times.count,
            cost.statements,
            cost.cpu_ms,
            millis(times.median),
            millis(times.p95),
            millis(times.p99),
            small.statements,
            small.cpu_ms,
            millis(small_times.p95),
        );
    }
    let told = |pages: Vec<&str>| match pages.len() {
        0 => "none".to_owned(),
        _ => pages.join(", "),
    };
    println!("\nOver {} ms: {}.", SLOWEST.as_millis(), told(slow));
    println!(
        "\nMore than {DEAREST} times the small county's processor time, and {SAME_CPU_MS} ms more: {}.",
        told(dear)
    );
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
