//! What the house notices in a text before a person decides: places where somebody may be recognised, themes it may be about, others
//! that tell of the same. Nothing is set or taken out by itself.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use kernel::language::Language;
use kernel::time::Date;
use text::rising::{Rising, Said, rising};
use text::screening::{Finding, Screener, Weight};
use text::search::Analysers;
use text::similar::{Collection, Words};
use text::themes::{Frequencies, Suggestion};
use web::{House, Texts};

use crate::domain::Themes;
use crate::store::bench::{Heard, TAKEN_OUT};

/// Word forms of a house that was given none.
static OWN: OnceLock<Arc<Analysers>> = OnceLock::new();

/// A piece of a text, marked or not.
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// A place that was marked, and why.
pub struct Mark {
    pub text: String,
    pub reason: String,
}

/// Reads texts.
#[derive(Clone)]
pub struct Reader {
    analysers: Arc<Analysers>,
    screener: Screener,
}

impl Reader {
    pub fn of(house: &House) -> Self {
        let analysers = house
            .extra::<Analysers>()
            .unwrap_or_else(|| Arc::clone(OWN.get_or_init(|| Arc::new(Analysers::open()))));
        Self {
            screener: Screener::new(analysers.as_ref().clone()),
            analysers,
        }
    }

    /// Places where somebody may be recognised.
    pub fn find(&self, text: &str) -> Vec<Finding> {
        self.screener.find(text)
    }

    /// The text cut at those places.
    pub fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut push = |range: Range<usize>, marked: bool| {
            if let Some(part) = text.get(range).filter(|part| !part.is_empty()) {
                found.push(Piece {
                    text: part.to_owned(),
                    marked,
                });
            }
        };
        for one in self.find(text) {
            push(at..one.range.start, false);
            push(one.range.clone(), true);
            at = one.range.end;
        }
        push(at..text.len(), false);
        found
    }

    /// Each marked place once, with its reason.
    pub fn marks(&self, t: &Texts, text: &str, weight: Option<Weight>) -> Vec<Mark> {
        marked(t, text, &self.find(text), weight)
    }

    /// The text without what surely tells who somebody is: where the editor begins. What is only asked about stays, for her to judge.
    pub fn cleaned(&self, text: &str) -> String {
        without_certain(text, &self.find(text))
    }

    /// Themes that the words of a text speak for, three at most, with the words.
    pub fn themes(&self, language: Language, text: &str, known: &Themes) -> Vec<Suggestion> {
        let listed: Vec<(&str, Vec<&str>)> = known
            .chosen_from()
            .map(|one| {
                let words = one.keywords.iter().map(String::as_str).collect();
                (one.theme.code(), words)
            })
            .collect();
        let pairs = listed.iter().map(|(code, words)| (*code, words.as_slice()));
        text::themes::Themes::new(&self.analysers, pairs).suggest(
            &self.analysers,
            language,
            text,
            &Frequencies::default(),
        )
    }

    /// Words that rise in the observations from a day on against those before it, in the order of both.
    pub fn rising(&self, heard: &[Heard], from: Date) -> Vec<Rising> {
        let words: Vec<Words> = heard
            .iter()
            .map(|one| Words::of(&self.analysers, one.language, &one.body))
            .collect();
        let said: Vec<Said<'_>> = heard
            .iter()
            .zip(&words)
            .map(|(one, words)| Said {
                words,
                writer: one.writer,
                recent: one.written_on >= from,
            })
            .collect();
        rising(&said)
    }

    /// Observations weighed against each other.
    pub fn collection<'a>(
        &self,
        texts: impl IntoIterator<Item = (Language, &'a str)>,
    ) -> Collection {
        let words: Vec<Words> = texts
            .into_iter()
            .map(|(language, text)| Words::of(&self.analysers, language, text))
            .collect();
        Collection::new(&words)
    }
}

/// Each place of these findings once, with its reason.
pub fn marked(t: &Texts, text: &str, found: &[Finding], weight: Option<Weight>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for one in found {
        let place = text.get(one.range.clone()).unwrap_or_default();
        let wanted = weight.is_none_or(|weight| weight == one.weight);
        if wanted && marks.iter().all(|mark| mark.text != place) {
            marks.push(Mark {
                text: place.to_owned(),
                reason: t.get(one.reason_key()),
            });
        }
    }
    marks
}

/// The text without those of these findings that are certain.
pub fn without_certain(text: &str, found: &[Finding]) -> String {
    let mut cleaned = text.to_owned();
    for one in found.iter().rev() {
        if one.weight == Weight::Certain {
            cleaned.replace_range(one.range.clone(), TAKEN_OUT);
        }
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> Reader {
        let analysers = Arc::new(Analysers::open());
        Reader {
            screener: Screener::new(analysers.as_ref().clone()),
            analysers,
        }
    }

    #[test]
    fn what_looks_like_personal_data_is_marked_and_no_letter_is_lost() {
        let reader = reader();
        for (text, marked) in [
            ("Soita 040 123 4567, kiitos", 1),
            ("Jono on pitkä", 0),
            ("a@b.fi tai +358 40 123 4567", 2),
            ("Asia koskee Matti Virtasta.", 1),
            ("", 0),
        ] {
            let found = reader.pieces(text);
            assert_eq!(
                found.iter().filter(|one| one.marked).count(),
                marked,
                "{text}"
            );
            let joined: String = found.into_iter().map(|piece| piece.text).collect();
            assert_eq!(joined, text);
        }
        assert_eq!(
            reader.cleaned("Soita 040 123 4567, kiitos"),
            "Soita […], kiitos"
        );
    }
}
