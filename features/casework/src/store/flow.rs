//! Client flow (asiakasvirta): how matters moved between units in a period. Counts of moves, nobody's data.

use identity::people::UnitId;
use kernel::time::{Timestamp, millis};
use store::{Query, StoreError, params};

/// So many objects went from one unit to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    pub from: UnitId,
    pub to: UnitId,
    pub count: i64,
}

/// Moves of matters whose new unit began to answer between two moments.
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
            "select p.unit_id, h.unit_id, count(*) from matter_holding h cross join matter_holding p where p.matter_id = h.matter_id and p.ended_at = h.began_at and p.id <> h.id and h.began_at >= $1 and h.began_at < $2 and h.unit_id <> p.unit_id group by p.unit_id, h.unit_id order by 3 desc, 1, 2",
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

/// The way of matters through a unit in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    pub unit: UnitId,
    /// Became pending in the period.
    pub begun: i64,
    /// Of these taken by a named person by now.
    pub taken: i64,
    /// Hours that these waited for a named person, together.
    pub waited_hours: i64,
    /// Of these with more than two holders by name so far.
    pub many: i64,
}

/// The matters that became pending between two moments, by the unit that answers for them now.
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
            "select m.holder_unit, count(*), count(m.first_taken_at), cast(coalesce(sum(case when m.first_taken_at > m.made_at then (m.first_taken_at - m.made_at) / 3600000 else 0 end), 0) as bigint), count(*) filter (where (select count(distinct h.staff_id) from matter_holding h where h.matter_id = m.id and h.kind = 'person') > 2) from matter m where m.made_at >= $1 and m.made_at < $2 group by m.holder_unit order by m.holder_unit",
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
