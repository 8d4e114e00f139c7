//! Figures for those who watch the house, as Prometheus reads them. They go to an address of their own, never to the public
//! one, and hold no client data: codes of counties, patterns of routes, counts and times.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kernel::clock::Clock;
use store::pulse::{self, COMMIT_BOUNDS, Waiting};
use web::House;
use web::metrics::{BOUNDS, Pattern};

use crate::server::lines::Lines;

/// What may be asked of the database while somebody waits for figures.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is told of.
#[derive(Clone)]
pub struct Told {
    pub houses: Arc<Vec<House>>,
    /// The public listener's connections.
    pub lines: Arc<Lines>,
}

/// The service of the listener for figures: `/metrics`, and nothing else.
pub fn router(told: Told) -> Router {
    Router::new().route("/metrics", get(show)).with_state(told)
}

async fn show(State(told): State<Told>) -> Response {
    let mut page = Page::default();
    page.program();
    page.connections(&told.lines);
    let mut waiting = Vec::new();
    for house in told.houses.iter() {
        waiting.push(waiting_in(house).await);
    }
    page.stores(&told.houses, &waiting);
    page.commits(&told.houses);
    page.requests(&told.houses);
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    (kind, page.text).into_response()
}

/// What waits in a county; `None` when its database does not tell in time.
async fn waiting_in(house: &House) -> Option<Waiting> {
    let now = house.now();
    let asked = house.store.read(move |tx| pulse::waiting(tx, now));
    tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()
}

/// Seconds since the heads of the log were written outside the database.
fn heads_age(house: &House, clock: &dyn Clock) -> Option<f64> {
    let path = house.store.config().heads_path();
    let written = std::fs::metadata(path).ok()?.modified().ok()?;
    let written = written.duration_since(std::time::UNIX_EPOCH).ok()?;
    let now = clock.now().as_duration().as_secs_f64();
    Some((now - written.as_secs_f64()).max(0.0))
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        self.text.push_str(name);
        for (place, (label, value)) in labels.iter().enumerate() {
            self.text.push(if place == 0 { '{' } else { ',' });
            let value = value
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', "\\n");
            let _ = write!(self.text, "{label}=\"{value}\"");
        }
        if !labels.is_empty() {
            self.text.push('}');
        }
        let _ = writeln!(self.text, " {value}");
    }

    /// Classes as Prometheus wants them: each holds those before it too.
    fn histogram(
        &mut self,
        name: &str,
        labels: &[(&str, &str)],
        bounds: &[f64],
        (counts, seconds): (&[u64], f64),
    ) {
        let mut all = 0;
        for (place, count) in counts.iter().enumerate() {
            all += count;
            let bound = bounds
                .get(place)
                .map_or_else(|| "+Inf".to_owned(), f64::to_string);
            let mut with = labels.to_vec();
            with.push(("le", &bound));
            self.line(&format!("{name}_bucket"), &with, all);
        }
        self.line(&format!("{name}_sum"), labels, seconds);
        self.line(&format!("{name}_count"), labels, all);
    }

    fn program(&mut self) {
        self.head("noste_info", "gauge", "The program's version.");
        self.line("noste_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
        for (name, kind, help, value) in process() {
            self.head(name, kind, help);
            self.line(name, &[], value);
        }
    }

    fn connections(&mut self, lines: &Lines) {
        let name = "noste_connections";
        self.head(name, "gauge", "Open connections of the public listener.");
        for (doing, count) in ["waiting", "head", "work"].iter().zip(lines.counts()) {
            self.line(name, &[("doing", doing)], count);
        }
        let name = "noste_connections_ended_total";
        self.head(
            name,
            "counter",
            "Connections that the house cut or did not take.",
        );
        for (why, count) in lines.gone() {
            self.line(name, &[("why", why.name())], count);
        }
    }

    fn stores(&mut self, houses: &[House], waiting: &[Option<Waiting>]) {
        let (told, told_of): (&[_], _) = (houses, houses.iter().zip(waiting));
        self.each("noste_store_open", "The store takes work.", told, |house| {
            Some(u64::from(house.store.is_open()) as f64)
        });
        self.each(
            "noste_writes_waiting",
            "Closures that wait for the writer.",
            told,
            |house| Some(house.store.waiting().0 as f64),
        );
        self.each(
            "noste_reads_waiting",
            "Closures that wait for a reader.",
            told,
            |house| Some(house.store.waiting().1 as f64),
        );
        self.each(
            "noste_log_heads_age_seconds",
            "Since the heads of the log were written outside the database; only entries renew them.",
            told,
            |house| heads_age(house, &*house.clock),
        );
        self.each("noste_live_streams", "Open live channels.", told, |house| {
            Some(house.live.streams() as f64)
        });
        self.head("noste_jobs", "gauge", "Stored jobs.");
        for (house, waiting) in told_of.clone() {
            let Some(waiting) = waiting else { continue };
            let county = house.county.code.as_str();
            for (state, count) in [
                ("kept", waiting.jobs),
                ("due", waiting.jobs_due),
                ("failed", waiting.jobs_failed),
            ] {
                self.line("noste_jobs", &[("county", county), ("state", state)], count);
            }
        }
        self.head("noste_drafts", "gauge", "Drafts kept.");
        for (house, waiting) in told_of {
            if let Some(waiting) = waiting {
                let labels = [("county", house.county.code.as_str())];
                self.line("noste_drafts", &labels, waiting.drafts);
            }
        }
    }

    fn each(
        &mut self,
        name: &str,
        help: &str,
        houses: &[House],
        value: impl Fn(&House) -> Option<f64>,
    ) {
        self.head(name, "gauge", help);
        for house in houses {
            if let Some(value) = value(house) {
                self.line(name, &[("county", &house.county.code)], value);
            }
        }
    }

    fn commits(&mut self, houses: &[House]) {
        let name = "noste_commit_seconds";
        self.head(
            name,
            "histogram",
            "Commits of the writer, by the time that they took.",
        );
        for house in houses {
            let commits = house.store.commits();
            let labels = [("county", house.county.code.as_str())];
            self.histogram(
                name,
                &labels,
                &COMMIT_BOUNDS,
                (&commits.durations, commits.seconds),
            );
        }
        for (name, help, of) in [
            (
                "noste_commit_calls_total",
                "Closures that were committed: several in one commit.",
                (|house| house.store.commits().calls) as fn(&House) -> u64,
            ),
            (
                "noste_commits_failed_total",
                "Batches that were not committed.",
                |house| house.store.commits().failed,
            ),
        ] {
            self.head(name, "counter", help);
            for house in houses {
                self.line(name, &[("county", &house.county.code)], of(house));
            }
        }
    }

    fn requests(&mut self, houses: &[House]) {
        let counted: Vec<_> = houses
            .iter()
            .map(|house| (house.county.code.as_str(), house.metrics.counted()))
            .collect();
        let labels = |county, route: &Pattern| -> Vec<(&'static str, String)> {
            let text = |text: &str| text.to_owned();
            vec![
                ("county", text(county)),
                ("method", text(route.method)),
                ("route", text(&route.path)),
            ]
        };
        let name = "noste_requests_total";
        self.head(name, "counter", "Answers by route and class of status.");
        for (county, routes) in &counted {
            for (route, counts) in routes {
                for (class, count) in counts.classes.iter().enumerate() {
                    if *count > 0 {
                        let own = labels(county, route);
                        let mut own: Vec<(&str, &str)> = own
                            .iter()
                            .map(|(name, value)| (*name, value.as_str()))
                            .collect();
                        let class = format!("{}xx", class + 1);
                        own.push(("class", &class));
                        self.line(name, &own, count);
                    }
                }
            }
        }
        let name = "noste_request_seconds";
        self.head(
            name,
            "histogram",
            "Time to the head of the answer, by route.",
        );
        for (county, routes) in &counted {
            for (route, counts) in routes {
                let own = labels(county, route);
                let own: Vec<(&str, &str)> = own
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                self.histogram(name, &own, &BOUNDS, (&counts.durations, counts.seconds));
            }
        }
    }
}

type Figure = (&'static str, &'static str, &'static str, f64);

/// The process as the machine sees it. Where there is no `/proc` there are no figures.
fn process() -> Vec<Figure> {
    let mut figures = Vec::new();
    let read = |name: &str| std::fs::read_to_string(format!("/proc/self/{name}")).ok();
    if let Some(memory) = read("status").and_then(|status| kibibytes(&status, "VmRSS:")) {
        figures.push((
            "process_resident_memory_bytes",
            "gauge",
            "Memory of the process.",
            memory * 1024.0,
        ));
    }
    if let Some(ticks) = read("stat").and_then(|stat| ticks(&stat)) {
        // A hundred ticks a second on every Linux that we run on.
        figures.push((
            "process_cpu_seconds_total",
            "counter",
            "Processor time of the process.",
            ticks / 100.0,
        ));
    }
    if let Ok(open) = std::fs::read_dir("/proc/self/fd") {
        figures.push((
            "process_open_fds",
            "gauge",
            "Open files and connections.",
            open.count() as f64,
        ));
    }
    if let Some(most) = most_open_files() {
        figures.push((
            "process_max_fds",
            "gauge",
            "Most open files and connections.",
            most as f64,
        ));
    }
    figures
}

fn kibibytes(status: &str, name: &str) -> Option<f64> {
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The processor time of `/proc/self/stat`, in ticks: fields 14 and 15, after a name that may hold anything.
fn ticks(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

/// How many files and connections the process may have open.
pub fn most_open_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max open files"))?;
    line.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_add_up_and_labels_cannot_break_out() {
        let mut page = Page::default();
        page.histogram(
            "x",
            &[("route", "a\"b\\c\nd")],
            &[0.5, 1.0],
            (&[2, 0, 3], 7.5),
        );
        assert_eq!(
            page.text,
            "x_bucket{route=\"a\\\"b\\\\c\\nd\",le=\"0.5\"} 2\n\
             x_bucket{route=\"a\\\"b\\\\c\\nd\",le=\"1\"} 2\n\
             x_bucket{route=\"a\\\"b\\\\c\\nd\",le=\"+Inf\"} 5\n\
             x_sum{route=\"a\\\"b\\\\c\\nd\"} 7.5\n\
             x_count{route=\"a\\\"b\\\\c\\nd\"} 5\n"
        );
    }

    #[test]
    fn the_machine_tells_of_the_process() {
        assert_eq!(
            kibibytes("Name:\tnoste\nVmRSS:\t  1234 kB\n", "VmRSS:"),
            Some(1234.0)
        );
        assert_eq!(
            ticks("7 (a) b) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14"),
            Some(23.0)
        );
        assert_eq!(process().len(), 4);
        assert!(most_open_files() > Some(16));
    }
}
