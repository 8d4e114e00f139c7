//! Names as people look for them: by the beginning of any part, whatever the spelling it came in.
//!
//! A name reaches the house by many roads: from the population register (`Ylönen`), a passport's
//! machine-readable line (`Yloenen`), a ship's list or a keyboard without dots (`Ylonen`). Names from
//! other alphabets have a spelling for each language they passed through (`Sergei`, `Sergey`,
//! `Sergej`). [`fold`] gives the tokens to keep beside a name, [`question`] what to ask for typed
//! words; a typed word finds a name when one of its spellings begins one of the name's tokens.
//!
//! What counts as the same is data, not likeness: `data/names.csv` has letters that stand for each
//! other, particles, and groups of spellings of one name. A part has at most [`MOST_SPELLINGS`]
//! tokens. There is no distance of letters here: the search must not guess.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::tokens::normalise;

/// The most tokens one part of a name gives; a test counts them over the whole table.
pub const MOST_SPELLINGS: usize = 32;
/// Words of a question that are read; more are a text and no name.
pub const MOST_WORDS: usize = 8;
/// Letters of a part that count.
const LONGEST_PART: usize = 60;

const TABLE: &str = include_str!("../data/names.csv");

/// One typed word: any of these beginnings will do.
pub type Spellings = Vec<String>;

/// The tokens of a name for a search by the beginning of any part, each once, in order. Lower-case
/// ASCII letters and digits, and letters of alphabets that the table does not know.
///
/// ```
/// use text::names::fold;
/// assert!(fold("Anna-Liisa Ylönen").contains(&"ylonen".to_owned()));
/// assert!(fold("Sergey").contains(&"sergei".to_owned()));
/// ```
pub fn fold(name: &str) -> Vec<String> {
    let mut tokens = BTreeSet::new();
    let words = words(name);
    for (index, word) in words.iter().enumerate() {
        for part in &word.parts {
            stored(part, &mut tokens);
        }
        stored(&word.joined(), &mut tokens);
        if let Some(end) = word.after_short_apostrophe() {
            stored(&end, &mut tokens);
        }
        // `al Hassan` is also looked for as `Alhassan`, `de la Cruz` as `Delacruz`.
        let mut before = String::new();
        for particle in words[..index]
            .iter()
            .rev()
            .take_while(|word| word.is_particle())
        {
            before.insert_str(0, &particle.joined());
            stored(&format!("{before}{}", word.joined()), &mut tokens);
        }
        for (begin, part) in word.parts.iter().enumerate().skip(1) {
            if table().articles.contains(&plain(&word.parts[begin - 1])) {
                stored(&format!("{}{part}", word.parts[begin - 1]), &mut tokens);
            }
        }
    }
    tokens.into_iter().collect()
}

/// What to ask for typed words: every word must be met, by any of its spellings as the beginning of
/// a token of [`fold`]. Empty for a text without letters.
///
/// ```
/// use text::names::{fold, question};
/// let tokens = fold("Muhammad al-Hassan");
/// let met = question("hassan moham").iter().all(|spellings| {
///     spellings.iter().any(|beginning| tokens.iter().any(|token| token.starts_with(beginning)))
/// });
/// assert!(met);
/// ```
pub fn question(typed: &str) -> Vec<Spellings> {
    let words = words(typed);
    let only_particles = words.iter().all(Word::is_particle);
    let mut groups = Vec::new();
    for word in words {
        if word.is_particle() && !only_particles {
            continue;
        }
        let joined = asked(&word.joined());
        let asked_parts: Vec<&String> = word
            .parts
            .iter()
            .filter(|part| word.parts.len() == 1 || !is_particle(&plain(part)))
            .take(MOST_WORDS - groups.len())
            .collect();
        for part in asked_parts {
            let mut spellings = asked(part);
            // `anna-maija` is met by `Annamaija` too.
            spellings.extend(joined.iter().cloned());
            groups.push(spellings.into_iter().collect());
        }
        if groups.len() == MOST_WORDS {
            break;
        }
    }
    groups
}

/// The first text after all that begin with these letters, in the order of bytes: for
/// `folded >= beginning and folded < beyond(beginning)`, which both engines answer from an index.
pub fn beyond(beginning: &str) -> String {
    format!("{beginning}\u{10ffff}")
}

/// A word with its parts between hyphens.
struct Word {
    parts: Vec<String>,
}

impl Word {
    fn joined(&self) -> String {
        self.parts.concat().replace('\'', "")
    }

    fn is_particle(&self) -> bool {
        self.parts.len() == 1 && is_particle(&plain(&self.parts[0]))
    }

    /// `brien` of `o'brien`.
    fn after_short_apostrophe(&self) -> Option<String> {
        let [part] = self.parts.as_slice() else {
            return None;
        };
        let (before, after) = part.split_once('\'')?;
        (before.chars().count() <= 2 && !after.is_empty()).then(|| after.replace('\'', ""))
    }
}

fn is_particle(plain: &str) -> bool {
    table().particles.contains(plain) || table().articles.contains(plain)
}

/// The words of a name in lower case; apostrophes of all kinds are one kind.
fn words(name: &str) -> Vec<Word> {
    let is_apostrophe = |character| {
        matches!(
            character,
            '\'' | '`' | '\u{b4}' | '\u{2b9}'..='\u{2bf}' | '\u{2018}' | '\u{2019}' | '\u{2032}'
        )
    };
    let is_hyphen = |character| matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    normalise(name)
        .split(|character: char| {
            !(character.is_alphanumeric()
                || is_combining_mark(character)
                || is_apostrophe(character)
                || is_hyphen(character))
        })
        .map(|word| Word {
            parts: word
                .split(is_hyphen)
                .map(|part| {
                    let part: String = part
                        .chars()
                        .map(|letter| if is_apostrophe(letter) { '\'' } else { letter })
                        .take(LONGEST_PART)
                        .collect();
                    part.trim_matches('\'').to_owned()
                })
                .filter(|part| !part.is_empty())
                .collect(),
        })
        .filter(|word| !word.parts.is_empty())
        .collect()
}

/// Every spelling kept for a part.
fn stored(part: &str, tokens: &mut BTreeSet<String>) {
    let part = part.replace('\'', "");
    let own = asked(&part);
    for spelling in &own {
        if let Some(kin) = same().get(spelling) {
            tokens.extend(kin.iter().cloned());
        }
    }
    tokens.extend(own);
}

/// The spellings asked for a typed part: without marks, as passports write it, and as the table
/// reads it.
fn asked(part: &str) -> BTreeSet<String> {
    let part = part.replace('\'', "");
    [plain(&part), machine_readable(&part), read(&part)]
        .into_iter()
        .filter(|spelling| !spelling.is_empty())
        .collect()
}

/// Letters without their marks: `ylönen` is `ylonen`.
fn plain(part: &str) -> String {
    let mut spelt = String::with_capacity(part.len());
    for letter in part.chars() {
        match letter {
            'ø' => spelt.push('o'),
            'đ' | 'ð' => spelt.push('d'),
            'ł' => spelt.push('l'),
            'ŋ' => spelt.push('n'),
            'ŧ' => spelt.push('t'),
            'ħ' => spelt.push('h'),
            'ı' => spelt.push('i'),
            'ß' => spelt.push_str("ss"),
            'æ' => spelt.push_str("ae"),
            'œ' => spelt.push_str("oe"),
            'þ' => spelt.push_str("th"),
            other => spelt.push(other),
        }
    }
    spelt
        .nfd()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// As the machine-readable line of a passport writes it (ICAO Doc 9303, part 3, section 6).
fn machine_readable(part: &str) -> String {
    let spelt: String = part
        .chars()
        .map(|letter| match letter {
            'å' => "aa".to_owned(),
            'ä' | 'æ' => "ae".to_owned(),
            'ö' | 'ø' | 'œ' => "oe".to_owned(),
            'ü' => "ue".to_owned(),
            'ß' => "ss".to_owned(),
            other => other.to_string(),
        })
        .collect();
    plain(&spelt)
}

/// As the table reads it: one spelling for those that stand for each other.
fn read(part: &str) -> String {
    let letters: Vec<char> = part.chars().collect();
    let mut spelt = String::new();
    let mut at = 0;
    while at < letters.len() {
        match table().letters.iter().find(|rule| rule.fits(&letters, at)) {
            Some(rule) => {
                spelt.push_str(&rule.to);
                at += rule.from.len();
            }
            None => {
                spelt.push(letters[at]);
                at += 1;
            }
        }
    }
    let mut single: Vec<char> = plain(&spelt).chars().collect();
    single.dedup();
    single.into_iter().collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Anywhere,
    End,
    BeforeVowel,
    BeforeSoft,
    Glide,
    LastAfterConsonant,
}

struct Rule {
    from: Vec<char>,
    to: String,
    place: Where,
}

impl Rule {
    fn fits(&self, letters: &[char], at: usize) -> bool {
        if !letters[at..].starts_with(&self.from) {
            return false;
        }
        let next = letters.get(at + self.from.len()).copied();
        let before = at.checked_sub(1).map(|before| letters[before]);
        match self.place {
            Where::Anywhere => true,
            Where::End => next.is_none() && at > 0,
            Where::BeforeVowel => next.is_some_and(is_vowel),
            Where::BeforeSoft => next.is_some_and(|next| "eiy".contains(next)),
            Where::Glide => {
                before.is_some_and(|before| "aeiou".contains(before)) && !next.is_some_and(is_vowel)
            }
            Where::LastAfterConsonant => {
                next.is_none() && before.is_some_and(|before| !is_vowel(before))
            }
        }
    }
}

fn is_vowel(letter: char) -> bool {
    "aeiouyåäö".contains(letter)
}

/// What the file says, except the groups.
struct Table {
    particles: BTreeSet<String>,
    articles: BTreeSet<String>,
    /// The longest first.
    letters: Vec<Rule>,
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let of_kind = |kind: &str| {
            let rows = rows().into_iter().filter(move |row| row.kind == kind);
            rows.map(|row| row.a).collect()
        };
        let mut letters: Vec<Rule> = rows()
            .into_iter()
            .filter(|row| row.kind == "letters")
            .map(|row| Rule {
                from: row.a.chars().collect(),
                to: row.b,
                place: row.place,
            })
            .collect();
        letters.sort_by_key(|rule| std::cmp::Reverse(rule.from.len()));
        Table {
            particles: of_kind("particle"),
            articles: of_kind("article"),
            letters,
        }
    });
    &TABLE
}

/// By each spelling of a name in a group, all spellings of the group.
fn same() -> &'static BTreeMap<String, BTreeSet<String>> {
    static SAME: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
        let mut same: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in rows().iter().filter(|row| row.kind == "same") {
            let group: BTreeSet<String> = row.a.split(' ').flat_map(asked).collect();
            for spelling in &group {
                let kin = same.entry(spelling.clone()).or_default();
                kin.extend(group.iter().cloned());
            }
        }
        same
    });
    &SAME
}

struct Line {
    kind: String,
    a: String,
    b: String,
    place: Where,
}

/// The rows of the table. A row that cannot be read is left out; a test finds it.
fn rows() -> Vec<Line> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(TABLE.as_bytes())
        .into_records()
        .filter_map(|record| {
            let record = record.ok()?;
            Some(Line {
                kind: record.get(0)?.to_owned(),
                a: record.get(1)?.to_owned(),
                b: record.get(2)?.to_owned(),
                place: place(record.get(3)?)?,
            })
        })
        .collect()
}

fn place(name: &str) -> Option<Where> {
    Some(match name {
        "" => Where::Anywhere,
        "end" => Where::End,
        "vowel" => Where::BeforeVowel,
        "soft" => Where::BeforeSoft,
        "glide" => Where::Glide,
        "last" => Where::LastAfterConsonant,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .count();
        assert_eq!(rows().len(), lines - 1);
        let kinds = ["particle", "article", "letters", "same"];
        assert!(rows().iter().all(|row| kinds.contains(&row.kind.as_str())));
    }

    #[test]
    fn a_part_has_a_bounded_number_of_spellings() {
        for row in rows() {
            for name in row.a.split(' ') {
                let count = fold(name).len();
                assert!(
                    count <= MOST_SPELLINGS,
                    "{name} has {count}: {:?}",
                    fold(name)
                );
            }
        }
    }

    #[test]
    fn a_text_as_a_name_costs_little() {
        assert!(question(&"sana ".repeat(500)).len() <= MOST_WORDS);
        assert!(question("  -' ").is_empty());
        assert!(fold("").is_empty());
    }
}
