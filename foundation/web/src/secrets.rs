//! Keys of the house: one secret, a separate key for each purpose.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

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
    fn keys_differ_by_purpose() {
        let secrets = Secrets::new([3; 32]);
        assert_ne!(secrets.key("a"), secrets.key("b"));
    }
}
