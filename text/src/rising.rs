//! Words that rise: rare before, and said by several writers of late. A weak signal for a person to look at, with the
//! observations it comes from; never a finding.
//!
//! Counted are observations that have the word, not how often they say it, and each language is compared with itself. What rises
//! is told by log-odds with a prior of what all observations say (Monroe, Colaresi and Quinn, "Fightin' Words", Political
//! Analysis 16, 2008): a word that two have said of four does not pass one that twenty have said of forty.

use std::collections::{BTreeMap, BTreeSet};

use kernel::language::Language;

use crate::similar::Words;

/// Different writers of late at least; all who left no name may be one person.
pub const WRITERS: usize = 3;
/// The most that are told.
pub const MOST: usize = 20;
/// Rare: at most so large a share of the earlier observations had it.
pub const RARE: f64 = 0.1;
/// How many observations the prior weighs as much as.
const PRIOR: f64 = 10.0;
/// From here on chance alone makes such a rise less often than once in twenty: one side of a normal distribution.
const SURE: f64 = 1.645;

/// An observation, as it is counted.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub words: &'a Words,
    /// A random name of who wrote it, if she left any.
    pub writer: Option<[u8; 16]>,
    /// Of late, or of the time that it is compared with.
    pub recent: bool,
}

/// A word that rises.
#[derive(Debug, Clone, PartialEq)]
pub struct Rising {
    /// In its base form.
    pub word: String,
    pub language: Language,
    /// Observations of late that have it, of so many.
    pub recent: usize,
    pub recent_of: usize,
    /// Earlier ones, of so many.
    pub before: usize,
    pub before_of: usize,
    /// Different writers of late at least.
    pub writers: usize,
    /// Chance alone would seldom do it.
    pub sure: bool,
    /// Which of the observations, by their index.
    pub observations: Vec<usize>,
    score: f64,
}

#[derive(Default)]
struct Count {
    recent: Vec<usize>,
    writers: BTreeSet<Option<[u8; 16]>>,
    before: usize,
}

/// The words that rise, the surest first; of equals the first in the alphabet. Nothing rises in a language without earlier
/// observations.
pub fn rising(all: &[Said<'_>]) -> Vec<Rising> {
    let mut totals: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    let mut counts: BTreeMap<(&'static str, &str), (Language, Count)> = BTreeMap::new();
    for (index, one) in all.iter().enumerate() {
        let language = one.words.language();
        let total = totals.entry(language.code()).or_default();
        if one.recent {
            total.0 += 1;
        } else {
            total.1 += 1;
        }
        for word in one.words.each() {
            let (_, count) = counts
                .entry((language.code(), word))
                .or_insert_with(|| (language, Count::default()));
            if one.recent {
                count.recent.push(index);
                count.writers.insert(one.writer);
            } else {
                count.before += 1;
            }
        }
    }
    let mut found: Vec<Rising> = counts
        .into_iter()
        .filter_map(|((code, word), (language, count))| {
            let (recent_of, before_of) = totals.get(code).copied().unwrap_or_default();
            one(word, language, count, (recent_of, before_of))
        })
        .collect();
    found.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            // Of a compound and its parts in the same observations the compound says more.
            .then(other.word.chars().count().cmp(&one.word.chars().count()))
            .then_with(|| one.word.cmp(&other.word))
    });
    let mut told: Vec<Rising> = Vec::new();
    for one in found {
        let part = |known: &Rising| {
            known.observations == one.observations && known.word.contains(one.word.as_str())
        };
        if !told.iter().any(part) {
            told.push(one);
        }
    }
    told.truncate(MOST);
    told
}

fn one(word: &str, language: Language, count: Count, of: (usize, usize)) -> Option<Rising> {
    // Counts of observations are far below 2^52.
    let number = |count: usize| count as f64;
    let (recent, before) = (number(count.recent.len()), number(count.before));
    let (recent_of, before_of) = (number(of.0), number(of.1));
    if count.writers.len() < WRITERS || of.1 == 0 || before > RARE * before_of {
        return None;
    }
    let prior = PRIOR * (recent + before) / (recent_of + before_of);
    let odds = |having: f64, all: f64| {
        ((having + prior) / (all + PRIOR - having - prior).max(f64::MIN_POSITIVE)).ln()
    };
    let rise = odds(recent, recent_of) - odds(before, before_of);
    let score = rise / (1.0 / (recent + prior) + 1.0 / (before + prior)).sqrt();
    (rise > 0.0).then(|| Rising {
        word: word.to_owned(),
        language,
        recent: count.recent.len(),
        recent_of: of.0,
        before: count.before,
        before_of: of.1,
        writers: count.writers.len(),
        sure: score >= SURE,
        observations: count.recent,
        score,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Analysers;

    fn told(all: &[(&str, Language, Option<u8>, bool)]) -> Vec<Rising> {
        let analysers = Analysers::open();
        let words: Vec<Words> = all
            .iter()
            .map(|(text, language, ..)| Words::of(&analysers, *language, text))
            .collect();
        let said: Vec<Said<'_>> = all
            .iter()
            .zip(&words)
            .map(|((_, _, writer, recent), words)| Said {
                words,
                writer: writer.map(|one| [one; 16]),
                recent: *recent,
            })
            .collect();
        rising(&said)
    }

    fn words(found: &[Rising]) -> Vec<&str> {
        found.iter().map(|one| one.word.as_str()).collect()
    }

    const FI: Language = Language::Fi;

    /// Twenty earlier observations about something else.
    fn earlier() -> Vec<(&'static str, Language, Option<u8>, bool)> {
        vec![("Jono terveysasemalle kasvaa", FI, Some(1), false); 20]
    }

    #[test]
    fn a_word_that_several_say_of_late_rises_with_its_observations() {
        let mut all = earlier();
        all.extend([
            ("Pikavippi vei asunnon", FI, Some(1), true),
            ("Pikavippejä otetaan ruokaan", FI, Some(2), true),
            ("Pikavipit kasaantuvat", FI, None, true),
            ("Jono terveysasemalle kasvaa", FI, Some(4), true),
        ]);
        let found = told(&all);
        assert_eq!(words(&found).len(), 1, "{found:?}");
        let one = &found[0];
        assert!(one.word.starts_with("pikavip"), "{}", one.word);
        assert_eq!((one.recent, one.recent_of), (3, 4));
        assert_eq!((one.before, one.before_of), (0, 20));
        assert_eq!((one.writers, one.sure), (3, true));
        assert_eq!(one.observations, [20, 21, 22]);
    }

    #[test]
    fn nothing_rises_of_two_writers_of_the_nameless_alone_or_without_a_time_before() {
        let recent = |writers: [Option<u8>; 4]| {
            let mut all = earlier();
            all.extend(writers.map(|one| ("Pikavippi vei asunnon", FI, one, true)));
            all
        };
        for writers in [
            [Some(1), Some(2), Some(2), Some(1)],
            [None, None, None, None],
            [None, None, Some(1), Some(1)],
        ] {
            assert_eq!(words(&told(&recent(writers))), [""; 0], "{writers:?}");
        }
        let only_recent: Vec<_> = recent([Some(1), Some(2), Some(3), Some(4)])
            .into_iter()
            .filter(|one| one.3)
            .collect();
        assert_eq!(words(&told(&only_recent)), [""; 0]);
    }

    #[test]
    fn what_was_common_is_no_weak_signal_and_a_language_is_compared_with_itself() {
        let mut all = earlier();
        all.extend((1..=4).map(|one| ("Jono terveysasemalle kasvaa", FI, Some(one), true)));
        all.extend((1..=4).map(|one| ("Kön till hälsostationen", Language::Sv, Some(one), true)));
        assert_eq!(words(&told(&all)), [""; 0]);
    }

    #[test]
    fn the_more_say_it_the_surer_and_few_of_many_may_be_chance() {
        let mut all = earlier();
        all.extend((1..=9).map(|one| ("Hometta asunnossa", FI, Some(one), true)));
        all.extend((1..=3).map(|one| ("Velkaneuvonta puuttuu", FI, Some(one), true)));
        all.push(("Velkaneuvonta puuttuu", FI, Some(1), false));
        let found = told(&all);
        let at = |start: &str| {
            found
                .iter()
                .position(|one| one.word.starts_with(start))
                .unwrap_or_else(|| panic!("{start} in {found:?}"))
        };
        assert!(at("home") < at("velkaneuvon"));
        assert!(found[at("home")].sure && !found[at("velkaneuvon")].sure);
    }
}
