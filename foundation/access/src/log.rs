//! The log of use and change: what an entry says, how it is packed, and the mathematics that make
//! a change, a removal or a swap visible.
//!
//! Sources: asiakastietolaki 703/2023, sections 10-11 (use log, disclosure log) and 70 (the client's
//! right to see it). Pure: no files, no database; the store keeps the bytes.
//!
//! # How the pieces hang together
//!
//! * An **entry** has a *header* (when, who, what, by which right, for which purpose) and a *body*
//!   (whose data, which fields, the digest of the written content).
//! * `entry digest = H(H(header) || H(body))`. The body can be destroyed when its retention has ended:
//!   its digest stays in its place and everything still verifies.
//! * `link(n) = H(link(n-1) || n || entry digest(n))`, one chain for each writer, beginning from a
//!   value that names the county and the writer, so an entry cannot be moved to another chain.
//! * Each subject in a body carries the number of the previous entry about the same subject, so one
//!   client's log is walked without an index.
//! * A **head** is (writer, count, last link) with a keyed code: without the key nobody can make a
//!   shorter or another chain look complete.

mod codec;
mod heads;

use std::borrow::Cow;

use kernel::time::Timestamp;

pub use codec::{
    ACTOR_OFFSET, Body, Content, Header, Seen, decode_body, decode_header, encode_actor,
    encode_body, encode_header,
};
pub use heads::{HeadsFault, LINE_BYTES, OutsideHeads, SealedHead};

/// How long the log is kept, in years from the event (asiakastietolaki 703/2023, annex: logs 12 years).
pub const RETENTION_YEARS: i16 = 12;

/// Who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A worker of the county, by staff id.
    Staff([u8; 16]),
    /// A sender of a contact, known only by the receipt code or not at all.
    Sender,
    /// The program itself: jobs, migrations, the safety net.
    System,
    /// Another program with its own token, by token id.
    Token([u8; 16]),
}

/// What somebody did. Holds no content of client data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// The event's code: `contact.read`, `contact.take`, ...
    pub event: &'static str,
    /// The row of the rights table that allowed it, or `public` or `job`.
    pub right: Cow<'static, str>,
    /// The purpose of use, as its code (P01 ...).
    pub purpose: &'static str,
    /// Whose data was shown or changed: contacts, later clients. Repeats are dropped.
    pub subjects: Vec<[u8; 16]>,
    /// Names of changed fields, counts, a reason code. Never a client's text.
    pub detail: String,
    /// BLAKE3 of the content written, when content was written.
    pub digest: Option<[u8; 32]>,
}

/// 32 bytes of BLAKE3.
pub type Digest = [u8; 32];

fn digest(kind: &[u8], parts: &[&[u8]]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind);
    for part in parts {
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

/// The digest of a packed header.
pub fn header_digest(header: &[u8]) -> Digest {
    digest(b"noste log header\0", &[header])
}

/// The digest of a body's content (without the byte that tells content from remains).
pub fn content_digest(content: &[u8]) -> Digest {
    digest(b"noste log body\0", &[content])
}

/// The digest of a packed body, whether its content is there or destroyed; `None` for bytes that are
/// no body.
pub fn body_digest(body: &[u8]) -> Option<Digest> {
    codec::body_digest(body)
}

/// What is put in the place of a packed body whose retention has ended; `None` for bytes that are no
/// body.
pub fn destroy_body(body: &[u8]) -> Option<Vec<u8>> {
    codec::remains(body)
}

/// What one link stands for: both parts of the entry, by their digests.
pub fn entry_digest(header: &Digest, body: &Digest) -> Digest {
    digest(b"noste log entry\0", &[header, body])
}

/// The link before the first entry: names the county and the writer.
pub fn first_link(county: &str, writer: u32) -> Digest {
    digest(
        b"noste log chain\0",
        &[&writer.to_le_bytes(), county.as_bytes()],
    )
}

/// The link of entry `number` (1, 2, ...) of a chain.
pub fn next_link(previous: &Digest, number: u64, entry: &Digest) -> Digest {
    digest(
        b"noste log link\0",
        &[previous, &number.to_le_bytes(), entry],
    )
}

/// The end of one writer's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The writer's number: 0 for the first process of a county, 1 for a second beside it, ...
    pub writer: u32,
    /// How many entries the chain has; also the number of the newest one.
    pub count: u64,
    /// The link of the newest entry, or [`first_link`] when there is none.
    pub link: Digest,
}

impl Head {
    /// A chain without entries.
    pub fn empty(county: &str, writer: u32) -> Self {
        Self {
            writer,
            count: 0,
            link: first_link(county, writer),
        }
    }

    /// The head after one more entry.
    #[must_use]
    pub fn after(&self, entry: &Digest) -> Self {
        let count = self.count + 1;
        Self {
            writer: self.writer,
            count,
            link: next_link(&self.link, count, entry),
        }
    }

    /// The keyed code over county, writer, count and link: only a holder of the key can make one.
    pub fn code(&self, key: &[u8; 32], county: &str) -> Digest {
        let mut hasher = blake3::Hasher::new_keyed(key);
        hasher.update(b"noste log head\0");
        hasher.update(&self.writer.to_le_bytes());
        hasher.update(&self.count.to_le_bytes());
        hasher.update(&self.link);
        hasher.update(county.as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// Whether `code` is this head's code. Takes the same time for every wrong code.
    pub fn has_code(&self, key: &[u8; 32], county: &str, code: &Digest) -> bool {
        blake3::Hash::from_bytes(self.code(key, county)) == blake3::Hash::from_bytes(*code)
    }
}

/// Where an entry stands: its writer and its number there, kept in the store as one integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The writer's number.
    pub writer: u32,
    /// The entry's number in the writer's chain: 1, 2, ...
    pub number: u64,
}

impl Position {
    const NUMBER_BITS: u32 = 44;
    /// Writers beyond this do not fit a position.
    pub const MAX_WRITER: u32 = (1 << (63 - Self::NUMBER_BITS)) - 1;

    /// The integer the store keeps: the writer above, the number in the lower 44 bits.
    pub fn to_i64(self) -> i64 {
        (i64::from(self.writer) << Self::NUMBER_BITS) | (self.number as i64)
    }

    /// The position of a stored integer; `None` for a negative one.
    pub fn from_i64(value: i64) -> Option<Self> {
        let value = u64::try_from(value).ok()?;
        let writer = u32::try_from(value >> Self::NUMBER_BITS).ok()?;
        Some(Self {
            writer,
            number: value & ((1 << Self::NUMBER_BITS) - 1),
        })
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "writer {} entry {}", self.writer, self.number)
    }
}

#[cfg(test)]
mod tests;
