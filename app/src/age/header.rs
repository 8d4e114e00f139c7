//! The head of a file: the file's key, wrapped for each recipient, and a code over it all.

use std::io::{self, BufRead, Read, Write};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, aead::Aead};
use kernel::chance::Chance;

use super::{
    Identity, Recipient, broken, derived, hmac,
    stream::{Opener, Sealer},
};

const FIRST: &str = "age-encryption.org/v1";
const X25519: &str = "X25519";
/// A head is a few hundred bytes for each recipient.
const LONGEST_HEAD: u64 = 256 * 1024;
/// Letters of a line of a stanza's body.
const COLUMNS: usize = 64;
const FILE_KEY: usize = 16;
const NONCE: usize = 16;

/// Begins a file that any of the recipients can open.
///
/// # Errors
/// `out` fails, or a recipient's key agrees with nobody.
pub fn seal<W: Write>(
    mut out: W,
    recipients: &[Recipient],
    chance: &dyn Chance,
) -> io::Result<Sealer<W>> {
    let (mut key, mut nonce) = ([0; FILE_KEY], [0; NONCE]);
    chance.fill(&mut key);
    chance.fill(&mut nonce);
    let mut head = format!("{FIRST}\n");
    for recipient in recipients {
        let (share, wrapping) = recipient
            .wrapping(chance)
            .ok_or_else(|| broken("a recipient's key is none"))?;
        // Each wrapping key is used once, so its nonce may be the same always.
        let wrapped = ChaCha20Poly1305::new(&wrapping.into())
            .encrypt(&Nonce::default(), key.as_slice())
            .map_err(|_| broken("the file's key cannot be wrapped"))?;
        head.push_str(&format!(
            "-> {X25519} {}\n{}\n",
            STANDARD_NO_PAD.encode(share),
            STANDARD_NO_PAD.encode(wrapped)
        ));
    }
    head.push_str("---");
    let code = hmac(&derived(&key, &[], b"header"), &[head.as_bytes()]);
    head.push_str(&format!(" {}\n", STANDARD_NO_PAD.encode(code)));
    out.write_all(head.as_bytes())?;
    out.write_all(&nonce)?;
    Ok(Sealer::new(out, &derived(&key, &nonce, b"payload")))
}

/// Opens a file with any of the keys.
///
/// # Errors
/// It is no such file, none of the keys opens it, or its head was changed.
pub fn open<R: BufRead>(mut input: R, identities: &[Identity]) -> io::Result<Opener<R>> {
    let mut head = Head::default();
    let mut some = Read::take(&mut input, LONGEST_HEAD);
    if head.line(&mut some)? != FIRST {
        return Err(broken("it is no file of age-encryption.org/v1"));
    }
    let mut key = None;
    let code = loop {
        let before = head.read.len();
        let line = head.line(&mut some)?;
        if let Some(code) = line.strip_prefix("--- ") {
            head.read.truncate(before + 3);
            break code.to_owned();
        }
        let Some(words) = line.strip_prefix("-> ") else {
            return Err(broken("its head cannot be read"));
        };
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let body = head.body(&mut some)?;
        if let (None, [kind, share]) = (key, words.as_slice())
            && kind == X25519
        {
            let share: [u8; 32] = STANDARD_NO_PAD
                .decode(share)
                .ok()
                .and_then(|share| share.try_into().ok())
                .ok_or_else(|| broken("its head cannot be read"))?;
            key = identities
                .iter()
                .find_map(|identity| unwrapped(&identity.unwrapping(&share)?, &body));
        }
    };
    let key = key.ok_or_else(|| broken("this key does not open it"))?;
    let told = STANDARD_NO_PAD.decode(code).unwrap_or_default();
    let own = hmac(&derived(&key, &[], b"header"), &[&head.read]);
    // Compared in the same time whatever differs.
    let same = <[u8; 32]>::try_from(told.as_slice())
        .is_ok_and(|told| blake3::Hash::from_bytes(told) == blake3::Hash::from_bytes(own));
    if !same {
        return Err(broken("its head was changed"));
    }
    let mut nonce = [0; NONCE];
    input
        .read_exact(&mut nonce)
        .map_err(|_| broken("it is cut short"))?;
    Ok(Opener::new(input, &derived(&key, &nonce, b"payload")))
}

fn unwrapped(wrapping: &[u8; 32], body: &[u8]) -> Option<[u8; FILE_KEY]> {
    ChaCha20Poly1305::new(&(*wrapping).into())
        .decrypt(&Nonce::default(), body)
        .ok()?
        .try_into()
        .ok()
}

#[derive(Default)]
struct Head {
    read: Vec<u8>,
}

impl Head {
    /// The next line, without its end.
    fn line(&mut self, input: &mut impl BufRead) -> io::Result<String> {
        let start = self.read.len();
        input.read_until(b'\n', &mut self.read)?;
        match std::str::from_utf8(&self.read[start..]) {
            Ok(line) if line.ends_with('\n') => Ok(line[..line.len() - 1].to_owned()),
            _ => Err(broken("its head cannot be read")),
        }
    }

    /// The body of a stanza: lines of 64 letters and a shorter last one.
    fn body(&mut self, input: &mut impl BufRead) -> io::Result<Vec<u8>> {
        let mut letters = String::new();
        loop {
            let line = self.line(input)?;
            letters.push_str(&line);
            if line.len() < COLUMNS {
                break;
            }
            if line.len() > COLUMNS {
                return Err(broken("its head cannot be read"));
            }
        }
        STANDARD_NO_PAD
            .decode(letters)
            .map_err(|_| broken("its head cannot be read"))
    }
}
