//! What is to be measured, by the words of the command line.

use std::path::PathBuf;

use testkit::EngineName;

/// Parts that can be named.
const PARTS: [&str; 7] = [
    "engines", "pages", "search", "programs", "parts", "papers", "program",
];
const ENGINES: [&str; 2] = ["sqlite", "postgres"];
/// Before the path of the table to compare with.
const TABLE: &str = "--table";

/// The share of bare axum that a line aims at: on SQLite this one, on PostgreSQL half of it.
pub fn aim(engine: &str, on_sqlite: f64) -> f64 {
    if engine == "PostgreSQL" {
        on_sqlite / 2.0
    } else {
        on_sqlite
    }
}

/// What is measured.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    words: Vec<String>,
    /// The table to compare with, when it is not the repository's own.
    pub table: Option<PathBuf>,
}

impl Wanted {
    /// Reads the words; the error says which one means nothing.
    pub fn read(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut wanted = Self::default();
        while let Some(word) = given.next() {
            if word == TABLE {
                let path = given.next().ok_or(format!("{TABLE} needs a path"))?;
                wanted.table = Some(path.into());
            } else if PARTS.iter().chain(&ENGINES).any(|own| *own == word) {
                wanted.words.push(word);
            } else {
                return Err(format!(
                    "{word:?} is none of {PARTS:?}, {ENGINES:?} and {TABLE}"
                ));
            }
        }
        Ok(wanted)
    }

    /// Whether a part is wanted.
    pub fn part(&self, name: &str) -> bool {
        self.one_of(&PARTS, name)
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
        let mut named = self
            .words
            .iter()
            .filter(|word| kind.contains(&word.as_str()));
        let first = named.next();
        first.is_none_or(|word| word == name) || named.any(|word| word == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<Wanted, String> {
        Wanted::read(words.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn without_words_everything_is_measured() {
        let all = read("").unwrap();
        assert!(PARTS.iter().all(|part| all.part(part)));
        assert!(all.engine(EngineName::Sqlite) && all.engine(EngineName::Postgres));
        assert_eq!(all.table, None);
    }

    #[test]
    fn words_narrow_what_is_measured() {
        for (words, parts, engines) in [
            ("search", &["search"][..], [true, true]),
            ("program", &["program"], [true, true]),
            ("programs", &["programs"], [true, true]),
            ("papers sqlite", &["papers"], [true, false]),
            ("postgres engines", &["engines"], [false, true]),
            ("program search", &["program", "search"], [true, true]),
        ] {
            let wanted = read(words).unwrap();
            for part in PARTS {
                assert_eq!(wanted.part(part), parts.contains(&part), "{words}: {part}");
            }
            let measured = [EngineName::Sqlite, EngineName::Postgres].map(|one| wanted.engine(one));
            assert_eq!(measured, engines, "{words}");
        }
    }

    #[test]
    fn the_table_to_compare_with_has_a_path() {
        let wanted = read("search --table target/other.md sqlite").unwrap();
        assert_eq!(wanted.table, Some("target/other.md".into()));
        assert!(wanted.part("search") && !wanted.part("pages"));
        assert!(!wanted.engine(EngineName::Postgres));
        assert!(read("search --table").is_err());
    }

    #[test]
    fn a_word_that_means_nothing_is_named() {
        for strange in ["serch", "Search", "mysql", "--tables", "crowd"] {
            let said = read(strange).unwrap_err();
            assert!(said.contains(strange), "{said}");
        }
    }
}
