//! The index of words: which documents hold what somebody looks for.
//!
//! A feature puts a document's words (base forms, parts of compounds, the forms as they were written:
//! room `text` makes them) in the transaction of the text, and asks with [`Question::condition`], a
//! piece of SQL on a column of document ids, so that rights, kind and period are conditions of the same
//! statement. There is no rank: the caller orders by its own columns, and both engines give the same
//! rows in the same order.
//!
//! Words are cut to letters and digits here before they reach either engine: nothing that is typed can
//! become an operator of their query languages.

use std::collections::BTreeSet;

use crate::{Query, StoreError, Value, WriteTx, engine};

/// A longer word is cut, in the index and in a question alike (bytes).
const LONGEST_WORD: usize = 120;
/// All words of a document; PostgreSQL takes no more than a megabyte (bytes).
const LARGEST_DOCUMENT: usize = 400_000;
/// Words of a question; the rest is not asked for.
pub const MOST_GROUPS: usize = 12;
/// Spellings of one word in a question.
const MOST_SPELLINGS: usize = 32;

/// Puts a document into the index, in the place of what it had there.
///
/// # Errors
/// What the engine refuses.
pub fn put<'a>(
    tx: &mut WriteTx<'_>,
    id: [u8; 16],
    words: impl IntoIterator<Item = &'a str>,
) -> Result<(), StoreError> {
    engine::search::put(tx, id, kept(words).iter().map(String::as_str))
}

/// The words of a document as they stand in the index.
fn kept<'a>(words: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut bytes = 0;
    let mut own = BTreeSet::new();
    for word in words {
        let Some(word) = plain(word) else { continue };
        if bytes + word.len() > LARGEST_DOCUMENT {
            break;
        }
        let length = word.len() + 3;
        if own.insert(word) {
            bytes += length;
        }
    }
    own
}

/// Stands for the set of a document's words: two documents with the same words have the same one, whatever their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fingerprint {
    words: u64,
    sum: u128,
}

impl Fingerprint {
    /// Of the words that [`put`] would keep of these.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut print = Self::default();
        kept(words).iter().for_each(|word| print.add(word));
        print
    }

    /// Adds a word that was not there.
    pub(crate) fn add(&mut self, word: &str) {
        let mut half = [0; 16];
        half.copy_from_slice(&blake3::hash(word.as_bytes()).as_bytes()[..16]);
        self.words += 1;
        self.sum = self.sum.wrapping_add(u128::from_le_bytes(half));
    }
}

/// Takes a document out of the index; nothing happens when it is not there.
///
/// # Errors
/// What the engine refuses.
pub fn remove(tx: &mut WriteTx<'_>, id: [u8; 16]) -> Result<(), StoreError> {
    engine::search::remove(tx, id)
}

/// One word of a question: any of its spellings will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub(crate) words: Vec<String>,
    pub(crate) beginning: Option<String>,
}

/// What is looked for: every group must be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    groups: Vec<Group>,
}

impl Question {
    /// Begins a question. It asks for nothing until a word is added.
    pub fn new() -> Self {
        Self { groups: Vec::new() }
    }

    /// Adds a word by its base forms, any of which may be met; with a `beginning`, also by any word that
    /// begins so (for the last word, which may be half typed).
    #[must_use]
    pub fn word<'a>(
        mut self,
        base_forms: impl IntoIterator<Item = &'a str>,
        beginning: Option<&str>,
    ) -> Self {
        let mut words: Vec<String> = base_forms.into_iter().filter_map(plain).collect();
        words.sort();
        words.dedup();
        words.truncate(MOST_SPELLINGS);
        let beginning = beginning.and_then(plain);
        if self.groups.len() < MOST_GROUPS && !(words.is_empty() && beginning.is_none()) {
            self.groups.push(Group { words, beginning });
        }
        self
    }

    /// Whether there is no word to look for; such a question meets nothing and must not be asked.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// A condition that a column of document ids is among those met, to stand in a `where`. Its one
    /// parameter is added to `params` and named by its place there. Begins from the index: for a search
    /// over everything.
    pub fn condition(&self, tx: &impl Query, column: &str, params: &mut Vec<Value>) -> String {
        self.ask(tx, column, params, false)
    }

    /// The same condition, tried on each row that the rest of the `where` leaves: for a search in few
    /// documents, such as those of one client.
    pub fn condition_each(&self, tx: &impl Query, column: &str, params: &mut Vec<Value>) -> String {
        self.ask(tx, column, params, true)
    }

    fn ask(&self, tx: &impl Query, column: &str, params: &mut Vec<Value>, each: bool) -> String {
        if self.groups.is_empty() {
            return "1 = 0".to_owned();
        }
        params.push(engine::search::words(tx.dialect(), &self.groups));
        engine::search::condition(tx.dialect(), column, params.len(), each)
    }
}

impl Default for Question {
    fn default() -> Self {
        Self::new()
    }
}

/// A word as it is kept: letters and digits only, ASCII in lower case, cut on a letter's border.
/// `None` when nothing is left.
fn plain(word: &str) -> Option<String> {
    let mut kept = String::with_capacity(word.len());
    for letter in word.chars() {
        let stays = match letter {
            _ if letter.is_ascii() => letter.is_ascii_alphanumeric(),
            _ => !letter.is_whitespace() && !letter.is_control() && !is_private(letter),
        };
        if stays && kept.len() + letter.len_utf8() > LONGEST_WORD {
            break;
        }
        if stays {
            kept.push(letter.to_ascii_lowercase());
        }
    }
    (!kept.is_empty()).then_some(kept)
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_letters_and_digits_is_left() {
        assert_eq!(plain("Kela:lta").as_deref(), Some("kelalta"));
        assert_eq!(plain("\" OR '*:^(-)&|!\\"), Some("or".into()));
        assert_eq!(plain("\u{e000}00ff").as_deref(), Some("00ff"));
        assert_eq!(plain(" \u{a0}-\0"), None);
        assert_eq!(
            plain(&"ä".repeat(500)).map(|word| word.len()),
            Some(LONGEST_WORD)
        );
    }
}
