//! Denials: "ei ole häätöä", "inga barn", "no children".
//!
//! A match is denied only when a word of denial stands right before it, or with nothing between
//! but light words ("ei **ole mitään** häätöä"). Anything else between ("en **halua** häätöä", "en
//! **jaksa** lasten kanssa") is not a denial of the thing. "Not yet" is no denial either.

use kernel::language::Language;

use super::Sentence;

/// The words of one language, in normalised form.
struct Words {
    denials: &'static [&'static str],
    /// May stand between a denial and what it denies.
    light: &'static [&'static str],
    /// After the match: "ei häätöä vielä".
    yet: &'static [&'static str],
}

const FINNISH: Words = Words {
    denials: &[
        "en",
        "et",
        "ei",
        "emme",
        "ette",
        "eivät",
        "enkä",
        "etkä",
        "eikä",
        "emmekä",
        "eivätkä",
        "ilman",
        "vailla",
    ],
    light: &[
        "ole",
        "oo",
        "ollut",
        "ollu",
        "olla",
        "enää",
        "mitään",
        "yhtään",
        "minkäänlaista",
        "minulla",
        "mulla",
        "meillä",
        "omia",
        "pieniä",
        "kotona",
        "mikään",
    ],
    yet: &["vielä"],
};

const SWEDISH: Words = Words {
    denials: &["inte", "ej", "inga", "ingen", "inget", "utan", "aldrig"],
    light: &[
        "har", "är", "haft", "varit", "blivit", "några", "någon", "något", "egna", "små", "hemma",
        "längre",
    ],
    yet: &["ännu", "än"],
};

const ENGLISH: Words = Words {
    denials: &[
        "no", "not", "never", "without", "don't", "dont", "haven't", "havent", "isn't", "aren't",
        "wasn't", "didn't", "doesn't",
    ],
    light: &[
        "have",
        "had",
        "any",
        "a",
        "an",
        "been",
        "being",
        "own",
        "young",
        "small",
        "the",
        "currently",
    ],
    yet: &["yet"],
};

/// The words that deny, for rules that ask for one (`@neg`).
pub(super) fn is_denial(form: &str, language: Language) -> bool {
    words(language).denials.contains(&form)
}

/// Whether the words `first..=last` of a text are denied.
pub(super) fn denied(sentence: &Sentence<'_>, first: usize, last: usize) -> bool {
    let words = words(sentence.language);
    let yet = sentence
        .tokens
        .get(last + 1)
        .is_some_and(|next| words.yet.contains(&next.form.as_str()));
    if yet {
        return false;
    }
    for index in (0..first).rev() {
        let form = sentence.tokens[index].form.as_str();
        if ends_clause(sentence.between(index)) {
            return false;
        }
        if words.denials.contains(&form) {
            return true;
        }
        if !words.light.contains(&form) {
            return false;
        }
    }
    false
}

fn ends_clause(between: &str) -> bool {
    between.contains(['.', ',', ';', ':', '!', '?', '\n', '–', '—'])
}

fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi | Language::Easy => &FINNISH,
        Language::Sv => &SWEDISH,
        Language::En => &ENGLISH,
    }
}
