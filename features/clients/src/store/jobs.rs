//! What the clock does: the rules of watching that wait for time to pass.

use std::time::Duration;

use web::{Failure, House, Job};

use text::search::Analysers;

use super::{Desk, lapse, watch};
use crate::timeline;

/// How often searches without an entry are looked for.
const HOUR: Duration = Duration::from_secs(3_600);

/// Jobs of clients.
pub fn jobs() -> Vec<Job> {
    vec![
        Job::new("clients.watch", Some(HOUR), |house, _| notice(house)),
        Job::new("clients.protection", Some(HOUR), |house, _| lapsed(house)),
        Job::new("clients.timeline_index", Some(HOUR), |house, _| {
            renew_index(house)
        }),
    ]
}

async fn notice(house: House) -> Result<(), Failure> {
    // A house without clients' desk has no searches either.
    let Some(desk) = house.extra::<Desk>() else {
        return Ok(());
    };
    house
        .store
        .write(move |tx| watch::notice_no_entry(tx, &desk))
        .await?;
    Ok(())
}

/// Tells of orders of non-disclosure that end soon, and works off those that have ended by their day.
async fn lapsed(house: House) -> Result<(), Failure> {
    let Some(desk) = house.extra::<Desk>() else {
        return Ok(());
    };
    house.store.write(move |tx| lapse::run(tx, &desk)).await?;
    Ok(())
}

/// Makes the index of the timeline anew when the machine got another analyser than the one that made it, such as
/// Voikko after it was installed.
async fn renew_index(house: House) -> Result<(), Failure> {
    let Some(analysers) = house.extra::<Analysers>() else {
        return Ok(());
    };
    let asked = analysers.clone();
    let old = house
        .store
        .read(move |tx| timeline::index_is_old(tx, &asked))
        .await?;
    if !old {
        return Ok(());
    }
    let store = house.store.clone();
    let done = tokio::task::spawn_blocking(move || timeline::rebuild(&store, &analysers, |_| {}))
        .await
        .map_err(Failure::internal)??;
    tracing::info!(done, "the index of the timeline was made anew");
    Ok(())
}
