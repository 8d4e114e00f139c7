//! Random rounding by cell keys: the same set of people always gives the same printed number, in whichever table.
//!
//! For interactive tables where nothing can be withheld beforehand. Every record has a key; the keys of the records of a
//! cell are added (without carry past one), and the sum decides whether the count is rounded up or down. Method: Australian
//! Bureau of Statistics (Fraser and Wooton 2005), here with rounding to a base as the noise.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A record's key: a fraction of one, as so many 2^-64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub u64);

impl Key {
    /// The key of a record: from a secret of the publication programme and the record's own name, never from the order
    /// of rows. Another secret gives other keys, so that two programmes cannot be compared.
    pub fn of_record(secret: &[u8; 32], record: &[u8]) -> Key {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret)
            .unwrap_or_else(|_| unreachable!("a key of any length is a key"));
        mac.update(record);
        let bytes = mac.finalize().into_bytes();
        let mut first = [0; 8];
        first.copy_from_slice(&bytes[..8]);
        Key(u64::from_be_bytes(first))
    }

    /// The key of a cell: what its records' keys make together, past one again from nothing.
    pub fn of_cell(records: impl IntoIterator<Item = Key>) -> Key {
        Key(records
            .into_iter()
            .fold(0, |sum, Key(key)| sum.wrapping_add(key)))
    }
}

/// The count as printed: a multiple of `base`, nothing stays nothing, and a count is never moved by `base` or more.
/// Over evenly spread keys the printed numbers have the true count as their mean. `base` under 2 leaves counts as they are.
///
/// Sums of printed numbers need not be the printed sums: each is rounded from its own people.
pub fn rounded(count: u64, key: Key, base: u64) -> u64 {
    if base < 2 {
        return count;
    }
    let over = count % base;
    // key / 2^64 < over / base, without leaving whole numbers.
    let up = u128::from(key.0) * u128::from(base) < u128::from(over) << 64;
    if up {
        count - over + base
    } else {
        count - over
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_people_have_the_same_key_and_others_another() {
        let key = |name: &str| Key::of_record(&[7; 32], name.as_bytes());
        let one = Key::of_cell([key("a"), key("b"), key("c")]);
        let two = Key::of_cell([key("c"), key("a"), key("b")]);
        assert_eq!(one, two);
        assert_ne!(one, Key::of_cell([key("a"), key("b")]));
        assert_ne!(key("a"), Key::of_record(&[8; 32], b"a"));
    }

    #[test]
    fn the_mean_of_evenly_spread_keys_is_the_count() {
        for base in [3_u64, 5] {
            for count in 0..20_u64 {
                let steps = 3_000_u64;
                let sum: u64 = (0..steps)
                    .map(|at| {
                        rounded(
                            count,
                            Key(u64::MAX / steps * at + u64::MAX / steps / 2),
                            base,
                        )
                    })
                    .sum();
                assert_eq!(sum, count * steps, "{count} by {base}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_count_stays_near(count in 0..10_000_u64, key: u64, base in 2..12_u64) {
            let printed = rounded(count, Key(key), base);
            prop_assert_eq!(printed % base, 0);
            prop_assert!(printed.abs_diff(count) < base);
            prop_assert!(count > 0 || printed == 0);
        }
    }
}
