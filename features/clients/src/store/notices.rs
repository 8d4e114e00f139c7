//! What a desk has been told about clients, in the words of a page: names only of those whom the reader may see.

use std::borrow::Cow;

use kernel::time::{Date, Timestamp, day};
use store::{Show, StoreError, params};

use crate::domain::{ClientId, Reader, RowId};
use crate::gate::{self, Gate, Shown};

/// How many are shown at once; the next come when these have been read.
const MOST: usize = 20;

/// A notice that has not been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: RowId,
    pub kind: String,
    /// Whom it is about, when the reader may see her.
    pub client: Option<(ClientId, String)>,
    /// The worker whom it is about.
    pub staff: Option<String>,
    /// The last day of an order.
    pub last: Option<Date>,
    pub at: Timestamp,
}

/// The notices of a person and of the units that the person leads today, newest first, and an entry in the log of the
/// clients named.
///
/// # Errors
/// When the engine fails.
pub fn show(tx: &mut impl Show, reader: &Reader, now: Timestamp) -> Result<Vec<Line>, StoreError> {
    let rows = tx.query(
        "select n.id, n.kind, n.client_id, c.display_name, s.name, o.ends_on, n.at from client_notice n left join client c on c.id = n.client_id left join non_disclosure o on o.id = n.object_id left join exceptional_access e on e.id = n.object_id left join staff s on s.id = coalesce(e.staff_id, n.object_id) where n.seen_at is null and (n.to_staff = $1 or n.to_unit in (select l.unit_id from unit_leader l where l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2)) order by n.at desc, n.id desc limit $3",
        &params![
            reader.staff.bytes(),
            day(now).to_string(),
            i64::try_from(MOST).unwrap_or(i64::MAX)
        ],
    )?;
    let mut lines = Vec::new();
    for row in rows {
        let client = row.get::<Option<[u8; 16]>>(2)?.map(ClientId::from_bytes);
        lines.push(Line {
            id: RowId::from_bytes(row.get(0)?),
            kind: row.get(1)?,
            client: client.zip(row.get(3)?),
            staff: row.get(4)?,
            last: row.get(5)?,
            at: row.get(6)?,
        });
    }
    name(tx, reader, &mut lines, now)?;
    Ok(lines)
}

/// Leaves the names of those whom the reader may see.
fn name(
    tx: &mut impl Show,
    reader: &Reader,
    lines: &mut [Line],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut ids: Vec<ClientId> = lines
        .iter()
        .filter_map(|line| line.client.as_ref().map(|(id, _)| *id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    // Asked of nobody too: the statements do not tell how much there is.
    let seen: Vec<(ClientId, gate::Granted)> = Gate::open_many(tx, reader, &ids, now)?
        .iter()
        .filter_map(|gate| {
            gate.acting("client_basics", "see_basics", "working_age", None, &[])
                .ok()
                .map(|granted| (gate.client(), granted))
        })
        .collect();
    for line in lines {
        line.client
            .take_if(|(id, _)| seen.iter().all(|(own, _)| own != id));
    }
    if let Some((_, granted)) = seen.first() {
        let shown = Shown {
            event: "client.list",
            clients: seen.iter().map(|(id, _)| *id).collect(),
            detail: Cow::Owned(format!("notices={}", seen.len())),
            content: None,
        };
        gate::log(tx, reader, granted, now, &shown)?;
    }
    Ok(())
}
