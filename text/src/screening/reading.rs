//! A text as the rules read it: its words with what is known of them, and its pieces between white space.

use std::ops::Range;

use crate::analysis::{Analyser, Token};

/// A word with where it stands.
pub(super) struct Word<'a> {
    pub token: Token,
    /// As it was written.
    pub surface: &'a str,
    /// Begins with a capital letter.
    pub capital: bool,
    /// Begins a sentence, a line or a quotation.
    pub first: bool,
}

impl Word<'_> {
    pub fn form(&self) -> &str {
        &self.token.form
    }

    pub fn range(&self) -> Range<usize> {
        self.token.range.clone()
    }
}

/// What stands between white space, without the signs around it.
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub range: Range<usize>,
}

pub(super) struct Reading<'a> {
    pub text: &'a str,
    pub words: Vec<Word<'a>>,
    pub pieces: Vec<Piece<'a>>,
    /// Swedish by its small words; Finnish is the other choice.
    pub swedish: bool,
}

const SWEDISH: [&str; 40] = [
    "och",
    "att",
    "det",
    "som",
    "inte",
    "är",
    "en",
    "ett",
    "på",
    "för",
    "med",
    "har",
    "hon",
    "han",
    "jag",
    "i",
    "till",
    "av",
    "den",
    "de",
    "vi",
    "min",
    "hennes",
    "hans",
    "ingen",
    "när",
    "om",
    "men",
    "från",
    "eller",
    "blev",
    "mvh",
    "hälsningar",
    "fru",
    "herr",
    "efter",
    "under",
    "kan",
    "får",
    "var",
];
const FINNISH: [&str; 34] = [
    "ja",
    "on",
    "ei",
    "että",
    "oli",
    "kun",
    "se",
    "hän",
    "joka",
    "mutta",
    "eikä",
    "ovat",
    "jos",
    "vain",
    "kuin",
    "asiakas",
    "vaikka",
    "koska",
    "tai",
    "sai",
    "saa",
    "jo",
    "minun",
    "olen",
    "hänen",
    "asuu",
    "mukaan",
    "myös",
    "niin",
    "jossa",
    "kanssa",
    "rouva",
    "herra",
    "terveisin",
];

impl<'a> Reading<'a> {
    pub fn new(finnish: &Analyser, text: &'a str) -> Self {
        let words: Vec<Word<'a>> = finnish
            .tokens(text)
            .into_iter()
            .map(|token| {
                let surface = &text[token.range.clone()];
                Word {
                    surface,
                    capital: surface.chars().next().is_some_and(char::is_uppercase),
                    first: begins(&text[..token.range.start]),
                    token,
                }
            })
            .collect();
        let count = |small: &[&str]| {
            words
                .iter()
                .filter(|word| small.contains(&word.form()))
                .count()
        };
        Self {
            text,
            swedish: count(&SWEDISH) > count(&FINNISH),
            pieces: pieces(text),
            words,
        }
    }

    /// What stands between two words.
    pub fn between(&self, index: usize) -> &'a str {
        match (self.words.get(index), self.words.get(index + 1)) {
            (Some(one), Some(other)) => &self.text[one.token.range.end..other.token.range.start],
            _ => "\n",
        }
    }

    /// The next word, when only spaces stand between.
    pub fn next(&self, index: usize) -> Option<&Word<'a>> {
        let between = self.between(index);
        let near = !between.is_empty() && between.chars().all(|one| one == ' ' || one == '\u{a0}');
        near.then(|| self.words.get(index + 1)).flatten()
    }
}

/// Whether a sentence begins after this.
fn begins(before: &str) -> bool {
    let bare = before.trim_end_matches(|one: char| {
        one == ' ' || one == '\u{a0}' || "\"'”’»(–—-•*".contains(one)
    });
    bare.chars().next_back().is_none_or(|last| ".!?:\n\r\t".contains(last))
        // A quotation inside a sentence begins one of its own.
        || (bare.len() < before.len() && before[bare.len()..].contains(['"', '”', '»']))
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = None;
    for (at, one) in text.char_indices().chain([(text.len(), ' ')]) {
        if one.is_whitespace() {
            if let Some(start) = start.take() {
                let edge = |one: char| !one.is_alphanumeric();
                let whole: &str = &text[start..at];
                let bare = whole.trim_start_matches(edge);
                let from = start + whole.len() - bare.len();
                let bare = bare.trim_end_matches(edge);
                if !bare.is_empty() {
                    pieces.push(Piece {
                        text: bare,
                        range: from..from + bare.len(),
                    });
                }
            }
        } else {
            start.get_or_insert(at);
        }
    }
    pieces
}
