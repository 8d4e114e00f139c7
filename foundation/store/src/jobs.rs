//! Jobs: work for later and work towards outside systems, stored in the transaction that wants it
//! done, run by whoever is there, safe to run twice.
//!
//! A runner leases a job, runs its function outside any transaction, and deletes it when done. A
//! runner that dies leaves a lease that ends, and the job is run again: a function must therefore be
//! safe to run twice. A failure is written down where everybody can see it, and tried again after
//! one minute, two, four ... up to six hours.

use std::{collections::HashMap, sync::Arc};

use kernel::{
    id::new_id_bytes,
    time::{SignedDuration, Timestamp},
};

use crate::{Query, Row, Store, StoreError, params};

/// How long a runner may take before another one takes the job.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// A lease that ends later than this from now was taken while a clock was wrong, and is none.
const SANE_LEASE: SignedDuration = SignedDuration::from_mins(15);
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(6);
/// As [`SANE_LEASE`], of a pause after a failure.
const SANE_PAUSE: SignedDuration = SignedDuration::from_hours(12);
/// What is due at `$1`: its time has come and nobody has it. Times that a wrong clock left are not waited for.
const DUE: &str = "(run_at <= $1 or (failure is not null and run_at > $3))
    and (lease_until is null or lease_until <= $1 or lease_until > $2)";
/// From this many failures on a job is reported as stuck; it is still tried.
const STUCK_ATTEMPTS: u32 = 5;

/// A job as its function sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The same at every attempt: what an outside system gets as the key against doing it twice.
    pub id: [u8; 16],
    pub kind: String,
    pub payload: String,
    /// How many times it has been tried before.
    pub attempts: u32,
}

/// A job that waits, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingJob {
    pub job: Job,
    /// When it will be tried.
    pub run_at: Timestamp,
    pub created_at: Timestamp,
    pub why: Waiting,
}

/// Why a job waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// Its time has not come, or it is about to be taken.
    ForItsTime,
    /// A runner has it until the moment.
    Running { until: Timestamp },
    /// It failed with the message; `stuck` after several failures.
    AfterFailure { message: String, stuck: bool },
    /// The program has no function for it.
    NoFunction,
}

type Work = Arc<dyn Fn(&Store, &Job) -> Result<(), String> + Send + Sync>;

/// Runs jobs of the kinds it knows.
#[derive(Clone)]
pub struct Runner {
    store: Store,
    kinds: HashMap<&'static str, Work>,
    /// Tells this runner's leases from another's.
    holder: [u8; 16],
}

impl Runner {
    /// A runner without kinds.
    pub fn new(store: Store) -> Self {
        let holder = new_id_bytes(store.clock().as_ref(), store.chance().as_ref());
        Self {
            store,
            kinds: HashMap::new(),
            holder,
        }
    }

    /// Registers the function of a kind. An error's text is shown in the queue: no client data in it.
    #[must_use]
    pub fn kind(
        mut self,
        kind: &'static str,
        work: impl Fn(&Store, &Job) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        self.kinds.insert(kind, Arc::new(work));
        self
    }

    /// Runs what is due, one after another, on this thread. Gives how many were done and how many
    /// failed.
    ///
    /// # Errors
    /// The store's; a job's own failure is counted and written down.
    pub fn run_due(&self) -> Result<Ran, StoreError> {
        let mut ran = Ran::default();
        // Each job once in a round: one whose failure is quick must not keep the others waiting.
        let due = self.due()?;
        for id in due {
            match self.lease(id)? {
                None => {}
                Some(job) if self.run_one(&job)? => ran.done += 1,
                Some(_) => ran.failed += 1,
            }
        }
        Ok(ran)
    }

    /// All jobs that wait, the next one first, at most `limit`.
    ///
    /// # Errors
    /// The store's.
    pub fn waiting(&self, limit: u32) -> Result<Vec<WaitingJob>, StoreError> {
        let now = self.store.clock().now();
        let known: Vec<String> = self.kinds.keys().map(|kind| (*kind).to_owned()).collect();
        self.store.read_blocking(move |tx| {
            let rows = tx.query(
                "select id, kind, payload, attempts, run_at, created_at, lease_until, failure
                 from job order by run_at, id limit $1",
                &params![limit],
            )?;
            rows.iter().map(|row| waiting(row, now, &known)).collect()
        })
    }

    fn due(&self) -> Result<Vec<[u8; 16]>, StoreError> {
        let now = self.store.clock().now();
        let known: Vec<&'static str> = self.kinds.keys().copied().collect();
        self.store.read_blocking(move |tx| {
            let rows = tx.query(
                &format!("select id, kind from job where {DUE} order by run_at, id"),
                &params![now, now + SANE_LEASE, now + SANE_PAUSE],
            )?;
            let mut due = Vec::new();
            for row in rows {
                let kind: String = row.get(1)?;
                if known.contains(&kind.as_str()) {
                    due.push(row.get(0)?);
                }
            }
            Ok(due)
        })
    }

    /// Takes a job, unless somebody else has it or has done it.
    fn lease(&self, id: [u8; 16]) -> Result<Option<Job>, StoreError> {
        let now = self.store.clock().now();
        let holder = self.holder;
        let receipt = self.store.write_blocking(move |tx| {
            tx.query_optional(
                &format!(
                    "update job set lease_until = $5, lease_holder = $6, attempts = attempts + 1
                     where id = $4 and {DUE} returning id, kind, payload, attempts - 1"
                ),
                &params![
                    now,
                    now + SANE_LEASE,
                    now + SANE_PAUSE,
                    id,
                    now + LEASE,
                    holder
                ],
            )?
            .as_ref()
            .map(job)
            .transpose()
        });
        receipt.map(|receipt| receipt.value)
    }

    /// Runs a leased job; whether it is done.
    fn run_one(&self, job: &Job) -> Result<bool, StoreError> {
        let work = self.kinds.get(job.kind.as_str()).cloned();
        let attempt = std::panic::AssertUnwindSafe(|| match work {
            Some(work) => work(&self.store, job),
            None => Err("no function for this kind".to_owned()),
        });
        let answer = std::panic::catch_unwind(attempt)
            .unwrap_or_else(|_| Err("the function panicked".to_owned()));
        let (id, holder) = (job.id, self.holder);
        match answer {
            Ok(()) => {
                // Only the lease's holder ends it: a slow runner must not end another's attempt.
                self.store.write_blocking(move |tx| {
                    tx.execute(
                        "delete from job where id = $1 and lease_holder = $2",
                        &params![id, holder],
                    )
                })?;
                Ok(true)
            }
            Err(message) => {
                tracing::warn!(
                    kind = job.kind,
                    attempts = job.attempts + 1,
                    message,
                    "a job failed"
                );
                let run_at = self.store.clock().now() + pause(job.attempts);
                self.store.write_blocking(move |tx| {
                    tx.execute(
                        "update job set run_at = $3, failure = $4, lease_until = null, lease_holder = null
                         where id = $1 and lease_holder = $2",
                        &params![id, holder, run_at, message],
                    )
                })?;
                Ok(false)
            }
        }
    }
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ran {
    pub done: u32,
    pub failed: u32,
}

/// How long to wait after a failure when `attempts` came before it.
fn pause(attempts: u32) -> SignedDuration {
    FIRST_PAUSE
        .checked_mul(1 << attempts.min(16))
        .map_or(LONGEST_PAUSE, |pause| pause.min(LONGEST_PAUSE))
}

fn job(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.get(0)?,
        kind: row.get(1)?,
        payload: row.get(2)?,
        attempts: row.get(3)?,
    })
}

fn waiting(row: &Row, now: Timestamp, known: &[String]) -> Result<WaitingJob, StoreError> {
    let job = job(row)?;
    let lease: Option<Timestamp> = row.get(6)?;
    let failure: Option<String> = row.get(7)?;
    let why = match (lease, failure) {
        _ if !known.contains(&job.kind) => Waiting::NoFunction,
        (Some(until), _) if until > now => Waiting::Running { until },
        (_, Some(message)) => Waiting::AfterFailure {
            message,
            stuck: job.attempts >= STUCK_ATTEMPTS,
        },
        _ => Waiting::ForItsTime,
    };
    Ok(WaitingJob {
        job,
        run_at: row.get(4)?,
        created_at: row.get(5)?,
        why,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_six_hours() {
        assert_eq!(pause(0), SignedDuration::from_mins(1));
        assert_eq!(pause(3), SignedDuration::from_mins(8));
        assert_eq!(pause(9), LONGEST_PAUSE);
        assert_eq!(pause(u32::MAX), LONGEST_PAUSE);
    }
}
