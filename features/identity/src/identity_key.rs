//! The keyed digest of personal identity codes: enough to find the same person again, not to read who.

use kernel::identity_code::IdentityCode;
use web::Secrets;

/// Purpose of the key; every room that compares people by code uses the same.
const PURPOSE: &str = "noste 2026 identity code";

/// Makes digests of identity codes. Without the house's secret the digests of all codes there are could not
/// be computed and compared.
#[derive(Clone)]
pub struct IdentityKey([u8; 32]);

impl std::fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdentityKey(..)")
    }
}

impl IdentityKey {
    /// A key of these bytes: for tests and synthetic data of no house.
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The house's key.
    pub fn of(secrets: &Secrets) -> Self {
        Self(secrets.key(PURPOSE))
    }

    /// The digest of a code, the same for every spelling of it.
    pub fn hash(&self, code: &IdentityCode) -> [u8; 32] {
        *blake3::keyed_hash(&self.0, code.expose().as_bytes()).as_bytes()
    }
}
