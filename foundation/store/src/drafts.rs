//! Text that somebody is writing: saved within five seconds, given back after a fault (invariant I3).
//! A draft belongs to one owner (a staff id, or the id of a public form's own cookie) and one form.

use kernel::time::Timestamp;

use crate::{Query, StoreError, WriteTx, params};

/// A saved draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub body: String,
    pub saved_at: Timestamp,
}

/// Saves a draft over the one before.
///
/// # Errors
/// What the engine refuses.
pub fn save(
    tx: &mut WriteTx<'_>,
    owner: [u8; 16],
    form_key: &str,
    body: &str,
    saved_at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into draft (owner, form_key, body, saved_at) values ($1, $2, $3, $4)
         on conflict (owner, form_key) do update set body = excluded.body, saved_at = excluded.saved_at",
        &params![owner, form_key, body, saved_at],
    )
    .map(drop)
}

/// The owner's draft of one form.
///
/// # Errors
/// What the engine refuses.
pub fn find(
    query: &mut impl Query,
    owner: [u8; 16],
    form_key: &str,
) -> Result<Option<Draft>, StoreError> {
    let row = query.query_optional(
        "select body, saved_at from draft where owner = $1 and form_key = $2",
        &params![owner, form_key],
    )?;
    row.map(|row| {
        Ok(Draft {
            body: row.get(0)?,
            saved_at: row.get(1)?,
        })
    })
    .transpose()
}

/// Throws a draft away: its form has been sent. Whether there was one.
///
/// # Errors
/// What the engine refuses.
pub fn discard(tx: &mut WriteTx<'_>, owner: [u8; 16], form_key: &str) -> Result<bool, StoreError> {
    let gone = tx.execute(
        "delete from draft where owner = $1 and form_key = $2",
        &params![owner, form_key],
    )?;
    Ok(gone > 0)
}

/// Throws away drafts saved before a moment; how many.
///
/// # Errors
/// What the engine refuses.
pub fn discard_before(tx: &mut WriteTx<'_>, moment: Timestamp) -> Result<u64, StoreError> {
    tx.execute("delete from draft where saved_at < $1", &params![moment])
}
