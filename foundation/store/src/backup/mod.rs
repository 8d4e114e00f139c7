//! A county's data as one stream of lines, out of one moment and into an empty place.
//!
//! The lines are JSON and the same for both engines, so what was backed up from SQLite can be restored to PostgreSQL and the
//! other way round. First comes the [`Manifest`]; then for each table its name and its rows, integers as numbers, text as
//! strings, bytes as a list of one string in base64; last a line with the number of rows and a digest of everything before
//! it, signed with the log key: a stream that somebody else has made is refused. The index of words is not in it, because
//! it is made anew from the texts. Whoever calls encrypts the stream and packs it.
//!
//! Restoring builds everything beside the place it is for, walks the log, brings the schema up to date, and only then makes it
//! real in one step. What breaks off before that leaves the place as empty as it was.

mod place;
mod read;
mod write;

use access::log::SealedHead;
use kernel::time::{Timestamp, from_millis, millis};
use serde::{Deserialize, Serialize};

use crate::{LogKey, StoreError, migrate::Step, verify::Fault};

pub use read::{Restored, restore};
pub use write::{Source, write};

/// The form of the stream; a newer one is refused.
const FORMAT: u32 = 1;

/// What a backup holds, told in its first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    noste_backup: u32,
    pub county: String,
    /// Version of the program that made it.
    pub program: String,
    at: i64,
    /// The steps of the schema, in order.
    pub steps: Vec<Step>,
    heads: Vec<HeadLine>,
    pub tables: Vec<TableLine>,
    /// Keys of the county in hexadecimal by the names of their files, when whoever made the backup asked for them.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub keys: std::collections::BTreeMap<String, String>,
}

/// One table of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableLine {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: u64,
}

/// The head of one chain of the log at the moment of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct HeadLine {
    writer: u32,
    count: u64,
    link: String,
    code: String,
}

impl HeadLine {
    fn of(sealed: &SealedHead) -> Self {
        Self {
            writer: sealed.head.writer,
            count: sealed.head.count,
            link: hex(&sealed.head.link),
            code: hex(&sealed.code),
        }
    }

    fn sealed(&self) -> Option<SealedHead> {
        let bytes = |text: &str| Some(*blake3::Hash::from_hex(text).ok()?.as_bytes());
        Some(SealedHead {
            head: access::log::Head {
                writer: self.writer,
                count: self.count,
                link: bytes(&self.link)?,
            },
            code: bytes(&self.code)?,
        })
    }
}

fn hex(bytes: &[u8; 32]) -> String {
    blake3::Hash::from_bytes(*bytes).to_hex().to_string()
}

impl Manifest {
    /// The moment of the backup.
    pub fn at(&self) -> Timestamp {
        from_millis(self.at)
    }

    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// The heads of the log, one line each as in a heads file: to be kept apart from the backup.
    pub fn head_lines(&self) -> Vec<String> {
        self.heads
            .iter()
            .filter_map(HeadLine::sealed)
            .map(|sealed| {
                String::from_utf8_lossy(&sealed.line())
                    .trim_end()
                    .to_owned()
            })
            .collect()
    }

    /// Entries of the log.
    pub fn entries(&self) -> u64 {
        self.heads.iter().map(|head| head.count).sum()
    }
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
struct End {
    end: bool,
    rows: u64,
    digest: String,
    code: String,
}

/// What only the county's log key can say of a stream.
fn code(key: &LogKey, county: &str, digest: &blake3::Hash) -> blake3::Hash {
    let key = blake3::derive_key("noste 2026 backup", &key.0);
    let mut hasher = blake3::Hasher::new_keyed(&key);
    hasher.update(digest.as_bytes());
    hasher.update(county.as_bytes());
    hasher.finalize()
}

/// How far it is.
#[derive(Debug, Clone, Copy)]
pub enum Told<'a> {
    /// What there will be.
    Begun(&'a Manifest),
    /// So many rows are done.
    Rows(u64),
    /// The log is walked.
    Checking,
    /// The schema is brought up to date, and what is made of other rows is made anew.
    Finishing,
}

/// Why there is no backup, or nothing was restored. In every case the place to restore to is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Reading or writing the stream: a wrong key, a file cut short or changed.
    #[error("the backup cannot be read or written: {0}")]
    Stream(#[from] std::io::Error),
    /// The stream is not what the program writes.
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    /// Made by a newer program.
    #[error("the backup was made by a newer program ({program}): {what}")]
    Newer { program: String, what: String },
    /// It is of another county.
    #[error("the backup is of county {0}")]
    OtherCounty(String),
    /// Somebody without this log key made or changed it.
    #[error("the backup was not made with this log key, or its content was changed")]
    NotOurs,
    /// There is something already.
    #[error("{0} is there already: a backup is restored to an empty place only")]
    NotEmpty(String),
    /// The restored log does not hold.
    #[error("the restored log does not hold: {0}")]
    Log(#[from] Fault),
}

fn now_of(at: Timestamp) -> i64 {
    millis(at)
}
