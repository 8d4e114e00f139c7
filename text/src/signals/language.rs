//! Which of the three languages a text is in, by its small words.

use kernel::language::Language;

/// Frequent small words that the other two languages do not have.
const SMALL_WORDS: [(Language, &[&str]); 3] = [
    (
        Language::Fi,
        &[
            "ja", "ei", "olen", "mutta", "että", "minulla", "minun", "minä", "mä", "mulla",
            "meillä", "se", "kun", "ole", "oon", "nyt", "jos", "tai", "myös", "voi", "hän",
            "koska", "ovat", "mitä", "pois",
        ],
    ),
    (
        Language::Sv,
        &[
            "och", "jag", "är", "inte", "det", "att", "har", "min", "mitt", "mina", "på", "för",
            "som", "med", "vi", "kan", "av", "till", "hon", "men", "ett", "oss", "vill",
        ],
    ),
    (
        Language::En,
        &[
            "the", "and", "i", "is", "my", "have", "not", "to", "we", "with", "are", "of", "a",
            "from", "don't", "i'm", "our", "been", "will", "this", "it", "he", "she",
        ],
    ),
];

/// The languages whose rules are tried: the declared one and the one the words are in, or all
/// three when the words do not tell. Words of one language are not looked for in another without
/// cause: `barn` is a child in Swedish and a building in English.
pub(super) fn spoken(text: &str, declared: Language) -> Vec<Language> {
    let declared = if declared == Language::Easy {
        Language::Fi
    } else {
        declared
    };
    match guess(text) {
        Some(guessed) if guessed == declared => vec![declared],
        Some(guessed) => vec![declared, guessed],
        None => vec![Language::Fi, Language::Sv, Language::En],
    }
}

/// The language with most small words, if one has more than the others.
fn guess(text: &str) -> Option<Language> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|character: char| !character.is_alphanumeric() && character != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let mut counts = SMALL_WORDS.map(|(language, small)| {
        (
            words.iter().filter(|word| small.contains(word)).count(),
            language,
        )
    });
    counts.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    (counts[0].0 > counts[1].0).then_some(counts[0].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_the_language() {
        assert_eq!(
            guess("Minulla on vuokravelkaa ja pelkään häätöä"),
            Some(Language::Fi)
        );
        assert_eq!(
            guess("Jag har två barn och hyran är obetald"),
            Some(Language::Sv)
        );
        assert_eq!(guess("I live in a barn with my horse"), Some(Language::En));
        assert_eq!(guess("Vräkning"), None);
    }

    #[test]
    fn the_declared_language_is_always_tried_and_easy_finnish_is_finnish() {
        assert_eq!(
            spoken("I have been evicted", Language::Fi),
            [Language::Fi, Language::En]
        );
        assert_eq!(
            spoken("Minulla ei ole kotia", Language::Easy),
            [Language::Fi]
        );
        assert_eq!(spoken("", Language::Sv).len(), 3);
    }
}
