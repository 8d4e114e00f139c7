//! The heads kept outside the database: a text file a person can read, one line a writer.
//!
//! Every line has the same length, so a writer overwrites its own line in place and never touches
//! another's; two lines fit a disk sector, so a line is on disk whole or not at all.

use super::{Digest, Head};

/// Length of every line, the line feed included. Line 0 is the title, line `n + 1` is writer `n`.
pub const LINE_BYTES: usize = 256;

/// A head with its keyed code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedHead {
    pub head: Head,
    pub code: Digest,
}

impl SealedHead {
    /// Seals a head with the county's key.
    pub fn seal(head: Head, key: &[u8; 32], county: &str) -> Self {
        Self {
            head,
            code: head.code(key, county),
        }
    }

    /// Whether the code is the one the key gives.
    pub fn holds(&self, key: &[u8; 32], county: &str) -> bool {
        self.head.has_code(key, county, &self.code)
    }

    /// The writer's line in the file.
    pub fn line(&self) -> [u8; LINE_BYTES] {
        let Head {
            writer,
            count,
            link,
        } = &self.head;
        padded(&format!(
            "writer {writer} count {count} link {} code {}",
            hex(link),
            hex(&self.code)
        ))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let mut field = |name: &str| (words.next()? == name).then(|| words.next()).flatten();
        let head = Head {
            writer: field("writer")?.parse().ok()?,
            count: field("count")?.parse().ok()?,
            link: unhex(field("link")?)?,
        };
        let sealed = Self {
            head,
            code: unhex(field("code")?)?,
        };
        words.next().is_none().then_some(sealed)
    }
}

/// Why a heads file is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadsFault {
    /// The title is missing or names another county.
    #[error("the title line is not that of county {0}")]
    Title(String),
    /// A line differs from what the program writes, in any byte.
    #[error("line {0} is not as the program writes it")]
    Line(usize),
}

/// The content of a heads file: the writers' sealed heads in order; `None` where a writer has no line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutsideHeads {
    pub writers: Vec<Option<SealedHead>>,
}

impl OutsideHeads {
    /// The first line of a county's file.
    pub fn title(county: &str) -> [u8; LINE_BYTES] {
        padded(&format!("noste log heads 1 county {county}"))
    }

    /// A line that holds a place: this file knows nothing of the writer.
    pub fn unknown() -> [u8; LINE_BYTES] {
        padded("-")
    }

    /// The file's bytes.
    pub fn encode(&self, county: &str) -> Vec<u8> {
        let mut out = Self::title(county).to_vec();
        for writer in &self.writers {
            out.extend_from_slice(&writer.as_ref().map_or_else(Self::unknown, SealedHead::line));
        }
        out
    }

    /// Reads a file strictly: every byte must be as [`OutsideHeads::encode`] writes it. Codes are not
    /// looked at here.
    ///
    /// # Errors
    /// [`HeadsFault`] names the first line that differs.
    pub fn parse(bytes: &[u8], county: &str) -> Result<Self, HeadsFault> {
        let mut lines = bytes.chunks(LINE_BYTES);
        if lines.next() != Some(&Self::title(county)[..]) {
            return Err(HeadsFault::Title(county.to_owned()));
        }
        let mut writers = Vec::new();
        for (index, line) in lines.enumerate() {
            let fault = HeadsFault::Line(index + 1);
            if line == Self::unknown() {
                writers.push(None);
                continue;
            }
            let text = std::str::from_utf8(line).map_err(|_| fault.clone())?;
            let sealed = SealedHead::parse(text.trim_end()).ok_or_else(|| fault.clone())?;
            if sealed.head.writer as usize != index || sealed.line() != *line {
                return Err(fault);
            }
            writers.push(Some(sealed));
        }
        Ok(Self { writers })
    }

    /// The head of one writer, if the file has it.
    pub fn of(&self, writer: u32) -> Option<&SealedHead> {
        self.writers.get(writer as usize)?.as_ref()
    }
}

fn padded(text: &str) -> [u8; LINE_BYTES] {
    let mut line = [b' '; LINE_BYTES];
    let length = text.len().min(LINE_BYTES - 1);
    line[..length].copy_from_slice(&text.as_bytes()[..length]);
    line[LINE_BYTES - 1] = b'\n';
    line
}

fn hex(bytes: &Digest) -> String {
    blake3::Hash::from_bytes(*bytes).to_hex().to_string()
}

fn unhex(text: &str) -> Option<Digest> {
    blake3::Hash::from_hex(text)
        .ok()
        .map(|hash| *hash.as_bytes())
}
