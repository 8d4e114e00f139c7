//! Protection that ends by its day: the own worker is told in time, and on the day after the last one the details stay
//! protected one by one, as when a person ends it. Until this has run the order holds, whatever the calendar says: a
//! house that was down over midnight shows no address (`hidden_client`).

use std::borrow::Cow;

use access::log::{Actor, LogEntry};
use identity::people::UnitId;
use kernel::time::{Date, SignedDuration, day};
use store::{Query, StoreError, WriteTx, params};

use super::{Desk, add_event, orders, told, touch};
use crate::domain::{ClientError, ClientId, RowId};

/// The own worker is told so many days before an order ends.
pub const TOLD_BEFORE: i64 = 60;
/// Notice: an order ends soon.
pub const ENDING: &str = "non_disclosure_ending";
/// Notice: an order has ended by its day.
pub const ENDED: &str = "non_disclosure_ended";
/// The row of the table by which the job acts.
const RIGHT: &str = "N-153";

/// What one run of the clock did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Run {
    /// Orders whose coming end was told.
    pub told: u64,
    pub ended: u64,
    /// Shared households whose end was worked off.
    pub parted: u64,
}

/// What the clock does about protection. For a job; again without anything new does nothing.
///
/// # Errors
/// When the engine fails.
pub fn run(tx: &mut WriteTx<'_>, desk: &Desk) -> Result<Run, ClientError> {
    // Households first: whoever lived with somebody whose order ends the same night was hidden until then.
    Ok(Run {
        parted: part_households(tx, desk)?,
        ended: end_orders(tx, desk)?,
        told: tell_of_ends(tx, desk)?,
    })
}

fn end_orders(tx: &mut WriteTx<'_>, desk: &Desk) -> Result<u64, ClientError> {
    let (now, today) = (desk.now(), day(desk.now()));
    let rows = tx.query(
        "select n.id, n.client_id from non_disclosure n where n.ended_at is null and n.ends_on < $1 order by n.ends_on, n.id",
        &params![today.to_string()],
    )?;
    for row in &rows {
        let (id, client) = (row.get::<[u8; 16]>(0)?, ClientId::from_bytes(row.get(1)?));
        tx.execute(
            "update non_disclosure set ended_at = $2 where id = $1",
            &params![id, now],
        )?;
        let goes_on = orders::open(tx, client)?
            .iter()
            .any(|order| order.from <= today && order.to.is_none_or(|to| to >= today));
        if !goes_on {
            protect_with_household(tx, client)?;
            tell(tx, desk, client, ENDED, id)?;
        }
        touch(tx, client)?;
        add_event(tx, desk, client, None, "non_disclosure_end", "day")?;
        log(tx, desk, client)?;
    }
    Ok(rows.len() as u64)
}

fn log(tx: &mut WriteTx<'_>, desk: &Desk, client: ClientId) -> Result<(), StoreError> {
    tx.log(LogEntry {
        at: desk.now(),
        actor: Actor::System,
        event: "client.non_disclosure",
        right: Cow::Borrowed(RIGHT),
        purpose: "P21",
        subjects: vec![client.bytes()],
        detail: "end day".to_owned(),
        digest: None,
    })
}

fn part_households(tx: &mut WriteTx<'_>, desk: &Desk) -> Result<u64, ClientError> {
    let (now, today) = (desk.now(), day(desk.now()));
    let rows = tx.query(
        "select p.id from related_person p where p.same_household = 1 and p.household_ended_at is null and p.valid_to < $1 and exists (select 1 from non_disclosure n where n.ended_at is null and n.begins_on <= p.valid_to and (n.client_id = p.client_id or n.client_id = p.other_client or n.client_id in (select c.id from client c where c.identity_hash = p.identity_hash))) order by p.id",
        &params![today.to_string()],
    )?;
    for row in &rows {
        protect_household_of(tx, RowId::from_bytes(row.get(0)?))?;
    }
    Ok(tx.execute(
        "update related_person set household_ended_at = $2 where same_household = 1 and household_ended_at is null and valid_to < $1",
        &params![today.to_string(), now],
    )?)
}

fn tell_of_ends(tx: &mut WriteTx<'_>, desk: &Desk) -> Result<u64, ClientError> {
    let today = day(desk.now());
    let until = today
        .checked_add(SignedDuration::from_hours(24 * TOLD_BEFORE))
        .unwrap_or(today);
    let rows = tx.query(
        "select n.id, n.client_id, n.ends_on from non_disclosure n join client c on c.id = n.client_id where n.ended_at is null and n.ends_on >= $1 and n.ends_on <= $2 and c.state = 'active' and not exists (select 1 from client_notice t where t.object_id = n.id and t.kind = $3) order by n.ends_on, n.id",
        &params![today.to_string(), until.to_string(), ENDING],
    )?;
    let mut told = 0;
    for row in &rows {
        let (id, client) = (row.get::<[u8; 16]>(0)?, ClientId::from_bytes(row.get(1)?));
        let last: Date = row.get(2)?;
        let next = last.tomorrow().unwrap_or(last);
        let renewed = orders::open(tx, client)?
            .iter()
            .any(|order| order.from <= next && order.to.is_none_or(|to| to > last));
        if !renewed {
            tell(tx, desk, client, ENDING, id)?;
            told += 1;
        }
    }
    Ok(told)
}

/// Tells the own worker; without one whoever leads the unit that answers, and without that the data protection officer.
fn tell(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    kind: &str,
    order: [u8; 16],
) -> Result<(), StoreError> {
    if told::tell_own_workers(tx, desk, client, kind, order)? {
        return Ok(());
    }
    let unit: Option<[u8; 16]> = tx
        .query_one(
            "select responsible_unit from client where id = $1",
            &params![client.bytes()],
        )?
        .get(0)?;
    told::tell_unit_or_officer(tx, desk, unit.map(UnitId::from_bytes), client, kind, order)
}

/// What an order hid stays protected one by one: the client's own details, and her number wherever it stands.
pub(crate) fn protect_details(tx: &mut WriteTx<'_>, client: [u8; 16]) -> Result<(), StoreError> {
    tx.execute(
        "update client_detail set protected = 1, digits = null where client_id = $1 and kind in ('phone', 'email', 'address', 'temporary_address', 'postal_address', 'home_municipality')",
        &params![client],
    )?;
    tx.execute(
        "update related_person set protected = 1 where phone is not null and ((client_id = $1 and same_household = 1) or other_client = $1 or identity_hash = (select c.identity_hash from client c where c.id = $1))",
        &params![client],
    )?;
    Ok(())
}

/// Protects the details of a client one by one, and those of everybody in her household: the address is the same.
pub(crate) fn protect_with_household(
    tx: &mut WriteTx<'_>,
    client: ClientId,
) -> Result<(), StoreError> {
    let members = tx.query(
        "select p.other_client from related_person p where p.client_id = $1 and p.other_client is not null and p.same_household = 1 and p.household_ended_at is null union select c.id from related_person p join client c on c.identity_hash = p.identity_hash where p.client_id = $1 and p.same_household = 1 and p.household_ended_at is null union select p.client_id from related_person p where p.other_client = $1 and p.same_household = 1 and p.household_ended_at is null union select p.client_id from client c join related_person p on p.identity_hash = c.identity_hash where c.id = $1 and p.same_household = 1 and p.household_ended_at is null",
        &params![client.bytes()],
    )?;
    protect_details(tx, client.bytes())?;
    for row in members {
        protect_details(tx, row.get(0)?)?;
    }
    Ok(())
}

/// Protects the details of both sides of an entry of one household, as when an order ends: an end recorded by mistake
/// must not show an address. Nothing for an entry of another kind.
pub(crate) fn protect_household_of(tx: &mut WriteTx<'_>, row: RowId) -> Result<(), StoreError> {
    let found = tx.query_optional(
        "select p.client_id, p.other_client, (select c.id from client c where c.identity_hash = p.identity_hash) from related_person p where p.id = $1 and p.same_household = 1",
        &params![row.bytes()],
    )?;
    let Some(found) = found else {
        return Ok(());
    };
    for column in 0..3 {
        if let Some(client) = found.get::<Option<[u8; 16]>>(column)? {
            protect_details(tx, client)?;
        }
    }
    Ok(())
}
