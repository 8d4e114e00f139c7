//! Passkeys (WebAuthn): what a browser's answer must hold, without the rest of the house.
//!
//! Source: W3C Web Authentication Level 2 (Recommendation, 8 April 2021), sections 7.1 and 7.2. Of the standard's
//! choices this house takes: no attestation is asked for and none is read; the person must have been verified by
//! the authenticator; signatures are ES256 or RS256 (what phones, keys and Windows make); a counter that does not
//! rise means a copied key. Pure: no clock, no chance, no network; whoever calls makes the challenges and keeps the keys.

mod cbor;
mod data;
mod key;
#[cfg(feature = "stand-in")]
pub mod stand_in;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub use key::{ALGORITHMS, PublicKey};

/// Why an answer is not believed. For the log; a person reads one sentence whatever the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not in the shape that the standard gives.
    #[error("malformed")]
    Malformed,
    /// Made for another ceremony (registration against sign-in).
    #[error("another ceremony")]
    Ceremony,
    /// Signs another challenge than ours.
    #[error("another challenge")]
    Challenge,
    /// Made on a page of another address, or inside one.
    #[error("another origin")]
    Origin,
    /// Made for another house.
    #[error("another relying party")]
    Party,
    /// The authenticator did not verify the person (finger, face, PIN).
    #[error("person not verified")]
    NotVerified,
    /// A key of a kind that was not asked for.
    #[error("unsupported key")]
    Algorithm,
    /// The signature is not this key's.
    #[error("wrong signature")]
    Signature,
    /// The counter did not rise: the key exists twice.
    #[error("counter did not rise")]
    Cloned,
}

/// The house as the browser sees it.
#[derive(Debug, Clone, Copy)]
pub struct Party<'a> {
    /// Host name without port: `noste.example`.
    pub id: &'a str,
    /// Scheme, host and port as in the address bar: `https://noste.example`.
    pub origin: &'a str,
}

/// A passkey just made, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    pub credential: Vec<u8>,
    pub key: PublicKey,
    pub counter: u32,
    /// The key is copied between the person's devices by its maker (then it has no counter that rises).
    pub synced: bool,
}

/// The browser's answer to a request to sign.
#[derive(Debug, Clone, Copy)]
pub struct Assertion<'a> {
    pub client_data: &'a [u8],
    pub authenticator_data: &'a [u8],
    pub signature: &'a [u8],
}

/// The challenge that an answer claims to sign; `None` when it is malformed. Check that it is ours, then give it to
/// [`register`] or [`verify`].
pub fn challenge_of(client_data: &[u8]) -> Option<Vec<u8>> {
    let data = data::ClientData::read(client_data).ok()?;
    URL_SAFE_NO_PAD.decode(data.challenge).ok()
}

/// Accepts a new passkey (section 7.1).
///
/// # Errors
/// Why it is not believed.
pub fn register(
    party: Party<'_>,
    challenge: &[u8],
    client_data: &[u8],
    attestation_object: &[u8],
) -> Result<NewKey, Refusal> {
    data::ClientData::read(client_data)?.check("webauthn.create", party, challenge)?;
    let authenticator = data::attested(attestation_object)?;
    let read = data::AuthenticatorData::read(&authenticator)?;
    read.check(party)?;
    let attested = read.attested.as_ref().ok_or(Refusal::Malformed)?;
    Ok(NewKey {
        credential: attested.credential.to_vec(),
        key: PublicKey::from_cose(attested.key)?,
        counter: read.counter,
        synced: read.synced(),
    })
}

/// Accepts a signature by a kept passkey (section 7.2) and gives the counter to be kept.
///
/// # Errors
/// Why it is not believed; [`Refusal::Cloned`] only after everything else held.
pub fn verify(
    party: Party<'_>,
    challenge: &[u8],
    key: &PublicKey,
    counter: u32,
    answer: Assertion<'_>,
) -> Result<u32, Refusal> {
    data::ClientData::read(answer.client_data)?.check("webauthn.get", party, challenge)?;
    let read = data::AuthenticatorData::read(answer.authenticator_data)?;
    read.check(party)?;
    key.verify(
        answer.authenticator_data,
        answer.client_data,
        answer.signature,
    )?;
    // Keys that are synced between devices always tell 0; once a counter has been seen it must rise.
    let told = read.counter;
    if (told != 0 || counter != 0) && told <= counter {
        return Err(Refusal::Cloned);
    }
    Ok(told)
}
