//! The receipt code: with it the sender sees the state of the contact, and nobody else does.

use std::sync::{Mutex, PoisonError};

use kernel::chance::Chance;

/// Letters and digits that cannot be mixed up when read aloud (no 0 O 1 I L U).
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;

/// Purpose of the key of [`ReceiptCode::digest`], for the house's secrets. One for all doors: a code
/// given by a worker opens the same page as one given by the form.
pub const KEY_PURPOSE: &str = "noste 2026 receipt code";

/// A receipt code: twelve characters, about 58 bits. Does not print itself by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode([u8; LENGTH]);

impl ReceiptCode {
    /// A new code.
    pub fn new(chance: &dyn Chance) -> Self {
        let mut code = [0; LENGTH];
        for place in &mut code {
            let index = usize::try_from(chance.below(ALPHABET.len() as u64)).unwrap_or(0);
            *place = ALPHABET[index];
        }
        Self(code)
    }

    /// A code made of a secret and of what was done, not drawn: the same form sent again gives the
    /// same code and finds the contact that is there.
    pub fn derived(secret: &[u8; 32], parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new_keyed(secret);
        for part in parts {
            // Lengths first, so that no two lists of parts are written alike.
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self::new(&Stream(Mutex::new(hasher.finalize_xof())))
    }

    /// Reads a code as people type it: small letters, spaces and hyphens are fine.
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = [0; LENGTH];
        let mut length = 0;
        for character in text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.'))
        {
            let byte = u8::try_from(character.to_ascii_uppercase()).ok()?;
            if length == LENGTH || !ALPHABET.contains(&byte) {
                return None;
            }
            code[length] = byte;
            length += 1;
        }
        (length == LENGTH).then_some(Self(code))
    }

    /// The code in three groups of four, as it is shown to the sender and never logged.
    pub fn shown(&self) -> String {
        let text = String::from_utf8_lossy(&self.0);
        format!("{}-{}-{}", &text[..4], &text[4..8], &text[8..])
    }

    /// What the store keeps instead of the code: a keyed digest.
    pub fn digest(&self, key: &[u8; 32]) -> [u8; 32] {
        *blake3::keyed_hash(key, &self.0).as_bytes()
    }
}

/// An endless stream of a keyed hash.
struct Stream(Mutex<blake3::OutputReader>);

impl Chance for Stream {
    fn fill(&self, out: &mut [u8]) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill(out);
    }
}

impl std::fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReceiptCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chance::SeededChance;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shown_codes_read_back(seed: u64) {
            let code = ReceiptCode::new(&SeededChance::new(seed));
            prop_assert_eq!(ReceiptCode::parse(&code.shown()), Some(code.clone()));
            prop_assert_eq!(ReceiptCode::parse(&code.shown().to_lowercase().replace('-', " ")), Some(code));
        }

        #[test]
        fn any_text_is_read_without_panic(text: String) {
            let _ = ReceiptCode::parse(&text);
        }
    }

    #[test]
    fn derived_codes_follow_what_they_are_made_of() {
        let code = |parts: &[&[u8]]| ReceiptCode::derived(&[1; 32], parts).shown();
        assert_eq!(code(&[b"ab", b"c"]), code(&[b"ab", b"c"]));
        assert_ne!(code(&[b"ab", b"c"]), code(&[b"a", b"bc"]));
        let other = ReceiptCode::derived(&[2; 32], &[b"ab", b"c"]).shown();
        assert_ne!(code(&[b"ab", b"c"]), other);
    }

    #[test]
    fn does_not_print_itself() {
        let code = ReceiptCode::new(&SeededChance::new(1));
        assert_eq!(format!("{code:?}"), "ReceiptCode(hidden)");
    }
}
