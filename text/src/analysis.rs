//! Base forms of words: Voikko for Finnish, Snowball where Voikko is not.
//!
//! Finnish words bend (`häätö`, `häädön`) and join (`häätöuhka`). Voikko knows both. Snowball only
//! cuts endings: it is what a machine without Voikko gets, and what Swedish and English get always.
//! The figures of both on a committed list are printed by `tests/forms.rs`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::language::Language;
use rust_stemmers::{Algorithm, Stemmer};

use crate::cache::Cache;
use crate::voikko::{Voikko, VoikkoError};
use crate::{compound, tokens};

/// Word forms kept in memory, in each of two generations.
const CACHED_FORMS: usize = 20_000;

/// Longer words (in bytes) are not analysed: no word people write is this long, and the time an
/// analysis takes must not be in the hands of a stranger.
const LONGEST_WORD: usize = 120;

/// Which engine an analyser uses; the health page prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// libvoikko of the machine, with its version.
    Voikko { version: String },
    /// Stems only. `instead_of_voikko` says why, when Voikko was wanted.
    Snowball {
        instead_of_voikko: Option<VoikkoError>,
    },
}

impl Kind {
    /// Whether the analyser works below what its language should have.
    pub fn is_degraded(&self) -> bool {
        matches!(
            self,
            Self::Snowball {
                instead_of_voikko: Some(_)
            }
        )
    }

    /// A short name, also the mark of a search index: an index built with another one is rebuilt.
    pub fn label(&self) -> String {
        match self {
            Self::Voikko { version } => format!("voikko {version}"),
            Self::Snowball { .. } => "snowball".to_owned(),
        }
    }
}

/// What the readings of a word form name; several may be true at once (`Salo`: a place, a forest).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proper {
    pub given_name: bool,
    pub family_name: bool,
    pub place: bool,
    /// Something else with a name: an organisation, a thing.
    pub other: bool,
    /// An ordinary word.
    pub common: bool,
}

impl Proper {
    fn add(&mut self, class: &str) {
        match class {
            "etunimi" => self.given_name = true,
            "sukunimi" => self.family_name = true,
            "paikannimi" => self.place = true,
            "nimi" => self.other = true,
            _ => self.common = true,
        }
    }
}

/// What is known of a word form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// Base forms, lower case, each once: several when the form is ambiguous (`kotiin`: `koti`,
    /// `kota`). Never empty: a word the engine does not know has its own form and its stem.
    pub lemmas: Vec<String>,
    /// Parts of a compound and the compounds inside it, in base form; none of them a lemma.
    pub parts: Vec<String>,
    /// Last parts of a compound with what belongs to them (`uhka` of `häätöuhka`): what the thing is.
    pub heads: Vec<String>,
    /// What the readings of the form name. Nothing where the engine is a stemmer, which knows no names.
    pub proper: Proper,
    /// Whether the dictionary knows the word. Always true for a stemmer, which knows none.
    pub known: bool,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its place in the text, in bytes, on character borders.
    pub range: Range<usize>,
    /// The word in NFC and lower case.
    pub form: String,
    /// Base forms and parts.
    pub word: Arc<Word>,
}

impl Token {
    /// What a search index stores for this word: base forms, compound parts, inner compounds.
    pub fn index_terms(&self) -> impl Iterator<Item = &str> {
        self.word
            .lemmas
            .iter()
            .chain(&self.word.parts)
            .map(String::as_str)
    }

    /// What a search asks for this word: base forms only, any of which may be met, so that
    /// `toimeentulotuki` does not bring every `tuki`.
    pub fn query_terms(&self) -> impl Iterator<Item = &str> {
        self.word.lemmas.iter().map(String::as_str)
    }
}

/// An analyser of one language. Share it in an `Arc`: it may be used from many threads at once.
///
/// One Voikko handle behind a lock serves all of them. Most words come from the cache, and the
/// rest take about 0.15 ms each; call it before or after a database transaction, never inside.
pub struct Analyser {
    kind: Kind,
    stemmer: Stemmer,
    swedish: bool,
    voikko: Option<Mutex<Voikko>>,
    cache: Mutex<Cache<Word>>,
}

impl Analyser {
    /// Opens the best engine this machine has for a language. Never fails: `kind` tells what it got.
    pub fn open(language: Language) -> Self {
        match language {
            Language::Fi | Language::Easy => match Voikko::open() {
                Ok(voikko) => Self::with_voikko(voikko),
                Err(reason) => {
                    tracing::warn!(%reason, "Finnish words are only stemmed");
                    Self::with_stemmer(Algorithm::Finnish, Some(reason))
                }
            },
            Language::Sv => Self::with_stemmer(Algorithm::Swedish, None),
            Language::En => Self::with_stemmer(Algorithm::English, None),
        }
    }

    /// The stemmer of a language even where Voikko is present, to see what the fallback is worth.
    pub fn stemmer_only(language: Language) -> Self {
        let algorithm = match language {
            Language::Fi | Language::Easy => Algorithm::Finnish,
            Language::Sv => Algorithm::Swedish,
            Language::En => Algorithm::English,
        };
        Self::with_stemmer(algorithm, None)
    }

    fn with_voikko(voikko: Voikko) -> Self {
        Self {
            kind: Kind::Voikko {
                version: voikko.version(),
            },
            stemmer: Stemmer::create(Algorithm::Finnish),
            swedish: false,
            voikko: Some(Mutex::new(voikko)),
            cache: Mutex::new(Cache::new(CACHED_FORMS)),
        }
    }

    fn with_stemmer(algorithm: Algorithm, instead_of_voikko: Option<VoikkoError>) -> Self {
        Self {
            kind: Kind::Snowball { instead_of_voikko },
            stemmer: Stemmer::create(algorithm),
            swedish: matches!(algorithm, Algorithm::Swedish),
            voikko: None,
            cache: Mutex::new(Cache::new(CACHED_FORMS)),
        }
    }

    /// Which engine is in use.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The words of a text in order.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        tokens::words(text)
            .into_iter()
            .map(|range| {
                let surface = &text[range.clone()];
                Token {
                    form: tokens::normalise(surface),
                    word: self.word(surface),
                    range,
                }
            })
            .collect()
    }

    /// The distinct terms to store for a text, in alphabetical order.
    pub fn index_terms(&self, text: &str) -> BTreeSet<String> {
        self.tokens(text)
            .iter()
            .flat_map(Token::index_terms)
            .map(str::to_owned)
            .collect()
    }

    /// Base forms and parts of one word.
    pub fn word(&self, surface: &str) -> Arc<Word> {
        let surface = tokens::composed(surface);
        // Numbers are kept out of memory: an identity code or a phone number has no base form.
        if surface.len() > LONGEST_WORD || surface.chars().any(char::is_numeric) {
            return Arc::new(self.analyse(&surface));
        }
        if let Some(word) = unpoisoned(&self.cache).get(&surface) {
            return word;
        }
        let word = Arc::new(self.analyse(&surface));
        unpoisoned(&self.cache).insert(surface.into(), Arc::clone(&word));
        word
    }

    fn analyse(&self, surface: &str) -> Word {
        let form = tokens::normalise(surface);
        if form.len() > LONGEST_WORD {
            return Word {
                lemmas: vec![form],
                ..Word::default()
            };
        }
        let Some(voikko) = &self.voikko else {
            let mut word = Word {
                known: true,
                ..Word::default()
            };
            push_new(&mut word.lemmas, self.stem(&form));
            if self.swedish {
                push_new(&mut word.lemmas, swedish_bare_form(&form));
            }
            return word;
        };
        // The lock must be free again before the halves of an unknown word are analysed.
        let known = known(&mut unpoisoned(voikko), surface);
        known.unwrap_or_else(|| self.unknown(&form))
    }

    /// A word that the dictionary lacks (a foreign name, spoken language): its form and its stem.
    fn unknown(&self, form: &str) -> Word {
        let mut word = Word::default();
        for lemma in [form.to_owned(), self.stem(form)] {
            push_new(&mut word.lemmas, lemma);
        }
        // `lapsi-perhe` is unknown as a whole, its halves are not.
        for half in form
            .split('-')
            .filter(|half| *half != form && !half.is_empty())
        {
            for lemma in &self.word(half).lemmas {
                push_new(&mut word.parts, lemma.clone());
            }
        }
        word
    }

    /// The Snowball stem of a normalised word, without a case ending set off by a colon.
    pub(crate) fn stem(&self, form: &str) -> String {
        let body = form.split_once(':').map_or(form, |(body, _)| body);
        self.stemmer.stem(body).into_owned()
    }
}

/// Asks Voikko, and for `Kela:lta`, whose colon it does not know, asks for `Kela`.
fn known(voikko: &mut Voikko, surface: &str) -> Option<Word> {
    let mut readings = voikko.analyse(surface);
    if readings.is_empty()
        && let Some((body, _)) = surface.split_once(':')
    {
        readings = voikko.analyse(body);
    }
    if readings.is_empty() {
        return None;
    }
    let mut word = Word {
        known: true,
        ..Word::default()
    };
    for reading in &readings {
        word.proper.add(&reading.class);
        push_new(
            &mut word.lemmas,
            reading.base.replace('=', "").to_lowercase(),
        );
    }
    for reading in &readings {
        let parts = compound::parts(reading);
        if let Some(head) = parts.last() {
            push_new(&mut word.heads, head.clone());
        }
        let inner = compound::inner_compounds(&parts);
        for index in 2..parts.len() {
            push_new(&mut word.heads, parts[parts.len() - index..].concat());
        }
        for part in parts.into_iter().chain(inner) {
            if !word.lemmas.contains(&part) {
                push_new(&mut word.parts, part);
            }
        }
    }
    Some(word)
}

/// A Swedish word without the definite and genitive endings, which Snowball leaves on neuters
/// (`beslutet`) and cuts too far on others (`bostaden`): a second stem beside Snowball's.
fn swedish_bare_form(form: &str) -> String {
    let long_enough = |rest: &&str| rest.chars().count() >= 3;
    let cut = |word: &str, endings: &[&str]| {
        let rest = endings.iter().find_map(|ending| word.strip_suffix(ending));
        rest.filter(long_enough).unwrap_or(word).to_owned()
    };
    let nominative = cut(form, &["s"]);
    let indefinite = cut(&nominative, &["en", "et", "n"]);
    cut(&indefinite, &["a", "e"])
}

fn push_new(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// The value of a lock whose holder panicked: both guarded values are whole between two calls.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
