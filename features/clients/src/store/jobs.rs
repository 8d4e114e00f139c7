//! What the clock does: the rules of watching that wait for time to pass.

use std::time::Duration;

use web::{Failure, House, Job};

use super::{Desk, watch};

/// How often searches without an entry are looked for.
const HOUR: Duration = Duration::from_secs(3_600);

/// Jobs of clients.
pub fn jobs() -> Vec<Job> {
    vec![Job::new("clients.watch", Some(HOUR), |house, _| {
        notice(house)
    })]
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
