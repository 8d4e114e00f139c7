//! The two pieces that an answer consists of: what the browser says, and what the authenticator says.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::cbor::{Item, Reader};
use crate::{Party, Refusal};

/// What the browser says (section 5.8.1).
#[derive(Debug, Deserialize)]
pub(crate) struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    pub(crate) challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

impl ClientData {
    pub(crate) fn read(json: &[u8]) -> Result<Self, Refusal> {
        // The bytes may begin with a byte order mark: the standard decodes them as text first.
        let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
        serde_json::from_slice(json).map_err(|_| Refusal::Malformed)
    }

    pub(crate) fn check(
        &self,
        kind: &str,
        party: Party<'_>,
        challenge: &[u8],
    ) -> Result<(), Refusal> {
        if self.kind != kind {
            return Err(Refusal::Ceremony);
        }
        if self.challenge != URL_SAFE_NO_PAD.encode(challenge) {
            return Err(Refusal::Challenge);
        }
        if self.origin != party.origin || self.cross_origin {
            return Err(Refusal::Origin);
        }
        Ok(())
    }
}

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const CAN_SYNC: u8 = 0x08;
const SYNCED: u8 = 0x10;
const ATTESTED: u8 = 0x40;

/// What the authenticator says (section 6.1).
pub(crate) struct AuthenticatorData<'a> {
    party: [u8; 32],
    flags: u8,
    pub(crate) counter: u32,
    pub(crate) attested: Option<Attested<'a>>,
}

/// A key that the authenticator has made.
pub(crate) struct Attested<'a> {
    pub(crate) credential: &'a [u8],
    /// COSE key, with whatever follows it.
    pub(crate) key: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let (party, rest) = bytes.split_first_chunk::<32>().ok_or(Refusal::Malformed)?;
        let ([flags], rest) = rest.split_first_chunk::<1>().ok_or(Refusal::Malformed)?;
        let (counter, rest) = rest.split_first_chunk::<4>().ok_or(Refusal::Malformed)?;
        let attested = if flags & ATTESTED == 0 {
            None
        } else {
            Some(Attested::read(rest)?)
        };
        Ok(Self {
            party: *party,
            flags: *flags,
            counter: u32::from_be_bytes(*counter),
            attested,
        })
    }

    /// For this house, with a person who was there and was verified.
    pub(crate) fn check(&self, party: Party<'_>) -> Result<(), Refusal> {
        if self.party != <[u8; 32]>::from(Sha256::digest(party.id.as_bytes())) {
            return Err(Refusal::Party);
        }
        if self.flags & PRESENT == 0 || self.flags & VERIFIED == 0 {
            return Err(Refusal::NotVerified);
        }
        // Synced without being able to be: no honest authenticator says so (section 7.2, step 18 of level 3).
        if self.flags & SYNCED != 0 && self.flags & CAN_SYNC == 0 {
            return Err(Refusal::Malformed);
        }
        Ok(())
    }

    pub(crate) const fn synced(&self) -> bool {
        self.flags & SYNCED != 0
    }
}

impl<'a> Attested<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let (_model, rest) = bytes.split_first_chunk::<16>().ok_or(Refusal::Malformed)?;
        let (length, rest) = rest.split_first_chunk::<2>().ok_or(Refusal::Malformed)?;
        let (credential, key) = rest
            .split_at_checked(usize::from(u16::from_be_bytes(*length)))
            .ok_or(Refusal::Malformed)?;
        // Section 7.1: ids are at most 1023 bytes.
        if credential.is_empty() || credential.len() > 1023 {
            return Err(Refusal::Malformed);
        }
        Ok(Self { credential, key })
    }
}

/// The authenticator data inside an attestation object; the attestation itself is not looked at.
pub(crate) fn attested(object: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut reader = Reader::new(object);
    let Item::Map(pairs) = reader.next()? else {
        return Err(Refusal::Malformed);
    };
    let mut found = None;
    for _ in 0..pairs {
        match reader.next()? {
            Item::Text("authData") => match reader.next()? {
                Item::Bytes(bytes) => found = Some(bytes.to_vec()),
                _ => return Err(Refusal::Malformed),
            },
            Item::Text(_) => reader.skip()?,
            _ => return Err(Refusal::Malformed),
        }
    }
    if !reader.rest().is_empty() {
        return Err(Refusal::Malformed);
    }
    found.ok_or(Refusal::Malformed)
}
