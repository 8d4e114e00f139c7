//! An authenticator in software, with a browser around it, for tests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};

use crate::Party;

/// A passkey that tests can bend: every field may be changed before it signs.
#[derive(Debug, Clone)]
pub struct StandIn {
    key: SigningKey,
    pub credential: Vec<u8>,
    /// The counter told next; each signature raises it, unless it is 0.
    pub counter: u32,
    pub person_verified: bool,
}

/// What the page's script would post.
#[derive(Debug, Clone)]
pub struct Answered {
    pub client_data: Vec<u8>,
    pub authenticator_data: Vec<u8>,
    pub signature: Vec<u8>,
}

impl StandIn {
    /// A passkey of this number, the same each time.
    ///
    /// # Panics
    /// For the number 0, which is no key.
    pub fn new(number: u8) -> Self {
        let mut secret = [7; 32];
        secret[0] = number;
        Self {
            key: SigningKey::from_slice(&secret).expect("a number of the curve's group"),
            credential: vec![number; 16],
            counter: 1,
            person_verified: true,
        }
    }

    /// The answer to a request to make a passkey: client data and attestation object.
    pub fn create(&mut self, party: Party<'_>, challenge: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let client = client_data("webauthn.create", party, challenge);
        let mut data = self.data(party, 0x40);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&(self.credential.len() as u16).to_be_bytes());
        data.extend_from_slice(&self.credential);
        let point = self.key.verifying_key().to_encoded_point(false);
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        data.extend_from_slice(&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]);
        data.extend_from_slice(&point.as_bytes()[1..33]);
        data.extend_from_slice(&[0x22, 0x58, 32]);
        data.extend_from_slice(&point.as_bytes()[33..]);
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend_from_slice(&(data.len() as u16).to_be_bytes());
        object.extend_from_slice(&data);
        (client, object)
    }

    /// The answer to a request to sign.
    ///
    /// # Panics
    /// Never with keys of [`StandIn::new`].
    pub fn get(&mut self, party: Party<'_>, challenge: &[u8]) -> Answered {
        let client = client_data("webauthn.get", party, challenge);
        if self.counter != 0 {
            self.counter += 1;
        }
        let data = self.data(party, 0);
        let digest = Sha256::new()
            .chain_update(&data)
            .chain_update(Sha256::digest(&client))
            .finalize();
        let signature: Signature = self
            .key
            .sign_prehash(&digest)
            .expect("a digest of 32 bytes");
        Answered {
            client_data: client,
            authenticator_data: data,
            signature: signature.to_der().as_bytes().to_vec(),
        }
    }

    fn data(&self, party: Party<'_>, more: u8) -> Vec<u8> {
        let verified = if self.person_verified { 0x04 } else { 0 };
        let mut data = Sha256::digest(party.id.as_bytes()).to_vec();
        data.push(0x01 | verified | more);
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }
}

fn client_data(kind: &str, party: Party<'_>, challenge: &[u8]) -> Vec<u8> {
    format!(
        "{{\"type\":\"{kind}\",\"challenge\":\"{}\",\"origin\":\"{}\",\"crossOrigin\":false}}",
        URL_SAFE_NO_PAD.encode(challenge),
        party.origin
    )
    .into_bytes()
}
