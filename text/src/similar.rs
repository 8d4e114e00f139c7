//! Observations that are alike, by the words they share. Grouping is done by a person: this only proposes,
//! and says which words it rests on.
//!
//! Each observation is a vector of its base forms and compound parts (a part counts half), weighted by
//! tf-idf with the root of the count; likeness is the cosine, from 0 to 1. Observations in different languages are never alike.

use std::collections::{BTreeMap, BTreeSet};

use kernel::language::Language;

use crate::search::Analysers;

/// Shown as alike from this on.
pub const ALIKE: f64 = 0.25;
/// Proposed as one group from this on.
pub const GROUPED: f64 = 0.45;
/// The most that are shown beside one observation.
pub const MOST_ALIKE: usize = 5;
/// Words of an explanation.
const MOST_SHARED: usize = 6;
/// What a compound part counts beside a whole word.
const PART: f64 = 0.5;

/// Words that say nothing of what an observation is about, in base form.
const STOP: [&str; 119] = [
    "olla",
    "ja",
    "ei",
    "että",
    "se",
    "tämä",
    "tuo",
    "joka",
    "mikä",
    "hän",
    "minä",
    "me",
    "sinä",
    "te",
    "he",
    "kun",
    "jos",
    "mutta",
    "tai",
    "sekä",
    "kuin",
    "niin",
    "myös",
    "vain",
    "vielä",
    "jo",
    "nyt",
    "sitten",
    "ennen",
    "jälkeen",
    "kanssa",
    "mukaan",
    "koska",
    "vaikka",
    "voida",
    "saada",
    "pitää",
    "tulla",
    "mennä",
    "tehdä",
    "antaa",
    "kaikki",
    "moni",
    "muu",
    "toinen",
    "yksi",
    "kaksi",
    "oma",
    "hyvä",
    "paljon",
    "enää",
    "aina",
    "usein",
    "siellä",
    "täällä",
    "asiakas",
    "ihminen",
    "asia",
    "eli",
    "kuka",
    "itse",
    "ilman",
    "kautta",
    "sama",
    "vuosi",
    "kuukausi",
    "viikko",
    "päivä",
    "och",
    "att",
    "det",
    "som",
    "en",
    "ett",
    "är",
    "inte",
    "på",
    "för",
    "med",
    "har",
    "hon",
    "han",
    "jag",
    "i",
    "till",
    "av",
    "den",
    "de",
    "vi",
    "om",
    "men",
    "från",
    "eller",
    "kan",
    "får",
    "var",
    "när",
    "ingen",
    "alla",
    "klient",
    "sin",
    "sitt",
    "så",
    "the",
    "and",
    "is",
    "of",
    "to",
    "a",
    "in",
    "that",
    "it",
    "not",
    "are",
    "for",
    "with",
    "on",
    "client",
    "they",
];

/// The words of one observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    language: Language,
    /// How often each stands in it; of a word with several readings each counts its share.
    counts: BTreeMap<String, f64>,
}

impl Words {
    /// Reads an observation. Numbers and single letters are left out.
    pub fn of(analysers: &Analysers, language: Language, text: &str) -> Self {
        let analyser = match language {
            Language::Fi | Language::Easy => &analysers.fi,
            Language::Sv => &analysers.sv,
            Language::En => &analysers.en,
        };
        let mut counts = BTreeMap::new();
        for token in analyser.tokens(text) {
            if token.form.chars().any(char::is_numeric) || STOP.contains(&token.form.as_str()) {
                continue;
            }
            let lemmas: BTreeSet<&String> = token
                .word
                .lemmas
                .iter()
                .filter(|lemma| counts_for(lemma))
                .collect();
            for lemma in &lemmas {
                *counts.entry((*lemma).clone()).or_insert(0.0) += 1.0 / lemmas.len() as f64;
            }
            for part in token.word.parts.iter().filter(|part| counts_for(part)) {
                *counts.entry(part.clone()).or_insert(0.0) += PART;
            }
        }
        let language = match language {
            Language::Easy => Language::Fi,
            other => other,
        };
        Self { language, counts }
    }

    /// The language it is compared in.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Each word once.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        self.counts.keys().map(String::as_str)
    }
}

fn counts_for(word: &str) -> bool {
    word.chars().count() > 1 && !STOP.contains(&word)
}

/// An observation that is like another.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Its index in the collection.
    pub index: usize,
    /// From [`ALIKE`] to 1.
    pub likeness: f64,
    /// What it rests on, the weightiest word first.
    pub shared: Vec<String>,
}

/// Observations as vectors of length one.
pub struct Collection {
    vectors: Vec<BTreeMap<String, f64>>,
    /// Which observations have a word: only those are compared.
    with: BTreeMap<String, Vec<(usize, f64)>>,
}

impl Collection {
    /// Weighs the words of the observations against each other.
    pub fn new(observations: &[Words]) -> Self {
        // The language is part of the word, so that nothing is shared over languages.
        let key = |words: &Words, word: &str| format!("{}:{word}", words.language.code());
        let mut frequencies: BTreeMap<String, u32> = BTreeMap::new();
        for words in observations {
            for word in words.counts.keys() {
                *frequencies.entry(key(words, word)).or_default() += 1;
            }
        }
        let all = observations.len() as f64;
        let mut with: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
        let mut vectors = Vec::with_capacity(observations.len());
        for (index, words) in observations.iter().enumerate() {
            let mut vector: BTreeMap<String, f64> = words
                .counts
                .iter()
                .map(|(word, count)| {
                    let word = key(words, word);
                    let having = f64::from(frequencies.get(&word).copied().unwrap_or(0));
                    let idf = ((all + 1.0) / (having + 1.0)).ln() + 1.0;
                    (word, count.sqrt() * idf)
                })
                .collect();
            let length = vector
                .values()
                .map(|weight| weight * weight)
                .sum::<f64>()
                .sqrt();
            for (word, weight) in &mut vector {
                *weight /= length;
                with.entry(word.clone()).or_default().push((index, *weight));
            }
            vectors.push(vector);
        }
        Self { vectors, with }
    }

    /// The observations most like one, the likest first; of equals the first of the collection.
    pub fn alike(&self, index: usize) -> Vec<Alike> {
        let mut alike: Vec<Alike> = self
            .likenesses(index)
            .into_iter()
            .filter(|(other, likeness)| *other != index && *likeness >= ALIKE)
            .map(|(other, likeness)| Alike {
                index: other,
                likeness: likeness.min(1.0),
                shared: self.shared(index, other),
            })
            .collect();
        alike.sort_by(|one, other| {
            other
                .likeness
                .total_cmp(&one.likeness)
                .then(one.index.cmp(&other.index))
        });
        alike.truncate(MOST_ALIKE);
        alike
    }

    /// Groups of two and more, single link: each is at least [`GROUPED`] like another of its group. In the
    /// order of their first observations; what is alone is in none.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let mut group: Vec<usize> = (0..self.vectors.len()).collect();
        for index in 0..self.vectors.len() {
            for (other, likeness) in self.likenesses(index) {
                if other < index && likeness >= GROUPED {
                    let (one, two) = (root(&mut group, index), root(&mut group, other));
                    group[one.max(two)] = one.min(two);
                }
            }
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..group.len() {
            groups
                .entry(root(&mut group, index))
                .or_default()
                .push(index);
        }
        groups
            .into_values()
            .filter(|members| members.len() > 1)
            .collect()
    }

    /// The cosine with every observation that shares a word.
    fn likenesses(&self, index: usize) -> BTreeMap<usize, f64> {
        let mut sums = BTreeMap::new();
        for (word, weight) in self.vectors.get(index).into_iter().flatten() {
            for (other, other_weight) in self.with.get(word).into_iter().flatten() {
                *sums.entry(*other).or_insert(0.0) += weight * other_weight;
            }
        }
        sums
    }

    fn shared(&self, one: usize, other: usize) -> Vec<String> {
        let mut shared: Vec<(&String, f64)> = self.vectors[one]
            .iter()
            .filter_map(|(word, weight)| {
                self.vectors[other]
                    .get(word)
                    .map(|other| (word, weight * other))
            })
            .collect();
        shared.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        shared
            .into_iter()
            .take(MOST_SHARED)
            .map(|(word, _)| {
                word.split_once(':')
                    .map_or(word.as_str(), |(_, word)| word)
                    .to_owned()
            })
            .collect()
    }
}

/// The first of a group, with the way to it made short.
fn root(group: &mut [usize], mut index: usize) -> usize {
    while group[index] != index {
        group[index] = group[group[index]];
        index = group[index];
    }
    index
}
