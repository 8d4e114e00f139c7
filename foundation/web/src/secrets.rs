//! Keys of the house: one secret, a separate key for each purpose.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use kernel::chance::Chance;

/// Bytes of the number that is used once, before each sealed text.
const NONCE: usize = 24;

/// The root secret of a county's house (32 bytes, kept outside the database) and what is made from it.
#[derive(Clone)]
pub struct Secrets {
    root: [u8; 32],
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(..)")
    }
}

impl Secrets {
    /// Keys from a root secret of the operating system's randomness.
    pub const fn new(root: [u8; 32]) -> Self {
        Self { root }
    }

    /// The keys of one county among those that share a file of the root secret. Nothing that one county has signed, sealed or
    /// digested means anything in another: no form, receipt, link, cookie or identity code's digest.
    pub fn of_county(root: [u8; 32], county: &str) -> Self {
        let key = blake3::derive_key("noste 2026 county", &root);
        Self::new(*blake3::keyed_hash(&key, county.as_bytes()).as_bytes())
    }

    /// The key for one purpose. Purposes are constants in code, for example `"noste 2026 form token"`.
    pub fn key(&self, purpose: &'static str) -> [u8; 32] {
        blake3::derive_key(purpose, &self.root)
    }

    /// A keyed digest for one purpose.
    pub fn digest(&self, purpose: &'static str, data: &[u8]) -> blake3::Hash {
        blake3::keyed_hash(&self.key(purpose), data)
    }

    /// `data` as text that cannot be changed unseen. The data can be read by anybody.
    pub fn sign(&self, purpose: &'static str, data: &[u8]) -> String {
        let mut bytes = self.digest(purpose, data).as_bytes().to_vec();
        bytes.extend_from_slice(data);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The data of [`Secrets::sign`]; `None` when the text was made by somebody else.
    pub fn verify(&self, purpose: &'static str, signed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(signed).ok()?;
        let (digest, data) = bytes.split_first_chunk::<32>()?;
        // Comparing blake3 hashes takes the same time whatever differs.
        (self.digest(purpose, data) == blake3::Hash::from_bytes(*digest)).then(|| data.to_vec())
    }

    /// `data` encrypted so that nobody without the root secret can read or change it (XChaCha20-Poly1305). It opens
    /// only with the same `beside`, which says whose it is and is not encrypted.
    pub fn seal(
        &self,
        purpose: &'static str,
        chance: &dyn Chance,
        beside: &[u8],
        data: &[u8],
    ) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        chance.fill(&mut nonce);
        let payload = Payload {
            msg: data,
            aad: beside,
        };
        let mut sealed = nonce.to_vec();
        // Encrypting fails only for texts of more than 256 GB; then nothing is kept and nothing opens.
        if let Ok(text) = self.cipher(purpose).encrypt(&XNonce::from(nonce), payload) {
            sealed.extend_from_slice(&text);
        }
        sealed
    }

    /// The data of [`Secrets::seal`]; `None` when it was made by somebody else, for something else, or changed.
    pub fn open(&self, purpose: &'static str, beside: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: text,
            aad: beside,
        };
        self.cipher(purpose)
            .decrypt(&XNonce::from(*nonce), payload)
            .ok()
    }

    fn cipher(&self, purpose: &'static str) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key(purpose).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_data_comes_back_and_nothing_else_does() {
        let secrets = Secrets::new([3; 32]);
        let signed = secrets.sign("test a", b"receipt");
        assert_eq!(
            secrets.verify("test a", &signed).as_deref(),
            Some(&b"receipt"[..])
        );
        assert_eq!(secrets.verify("test b", &signed), None, "another purpose");
        assert_eq!(
            Secrets::new([4; 32]).verify("test a", &signed),
            None,
            "another house"
        );
        for place in 0..signed.len() {
            let mut other = signed.clone().into_bytes();
            other[place] = if other[place] == b'A' { b'B' } else { b'A' };
            let other = String::from_utf8(other).unwrap();
            if URL_SAFE_NO_PAD.decode(&other).is_ok() {
                assert_eq!(secrets.verify("test a", &other), None, "{place}");
            }
        }
        assert_eq!(secrets.verify("test a", ""), None);
        assert_eq!(secrets.verify("test a", "äö"), None);
    }

    #[test]
    fn sealed_data_opens_only_for_what_it_was_sealed_for() {
        let secrets = Secrets::new([3; 32]);
        let chance = kernel::chance::SeededChance::new(1);
        let sealed = secrets.seal("test a", &chance, b"owner", b"what was typed");
        assert!(!sealed.windows(5).any(|part| part == b"typed"));
        let opened = secrets.open("test a", b"owner", &sealed);
        assert_eq!(opened.as_deref(), Some(&b"what was typed"[..]));
        assert_eq!(secrets.open("test a", b"other", &sealed), None);
        assert_eq!(secrets.open("test b", b"owner", &sealed), None);
        let other_house = Secrets::new([4; 32]);
        assert_eq!(other_house.open("test a", b"owner", &sealed), None);
        assert_eq!(secrets.open("test a", b"owner", &sealed[..20]), None);
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(secrets.open("test a", b"owner", &changed), None, "{place}");
        }
        let again = secrets.seal("test a", &chance, b"owner", b"what was typed");
        assert_ne!(again, sealed, "the same text never looks the same");
    }

    #[test]
    fn keys_differ_by_county() {
        let [one, same, other] =
            ["15", "15", "01"].map(|county| Secrets::of_county([3; 32], county));
        assert_eq!(one.key("a"), same.key("a"));
        assert_ne!(one.key("a"), other.key("a"));
        assert_ne!(one.key("a"), Secrets::new([3; 32]).key("a"));
        assert_ne!(one.key("a"), Secrets::of_county([4; 32], "15").key("a"));
        assert_eq!(
            other.verify("test a", &one.sign("test a", b"receipt")),
            None
        );
    }

    #[test]
    fn keys_differ_by_purpose() {
        let secrets = Secrets::new([3; 32]);
        assert_ne!(secrets.key("a"), secrets.key("b"));
    }
}
