//! Hints in the sender's own words: a housing risk, a child in the household, danger, no food.
//!
//! The person who catches a contact judges its urgency. A hint only says "look at these words":
//! it carries the place of every word it rests on and a reason in plain language, so that it can
//! be seen to be right or wrong at a glance. A text without hints is not a text without danger.
//!
//! The rules are data (`data/signals.csv`), read and changed by people who do social work; the
//! grammar of the file is at the head of `signals/rules.rs`.
//!
//! **Denials.** "Minulla ei ole lapsia" holds the word `lapsi` and says the opposite. A match right
//! after a denial (`signals/negation.rs`) becomes a mention: shown, but raising nothing. This is done for
//! children and housing only. Words of danger and of hunger always raise: "hän ei lyö enää" or
//! "en ajattele itsemurhaa" is a sentence somebody must read soon, and a needless look costs less
//! than a missed one.

mod language;
mod matching;
mod negation;
mod rules;

use std::ops::Range;
use std::sync::Arc;

use kernel::language::Language;

use crate::analysis::{Analyser, Token};
use matching::Match;
use rules::{Effect, Rule, Rules};
pub use rules::{RulesError, VERSION_MARK};

const BUILT_IN: &str = include_str!("../data/signals.csv");

/// What a hint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Violence, a threat, suicide: danger to somebody's life or body.
    Danger,
    /// No food, no medicine, no money for them.
    Subsistence,
    /// The home is at risk, or there is none.
    Housing,
    /// A child in the household.
    Child,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Danger, Self::Subsistence, Self::Housing, Self::Child];

    /// The code used in files and the store.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Subsistence => "subsistence",
            Self::Housing => "housing",
            Self::Child => "child",
        }
    }

    /// The kind of a code, `None` for an unknown one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How much a hint weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Speaks for a higher urgency.
    Raises,
    /// Worth seeing, raises nothing by itself: the sender denies it, or it is often said of the past.
    Mentions,
}

/// A hint and the words it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    pub kind: Kind,
    pub strength: Strength,
    /// The rule that found it, as numbered in the data file.
    pub rule: Arc<str>,
    /// Key of the text that says why, in `messages/`: `signal-housing-eviction`.
    pub reason: Arc<str>,
    /// From the first word to the last, in bytes, on character borders.
    pub range: Range<usize>,
    /// Every word that the rule asked for, in bytes; words between them are left out.
    pub words: Vec<Range<usize>>,
}

/// The kinds that speak for a higher urgency, each once, the gravest first.
pub fn raising(signals: &[Signal]) -> Vec<Kind> {
    let raises = |kind: &Kind| {
        signals
            .iter()
            .any(|signal| signal.kind == *kind && signal.strength == Strength::Raises)
    };
    Kind::ALL.into_iter().filter(raises).collect()
}

/// Finds hints. Built once and shared: pure, and safe to use from many threads.
pub struct Detector {
    rules: Rules,
    languages: Vec<(Language, Arc<Analyser>)>,
}

impl Detector {
    /// A detector with the rules of the house.
    ///
    /// # Errors
    /// When the data file cannot be read; a test of this crate keeps that from being shipped.
    pub fn new(
        finnish: Arc<Analyser>,
        swedish: Arc<Analyser>,
        english: Arc<Analyser>,
    ) -> Result<Self, RulesError> {
        Self::with_rules(BUILT_IN, finnish, swedish, english)
    }

    /// A detector with the rules of a county of its own.
    ///
    /// # Errors
    /// When a row does not follow the grammar; the error names its line.
    pub fn with_rules(
        csv: &str,
        finnish: Arc<Analyser>,
        swedish: Arc<Analyser>,
        english: Arc<Analyser>,
    ) -> Result<Self, RulesError> {
        let languages = vec![
            (Language::Fi, finnish),
            (Language::Sv, swedish),
            (Language::En, english),
        ];
        let rules = Rules::read(csv, &languages)?;
        Ok(Self { rules, languages })
    }

    /// Version of the rules, to be kept beside what they found.
    pub fn version(&self) -> &str {
        self.rules.version()
    }

    /// All hints of a text in its order. `declared` is the language the sender chose; the language
    /// of the words themselves is looked at too, because a form in Finnish may be filled in English.
    ///
    /// Takes about 0.15 ms for every word not met before: call it outside a database transaction.
    pub fn detect(&self, text: &str, declared: Language) -> Vec<Signal> {
        let spoken = language::spoken(text, declared);
        let mut signals = Vec::new();
        for (language, analyser) in self
            .languages
            .iter()
            .filter(|(language, _)| spoken.contains(language))
        {
            let sentence = Sentence {
                text,
                tokens: analyser.tokens(text),
                language: *language,
            };
            signals.extend(hints(&self.rules, &sentence));
        }
        signals.sort_by_key(|signal: &Signal| (signal.range.start, signal.kind, signal.range.end));
        signals.dedup_by(|second, first| second.kind == first.kind && second.range == first.range);
        signals
    }
}

/// A text taken apart for the rules of one language.
struct Sentence<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    language: Language,
}

impl Sentence<'_> {
    /// What stands between a word and the one after it.
    fn between(&self, index: usize) -> &str {
        match (self.tokens.get(index), self.tokens.get(index + 1)) {
            (Some(one), Some(next)) => &self.text[one.range.end..next.range.start],
            _ => ".",
        }
    }
}

/// The matches of a language's rules, without those that a longer one of the same kind covers.
fn hints(rules: &Rules, sentence: &Sentence<'_>) -> Vec<Signal> {
    let mut matches: Vec<(&Rule, Match)> = Vec::new();
    for rule in rules.of(sentence.language) {
        matches.extend(
            matching::matches(rule, sentence)
                .into_iter()
                .map(|found| (rule, found)),
        );
    }
    let covered = |index: usize| {
        let (rule, found) = &matches[index];
        matches
            .iter()
            .enumerate()
            .any(|(other, (other_rule, other_found))| {
                other != index
                    && rule.kind == other_rule.kind
                    && covers((other_rule, other_found), (rule, found))
            })
    };
    (0..matches.len())
        .filter(|&index| matches[index].0.effect != Effect::Nothing && !covered(index))
        .map(|index| signal(matches[index].0, &matches[index].1, sentence))
        .collect()
}

/// Whether the first match makes the second one needless: it is longer around the same words, or
/// has the same words and says that they mean nothing.
fn covers(one: (&Rule, &Match), other: (&Rule, &Match)) -> bool {
    let (outer, inner) = (one.1.span(), other.1.span());
    if outer == inner {
        return one.0.effect == Effect::Nothing && other.0.effect != Effect::Nothing;
    }
    outer.start <= inner.start && inner.end <= outer.end
}

fn signal(rule: &Rule, found: &Match, sentence: &Sentence<'_>) -> Signal {
    let words: Vec<Range<usize>> = found
        .words
        .iter()
        .map(|&index| sentence.tokens[index].range.clone())
        .collect();
    let span = found.span();
    let denied = rule.denial_lowers && negation::denied(sentence, span.start, span.end - 1);
    let strength = if denied || rule.effect == Effect::Mentions {
        Strength::Mentions
    } else {
        Strength::Raises
    };
    Signal {
        kind: rule.kind,
        strength,
        rule: Arc::clone(&rule.id),
        reason: Arc::clone(&rule.reason),
        range: sentence.tokens[span.start].range.start..sentence.tokens[span.end - 1].range.end,
        words,
    }
}
