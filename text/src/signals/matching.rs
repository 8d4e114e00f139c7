//! Rules against the words of a text.

use std::ops::Range;

use super::rules::{Alternative, Rule, Step};
use super::{Sentence, negation};
use crate::analysis::Token;

/// How many words may stand where a rule writes `..`.
const WIDEST_GAP: usize = 3;

/// The first year of adult life.
const ADULT: u32 = 18;

/// The words that a rule asked for, by their order in the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub words: Vec<usize>,
}

impl Match {
    /// From the first word to after the last.
    pub(super) fn span(&self) -> Range<usize> {
        let first = self.words.first().copied().unwrap_or_default();
        first..self.words.last().copied().unwrap_or_default() + 1
    }
}

/// Every place where a pattern of the rule holds.
pub(super) fn matches(rule: &Rule, sentence: &Sentence<'_>) -> Vec<Match> {
    let mut matches = Vec::new();
    for start in 0..sentence.tokens.len() {
        for pattern in &rule.patterns {
            let mut words = Vec::with_capacity(pattern.len());
            if follow(pattern, start, sentence, &mut words) {
                matches.push(Match { words });
                break;
            }
        }
    }
    matches
}

/// Whether the steps hold from this word on; the nearest words are taken.
fn follow(steps: &[Step], at: usize, sentence: &Sentence<'_>, words: &mut Vec<usize>) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return true;
    };
    let furthest = if step.after_gap { at + WIDEST_GAP } else { at };
    for index in at..=furthest {
        let Some(token) = sentence.tokens.get(index) else {
            return false;
        };
        if index > 0 && !words.is_empty() && ends_sentence(sentence.between(index - 1)) {
            return false;
        }
        if step
            .alternatives
            .iter()
            .any(|alternative| holds(alternative, token, sentence))
        {
            words.push(index);
            if follow(rest, index + 1, sentence, words) {
                return true;
            }
            words.pop();
        }
    }
    false
}

/// A single line break does not end a sentence: people break lines as they like.
fn ends_sentence(between: &str) -> bool {
    between.contains(['.', '!', '?', ';']) || between.matches('\n').count() > 1
}

fn holds(alternative: &Alternative, token: &Token, sentence: &Sentence<'_>) -> bool {
    let form = token.form.as_str();
    match alternative {
        Alternative::Form(word) => form == word,
        Alternative::Start(start) => form.starts_with(start.as_str()),
        Alternative::End(end) => form.ends_with(end.as_str()),
        Alternative::Inside(inside) => form.contains(inside.as_str()),
        Alternative::Base { word, stem } => is_base(token, word, stem),
        Alternative::AnyPart { word, stem } => {
            is_base(token, word, stem) || token.word.parts.contains(word)
        }
        Alternative::Denial => negation::is_denial(form, sentence.language),
        Alternative::AgeOfChild => is_age_of_child(form),
        Alternative::YearsOfChild => form.parse::<u32>().is_ok_and(|years| years < ADULT),
    }
}

/// The word itself, or a compound that ends in it: `häätöuhka` is a kind of `uhka`.
fn is_base(token: &Token, word: &String, stem: &String) -> bool {
    token.form == *word
        || token.word.lemmas.contains(word)
        || token.word.lemmas.contains(stem)
        || token.word.heads.contains(word)
}

/// `5-vuotias`, `5v`, `7-åring`, `3-year-old`: an age under eighteen in one word.
fn is_age_of_child(form: &str) -> bool {
    let digits = form
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(form.len());
    let (years, rest) = form.split_at(digits);
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let is_age = [
        "vuotia",
        "v-vuotia",
        "årig",
        "åring",
        "year-old",
        "years-old",
        "yr-old",
    ]
    .iter()
    .any(|start| rest.starts_with(start))
        || matches!(rest, "v" | "vee" | "yo");
    is_age && years.parse::<u32>().is_ok_and(|years| years < ADULT)
}
