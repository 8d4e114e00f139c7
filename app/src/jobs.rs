//! Runs the features' recurring jobs, and the queue of stored ones, beside the requests.

use std::time::Duration;

use store::jobs::Runner;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing::Instrument;
use web::{Feature, House, Job};

/// How often the queue of stored jobs is looked at.
const LOOK: Duration = Duration::from_secs(5);

/// Starts every job of the features. They stop when `stop` turns true.
pub fn start(
    house: &House,
    features: &[Feature],
    stop: &watch::Receiver<bool>,
) -> Vec<JoinHandle<()>> {
    let jobs: Vec<Job> = features
        .iter()
        .flat_map(|feature| feature.jobs.iter().cloned())
        .collect();
    let span = || tracing::error_span!("county", code = house.county.code.as_str());
    let mut handles: Vec<JoinHandle<()>> = jobs
        .iter()
        .filter_map(|job| job.every.map(|every| (job.clone(), every)))
        .map(|(job, every)| {
            let work = recurring(house.clone(), job, every, stop.clone());
            tokio::spawn(work.instrument(span()))
        })
        .collect();
    let queue = queued(house.clone(), jobs, stop.clone());
    handles.push(tokio::spawn(queue.instrument(span())));
    handles
}

async fn recurring(house: House, job: Job, every: Duration, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(failure) = (job.run)(house.clone(), String::new()).await {
            tracing::warn!(
                job = job.kind,
                ?failure,
                "a recurring job failed and will run again"
            );
        }
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}

async fn queued(house: House, jobs: Vec<Job>, mut stop: watch::Receiver<bool>) {
    let runner = std::sync::Arc::new(runner(&house, jobs));
    loop {
        let turn = std::sync::Arc::clone(&runner);
        let span = tracing::Span::current();
        match tokio::task::spawn_blocking(move || span.in_scope(|| turn.run_due())).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the queue of jobs could not be read"),
            Err(error) => tracing::warn!(%error, "the queue of jobs broke off"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// The runner of stored jobs: each kind is the feature's own function.
fn runner(house: &House, jobs: Vec<Job>) -> Runner {
    let handle = Handle::current();
    jobs.into_iter()
        .fold(Runner::new(house.store.clone()), |runner, job| {
            let (house, handle) = (house.clone(), handle.clone());
            runner.kind(job.kind, move |_, stored| {
                handle
                    .block_on((job.run)(house.clone(), stored.payload.clone()))
                    .map_err(|failure| format!("{failure:?}"))
            })
        })
}
