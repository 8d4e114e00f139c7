//! The program's own log: lines about the house, never about a person.
//!
//! Lines of other crates may hold what passes through them (statements with their values, heads of requests), so whatever
//! `NOSTE_LOG` asks for, only our rooms say more than warnings, and the older `log` interface is not listened to at all.

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, fmt};

/// Rooms whose lines are ours to answer for.
const ROOMS: [&str; 34] = [
    "access",
    "api",
    "app",
    "assessment",
    "casework",
    "charts",
    "clients",
    "desk",
    "disclosure",
    "documents",
    "door",
    "figures",
    "identity",
    "intake",
    "kernel",
    "law",
    "noste",
    "notes",
    "oidc",
    "opendata",
    "oversight",
    "paper",
    "participation",
    "passkeys",
    "plan",
    "print",
    "publications",
    "reporting",
    "statistics",
    "store",
    "synth",
    "text",
    "web",
    "bench",
];

fn is_fit(metadata: &Metadata<'_>) -> bool {
    let room = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::WARN || ROOMS.contains(&room)
}

/// What writes lines of the wanted levels (as `NOSTE_LOG` tells them) that are fit to be written.
pub fn lines<W>(wanted: EnvFilter, to: W) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = fmt::layer()
        .with_writer(to)
        .with_filter(wanted)
        .with_filter(filter_fn(is_fit));
    tracing_subscriber::registry().with(lines)
}

/// Begins the log on standard error, and tells of panics without what they quote.
pub fn begin() {
    let wanted = EnvFilter::try_from_env("NOSTE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // Another log is there already in tests alone.
    let _ = tracing::subscriber::set_global_default(lines(wanted, std::io::stderr));
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(|place| format!("{}:{}", place.file(), place.line()))
            .unwrap_or_default();
        let words = web::words_of_code(panic.payload());
        eprintln!("noste: panic at {place}: {words}");
        let trace = std::backtrace::Backtrace::capture();
        if trace.status() == std::backtrace::BacktraceStatus::Captured {
            eprintln!("{trace}");
        }
    }));
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn others_say_warnings_alone_whatever_is_wanted() {
        let page = Page::default();
        let to = page.clone();
        let log = lines(EnvFilter::new("trace,hyper=trace"), move || to.clone());
        tracing::subscriber::with_default(log, || {
            tracing::trace!(target: "store::writer", "own-trace");
            tracing::debug!(target: "tokio_postgres::query", "foreign-debug");
            tracing::trace!(target: "hyper::proto", "foreign-trace");
            tracing::warn!(target: "hyper_util", "foreign-warning");
        });
        let said = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
        assert!(said.contains("own-trace") && said.contains("foreign-warning"));
        assert!(
            !said.contains("foreign-debug") && !said.contains("foreign-trace"),
            "{said}"
        );
    }

    #[test]
    fn every_room_is_known() {
        let workspace = include_str!("../../Cargo.toml");
        let members = workspace
            .split_once("members = [")
            .and_then(|(_, rest)| rest.split_once(']'))
            .map(|(members, _)| members)
            .unwrap();
        for member in members.split(',') {
            let room = member.trim().trim_matches('"').rsplit('/').next().unwrap();
            // Rooms of tests are no part of the program.
            let known = room.is_empty() || ["testkit", "sample", "fuzz"].contains(&room);
            assert!(known || ROOMS.contains(&room), "{room} is not in the list");
        }
    }
}
