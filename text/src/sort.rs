//! Finnish alphabetical order by plain comparison of bytes.
//!
//! The key is computed once, stored beside the name and compared byte by byte, so that SQLite,
//! PostgreSQL (column with `collate "C"`) and Rust put names in the same order.
//!
//! The order is that of SFS 4600 as revised in 2022 (4th edition), for Finnish and Swedish names:
//! - a ... z, å, ä, ö; **w is a letter of its own after v**. Editions before 2022 put w among v
//!   (Valta, Waltari, Virta); the present one, and the European ordering rules, do not;
//! - word by word: a space comes before every letter (`Kevyt Sinko` before `Kevytpaino`);
//! - upper and lower case are equal; other marks on letters (é, š, č) count only between names
//!   that are otherwise the same, and the bare letter comes first;
//! - ü and ű go as y, ø, õ and ő as ö, æ as ae, œ as oe, ß as ss, þ as th, đ and ð as d, ł as l,
//!   ŋ as n, ŧ as t, ħ as h, ı as i. The standard leaves some of these open; this is our reading;
//! - digits before letters; other alphabets after ö in the order of their code points.
//!
//! Our own choices for names: a hyphen goes as a space (`Anna-Maija` beside `Anna Maija`), an
//! apostrophe and other marks are passed over (`O'Brien` among `Obr...`). A particle (`von`, `af`)
//! is sorted where it is written: who keeps the name decides what part of it is given here.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The place of å, ä and ö: the three signs that follow z in ASCII.
const AA: char = '{';
const AE: char = '|';
const OE: char = '}';
/// A space inside a name. It must come before digits and letters but after `SECOND_LEVEL`.
const SPACE: char = '!';
/// Stands between the letters and the marks of letters; lower than anything in the letters, so
/// that a name comes before its longer kin.
const SECOND_LEVEL: char = ' ';
/// Weight of a letter without marks.
const PLAIN: char = '0';

/// The key by which a name is sorted.
///
/// Two names have the same key only when they differ in case, spacing or passed-over marks alone.
///
/// ```
/// use text::sort::sort_key;
/// let mut names = ["Öhman", "Åberg", "Zetterman", "Ärling", "Wirtanen", "Virtanen", "Waltari"];
/// names.sort_by_key(|name| sort_key(name));
/// assert_eq!(names, ["Virtanen", "Waltari", "Wirtanen", "Zetterman", "Åberg", "Ärling", "Öhman"]);
/// ```
pub fn sort_key(name: &str) -> String {
    let (mut key, marks) = levels(name);
    let marks = marks.trim_end_matches(PLAIN);
    if !marks.is_empty() {
        key.push(SECOND_LEVEL);
        key.push_str(marks);
    }
    key
}

/// The beginning that the key of every name has which begins with these letters, marks on letters
/// passed over: for a search by the first letters of a name.
///
/// Holds no `%` or `_`, so it can be put before a `%` in SQL `like` without escaping.
///
/// ```
/// use text::sort::{sort_key, sort_prefix};
/// assert!(sort_key("Järvinen").starts_with(&sort_prefix("JÄR")));
/// assert!(sort_key("Vilén").starts_with(&sort_prefix("vile")));
/// ```
pub fn sort_prefix(beginning: &str) -> String {
    levels(beginning).0
}

/// The letters, and beside each its mark.
fn levels(name: &str) -> (String, String) {
    let mut letters = String::with_capacity(name.len());
    let mut marks = String::new();
    let mut space_waits = false;
    let composed: String = name.nfc().flat_map(char::to_lowercase).nfc().collect();
    for character in composed.chars() {
        if is_space(character) {
            space_waits = !letters.is_empty();
            continue;
        }
        let (spelt, mark) = weigh(character);
        if spelt.is_empty() {
            continue;
        }
        if std::mem::take(&mut space_waits) {
            letters.push(SPACE);
            marks.push(PLAIN);
        }
        for letter in spelt.chars() {
            letters.push(letter);
            marks.push(mark);
        }
    }
    (letters, marks)
}

fn is_space(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '/'
        )
}

/// What a lower-case character is sorted as, and its weight among those that are sorted alike.
fn weigh(character: char) -> (String, char) {
    if character.is_ascii_alphanumeric() {
        return (character.into(), PLAIN);
    }
    let special = match character {
        'å' => (AA, PLAIN),
        'ä' => (AE, PLAIN),
        'ö' => (OE, PLAIN),
        'ø' => (OE, '1'),
        'õ' => (OE, '2'),
        'ő' => (OE, '3'),
        'ü' => ('y', '1'),
        'ű' => ('y', '2'),
        'đ' => ('d', '1'),
        'ð' => ('d', '2'),
        'ł' => ('l', '1'),
        'ŋ' => ('n', '1'),
        'ŧ' => ('t', '1'),
        'ħ' => ('h', '1'),
        'ı' => ('i', '1'),
        'ß' => return ("ss".into(), '1'),
        'æ' => return ("ae".into(), '1'),
        'œ' => return ("oe".into(), '1'),
        'þ' => return ("th".into(), '1'),
        _ => return weigh_other(character),
    };
    (special.0.into(), special.1)
}

/// A letter with a mark goes as the letter; the mark's weight follows its code point. Letters of
/// other alphabets stand for themselves; anything else is passed over.
fn weigh_other(character: char) -> (String, char) {
    let mut pieces = character.nfd();
    match (pieces.next(), pieces.next()) {
        (Some(base), Some(mark)) if base.is_ascii_alphabetic() && is_combining_mark(mark) => {
            (base.into(), mark)
        }
        _ if character.is_alphanumeric() => (character.into(), PLAIN),
        _ => (String::new(), PLAIN),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn assert_order(names: &[&str]) {
        for pair in names.windows(2) {
            let (first, second) = (sort_key(pair[0]), sort_key(pair[1]));
            assert!(
                first.as_bytes() < second.as_bytes(),
                "{pair:?}: {first:?} {second:?}"
            );
        }
    }

    #[test]
    fn finnish_letters_come_last_and_w_after_v() {
        assert_order(&[
            "Aalto",
            "Valta",
            "Virta",
            "Virtanen",
            "Waltari",
            "Wirta",
            "Zacharias",
            "Åberg",
            "Äijälä",
            "Öhman",
        ]);
    }

    #[test]
    fn words_come_before_letters() {
        assert_order(&["Ala", "Ala Mäki", "Ala-Mäkinen", "Ala-Nissilä", "Alanen"]);
        assert_eq!(sort_key("Anna-Maija"), sort_key("anna  MAIJA"));
    }

    #[test]
    fn marks_count_only_between_names_otherwise_the_same() {
        assert_order(&["Vilen", "Vilén", "Vilenius"]);
        assert_order(&["Miller", "Muller", "Myller", "Müller", "Mynttinen"]);
        assert_order(&["Hoyer", "Höyer", "Høyer", "Höylä"]);
        assert_order(&["Sadek", "Šadek", "Saether", "Sæther", "Strasse", "Straße"]);
    }

    #[test]
    fn other_alphabets_follow() {
        assert_order(&["Öst", "Иванов", "محمد"]);
    }

    #[test]
    fn apostrophes_and_composition_do_not_matter() {
        assert_eq!(sort_key("O'Brien"), sort_key("OBrien"));
        assert_eq!(sort_key("Ha\u{308}kkinen"), sort_key("Häkkinen"));
    }

    proptest! {
        #[test]
        fn a_key_is_clean_and_a_prefix_is_a_prefix(name in "\\PC{0,30}", more in "[a-zåäö -]{0,8}") {
            let key = sort_key(&name);
            prop_assert!(!key.contains(['%', '_', '\0']));
            let prefix = sort_prefix(&name);
            prop_assert!(key.starts_with(&prefix));
            let longer = sort_key(&format!("{name}{more}"));
            prop_assert!(longer.starts_with(&prefix));
        }

        #[test]
        fn a_key_depends_on_neither_case_nor_composition(name in "[a-zåäöéüA-ZÅÄÖ -]{0,20}") {
            prop_assert_eq!(sort_key(&name), sort_key(&name.to_uppercase()));
            prop_assert_eq!(sort_key(&name), sort_key(&name.nfd().collect::<String>()));
        }
    }
}
