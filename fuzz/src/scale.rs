//! How processor time grows with the length of the input.

use kernel::chance::{Chance, SeededChance};

use crate::{Target, corpus};

/// The shorter input, bytes; the longer one is eight times that.
const SHORT: usize = 16 * 1024;
const TIMES: usize = 8;
/// Shorter times than this many nanoseconds say nothing.
const TELLING: u64 = 8_000_000;

/// What a parser took for an input and for one eight times as long.
#[derive(Debug, Clone)]
pub struct Growth {
    /// The beginning of what was repeated.
    pub of: String,
    pub short: u64,
    pub long: u64,
}

impl Growth {
    /// How many times as long the longer one took. Eight is in proportion, sixty-four a square.
    pub fn ratio(&self) -> f64 {
        self.long as f64 / self.short.max(1) as f64
    }

    /// Whether it grows clearly faster than its input.
    pub fn is_steep(&self) -> bool {
        self.long > TELLING && self.ratio() > 28.0
    }
}

/// Nanoseconds that this thread has had the processor.
fn worked() -> u64 {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    line.split(' ')
        .next()
        .and_then(|time| time.parse().ok())
        .unwrap_or(0)
}

fn least(target: &Target, input: &[u8]) -> u64 {
    let once = || {
        let before = worked();
        (target.run)(input);
        worked() - before
    };
    (0..3).map(|_| once()).min().unwrap_or(0)
}

/// The growth for everything that is worth repeating: pieces of the corpus, the parser's words and the marks of nesting.
pub fn growth(target: &Target, seed: u64) -> Vec<Growth> {
    let chance = SeededChance::new(seed);
    let kept = corpus(target.name);
    let mut units: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for unit in [
        "[", "{\"a\":", "\"", ",", "\n", "%", "a", "ä", "1", " ", "-", "<", "&", ";", "a,", "1-",
        "\\", "=", "&a=1",
    ]
    .iter()
    .chain(target.words)
    {
        units.push((Vec::new(), unit.as_bytes().to_vec()));
    }
    for input in &kept {
        // The whole again and again, its lines, and its middle inside an unbroken frame.
        units.push((Vec::new(), input.clone()));
        for _ in 0..6 {
            let from = chance.below(input.len() as u64) as usize;
            let to = (from + 1 + chance.below(200) as usize).min(input.len());
            units.push((input[..from].to_vec(), input[from..to].to_vec()));
        }
    }
    units
        .iter()
        .filter(|(_, unit)| !unit.is_empty())
        .map(|(front, unit)| {
            let of_length = |length: usize| {
                let mut input = front.clone();
                while input.len() < length {
                    input.extend_from_slice(unit);
                }
                input
            };
            Growth {
                of: String::from_utf8_lossy(&unit[..unit.len().min(40)]).into_owned(),
                short: least(target, &of_length(SHORT)),
                long: least(target, &of_length(SHORT * TIMES)),
            }
        })
        .collect()
}
