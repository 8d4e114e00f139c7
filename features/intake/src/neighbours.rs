//! Other counties that the same house serves. Nothing crosses counties but what a worker sends: a package goes from the
//! outbox of one to the queue of the other, by a stored job.

use std::sync::{Arc, OnceLock};

use casework::domain::MatterId;
use casework::store::outbox;
use web::{Failure, House, Live};

use crate::glue::LIVE_TOPIC;
use crate::store::{Desk, parcel};

/// Where another county receives.
#[derive(Clone)]
pub struct Neighbour {
    /// Code of the county.
    pub county: String,
    pub store: store::Store,
    pub desk: Arc<Desk>,
    pub live: Live,
}

/// The counties beside this one; in the extras of each house, and filled when all have been built.
#[derive(Default)]
pub struct Neighbours(OnceLock<Vec<Neighbour>>);

impl Neighbours {
    /// Tells who the others are. Told once; later tellings change nothing.
    pub fn meet(&self, others: Vec<Neighbour>) {
        let _ = self.0.set(others);
    }

    fn of(&self, county: &str) -> Option<&Neighbour> {
        self.0.get()?.iter().find(|one| one.county == county)
    }
}

/// Takes the package of a matter to the county to which it was sent, when this house serves it; otherwise it waits for a
/// worker. Safe to run again: the receiver knows the package, and the sender is told afterwards.
///
/// # Errors
/// When one of the stores fails; the job is then run again.
pub async fn deliver(house: &House, matter: MatterId) -> Result<(), Failure> {
    let Some(neighbours) = house.extra::<Neighbours>() else {
        return Ok(());
    };
    let sent = house
        .store
        .read(move |tx| outbox::parcel(tx, matter))
        .await?;
    let Some(parcel) = sent else { return Ok(()) };
    let Some(there) = neighbours.of(&parcel.county).cloned() else {
        return Ok(());
    };
    let desk = Arc::clone(&there.desk);
    there
        .store
        .write(move |tx| parcel::receive(tx, &desk, &parcel))
        .await?;
    there.live.tell(LIVE_TOPIC);
    let casework = casework::glue::casework(house)?;
    house
        .store
        .write(move |tx| outbox::delivered(tx, &casework, matter))
        .await?;
    house.live.tell(casework::glue::LIVE_TOPIC);
    Ok(())
}
