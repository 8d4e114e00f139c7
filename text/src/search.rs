//! Words of a text for the index, words of a question, and the places where a text meets it.
//!
//! Texts and questions are taken for Finnish and Swedish at once, since both are written in one county and
//! a form tells the language of its page and not of its words: a word that the Finnish dictionary knows is
//! Finnish, any other is looked at in both (in English too where the text is said to be English).

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use kernel::language::Language;

use crate::analysis::{Analyser, Kind, Token};

/// Words of a question that are read.
pub const MOST_WORDS: usize = 12;
/// A half-typed last word has at least so many letters.
const SHORTEST_BEGINNING: usize = 3;

/// The analysers of the house, shared by everything that reads texts. Cheap to clone.
#[derive(Clone)]
pub struct Analysers {
    pub fi: Arc<Analyser>,
    pub sv: Arc<Analyser>,
    pub en: Arc<Analyser>,
}

/// One word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Any of these may be met: base forms, and the word as it was typed.
    pub base_forms: Vec<String>,
    /// The last word may be half typed: words that begin so are met too.
    pub beginning: Option<String>,
}

impl Asked {
    fn add(&mut self, form: &str) {
        if !self.base_forms.iter().any(|own| own == form) {
            self.base_forms.push(form.to_owned());
        }
    }

    fn is_met(&self, term: &str) -> bool {
        self.base_forms.iter().any(|own| own == term)
            || self
                .beginning
                .as_deref()
                .is_some_and(|beginning| term.starts_with(beginning))
    }
}

impl Analysers {
    /// The best analysers that the machine has.
    pub fn open() -> Self {
        let open = |language| Arc::new(Analyser::open(language));
        Self {
            fi: open(Language::Fi),
            sv: open(Language::Sv),
            en: open(Language::En),
        }
    }

    /// The mark of an index made with these: one made with others is made anew.
    pub fn label(&self) -> String {
        format!("1 {}", self.fi.kind().label())
    }

    /// What the index keeps of a text: base forms, parts of compounds, and the forms as they were written.
    pub fn words(&self, language: Language, text: &str) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        self.each(language, text, |tokens| {
            for token in tokens {
                words.extend(token.index_terms().map(str::to_owned));
                words.insert(token.form.clone());
            }
        });
        words
    }

    /// What to look for. Empty for a text without words.
    pub fn question(&self, typed: &str) -> Vec<Asked> {
        let ends_open = typed.ends_with(char::is_alphanumeric);
        let mut asked: Vec<(Range<usize>, Asked)> = Vec::new();
        self.each(Language::Fi, typed, |tokens| {
            for token in tokens {
                let forms = token.query_terms().chain([token.form.as_str()]);
                match asked.iter_mut().find(|(range, _)| *range == token.range) {
                    Some((_, word)) => forms.for_each(|form| word.add(form)),
                    None => {
                        let mut word = Asked {
                            base_forms: Vec::new(),
                            beginning: None,
                        };
                        forms.for_each(|form| word.add(form));
                        asked.push((token.range.clone(), word));
                    }
                }
            }
        });
        asked.sort_by_key(|(range, _)| range.start);
        asked.truncate(MOST_WORDS);
        if let Some((range, last)) = asked.last_mut()
            && ends_open
            && range.end == typed.len()
        {
            let form = crate::tokens::normalise(&typed[range.clone()]);
            last.beginning = (form.chars().count() >= SHORTEST_BEGINNING).then_some(form);
        }
        asked.into_iter().map(|(_, word)| word).collect()
    }

    /// The places of the words of a text that meet a question, in bytes, in order and apart.
    pub fn places(&self, language: Language, text: &str, asked: &[Asked]) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        self.each(language, text, |tokens| {
            for token in tokens {
                let met = token
                    .index_terms()
                    .chain([token.form.as_str()])
                    .any(|term| asked.iter().any(|asked| asked.is_met(term)));
                if met {
                    places.push(token.range.clone());
                }
            }
        });
        places.sort_by_key(|place| place.start);
        places.dedup();
        places
    }

    /// The words in every language that they may be in.
    fn each(&self, language: Language, text: &str, mut with: impl FnMut(&[Token])) {
        let finnish = self.fi.tokens(text);
        with(&finnish);
        let dictionary = matches!(self.fi.kind(), Kind::Voikko { .. });
        let known: BTreeSet<usize> = finnish
            .iter()
            .filter(|token| dictionary && token.word.known)
            .map(|token| token.range.start)
            .collect();
        let others = match language {
            Language::En => vec![&self.sv, &self.en],
            _ => vec![&self.sv],
        };
        for analyser in others {
            let mut tokens = analyser.tokens(text);
            tokens.retain(|token| !known.contains(&token.range.start));
            with(&tokens);
        }
    }
}
