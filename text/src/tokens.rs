//! Words of a text with their places.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters that join letters into one word when letters or digits stand on both sides:
/// `linja-auto`, `Kela:lta`, `don't`, `5-vuotias`.
const JOINERS: [char; 6] = ['-', '\u{2010}', '\u{2011}', ':', '\'', '\u{2019}'];

/// The places of the words of a text, in bytes, in order and apart from each other.
///
/// A word is a run of letters, digits and their combining marks, with joiners inside.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start: Option<usize> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let joins = JOINERS.contains(&character)
            && start.is_some()
            && characters
                .peek()
                .is_some_and(|&(_, next)| next.is_alphanumeric());
        if character.is_alphanumeric() || (start.is_some() && is_mark(character)) || joins {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            words.push(start..at);
        }
    }
    if let Some(start) = start {
        words.push(start..text.len());
    }
    words
}

/// Combining marks, and the soft hyphen that word processors leave inside words.
fn is_mark(character: char) -> bool {
    is_combining_mark(character) || character == SOFT_HYPHEN
}

const SOFT_HYPHEN: char = '\u{ad}';

/// The composed form (NFC) of a word with plain hyphens and apostrophes, case kept.
pub fn composed(word: &str) -> String {
    word.nfc()
        .filter(|&character| character != SOFT_HYPHEN)
        .map(|character| match character {
            '\u{2010}' | '\u{2011}' => '-',
            '\u{2019}' => '\'',
            other => other,
        })
        .collect()
}

/// The form in which words are compared: composed (NFC), lower case, å ä ö kept as they are.
///
/// ```
/// assert_eq!(text::tokens::normalise("HA\u{308}A\u{308}TO\u{308}"), "häätö");
/// ```
pub fn normalise(word: &str) -> String {
    // Lower case can decompose (İ), so compose again.
    composed(word).to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_keep_their_hyphens_colons_and_apostrophes() {
        assert_eq!(
            split("Kela:lta tuli päätös; linja-auto ei kulje (don't)."),
            [
                "Kela:lta",
                "tuli",
                "päätös",
                "linja-auto",
                "ei",
                "kulje",
                "don't"
            ]
        );
        assert_eq!(
            split("- talous- ja velkaneuvonta"),
            ["talous", "ja", "velkaneuvonta"]
        );
        assert_eq!(split("lapset: 5-vuotias"), ["lapset", "5-vuotias"]);
    }

    #[test]
    fn decomposed_letters_stay_in_their_word() {
        let text = "ha\u{308}a\u{308}to\u{308} tulee";
        assert_eq!(words(text).len(), 2);
        assert_eq!(normalise(&text[words(text)[0].clone()]), "häätö");
    }

    #[test]
    fn soft_hyphens_and_typographic_joiners_do_not_change_a_word() {
        assert_eq!(normalise("toimeen\u{ad}tulo\u{ad}tuki"), "toimeentulotuki");
        assert_eq!(normalise("Linja\u{2011}auto"), "linja-auto");
        assert_eq!(split("toimeen\u{ad}tulo"), ["toimeen\u{ad}tulo"]);
    }

    proptest! {
        #[test]
        fn places_are_on_character_borders_in_order_and_apart(text in "\\PC{0,80}") {
            let mut end = 0;
            for range in words(&text) {
                prop_assert!(range.start >= end && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                end = range.end;
            }
        }

        #[test]
        fn normalising_twice_changes_nothing(word in "\\PC{0,20}") {
            let once = normalise(&word);
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
