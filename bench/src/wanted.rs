//! What is to be measured, by the words of the command line.

use testkit::EngineName;

/// Parts that can be named.
const PARTS: [&str; 4] = ["engines", "pages", "programs", "parts"];
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// The share of bare axum that a line aims at: on SQLite this one, on PostgreSQL half of it.
pub fn aim(engine: &str, on_sqlite: f64) -> f64 {
    if engine == "PostgreSQL" {
        on_sqlite / 2.0
    } else {
        on_sqlite
    }
}

/// What is measured.
#[derive(Debug, Clone)]
pub struct Wanted(Vec<String>);

impl Wanted {
    /// Reads the words; the error says which one means nothing.
    pub fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let words: Vec<String> = words.collect();
        let known = |word: &&String| !PARTS.iter().chain(&ENGINES).any(|own| own == word);
        match words.iter().find(known) {
            Some(strange) => Err(format!("{strange:?} is none of {PARTS:?} and {ENGINES:?}")),
            None => Ok(Self(words)),
        }
    }

    /// Whether a part is wanted.
    pub fn part(&self, name: &str) -> bool {
        self.one_of(&PARTS, name)
    }

    /// Whether a part that needs a house is wanted.
    pub fn houses(&self) -> bool {
        PARTS[1..].iter().any(|name| self.part(name))
    }

    /// Whether an engine is wanted.
    pub fn engine(&self, engine: EngineName) -> bool {
        let name = match engine {
            EngineName::Sqlite => ENGINES[0],
            EngineName::Postgres => ENGINES[1],
        };
        self.one_of(&ENGINES, name)
    }

    /// Whether it was named, or nothing of its kind was.
    fn one_of(&self, kind: &[&str], name: &str) -> bool {
        let mut named = self.0.iter().filter(|word| kind.contains(&word.as_str()));
        let first = named.next();
        first.is_none_or(|word| word == name) || named.any(|word| word == name)
    }
}
