//! The words of the rights table in three languages: what a code means to the people who review the
//! table. It is also the table's vocabulary: a row with a code that has no words here is refused.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use kernel::language::Language;

use crate::rights::TokenKind;

/// What a code is a code of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Work task or role, column `task_or_role`.
    Task,
    /// Qualification, column `qualification`.
    Qualification,
    /// Service task of an object or of a row.
    ServiceTask,
    /// Class of objects.
    Class,
    /// Action.
    Action,
    /// Relation between worker and client or object.
    Relation,
    /// How far a row reaches, column `scope`.
    Scope,
    /// Purpose of use, P01 ...
    Purpose,
    /// Bar, B01 ...
    Bar,
    /// Condition of a row.
    Token(TokenKind),
}

impl Kind {
    fn read(code: &str) -> Option<Self> {
        Some(match code {
            "task" => Self::Task,
            "qualification" => Self::Qualification,
            "service_task" => Self::ServiceTask,
            "class" => Self::Class,
            "action" => Self::Action,
            "relation" => Self::Relation,
            "scope" => Self::Scope,
            "purpose" => Self::Purpose,
            "bar" => Self::Bar,
            "predicate" => Self::Token(TokenKind::Predicate),
            "part" => Self::Token(TokenKind::Part),
            "filter" => Self::Token(TokenKind::Filter),
            "step" => Self::Token(TokenKind::Step),
            _ => return None,
        })
    }
}

/// A code in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub kind: Kind,
    /// The code as the table writes it.
    pub key: String,
    pub fi: String,
    pub sv: String,
    pub en: String,
}

impl Word {
    /// The words in a language; Easy Finnish has none of its own, because clients never see the table.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Fi | Language::Easy => &self.fi,
            Language::Sv => &self.sv,
            Language::En => &self.en,
        }
    }
}

/// Every code with its words, in the order of the file.
pub fn all() -> &'static [Word] {
    static WORDS: OnceLock<Vec<Word>> = OnceLock::new();
    WORDS.get_or_init(|| read(include_str!("../data/words.csv")))
}

/// Every code of a kind, in the order of the file.
pub fn of(kind: Kind) -> impl Iterator<Item = &'static Word> {
    all().iter().filter(move |word| word.kind == kind)
}

/// The words of a code; `None` when the code is not of the kind.
pub fn word(kind: Kind, key: &str) -> Option<&'static Word> {
    of(kind).find(|word| word.key == key)
}

/// The words of a condition, whatever kind of condition it is.
pub fn token(key: &str) -> Option<&'static Word> {
    static TOKENS: OnceLock<BTreeMap<&str, &Word>> = OnceLock::new();
    TOKENS
        .get_or_init(|| {
            all()
                .iter()
                .filter(|word| matches!(word.kind, Kind::Token(_)))
                .map(|word| (word.key.as_str(), word))
                .collect()
        })
        .get(key)
        .copied()
}

fn read(text: &str) -> Vec<Word> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| {
            let record = record.expect("a test reads the words");
            let field = |index: usize| record.get(index).unwrap_or_default().to_owned();
            Word {
                kind: Kind::read(&field(0)).expect("a test reads the kinds"),
                key: field(1),
                fi: field(2),
                sv: field(3),
                en: field(4),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_words_in_three_languages_and_stands_once() {
        let mut seen = BTreeSet::new();
        for word in all() {
            for language in [Language::Fi, Language::Sv, Language::En] {
                let text = word.text(language);
                assert!(!text.trim().is_empty(), "{:?} {}", word.kind, word.key);
                if language != Language::En {
                    assert_ne!(text, word.key, "a code is no word");
                }
            }
            let kind = match word.kind {
                Kind::Token(_) => "token".to_owned(),
                kind => format!("{kind:?}"),
            };
            assert!(
                seen.insert((kind, word.key.as_str())),
                "{} stands twice",
                word.key
            );
        }
    }

    #[test]
    fn words_are_found_by_code_and_language() {
        let own_worker = word(Kind::Relation, "own_worker").expect("known");
        assert_eq!(
            own_worker.text(Language::Easy),
            own_worker.text(Language::Fi)
        );
        assert_ne!(own_worker.text(Language::Sv), own_worker.text(Language::En));
        assert_eq!(word(Kind::Task, "own_worker"), None);
        assert_eq!(
            token("section_only").map(|word| word.kind),
            Some(Kind::Token(TokenKind::Part))
        );
        assert_eq!(token("own_worker"), None);
    }
}
