//! The random source as a parameter.

use std::sync::Mutex;

/// Gives unpredictable bytes (or, in tests and synthetic data, repeatable ones).
pub trait Chance: Send + Sync {
    /// Fills `out` with random bytes.
    fn fill(&self, out: &mut [u8]);

    /// A random number below `bound`, evenly spread; 0 when `bound` is 0.
    fn below(&self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        // Values from the incomplete last cycle are thrown away: no remainder bias.
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let mut bytes = [0; 8];
            self.fill(&mut bytes);
            let value = u64::from_le_bytes(bytes);
            if value < limit {
                return value % bound;
            }
        }
    }
}

/// The operating system's random source, fit for keys and codes.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, out: &mut [u8]) {
        getrandom::fill(out).expect("the operating system gives random bytes");
    }
}

/// A repeatable source (SplitMix64) for tests and synthetic data. Never for keys or codes.
#[derive(Debug)]
pub struct SeededChance(Mutex<u64>);

impl SeededChance {
    /// The same seed gives the same bytes in the same order.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Chance for SeededChance {
    fn fill(&self, out: &mut [u8]) {
        let mut state = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in out.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            chunk.copy_from_slice(&z.to_le_bytes()[..chunk.len()]);
        }
    }
}
