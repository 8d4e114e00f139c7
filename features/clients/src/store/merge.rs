//! Two records of one person become one, and can be parted again within 90 days; a person made by mistake is
//! taken out of use. Everything leaves a trace.
//!
//! Rows move from the merged record to the kept one, and each is written down, so that parting moves the same
//! rows back. Links to the merged record lead to the kept one through its gate.

mod identity;
mod rows;

use kernel::time::{SignedDuration, Timestamp};
use store::{Query, StoreError, WriteTx, params};

use super::{By, Desk, add_event, lapse, touch};
use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::{self, Gate};
use crate::relations::{self, NewRelation};

pub use super::void::void;

use identity::{identity_before, join_identity, part_identity};
use rows::{move_back, move_rows};

/// A table whose rows follow the client: its id column and its client column. Other rooms add theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub table: &'static str,
    pub id: &'static str,
    pub client: &'static str,
    /// A condition that keeps a row where it is, over `$1` the kept and `$2` the merged client.
    pub unless: Option<&'static str>,
}

/// Tables of other rooms; `app` collects them.
#[derive(Debug, Clone, Default)]
pub struct MovedTables(pub Vec<Moved>);

const fn table(table: &'static str) -> Moved {
    Moved {
        table,
        id: "id",
        client: "client_id",
        unless: None,
    }
}

const OWN: [Moved; 13] = [
    table("client_identifier"),
    table("client_name"),
    table("client_detail"),
    table("non_disclosure"),
    table("secret_right"),
    table("related_person"),
    Moved {
        // Whoever the merged one lives with lives with the kept one; nobody is related to herself.
        client: "other_client",
        unless: Some("client_id = $1"),
        ..table("related_person")
    },
    table("relation"),
    table("bar"),
    table("exceptional_access"),
    Moved {
        // One client relation is open at a time.
        unless: Some(
            "ended_on is null and exists (select 1 from client_relation k where k.client_id = $1 and k.ended_on is null)",
        ),
        ..table("client_relation")
    },
    table("client_event"),
    table("timeline_item"),
];

/// A merge that was asked, done or undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    pub id: RowId,
    pub kept: ClientId,
    pub merged: ClientId,
    pub reason: String,
    pub asked_by: String,
    pub asked_at: Timestamp,
    pub approved_at: Option<Timestamp>,
    pub refused_at: Option<Timestamp>,
    pub reversible_until: Option<Timestamp>,
    pub undone_at: Option<Timestamp>,
}

/// Asks that two records of one person be merged. Whoever asks may open both.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct the basics of the kept one and to see those of the
/// other; [`ClientError::Missing`] without a reason; [`ClientError::Already`] when it is asked or it is the
/// same client.
pub fn ask(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    kept: &Gate,
    other: &Gate,
    reason: &str,
) -> Result<RowId, ClientError> {
    let by = kept.by("client_basics", "correct", desk.now())?;
    other.by("client_basics", "see_basics", desk.now())?;
    if reason.trim().is_empty() {
        return Err(ClientError::Missing("reason"));
    }
    let (first, second) = (kept.client(), other.client());
    let open = tx.query(
        "select 1 from merge where approved_at is null and refused_at is null and ((kept = $1 and merged = $2) or (kept = $2 and merged = $1))",
        &params![first.bytes(), second.bytes()],
    )?;
    if first == second || !open.is_empty() {
        return Err(ClientError::Already);
    }
    let id = RowId::from_bytes(desk.row_id());
    tx.execute(
        "insert into merge (id, kept, merged, reason, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6)",
        &params![
            id.bytes(),
            first.bytes(),
            second.bytes(),
            reason.trim(),
            by.staff().bytes(),
            by.now
        ],
    )?;
    by.log(
        tx,
        "client.merge_ask",
        first,
        &format!("other={second}"),
        Some(reason),
    )?;
    by.log(
        tx,
        "client.merge_ask",
        second,
        &format!("other={first}"),
        None,
    )?;
    Ok(id)
}

/// Merges that wait, and those that can still be undone, for a data steward. No names: a case is taken first.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to merges.
pub fn cases(
    tx: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<Merge>, ClientError> {
    gate::general(
        reader,
        "person",
        "take",
        kernel::time::day(now),
        &["merge_case"],
    )?;
    let rows = tx.query(
        &format!("{SELECT} where (m.approved_at is null and m.refused_at is null) or (m.undone_at is null and m.reversible_until > $1) order by m.asked_at, m.id"),
        &params![now],
    )?;
    rows.iter().map(read).collect()
}

const SELECT: &str = "select m.id, m.kept, m.merged, m.reason, s.name, m.asked_at, m.approved_at, m.refused_at, m.reversible_until, m.undone_at from merge m join staff s on s.id = m.asked_by";

fn read(row: &store::Row) -> Result<Merge, ClientError> {
    Ok(Merge {
        id: RowId::from_bytes(row.get(0)?),
        kept: ClientId::from_bytes(row.get(1)?),
        merged: ClientId::from_bytes(row.get(2)?),
        reason: row.get(3)?,
        asked_by: row.get(4)?,
        asked_at: row.get(5)?,
        approved_at: row.get(6)?,
        refused_at: row.get(7)?,
        reversible_until: row.get(8)?,
        undone_at: row.get(9)?,
    })
}

fn find(tx: &mut impl Query, id: RowId) -> Result<Merge, ClientError> {
    let row = tx
        .query_optional(&format!("{SELECT} where m.id = $1"), &params![id.bytes()])?
        .ok_or(ClientError::NotFound)?;
    read(&row)
}

/// Takes a case under work: the steward stands in the relation of an administrative task to both clients until
/// the case is done, and can compare their basics.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to merges, when there is no such case, or a bar holds.
pub fn take(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    id: RowId,
) -> Result<Merge, ClientError> {
    let now = desk.now();
    let merge = find(tx, id)?;
    let done =
        merge.approved_at.is_some() && merge.reversible_until.is_none_or(|until| until <= now);
    if done || merge.refused_at.is_some() || merge.undone_at.is_some() {
        return Err(ClientError::Ended);
    }
    for client in [merge.kept, merge.merged] {
        let gate = Gate::open(tx, reader, client, now)?;
        gate.acting("person", "take", "na", None, &["merge_case"])?;
        let relation = NewRelation {
            client: gate.client(),
            staff: reader.staff,
            kind: "admin_task",
            object: Some(("merge", id.bytes())),
            from: now,
            to: None,
            made_by: "merge.take",
        };
        relations::begin(tx, &relation, desk.tails(), now)?;
    }
    Ok(merge)
}

/// The steward's right over one side of a case, and who stands behind it.
fn right<'g>(gate: &'g Gate, id: RowId, now: Timestamp) -> Result<By<'g>, ClientError> {
    let object = Some(("merge", id.bytes()));
    // Another administrative task over the same client is no ground for this one.
    if !gate.holds_of("admin_task", "merge", id.bytes()) {
        return Err(ClientError::NotFound);
    }
    let granted = gate.acting("person", "merge", "na", object, &[])?;
    Ok(By {
        reader: gate.reader(),
        granted,
        now,
    })
}

/// Merges: the rows of the other move to the kept one.
///
/// # Errors
/// [`ClientError::NotFound`] without the right or the case taken; [`ClientError::FourEyes`] for whoever asked;
/// [`ClientError::Ended`] when it was decided; [`ClientError::HasCode`] when the two have different identity
/// codes: they are two people.
pub fn approve(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    id: RowId,
    others: &MovedTables,
) -> Result<(), ClientError> {
    let now = desk.now();
    let merge = find(tx, id)?;
    let kept = Gate::open(tx, reader, merge.kept, now)?;
    let merged = Gate::open(tx, reader, merge.merged, now)?;
    let by = right(&kept, id, now)?;
    right(&merged, id, now)?;
    if merge.approved_at.is_some() || merge.refused_at.is_some() {
        return Err(ClientError::Ended);
    }
    let (to, from) = (kept.client(), merged.client());
    if to == from {
        return Err(ClientError::Already);
    }
    check_asker(tx, reader, id)?;
    let before = identity_before(tx, to, from)?;
    end_task(tx, desk, &[to, from], id, now)?;
    for moved in OWN.iter().chain(&others.0) {
        move_rows(tx, id, moved, to, from)?;
    }
    join_identity(tx, to, from, &before)?;
    tx.execute(
        "update merge set kept = $2, merged = $3, approved_by = $4, approved_at = $5, reversible_until = $6, before = $7 where id = $1",
        &params![
            id.bytes(),
            to.bytes(),
            from.bytes(),
            reader.staff.bytes(),
            now,
            now + SignedDuration::from_hours(24 * desk.settings.merge_days),
            before.text()
        ],
    )?;
    tx.execute(
        "update client set state = 'merged', merged_into = $2, version = version + 1 where id = $1",
        &params![from.bytes(), to.bytes()],
    )?;
    touch(tx, to)?;
    add_event(tx, desk, to, Some(reader.staff), "merged", "")?;
    by.log(tx, "client.merge", to, &format!("merged={from}"), None)?;
    by.log(tx, "client.merge", from, &format!("kept={to}"), None)?;
    Ok(())
}

/// Refuses a merge that was asked.
///
/// # Errors
/// As [`approve`]; [`ClientError::Missing`] without a reason.
pub fn refuse(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    id: RowId,
    reason: &str,
) -> Result<(), ClientError> {
    let now = desk.now();
    let merge = find(tx, id)?;
    let kept = Gate::open(tx, reader, merge.kept, now)?;
    let by = right(&kept, id, now)?;
    if reason.trim().is_empty() {
        return Err(ClientError::Missing("reason"));
    }
    let changed = tx.execute(
        "update merge set refused_by = $2, refused_at = $3, undo_reason = $4 where id = $1 and approved_at is null and refused_at is null",
        &params![id.bytes(), reader.staff.bytes(), now, reason],
    )?;
    if changed == 0 {
        return Err(ClientError::Ended);
    }
    end_task(tx, desk, &[merge.kept, merge.merged], id, now)?;
    by.log(tx, "client.merge_refuse", merge.kept, "", Some(reason))?;
    Ok(())
}

/// Parts what was merged: every row that moved goes back. What was written to the kept record since stays there.
///
/// # Errors
/// [`ClientError::NotFound`] without the right or the case taken; [`ClientError::Ended`] when it was undone or
/// the time has passed; [`ClientError::Missing`] without a reason; [`ClientError::MergedOn`] when the kept one was
/// merged into another since.
pub fn undo(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    id: RowId,
    reason: &str,
    others: &MovedTables,
) -> Result<(), ClientError> {
    let now = desk.now();
    let merge = find(tx, id)?;
    let kept = Gate::open(tx, reader, merge.kept, now)?;
    let by = right(&kept, id, now)?;
    if reason.trim().is_empty() {
        return Err(ClientError::Missing("reason"));
    }
    let until = merge.reversible_until.unwrap_or(merge.asked_at);
    if merge.approved_at.is_none() || merge.undone_at.is_some() || until <= now {
        return Err(ClientError::Ended);
    }
    // The values and rows of the first join are mixed with those of the second: the last is undone first.
    if kept.client() != merge.kept {
        return Err(ClientError::MergedOn);
    }
    let (to, from) = (kept.client(), merge.merged);
    end_task(tx, desk, &[to], id, now)?;
    for moved in OWN.iter().chain(&others.0) {
        move_back(tx, id, moved, from)?;
    }
    if kept.is_hidden() {
        // The order may go with the other: what was written here under it stays hidden until somebody opens it.
        lapse::protect_details(tx, to.bytes())?;
    }
    part_identity(tx, id, to, from)?;
    tx.execute(
        "update merge set undone_by = $2, undone_at = $3, undo_reason = $4 where id = $1",
        &params![id.bytes(), reader.staff.bytes(), now, reason],
    )?;
    for client in [to, from] {
        touch(tx, client)?;
        add_event(tx, desk, client, Some(reader.staff), "parted", reason)?;
        by.log(tx, "client.unmerge", client, "", Some(reason))?;
    }
    Ok(())
}

fn check_asker(tx: &mut impl Query, reader: &Reader, id: RowId) -> Result<(), ClientError> {
    let row = tx.query_one(
        "select asked_by from merge where id = $1",
        &params![id.bytes()],
    )?;
    if row.get::<[u8; 16]>(0)? == reader.staff.bytes() {
        return Err(ClientError::FourEyes);
    }
    Ok(())
}

fn end_task(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    clients: &[ClientId],
    id: RowId,
    now: Timestamp,
) -> Result<(), StoreError> {
    for client in clients {
        let which = relations::Which {
            client: *client,
            staff: None,
            kind: "admin_task",
            object: Some(("merge", id.bytes())),
        };
        relations::end(tx, &which, now, desk.tails(), "merge")?;
    }
    Ok(())
}

/// The day after which a merge can no longer be undone, for a page.
pub fn last_day(merge: &Merge) -> Option<kernel::time::Date> {
    merge.reversible_until.map(kernel::time::day)
}
