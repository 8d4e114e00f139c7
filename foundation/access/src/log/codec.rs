//! The packed form of an entry: short, with a version byte, and one form only for each content.

use super::{Actor, Digest, LogEntry, content_digest};
use kernel::time::{Timestamp, from_millis, millis};

const HEADER_VERSION: u8 = 1;
/// How many bytes of a packed header stand before its actor.
pub const ACTOR_OFFSET: usize = 9;
const STAFF: u8 = 1;
const SENDER: u8 = 2;
const SYSTEM: u8 = 3;
const TOKEN: u8 = 4;

/// First byte of a body whose content is there.
const CONTENT: u8 = 1;
/// First byte of a body whose content has been destroyed; its digest follows.
const REMAINS: u8 = 2;

/// A header read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub at: Timestamp,
    pub actor: Actor,
    pub event: String,
    pub right: String,
    pub purpose: String,
}

/// One subject of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub subject: [u8; 16],
    /// The number of the previous entry about the same subject in the same chain; 0 = none.
    pub previous: u64,
}

/// A body's content read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub subjects: Vec<Seen>,
    pub detail: String,
    pub digest: Option<Digest>,
}

/// A body read back: the content, or what remains of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    Content(Content),
    /// The content was destroyed when its retention ended; the digest is what it had.
    Destroyed(Digest),
}

/// Writes the header of `entry` to the end of `out`.
pub fn encode_header(entry: &LogEntry, out: &mut Vec<u8>) {
    out.push(HEADER_VERSION);
    out.extend_from_slice(&millis(entry.at).to_le_bytes());
    encode_actor(entry.actor, out);
    put_text(out, entry.event);
    put_text(out, &entry.right);
    put_text(out, entry.purpose);
}

/// Writes an actor as it stands in a packed header after [`ACTOR_OFFSET`] bytes.
pub fn encode_actor(actor: Actor, out: &mut Vec<u8>) {
    match actor {
        Actor::Staff(id) => tagged(out, STAFF, &id),
        Actor::Sender => out.push(SENDER),
        Actor::System => out.push(SYSTEM),
        Actor::Token(id) => tagged(out, TOKEN, &id),
    }
}

/// Writes the body of `entry`, which becomes number `number` of its chain, to the end of `out`.
/// `previous` tells the number of the last entry about a subject (0 = none) and is asked once for
/// each subject, in order.
pub fn encode_body(
    entry: &LogEntry,
    number: u64,
    out: &mut Vec<u8>,
    mut previous: impl FnMut(&[u8; 16]) -> u64,
) {
    out.push(CONTENT);
    let subjects = distinct(&entry.subjects);
    put_number(out, subjects.len() as u64);
    for subject in subjects.iter() {
        out.extend_from_slice(subject);
        let before = previous(subject);
        // The distance is small where the number would be long; 0 stands for "none".
        put_number(out, if before == 0 { 0 } else { number - before });
    }
    put_text(out, &entry.detail);
    match &entry.digest {
        None => out.push(0),
        Some(digest) => tagged(out, 1, digest),
    }
}

/// The subjects without repeats, in order. Lists are short or already without repeats (a page of
/// clients), so the usual case copies nothing.
fn distinct(subjects: &[[u8; 16]]) -> std::borrow::Cow<'_, [[u8; 16]]> {
    if subjects.len() < 2 {
        return subjects.into();
    }
    let mut seen = std::collections::HashSet::with_capacity(subjects.len());
    if subjects.iter().all(|subject| seen.insert(*subject)) {
        return subjects.into();
    }
    seen.clear();
    subjects
        .iter()
        .copied()
        .filter(|subject| seen.insert(*subject))
        .collect::<Vec<_>>()
        .into()
}

/// Reads a header; `None` when the bytes are no header.
pub fn decode_header(bytes: &[u8]) -> Option<Header> {
    let mut reader = Reader(bytes);
    if reader.byte()? != HEADER_VERSION {
        return None;
    }
    let at = from_millis(i64::from_le_bytes(reader.array()?));
    let actor = match reader.byte()? {
        STAFF => Actor::Staff(reader.array()?),
        SENDER => Actor::Sender,
        SYSTEM => Actor::System,
        TOKEN => Actor::Token(reader.array()?),
        _ => return None,
    };
    let header = Header {
        at,
        actor,
        event: reader.text()?,
        right: reader.text()?,
        purpose: reader.text()?,
    };
    reader.0.is_empty().then_some(header)
}

/// Reads the body of entry `number`; `None` when the bytes are no body.
pub fn decode_body(bytes: &[u8], number: u64) -> Option<Body> {
    let mut reader = Reader(bytes);
    match reader.byte()? {
        REMAINS => {
            let digest = reader.array()?;
            reader.0.is_empty().then_some(Body::Destroyed(digest))
        }
        CONTENT => {
            let count = usize::try_from(reader.number()?).ok()?;
            let mut subjects = Vec::with_capacity(count.min(bytes.len() / 17));
            for _ in 0..count {
                let subject = reader.array()?;
                let distance = reader.number()?;
                let previous = if distance == 0 {
                    0
                } else {
                    number.checked_sub(distance)?
                };
                subjects.push(Seen { subject, previous });
            }
            let detail = reader.text()?;
            let digest = match reader.byte()? {
                0 => None,
                1 => Some(reader.array()?),
                _ => return None,
            };
            reader.0.is_empty().then_some(Body::Content(Content {
                subjects,
                detail,
                digest,
            }))
        }
        _ => None,
    }
}

/// The digest of a packed body, whether its content is there or destroyed; `None` for other bytes.
pub(super) fn body_digest(bytes: &[u8]) -> Option<Digest> {
    match bytes.split_first()? {
        (&CONTENT, content) => Some(content_digest(content)),
        (&REMAINS, digest) => digest.try_into().ok(),
        _ => None,
    }
}

/// What is left of a packed body when its content is destroyed; `None` for bytes that are no body.
pub(super) fn remains(bytes: &[u8]) -> Option<Vec<u8>> {
    let digest = body_digest(bytes)?;
    let mut out = Vec::with_capacity(33);
    tagged(&mut out, REMAINS, &digest);
    Some(out)
}

fn tagged(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    out.push(tag);
    out.extend_from_slice(bytes);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// LEB128: seven bits a byte, the lowest first.
fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number as u8 & 0x7f) | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return None;
            }
            number |= part << shift;
            if byte & 0x80 == 0 {
                // A last byte of zero would give one number two forms.
                return (byte != 0 || shift == 0).then_some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }
}
