//! Words of the lists in `data/`.

use std::collections::HashSet;
use std::sync::LazyLock;

pub(super) struct Names {
    pub given: HashSet<&'static str>,
    pub family: HashSet<&'static str>,
    /// Ordinary words too: alone at the beginning of a sentence no name.
    pub weak: HashSet<&'static str>,
    /// Proper nouns that are no people.
    pub other: HashSet<&'static str>,
}

pub(super) static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let people = include_str!("../../data/person_names.csv");
    Names {
        given: words(people, "given"),
        family: words(people, "family"),
        weak: words(people, "weak"),
        other: words(include_str!("../../data/not_names.csv"), "other"),
    }
});

/// The words of every row of a kind: `kind,word word word`.
pub(super) fn words(table: &'static str, kind: &str) -> HashSet<&'static str> {
    table
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter(|(own, _)| *own == kind)
        .flat_map(|(_, words)| words.split(' '))
        .collect()
}

/// Endings of Finnish cases and of the Swedish genitive, after which a listed name may stand.
const ENDINGS: [&str; 34] = [
    "n", "a", "ä", "lla", "llä", "lle", "lta", "ltä", "ssa", "ssä", "sta", "stä", "ksi", "na",
    "nä", "en", "in", "een", "iin", "ta", "tä", "ia", "iä", "illa", "illä", "ille", "ilta", "iltä",
    "issa", "ista", "kin", "s", "lla", "eja",
];

/// Whether a form is a word of a list, as it stands or without an ending of its language.
pub(super) fn holds(list: &HashSet<&'static str>, form: &str, swedish: bool) -> bool {
    if list.contains(form) {
        return true;
    }
    let form = form.split_once(':').map_or(form, |(body, _)| body);
    let endings: &[&str] = if swedish { &["s"] } else { &ENDINGS };
    endings.iter().any(|ending| {
        form.strip_suffix(ending).is_some_and(|body| {
            body.chars().count() >= 3 && (list.contains(body) || !swedish && bent(list, body))
        })
    })
}

/// Virtase-n, Korhos-ta: Virtanen, Korhonen. Peka-n, Mati-n: Pekka, Matti.
fn bent(list: &HashSet<&'static str>, body: &str) -> bool {
    let nen = body.strip_suffix("se").or_else(|| body.strip_suffix('s'));
    nen.is_some_and(|stem| list.contains(format!("{stem}nen").as_str()))
        || list.contains(doubled(body).as_str())
}

/// `peka` as `pekka`, `mati` as `matti`: the strong grade of a name.
fn doubled(body: &str) -> String {
    let mut letters: Vec<char> = body.chars().collect();
    if let Some(at) = letters.len().checked_sub(2)
        && matches!(letters[at], 'k' | 'p' | 't')
    {
        letters.insert(at, letters[at]);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_their_cases() {
        for form in [
            "pekka", "pekan", "pekalla", "matin", "fatimaa", "bjarneen", "abdin", "gunvorin",
        ] {
            assert!(holds(&NAMES.given, form, false), "{form}");
        }
        for form in [
            "virtanen",
            "virtasen",
            "virtaselle",
            "sandqvist",
            "korhosta",
            "sjöbloms",
        ] {
            assert!(holds(&NAMES.family, form, false), "{form}");
        }
        for form in ["koulussa", "päätös", "klienten", "palvelun"] {
            assert!(
                !holds(&NAMES.given, form, false) && !holds(&NAMES.family, form, false),
                "{form}"
            );
        }
    }
}
