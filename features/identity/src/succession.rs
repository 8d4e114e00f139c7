//! Who leads a unit after its lead has left. A unit is never without somebody who leads it: whoever ends a lead's
//! employment names the next one on the same form.

use kernel::time::{Timestamp, day, millis};
use store::{Query, StoreError, WriteTx, params};

use crate::facts::record::Acting;
use crate::people::{StaffId, UnitId};

/// Units at work that the employee leads, or is named to lead.
///
/// # Errors
/// When the engine fails.
pub fn units_of(
    query: &mut impl Query,
    staff: StaffId,
    now: Timestamp,
) -> Result<Vec<UnitId>, StoreError> {
    query
        .query(
            "select id from unit where (lead_id = $1 or next_lead_id = $1) and (closed_on is null or closed_on > $2) order by code",
            &params![staff.bytes(), day(now).to_string()],
        )?
        .iter()
        .map(|row| row.get(0).map(UnitId::from_bytes))
        .collect()
}

/// Names who leads after somebody who leaves at `at`: at once when the moment has come, else from that moment on.
///
/// # Errors
/// When the engine fails.
pub fn name(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    (from, to): (StaffId, StaffId),
    at: Timestamp,
) -> Result<(), StoreError> {
    let units = units_of(tx, from, by.at)?;
    if at <= by.at {
        tx.execute(
            "update unit set lead_id = $2, next_lead_id = null, next_lead_at = null where lead_id = $1",
            &params![from.bytes(), to.bytes()],
        )?;
    } else {
        tx.execute(
            "update unit set next_lead_id = $2, next_lead_at = $3 where lead_id = $1",
            &params![from.bytes(), to.bytes(), millis(at)],
        )?;
    }
    tx.execute(
        "update unit set next_lead_id = $2 where next_lead_id = $1",
        &params![from.bytes(), to.bytes()],
    )?;
    for unit in units {
        let detail = format!("unit={unit} lead={to} at={}", millis(at));
        by.log(tx, "admin.unit_change", detail)?;
    }
    Ok(())
}

/// Lets those lead whose time has come, where the former lead has left. For a job; safe to repeat.
///
/// # Errors
/// When the engine fails.
pub fn follow(tx: &mut WriteTx<'_>, now: Timestamp) -> Result<usize, StoreError> {
    let due = tx.query(
        "select u.id, u.next_lead_id from unit u join staff s on s.id = u.lead_id where u.next_lead_id is not null and u.next_lead_at <= $1 and s.left_at <= $1 order by u.id",
        &params![millis(now)],
    )?;
    for row in &due {
        let (unit, lead) = (
            UnitId::from_bytes(row.get(0)?),
            StaffId::from_bytes(row.get(1)?),
        );
        tx.execute(
            "update unit set lead_id = next_lead_id, next_lead_id = null, next_lead_at = null where id = $1",
            &params![unit.bytes()],
        )?;
        tx.log(access::log::LogEntry {
            at: now,
            actor: access::log::Actor::System,
            event: "admin.unit_change",
            right: "N-127".into(),
            purpose: "P21",
            subjects: Vec::new(),
            detail: format!("unit={unit} lead={lead}"),
            digest: None,
        })?;
    }
    Ok(due.len())
}
