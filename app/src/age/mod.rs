//! Encrypted files in the form of age (age-encryption.org/v1), to X25519 recipients.
//!
//! The form is a public one with several programs behind it, so what Noste has encrypted can be opened without Noste. Here is
//! the part of it that a backup needs: recipients are public keys (`age1...`), the payload is a stream of chunks each of which is
//! authenticated, and a stream that was cut or changed is refused where it was. The primitives are those of RustCrypto and
//! dalek; docs/decisions/0011-backups.md says why the form is written here.

mod bech32;
mod header;
mod keys;
mod stream;

pub use header::{open, seal};
pub use keys::{Identity, Recipient};

#[cfg(test)]
mod tests;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// HKDF-SHA-256 (RFC 5869) with an output of 32 bytes.
fn derived(secret: &[u8], salt: &[u8], info: &[u8]) -> [u8; 32] {
    let first = hmac(salt, &[secret]);
    hmac(&first, &[info, &[1]])
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// What does not hold in a file.
fn broken(what: &str) -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidData, what.to_owned())
}
