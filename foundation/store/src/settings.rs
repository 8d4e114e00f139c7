//! What the county has chosen: JSON by key, opaque to SQL.

use kernel::time::Timestamp;

use crate::{Query, StoreError, WriteTx, params};

/// The value of a key.
///
/// # Errors
/// What the engine refuses.
pub fn find(query: &mut impl Query, key: &str) -> Result<Option<String>, StoreError> {
    query
        .query_optional("select value from setting where key = $1", &params![key])?
        .map(|row| row.get(0))
        .transpose()
}

/// Sets a key.
///
/// # Errors
/// What the engine refuses.
pub fn set(
    tx: &mut WriteTx<'_>,
    key: &str,
    value: &str,
    changed_at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into setting (key, value, changed_at) values ($1, $2, $3)
         on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at",
        &params![key, value, changed_at],
    )
    .map(drop)
}
