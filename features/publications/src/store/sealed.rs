//! The second seal of a version: how it stands before everybody.
//!
//! The first one ([`crate::domain::content`]) is made at the check and holds the text. What comes after it, that the version is
//! released or withdrawn, since when, by whom and under which title and number, is in columns of the row, and whoever may write
//! to the database could change them. So every step that makes or changes a public state seals these columns in its own
//! transaction, with a key that is not in the database; each showing and `noste verify` compares.
//!
//! **A step seals anew only what held before it.** Otherwise an honest step after a change from outside would make the change
//! good. A version whose seal does not hold may still be withdrawn or replaced; it stays without a seal that holds, and unshown.

use store::{Query, Row, StoreError, Value, WriteTx, params};

use super::{At, runs};
use crate::domain::PublishError;

/// Purpose of the key, made of the one of the texts: no seal of a text is one of these.
const PURPOSE: &str = "noste 2026 public state of a publication";

/// What is sealed, in this order; aliases as in [`FROM`]. A column more is another seal: give the purpose a new year too.
pub const FIELDS: [&str; 26] = [
    "p.id",
    "p.number",
    "p.kind",
    "p.language",
    "v.version",
    "v.state",
    "v.title",
    "v.from_quarter",
    "v.to_quarter",
    "v.municipality",
    "v.unit_id",
    "v.reason",
    "v.started_on",
    "v.started_by",
    "v.checked_on",
    "v.reviewed_on",
    "v.reviewed_by",
    "v.released_on",
    "v.released_by",
    "v.ended_on",
    "v.ended_by",
    "v.ended_reason",
    "v.recheck",
    // The seals of text and print, so that those of an earlier check cannot be put back, and the tables under them.
    "v.body_seal",
    "v.pdf_seal",
    "v.public_runs",
];
/// Where the fields are.
pub(super) const FROM: &str = "publication p join publication_version v on v.publication_id = p.id";
/// Places of fields in a row that begins with [`columns`].
pub(super) mod place {
    pub const ID: usize = 0;
    pub const NUMBER: usize = 1;
    pub const KIND: usize = 2;
    pub const LANGUAGE: usize = 3;
    pub const VERSION: usize = 4;
    pub const STATE: usize = 5;
    pub const TITLE: usize = 6;
    pub const SPAN: usize = 7;
    pub const REASON: usize = 11;
    pub const RELEASED_ON: usize = 17;
    pub const ENDED_ON: usize = 19;
    pub const ENDED_REASON: usize = 21;
    pub const RUNS: usize = 25;
    pub const SEAL: usize = 26;
}

/// The columns of a statement whose rows are given to [`holds`]: the fields and the seal after them.
pub(super) fn columns() -> String {
    format!("{}, v.public_seal", FIELDS.join(", "))
}

/// Every field with its name, its kind and its length before it: no two rows are the same bytes.
fn digest(row: &Row, key: &[u8; 32]) -> blake3::Hash {
    let own = blake3::derive_key(PURPOSE, key);
    let mut hasher = blake3::Hasher::new_keyed(&own);
    for (name, value) in FIELDS.iter().zip(row.values()) {
        let number;
        let (kind, bytes): (u8, &[u8]) = match value {
            Value::Null => (0, &[]),
            Value::Int(value) => {
                number = value.to_le_bytes();
                (1, &number)
            }
            Value::Text(text) => (2, text.as_bytes()),
            Value::Blob(bytes) => (3, bytes),
        };
        hasher.update(name.as_bytes());
        hasher.update(&[0, kind]);
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hasher.finalize()
}

/// Whether a row that begins with [`columns`] is as it was sealed.
pub(super) fn holds(row: &Row, key: &[u8; 32]) -> bool {
    // Comparing blake3 hashes takes the same time whatever differs.
    row.bytes(place::SEAL)
        .ok()
        .and_then(|told| <[u8; 32]>::try_from(told).ok())
        .is_some_and(|told| digest(row, key) == blake3::Hash::from_bytes(told))
}

fn read(query: &mut impl Query, at: At) -> Result<Row, StoreError> {
    query.query_one(
        &format!(
            "select {} from {FROM} where v.publication_id = $1 and v.version = $2",
            columns()
        ),
        &params![at.0.bytes(), at.1],
    )
}

/// Takes a step that changes how a version stands, and seals it anew when it held before.
///
/// # Errors
/// As the step, and as the store fails.
pub(super) fn through(
    tx: &mut WriteTx<'_>,
    at: At,
    key: &[u8; 32],
    step: impl FnOnce(&mut WriteTx<'_>) -> Result<(), PublishError>,
) -> Result<(), PublishError> {
    let held = holds(&read(tx, at)?, key);
    step(tx)?;
    if held {
        again(tx, at, key)?;
    }
    Ok(())
}

/// Seals a version as it stands now, with the tables of its runs: for its release.
///
/// # Errors
/// As the store fails.
pub(super) fn first(tx: &mut WriteTx<'_>, at: At, key: &[u8; 32]) -> Result<(), StoreError> {
    let tables = runs::digest(&runs::sealed(tx, at)?);
    tx.execute(
        "update publication_version set public_runs = $3 where publication_id = $1 and version = $2",
        &params![at.0.bytes(), at.1, tables],
    )?;
    again(tx, at, key)
}

/// Seals a version as it stands now.
fn again(tx: &mut WriteTx<'_>, at: At, key: &[u8; 32]) -> Result<(), StoreError> {
    let seal = *digest(&read(tx, at)?, key).as_bytes();
    tx.execute(
        "update publication_version set public_seal = $3 where publication_id = $1 and version = $2",
        &params![at.0.bytes(), at.1, seal],
    )?;
    Ok(())
}

/// Every version that is public, was, or carries a seal: which, the publication's number, and whether it is as it was sealed.
///
/// # Errors
/// As the store fails.
pub(crate) fn every(
    query: &mut impl Query,
    key: &[u8; 32],
) -> Result<Vec<(At, i64, bool)>, StoreError> {
    let rows = query.query(
        &format!(
            "select {} from {FROM} where v.public_seal is not null or v.state in ('released', 'corrected', 'withdrawn') order by p.number, v.version",
            columns()
        ),
        &[],
    )?;
    rows.iter()
        .map(|row| {
            let id = super::PublicationId::from_bytes(row.get(place::ID)?);
            let at = (id, row.get(place::VERSION)?);
            let holds = holds(row, key) && tables_hold(query, row, at)?;
            Ok((at, row.get(place::NUMBER)?, holds))
        })
        .collect()
}

fn tables_hold(query: &mut impl Query, row: &Row, at: At) -> Result<bool, StoreError> {
    let tables = runs::digest(&runs::sealed(query, at)?);
    Ok(row.bytes(place::RUNS).is_ok_and(|told| told == tables))
}
