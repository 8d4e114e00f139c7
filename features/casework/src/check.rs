//! What `noste verify` looks at: matters against their holders and numbers, packages to other counties against their digests.

use store::{Query, StoreError};
use web::{Check, Examined};

use crate::domain::MatterId;

/// The checks of this room.
pub(crate) const ALL: &[Check] = &[Check::new("matters", matters)];

fn matters(examined: &mut Examined<'_>) -> Result<String, StoreError> {
    if !examined.snapshot.has_table("matter")? {
        return Ok("there is none yet".to_owned());
    }
    examined.fault_each(
        "select m.id from matter m left join matter_holding h on h.matter_id = m.id and h.ended_at is null
         where m.state in ('initiated', 'open') and (h.id is null or h.kind <> m.holder_kind or h.unit_id <> m.holder_unit
            or (m.holder_kind = 'person' and h.staff_id <> m.holder_staff)) order by m.id",
        "matter {} is held by another than its open row of holders tells",
    )?;
    let behind = examined.snapshot.query(
        "select n.year from (select substr(number, 3, 4) as year, max(cast(substr(number, 8) as bigint)) as newest
            from matter group by substr(number, 3, 4)) n
         left join matter_counter k on k.name = 'matter-' || n.year
         where k.value is null or k.value < n.newest order by n.year",
        &[],
    )?;
    for row in &behind {
        examined.fault(format!(
            "the counter of matters of {} is behind their numbers",
            row.text(0)?
        ));
    }
    let mut broken = Vec::new();
    examined.snapshot.each(
        "select matter_id, package, digest from county_outbox",
        |row| {
            if blake3::hash(row.text(1)?.as_bytes()).as_bytes().as_slice() != row.bytes(2)? {
                broken.push(MatterId::from_bytes(row.get(0)?));
            }
            Ok(())
        },
    )?;
    for id in broken {
        examined.fault(format!("the package of matter {id} is not what was sent"));
    }
    let row = examined.snapshot.query_one(
        "select count(*), count(*) filter (where state in ('initiated', 'open')) from matter",
        &[],
    )?;
    let (all, open): (i64, i64) = (row.get(0)?, row.get(1)?);
    Ok(format!(
        "{all} matters, {open} of them open, agree with their holders and numbers"
    ))
}
