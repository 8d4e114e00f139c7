//! What lists know of a note without opening its text.

use std::collections::HashMap;

use documents::DocumentId;
use kernel::time::Timestamp;
use store::{Query, Row, StoreError, Value, WriteTx, params, places};

use super::unreadable;
use crate::domain::{FormId, Happened, What};

/// Kind and time of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub what: What,
    pub at: Timestamp,
}

/// Puts what is known of a note, in the place of what was known before.
///
/// # Errors
/// When the engine fails.
pub fn put(
    tx: &mut WriteTx<'_>,
    document: DocumentId,
    form: Option<FormId>,
    what: What,
    happened: Option<&Happened>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let began = happened.map_or(now, Happened::began);
    tx.execute(
        "insert into note (document_id, form, what, happened_at, ended_at) values ($1, $2, $3, $4, $5) on conflict (document_id) do update set what = excluded.what, happened_at = excluded.happened_at, ended_at = excluded.ended_at",
        &params![
            document.bytes(),
            form.map(|form| form.to_string()),
            what.code(),
            began,
            happened.and_then(Happened::ended)
        ],
    )
    .map(drop)
}

/// The note that was made on a page, if it was sent already.
///
/// # Errors
/// When the engine fails.
pub fn by_form(query: &mut impl Query, form: FormId) -> Result<Option<DocumentId>, StoreError> {
    query
        .query_optional(
            "select document_id from note where form = $1",
            &params![form.to_string()],
        )?
        .map(|row| row.get(0).map(DocumentId::from_bytes))
        .transpose()
}

/// Kinds and times of several notes in one statement.
///
/// # Errors
/// When the engine fails.
pub fn of_many(
    query: &mut impl Query,
    documents: &[DocumentId],
) -> Result<HashMap<DocumentId, Head>, StoreError> {
    if documents.is_empty() {
        return Ok(HashMap::new());
    }
    let list = places(documents.len(), 0);
    let values: Vec<Value> = documents.iter().map(|id| id.bytes().into()).collect();
    query
        .query(
            &format!(
                "select document_id, what, happened_at from note where document_id in ({list})"
            ),
            &values,
        )?
        .iter()
        .map(|row| Ok((DocumentId::from_bytes(row.get(0)?), from_row(row, 1)?)))
        .collect()
}

pub(super) fn from_row(row: &Row, at: usize) -> Result<Head, StoreError> {
    Ok(Head {
        what: What::from_code(&row.get::<String>(at)?).ok_or_else(unreadable)?,
        at: row.get(at + 1)?,
    })
}
