//! Municipalities by their names in running text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use kernel::place;

struct Places {
    /// Codes by Finnish and by Swedish name, in lower case.
    fi: HashMap<String, &'static str>,
    sv: HashMap<String, &'static str>,
    /// With fewer than 5,000 inhabitants.
    small: HashSet<&'static str>,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| Places {
    fi: place::municipalities()
        .iter()
        .map(|one| (one.name_fi.to_lowercase(), one.code))
        .collect(),
    sv: place::municipalities()
        .iter()
        .map(|one| (one.name_sv.to_lowercase(), one.code))
        .collect(),
    small: include_str!("../../data/small_municipalities.csv")
        .lines()
        .filter_map(|line| line.split_once(','))
        .map(|(code, _)| code)
        .collect(),
});

/// The code of the municipality that a word names: by the dictionary's base forms in Finnish, with or without
/// the genitive in Swedish.
fn code(form: &str, lemmas: &[String]) -> Option<&'static str> {
    let bare = form.strip_suffix('s').unwrap_or(form);
    let swedish = PLACES.sv.get(form).or_else(|| PLACES.sv.get(bare));
    let finnish = PLACES
        .fi
        .get(form)
        .or_else(|| lemmas.iter().find_map(|lemma| PLACES.fi.get(lemma)));
    finnish.or(swedish).copied()
}

pub(super) fn is_municipality(form: &str, lemmas: &[String]) -> bool {
    code(form, lemmas).is_some()
}

/// Whether a word names a municipality where few people live.
pub(super) fn is_small(form: &str, lemmas: &[String]) -> bool {
    code(form, lemmas).map_or_else(|| guessed_small(form), |code| PLACES.small.contains(code))
}

/// Without a dictionary: the name but for its last letter, and an ending.
fn guessed_small(form: &str) -> bool {
    const LONGEST_ENDING: usize = 4;
    let letters = form.chars().count();
    PLACES
        .fi
        .iter()
        .filter(|(_, code)| PLACES.small.contains(*code))
        .any(|(name, _)| {
            let last = name.char_indices().next_back().map_or(0, |(at, _)| at);
            let stem = &name[..last];
            last >= 4 && form.starts_with(stem) && letters <= name.chars().count() + LONGEST_ENDING
        })
}
