//! Rate limits: token buckets for each client.
//!
//! A client is a keyed hash of the session's key or of the address; the address itself is kept nowhere.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use kernel::time::{Timestamp, millis};

use crate::{Limit, Secrets};

/// Buckets kept at most, over all clients; full ones are forgotten first.
const MOST_BUCKETS: usize = 100_000;
/// So many go at a time when none is full, so that making room is rare work.
const ROOM: usize = MOST_BUCKETS / 10;

/// Name of the limit of routes where a receipt code could be guessed. It counts by address even for somebody signed in.
pub const GUESSES: &str = "receipt-code";

/// Whether limits hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LimitsMode {
    #[default]
    On,
    /// For benchmarks and for tests of other things.
    Off,
}

/// The buckets of a house.
pub(crate) struct Limits {
    key: [u8; 32],
    mode: LimitsMode,
    buckets: Mutex<HashMap<(&'static str, u64), Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    /// Requests left, in thousandths, at `at`.
    left: i64,
    /// Milliseconds since 1970.
    at: i64,
    /// Milliseconds since 1970 when it is full again: then it can be forgotten.
    full_at: i64,
}

impl Limits {
    pub(crate) fn new(secrets: &Secrets, mode: LimitsMode) -> Self {
        Self {
            key: secrets.key("noste 2026 client address"),
            mode,
            buckets: Mutex::default(),
        }
    }

    /// The keyed hash of an address or a session key.
    pub(crate) fn client(&self, identity: &[u8]) -> u64 {
        let hash = blake3::keyed_hash(&self.key, identity);
        hash.as_bytes()
            .first_chunk()
            .copied()
            .map_or(0, u64::from_le_bytes)
    }

    /// Takes one request of the client.
    ///
    /// # Errors
    /// Seconds to wait when the bucket is empty.
    pub(crate) fn take(&self, limit: &Limit, client: u64, now: Timestamp) -> Result<(), u64> {
        if self.mode == LimitsMode::Off {
            return Ok(());
        }
        let now = millis(now);
        let mut buckets = self.lock();
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, bucket| bucket.full_at > now);
            make_room(&mut buckets);
        }
        let burst = i64::from(limit.burst) * 1000;
        let bucket = buckets.entry((limit.name, client)).or_insert(Bucket {
            left: burst,
            at: now,
            full_at: now,
        });
        // Thousandths of a request in a millisecond: per_hour / 3600 s.
        let rate = |elapsed: i64| elapsed.saturating_mul(i64::from(limit.per_hour)) / 3600;
        let gained = rate(now.saturating_sub(bucket.at).max(0));
        if gained > 0 || now < bucket.at {
            bucket.left = bucket.left.saturating_add(gained).min(burst);
            bucket.at = now;
        }
        let time_for =
            |thousandths: i64| thousandths.saturating_mul(3600) / i64::from(limit.per_hour.max(1));
        if bucket.left < 1000 {
            let wait = time_for(1000 - bucket.left);
            return Err(u64::try_from(wait / 1000).unwrap_or(0) + 1);
        }
        bucket.left -= 1000;
        bucket.full_at = now.saturating_add(time_for(burst - bucket.left));
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(&'static str, u64), Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets, when there is no room, the buckets that would be full first: those of the oldest and fewest requests. Whoever
/// fills the map with new clients forgets those, and an emptied bucket stays empty.
fn make_room(buckets: &mut HashMap<(&'static str, u64), Bucket>) {
    if buckets.len() < MOST_BUCKETS {
        return;
    }
    let mut moments: Vec<i64> = buckets.values().map(|bucket| bucket.full_at).collect();
    let (_, limit, _) = moments.select_nth_unstable(ROOM - 1);
    let (limit, mut left) = (*limit, ROOM);
    buckets.retain(|_, bucket| {
        let goes = left > 0 && bucket.full_at <= limit;
        left -= usize::from(goes);
        !goes
    });
}

#[cfg(test)]
mod tests {
    use kernel::time::{SignedDuration, from_millis};
    use proptest::prelude::*;

    use super::*;

    const LIMIT: Limit = Limit {
        name: "test",
        burst: 5,
        per_hour: 3600,
    };

    #[test]
    fn the_map_of_buckets_stays_small() {
        let limits = Limits::new(&Secrets::new([1; 32]), LimitsMode::On);
        let start = from_millis(1_773_388_800_000);
        for client in 0..u64::try_from(MOST_BUCKETS).unwrap() + 10 {
            limits.take(&LIMIT, client, start).unwrap();
        }
        assert!(limits.lock().len() <= MOST_BUCKETS);
        // Full buckets are forgotten, used ones are not.
        let later = start + SignedDuration::from_secs(60);
        for client in 0..5 {
            limits.take(&LIMIT, client, later).unwrap();
        }
        assert!(limits.lock().len() < MOST_BUCKETS);
    }

    #[test]
    fn an_emptied_bucket_is_not_filled_by_a_crowd_of_new_clients() {
        let limits = Limits::new(&Secrets::new([1; 32]), LimitsMode::On);
        let now = from_millis(1_773_388_800_000);
        let guesser = u64::MAX;
        while limits.take(&LIMIT, guesser, now).is_ok() {}
        for client in 0..u64::try_from(MOST_BUCKETS * 2).unwrap() {
            limits.take(&LIMIT, client, now).unwrap();
            assert!(client % 1000 != 0 || limits.take(&LIMIT, guesser, now).is_err());
        }
        assert!(limits.take(&LIMIT, guesser, now).is_err());
        assert!(limits.lock().len() <= MOST_BUCKETS);
    }

    #[test]
    fn off_means_off() {
        let limits = Limits::new(&Secrets::new([1; 32]), LimitsMode::Off);
        for _ in 0..100 {
            limits.take(&LIMIT, 1, from_millis(0)).unwrap();
        }
    }

    proptest! {
        /// In any stretch of time no more pass than the burst and what has trickled in.
        #[test]
        fn never_more_than_burst_and_rate(steps in prop::collection::vec(0_i64..3000, 1..200)) {
            let limits = Limits::new(&Secrets::new([1; 32]), LimitsMode::On);
            let (mut now, mut passed) = (1_773_388_800_000, 0_i64);
            let start = now;
            for step in steps {
                now += step;
                match limits.take(&LIMIT, 1, from_millis(now)) {
                    Ok(()) => passed += 1,
                    Err(seconds) => prop_assert!((1..=2).contains(&seconds)),
                }
                prop_assert!(passed <= 5 + (now - start) / 1000);
            }
        }

        /// Who waits as long as told is let in.
        #[test]
        fn the_wait_is_true(burst in 1_u32..5, per_hour in 1_u32..10_000, early in 0_i64..100_000) {
            let limit = Limit { name: "test", burst, per_hour };
            let limits = Limits::new(&Secrets::new([1; 32]), LimitsMode::On);
            let mut now = 1_773_388_800_000 + early;
            let wait = loop {
                match limits.take(&limit, 1, from_millis(now)) {
                    Ok(()) => now += 1,
                    Err(wait) => break i64::try_from(wait).unwrap(),
                }
            };
            prop_assert!(limits.take(&limit, 1, from_millis(now + wait * 1000)).is_ok());
        }
    }
}
