//! The reasons that workers wrote when they opened what is else closed: the client reads them in her log.

use identity::people::StaffId;
use kernel::time::Timestamp;
use store::{Query, StoreError, Value, places};

/// Why somebody opened something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Code of the log entry that the reason belongs to.
    pub event: &'static str,
    pub staff: StaffId,
    pub at: Timestamp,
    /// Code of the reason for exceptional access; empty elsewhere.
    pub code: String,
    pub words: String,
}

/// All reasons about a client known under these ids, in one statement. The caller has the right to the client's log.
///
/// # Errors
/// When the engine fails.
pub fn given(query: &mut impl Query, client: &[[u8; 16]]) -> Result<Vec<Given>, StoreError> {
    if client.is_empty() {
        return Ok(Vec::new());
    }
    let places = places(client.len(), 0);
    let values: Vec<Value> = client.iter().map(|id| (*id).into()).collect();
    let sql = format!(
        "select 'exceptional', staff_id, opened_at, reason_code, reason from exceptional_access where client_id in ({places})
        union all select 'secret', staff_id, at, '', body from client_event where event = 'secret_read' and staff_id is not null and body is not null and client_id in ({places})"
    );
    query
        .query(&sql, &values)?
        .iter()
        .map(|row| {
            Ok(Given {
                event: match row.get::<String>(0)?.as_str() {
                    "exceptional" => "exceptional.open",
                    _ => "client.secret_read",
                },
                staff: StaffId::from_bytes(row.get(1)?),
                at: row.get(2)?,
                code: row.get(3)?,
                words: row.get(4)?,
            })
        })
        .collect()
}
