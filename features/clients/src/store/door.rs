//! The door of exceptional access after a search: the client whom the search met, for those who have such a door.

use kernel::time::Timestamp;
use store::{Query, params};

use super::exceptional::may_open;
use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::Gate;

/// The client of the reader's last search, when she is closed to the reader and may be opened exceptionally. Asked
/// right after a search that was answered "known here".
///
/// # Errors
/// When the engine fails.
pub fn after_search(
    tx: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Option<ClientId>, ClientError> {
    let last = tx.query_optional(
        "select found from search_use where staff_id = $1 order by at desc, id desc limit 1",
        &params![reader.staff.bytes()],
    )?;
    let Some(found) = last
        .map(|row| row.get::<Option<[u8; 16]>>(0))
        .transpose()?
        .flatten()
    else {
        return Ok(None);
    };
    let gate = Gate::open(tx, reader, ClientId::from_bytes(found), now)?;
    Ok(may_open(&gate).map(|_| gate.client()))
}
