//! Keys: a secret one that opens, a public one to which is sealed.

use curve25519_dalek::MontgomeryPoint;
use kernel::chance::Chance;

use super::{bech32, derived};

const PUBLIC: &str = "age";
const SECRET: &str = "age-secret-key-";
/// What separates this use of a key from others.
const LABEL: &[u8] = b"age-encryption.org/v1/X25519";

/// A public key, `age1...`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient([u8; 32]);

impl Recipient {
    /// Reads a key; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        bech32::decode(PUBLIC, text)?.try_into().ok().map(Self)
    }

    /// A new share and the key that wraps a file's key for this recipient; `None` for a key that agrees with nobody.
    pub(super) fn wrapping(&self, chance: &dyn Chance) -> Option<([u8; 32], [u8; 32])> {
        let mut secret = [0; 32];
        chance.fill(&mut secret);
        let share = MontgomeryPoint::mul_base_clamped(secret).to_bytes();
        let shared = MontgomeryPoint(self.0).mul_clamped(secret).to_bytes();
        Some((share, wrapped_by(&shared, &share, &self.0)?))
    }
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&bech32::encode(PUBLIC, &self.0))
    }
}

/// A secret key, `AGE-SECRET-KEY-1...`. It is not printed by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity([u8; 32]);

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(..)")
    }
}

impl Identity {
    /// A new key.
    pub fn new(chance: &dyn Chance) -> Self {
        let mut secret = [0; 32];
        chance.fill(&mut secret);
        Self(secret)
    }

    /// The keys of a file: one a line, lines that begin with `#` are remarks. `None` when a line is no key, or there is none.
    pub fn parse_file(text: &str) -> Option<Vec<Self>> {
        let keys = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| bech32::decode(SECRET, line)?.try_into().ok().map(Self))
            .collect::<Option<Vec<_>>>()?;
        (!keys.is_empty()).then_some(keys)
    }

    /// The key as the line of a file.
    pub fn line(&self) -> String {
        bech32::encode(SECRET, &self.0).to_ascii_uppercase()
    }

    /// The public key.
    pub fn recipient(&self) -> Recipient {
        Recipient(MontgomeryPoint::mul_base_clamped(self.0).to_bytes())
    }

    /// The key by which a share wraps a file's key.
    pub(super) fn unwrapping(&self, share: &[u8; 32]) -> Option<[u8; 32]> {
        let shared = MontgomeryPoint(*share).mul_clamped(self.0).to_bytes();
        wrapped_by(&shared, share, &self.recipient().0)
    }
}

fn wrapped_by(shared: &[u8; 32], share: &[u8; 32], recipient: &[u8; 32]) -> Option<[u8; 32]> {
    // A share of low order would give a secret that everybody knows.
    if shared.iter().all(|byte| *byte == 0) {
        return None;
    }
    Some(derived(shared, &[*share, *recipient].concat(), LABEL))
}
