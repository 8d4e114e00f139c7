//! The public half of a passkey: read from COSE (RFC 9053), kept as bytes, used to verify signatures.

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use rsa::traits::PublicKeyParts as _;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};

use crate::Refusal;
use crate::cbor::{Item, Reader};

/// COSE numbers of the algorithms asked for, best first: ES256, and RS256 for Windows with an older security chip.
pub const ALGORITHMS: [i64; 2] = [-7, -257];

/// ASN.1 before a SHA-256 digest in a PKCS #1 v1.5 signature (RFC 8017, section 9.2, note 1).
const SHA256_PREFIX: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];
const TAG_P256: u8 = 1;
const TAG_RSA: u8 = 2;

/// The public half of a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    P256(Box<VerifyingKey>),
    Rsa(Box<RsaPublicKey>),
}

/// The parameters of a COSE key that matter; which is which depends on the key's type.
#[derive(Default)]
struct Cose<'a> {
    kind: i64,
    algorithm: i64,
    minus1: Option<Item<'a>>,
    minus2: Option<&'a [u8]>,
    minus3: Option<&'a [u8]>,
}

impl PublicKey {
    /// Reads the COSE key at the beginning of `bytes`.
    pub(crate) fn from_cose(bytes: &[u8]) -> Result<Self, Refusal> {
        let cose = Cose::read(bytes)?;
        match (
            cose.kind,
            cose.algorithm,
            cose.minus1,
            cose.minus2,
            cose.minus3,
        ) {
            (2, -7, Some(Item::Int(1)), Some(x), Some(y)) if x.len() == 32 && y.len() == 32 => {
                Self::p256(&[&[4], x, y].concat())
            }
            (3, -257, Some(Item::Bytes(n)), Some(e), _) => Self::rsa(n, e),
            _ => Err(Refusal::Algorithm),
        }
    }

    fn p256(point: &[u8]) -> Result<Self, Refusal> {
        // Also checks that the point is on the curve.
        VerifyingKey::from_sec1_bytes(point)
            .map(|key| Self(Kind::P256(Box::new(key))))
            .map_err(|_| Refusal::Algorithm)
    }

    fn rsa(n: &[u8], e: &[u8]) -> Result<Self, Refusal> {
        let n = BigUint::from_bytes_be(n);
        // Shorter ones are no longer good, longer ones are only a way to make work.
        if !(2048..=4096).contains(&n.bits()) {
            return Err(Refusal::Algorithm);
        }
        RsaPublicKey::new(n, BigUint::from_bytes_be(e))
            .map(|key| Self(Kind::Rsa(Box::new(key))))
            .map_err(|_| Refusal::Algorithm)
    }

    /// The key as bytes to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        match &self.0 {
            Kind::P256(key) => {
                let mut bytes = vec![TAG_P256];
                bytes.extend_from_slice(key.to_encoded_point(false).as_bytes());
                bytes
            }
            Kind::Rsa(key) => {
                let (n, e) = (key.n().to_bytes_be(), key.e().to_bytes_be());
                let mut bytes = vec![TAG_RSA];
                bytes.extend_from_slice(&(n.len() as u16).to_be_bytes());
                bytes.extend_from_slice(&n);
                bytes.extend_from_slice(&e);
                bytes
            }
        }
    }

    /// The key of [`PublicKey::to_bytes`].
    ///
    /// # Errors
    /// When the bytes are no key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        match bytes.split_first() {
            Some((&TAG_P256, point)) => Self::p256(point),
            Some((&TAG_RSA, rest)) => {
                let (length, rest) = rest.split_first_chunk::<2>().ok_or(Refusal::Malformed)?;
                let (n, e) = rest
                    .split_at_checked(usize::from(u16::from_be_bytes(*length)))
                    .ok_or(Refusal::Malformed)?;
                Self::rsa(n, e)
            }
            _ => Err(Refusal::Malformed),
        }
    }

    /// Section 7.2, steps 19 and 20: the signature is over the authenticator's data and the hash of the browser's.
    pub(crate) fn verify(
        &self,
        authenticator: &[u8],
        client: &[u8],
        signature: &[u8],
    ) -> Result<(), Refusal> {
        let digest = Sha256::new()
            .chain_update(authenticator)
            .chain_update(Sha256::digest(client))
            .finalize();
        let holds = match &self.0 {
            Kind::P256(key) => Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            Kind::Rsa(key) => {
                let scheme = Pkcs1v15Sign {
                    hash_len: Some(digest.len()),
                    prefix: SHA256_PREFIX.into(),
                };
                key.verify(scheme, &digest, signature).is_ok()
            }
        };
        if holds {
            Ok(())
        } else {
            Err(Refusal::Signature)
        }
    }
}

impl<'a> Cose<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut reader = Reader::new(bytes);
        let Item::Map(pairs) = reader.next()? else {
            return Err(Refusal::Malformed);
        };
        let mut cose = Self::default();
        for _ in 0..pairs {
            let Item::Int(label) = reader.next()? else {
                return Err(Refusal::Malformed);
            };
            match (label, reader.next()?) {
                (1, Item::Int(value)) => cose.kind = value,
                (3, Item::Int(value)) => cose.algorithm = value,
                (-1, item @ (Item::Int(_) | Item::Bytes(_))) => cose.minus1 = Some(item),
                (-2, Item::Bytes(value)) => cose.minus2 = Some(value),
                (-3, Item::Bytes(value)) => cose.minus3 = Some(value),
                // A value with parts would be misread; keys of our kinds have none.
                (_, Item::List(_) | Item::Map(_)) => return Err(Refusal::Malformed),
                _ => {}
            }
        }
        Ok(cose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key of 2048 bits and its signature over "authdata" and the hash of `{"c":1}`, made by OpenSSL.
    const MODULUS: &str = "d46cf9dc35b1702ba39c000c9a7a913cc64209e12492297fa7f0eb9946f6e84e1a80b4b6af0e0a3fe0144757a6c63dad\
        32d625ad5f9e14eba80ad56ede8556fa4bc2380e3ae1574664814a50b1ca16cf12ac323728c8b99e9094ae54114a787b\
        541391c7a47781357e47adb2d6d0bb2ff9d294943b9d7ee079901292920d6d3ef2915817ef42fd99ca6b600da7cb07c1\
        ace554e8c9f8f84e63ca39d20ebeaa5ebd957ed67aaf96bb7b6670e6b0547372f32f590c04f6eb01609153dc5077b365\
        9fde21a47ec600c507c48803242bb785d81bbfefa53525bf9cc5e3f40b44d8c1e0ff1324888489090e778e4cbf8d4b52\
        454982f26a9e43a704822768b34ec52d";
    const SIGNED: &str = "a752d911aa3bee143780abba11de7c6c8f8938c6aba7215d0552326e5c1c66362f62d6c77754024739b391ac4db97362\
        6ec33dd20c88a060d50cd1fe5a9f7b7f6aba14add6c9ecda0fd10d38ede31384f5771cf26b554c880b09cc2f5a8fb315\
        00638ed46ff5164ccbd381643300ed683269b438e24172550fe5dfe36b6b1a7c7ffd5c4adcafe87dfc886c04c60ce187\
        061c5895e4ecb170f898d82d97fb1fa7b285fbf76427171806f205f276a10a8fdcfa06cfc8d4b091e65fce513514e059\
        c0c6a413bcb05fe6249086f7a3e5e59b3f966c095daa2ae0b82c2c5890f1e9a58336278c7549ba4c8ca866b258491138\
        da4fe2bed2dfe98af92a22b8b07bcba5";

    fn bytes(hex: &str) -> Vec<u8> {
        hex.as_bytes()
            .chunks(2)
            .map(|pair| {
                u8::from_str_radix(std::str::from_utf8(pair).expect("ASCII"), 16).expect("hex")
            })
            .collect()
    }

    fn cose_rsa(modulus: &[u8]) -> Vec<u8> {
        // {1: 3, 3: -257, -1: n, -2: 65537}
        let mut cose = vec![0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59];
        cose.extend_from_slice(&(modulus.len() as u16).to_be_bytes());
        cose.extend_from_slice(modulus);
        cose.extend_from_slice(&[0x21, 0x43, 1, 0, 1]);
        cose
    }

    #[test]
    fn a_signature_of_windows_with_an_old_chip_holds() {
        let key = PublicKey::from_cose(&cose_rsa(&bytes(MODULUS))).expect("a key");
        let again = PublicKey::from_bytes(&key.to_bytes()).expect("the same key");
        assert_eq!(again, key);
        let signed = bytes(SIGNED);
        assert_eq!(again.verify(b"authdata", b"{\"c\":1}", &signed), Ok(()));
        assert_eq!(
            again.verify(b"authdatA", b"{\"c\":1}", &signed),
            Err(Refusal::Signature)
        );
        assert_eq!(
            again.verify(b"authdata", b"{\"c\":2}", &signed),
            Err(Refusal::Signature)
        );
    }

    #[test]
    fn weak_and_strange_keys_are_refused() {
        let short = cose_rsa(&bytes(MODULUS)[..128]);
        assert_eq!(PublicKey::from_cose(&short), Err(Refusal::Algorithm));
        // A point that is not on the curve.
        let mut cose = vec![0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32];
        cose.extend_from_slice(&[1; 32]);
        cose.extend_from_slice(&[0x22, 0x58, 32]);
        cose.extend_from_slice(&[2; 32]);
        assert_eq!(PublicKey::from_cose(&cose), Err(Refusal::Algorithm));
        // EdDSA was not asked for.
        assert_eq!(
            PublicKey::from_cose(&[0xa2, 1, 1, 3, 0x27]),
            Err(Refusal::Algorithm)
        );
        assert_eq!(PublicKey::from_bytes(&[]), Err(Refusal::Malformed));
        assert_eq!(
            PublicKey::from_bytes(&[2, 255, 255]),
            Err(Refusal::Malformed)
        );
    }
}
