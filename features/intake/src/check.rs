//! What `noste verify` looks at: counts of contacts against the rows they are of, numbers, attachments, packages.

use kernel::id::hyphenated;
use store::{Query, StoreError};
use web::{Check, Examined};

/// The checks of this room.
pub(crate) const ALL: &[Check] = &[
    Check::new("contacts", contacts),
    Check::new("attachments", attachments),
];

/// Every contact has the holder of its open holding, has met as many holders as it tells, and its number is behind the counter.
fn contacts(examined: &mut Examined<'_>) -> Result<String, StoreError> {
    examined.fault_each(
        "select c.id from contact c left join holding h on h.contact_id = c.id and h.ended_at is null
         where c.state = 'open' and (h.id is null or h.kind <> c.holder_kind or h.unit_id <> c.holder_unit
            or (c.holder_kind = 'person' and h.staff_id <> c.holder_staff)) order by c.id",
        "contact {} is held by another than its open row of holders tells",
    )?;
    examined.fault_each(
        "select c.id from contact c
         where c.holders_met <> (select count(distinct h.staff_id) from holding h where h.contact_id = c.id) order by c.id",
        "contact {} tells another number of holders than there were",
    )?;
    let behind = examined.snapshot.query(
        "select n.year from (select substr(number, 1, 4) as year, max(cast(substr(number, 6) as bigint)) as newest
            from contact group by substr(number, 1, 4)) n
         left join counter k on k.name = 'contact-' || n.year
         where k.value is null or k.value < n.newest order by n.year",
        &[],
    )?;
    for row in &behind {
        examined.fault(format!(
            "the counter of contacts of {} is behind their numbers",
            row.text(0)?
        ));
    }
    let row = examined.snapshot.query_one(
        "select count(*), count(*) filter (where state = 'open') from contact",
        &[],
    )?;
    let (all, open): (i64, i64) = (row.get(0)?, row.get(1)?);
    Ok(format!(
        "{all} contacts, {open} of them open, agree with their holders, counts and numbers"
    ))
}

/// What senders attached, and packages of other counties, are as they came.
fn attachments(examined: &mut Examined<'_>) -> Result<String, StoreError> {
    let mut seen = 0_u64;
    let mut broken = Vec::new();
    examined
        .snapshot
        .each("select id, size, digest, content from attachment", |row| {
            let content = row.bytes(3)?;
            let size: i64 = row.get(1)?;
            if blake3::hash(content).as_bytes().as_slice() != row.bytes(2)?
                || size != content.len() as i64
            {
                broken.push(format!("attachment {}", hyphenated(row.get(0)?)));
            }
            seen += 1;
            Ok(())
        })?;
    if examined.snapshot.has_table("county_inbox")? {
        examined
            .snapshot
            .each("select id, package, digest from county_inbox", |row| {
                if blake3::hash(row.text(1)?.as_bytes()).as_bytes().as_slice() != row.bytes(2)? {
                    broken.push(format!(
                        "package {} of another county",
                        hyphenated(row.get(0)?)
                    ));
                }
                seen += 1;
                Ok(())
            })?;
    }
    for what in broken {
        examined.fault(format!("{what} is not what came"));
    }
    Ok(format!("{seen} attachments and packages are as they came"))
}
