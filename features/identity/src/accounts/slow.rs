//! Slowing down those who guess, without letting a stranger lock others out.
//!
//! Every attempt takes from buckets before it is looked at, so that guesses sent at the same time count too, and a
//! right one gives back what it took. A browser in which the person has signed in before has a bucket of its own that
//! nobody else can empty. From other browsers four buckets hold together: of the account at this address, of the
//! address, of the account from anywhere, and of the whole house, which is what many addresses trying one password on
//! many names meet. A name that nobody has is counted like any other.
//!
//! Kept in memory: a restart forgives, and no stranger can restart the house. Nothing is ever dropped to make room;
//! the map grows only by attempts that were let through, and those are few an hour by the house's own bucket.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::time::{Timestamp, millis};

/// So many attempts at once, and so many an hour in the long run.
struct Rule {
    name: &'static str,
    burst: i64,
    per_hour: i64,
}

const OWN_DEVICE: Rule = Rule {
    name: "device",
    burst: 10,
    per_hour: 30,
};
const PAIR: Rule = Rule {
    name: "pair",
    burst: 5,
    per_hour: 12,
};
/// A whole office may share an address, and its people mistype; only wrong attempts count.
const ADDRESS: Rule = Rule {
    name: "address",
    burst: 20,
    per_hour: 60,
};
const ACCOUNT: Rule = Rule {
    name: "account",
    burst: 15,
    per_hour: 30,
};
const HOUSE: Rule = Rule {
    name: "house",
    burst: 120,
    per_hour: 600,
};

/// One attempt in the unit of the buckets: milliseconds times attempts an hour.
const ONE: i64 = 3_600_000;
/// Full buckets are forgotten when there are so many.
const SWEEP: usize = 10_000;

/// Who tries what.
#[derive(Debug, Clone)]
pub(crate) struct Attempt<'a> {
    /// Password and code are counted apart: who guesses codes knows the password already.
    pub kind: &'static str,
    /// The login name as typed and folded, or the id of the employee.
    pub account: &'a [u8],
    /// Keyed hash of the address.
    pub client: u64,
    /// Digest of the browser's own token, when this account has been signed in to with it.
    pub device: Option<[u8; 32]>,
}

type Key = [u8; 32];

struct Bucket {
    left: i64,
    at: i64,
    full: i64,
    per_hour: i64,
}

impl Bucket {
    fn now(&self, now: i64) -> i64 {
        let gained = now
            .saturating_sub(self.at)
            .max(0)
            .saturating_mul(self.per_hour);
        self.left.saturating_add(gained).min(self.full)
    }
}

/// What an attempt took; given back when it was right.
#[derive(Debug)]
pub(crate) struct Taken(Vec<Key>);

/// The buckets of a house.
#[derive(Default)]
pub(crate) struct Slow(Mutex<HashMap<Key, Bucket>>);

impl Slow {
    /// Lets an attempt through.
    ///
    /// # Errors
    /// Seconds to wait.
    pub(crate) fn take(&self, attempt: &Attempt<'_>, now: Timestamp) -> Result<Taken, u64> {
        let now = millis(now);
        let rules = rules(attempt);
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= SWEEP {
            buckets.retain(|_, bucket| bucket.now(now) < bucket.full);
        }
        let wait = rules
            .iter()
            .map(|(key, rule)| {
                let left = buckets
                    .get(key)
                    .map_or(rule.burst * ONE, |bucket| bucket.now(now));
                (ONE - left).max(0).div_euclid(rule.per_hour)
            })
            .max()
            .unwrap_or(0);
        if wait > 0 {
            return Err(u64::try_from(wait).unwrap_or(0).div_ceil(1000));
        }
        for (key, rule) in &rules {
            let full = rule.burst * ONE;
            let bucket = buckets.entry(*key).or_insert(Bucket {
                left: full,
                at: now,
                full,
                per_hour: rule.per_hour,
            });
            bucket.left = bucket.now(now) - ONE;
            bucket.at = now;
        }
        Ok(Taken(rules.into_iter().map(|(key, _)| key).collect()))
    }

    /// The attempt was right: nothing is counted.
    pub(crate) fn give_back(&self, taken: &Taken) {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &taken.0 {
            if let Some(bucket) = buckets.get_mut(key) {
                bucket.left = (bucket.left + ONE).min(bucket.full);
            }
        }
    }
}

fn rules(attempt: &Attempt<'_>) -> Vec<(Key, Rule)> {
    let key = |rule: Rule, parts: &[&[u8]]| {
        let mut hasher = blake3::Hasher::new();
        for part in [rule.name.as_bytes(), attempt.kind.as_bytes()]
            .iter()
            .chain(parts)
        {
            hasher
                .update(&(part.len() as u64).to_le_bytes())
                .update(part);
        }
        (*hasher.finalize().as_bytes(), rule)
    };
    let client = attempt.client.to_le_bytes();
    match &attempt.device {
        Some(device) => vec![key(OWN_DEVICE, &[device, attempt.account])],
        None => vec![
            key(PAIR, &[attempt.account, &client]),
            key(ADDRESS, &[&client]),
            key(ACCOUNT, &[attempt.account]),
            key(HOUSE, &[]),
        ],
    }
}

#[cfg(test)]
mod tests {
    use kernel::time::{SignedDuration, from_millis};

    use super::*;

    fn attempt(account: &[u8], client: u64) -> Attempt<'_> {
        Attempt {
            kind: "password",
            account,
            client,
            device: None,
        }
    }

    fn start() -> Timestamp {
        from_millis(1_773_388_800_000)
    }

    #[test]
    fn a_stranger_slows_the_account_but_never_a_known_browser() {
        let slow = Slow::default();
        let let_in = (0..1000)
            .filter(|client| slow.take(&attempt(b"jaana", *client), start()).is_ok())
            .count();
        assert_eq!(let_in, 15, "from anywhere");
        assert!(slow.take(&attempt(b"jaana", 5000), start()).is_err());
        assert!(slow.take(&attempt(b"ville", 5000), start()).is_ok());
        let own = Attempt {
            device: Some([1; 32]),
            ..attempt(b"jaana", 5000)
        };
        assert!(slow.take(&own, start()).is_ok());
    }

    #[test]
    fn one_password_on_many_names_is_stopped_by_address_and_by_house() {
        let slow = Slow::default();
        let tries = |client: u64, from: u32| {
            (from..from + 500)
                .filter(|name| {
                    slow.take(&attempt(&name.to_le_bytes(), client), start())
                        .is_ok()
                })
                .count()
        };
        assert_eq!(tries(1, 0), 20, "one address");
        let many: usize = (2..50)
            .map(|client| tries(client, 1000 * client as u32))
            .sum();
        assert_eq!(many, 100, "the whole house");
    }

    #[test]
    fn right_attempts_cost_nothing_and_the_wait_is_true() {
        let slow = Slow::default();
        for _ in 0..100 {
            let taken = slow.take(&attempt(b"jaana", 1), start()).expect("let in");
            slow.give_back(&taken);
        }
        for _ in 0..5 {
            slow.take(&attempt(b"jaana", 1), start()).expect("let in");
        }
        let wait = slow.take(&attempt(b"jaana", 1), start()).expect_err("wait");
        assert_eq!(wait, 300, "twelve an hour");
        let later = start() + SignedDuration::from_secs(300);
        let early = later - SignedDuration::from_secs(1);
        assert!(slow.take(&attempt(b"jaana", 1), early).is_err());
        assert!(slow.take(&attempt(b"jaana", 1), later).is_ok());
    }
}
