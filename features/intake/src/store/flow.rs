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
            "select p.unit_id, h.unit_id, count(*) from holding h join holding p on p.contact_id = h.contact_id and p.ended_at = h.began_at and p.id <> h.id where h.began_at >= $1 and h.began_at < $2 and h.unit_id <> p.unit_id group by p.unit_id, h.unit_id order by 3 desc, 1, 2",
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
            "select c.holder_unit, count(*), count(t.at), cast(coalesce(sum(case when t.at > c.arrived_at then (t.at - c.arrived_at) / 3600000 else 0 end), 0) as bigint), count(*) filter (where c.holders_met > 2) from contact c left join (select h.contact_id as contact_id, min(h.began_at) as at from holding h where h.kind = 'person' group by h.contact_id) t on t.contact_id = c.id where c.arrived_at >= $1 and c.arrived_at < $2 group by c.holder_unit order by c.holder_unit",
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
