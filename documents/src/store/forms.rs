//! Forms that were sent: each adds what it adds once.

use casework::store::Casework;
use identity::people::StaffId;
use store::{Query, StoreError, WriteTx, params};

use crate::domain::DocumentId;
use crate::forms::Sent;

/// Does an act that adds something, unless the same form did it already; gives the id of what was added, then or now. A form
/// that names no page does it. Nothing is kept of an act that is refused.
///
/// # Errors
/// Those of the act, and of the engine.
pub fn once<E: From<StoreError>>(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    (document, by): (DocumentId, StaffId),
    sent: Option<&Sent>,
    act: impl FnOnce(&mut WriteTx<'_>) -> Result<[u8; 16], E>,
) -> Result<[u8; 16], E> {
    let Some(sent) = sent else {
        return act(tx);
    };
    let which = || {
        params![
            document.bytes(),
            sent.form.bytes(),
            sent.digest.to_vec(),
            by.bytes()
        ]
    };
    let mut values = which();
    values.push(casework.now().into());
    let first = tx.execute(
        "insert into document_form (document_id, form, digest, sent_by, sent_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        &values,
    )?;
    if first == 0 {
        let row = tx.query_one(
            "select made from document_form where document_id = $1 and form = $2 and digest = $3 and sent_by = $4",
            &which(),
        )?;
        return Ok(row.get(0)?);
    }
    let made = act(tx)?;
    let mut values = which();
    values.push(made.into());
    tx.execute(
        "update document_form set made = $5 where document_id = $1 and form = $2 and digest = $3 and sent_by = $4",
        &values,
    )?;
    Ok(made)
}
