//! Rules that notice unusual use, for a person to judge. A hit punishes nobody by itself.

use identity::people::StaffId;
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};

use super::Desk;
use crate::domain::{ClientId, RowId};

/// The version of the rules, kept with each hit.
pub const RULES_VERSION: i64 = 2;
/// The same surname as the searcher's.
pub const SAME_SURNAME: &str = "same_surname";
/// A former own client after the tail.
pub const FORMER_CLIENT: &str = "former_client";
/// Opened or told of, and nothing was written within a day.
pub const NO_ENTRY: &str = "no_entry";

/// The address of the searcher's own record, or of a declared relative's.
pub const SAME_ADDRESS: &str = "same_address";
/// Somebody whom the data protection officer has put on the list of the watched.
pub const WATCHED: &str = "watched";
/// At night by the county's hours, without a duty shift of one's own.
pub const NIGHT: &str = "night";
/// Many people of one house within a day, told once a day.
pub const ONE_HOUSE: &str = "one_house";

/// A hit that waits for a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub id: RowId,
    pub rule: String,
    pub staff: StaffId,
    pub staff_name: String,
    pub client: Option<ClientId>,
    pub at: Timestamp,
}

pub(crate) fn hit(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    rule: &str,
    staff: StaffId,
    client: Option<ClientId>,
    search: [u8; 16],
) -> Result<(), StoreError> {
    tx.execute(
        "insert into watch_hit (id, rule, rule_version, staff_id, client_id, search_id, at) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            desk.row_id(),
            rule,
            RULES_VERSION,
            staff.bytes(),
            client.map(|client| client.bytes()),
            search,
            desk.now()
        ],
    )?;
    Ok(())
}

/// Whether a name shares a family name with the worker's.
pub(crate) fn same_surname(worker: &str, family: &str) -> bool {
    let own = worker.split_whitespace().next_back().unwrap_or_default();
    let own = text::names::fold(own);
    text::names::fold(family)
        .iter()
        .any(|part| own.contains(part))
}

/// Notices searches that found somebody and led to no entry within 24 hours. For a job; each search once.
///
/// # Errors
/// When the engine fails.
pub fn notice_no_entry(tx: &mut WriteTx<'_>, desk: &Desk) -> Result<u64, StoreError> {
    let before = desk.now() - SignedDuration::from_hours(24);
    let rows = tx.query(
        "select s.id, s.staff_id, s.found from search_use s where s.followed_at is null and s.at <= $1 and s.result in ('opened', 'exists') and not exists (select 1 from watch_hit w where w.search_id = s.id and w.rule = 'no_entry') order by s.at limit 500",
        &params![before],
    )?;
    for row in &rows {
        let client = row.get::<Option<[u8; 16]>>(2)?.map(ClientId::from_bytes);
        hit(
            tx,
            desk,
            NO_ENTRY,
            StaffId::from_bytes(row.get(1)?),
            client,
            row.get(0)?,
        )?;
    }
    Ok(rows.len() as u64)
}

/// Hits that nobody has looked at, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn open_hits(tx: &mut impl Query) -> Result<Vec<Hit>, StoreError> {
    tx.query(
        "select w.id, w.rule, w.staff_id, s.name, w.client_id, w.at from watch_hit w join staff s on s.id = w.staff_id where w.seen_at is null order by w.at, w.id limit 500",
        &[],
    )?
    .iter()
    .map(|row| {
        Ok(Hit {
            id: RowId::from_bytes(row.get(0)?),
            rule: row.get(1)?,
            staff: StaffId::from_bytes(row.get(2)?),
            staff_name: row.get(3)?,
            client: row.get::<Option<[u8; 16]>>(4)?.map(ClientId::from_bytes),
            at: row.get(5)?,
        })
    })
    .collect()
}

/// Marks a hit as looked at, with what was found. `false` when somebody had done so.
///
/// # Errors
/// When the engine fails.
pub fn judge(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    by: StaffId,
    hit: RowId,
    outcome: &str,
) -> Result<bool, StoreError> {
    let judged = tx.execute(
        "update watch_hit set seen_at = $2, seen_by = $3, outcome = $4 where id = $1 and seen_at is null",
        &params![hit.bytes(), desk.now(), by.bytes(), outcome],
    )?;
    Ok(judged > 0)
}

/// A worker wrote something about a client: the searches that found her led somewhere. Other rooms tell of
/// their own entries; without a client, of the last search within the hour (a contact of somebody unseen).
///
/// # Errors
/// When the engine fails.
pub fn note_entry(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    client: Option<ClientId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    match client {
        Some(client) => tx.execute(
            "update search_use set followed_at = $3 where staff_id = $1 and found = $2 and followed_at is null",
            &params![staff.bytes(), client.bytes(), now],
        )?,
        None => tx.execute(
            "update search_use set followed_at = $2 where staff_id = $1 and followed_at is null and at > $3",
            &params![staff.bytes(), now, millis(now - SignedDuration::from_hours(1))],
        )?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::same_surname;

    #[test]
    fn a_shared_family_name_is_noticed_in_any_spelling() {
        assert!(same_surname("Jaana Mäki-Ylönen", "Ylonen"));
        assert!(same_surname("Jaana Virtanen", "virtanen"));
        assert!(!same_surname("Jaana Virtanen", "Jaana"));
        assert!(!same_surname("Jaana Virtanen", ""));
    }
}
