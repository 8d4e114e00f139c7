//! Whose a personal part and an item of a history are after two records of one person were joined, or parted again.

use std::collections::BTreeMap;

use clients::ClientId;
use clients::timeline;
use documents::Document;
use documents::store as docs;
use kernel::time::Timestamp;
use store::{Query, StoreError, Value, WriteTx, params, places};

use crate::domain::parts::{self, Owners};

/// Whose the parts of these codes are now.
///
/// # Errors
/// When the engine fails.
pub fn of<'a>(
    query: &mut impl Query,
    document: &Document,
    codes: impl IntoIterator<Item = &'a str>,
) -> Result<Owners, StoreError> {
    let codes: Vec<&str> = codes.into_iter().collect();
    let mut ids = document.clients.clone();
    ids.extend(codes.iter().filter_map(|code| client_of(code)));
    ids.sort_unstable();
    ids.dedup();
    let mut now: BTreeMap<ClientId, ClientId> = docs::kept(query, &ids)?.into_iter().collect();
    let here: Vec<ClientId> = Owners::new(now.clone(), []).clients(&document.clients);
    let strange: Vec<ClientId> = ids
        .into_iter()
        .filter(|id| !here.contains(now.get(id).unwrap_or(id)))
        .collect();
    // Written while the records were one; the document went back with its client.
    for (id, client) in parted(query, &strange, &here)? {
        now.insert(id, client);
    }
    Ok(Owners::new(now, codes))
}

/// The client of a code, also of what is told of special support in a version.
pub fn client_of(code: &str) -> Option<ClientId> {
    parts::own_client(code).or_else(|| code.strip_prefix("support-")?.parse().ok())
}

/// Records to which a client of the document was joined for a time.
fn parted(
    query: &mut impl Query,
    strange: &[ClientId],
    here: &[ClientId],
) -> Result<Vec<(ClientId, ClientId)>, StoreError> {
    if strange.is_empty() || here.is_empty() {
        return Ok(Vec::new());
    }
    let (first, second) = (places(strange.len(), 0), places(here.len(), strange.len()));
    let values: Vec<Value> = strange
        .iter()
        .chain(here)
        .map(|id| id.bytes().into())
        .collect();
    query
        .query(
            &format!("select kept, merged from merge where undone_at is not null and kept in ({first}) and merged in ({second}) order by undone_at"),
            &values,
        )?
        .iter()
        .map(|row| Ok((ClientId::from_bytes(row.get(0)?), ClientId::from_bytes(row.get(1)?))))
        .collect()
}

/// The items that tell of the assessment in the histories of its clients, under whichever record they stand.
///
/// # Errors
/// When the engine fails.
pub fn items(
    query: &mut impl Query,
    document: &Document,
) -> Result<Vec<([u8; 16], ClientId)>, StoreError> {
    let href = format!("/assessments/{}", document.id);
    query
        .query(
            "select t.id, t.client_id from timeline_item t where t.class = 'assessment' and t.href = $1 and t.client_id in (select client_id from document_client where document_id = $2 union select g.kept from merge g join document_client d on d.client_id = g.merged where d.document_id = $2 union select g.merged from merge g join document_client d on d.client_id = g.kept where d.document_id = $2) order by t.id",
            &params![href, document.id.bytes()],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, ClientId::from_bytes(row.get(1)?))))
        .collect()
}

/// Hides those of the items that are not told of any more.
///
/// # Errors
/// When the engine fails.
pub fn hide(
    tx: &mut WriteTx<'_>,
    items: &[([u8; 16], ClientId)],
    told: &[[u8; 16]],
    now: Timestamp,
) -> Result<(), StoreError> {
    for (id, _) in items.iter().filter(|(id, _)| !told.contains(id)) {
        timeline::hide(tx, *id, now)?;
    }
    Ok(())
}
