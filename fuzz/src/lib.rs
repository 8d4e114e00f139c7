//! Mutated inputs for parsers, drawn from a pool that grows by what brings a new outcome. See `README.md` of this room.

mod mutate;
mod scale;

use std::{
    collections::HashSet,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use kernel::chance::{Chance, SeededChance};

pub use mutate::{mutated, nudged};
pub use scale::{Growth, Input, SIZES, growth, inputs, least};

/// Longest mutated input, bytes: parsers of small fields refuse longer ones at once, and nothing new is found in them.
pub const LONGEST: usize = 4_096;
/// Inputs in the pool.
const POOL: usize = 3_000;

/// A document of a kind, about so many bytes long.
pub type Long = (&'static str, fn(usize) -> Vec<u8>);

/// A parser under attack.
#[derive(Clone, Copy)]
pub struct Target {
    /// Name of its folder in `corpus/`.
    pub name: &'static str,
    /// Runs the parser; tells outcomes apart by a number.
    pub run: fn(&[u8]) -> u64,
    /// Words that the parser knows.
    pub words: &'static [&'static str],
    /// Makes a document that the parser accepts, or nearly: what a mutation of bytes alone would never pass the first check
    /// with.
    pub fresh: Option<fn(&dyn Chance) -> Vec<u8>>,
    /// Documents that the parser reads to their end, however long: for what its work grows with.
    pub long: &'static [Long],
}

impl Target {
    /// A parser that mutations of bytes reach well enough.
    pub const fn new(
        name: &'static str,
        run: fn(&[u8]) -> u64,
        words: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            run,
            words,
            fresh: None,
            long: &[],
        }
    }

    /// The same, with documents made by the house itself.
    #[must_use]
    pub const fn made(mut self, fresh: fn(&dyn Chance) -> Vec<u8>) -> Self {
        self.fresh = Some(fresh);
        self
    }

    /// The same, with documents of any length.
    #[must_use]
    pub const fn growing(mut self, long: &'static [Long]) -> Self {
        self.long = long;
        self
    }

    /// The next input: mutated from the pool, or made; half of the made ones are left as they are.
    fn next(&self, pool: &[Vec<u8>], chance: &dyn Chance) -> Vec<u8> {
        match (self.fresh, chance.below(4)) {
            (Some(fresh), 0) => fresh(chance),
            (Some(fresh), 1) => nudged(fresh(chance), pool, self.words, chance),
            _ => mutated(pool, self.words, chance),
        }
    }
}

/// What a run came to.
#[derive(Debug, Clone, Default)]
pub struct Run {
    pub executions: u64,
    /// Outcomes told apart.
    pub outcomes: usize,
    /// Inputs that made the parser panic.
    pub panics: Vec<Vec<u8>>,
}

/// A number for an outcome.
pub fn outcome(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// The outcome of a text: its words without what was quoted, so that two refusals of one kind are one outcome.
pub fn kind(text: &str) -> u64 {
    let mut quoted = false;
    let plain: String = text
        .chars()
        .take(400)
        .filter(|letter| {
            if matches!(letter, '"' | '\'' | '`') {
                quoted = !quoted;
            }
            !quoted && letter.is_ascii_alphabetic()
        })
        .take(80)
        .collect();
    outcome(plain)
}

/// The kept inputs of a parser, in the order of their names.
///
/// # Panics
/// The folder is not there, or holds nothing.
pub fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    let inputs: Vec<_> = files.iter().map(|file| kept(file)).collect();
    assert!(!inputs.is_empty(), "{} holds nothing", folder.display());
    inputs
}

/// A kept input; one that is no text stands in hexadecimal digits.
fn kept(file: &Path) -> Vec<u8> {
    let bytes = fs::read(file).unwrap_or_default();
    if file.extension().is_none_or(|end| end != "hex") {
        return bytes;
    }
    let digits: Vec<u8> = bytes
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits
        .chunks_exact(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

/// Runs a parser on its corpus and then on so many mutated inputs.
pub fn attack(target: &Target, executions: u64, seed: u64) -> Run {
    let chance = SeededChance::new(seed);
    let mut pool = corpus(target.name);
    let mut seen = HashSet::new();
    let mut run = Run::default();
    for input in pool.clone() {
        try_one(target, &input, &mut seen, &mut run);
    }
    while run.executions < executions {
        let input = target.next(&pool, &chance);
        if try_one(target, &input, &mut seen, &mut run) {
            if pool.len() < POOL {
                pool.push(input);
            } else {
                // The kept ones stay; the others make room.
                let place = chance.below(POOL as u64) as usize;
                pool[place] = input;
            }
        }
        if run.panics.len() >= 3 {
            break;
        }
    }
    run.outcomes = seen.len();
    run
}

/// Whether the input brought something new.
fn try_one(target: &Target, input: &[u8], seen: &mut HashSet<u64>, run: &mut Run) -> bool {
    run.executions += 1;
    match catch_unwind(AssertUnwindSafe(|| (target.run)(input))) {
        Ok(outcome) => seen.insert(outcome),
        Err(_) => {
            keep(target.name, input);
            run.panics.push(input.to_vec());
            false
        }
    }
}

/// Writes an input that broke something where the next build does not lose it.
fn keep(name: &str, input: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fuzz");
    let file = folder.join(format!("{name}-{:016x}", outcome(input)));
    drop(fs::create_dir_all(&folder).and_then(|()| fs::write(file, input)));
}
