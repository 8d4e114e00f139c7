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
    /// A part of the column `basis`: the short name of an act, or a rule of our own.
    Basis,
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
            "basis" => Self::Basis,
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

/// A row's basis in words: acts by their names, rules of our own said as such.
pub fn basis(text: &str, language: Language) -> String {
    let parts: Vec<String> = text
        .split("; ")
        .map(|part| basis_part(part, language))
        .collect();
    parts.join("; ")
}

/// The sections of law of a basis in words; empty for a basis that is a rule of our own alone. For the client, to
/// whom our own reasons for a row say nothing.
pub fn law(text: &str, language: Language) -> String {
    let parts: Vec<String> = text
        .split("; ")
        .filter(|part| !is_own(part))
        .map(|part| basis_part(part, language))
        .collect();
    parts.join("; ")
}

/// Whether a part of a basis is a rule of our own.
fn is_own(part: &str) -> bool {
    part.starts_with("design") || part.starts_with("social-reporting")
}

fn basis_part(part: &str, language: Language) -> String {
    if let Some(word) = word(Kind::Basis, part) {
        return word.text(language).to_owned();
    }
    if is_own(part) {
        return word(Kind::Basis, "design")
            .map_or_else(String::new, |word| word.text(language).to_owned());
    }
    let (act, rest) = part.split_once(' ').unwrap_or((part, ""));
    let act = word(Kind::Basis, act).map_or(act, |word| word.text(language));
    match language {
        Language::En => format!("{act} {rest}"),
        Language::Fi | Language::Easy | Language::Sv => format!("{act} {}", moments(rest)),
    }
}

/// `34 § 1` is read `34 § 1 mom.` in Finnish and in Swedish.
fn moments(text: &str) -> String {
    let mut parts = text.split("§ ");
    let mut read = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        read.push_str("§ ");
        read.push_str(number);
        if !number.is_empty() && !rest.starts_with(" mom") {
            read.push_str(" mom.");
        }
        read.push_str(rest);
    }
    read
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
    fn every_basis_reads_in_finnish_and_in_swedish() {
        for row in crate::rights::RightsTable::built_in().rows() {
            for part in row.basis.split("; ").filter(|part| is_own(part)) {
                let known = word(Kind::Basis, part).is_some();
                assert!(known, "{}: words.csv lacks basis,{part}", row.id);
            }
            for language in [Language::Fi, Language::Sv] {
                let text = basis(&row.basis, language);
                for english in ["design", "item", " and ", "(reading", "(secondary", "SHL"] {
                    assert!(!text.contains(english), "{}: {text}", row.id);
                }
            }
        }
    }

    #[test]
    fn a_basis_names_acts_and_the_client_sees_the_law_alone() {
        let text = "SHL 34 § 1; 457/2024 12-13 §; design (safety net)";
        assert_eq!(
            basis(text, Language::Fi),
            "sosiaalihuoltolaki 34 § 1 mom.; 457/2024 12-13 §; Nosteen oma sääntö (turvaverkko)"
        );
        assert_eq!(
            law(text, Language::Sv),
            "socialvårdslagen 34 § 1 mom.; 457/2024 12-13 §"
        );
        assert_eq!(law("design", Language::Fi), "");
        assert_eq!(
            basis("SHL 42 § 3, 46 §", Language::Fi),
            "sosiaalihuoltolaki 42 § 3 mom., 46 §"
        );
        assert_eq!(
            basis("design (not told yet)", Language::En),
            "Noste's own rule"
        );
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
