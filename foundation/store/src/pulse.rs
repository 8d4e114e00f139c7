//! What the store tells those who watch it: how commits go, and how much waits. No content.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use kernel::time::Timestamp;

use crate::{Query, StoreError, params};

/// Upper bounds of the classes of commits, in seconds; one more class has no bound.
pub const COMMIT_BOUNDS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0];

/// How commits have gone since the store was opened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Commits {
    /// Commits by the time that they took, as [`COMMIT_BOUNDS`].
    pub durations: [u64; COMMIT_BOUNDS.len() + 1],
    /// All of them together, in seconds.
    pub seconds: f64,
    /// Closures and log entries' calls that were committed: more than commits, for they are grouped.
    pub calls: u64,
    /// Batches that were not committed.
    pub failed: u64,
}

/// Counts of the writer's thread.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    durations: [AtomicU64; COMMIT_BOUNDS.len() + 1],
    micros: AtomicU64,
    calls: AtomicU64,
    failed: AtomicU64,
}

impl Pulse {
    /// A batch was committed.
    pub fn committed(&self, took: Duration, calls: usize) {
        let seconds = took.as_secs_f64();
        let place = COMMIT_BOUNDS.partition_point(|bound| *bound < seconds);
        self.durations[place].fetch_add(1, Ordering::Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
        self.calls.fetch_add(calls as u64, Ordering::Relaxed);
    }

    /// A batch was not.
    pub fn failed(&self) {
        self.failed.fetch_add(1, Ordering::Relaxed);
    }

    pub fn commits(&self) -> Commits {
        let load = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Commits {
            durations: std::array::from_fn(|place| load(&self.durations[place])),
            seconds: load(&self.micros) as f64 / 1e6,
            calls: load(&self.calls),
            failed: load(&self.failed),
        }
    }
}

/// Rows that wait for something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Stored jobs, all of them.
    pub jobs: u64,
    /// Those that should have run by now.
    pub jobs_due: u64,
    /// Those that failed when they were tried.
    pub jobs_failed: u64,
    /// Drafts kept.
    pub drafts: u64,
}

/// Counts what waits, in one statement.
///
/// # Errors
/// What the engine refuses.
pub fn waiting(query: &mut impl Query, now: Timestamp) -> Result<Waiting, StoreError> {
    let row = query.query_one(
        "select count(*), count(*) filter (where run_at <= $1), count(*) filter (where failure is not null),
                (select count(*) from draft)
         from job",
        &params![now],
    )?;
    let count = |column: usize| -> Result<u64, StoreError> {
        let count: i64 = row.get(column)?;
        Ok(u64::try_from(count).unwrap_or_default())
    };
    Ok(Waiting {
        jobs: count(0)?,
        jobs_due: count(1)?,
        jobs_failed: count(2)?,
        drafts: count(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_commit_is_in_one_class() {
        let pulse = Pulse::default();
        for micros in [10, 1_000, 1_001, 3_000_000] {
            pulse.committed(Duration::from_micros(micros), 2);
        }
        pulse.failed();
        let commits = pulse.commits();
        assert_eq!(commits.durations, [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!((commits.calls, commits.failed), (8, 1));
        assert!((commits.seconds - 3.002_011).abs() < 1e-9);
    }
}
