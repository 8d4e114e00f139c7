//! What somebody looks for, and the places of it in a text.

use kernel::language::Language;
use store::search::Question;
use text::search::{Analysers, Asked};

/// Letters shown of a text.
const EXCERPT: usize = 220;
/// Letters shown before the first place that was met.
const BEFORE: usize = 60;

/// Words that somebody looks for, analysed once and outside a transaction.
#[derive(Clone)]
pub struct Words {
    typed: String,
    analysers: Analysers,
    asked: Vec<Asked>,
}

impl std::fmt::Debug for Words {
    /// Without the words, which may be about a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.asked.len())
    }
}

impl Words {
    /// Analyses what was typed; `None` when there is no word in it.
    pub fn new(analysers: &Analysers, typed: &str) -> Option<Self> {
        let asked = analysers.question(typed);
        let own = Self {
            typed: typed.trim().to_owned(),
            analysers: analysers.clone(),
            asked,
        };
        (!own.question().is_empty()).then_some(own)
    }

    /// As it was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// For the index.
    pub(super) fn question(&self) -> Question {
        self.asked.iter().fold(Question::new(), |question, asked| {
            question.word(
                asked.base_forms.iter().map(String::as_str),
                asked.beginning.as_deref(),
            )
        })
    }
}

/// A piece of a text; a marked one was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// The whole of a short text, with marks.
pub(super) fn marked(words: Option<&Words>, language: Language, text: &str) -> Vec<Piece> {
    pieces(words, language, text, 0..text.len())
}

/// The part of a text that shows why it was met: from a little before the first place, or the beginning.
pub fn excerpt(words: Option<&Words>, language: Language, text: &str) -> Vec<Piece> {
    let first = words.map_or(0, |words| {
        let places = words.analysers.places(language, text, &words.asked);
        places.first().map_or(0, |place| place.start)
    });
    let start = begin(text, first);
    let end = text[start..]
        .char_indices()
        .nth(EXCERPT)
        .map_or(text.len(), |(at, _)| last_space(text, start, start + at));
    let mut pieces = pieces(words, language, text, start..end);
    if start > 0 {
        pieces.insert(0, plain("…"));
    }
    if end < text.len() {
        pieces.push(plain(" …"));
    }
    pieces
}

/// Where an excerpt begins: after the end of a sentence or line not far before the place, else at a word.
fn begin(text: &str, place: usize) -> usize {
    let earliest = text[..place]
        .char_indices()
        .rev()
        .nth(BEFORE)
        .map_or(0, |(at, _)| at);
    if earliest == 0 {
        return 0;
    }
    let before = &text[earliest..place];
    let sentence = before.rfind(['.', '!', '?', '\n']).map(|at| at + 1);
    let start = earliest
        + sentence
            .or_else(|| before.find(' '))
            .unwrap_or(before.len());
    start + text[start..].len() - text[start..].trim_start().len()
}

/// The last space of a part, so that no word is cut; its end when there is none.
fn last_space(text: &str, start: usize, end: usize) -> usize {
    text[start..end]
        .rfind(char::is_whitespace)
        .filter(|at| *at > 0)
        .map_or(end, |at| start + at)
}

/// A part of a text in pieces; the places are looked for in the part alone.
fn pieces(
    words: Option<&Words>,
    language: Language,
    text: &str,
    part: std::ops::Range<usize>,
) -> Vec<Piece> {
    let text = &text[part];
    let places = words.map_or_else(Vec::new, |words| {
        words.analysers.places(language, text, &words.asked)
    });
    let mut pieces = Vec::new();
    let mut at = 0;
    for place in places {
        if place.start < at {
            continue;
        }
        if place.start > at {
            pieces.push(plain(&text[at..place.start]));
        }
        at = place.end;
        pieces.push(Piece {
            text: text[place].to_owned(),
            marked: true,
        });
    }
    if at < text.len() {
        pieces.push(plain(&text[at..]));
    }
    pieces
}

fn plain(text: &str) -> Piece {
    Piece {
        text: text.to_owned(),
        marked: false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use text::analysis::Analyser;

    use super::*;

    fn analysers() -> Analysers {
        let open = |language| Arc::new(Analyser::stemmer_only(language));
        Analysers {
            fi: open(Language::Fi),
            sv: open(Language::Sv),
            en: open(Language::En),
        }
    }

    fn joined(pieces: &[Piece]) -> String {
        let mark = |piece: &Piece| match piece.marked {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        };
        pieces.iter().map(mark).collect()
    }

    #[test]
    fn an_excerpt_begins_near_the_first_mark_and_cuts_no_word() {
        let words = Words::new(&analysers(), "vuokra").unwrap();
        let text = format!(
            "{}. Toinen asia. Maksoi vuokran ajallaan. {}",
            "alku ".repeat(80),
            "loppu ".repeat(80)
        );
        let shown = joined(&excerpt(Some(&words), Language::Fi, &text));
        assert!(
            shown.starts_with("…Maksoi [vuokran] ajallaan. loppu"),
            "{shown}"
        );
        assert!(shown.ends_with("loppu …"), "{shown}");
        assert!(shown.chars().count() < 240);
        let shown = joined(&excerpt(None, Language::Fi, "Lyhyt teksti."));
        assert_eq!(shown, "Lyhyt teksti.");
    }

    #[test]
    fn nothing_to_look_for_is_no_question() {
        for typed in ["", "  ", "-", "\"*\"", "!?"] {
            assert!(Words::new(&analysers(), typed).is_none(), "{typed}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn pieces_are_the_text(text in "\\PC{0,400}", typed in "[a-zåäö]{1,4}") {
            let words = Words::new(&analysers(), &typed);
            let all: String = marked(words.as_ref(), Language::Fi, &text)
                .into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(&all, &text);
            let part: String = excerpt(words.as_ref(), Language::Fi, &text)
                .into_iter().map(|piece| piece.text).collect();
            let inner = part.trim_start_matches('…').trim_end_matches('…').trim();
            prop_assert!(text.contains(inner) || inner.is_empty());
        }
    }
}
