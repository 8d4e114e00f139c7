//! Safety net (perälauta) of matters: those whose holder is away, has left or is about to leave, for whoever leads the
//! unit. Nothing is stored for it: it follows from who holds a matter and when that person is at work, so an end date can
//! never leave a matter unseen.

use clients::{ClientId, Reader};
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, Row, StoreError, params};

use crate::domain::{MatterId, NameCode};
use crate::store::facts::Facts;
use crate::store::unreadable;

/// So many days before a known last day a matter comes to the lead, so that there is time to hand it over.
pub const DAYS_AHEAD: i64 = 14;
/// Most rows.
const MOST: i64 = 50;

/// Why nobody at work answers for a matter by name, or soon will not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Marked absent today.
    Away,
    /// No longer in service.
    Left,
    /// In service until this day.
    Leaving(Date),
}

/// A matter that the lead is to see to: title and state, no content (457/2024 17 §).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unheld {
    pub matter: MatterId,
    pub number: String,
    pub name_code: NameCode,
    pub name_text: Option<String>,
    pub holder: String,
    pub since: Timestamp,
    pub why: Why,
    /// The reader may take it over now, or offer it to somebody.
    pub take_over: bool,
    pub hand_over: bool,
    /// Whose matter it is: for the log.
    pub clients: Vec<ClientId>,
}

const SQL: &str = "select m.id, m.number, m.name_code, m.name_text, m.holder_since, s.name, s.ended_on, case when s.ended_on < $2 or s.left_at <= $3 then 1 else 0 end, case when exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2) then 1 else 0 end from matter m join staff s on s.id = m.holder_staff where m.state in ('initiated', 'open') and m.holder_unit in (select l.unit_id from unit_leader l where l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2) and (s.ended_on <= $4 or exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2)) order by coalesce(s.ended_on, '9999-12-31'), m.holder_since, m.id limit $5";

/// The matters of the units that the reader leads, those of the departed first. The number of statements does not grow
/// with the rows.
///
/// # Errors
/// When the engine fails.
pub fn unheld(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<Unheld>, StoreError> {
    let soon = now + SignedDuration::from_hours(24 * DAYS_AHEAD);
    let rows = query.query(
        SQL,
        &params![
            reader.staff.bytes(),
            day(now).to_string(),
            millis(now),
            day(soon).to_string(),
            MOST
        ],
    )?;
    let ids = rows
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    let mut seen = Vec::new();
    for facts in Facts::load_many(query, reader, &ids, now)? {
        let Ok((_, sides)) = facts.right(reader, "matter", "list") else {
            continue;
        };
        let row = rows.iter().zip(&ids).find(|(_, id)| **id == facts.id);
        if let Some((row, _)) = row {
            seen.push(from_row(reader, &facts, sides.titles, row)?);
        }
    }
    Ok(seen)
}

fn from_row(
    reader: &Reader,
    facts: &Facts,
    clients: Vec<ClientId>,
    row: &Row,
) -> Result<Unheld, StoreError> {
    let last: Option<String> = row.get(6)?;
    let why = match (row.get(7)?, row.get(8)?, last) {
        (true, _, _) => Why::Left,
        (false, true, _) => Why::Away,
        (false, false, Some(last)) => Why::Leaving(last.parse().map_err(|_| unreadable())?),
        (false, false, None) => return Err(unreadable()),
    };
    let may = |action| facts.authorise(reader, "matter", action).is_ok();
    Ok(Unheld {
        matter: facts.id,
        number: row.get(1)?,
        name_code: NameCode::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
        name_text: row.get(3)?,
        since: from_millis(row.get(4)?),
        holder: row.get(5)?,
        why,
        take_over: facts.holder_away
            && facts.holder().staff() != Some(reader.staff)
            && may("take_over"),
        hand_over: !facts.holder_away && facts.offer.is_none() && may("hand_over"),
        clients,
    })
}
