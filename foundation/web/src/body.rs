//! Bodies of requests in memory: read once, up to the route's own limit, and counted while they come.
//!
//! Counted is what has come, not what was announced: a sender who announces much and sends nothing takes no room from
//! anybody. A body that finds the room full is told to come again; nobody waits, because those waiting would hold their
//! connections.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// Kibibytes of bodies held at once by one county: two or three full sets of five photographs, or 250 of the largest plain
/// forms. Taking a form with files apart needs up to twice as much again, for a moment.
const HOUSE: usize = 128 * 1024;
/// The same for all counties of the process.
const PROCESS: usize = 256 * 1024;

static ALL: Semaphore = Semaphore::const_new(PROCESS);

/// Room for the bodies of one county.
pub(crate) struct BodyRoom(Arc<Semaphore>);

impl Default for BodyRoom {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(HOUSE)))
    }
}

/// What a body has taken of the room; given back when it goes.
#[derive(Default)]
pub(crate) struct Held {
    house: Option<OwnedSemaphorePermit>,
    process: Option<SemaphorePermit<'static>>,
    kibibytes: usize,
}

/// Why there is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// More bytes than the route takes.
    TooLarge,
    /// No room now.
    Full,
    /// It broke off.
    Broken,
}

impl Held {
    /// Room for so many bytes in all.
    fn grow(&mut self, bytes: usize, room: &BodyRoom) -> Result<(), Fault> {
        let wanted = bytes.div_ceil(1024);
        let more = wanted.saturating_sub(self.kibibytes);
        let count = u32::try_from(more).map_err(|_| Fault::TooLarge)?;
        if count == 0 {
            return Ok(());
        }
        let house = Arc::clone(&room.0)
            .try_acquire_many_owned(count)
            .map_err(|_| Fault::Full)?;
        let process = ALL.try_acquire_many(count).map_err(|_| Fault::Full)?;
        match &mut self.house {
            Some(own) => own.merge(house),
            none => *none = Some(house),
        }
        match &mut self.process {
            Some(own) => own.merge(process),
            none => *none = Some(process),
        }
        self.kibibytes = wanted;
        Ok(())
    }
}

/// The whole body, and the room it takes.
pub(crate) async fn read(
    mut body: Body,
    most: usize,
    room: &BodyRoom,
) -> Result<(Bytes, Held), Fault> {
    let (mut all, mut held) = (Vec::new(), Held::default());
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Fault::Broken)?.into_data() else {
            continue;
        };
        let length = all.len() + data.len();
        if length > most {
            return Err(Fault::TooLarge);
        }
        held.grow(length, room)?;
        all.extend_from_slice(&data);
    }
    Ok((Bytes::from(all), held))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> BodyRoom {
        BodyRoom(Arc::new(Semaphore::new(4)))
    }

    #[tokio::test]
    async fn room_is_taken_by_what_came_and_given_back() {
        let room = small();
        let (bytes, held) = read(Body::from(vec![1; 3000]), 4096, &room)
            .await
            .ok()
            .unwrap();
        assert_eq!((bytes.len(), room.0.available_permits()), (3000, 1));
        let second = read(Body::from(vec![1; 2000]), 4096, &room).await;
        assert_eq!(second.err(), Some(Fault::Full));
        drop(held);
        assert_eq!(room.0.available_permits(), 4);
        let over = read(Body::from(vec![1; 4097]), 4096, &room).await;
        assert_eq!(over.err(), Some(Fault::TooLarge));
        assert_eq!(room.0.available_permits(), 4);
        assert!(read(Body::empty(), 0, &room).await.is_ok());
    }
}
