//! Under which ids a person has been known: her record, and those that were merged into it, however many steps away.

use store::{Query, StoreError, params};

use crate::domain::ClientId;

/// The client's id and those of all records merged into it, also through another: when A was merged into C and C
/// into B, what was written of A is B's.
///
/// # Errors
/// When the engine fails.
pub fn ids(query: &mut impl Query, client: ClientId) -> Result<Vec<[u8; 16]>, StoreError> {
    query
        .query(
            "with recursive known (id) as (select id from client where id = $1 union select c.id from client c join known k on c.merged_into = k.id) select id from known order by id",
            &params![client.bytes()],
        )?
        .iter()
        .map(|row| row.get(0))
        .collect()
}
