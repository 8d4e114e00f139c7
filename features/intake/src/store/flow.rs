//! Client flow (asiakasvirta): how contacts moved between units in a period. Counts of moves, nobody's data.

use casework::store::flow::{Move, Way};
use identity::people::UnitId;
use kernel::time::{Timestamp, millis};
use store::{Query, StoreError, params};

/// Moves of contacts whose new unit began to answer between two moments.
///
/// # Errors
/// When the engine fails.
pub fn moves(
    query: &mut impl Query,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Move>, StoreError> {
    query
        .query(
            "select p.unit_id, h.unit_id, count(*) from holding h cross join holding p where p.contact_id = h.contact_id and p.ended_at = h.began_at and p.id <> h.id and h.began_at >= $1 and h.began_at < $2 and h.unit_id <> p.unit_id group by p.unit_id, h.unit_id order by 3 desc, 1, 2",
            &params![millis(from), millis(until)],
        )?
        .iter()
        .map(|row| {
            Ok(Move {
                from: UnitId::from_bytes(row.get(0)?),
                to: UnitId::from_bytes(row.get(1)?),
                count: row.get(2)?,
            })
        })
        .collect()
}

/// The contacts that arrived between two moments, by the unit that answers for them now.
///
/// # Errors
/// When the engine fails.
pub fn ways(
    query: &mut impl Query,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Way>, StoreError> {
    query
        .query(
            "select t.unit, count(*), count(t.taken), cast(coalesce(sum(case when t.taken > t.arrived then (t.taken - t.arrived) / 3600000 else 0 end), 0) as bigint), count(*) filter (where t.met > 2) from (select c.holder_unit as unit, c.arrived_at as arrived, c.holders_met as met, (select min(h.began_at) from holding h where h.contact_id = c.id and h.kind = 'person') as taken from contact c where c.arrived_at >= $1 and c.arrived_at < $2) t group by t.unit order by t.unit",
            &params![millis(from), millis(until)],
        )?
        .iter()
        .map(|row| {
            Ok(Way {
                unit: UnitId::from_bytes(row.get(0)?),
                begun: row.get(1)?,
                taken: row.get(2)?,
                waited_hours: row.get(3)?,
                many: row.get(4)?,
            })
        })
        .collect()
}
