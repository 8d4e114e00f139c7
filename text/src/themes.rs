//! Themes that an observation may belong to, by the keywords of the county. Proposed and never set: the
//! writer or the editor takes or leaves each.
//!
//! A keyword that few observations have says more than one that all have: its weight is its idf,
//! `ln((n + 1) / (df + 1)) + 1`, where `n` observations were counted and `df` of them have the word.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use kernel::language::Language;

use crate::search::Analysers;

/// The most themes that are proposed.
pub const MOST_SUGGESTIONS: usize = 3;

/// How many observations have each word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frequencies {
    observations: u32,
    with: BTreeMap<String, u32>,
}

impl Frequencies {
    /// Counts one observation by its words ([`Analysers::words`]).
    pub fn add(&mut self, words: &BTreeSet<String>) {
        self.observations += 1;
        for word in words {
            *self.with.entry(word.clone()).or_default() += 1;
        }
    }

    /// The weight of a word, 1 at least; the more, the rarer.
    pub fn idf(&self, word: &str) -> f64 {
        let with = self.with.get(word).copied().unwrap_or(0);
        (f64::from(self.observations + 1) / f64::from(with + 1)).ln() + 1.0
    }
}

/// Keywords of themes, read once.
pub struct Themes {
    themes: Vec<Theme>,
}

struct Theme {
    code: String,
    keywords: Vec<Keyword>,
}

/// Each word of a keyword in its base forms: any of them meets it.
struct Keyword {
    written: String,
    words: Vec<Vec<String>>,
}

/// A proposed theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Code of the theme.
    pub code: String,
    /// Sum of the weights of its keywords in the text.
    pub score: f64,
    /// The keywords that were met, and where, for the explanation.
    pub met: Vec<Met>,
}

/// A keyword in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    pub keyword: String,
    /// Places in bytes, on character borders.
    pub places: Vec<Range<usize>>,
}

impl Themes {
    /// Reads the keywords: pairs of a theme's code and its keywords, in Finnish and Swedish, in any form. A
    /// keyword of several words is met when all of them are in the text.
    pub fn new<'a>(
        analysers: &Analysers,
        themes: impl IntoIterator<Item = (&'a str, &'a [&'a str])>,
    ) -> Self {
        let keyword = |written: &str| Keyword {
            written: written.to_owned(),
            words: analysers
                .question(written)
                .into_iter()
                .map(|word| word.base_forms)
                .collect(),
        };
        Self {
            themes: themes
                .into_iter()
                .map(|(code, keywords)| Theme {
                    code: code.to_owned(),
                    keywords: keywords
                        .iter()
                        .map(|written| keyword(written))
                        .filter(|keyword| !keyword.words.is_empty())
                        .collect(),
                })
                .collect(),
        }
    }

    /// The themes of a text, the best first, three at most; of equals the first by code. Empty when no
    /// keyword is met.
    pub fn suggest(
        &self,
        analysers: &Analysers,
        language: Language,
        text: &str,
        frequencies: &Frequencies,
    ) -> Vec<Suggestion> {
        let words = analysers.words(language, text);
        let mut found: Vec<Suggestion> = self
            .themes
            .iter()
            .filter_map(|theme| {
                let mut suggestion = Suggestion {
                    code: theme.code.clone(),
                    score: 0.0,
                    met: Vec::new(),
                };
                for keyword in &theme.keywords {
                    if let Some(weight) = keyword.weight(&words, frequencies) {
                        suggestion.score += weight;
                        suggestion.met.push(Met {
                            keyword: keyword.written.clone(),
                            places: analysers.places(
                                language,
                                text,
                                &analysers.question(&format!("{} ", keyword.written)),
                            ),
                        });
                    }
                }
                (!suggestion.met.is_empty()).then_some(suggestion)
            })
            .collect();
        found.sort_by(|one, other| {
            other
                .score
                .total_cmp(&one.score)
                .then_with(|| one.code.cmp(&other.code))
        });
        found.truncate(MOST_SUGGESTIONS);
        found
    }
}

impl Keyword {
    /// The weight of the rarest of its words when all are in the text.
    fn weight(&self, words: &BTreeSet<String>, frequencies: &Frequencies) -> Option<f64> {
        let each = self.words.iter().map(|forms| {
            let met = forms.iter().filter(|form| words.contains(*form));
            // Of the readings of one word the commonest counts: the rarer may be a reading by chance.
            met.map(|form| frequencies.idf(form)).min_by(f64::total_cmp)
        });
        each.collect::<Option<Vec<f64>>>()?
            .into_iter()
            .max_by(f64::total_cmp)
    }
}
