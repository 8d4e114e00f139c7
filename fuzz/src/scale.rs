//! How work grows with the length of the input.

use kernel::chance::{Chance, SeededChance};

use crate::{Target, corpus};

/// Lengths at which work is measured, bytes: each twice the one before.
pub const SIZES: [usize; 5] = [8 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10];
/// How many times as long the last is as the first.
const TIMES: f64 = 16.0;

/// Something that can be made as long as one likes.
#[derive(Clone)]
pub enum Input {
    /// A front, and after it a unit again and again.
    Repeated(Vec<u8>, Vec<u8>),
    /// A whole document of a kind.
    Whole(&'static str, fn(usize) -> Vec<u8>),
}

impl Input {
    /// About so many bytes of it.
    pub fn of_length(&self, length: usize) -> Vec<u8> {
        match self {
            Self::Repeated(front, unit) => {
                let mut input = front.clone();
                while input.len() < length {
                    input.extend_from_slice(unit);
                }
                input
            }
            Self::Whole(_, make) => make(length),
        }
    }

    /// Its beginning, or its name.
    pub fn told(&self) -> String {
        match self {
            Self::Repeated(_, unit) => {
                let text = String::from_utf8_lossy(&unit[..unit.len().min(40)]);
                format!("{text:?} again and again")
            }
            Self::Whole(name, _) => (*name).to_owned(),
        }
    }
}

/// Everything that is worth repeating: whole documents, pieces of the corpus, the parser's words and the marks of nesting.
pub fn inputs(target: &Target, seed: u64) -> Vec<Input> {
    const MARKS: [&str; 21] = [
        "[", "{\"a\":", "\"", ",", "\n", "%", "a", "ä", "1", " ", "-", "<", "&", ";", "a,", "1-",
        "\\", "=", "&a=1", ".", "a b",
    ];
    let chance = SeededChance::new(seed);
    let mut all: Vec<Input> = target
        .long
        .iter()
        .map(|(name, make)| Input::Whole(name, *make))
        .collect();
    let mut repeated = |front: &[u8], unit: &[u8]| {
        if !unit.is_empty() {
            all.push(Input::Repeated(front.to_vec(), unit.to_vec()));
        }
    };
    for unit in MARKS.iter().chain(target.words) {
        repeated(&[], unit.as_bytes());
    }
    for input in corpus(target.name).iter().filter(|one| !one.is_empty()) {
        // The whole again and again, and its pieces inside an unbroken front.
        repeated(&[], input);
        for _ in 0..6 {
            let from = chance.below(input.len() as u64) as usize;
            let to = (from + 1 + chance.below(200) as usize).min(input.len());
            repeated(&input[..from], &input[from..to]);
        }
    }
    all
}

/// What a parser's work was for an input at each of [`SIZES`].
#[derive(Debug, Clone)]
pub struct Growth {
    pub of: String,
    pub work: [u64; SIZES.len()],
}

impl Growth {
    /// Measures by `work`, which gives the work of one run.
    pub fn of(input: &Input, work: impl Fn(&[u8]) -> u64) -> Self {
        Self {
            of: input.told(),
            work: SIZES.map(|size| work(&input.of_length(size))),
        }
    }

    /// The power of the length that the work grows with, over all lengths: 1 in proportion, 2 a square.
    pub fn power(&self) -> f64 {
        let [first, .., last] = self.work;
        (last.max(1) as f64 / first.max(1) as f64).log2() / TIMES.log2()
    }

    /// Whether it grows clearly faster than its input: over all lengths and still in the last step, and `least` at least,
    /// below which work says nothing.
    pub fn is_steep(&self, least: u64) -> bool {
        let [.., before, last] = self.work;
        last > least && self.power() > 1.5 && last as f64 / before.max(1) as f64 > 2.8
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

/// The least processor time of so many runs, nanoseconds: what others do on the machine only adds to it. The kernel counts in
/// steps of some milliseconds, so each run tries as many bytes as the longest input has.
pub fn least(target: &Target, input: &[u8], runs: usize) -> u64 {
    let times = (SIZES[SIZES.len() - 1] / input.len().max(1)).max(1);
    let once = || {
        let before = worked();
        for _ in 0..times {
            (target.run)(input);
        }
        (worked() - before) / times as u64
    };
    (0..runs).map(|_| once()).min().unwrap_or(0)
}

/// The growth of processor time for everything that is worth repeating. What looks steep is measured again, longer.
pub fn growth(target: &Target, seed: u64, telling: u64) -> Vec<Growth> {
    inputs(target, seed)
        .iter()
        .map(|input| {
            let by = |runs| Growth::of(input, |bytes| least(target, bytes, runs));
            let first = by(3);
            if first.is_steep(telling) {
                by(9)
            } else {
                first
            }
        })
        .collect()
}
